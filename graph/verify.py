"""Read an engine back and compare it with the build it says it holds: the only proof that publishing worked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from graph.build.artifact import SQL_TYPES
from graph.build.hashing import TableDigest, combine, digest
from graph.engines.base import BuildMark, Progress, Reader, silent
from graph.machine import open_duckdb
from graph.model import MODEL
from graph.schema import EdgeType, Kind, NodeType

_ARROW = {
    Kind.TEXT: pa.string(), Kind.DATE: pa.string(), Kind.INT: pa.int64(), Kind.FLOAT: pa.float64(), Kind.BOOL: pa.bool_(),
}


@dataclass(frozen=True, slots=True)
class Verification:
    """What the engine says it holds, and what it really holds."""

    mark: BuildMark
    graph_hash: str
    full_hash: str
    rows: int

    @property
    def equal(self) -> bool:
        return self.mark.complete and (self.graph_hash, self.full_hash) == (self.mark.graph_hash, self.mark.full_hash)


def verify(reader: Reader, *, progress: Progress = silent) -> Verification:
    """Read every node and edge back and hash them; memory stays bounded by the engine's batches."""
    mark = reader.mark()
    relations = list(MODEL.relations())
    total = len(MODEL.nodes) + len(relations)
    digests: list[TableDigest] = []
    for node in MODEL.nodes:
        progress(f"核对 verify {node.label}", len(digests), total)
        digests.append(_digest(lambda node=node: reader.nodes(node), node, node.label))  # type: ignore[misc]
    for edge, start, end in relations:
        progress(f"核对 verify {edge.name}", len(digests), total)
        name = f"{edge.name}.{start}.{end}"
        digests.append(_digest(lambda e=edge, a=start, b=end: reader.edges(e, a, b), edge, name))  # type: ignore[misc]
    progress("核对 verify", total, total)
    graph_hash, full_hash = combine(digests)
    return Verification(mark, graph_hash, full_hash, sum(d.rows for d in digests))


def _digest(read: Callable[[], Iterator[pa.RecordBatch]], kind: NodeType | EdgeType, name: str) -> TableDigest:
    ends = [pa.field("from_id", pa.string()), pa.field("to_id", pa.string())] if isinstance(kind, EdgeType) else []
    schema = pa.schema([*ends, *(pa.field(p.name, _ARROW[p.kind]) for p in kind.properties)])
    connection = open_duckdb()
    try:
        batches = (batch.cast(schema) if batch.schema != schema else batch for batch in read())
        connection.register("read_back", pa.RecordBatchReader.from_batches(schema, batches))
        cells = ", ".join(f'"{f.name}"::{_sql(kind, f.name)} AS "{f.name}"' for f in schema)
        return digest(connection, f"(SELECT {cells} FROM read_back)", kind, name)
    finally:
        connection.close()


def _sql(kind: NodeType | EdgeType, column: str) -> str:
    for prop in kind.properties:
        if prop.name == column:
            return SQL_TYPES[prop.kind]
    return "VARCHAR"
