"""Small graphs for tests: a build written to disk from plain rows, or a random one from a seed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from graph.build.artifact import Build, BuildCard
from graph.build.hashing import TableDigest, combine, digest
from graph.engines.layout import ARROW_TYPES
from graph.model import MODEL
from graph.schema import EdgeType, Kind, NodeType, Property

_UNBOUNDED = {"excerpt", "opinion", "address", "bounds", "place", "outcome"}
"""Properties that may be of any length; the register keeps names and keys short."""

Row = dict[str, Any]
Nodes = Mapping[str, Sequence[Row]]

NASTY = (
    "", " ", "a'b\"c`d", "line\nbreak\r\n\ttab", "\\u0060", "\\", "'; MATCH (n) DETACH DELETE n //", "`}) RETURN 1 //",
    "😀👨‍👩‍👧", "null", "NULL", "true", "{a: 1}", "$c0", "[1]", "\u2028", "a\x00b", "张三", "x" * 100_000,
)
"""Texts that a careless writer or reader would change, or run."""


def edge(name: str, from_id: str, to_id: str, **properties: Any) -> Row:
    """One edge as a row for `build_of`; its id is made from its ends and key unless given."""
    kind = MODEL.edge(name)
    key = [str(properties.get(k, "")) for k in kind.key]
    made = "|".join(["e:" + name, from_id, to_id, *key])
    return {"type": name, "from_id": from_id, "to_id": to_id, "id": made, **properties}


def build_of(
    tmp_path: Path, nodes: Nodes, edges: Sequence[Row] = (), number: int = 1, latest_day: str = ""
) -> Build:
    """A finished build in `tmp_path/builds/<number>`: rows by label, edges by `edge(...)`; missing values are null."""
    path = tmp_path / "builds" / f"{number:06d}"
    (path / "nodes").mkdir(parents=True)
    (path / "edges").mkdir()
    draft = Build(path, BuildCard(number, "", "", "", (), "", "", latest_day))
    digests = []
    connection = duckdb.connect()
    for node in MODEL.nodes:
        rows = sorted(nodes.get(node.label, ()), key=lambda row: row["id"])
        table = _write(draft.node_file(node), rows, (), node.properties)
        digests.append(_digest(connection, table, node, node.label))
    for kind, start, end in MODEL.relations():
        mine = [e for e in edges if (e["type"], *_labels(e)) == (kind.name, start, end)]
        mine.sort(key=lambda row: (row["from_id"], row["to_id"], row["id"]))
        table = _write(draft.edge_file(kind, start, end), mine, ("from_id", "to_id"), kind.properties)
        digests.append(_digest(connection, table, kind, f"{kind.name}.{start}.{end}"))
    connection.close()
    graph_hash, full_hash = combine(digests)
    counts = {d.name: d.rows for d in digests}
    assert sum(counts.values()) == sum(map(len, nodes.values())) + len(edges), "a row has no place in the model"
    card = BuildCard(number, graph_hash, full_hash, "inputs", ("L1",), "2024-03-05T00:00:00", "rules", latest_day, counts)
    build = Build(path, card)
    build.write_card()
    return build


def _labels(row: Row) -> tuple[str | None, str | None]:
    return MODEL.label_of(row["from_id"]), MODEL.label_of(row["to_id"])


def _write(file: Path, rows: Sequence[Row], ends: tuple[str, ...], properties: tuple[Property, ...]) -> pa.Table:
    schema = pa.schema([*((end, pa.string()) for end in ends), *((p.name, ARROW_TYPES[p.kind]) for p in properties)])
    unknown = {key for row in rows for key in row} - set(schema.names) - {"type"}
    assert not unknown, f"{file.stem} has no {sorted(unknown)}"
    table = pa.table([pa.array([row.get(field.name) for row in rows], field.type) for field in schema], schema=schema)
    pq.write_table(table, file)
    return table


def _digest(
    connection: duckdb.DuckDBPyConnection, table: pa.Table, kind: NodeType | EdgeType, name: str
) -> TableDigest:
    connection.register("written", table)
    return digest(connection, "written", kind, name)


def random_graph(seed: int, size: int = 25) -> tuple[dict[str, list[Row]], list[Row]]:
    """Nodes and edges of every type of the model, nasty texts among them; the same seed gives the same graph."""
    dice = random.Random(seed)
    nodes: dict[str, list[Row]] = {}
    for node in MODEL.nodes:
        nodes[node.label] = [
            {"id": f"{node.prefix}:{key}", **_values(dice, node.properties[1:])}
            for key in dice.sample(_keys(node.prefix), dice.randint(1, size))
        ]
    edges: dict[str, Row] = {}
    for kind, start, end in MODEL.relations():
        for _ in range(dice.randint(0, size)):
            ends = dice.choice(nodes[start])["id"], dice.choice(nodes[end])["id"]
            made = edge(kind.name, *ends, **_values(dice, kind.properties[1:]))
            edges[made["id"]] = made
    return nodes, list(edges.values())


def _keys(prefix: str) -> list[str]:
    nasty = [f"{text}{prefix}" for text in NASTY if len(text) < 100]
    return [*(str(number) for number in range(100)), *nasty]


def _values(dice: random.Random, properties: tuple[Property, ...]) -> Row:
    return {p.name: _value(dice, p) for p in properties}


def _value(dice: random.Random, prop: Property) -> Any:
    if dice.random() < 0.2:
        return None
    match prop.kind:
        case Kind.TEXT:
            return dice.choice(NASTY if prop.name in _UNBOUNDED else NASTY[:-1])
        case Kind.DATE:
            return dice.choice(["1976", "1976-03", "1976-03-05", "2024-03-05T14:30:00"])
        case Kind.INT:
            return dice.choice([0, -1, 7, 2**53 + 1, 2**63 - 1, -(2**63)])
        case Kind.FLOAT:
            return dice.choice([0.0, 0.1, -1.5, 1e308, 5e-324, 3.0])
        case Kind.BOOL:
            return dice.random() < 0.5
