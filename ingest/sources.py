"""Files in, sheets out: every table of the given paths, each able to put its rows into the database as text.

A sheet becomes a database relation `row, c0, c1, …`: `row` is the number that a spreadsheet program shows beside
the record (header line included), the cells are text exactly as written. Nothing is interpreted here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb

from ingest import textfiles, workbooks
from ingest.errors import SourceMissing, SourceTooLarge
from ingest.limits import Limits
from ingest.rawtables import copy_parquet, copy_rows, copy_text, parquet_head
from ingest.recognise import HEADER_SEARCH_ROWS

PARQUET = ".parquet"
SUFFIXES = textfiles.SUFFIXES | workbooks.SUFFIXES | {PARQUET}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a load: where it is, its name relative to what was asked for, and the hash of what it says where that
    is not the hash of its bytes."""

    path: Path
    name: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The table files of a load in a fixed order, and the names of the files passed over."""

    files: tuple[SourceFile, ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of one file: `name` is the sheet's name, empty where a file is one table; it has about so many rows."""

    file: SourceFile
    name: str
    head: tuple[tuple[str, ...], ...]
    text: textfiles.TextTable | None = None
    rows: int = 0

    @property
    def side_by_side(self) -> bool:
        """Whether it can be read while other sheets are; a workbook is unpacked alone, for the sake of memory."""
        return self.text is not None or self.file.path.suffix.lower() == PARQUET

    def read(self, con: duckdb.DuckDBPyConnection, relation: str, scratch: Path, limits: Limits) -> int:
        """Put all rows into the new relation `relation`; returns how many cells a row has."""
        path = self.file.path
        if path.suffix.lower() == PARQUET:
            return copy_parquet(con, relation, path)
        if self.text:
            return copy_text(con, relation, self.text, scratch, limits)
        return copy_rows(con, relation, workbooks.rows(path, self.name, limits), limits)


def find(paths: Sequence[Path], limits: Limits) -> Found:
    """The table files among the paths; folders are walked in order of name. Raises SourceMissing."""
    files: list[SourceFile] = []
    ignored: list[str] = []
    for path in paths:
        if not path.exists():
            raise SourceMissing(f"找不到 {path}，请检查路径。", f"{path} does not exist; check the path")
        for file in _walk(path) if path.is_dir() else [SourceFile(path, path.name)]:
            if _is_table(file.path):
                files.append(file)
            else:
                ignored.append(file.name)
    if not files:
        raise SourceMissing(
            f"没有可载入的表格文件（认识的后缀：{' '.join(sorted(SUFFIXES))}）。",
            "no table file found; known suffixes are listed before",
        )
    if len(files) > limits.files:
        raise SourceTooLarge(f"文件超过 {limits.files} 个，请分批载入。", f"more than {limits.files} files; load in parts")
    return Found(tuple(files), tuple(ignored))


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$")) and path.is_file()


def _walk(root: Path) -> Iterator[SourceFile]:
    for folder, below, names in os.walk(root):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            yield SourceFile(path, path.relative_to(root).as_posix())


def sheets(file: SourceFile, limits: Limits) -> Iterator[Sheet]:
    """The sheets of a file with their first rows; raises a LoadError when the file cannot be read."""
    path = file.path
    if path.stat().st_size > limits.file_size:
        raise SourceTooLarge(
            f"{file.name} 超过 {limits.file_size >> 30} GiB，请拆分后载入。", f"larger than {limits.file_size >> 30} GiB; split it"
        )
    suffix = path.suffix.lower()
    if suffix == PARQUET:
        header, height = parquet_head(path)
        yield Sheet(file, "", (header,), rows=height)
    elif suffix in textfiles.SUFFIXES:
        table, rows = textfiles.open_table(path, HEADER_SEARCH_ROWS)
        yield Sheet(file, "", _tuples(rows, limits, file), table, table.lines)
    else:
        for name in workbooks.sheet_names(path, limits):
            rows = list(islice(workbooks.rows(path, name, limits), HEADER_SEARCH_ROWS))
            yield Sheet(file, name, _tuples(rows, limits, file), rows=workbooks.height(path, name))


def _tuples(rows: list[list[str]], limits: Limits, file: SourceFile) -> tuple[tuple[str, ...], ...]:
    if max((len(row) for row in rows), default=0) > limits.columns:
        raise SourceTooLarge(f"{file.name} 超过 {limits.columns} 列。", f"{file.name} has more than {limits.columns} columns")
    return tuple(tuple(row) for row in rows)
