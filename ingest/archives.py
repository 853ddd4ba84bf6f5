"""Workbooks before they are opened: is the file what its suffix says, and how much would come out of it?

A workbook is unpacked once without keeping anything: sizes, check sums and the extent of its sheets are then known.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

from ingest.errors import SourceTooLarge, SourceUnreadable
from ingest.extents import Extent
from ingest.limits import Limits

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_RATIO_FREE = 64 << 20
_END, _END_SIZE, _COMMENT = b"PK\x05\x06", 22, 1 << 16
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
    unpacked, extent = 0, Extent()
    try:
        if _directory_size(path) > limits.directory_size:
            raise _too_large(path, allowed)
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if sum(info.file_size for info in members) > allowed:
                raise _too_large(path, allowed)
            for info in members:
                with archive.open(info) as member:
                    extent.take(info.filename, member)
                unpacked += info.file_size
                if unpacked > allowed or extent.cells > limits.workbook_cells:
                    raise _too_large(path, allowed)
            if extent.shared > limits.workbook_text:
                raise _too_large(path, limits.workbook_text)
    except _BROKEN as error:
        raise damaged(path, type(error).__name__) from None


def _directory_size(path: Path) -> int:
    """The size of the list of members as the end of the archive states it; BadZipFile without an end."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END_SIZE - _COMMENT))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_SIZE:
        raise zipfile.BadZipFile
    return int.from_bytes(tail[at + 12:at + 16], "little")


def _too_large(path: Path, allowed: int) -> SourceTooLarge:
    return SourceTooLarge(
        f"{path.name} 解开后过大（上限 {allowed >> 20} MiB）或单元格范围过广，未载入；请清理空白区域或另存为 CSV。",
        f"the workbook unpacks beyond {allowed >> 20} MiB or spans too many cells; clear empty areas or save it as CSV",
    )
