"""What is to be done with one sheet: which rows are data, and which SQL gives each field of each target.

Native sheets and mapped files come to the same thing here, so cleaning and accounting know only plans.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.register import Table
from ingest.headers import Header
from ingest.recognise import Match
from ingest.sources import Sheet


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """Where a field's text comes from: SQL over the raw columns, the column a report names, the header's unit."""

    sql: str
    column: str
    unit: str = ""
    columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetPlan:
    """One register row made of a source row; `one_of` are the fields of which at least one must be filled."""

    table: Table
    fields: dict[str, FieldPlan]
    one_of: tuple[str, ...] = ()
    only_if: str = ""
    distinct: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class JoinedSheet:
    """One sheet of a joined file: the column of its key, and the wanted columns, None for one it may lack."""

    sheet: Sheet
    equals: int
    columns: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class JoinPlan:
    """A joined file: the SQL of the key, how many columns are wanted, and the sheets the file consists of."""

    alias: str
    key: str
    width: int
    sheets: tuple[JoinedSheet, ...]


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet to load. `group` holds the sheets whose identical rows are one row; `table` is for the report.

    `said` are the columns a mapping reads: its expressions see their trimmed text, NULL where a cell says nothing.
    """

    sheet: Sheet
    header_row: int
    headers: tuple[Header, ...]
    targets: tuple[TargetPlan, ...]
    unknown: tuple[str, ...]
    group: str
    table: str
    joins: tuple[JoinPlan, ...] = ()
    said: tuple[int, ...] = ()


def native_plan(sheet: Sheet, match: Match) -> SheetPlan:
    """The plan of a sheet that was recognised as a native table."""
    fields = {
        field: FieldPlan(_first_filled(columns), match.headers[columns[0]].text, match.headers[columns[0]].unit, columns)
        for field, columns in match.columns.items()
    }
    target = TargetPlan(match.spec.table, fields, match.spec.one_of)
    name = match.spec.table.name
    return SheetPlan(sheet, match.header_row, match.headers, (target,), match.unknown, name, name)


def _first_filled(columns: tuple[int, ...]) -> str:
    if len(columns) == 1:
        return f"c{columns[0]}"
    return "coalesce(" + ", ".join(f"nullif(trim(c{i}), '')" for i in columns) + ")"
