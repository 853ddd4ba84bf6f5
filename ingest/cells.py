"""Distinct cells cleaned once each: what is not certainly clean already goes through `graph.values.clean`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from graph.register import Field, FieldKind
from graph.text import fold
from graph.values import BadValue, clean
from ingest import rules
from ingest.certain import CERTAIN
from ingest.headers import YUAN_PER_UNIT
from ingest.sql import name

_BATCH = 50_000


@dataclass(slots=True)
class Sentences:
    """The sentence of every rule that was met, collected while cleaning."""

    known: dict[str, str] = field(default_factory=lambda: dict(rules.SENTENCES))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """SQL for one cleaned field over the alias `v` of raw cells and the joins it needs."""

    value: str
    rule: str
    join: str


def clean_cell(column: Field, text: str, sentences: Sentences) -> tuple[str | int | float | None, str | None]:
    """(value, rule): the stored form, and the rule that was broken if any. An unknown code keeps its text."""
    try:
        return clean(column, text), None
    except BadValue as refused:
        sentences.known[refused.rule] = str(refused)
        return (fold(text) if column.kind is FieldKind.CODE else None), refused.rule


def prepare(
    con: duckdb.DuckDBPyConnection, relation: str, column: Field, unit: str, sentences: Sentences
) -> Cleaned:
    """Clean the distinct cells `v_<field>` of a relation that are not `ok_<field>`, and give the SQL that puts the results
    in their rows.

    `unit` is that of the header; a column of money in 万元 is stored in yuan. Sizes are converted by the caller.
    """
    cell = name(f"v_{column.name}")
    certain = CERTAIN.get(column.kind)
    rest = f"{cell} IS NOT NULL" + (f" AND NOT {name('ok_' + column.name)}" if certain else "")
    cleaned = name(f"clean_{column.name}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE {cleaned} (raw VARCHAR, value {column.sql_type}, rule VARCHAR)")
    reader = con.cursor()
    reader.execute(f"SELECT DISTINCT {cell} FROM {name(relation)} WHERE {rest}")
    found = False
    while rows := reader.fetchmany(_BATCH):
        found = True
        _keep(con, cleaned, column, (row[0] for row in rows), sentences)
    return _sql(column, cell, cleaned if found else None, unit)


def _keep(
    con: duckdb.DuckDBPyConnection, cleaned: str, column: Field, texts: Iterable[str], sentences: Sentences
) -> None:
    raw = list(texts)
    results = [clean_cell(column, text, sentences) for text in raw]
    kind = {"BIGINT": pa.int64(), "DOUBLE": pa.float64()}.get(column.sql_type, pa.string())
    batch = pa.table({
        "raw": pa.array(raw, pa.string()),
        "value": pa.array([value for value, _ in results], kind),
        "rule": pa.array([rule for _, rule in results], pa.string()),
    })
    con.register("incoming", batch)
    con.execute(f"INSERT INTO {cleaned} SELECT * FROM incoming")
    con.unregister("incoming")


def _sql(column: Field, cell: str, cleaned: str | None, unit: str) -> Cleaned:
    certain = CERTAIN.get(column.kind)
    others = f"{cleaned}.value" if cleaned else f"NULL::{column.sql_type}"
    ok = f"v.{name('ok_' + column.name)}"
    value = f"CASE WHEN {ok} THEN {certain.result(f'v.{cell}')} ELSE {others} END" if certain else others
    if column.kind is FieldKind.NUMBER and YUAN_PER_UNIT.get(unit, 1.0) != 1.0:
        value = f"({value}) * {YUAN_PER_UNIT[unit]}"
    if not cleaned:
        return Cleaned(value, "NULL::VARCHAR", "")
    return Cleaned(value, f"{cleaned}.rule", f"LEFT JOIN {cleaned} ON {cleaned}.raw = v.{cell}")
