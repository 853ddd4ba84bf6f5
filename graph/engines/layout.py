"""The tables of a build as engines see them: one a node type, one an edge type between two labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from graph.build.artifact import Build
from graph.engines.base import EngineError
from graph.model import MODEL
from graph.schema import EdgeType, Kind, NodeType, Property

ARROW_TYPES = {
    Kind.TEXT: pa.string(), Kind.DATE: pa.string(), Kind.INT: pa.int64(), Kind.FLOAT: pa.float64(), Kind.BOOL: pa.bool_(),
}


def columns(properties: tuple[Property, ...]) -> list[tuple[str, str]]:
    """Properties as the plain (name, kind) pairs that text builders take."""
    return [(p.name, p.kind.value) for p in properties]


@dataclass(frozen=True, slots=True)
class NodeTable:
    """All nodes of one type."""

    type: NodeType

    @property
    def name(self) -> str:
        return self.type.label

    @property
    def names(self) -> list[str]:
        """Its columns, in the order of the file."""
        return [p.name for p in self.type.properties]

    @property
    def key(self) -> list[str]:
        """The columns that tell one row from another."""
        return ["id"]

    @property
    def schema(self) -> pa.Schema:
        return pa.schema([(p.name, ARROW_TYPES[p.kind]) for p in self.type.properties])

    def file(self, build: Build) -> Path:
        return build.node_file(self.type)


@dataclass(frozen=True, slots=True)
class EdgeTable:
    """All edges of one type between two labels."""

    type: EdgeType
    start: str
    end: str

    @property
    def name(self) -> str:
        return f"{self.type.name}.{self.start}.{self.end}"

    @property
    def names(self) -> list[str]:
        """Its columns, in the order of the file: both ends, then the properties."""
        return ["from_id", "to_id", *(p.name for p in self.type.properties)]

    @property
    def key(self) -> list[str]:
        """The columns that tell one row from another."""
        return ["from_id", "to_id", "id"]

    @property
    def schema(self) -> pa.Schema:
        ends = [("from_id", pa.string()), ("to_id", pa.string())]
        return pa.schema([*ends, *((p.name, ARROW_TYPES[p.kind]) for p in self.type.properties)])

    def file(self, build: Build) -> Path:
        return build.edge_file(self.type, self.start, self.end)


Table = NodeTable | EdgeTable


def node_tables() -> Iterator[NodeTable]:
    """Every node type as a table, in the order of the model."""
    for node in MODEL.nodes:
        yield NodeTable(node)


def edge_tables() -> Iterator[EdgeTable]:
    """Every pair of ends of every edge type as a table, in the order of the model."""
    for edge, start, end in MODEL.relations():
        yield EdgeTable(edge, start, end)


def tables() -> list[Table]:
    """All tables, nodes before the edges that join them."""
    return [*node_tables(), *edge_tables()]


def fits(build: Build) -> bool:
    """Whether every file of a build is there and has the columns of today's model."""
    try:
        return all(pq.read_schema(table.file(build)).names == table.names for table in tables())
    except (OSError, pa.ArrowException):
        return False


def row_counts(build: Build) -> dict[str, int]:
    """Rows of each table by its name; raises EngineError when the build cannot be published as it is."""
    if not fits(build):
        raise EngineError(
            f"版本 {build.card.number} 的文件缺失、损坏或属于别的软件版本，请重新运行 fengqiao build。"
            f" / Files of build {build.card.number} are missing, damaged or of another version: run fengqiao build."
        )
    return {table.name: pq.read_metadata(table.file(build)).num_rows for table in tables()}
