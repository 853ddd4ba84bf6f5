"""What a row says, for finding identical rows: a hash that is cheap, and an exact text of those few whose hashes agree.

Two rows that say the same have the same hash; two with the same hash are compared by what they say, so no two that
differ are ever taken for one. A sheet that has no column for a field says less than one whose column is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from graph.register import TABLES, Table
from ingest.cells import Cleaned
from ingest.sql import literal, name

SHAPES = "shapes"
"""The table of what parts and targets made: rows of which register table, counted once or not, and the fields they have a
column for."""

_AND = "chr(31)"


def define_shapes(con: duckdb.DuckDBPyConnection) -> None:
    """Create the empty table of shapes; each sheet adds the fields that it has a column for."""
    con.execute(f"CREATE TABLE {SHAPES} (part INTEGER, target UTINYINT, made VARCHAR, once BOOLEAN, fields VARCHAR[])")


@dataclass(frozen=True, slots=True)
class Made:
    """What the parts of a load made of one register table: a relation per part and target, and whether rows of any that say
    the same count once."""

    table: Table
    relations: tuple[str, ...]
    once: bool

    @staticmethod
    def relation(part: int, target: int) -> str:
        return f"p_{part}_{target}"

    @property
    def gathered(self) -> str:
        """The relation of all of them together."""
        return f"t_{self.table.name}"


def made(con: duckdb.DuckDBPyConnection) -> list[Made]:
    """The register tables that were made, in the order of the register."""
    found = con.execute(
        f"SELECT made, list((part, target) ORDER BY part, target), bool_or(once) FROM {SHAPES} GROUP BY made"
    ).fetchall()
    by_name = {table: (parts, once) for table, parts, once in found}
    return [
        Made(table, tuple(Made.relation(*place) for place in by_name[table.name][0]), by_name[table.name][1])
        for table in TABLES.values() if table.name in by_name
    ]


def telling(cleaned: Mapping[str, Cleaned]) -> list[Cleaned]:
    """The fields a row is told from the others of its sheet by: those that seldom say the same when one of them never does,
    else all. Another sheet may be told by other fields, so rows of several sheets need all."""
    plain = [one for one in cleaned.values() if one.spread > 0.5 and not one.joins]
    return plain if any(one.spread == 1 for one in plain) else list(cleaned.values())


def hashed(fields: Iterable[Cleaned]) -> str:
    """SQL of the 64-bit hash of the clean values of these fields of a row."""
    return f"hash({', '.join(one.value for one in fields)})"


def amiss(cleaned: Mapping[str, Cleaned]) -> str:
    """SQL of the raw text of the cells that were refused, NULL where none was."""
    refused = [
        f"CASE WHEN {one.value} IS NULL AND {one.rule} IS NOT NULL THEN {literal(field + '!')} || v.{name('v_' + field)} END"
        for field, one in cleaned.items() if one.broken
    ]
    return f"nullif(concat_ws({_AND}, {', '.join(refused)}), '')" if refused else "NULL"


def said(table: Table, row: str, shape: str) -> str:
    """SQL of what a stored row says: its values and its refused cells as 128 bits. `row` and `shape` are aliases."""
    parts = ", ".join(
        f"CASE WHEN list_contains({shape}.fields, {literal(field.name)})"
        f" THEN coalesce({literal(field.name + '=')} || CAST({row}.{name(field.name)} AS VARCHAR), '') END"
        for field in table.fields
    )
    return f"md5_number(concat_ws({_AND}, {parts}, {row}.amiss))"
