"""Workbooks before they are opened: is the file what its suffix says, and how much would come out of it?

A workbook is unpacked once without keeping anything: sizes, check sums and the extent of its sheets are then known.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from ingest.errors import SourceTooLarge, SourceUnreadable
from ingest.limits import Limits

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_CHUNK = 1 << 20
_RATIO_FREE = 64 << 20
_ROW_REF = re.compile(rb'<row [^>]*?r="(\d+)"')
_WIDE_REF = re.compile(rb' r="([A-Z]{2,3})\d+"')
_OVERLAP = 200
_ODS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_BROKEN = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error, ElementTree.ParseError, ValueError,
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
    suffix = path.suffix.lower()
    if magic == _OLE and suffix != ".xls":
        raise SourceUnreadable(
            f"{path.name} 设有密码或其实是旧版 .xls，请去掉密码或另存为 .xlsx。",
            "the workbook has a password or is an old .xls; remove the password or save it as .xlsx",
        )
    if magic != (_OLE if suffix == ".xls" else _ZIP):
        raise SourceUnreadable(
            f"{path.name} 不是真正的 {suffix} 文件（可能是网页或文本改了后缀），请在电子表格软件中另存为 .xlsx。",
            f"not a real {suffix} file (perhaps a renamed web page or text); save it as .xlsx",
        )
    if magic == _ZIP:
        _guard_archive(path, limits)


def damaged(path: Path, detail: str) -> SourceUnreadable:
    """The error for a workbook that cannot be read; `detail` is the reader's own name for it."""
    return SourceUnreadable(
        f"{path.name} 打不开，文件已损坏或不是 {path.suffix} 工作簿；请用电子表格软件打开后另存再试。",
        f"not a readable {path.suffix} workbook ({detail}); open it in a spreadsheet program and save it again",
    )


def _guard_archive(path: Path, limits: Limits) -> None:
    allowed = min(limits.unpacked_size, max(_RATIO_FREE, path.stat().st_size * limits.unpack_ratio))
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if sum(info.file_size for info in members) > allowed:
                raise _too_large(path, allowed)
            for info in members:
                measure = _measure_of(info.filename)
                with archive.open(info) as member:
                    cells = measure(member)
                unpacked += info.file_size
                if unpacked > allowed or cells > limits.workbook_cells:
                    raise _too_large(path, allowed)
    except _BROKEN as error:
        raise damaged(path, type(error).__name__) from None


def _measure_of(member: str) -> Callable[[IO[bytes]], int]:
    """How the cells of a member are counted. Reading to its end also proves its size and check sum."""
    if member.startswith("xl/worksheets/") and member.endswith(".xml"):
        return _xlsx_cells
    return _ods_cells if member == "content.xml" else _no_cells


def _no_cells(member: IO[bytes]) -> int:
    while member.read(_CHUNK):
        pass
    return 0


def _xlsx_cells(member: IO[bytes]) -> int:
    """The rectangle the cells span: one far-off cell makes a reader hold all that lies before it."""
    rows, columns, tail = 1, 26, b""
    while chunk := member.read(_CHUNK):
        text = tail + chunk
        rows = max(rows, max(map(int, _ROW_REF.findall(text)), default=1))
        columns = max(columns, max(map(_column_number, set(_WIDE_REF.findall(text))), default=1))
        tail = chunk[-_OVERLAP:]
    return rows * columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_cells(member: IO[bytes]) -> int:
    """Filled cells with their repetitions: a few bytes can stand for a million equal rows."""
    cells = 0
    for _, element in ElementTree.iterparse(member):
        if element.tag == f"{_ODS}table-row":
            repeated = int(element.get(f"{_ODS}number-rows-repeated", "1"))
            filled = [cell for cell in element if len(cell)]
            cells += repeated * sum(int(cell.get(f"{_ODS}number-columns-repeated", "1")) for cell in filled)
            element.clear()
    return cells


def _too_large(path: Path, allowed: int) -> SourceTooLarge:
    return SourceTooLarge(
        f"{path.name} 解开后过大（上限 {allowed >> 20} MiB）或单元格范围过广，未载入；请清理空白区域或另存为 CSV。",
        f"the workbook unpacks beyond {allowed >> 20} MiB or spans too many cells; clear empty areas or save it as CSV",
    )
