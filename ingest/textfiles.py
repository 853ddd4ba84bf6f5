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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from ingest.errors import BadEncoding, SourceUnreadable

SUFFIXES = frozenset({".csv", ".tsv"})
_CHUNK = 1 << 20
_PIECE = 1 << 18
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
            return _utf8(path, encoding) or _proven(path, encoding)
    return _utf8(path, "utf-8") or _proven(path, "utf-8" if _mostly_utf8(first) else "gb18030")


def _utf8(path: Path, encoding: str) -> Scan | None:
    """The scan of a file that is UTF-8 throughout, with or without BOM; else None."""
    return _read_through(path, encoding, _valid) if encoding.startswith("utf-8") else None


def _proven(path: Path, encoding: str) -> Scan:
    """The scan of a file in another encoding; raises BadEncoding."""
    _prove(path, encoding)
    scanned = _read_through(path, encoding, lambda _: True)
    assert scanned is not None
    return Scan(encoding, plain=False, quoted=True) if encoding == "utf-16" else scanned


def _prove(path: Path, encoding: str) -> None:
    line = _first_error(path, encoding)
    if line is not None:
        raise BadEncoding(
            f"{path.name} 第 {line} 行附近有不合 {encoding.upper()} 编码的字节；请在原系统中重新导出为 UTF-8 或 GB18030。",
            f"bytes near line {line} are not valid {encoding.upper()}; export the file again as UTF-8 or GB18030",
        )


def _first_error(path: Path, encoding: str) -> int | None:
    """The line of the first byte that does not decode, or None when all do."""
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


def _read_through(path: Path, encoding: str, valid: Callable[[bytes], bool]) -> Scan | None:
    """Look at all bytes once, in pieces that end where a line does, or at least a character; None when a piece is not valid.

    Plain is a file without blank lines and without a carriage return that stands alone.
    """
    before, rest, plain, quoted = b"\n", b"", True, False
    with path.open("rb") as file:
        file.seek(len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0)
        while chunk := file.read(_PIECE):
            end = chunk.rfind(b"\n") + 1 or _character(chunk)
            piece = b"".join((before, rest, chunk[:end]))
            if not valid(piece):
                return None
            plain = plain and not _uncommon(piece) and not piece.endswith(b"\r")
            quoted = quoted or b'"' in chunk
            before, rest = b"\n" if piece.endswith(b"\n") else b"", chunk[end:]
    last = before + rest
    return Scan(encoding, plain and not _uncommon(last) and not last.endswith(b"\r"), quoted) if valid(last) else None


def _character(text: bytes) -> int:
    """Where the last character of UTF-8 begins that may go on behind the text."""
    return next((at for at in range(len(text) - 1, max(-1, len(text) - 5), -1) if text[at] & 0xC0 != 0x80), len(text))


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
