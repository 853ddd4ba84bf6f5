"""The embedded engine: a build is one new file, written aside and put in place whole; readers open finished files.

Text comes back as it went in, the empty text and null apart. Parquet is read by the engine itself (COPY).
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import ladybug as lb
import pyarrow as pa

from cypher import write
from cypher.dialects import LADYBUG
from graph.build.artifact import PATHS, Build
from graph.engines.adjacency import Adjacency, write_adjacency
from graph.engines.base import BuildMark, EngineDown, EngineError, NothingPublished, Progress, Shortcut, silent
from graph.engines.connections import common_connections
from graph.engines.foresight import finds_nothing
from graph.engines.ladybug_pool import Pool
from graph.engines.layout import EdgeTable, NodeTable, Table, columns, row_counts, tables
from graph.engines.shortest import shortest_paths
from graph.machine import OUT_OF_ROOM
from graph.model import MODEL
from graph.schema import EdgeType, NodeType

GIB = 1 << 30
MARK_COLUMNS = [("id", "text"), ("number", "int"), ("graph_hash", "text"), ("full_hash", "text")]
BYTES_PER_PARQUET_BYTE = 7
"""How much larger the engine's file is than the Parquet it is made from, at most (measured: 6.2)."""
ROWS_A_PART = 250_000
"""Rows read back at once; the engine holds a whole result in memory, so this bounds it."""
READ_BACK_SECONDS = 3600.0


class LadybugTarget:
    """Publishes builds as `graph.lbug` inside the build's folder; which build is current is the caller's.

    `buffer_pool` bounds the memory of the engine while it copies, in bytes.
    """

    def __init__(self, *, buffer_pool: int = 2 * GIB) -> None:
        self._buffer_pool = buffer_pool

    def publish(self, build: Build, *, held: Build | None = None, progress: Progress = silent) -> None:
        """Write the file anew; a kill leaves only `graph.lbug.tmp*`, which the next call removes.

        Raises EngineError when the disk is full or a file of the build cannot be read.
        """
        counts = row_counts(build)
        final = build.embedded_file
        draft = final.with_name(final.name + ".tmp")
        _remove(draft)
        _check_space(build)
        try:
            progress("写入路径索引", 0, 0)
            write_adjacency(build, build.paths_folder)
            self._write(build, draft, counts, progress)
            _sync(draft)
            os.replace(draft, final)
            _sync(final.parent)
        except OUT_OF_ROOM as error:
            raise _cannot_write(build, error) from None
        except (RuntimeError, duckdb.Error) as error:
            raise _cannot_copy(build, error) from None
        finally:
            _remove(draft)

    def _write(self, build: Build, draft: Path, counts: dict[str, int], progress: Progress) -> None:
        done, total = 0, sum(counts.values())
        with (
            lb.Database(str(draft), buffer_pool_size=self._buffer_pool, auto_checkpoint=True) as database,
            lb.Connection(database) as connection,
        ):
            _make_tables(connection)
            for table in tables():
                progress(f"写入图文件 {table.name}", done, total)
                if counts[table.name]:
                    connection.execute(_copy(table, table.file(build)))
                done += counts[table.name]
            connection.execute(
                write.mark_create([name for name, _ in MARK_COLUMNS]),
                {"id": "build", "number": build.card.number, "graph_hash": build.card.graph_hash,
                 "full_hash": build.card.full_hash},
            )
            connection.execute(write.ladybug_checkpoint())
        progress("写入图文件", total, total)


def _make_tables(connection: lb.Connection) -> None:
    for node in MODEL.nodes:
        connection.execute(write.ladybug_node_table(node.label, columns(node.properties)))
    for edge in MODEL.edges:
        connection.execute(write.ladybug_edge_table(edge.name, edge.ends, columns(edge.properties)))
    connection.execute(write.ladybug_node_table(write.MARK, MARK_COLUMNS))


def _copy(table: Table, file: Path) -> str:
    if isinstance(table, NodeTable):
        return write.ladybug_copy_nodes(table.type.label, table.names, str(file))
    return write.ladybug_copy_edges(table.type.name, table.start, table.end, table.names[2:], str(file))


def _remove(draft: Path) -> None:
    """The draft and what the engine keeps beside it (.wal, .shadow)."""
    for leftover in draft.parent.glob(draft.name + "*"):
        leftover.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_space(build: Build) -> None:
    needed = BYTES_PER_PARQUET_BYTE * sum(table.file(build).stat().st_size for table in tables())
    free = shutil.disk_usage(build.path).free
    if free < needed:
        raise EngineError(
            f"磁盘空间不足：发布需要约 {needed >> 20} MB，只剩 {free >> 20} MB；请删除数据目录 builds/ 下不再需要的旧版本，或换更大的磁盘。"
            " / Not enough disk space: delete old builds or use a larger disk."
        )


def _cannot_write(build: Build, error: Exception) -> EngineError:
    full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    why = "磁盘已满，请清理后重试" if full else "请检查目录权限、磁盘与内存"
    told = getattr(error, "strerror", None) or type(error).__name__
    return EngineError(f"图文件写不进 {build.path}（{told}）：{why}。 / The graph file cannot be written.")


