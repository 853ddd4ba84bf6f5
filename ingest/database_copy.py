"""Tables of a database as files: what a load needs is copied once, as text, and is then loaded as any file is.

The row number of a table's row is its place in the order of the primary key (of all columns where there is none),
counted like a spreadsheet's: the names are row 1. Equal rows are the same load wherever the database stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from graph.engines.base import Progress
from graph.text import fold
from ingest.databases import Database, Relation, rows
from ingest.errors import SourceMissing, SourceTooLarge
from ingest.limits import Limits
from ingest.mapping import Mapping
from ingest.recognise import Match, recognise
from ingest.sources import Found, SourceFile
from ingest.workbooks import text_of

BEIJING = timezone(timedelta(hours=8))
"""Instants are stored as the clock shows them in China."""


def copy_database(
    source: Database, folder: Path, mapping: Mapping | None, limits: Limits, progress: Progress, *, heads_only: bool = False
) -> Found:
    """Copy the tables into `folder`; of those that nothing recognises, and with `heads_only`, only the column names.

    Raises a LoadError when the database cannot be read or has no table.
    """
    files = []
    with source.connect() as connection:
        relations = list(source.relations(connection))
        for number, relation in enumerate(relations):
            progress(f"读取 {relation.name}", number, len(relations))
            headers = _headers(relation, mapping)
            empty = heads_only or not _wanted(headers, mapping)
            path = folder / f"{number:04d}.parquet"
            content = _copy(connection, relation, headers, path, limits, empty=empty)
            files.append(SourceFile(path, f"{source.name}/{relation.name}", content))
    if not files:
        raise SourceMissing("数据库里没有表。", "the database has no table")
    return Found(tuple(files), ())


def _headers(relation: Relation, mapping: Mapping | None) -> tuple[str, ...]:
    """The column names; the comments of the columns where only they tell a native table."""
    said = tuple(comment or name for name, comment in zip(relation.columns, relation.comments, strict=True))
    if mapping is None and not isinstance(recognise([relation.columns]), Match) and isinstance(recognise([said]), Match):
        return said
    return relation.columns


def _wanted(headers: Sequence[str], mapping: Mapping | None) -> bool:
    if mapping is None:
        return isinstance(recognise([headers]), Match)
    known = {fold(header) for header in headers}
    return any({fold(text) for text in shape.when} <= known for shape in mapping.files.values())


def _copy(
    connection: sa.Connection, relation: Relation, headers: tuple[str, ...], path: Path, limits: Limits, *, empty: bool
) -> str:
    """Write one Parquet file of text; returns the hash of what it says."""
    if len(headers) > limits.columns:
        raise SourceTooLarge(f"表 {relation.name} 超过 {limits.columns} 列。", f"more than {limits.columns} columns")
    schema = pa.schema([(header, pa.string()) for header in headers])
    content = hashlib.sha256(repr(headers).encode())
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in [] if empty else rows(connection, relation):
            texts = [[cell_text(value) for value in row] for row in batch]
            _measure(relation, texts, limits)
            content.update(repr(texts).encode("utf-8", "surrogatepass"))
            writer.write_batch(pa.record_batch([pa.array(column, pa.string()) for column in zip(*texts, strict=True)], schema))
    return content.hexdigest()


def _measure(relation: Relation, texts: Sequence[Sequence[str | None]], limits: Limits) -> None:
    if any(text is not None and len(text) > limits.cell_length for row in texts for text in row):
        raise SourceTooLarge(
            f"表 {relation.name} 有单元格超过 {limits.cell_length >> 20} MiB。", "a cell of the table is too long"
        )


def cell_text(value: object) -> str | None:
    """A value of a database as text, None for an empty one; bytes are no text and become hexadecimal digits."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return text_of(value.astimezone(BEIJING).replace(tzinfo=None) if value.tzinfo else value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return text_of(value)  # type: ignore[arg-type]

