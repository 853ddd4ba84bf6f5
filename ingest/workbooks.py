"""Workbooks (xlsx, xlsm, xlsb, xls, ods): guarded before they are unpacked, every cell as the text a person means.

A whole float loses its `.0`; a float of 1e15 or more keeps scientific form, because its last digits are already
lost and the rule for id numbers must refuse it; dates become ISO text; error cells are empty. A cell merged over several
rows (one 户号 beside all members, a header of two lines) holds for each row.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from ingest.archives import damaged, guard
from ingest.errors import SourceTooLarge, SourceUnreadable
from ingest.limits import Limits

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
_EXACT_BELOW = 1e15

Value = str | int | float | bool | date | datetime | time | timedelta | None


def text_of(value: Value) -> str:
    """A cell as text."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float | int):
        return _number(float(value)) if isinstance(value, float) else str(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == time() else value.strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: float) -> str:
    if abs(value) >= _EXACT_BELOW:
        return f"{value:.14E}"
    return str(int(value)) if value.is_integer() else repr(value)


def sheet_names(path: Path, limits: Limits) -> list[str]:
    """The sheets of a workbook in order; raises SourceUnreadable or SourceTooLarge."""
    guard(path, limits)
    return list(_workbook(path).sheet_names)


def rows(path: Path, sheet: str, limits: Limits) -> Iterator[list[str]]:
    """Every row from the top of the sheet, blank ones too, so that the n-th row is row n of the spreadsheet."""
    found = _sheet(path, sheet)
    if found.total_height * found.total_width > limits.workbook_cells:
        raise SourceTooLarge(
            f"{path.name} 工作表“{sheet}”超过 {limits.workbook_cells} 个单元格，请拆分或另存为 CSV。",
            f"sheet has more than {limits.workbook_cells} cells; split it or save it as CSV",
        )
    below = _merged_below(found)
    held: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(found.iter_rows()):
        cells = [text_of(value) for value in row]
        for column, (last, text) in list(held.items()):
            if number > last:
                del held[column]
            elif column < len(cells) and not cells[column]:
                cells[column] = text
        for column, last in below.get(number, ()):
            if column < len(cells):
                held[column] = (last, cells[column])
        yield cells


def height(path: Path, sheet: str) -> int:
    """How many rows a sheet has, the header and blank ones included."""
    return int(_sheet(path, sheet).total_height)


def _merged_below(sheet: CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """First row of each merged range of several rows → (its first column, its last row).

    What is written once over several rows holds for each of them; a range across columns is a title and says it once.
    """
    below: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom > top:
            below.setdefault(top, []).append((left, bottom))
    return below


@lru_cache(maxsize=1)
def _workbook(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise SourceUnreadable(f"{path.name} 设有密码，请去掉密码后再载入。", "the workbook has a password; remove it") from None
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(path, type(error).__name__) from None


@lru_cache(maxsize=1)
def _sheet(path: Path, name: str) -> CalamineSheet:
    try:
        return _workbook(path).get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(path, type(error).__name__) from None


def release() -> None:
    """Let go of the workbook read last."""
    _sheet.cache_clear()
    _workbook.cache_clear()
