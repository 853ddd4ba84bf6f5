"""How much a workbook's members would become in memory, told while they are unpacked once and nothing is kept.

One far-off cell makes a reader hold the whole rectangle before it; a few bytes can stand for a million equal rows;
one long text can be shared by a million cells. All three are counted here.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree

CHUNK = 1 << 20
_OVERLAP = 200
_ROW_REF = re.compile(rb'<row [^>]*?r="(\d+)"')
_WIDE_REF = re.compile(rb' r="([A-Z]{2,3})\d+"')
_SHARED_CELL = re.compile(rb'<c [^>]*?t="s"[^>]*>\s*<v>(\d+)</v>')
_ODS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ROW_HEADER, _CELLS = 0, range(1, 12)  # record numbers of a binary sheet


@dataclass(slots=True)
class Extent:
    """What was counted so far: the cells of the largest sheet, and how long the shared texts are and who uses them."""

    cells: int = 0
    texts: list[int] = field(default_factory=list)
    uses: Counter[int] = field(default_factory=Counter)

    @property
    def shared(self) -> int:
        """Bytes that shared texts would become, each counted as often as a cell uses it."""
        return sum(self.texts[index] * times for index, times in self.uses.items() if index < len(self.texts))

    def take(self, name: str, member: IO[bytes]) -> None:
        """Read a member to its end, which also proves its size and check sum."""
        for pattern, measure in _MEASURES:
            if pattern.match(name):
                measure(self, member)
                return
        while member.read(CHUNK):
            pass


def _xlsx(extent: Extent, member: IO[bytes]) -> None:
    rows, columns, tail = 1, 26, b""
    while chunk := member.read(CHUNK):
        text = tail + chunk
        rows = max(rows, max(map(int, _ROW_REF.findall(text)), default=1))
        columns = max(columns, max(map(_column_number, set(_WIDE_REF.findall(text))), default=1))
        cut = text.rfind(b"<c ", len(text) - _OVERLAP)
        keep = text[cut:] if cut >= 0 else text[-_OVERLAP:]
        extent.uses.update(map(int, _SHARED_CELL.findall(text[:len(text) - len(keep)] if cut >= 0 else text)))
        tail = keep
    extent.uses.update(map(int, _SHARED_CELL.findall(tail)))
    extent.cells = max(extent.cells, rows * columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _shared_texts(extent: Extent, member: IO[bytes]) -> None:
    size, tail = 0, b""
    while chunk := member.read(CHUNK):
        *whole, tail = (tail + chunk).split(b"</si>")
        for text in whole:
            extent.texts.append(size + len(text))
            size = 0
        size, tail = size + max(0, len(tail) - 8), tail[-8:]


def _xlsb(extent: Extent, member: IO[bytes]) -> None:
    rows = columns = 1
    for kind, content in _records(member):
        if kind == _ROW_HEADER and len(content) >= 4:
            rows = max(rows, struct.unpack_from("<I", content)[0] + 1)
        elif kind in _CELLS and len(content) >= 4:
            columns = max(columns, struct.unpack_from("<I", content)[0] + 1)
            if kind == _CELLS[6] and len(content) >= 12:
                extent.uses[struct.unpack_from("<I", content, 8)[0]] += 1
    extent.cells = max(extent.cells, rows * columns)


def _shared_records(extent: Extent, member: IO[bytes]) -> None:
    extent.texts.extend(len(content) for kind, content in _records(member) if kind == 19)


def _records(member: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The records of a binary part: a number of one or two bytes, a length of up to four, the content."""
    while first := member.read(1):
        kind = first[0]
        if kind & 0x80:
            kind = (kind & 0x7F) | (_byte(member) << 7)
        length = shift = 0
        while True:
            part = _byte(member)
            length |= (part & 0x7F) << shift
            shift += 7
            if not part & 0x80 or shift >= 28:
                break
        content = member.read(length)
        if len(content) < length:
            raise EOFError
        yield kind, content


def _byte(member: IO[bytes]) -> int:
    found = member.read(1)
    if not found:
        raise EOFError
    return found[0]


def _ods(extent: Extent, member: IO[bytes]) -> None:
    """Filled cells with their repetitions."""
    cells = 0
    for _, element in ElementTree.iterparse(member):
        if element.tag == f"{_ODS}table-row":
            repeated = int(element.get(f"{_ODS}number-rows-repeated", "1"))
            filled = [cell for cell in element if len(cell)]
            texts = sum(int(cell.get(f"{_ODS}number-columns-repeated", "1")) for cell in filled)
            cells += repeated * texts
            extent.texts.append(sum(
                len("".join(cell.itertext())) * int(cell.get(f"{_ODS}number-columns-repeated", "1")) for cell in filled
            ))
            extent.uses[len(extent.texts) - 1] = repeated
            element.clear()
    extent.cells = max(extent.cells, cells)


_MEASURES: tuple[tuple[re.Pattern[str], Callable[[Extent, IO[bytes]], None]], ...] = (
    (re.compile(r"xl/worksheets/.*\.xml\Z"), _xlsx),
    (re.compile(r"xl/sharedStrings\.xml\Z", re.IGNORECASE), _shared_texts),
    (re.compile(r"xl/worksheets/.*\.bin\Z"), _xlsb),
    (re.compile(r"xl/sharedStrings\.bin\Z", re.IGNORECASE), _shared_records),
    (re.compile(r"content\.xml\Z"), _ods),
)