def _cannot_copy(build: Build, error: Exception) -> EngineError:
    told = str(error)
    if any(sign in told for sign in ("No space left", "File too large", "Disk quota", "Cannot write to file")):
        return EngineError(f"磁盘已满，图文件没有写成：{build.path}；请清理后重试。 / The disk is full: free some space.")
    if "uffer" in told and "pool" in told:
        return EngineError("发布需要的内存超过缓冲池，请增大缓冲池后重试。 / Publishing needs a larger buffer pool.")
    return EngineError(
        f"版本 {build.card.number} 的文件不能导入图引擎（损坏，或有边指向不存在的点）；请重新运行 fengqiao build。"
        " / The files of the build cannot be copied into the engine: run fengqiao build again."
    )


class LadybugReader:
    """One finished file, open read-only and shared by threads.

    `buffer_pool` is in bytes and shared by all questions; `connections` is how many may run at once.
    """

    dialect = LADYBUG

    def __init__(self, path: Path | str, *, buffer_pool: int = GIB, connections: int = 8) -> None:
        """Raises EngineDown when the file, or the arrays beside it, are missing or cannot be opened."""
        self._pool = Pool(Path(path), buffer_pool, connections)
        self._adjacency = _open_adjacency(Path(path).with_name(PATHS))
        self._mark: BuildMark | None = None

    def mark(self) -> BuildMark:
        """The build in the file, read once; raises NothingPublished when the file holds no mark."""
        if self._mark is None:
            self._mark = self._read_mark()
        return self._mark

    def _read_mark(self) -> BuildMark:
        try:
            rows = self.run(write.mark_read([name for name, _ in MARK_COLUMNS]), {}, timeout=10)
        except EngineDown:
            raise
        except EngineError:
            rows = []
        if not rows:
            raise NothingPublished("图文件里没有版本标记，请重新发布。 / The graph file holds no build: publish again.")
        return BuildMark(rows[0]["number"], rows[0]["graph_hash"], rows[0]["full_hash"])

    def run(
        self, text: str, params: Mapping[str, Any], *, timeout: float, wide: bool = True
    ) -> list[dict[str, Any]]:
        """Rows of one statement; `timeout` in seconds. Raises QuestionTimeout, EngineDown, EngineError."""
        if finds_nothing(self._adjacency, text, params):
            return []
        return self._rows(text, params, timeout, wide=wide)

    def _rows(self, text: str, params: Mapping[str, Any], timeout: float, *, wide: bool = True) -> list[dict[str, Any]]:
        with self._pool.lend() as lent, lent.execute(text, params, timeout, wide=wide) as result:
            names = result.get_column_names()
            return [dict(zip(names, map(plain, row), strict=True)) for row in result.get_all()]

    def shortcut(self, question: str) -> Shortcut | None:
        """What is walked to is found in the arrays beside the file; the engine has no fast wording for what the text says."""
        found = {"paths": shortest_paths, "common_connections": common_connections}.get(question)
        return partial(found, self._adjacency) if found else None

    def nodes(self, node: NodeType) -> Iterator[pa.RecordBatch]:
        """All nodes of a type, columns as in the build."""
        table = NodeTable(node)
        count = write.count_nodes(node.label)
        return self._read(count, write.ladybug_nodes(node.label, table.names), table.schema)

    def edges(self, edge: EdgeType, start: str, end: str) -> Iterator[pa.RecordBatch]:
        """All edges of a type between two labels, columns as in the build."""
        table = EdgeTable(edge, start, end)
        count = write.count_edges(edge.name, start, end)
        return self._read(count, write.ladybug_edges(edge.name, start, end, table.names[2:]), table.schema)

    def _read(self, count: str, text: str, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        rows: int = self.run(count, {}, timeout=READ_BACK_SECONDS)[0]["n"]
        parts = max(1, -(-rows // ROWS_A_PART))
        for part in range(parts):
            params = {"parts": parts, "part": part}
            with self._pool.lend() as lent, lent.execute(text, params, READ_BACK_SECONDS) as result:
                batches = result.get_as_arrow(ROWS_A_PART).cast(schema).to_batches()
            yield from batches

    def close(self) -> None:
        """Stop running questions and let go of the file; asking afterwards raises EngineDown."""
        self._pool.close()


def _open_adjacency(folder: Path) -> Adjacency:
    try:
        return Adjacency.open(folder)
    except (OSError, ValueError, pa.ArrowException):
        raise EngineDown(
            f"路径索引不存在或已损坏：{folder}；请删除它并运行 fengqiao publish。"
            " / The path arrays are missing or damaged: delete the folder and run fengqiao publish."
        ) from None


_INTERNAL = frozenset({"_ID", "_SRC", "_DST", "_LABEL"})


def plain(value: Any) -> Any:
    """A value of the engine as plain Python: dates as ISO text, nodes and edges as maps; maps without their nulls."""
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items() if item is not None and name not in _INTERNAL}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
