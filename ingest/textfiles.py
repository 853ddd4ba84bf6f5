"""Text tables (CSV, TSV): the encoding is proven, never guessed, and every record keeps its number.

UTF-8 (with or without BOM) is tried strictly, then GB18030 strictly; UTF-16 needs its BOM. A damaged UTF-8 file
also decodes as GB18030, into nonsense, so a file whose bytes are mostly good UTF-8 is refused instead.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from ingest.errors import BadEncoding, SourceUnreadable

SUFFIXES = frozenset({".csv", ".tsv"})
_CHUNK = 1 << 20
_FOREIGN = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1", b"%PDF")
_BOMS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}
_DELIMITERS = ",\t;|"
_HEAD_CHARS = 1 << 20


@dataclass(frozen=True, slots=True)
class Scan:
    """What the bytes show. A file that is not `plain` needs the slow reader: the fast one passes over blank lines,
    which would number the records wrongly. It also takes odd quotes otherwise (one that never closes, one after a
    space), so what it finds in a `quoted` file must be compared."""

    encoding: str
    plain: bool
    quoted: bool


@dataclass(frozen=True, slots=True)
class TextTable:
    """A text file that was looked at: how to read it, how many cells its first records have at most, and about how many
    lines there are."""

    path: Path
    encoding: str
    delimiter: str
    plain: bool
    quoted: bool
    width: int
    lines: int


def digest(path: Path) -> str:
    """The SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def scan(path: Path) -> Scan:
    """Find the encoding; raises SourceUnreadable (no text at all) or BadEncoding (names the line)."""
    with path.open("rb") as file:
        first = file.read(_CHUNK)
    if first.startswith(_FOREIGN) or (b"\0" in first and first[:2] not in _BOMS):
        raise SourceUnreadable(
            f"{path.name} 不是文本表格，后缀可能改错了；请按原来的格式载入或另存为 CSV。",
            "not a text table; its suffix may be wrong, load it in its own format or save it as CSV",
        )
    for bom, encoding in _BOMS.items():
        if first.startswith(bom):
            _prove(path, encoding)
            return _shape(path, encoding)
    if _first_error(path, "utf-8") is None:
        return _shape(path, "utf-8")
    if _mostly_utf8(first):
        _prove(path, "utf-8")
    _prove(path, "gb18030")
    return _shape(path, "gb18030")


def _prove(path: Path, encoding: str) -> None:
    line = _first_error(path, encoding)
    if line is not None:
        raise BadEncoding(
            f"{path.name} 第 {line} 行附近有不合 {encoding.upper()} 编码的字节；请在原系统中重新导出为 UTF-8 或 GB18030。",
            f"bytes near line {line} are not valid {encoding.upper()}; export the file again as UTF-8 or GB18030",
        )


def _first_error(path: Path, encoding: str) -> int | None:
    """The line of the first byte that does not decode, or None when all do."""
    if encoding.startswith("utf-8") and _is_utf8(path):
        return None
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    lines = 1
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return lines + chunk[: error.start].count(b"\n")
            lines += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return lines
    return None


def _is_utf8(path: Path) -> bool:
    """Whether all bytes are UTF-8, told without decoding them; the pieces are cut where a line ends."""
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            end = chunk.rfind(b"\n") + 1
            if not _valid(rest + chunk[:end]):
                return False
            rest = chunk[end:] if end else rest + chunk
    return _valid(rest)


def _valid(text: bytes) -> bool:
    one = pa.StringArray.from_buffers(1, pa.py_buffer(struct.pack("<2i", 0, len(text))), pa.py_buffer(text))
    try:
        one.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _mostly_utf8(sample: bytes) -> bool:
    high = sum(byte >= 0x80 for byte in sample)
    good = len(sample.decode("utf-8", "ignore").encode()) - (len(sample) - high)
    return high > 0 and good / high > 0.5


def _shape(path: Path, encoding: str) -> Scan:
    """Plain is a file without blank lines and without a carriage return that stands alone."""
    if encoding == "utf-16":
        return Scan(encoding, plain=False, quoted=True)
    tail, quoted, plain = b"\n", False, True
    with path.open("rb") as file:
        file.seek(len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0)
        while plain and (chunk := file.read(_CHUNK)):
            plain = not _uncommon(tail + chunk)
            quoted = quoted or b'"' in chunk
            tail = chunk[-2:]
    return Scan(encoding, plain and not tail.endswith(b"\r"), quoted)


def _uncommon(text: bytes) -> bool:
    """Whether there is a blank line, or a carriage return without a line feed behind it (the last byte aside)."""
    ends = np.frombuffer(text, np.uint8) == ord("\n")
    if (ends[1:] & ends[:-1]).any():
        return True
    returns = text.count(b"\r", 0, -1) if b"\r" in text else 0
    return returns > 0 and (b"\n\r\n" in text or returns != text.count(b"\r\n"))


def transcode(path: Path, encoding: str, target: Path) -> None:
    """Write a UTF-8 copy, a piece at a time."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as source, target.open("wb") as out:
        while chunk := source.read(_CHUNK):
            out.write(decoder.decode(chunk).encode())
        out.write(decoder.decode(b"", final=True).encode())


def open_table(path: Path, rows: int) -> tuple[TextTable, list[list[str]]]:
    """Look at a file: its encoding, its delimiter and its first records; raises SourceUnreadable or BadEncoding."""
    scanned = scan(path)
    with path.open(encoding=scanned.encoding, newline="") as file:
        text = file.read(_HEAD_CHARS)
    csv.field_size_limit(_HEAD_CHARS + 1)
    candidates = "\t" if path.suffix.lower() == ".tsv" else _DELIMITERS
    parsed = {mark: list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=mark), rows)) for mark in candidates}
    best = max(parsed, key=lambda mark: _regularity(parsed[mark]))
    width = max((len(row) for row in parsed[best]), default=0)
    lines = text.count("\n") * path.stat().st_size // max(1, len(text.encode(scanned.encoding, "replace")))
    return TextTable(path, scanned.encoding, best, scanned.plain, scanned.quoted, width, lines), parsed[best]


def _regularity(rows: list[list[str]]) -> tuple[int, int]:
    """How many records have the usual number of cells, and that number: the right delimiter has most of both."""
    widths = [len(row) for row in rows if len(row) > 1]
    if not widths:
        return 0, 0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return widths.count(usual), usual


def records(table: TextTable, cell_length: int) -> Iterator[list[str]]:
    """Every record, blank ones too; raises SourceUnreadable, naming the record, where quotes do not pair."""
    csv.field_size_limit(cell_length)
    read = 0
    with table.path.open(encoding=table.encoding, newline="") as file:
        try:
            for record in csv.reader(file, delimiter=table.delimiter, strict=True):
                read += 1
                yield record
        except csv.Error:
            raise SourceUnreadable(
                f"{table.path.name} 第 {read + 1} 行的双引号不成对或单元格过长，请改正后再载入。",
                f"record {read + 1}: quotes do not pair or a cell is too long; correct it and load again",
            ) from None
