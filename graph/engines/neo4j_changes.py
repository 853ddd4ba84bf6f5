"""What has to be written to bring a database to a build: everything, or the difference from what it may hold.

The difference is exact although a database that was interrupted holds some mixture of builds: a row is left alone
only if every build it may come from has it unchanged, and withdrawn if any has it and the new build does not.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from glob import escape
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from cypher import write
from graph.build.artifact import Build
from graph.engines.layout import NodeTable, Table, edge_tables, node_tables, tables
from graph.machine import open_duckdb

Batch = list[list[Any]]
"""Some rows, one list of values a column."""


class Action(StrEnum):
    """What is done with the rows of a change."""
    CREATE = "create"
    UPSERT = "upsert"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Change:
    """Rows of one table that are written by one text; `read(skip, size)` gives them in batches, always in one order."""

    action: Action
    table: Table
    rows: int
    read: Callable[[int, int], Iterator[Batch]]

    @property
    def name(self) -> str:
        return f"{self.action} {self.table.name}"

    @property
    def text(self) -> str:
        """The text that writes a batch; CREATE and UPSERT texts return the number of rows written as `n`."""
        return _text(self.action, self.table)


def _text(action: Action, table: Table) -> str:
    if isinstance(table, NodeTable):
        label = table.type.label
        if action is Action.WITHDRAW:
            return write.neo4j_delete_nodes(label)
        build_nodes = write.neo4j_create_nodes if action is Action.CREATE else write.neo4j_merge_nodes
        return build_nodes(label, table.names)
    edge, start, end = table.type.name, table.start, table.end
    if action is Action.WITHDRAW:
        return write.neo4j_delete_edges(edge, start, end)
    build_edges = write.neo4j_create_edges if action is Action.CREATE else write.neo4j_merge_edges
    return build_edges(edge, start, end, table.names)


def everything(build: Build, counts: dict[str, int]) -> list[Change]:
    """All rows of a build, for an empty database; `counts` are its rows by table."""

    def reading(file: Path) -> Callable[[int, int], Iterator[Batch]]:
        return lambda skip, size: _parquet(file, skip, size)

    return [Change(Action.CREATE, table, counts[table.name], reading(table.file(build))) for table in tables()]


def _parquet(file: Path, skip: int, size: int) -> Iterator[Batch]:
    with pq.ParquetFile(file) as parquet:
        for batch in parquet.iter_batches(size):
            passed = min(skip, batch.num_rows)
            skip -= passed
            if passed < batch.num_rows:
                yield [column.to_pylist() for column in batch.slice(passed).columns]


@contextmanager
def difference(possible: Sequence[Build], build: Build, *, memory: str = "2GB") -> Iterator[list[Change]]:
    """The changes from any mixture of `possible` to `build`, in the order that keeps every edge's ends in place.

    Changes without rows are left out. They can be read while the context lasts; `memory` bounds DuckDB.
    """
    with tempfile.TemporaryDirectory(prefix="fengqiao-") as spill, open_duckdb() as connection:
        connection.execute("SET memory_limit = ?", [memory])
        connection.execute("SET temp_directory = ?", [spill])
        order: list[tuple[Action, Table]] = [
            *((Action.WITHDRAW, table) for table in edge_tables()), *((Action.WITHDRAW, table) for table in node_tables()),
            *((Action.UPSERT, table) for table in node_tables()), *((Action.UPSERT, table) for table in edge_tables()),
        ]
        changes = [
            _computed(connection, f"change_{place}", action, table, possible, build)
            for place, (action, table) in enumerate(order)
        ]
        yield [change for change in changes if change.rows]


def _computed(
    connection: duckdb.DuckDBPyConnection, name: str, action: Action, table: Table, possible: Sequence[Build], build: Build
) -> Change:
    withdraw = action is Action.WITHDRAW
    cells = ", ".join(f'"{column}"' for column in (table.key if withdraw else table.names))
    new = f"SELECT {cells} FROM {_scan(table.file(build))}"
    held = [f"SELECT {cells} FROM {_scan(table.file(one))}" for one in possible]
    any_held, all_held = " UNION ".join(held), " INTERSECT ".join(held)
    rows = f"({any_held}) EXCEPT {new}" if withdraw else f"{new} EXCEPT ({all_held})"
    connection.execute(f"CREATE TEMP TABLE {name} AS {rows}")
    count = connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]
    ordered = f"SELECT * FROM {name} ORDER BY {', '.join(table.key)}"

    def read(skip: int, size: int) -> Iterator[Batch]:
        for batch in connection.sql(f"{ordered} OFFSET {int(skip)}").to_arrow_reader(size):
            yield [column.to_pylist() for column in batch.columns]

    return Change(action, table, int(count), read)


def _scan(file: Path) -> str:
    escaped = escape(str(file)).replace("'", "''")
    return f"read_parquet('{escaped}')"
