"""Distinct cells judged once each: what is not certainly clean already goes through `graph.values.clean`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from graph.register import Field, FieldKind
from graph.text import fold
from graph.values import BadValue, clean
from ingest import rules
from ingest.certain import CERTAIN
from ingest.headers import YUAN_PER_UNIT
from ingest.sql import ALL_FIRST, name

_BATCH = 50_000
_FIRST_ROWS = 2_000
_USUAL, _COSTLY = 0.5, 0.8
"""Up to this spread the distinct cells are found before they are judged; an id number takes longest to judge."""



@dataclass(slots=True)
class Sentences:
    """The sentence of every rule that was met, collected while cleaning."""

    known: dict[str, str] = field(default_factory=lambda: dict(rules.SENTENCES))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """SQL for one cleaned field over the alias `v` of raw cells: its value, the rule it broke, the joins both need.

    `broken` says whether any cell broke a rule at all, `spread` how many of the first cells differ (0 to 1).
    """

    value: str
    rule: str = "NULL::VARCHAR"
    joins: tuple[str, ...] = ()
    broken: bool = False
    spread: float = 0.0


def clean_cell(column: Field, text: str, sentences: Sentences) -> tuple[str | int | float | None, str | None]:
    """(value, rule): the stored form, and the rule that was broken if any. An unknown code keeps its text."""
    try:
        return clean(column, text), None
    except BadValue as refused:
        sentences.known[refused.rule] = str(refused)
        return (fold(text) if column.kind is FieldKind.CODE else None), refused.rule


def judge(
    con: duckdb.DuckDBPyConnection, relation: str, fields: Mapping[str, Field], units: Mapping[str, str], sentences: Sentences
) -> dict[str, Cleaned]:
    """Judge the distinct cells `v_<field>` of a relation, clean those that are not certainly clean, and give for each field
    the SQL that puts the results in their rows.

    `units` are those of the headers; a column of money in 万元 is stored in yuan. Sizes are converted by the caller.
    """
    spread = _spread(con, relation, fields)
    found, broken = _clean_uncertain(con, relation, fields, spread, sentences)
    return {
        key: _sql(column, _cleaned(relation, key) if key in found else "", units[key], key in broken, spread[key])
        for key, column in fields.items()
    }


def _clean_uncertain(
    con: duckdb.DuckDBPyConnection, relation: str, fields: Mapping[str, Field], spread: Mapping[str, float], sentences: Sentences
) -> tuple[set[str], set[str]]:
    """Clean the cells that are not certainly clean, each field's into a table; the fields that have such cells, and those
    of which any broke a rule."""
    numbered = list(fields.values())
    found: set[str] = set()
    broken: set[str] = set()
    reader = con.cursor()
    reader.execute(" UNION ALL ".join(_uncertain(relation, numbered, spread)))
    while rows := reader.fetchmany(_BATCH):
        texts: dict[int, list[str]] = {}
        for number, text in rows:
            texts.setdefault(number, []).append(text)
        for number, cells in texts.items():
            column = numbered[number]
            cleaned = _cleaned(relation, column.name)
            if column.name not in found:
                con.execute(f"CREATE TABLE {cleaned} (raw VARCHAR, value {column.sql_type}, rule VARCHAR)")
                found.add(column.name)
            if _keep(con, cleaned, column, cells, sentences):
                broken.add(column.name)
    return found, broken


def _uncertain(relation: str, fields: Sequence[Field], spread: Mapping[str, float]) -> Iterator[str]:
    """Per field a query of its number and the distinct cells that are not certainly clean. Where cells are repeated it pays to
    find the distinct ones first."""
    for number, column in enumerate(fields):
        cell, certain = _cell(column.name), CERTAIN.get(column.kind)
        source = f"SELECT {cell} AS raw FROM {name(relation)} WHERE {cell} IS NOT NULL"
        if certain and spread[column.name] <= (_COSTLY if column.kind is FieldKind.ID_NUMBER else _USUAL):
            source = f"SELECT DISTINCT raw FROM ({source}) {ALL_FIRST}"
        test = f" WHERE NOT {certain.test('raw')}" if certain else ""
        yield f"SELECT DISTINCT {number} AS field, raw FROM ({source}){test}"


def _spread(con: duckdb.DuckDBPyConnection, relation: str, fields: Iterable[str]) -> dict[str, float]:
    """How many of the cells of a field differ, by the first rows: 1 where no text stands twice, 0 where there is none."""
    names = list(fields)
    first = con.execute(f"SELECT {', '.join(map(_cell, names))} FROM {name(relation)} LIMIT {_FIRST_ROWS}").fetchall()
    columns = {field: [row[at] for row in first if row[at] is not None] for at, field in enumerate(names)}
    return {field: len(set(cells)) / len(cells) if cells else 0.0 for field, cells in columns.items()}


def _keep(con: duckdb.DuckDBPyConnection, cleaned: str, column: Field, texts: list[str], sentences: Sentences) -> bool:
    """Clean these texts of a column into a table; whether any of them broke a rule."""
    results = [clean_cell(column, text, sentences) for text in texts]
    columns = [texts, [value for value, _ in results], [rule for _, rule in results]]
    con.execute(
        f"INSERT INTO {cleaned} SELECT unnest($1::VARCHAR[]), unnest($2::{column.sql_type}[]), unnest($3::VARCHAR[])", columns
    )
    return any(rule for _, rule in results)


def _cell(field: str) -> str:
    return name(f"v_{field}")


def _cleaned(relation: str, field: str) -> str:
    """The table of the cells of a field that were cleaned: raw, value, rule."""
    return name(f"{relation}_{field}")


def _sql(column: Field, cleaned: str, unit: str, broken: bool, spread: float) -> Cleaned:
    """A certain cell is not in the table `cleaned`, '' when there is none; of a kind without certain forms every cell is."""
    cell, certain = _cell(column.name), CERTAIN.get(column.kind)
    value = f"{cleaned}.value" if cleaned else f"NULL::{column.sql_type}"
    if certain:
        sure = certain.result(f"v.{cell}")
        value = f"CASE WHEN {cleaned}.raw IS NULL THEN {sure} ELSE {value} END" if cleaned else sure
    if column.kind is FieldKind.NUMBER and YUAN_PER_UNIT.get(unit, 1.0) != 1.0:
        value = f"({value}) * {YUAN_PER_UNIT[unit]}"
    if not cleaned:
        return Cleaned(value, spread=spread)
    join = f"LEFT JOIN {cleaned} ON {cleaned}.raw = v.{cell}"
    return Cleaned(value, f"{cleaned}.rule" if broken else "NULL::VARCHAR", (join,), broken, spread)
