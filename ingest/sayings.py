"""What a row says, for finding identical rows: a hash that is cheap, and an exact text of those few whose hashes agree.

Two rows that say the same have the same hash; two with the same hash are compared by what they say, so no two that
differ are ever taken for one. A sheet that has no column for a field says less than one whose column is empty.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from graph.register import Table
from ingest.cells import Cleaned
from ingest.sql import literal, name

SHAPES = "shapes"
"""The table of the fields that the rows of a part and target have a column for."""

_AND = "chr(31)"


def define_shapes(con: duckdb.DuckDBPyConnection) -> None:
    """Create the empty table of shapes; each sheet adds the fields that it has a column for."""
    con.execute(f"CREATE TABLE {SHAPES} (part INTEGER, target UTINYINT, fields VARCHAR[])")


def hashed(cleaned: Mapping[str, Cleaned]) -> str:
    """SQL of the 64-bit hash of the clean values of a row."""
    return f"hash({', '.join(one.value for one in cleaned.values())})"


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
