"""The CSV files: UTF-8 with a byte order mark, one header, no quoting needed (the texts hold no comma)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc

from ingest.sample.headers import HEADERS, SOURCES

PLANTED = "planted.json"
_BOM = b"\xef\xbb\xbf"
_OPTIONS = pc.WriteOptions(include_header=False, quoting_style="none")


class FolderNotEmpty(FileExistsError):
    """The folder already holds something and overwriting was not asked for."""


def prepare(out: Path, overwrite: bool) -> None:
    """Creates the folder; raises FolderNotEmpty when it holds anything, unless overwriting."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())) and not overwrite:
        raise FolderNotEmpty(f"目录已有内容，未写入：{out.name}（如要覆盖请指定 overwrite）")
    out.mkdir(parents=True, exist_ok=True)


def write_batches(out: Path, name: str, batches: Iterable[list[Any]]) -> int:
    """Writes 〈name〉.csv from Arrow columns in the order of its headers; the number of rows."""
    headers = HEADERS[name]
    written = 0
    with (out / f"{name}.csv").open("wb") as file:
        file.write(_BOM + ",".join(headers).encode() + b"\n")
        for columns in batches:
            table = pa.table(columns, names=list(headers))
            pc.write_csv(table, file, _OPTIONS)
            written += table.num_rows
    return written


def write_rows(out: Path, name: str, rows: Iterable[tuple[str, ...]]) -> int:
    """Writes 〈name〉.csv from rows of text, to which the source column is added; the number of rows."""
    headers, found = HEADERS[name], list(rows)
    columns = [pa.array(column, pa.string()) for column in zip(*found, strict=True)]
    if not found:
        columns = [pa.array([], pa.string())] * (len(headers) - 1)
    columns.append(pa.array([SOURCES[name]] * len(found), pa.string()))
    return write_batches(out, name, [columns])


def write_planted(out: Path, planted: dict[str, Any]) -> None:
    """Writes the truth of the planted stories."""
    text = json.dumps(planted, ensure_ascii=False, indent=1)
    (out / PLANTED).write_text(text + "\n", encoding="utf-8")
