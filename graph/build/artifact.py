"""A finished build on disk: node and edge tables as Parquet, and a card that says what it is.

    builds/000007/build.json                              the card
    builds/000007/nodes/Resident.parquet                  columns: the properties of the type, in order
    builds/000007/edges/PARTY_TO.Resident.Case.parquet    columns: from_id, to_id, then the properties
    builds/000007/graph.lbug                              the embedded engine's file, once published
    builds/000007/graph.paths/                            what it finds paths in (`engines/adjacency.py`)

Files of a finished build never change. Rows are sorted (nodes by id; edges by from_id, to_id, id).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from graph.schema import EdgeType, Kind, NodeType

CARD = "build.json"
PATHS = "graph.paths"
SQL_TYPES = {
    Kind.TEXT: "VARCHAR", Kind.DATE: "VARCHAR", Kind.INT: "BIGINT", Kind.FLOAT: "DOUBLE", Kind.BOOL: "BOOLEAN",
}
"""How a property is stored in Parquet (DuckDB type names)."""


@dataclass(frozen=True, slots=True)
class BuildCard:
    """What a build is: its number, what it was made from, and the hashes an engine is checked against.

    `graph_hash` covers the facts; `full_hash` also covers where each fact came from. `inputs` are the load ids
    in the order they were activated. `latest_day` is the last day any source speaks of, `key_mark` tells by which key
    the ids of persons were made ('' in a build that is older than the mark).
    """

    number: int
    graph_hash: str
    full_hash: str
    inputs_hash: str
    inputs: tuple[str, ...]
    created_at: str
    rules: str
    latest_day: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    key_mark: str = ""


@dataclass(frozen=True, slots=True)
class Build:
    """One build folder and its card."""

    path: Path
    card: BuildCard

    @classmethod
    def read(cls, path: Path) -> Build:
        """The finished build in a folder; FileNotFoundError when there is no card, i.e. it is not finished."""
        raw: dict[str, Any] = json.loads((path / CARD).read_text(encoding="utf-8"))
        raw["inputs"] = tuple(raw["inputs"])
        return cls(path, BuildCard(**raw))

    def write_card(self) -> None:
        text = json.dumps(asdict(self.card), ensure_ascii=False, indent=1, sort_keys=True)
        (self.path / CARD).write_text(text + "\n", encoding="utf-8")

    def node_file(self, node: NodeType) -> Path:
        return self.path / "nodes" / f"{node.label}.parquet"

    def edge_file(self, edge: EdgeType, start: str, end: str) -> Path:
        return self.path / "edges" / f"{edge.name}.{start}.{end}.parquet"

    @property
    def embedded_file(self) -> Path:
        """The embedded engine's file of this build; it exists once the build is published."""
        return self.path / "graph.lbug"

    @property
    def paths_folder(self) -> Path:
        """The arrays in which the embedded engine finds paths; whole once `embedded_file` exists."""
        return self.path / PATHS
