"""One way for tests to publish to and read from an engine, whichever it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import neo4j
import pyarrow as pa

from graph.build.artifact import Build
from graph.engines.base import Reader
from graph.engines.ladybug import LadybugReader, LadybugTarget
from graph.engines.layout import NodeTable, tables
from graph.engines.neo4j import Neo4jReader, Neo4jTarget

SMALL_POOL = 256 << 20


class NoBuildYet(Exception):
    """A test asked for a reader before it published anything."""


@dataclass
class Embedded:
    """The embedded engine; the build published last is the current one."""

    kind: str = "ladybug"
    current: Build | None = None

    def publish(self, build: Build, held: Build | None = None) -> None:
        LadybugTarget(buffer_pool=SMALL_POOL).publish(build, held=held)
        self.current = build

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        if self.current is None:
            raise NoBuildYet
        reader = LadybugReader(self.current.embedded_file, buffer_pool=SMALL_POOL)
        try:
            yield reader
        finally:
            reader.close()


@dataclass
class Server:
    """A Neo4j that was emptied before the test."""

    url: str
    kind: str = "neo4j"
    held: Build | None = field(default=None)

    def publish(self, build: Build, held: Build | None = None) -> None:
        target = Neo4jTarget(self.url)
        try:
            target.publish(build, held=held or self.held)
        finally:
            target.close()
        self.held = build

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        reader = Neo4jReader(self.url)
        try:
            yield reader
        finally:
            reader.close()


Engine = Embedded | Server


def wipe(url: str) -> None:
    """Delete every node of a Neo4j; constraints and indexes stay."""
    with neo4j.GraphDatabase.driver(url, notifications_min_severity="OFF") as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS").consume()


Rows = dict[str, set[tuple[Any, ...]]]


def written(build: Build) -> Rows:
    """The rows of a build, by table."""
    return {table.name: _rows([pa.parquet.read_table(table.file(build))]) for table in tables()}


def read_back(reader: Reader) -> Rows:
    """The rows an engine holds, by table; the columns and types are those of a build."""
    rows = {}
    for table in tables():
        ends = () if isinstance(table, NodeTable) else (table.start, table.end)
        batches = list(reader.edges(table.type, *ends) if ends else reader.nodes(table.type))
        assert all(batch.schema == table.schema for batch in batches)
        rows[table.name] = _rows([pa.Table.from_batches([batch]) for batch in batches])
        assert len(rows[table.name]) == sum(batch.num_rows for batch in batches), "a row came back twice"
    return rows


def _rows(parts: list[pa.Table]) -> set[tuple[Any, ...]]:
    return {tuple(row.values()) for part in parts for row in part.to_pylist()}
