"""Which native table a sheet is, read from its header alone; file and sheet names say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.headers import Header, read_header
from ingest.tables import TableSpec, table_specs

HEADER_SEARCH_ROWS = 20
"""Title lines may stand above the header, up to this many rows from the top."""


@dataclass(frozen=True, slots=True)
class Match:
    """A sheet recognised as a table: where its header stands and which columns (0-based) fill which field."""

    spec: TableSpec
    header_row: int
    headers: tuple[Header, ...]
    columns: dict[str, tuple[int, ...]]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Headers of the sheet that mean nothing to the table."""
        used = {c for columns in self.columns.values() for c in columns}
        return tuple(h.text for i, h in enumerate(self.headers) if i not in used and h.name)

    @property
    def score(self) -> tuple[int, float]:
        """Columns understood, then the share of the table's own headers they cover."""
        return sum(len(c) for c in self.columns.values()), len(self.columns) / len(self.spec.headers)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A table that some headers point to, and the headers it lacks."""

    table: str
    matched: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A sheet that is no native table: its header and the tables it comes near to.

    Without a single known header nobody can say which row is the header; it then stays empty, because any row
    might hold personal data.
    """

    headers: tuple[str, ...]
    near: tuple[NearMiss, ...]


def recognise(head: Sequence[Sequence[str]]) -> Match | Unrecognised:
    """The table whose header stands in the first rows of a sheet.

    Every required header must be there, and one of the `one_of` headers where the table has them. The row and
    table with most headers understood win; two tables that explain a row equally well make it unrecognised.
    """
    rows = [(number, tuple(read_header(cell) for cell in row)) for number, row in enumerate(head[:HEADER_SEARCH_ROWS])]
    matches = [m for number, headers in rows for spec in table_specs().values() if (m := _match(spec, number, headers))]
    if not matches:
        return _unrecognised([headers for _, headers in rows])
    best = max(m.score for m in matches)
    top = [m for m in matches if m.score == best and m.header_row == _first_row(matches, best)]
    if len(top) > 1:
        near = tuple(NearMiss(m.spec.table.name, tuple(h.text for h in m.headers if h.name), ()) for m in top)
        return Unrecognised(tuple(h.text for h in top[0].headers if h.name), near)
    return top[0]


def _first_row(matches: list[Match], score: tuple[int, float]) -> int:
    return min(m.header_row for m in matches if m.score == score)


def _columns(spec: TableSpec, headers: Sequence[Header]) -> dict[str, tuple[int, ...]]:
    columns: dict[str, tuple[int, ...]] = {}
    for index, header in enumerate(headers):
        if field := spec.field_of(header.name):
            columns[field] = (*columns.get(field, ()), index)
    return columns


def _missing(spec: TableSpec, columns: dict[str, tuple[int, ...]]) -> tuple[str, ...]:
    missing = [spec.header(field) for field in spec.required if field not in columns]
    if spec.one_of and not any(field in columns for field in spec.one_of):
        missing.append("或".join(spec.header(field) for field in spec.one_of))
    return tuple(missing)


def _match(spec: TableSpec, row: int, headers: tuple[Header, ...]) -> Match | None:
    columns = _columns(spec, headers)
    return None if _missing(spec, columns) else Match(spec, row, headers, columns)


def _unrecognised(rows: list[tuple[Header, ...]]) -> Unrecognised:
    found: list[tuple[int, int, NearMiss, tuple[Header, ...]]] = []
    for headers in rows:
        for spec in table_specs().values():
            columns = _columns(spec, headers)
            if columns:
                missing = _missing(spec, columns)
                matched = tuple(headers[i].text for positions in columns.values() for i in positions)
                found.append((len(matched), -len(missing), NearMiss(spec.table.name, matched, missing), headers))
    found.sort(key=lambda entry: entry[:2], reverse=True)
    header = found[0][3] if found else ()
    return Unrecognised(tuple(h.text for h in header if h.name), tuple(near for _, _, near, _ in found[:3]))
