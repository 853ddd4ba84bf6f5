"""Rows into the database as text: the fast reader for text files, and batches for everything else."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ingest import textfiles
from ingest.errors import SourceTooLarge, SourceUnreadable
from ingest.limits import Limits
from ingest.sql import literal, name
from ingest.textfiles import TextTable

_BATCH = 20_000


def _path(path: Path) -> str:
    """A file's path as a SQL string that stands for this one file, whatever characters are in it."""
    return literal(glob.escape(str(path)))


def copy_text(
    con: duckdb.DuckDBPyConnection, relation: str, table: TextTable, scratch: Path, limits: Limits
) -> int:
    """A text file; the fast reader where it is sure to number the records right, else one record at a time."""
    if table.encoding not in ("utf-8", "utf-8-sig"):
        copied = scratch / f"{relation}.csv"
        textfiles.transcode(table.path, table.encoding, copied)
        table = replace(table, path=copied, encoding="utf-8-sig")
    if table.plain and table.width and _copy_fast(con, relation, table, limits):
        return table.width
    return copy_rows(con, relation, textfiles.records(table, limits.cell_length), limits)


def _copy_fast(con: duckdb.DuckDBPyConnection, relation: str, table: TextTable, limits: Limits) -> bool:
    cells = name(relation + "_cells")
    columns = ", ".join(f"c{i}: 'VARCHAR'" for i in range(table.width))
    for parallel in ("true", "false"):
        try:
            con.execute(
                f"CREATE OR REPLACE TABLE {cells} AS SELECT * FROM read_csv({_path(table.path)},"
                f" columns={{{columns}}}, delim={literal(table.delimiter)}, header=false, auto_detect=false,"
                " quote='\"', escape='\"', null_padding=true, strict_mode=true,"
                f" max_line_size={limits.cell_length}, parallel={parallel})"
            )
        except duckdb.Error:
            continue
        if table.quoted and not _same(con, cells, table, limits):
            return False
        con.execute(f"CREATE VIEW {name(relation)} AS SELECT rowid + 1 AS row, * FROM {cells}")
        return True
    return False


def _same(con: duckdb.DuckDBPyConnection, cells: str, table: TextTable, limits: Limits) -> bool:
    """Whether both readers find as many records, and as many characters in them."""
    records = characters = 0
    for record in textfiles.records(table, limits.cell_length):
        records += 1
        characters += sum(map(len, record))
    lengths = " + ".join(f"coalesce(length(c{i}), 0)" for i in range(table.width))
    return bool(
        con.execute(f"SELECT count(*), coalesce(sum({lengths}), 0) FROM {cells}").fetchone() == (records, characters)
    )


def copy_rows(con: duckdb.DuckDBPyConnection, relation: str, rows: Iterable[list[str]], limits: Limits) -> int:
    """Rows that come one at a time; they may differ in length. Blank rows are left out but counted."""
    width = 0
    con.execute(f"CREATE TABLE {name(relation)} (row BIGINT)")
    for first, batch in _batches(rows):
        widest = max(len(row) for row in batch)
        if widest > limits.columns:
            raise SourceTooLarge(f"一行超过 {limits.columns} 列。", f"a row has more than {limits.columns} columns")
        for index in range(width, widest):
            con.execute(f"ALTER TABLE {name(relation)} ADD COLUMN c{index} VARCHAR")
        width = max(width, widest)
        table = _arrow(first, batch, width)
        con.register("incoming", table)
        con.execute(f"INSERT INTO {name(relation)} SELECT * FROM incoming")
        con.unregister("incoming")
    return width


def _batches(rows: Iterable[list[str]]) -> Iterator[tuple[int, list[list[str]]]]:
    source, first = iter(rows), 1
    while batch := list(islice(source, _BATCH)):
        yield first, batch
        first += len(batch)


def _arrow(first: int, batch: list[list[str]], width: int) -> pa.Table:
    kept = [(number, row) for number, row in enumerate(batch, start=first) if any(row)]
    columns = {"row": pa.array([number for number, _ in kept], pa.int64())}
    for index in range(width):
        cells = [row[index] if index < len(row) and row[index] else None for _, row in kept]
        columns[f"c{index}"] = pa.array(cells, pa.string())
    return pa.table(columns)


def parquet_head(path: Path) -> tuple[tuple[str, ...], int]:
    """The column names of a Parquet file, which stand for its header line, and how many rows it has."""
    try:
        return tuple(pq.read_schema(path).names), int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError):
        raise SourceUnreadable(f"{path.name} 不是可读的 Parquet 文件。", "not a readable Parquet file") from None


def copy_parquet(con: duckdb.DuckDBPyConnection, relation: str, path: Path) -> int:
    """A Parquet file; the header is row 1, as if it were a text file."""
    schema = pq.read_schema(path)
    cells = [f"{_parquet_cell(field, i)} AS c{i}" for i, field in enumerate(schema)]
    aliases = ", ".join(f"p{i}" for i in range(len(schema)))
    header = ", ".join(literal(field.name) for field in schema)
    try:
        con.execute(
            f"CREATE TABLE {name(relation + '_cells')} AS VALUES ({header}) UNION ALL"
            f" SELECT {', '.join(cells)} FROM read_parquet({_path(path)}) AS source({aliases})"
        )
    except duckdb.Error:
        raise SourceUnreadable(f"{path.name} 的数据读不出来，文件可能已损坏。", "the data cannot be read; damaged?") from None
    renamed = ", ".join(f"col{i} AS c{i}" for i in range(len(schema)))
    con.execute(
        f"CREATE VIEW {name(relation)} AS SELECT rowid + 1 AS row, {renamed} FROM {name(relation + '_cells')}"
    )
    return len(schema)


def _parquet_cell(field: pa.Field, index: int) -> str:
    column = f"p{index}"
    if pa.types.is_floating(field.type):
        return (
            f"CASE WHEN {column} = floor({column}) AND abs({column}) < 1e15"
            f" THEN CAST(CAST({column} AS BIGINT) AS VARCHAR) ELSE CAST({column} AS VARCHAR) END"
        )
    return f"CAST({column} AS VARCHAR)"
