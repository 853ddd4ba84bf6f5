"""Refused rows for people: the original cells with address, rule and sentence, one sheet per part."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import xlsxwriter

from ingest.cells import Sentences
from ingest.corrections import ADDRESS, FORMULA, CorrectedSheet
from ingest.plan import SheetPlan
from ingest.sql import name

WORKBOOK_ROWS = 100_000
"""Rows beyond this go to CSV files, which any program opens faster than a huge workbook."""

_CELL = 32_767
_SHEETS = 200
_BATCH = 10_000


def write_quarantine(
    con: duckdb.DuckDBPyConnection, folder: Path, load_id: str, parts: Sequence[tuple[int, SheetPlan]], sentences: Sentences
) -> None:
    """Write `quarantine.xlsx` when any row was refused, and `quarantine-<part>.csv` for what is too much for it.

    Corrected, it can be loaded again; what is refused once more still bears the address in the first load.
    """
    filled = [(part, plan) for part, plan in parts if _count(con, part)]
    if not filled:
        return
    room = WORKBOOK_ROWS
    options = {
        "constant_memory": True, "tmpdir": str(folder), "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(folder / "quarantine.xlsx"), options) as book:
        for part, plan in filled[:_SHEETS]:
            rows = _rows(con, load_id, part, plan, sentences)
            sheet = book.add_worksheet(f"{part:03d}")
            for number, row in enumerate([_headers(plan), *_take(rows, room)]):
                for index, text in enumerate(row):
                    sheet.write_string(number, index, text[:_CELL])
            room = max(0, room - _count(con, part))
            _write_rest(folder, part, plan, rows)
        for part, plan in filled[_SHEETS:]:
            _write_rest(folder, part, plan, _rows(con, load_id, part, plan, sentences))


def _take(rows: Iterator[list[str]], number: int) -> Iterator[list[str]]:
    for _ in range(number):
        row = next(rows, None)
        if row is None:
            return
        yield row


def _write_rest(folder: Path, part: int, plan: SheetPlan, rows: Iterator[list[str]]) -> None:
    first = next(rows, None)
    if first is None:
        return
    with (folder / f"quarantine-{part:03d}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_headers(plan))
        writer.writerow([_inert(text) for text in first])
        writer.writerows([_inert(text) for text in row] for row in rows)


def _inert(text: str) -> str:
    """A spreadsheet program must not take a cell for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _headers(plan: SheetPlan) -> list[str]:
    return [*ADDRESS, *(header.text for header in plan.headers)]


def _rows(
    con: duckdb.DuckDBPyConnection, load_id: str, part: int, plan: SheetPlan, sentences: Sentences
) -> Iterator[list[str]]:
    sheet = plan.sheet
    origin = f"{sheet.base}:{sheet.part}" if isinstance(sheet, CorrectedSheet) else f"{load_id}:{part}"
    reader = con.cursor()
    reader.execute(f"SELECT * FROM {name(f'q_{part}')} ORDER BY row")
    while batch := reader.fetchmany(_BATCH):
        for column, rule, row, *cells in batch:
            address = [f"{origin}:{row}", sheet.file.name, sheet.name, str(row), column, rule, sentences.known.get(rule, "")]
            yield address + ["" if cell is None else str(cell) for cell in cells]


def _count(con: duckdb.DuckDBPyConnection, part: int) -> int:
    found = con.execute(f"SELECT count(*) FROM {name(f'q_{part}')}").fetchone()
    return int(found[0]) if found else 0
