"""The peer of `county`: the embedded engine's plain COPY of a build's final tables, and nothing else.

    python -m benchmarks.raw_copy BUILD_FOLDER FILE

No draft, no check, no mark, no lock: the least that must be done to have these rows in the engine.
"""

from __future__ import annotations

import sys
from pathlib import Path

import ladybug as lb

from cypher import write
from graph.build.artifact import Build
from graph.engines.layout import NodeTable, columns, tables
from graph.model import MODEL

BUFFER_POOL = 2 << 30
"""As much as the application takes."""


def raw_copy(build: Build, file: Path) -> int:
    """Copy all tables of a build into a new file; the number of rows."""
    with (
        lb.Database(str(file), buffer_pool_size=BUFFER_POOL, auto_checkpoint=True) as database,
        lb.Connection(database) as connection,
    ):
        for node in MODEL.nodes:
            connection.execute(write.ladybug_node_table(node.label, columns(node.properties)))
        for edge in MODEL.edges:
            connection.execute(write.ladybug_edge_table(edge.name, edge.ends, columns(edge.properties)))
        for table in tables():
            path = str(table.file(build))
            if not build.card.counts.get(table.name):
                continue
            if isinstance(table, NodeTable):
                connection.execute(write.ladybug_copy_nodes(table.type.label, table.names, path))
            else:
                names = table.names[2:]
                connection.execute(write.ladybug_copy_edges(table.type.name, table.start, table.end, names, path))
        connection.execute(write.ladybug_checkpoint())
    return sum(build.card.counts.get(table.name, 0) for table in tables())


if __name__ == "__main__":
    print(raw_copy(Build.read(Path(sys.argv[1])), Path(sys.argv[2])))
