"""Workbooks (xlsx, xlsm, xlsb, xls, ods): guarded before they are unpacked, every cell as the text a person means.

A whole float loses its `.0`; a float of 1e15 or more keeps scientific form, because its last digits are already
lost and the rule for id numbers must refuse it; dates become ISO text; error cells are empty.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from ingest.errors import SourceTooLarge, SourceUnreadable
from ingest.limits import Limits

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_EXACT_BELOW = 1e15
_CHUNK = 1 << 20
_RATIO_FREE = 64 << 20
_ROW_REF = re.compile(rb'<row [^>]*?r="(\d+)"')
_WIDE_REF = re.compile(rb' r="([A-Z]{2,3})\d+"')
_REPEATED = re.compile(rb'<table:table-cell[^>]*?number-columns-repeated="(\d+)"[^>]*?office:value')

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
    for row in found.iter_rows():
        yield [text_of(value) for value in row]


@lru_cache(maxsize=1)
def _workbook(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise SourceUnreadable(f"{path.name} 设有密码，请去掉密码后再载入。", "the workbook has a password; remove it") from None
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(path, type(error).__name__) from None


@lru_cache(maxsize=1)
def _sheet(path: Path, name: str) -> CalamineSheet:
    try:
        return _workbook(path).get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(path, type(error).__name__) from None


def release() -> None:
    """Let go of the workbook read last."""
    _sheet.cache_clear()
    _workbook.cache_clear()


def _damaged(path: Path, detail: str) -> SourceUnreadable:
    return SourceUnreadable(
        f"{path.name} 打不开，文件已损坏或不是 {path.suffix} 工作簿；请用电子表格软件打开后另存再试。",
        f"not a readable {path.suffix} workbook ({detail}); open it in a spreadsheet program and save it again",
    )


def guard(path: Path, limits: Limits) -> None:
    """Refuse a file that is not what its suffix says, or that would unpack beyond the limits."""
    if path.stat().st_size > limits.workbook_size:
        raise SourceTooLarge(
            f"{path.name} 超过 {limits.workbook_size >> 20} MiB，请另存为 CSV 再载入。",
            f"the workbook is larger than {limits.workbook_size >> 20} MiB; save it as CSV",
        )
    with path.open("rb") as file:
        magic = file.read(4)
    if magic == _OLE and path.suffix.lower() != ".xls":
        raise SourceUnreadable(
            f"{path.name} 设有密码或其实是旧版 .xls，请去掉密码或另存为 .xlsx。",
            "the workbook has a password or is an old .xls; remove the password or save it as .xlsx",
        )
    if magic != (_OLE if path.suffix.lower() == ".xls" else _ZIP):
        raise SourceUnreadable(
            f"{path.name} 不是真正的 {path.suffix} 文件（可能是网页或文本改了后缀），请在电子表格软件中另存为 .xlsx。",
            f"not a real {path.suffix} file (perhaps a renamed web page or text); save it as .xlsx",
        )
    if magic == _ZIP:
        _guard_archive(path, limits)


def _guard_archive(path: Path, limits: Limits) -> None:
    """Unpack once without keeping anything: sizes, check sums and the extent of the sheets are then known."""
    allowed = min(limits.unpacked_size, max(_RATIO_FREE, path.stat().st_size * limits.unpack_ratio))
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > allowed:
                raise _bomb(path, allowed)
            for info in archive.infolist():
                with archive.open(info) as member:
                    extent = _Extent()
                    while chunk := member.read(_CHUNK):
                        unpacked += len(chunk)
                        if unpacked > allowed:
                            raise _bomb(path, allowed)
                        if info.filename.startswith("xl/worksheets/") or info.filename == "content.xml":
                            extent.see(chunk)
                    if extent.cells > limits.workbook_cells:
                        raise _bomb(path, allowed)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as error:
        raise _damaged(path, type(error).__name__) from None


class _Extent:
    """The rectangle that the cells of a sheet span: one far-off cell would make a reader hold all before it."""

    def __init__(self) -> None:
        self._rows, self._columns, self._tail = 1, 26, b""

    def see(self, chunk: bytes) -> None:
        text = self._tail + chunk
        self._rows = max(self._rows, max(map(int, _ROW_REF.findall(text)), default=1))
        for letters in set(_WIDE_REF.findall(text)):
            self._columns = max(self._columns, _column_number(letters))
        self._columns = max(self._columns, max(map(int, _REPEATED.findall(text)), default=1))
        self._tail = chunk[-200:]

    @property
    def cells(self) -> int:
        return self._rows * self._columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _bomb(path: Path, allowed: int) -> SourceTooLarge:
    return SourceTooLarge(
        f"{path.name} 解开后过大（上限 {allowed >> 20} MiB）或单元格范围过广，未载入；请清理空白区域或另存为 CSV。",
        f"the workbook unpacks beyond {allowed >> 20} MiB or spans too many cells; clear empty areas or save it as CSV",
    )
