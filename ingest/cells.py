"""Distinct cells judged once each: what is not certainly clean already goes through `graph.values.clean`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import duckdb

from graph.register import Field, FieldKind
from graph.text import fold
from graph.values import BadValue, clean
from ingest import rules
from ingest.certain import CERTAIN
from ingest.headers import YUAN_PER_UNIT
from ingest.sql import name

_BATCH = 50_000
_FIRST_ROWS = 3_000


@dataclass(slots=True)
class Sentences:
    """The sentence of every rule that was met, collected while cleaning."""

    known: dict[str, str] = field(default_factory=lambda: dict(rules.SENTENCES))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """SQL for one cleaned field over the alias `v` of raw cells: its value, the rule it broke, its token, the joins all
    three need. `broken` says whether any cell broke a rule at all."""

    value: str
    rule: str = "NULL::VARCHAR"
    token: str = "NULL::VARCHAR"
    joins: tuple[str, ...] = ()
    broken: bool = False


def clean_cell(column: Field, text: str, sentences: Sentences) -> tuple[str | int | float | None, str | None]:
    """(value, rule): the stored form, and the rule that was broken if any. An unknown code keeps its text."""
    try:
        return clean(column, text), None
    except BadValue as refused:
        sentences.known[refused.rule] = str(refused)
        return (fold(text) if column.kind is FieldKind.CODE else None), refused.rule


def repeated(con: duckdb.DuckDBPyConnection, relation: str, fields: Iterable[str]) -> set[str]:
    """The fields whose cells stand twice or more on the average, by the first rows: there it pays to look at each text once."""
    names = list(fields)
    tests = ", ".join(f"2 * count(DISTINCT {cell}) <= count({cell})" for cell in (name(f"v_{field}") for field in names))
    told = con.execute(f"SELECT {tests} FROM (SELECT * FROM {name(relation)} LIMIT {_FIRST_ROWS})").fetchone() or ()
    return {field for field, often in zip(names, told, strict=True) if often}


def prepare(
    con: duckdb.DuckDBPyConnection, relation: str, column: Field, unit: str, sentences: Sentences, *, repeated: bool
) -> Cleaned:
    """Judge the distinct cells `v_<field>` of a relation, clean those that are not certainly clean, and give the SQL that
    puts the results in their rows.

    `unit` is that of the header; a column of money in 万元 is stored in yuan. Sizes are converted by the caller. A `repeated`
    cell is looked at once for all its rows.
    """
    cell, cells, cleaned = (name(f"{stem}_{column.name}") for stem in ("v", "cells", "clean"))
    con.execute(f"CREATE OR REPLACE TABLE {cleaned} (raw VARCHAR, value {column.sql_type}, rule VARCHAR)")
    source = f"(SELECT {cell} AS raw FROM {name(relation)} WHERE {cell} IS NOT NULL)"
    if repeated:
        con.execute(f"CREATE OR REPLACE TABLE {cells} AS SELECT DISTINCT raw FROM {source}")
        source = cells
    certain = CERTAIN.get(column.kind)
    reader = con.cursor()
    reader.execute(f"SELECT DISTINCT raw FROM {source}" + (f" WHERE NOT {certain.test('raw')}" if certain else ""))
    found = broken = False
    while rows := reader.fetchmany(_BATCH):
        found = True
        broken |= _keep(con, cleaned, column, (row[0] for row in rows), sentences)
    result = _sql(column, cell, cleaned if found else "", unit, broken=broken)
    if repeated and column.has_token:
        result = _with_tokens(con, result, cells, name(f"token_{column.name}"), cell)
    con.execute(f"DROP TABLE IF EXISTS {cells}")
    return result


def _keep(
    con: duckdb.DuckDBPyConnection, cleaned: str, column: Field, texts: Iterable[str], sentences: Sentences
) -> bool:
    """Clean these texts into a table; whether any of them broke a rule."""
    raw = list(texts)
    results = [clean_cell(column, text, sentences) for text in raw]
    columns = [raw, [value for value, _ in results], [rule for _, rule in results]]
    con.execute(
        f"INSERT INTO {cleaned} SELECT unnest($1::VARCHAR[]), unnest($2::{column.sql_type}[]), unnest($3::VARCHAR[])", columns
    )
    return any(rule for _, rule in results)


def _sql(column: Field, cell: str, cleaned: str, unit: str, *, broken: bool) -> Cleaned:
    """A certain cell is not in the table of cleaned ones; of a kind without certain forms every cell is."""
    certain = CERTAIN.get(column.kind)
    value = f"{cleaned}.value" if cleaned else f"NULL::{column.sql_type}"
    if certain:
        sure = certain.result(f"v.{cell}")
        value = f"CASE WHEN {cleaned}.raw IS NULL THEN {sure} ELSE {value} END" if cleaned else sure
    if column.kind is FieldKind.NUMBER and YUAN_PER_UNIT.get(unit, 1.0) != 1.0:
        value = f"({value}) * {YUAN_PER_UNIT[unit]}"
    token = f"token_of({value})" if column.has_token else "NULL::VARCHAR"
    if not cleaned:
        return Cleaned(value, token=token)
    join = f"LEFT JOIN {cleaned} ON {cleaned}.raw = v.{cell}"
    return Cleaned(value, f"{cleaned}.rule" if broken else "NULL::VARCHAR", token, (join,), broken)


def _with_tokens(con: duckdb.DuckDBPyConnection, one: Cleaned, cells: str, tokens: str, cell: str) -> Cleaned:
    """The same field with the token of every distinct cell made once."""
    con.execute(
        f"CREATE OR REPLACE TABLE {tokens} AS SELECT v.{cell} AS raw, {one.token} AS token"
        f" FROM (SELECT raw AS {cell} FROM {cells}) v {' '.join(one.joins)}"
    )
    return replace(one, token=f"{tokens}.token", joins=(*one.joins, f"LEFT JOIN {tokens} ON {tokens}.raw = v.{cell}"))
