"""To and from py2neo 2021.2.4, for old notebooks and scripts (extra `py2neo`). An aid for moving on, never how the graph is stored.

py2neo ended in 2021. Its objects (`Node`, `Relationship`, `Subgraph`) need no server; its `Graph` speaks an old Bolt that current
servers still answer for reading and writing, while its schema calls fail (docs/analysts.md says which). The maintained driver is
`neo4j`, which Fengqiao itself uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from graph.engines.base import EngineDown
from graph.model import MODEL
from graph.schema import EdgeType, NodeType

try:
    from py2neo import Graph, Node, Relationship, Subgraph
except ImportError:
    _INSTALLED = False
else:
    _INSTALLED = True

KEY = "id"
MOST = 100_000
_DRAWN = frozenset({"kind", "kind_zh"})
"""What `to_networkx` says of a thing that py2neo says by its label or type."""


def to_py2neo(graph: nx.MultiDiGraph) -> Subgraph:
    """The evidence of an answer (`answer.to_networkx()`) as a py2neo Subgraph.

    A node's label is its `kind`, its key the property `id`, so `Graph.merge` finds it again; a relationship's type is its `kind`,
    its property `id` the edge's id. Raises EngineDown when py2neo is not installed.
    """
    _must_be_installed()
    nodes = {node: _node(str(node), values) for node, values in graph.nodes(data=True)}
    joined = [
        Relationship.type(str(values["kind"]))(nodes[start], nodes[end], **{KEY: str(key)}, **_properties(values))
        for start, end, key, values in graph.edges(keys=True, data=True)
    ]
    return Subgraph(nodes.values(), joined)


def from_py2neo(source: Graph | Subgraph | Node | Relationship, *, most: int = MOST) -> nx.MultiDiGraph:
    """A py2neo Graph (read whole), Subgraph, Node or Relationship as a graph of the form `answer.to_networkx()` gives.

    `kind` is a node's label: one of our model's where it has several, else the first by name (all of them stay in `labels`). The
    id is the property `id` where that is an id of our model, else `<kind>:<number>` with the number py2neo knows it by, or its
    place where it has none yet. Values become plain: lists are joined with `;`, days and times are ISO text, what is unknown is
    left out. Raises EngineDown when py2neo is not installed, ValueError for more than `most` nodes or relationships.
    """
    _must_be_installed()
    nodes, relationships = _contents(source, most)
    graph = nx.MultiDiGraph()
    ids: dict[tuple[bool, int], str] = {}
    for place, node in enumerate(nodes):
        kind = _kind(node)
        known = str(node.get(KEY) or "")
        ids[_same(node)] = known if MODEL.label_of(known) else f"{kind}:{place if node.identity is None else node.identity}"
        values = _plain(node)
        if MODEL.label_of(known):
            values.pop(KEY)
        more = {"labels": " ".join(sorted(node.labels))} if len(node.labels) > 1 else {}
        graph.add_node(ids[_same(node)], kind=kind, **_translated("node", kind), **more, **values)
    for place, relationship in enumerate(relationships):
        kind, values = type(relationship).__name__, _plain(relationship)
        key = str(values.pop(KEY, "")) or f"{kind}:{place if relationship.identity is None else relationship.identity}"
        start, end = (ids[_same(node)] for node in (relationship.start_node, relationship.end_node))
        graph.add_edge(start, end, key=key, kind=kind, **_translated("edge", kind), **values)
    return graph


def _contents(source: Any, most: int) -> tuple[list[Any], list[Any]]:
    """The nodes and relationships of a py2neo thing; each node as one object, wherever it stands."""
    if isinstance(source, Graph):
        nodes = list(source.nodes.match().limit(most + 1))
        relationships = list(source.match().limit(most + 1))
    else:
        nodes, relationships = list(source.nodes), list(source.relationships)
    ends = [end for relationship in relationships for end in (relationship.start_node, relationship.end_node)]
    nodes = list({_same(node): node for node in (*nodes, *ends)}.values())
    if max(len(nodes), len(relationships)) > most:
        raise ValueError(f"超过 {most} 个点或边，请分部分读取。 / More than {most} nodes or relationships: read a part at a time.")
    order = {_same(node): place for place, node in enumerate(nodes)}
    relationships.sort(key=lambda one: (order[_same(one.start_node)], order[_same(one.end_node)], type(one).__name__))
    return nodes, relationships


def _same(node: Any) -> tuple[bool, int]:
    """What two objects share that stand for one node: the server's number, or being one object."""
    return (True, node.identity) if node.identity is not None else (False, id(node))


def _node(node_id: str, values: Mapping[str, Any]) -> Node:
    kind = str(values["kind"])
    made = Node(kind, **{KEY: node_id}, **_properties(values))
    made.__primarylabel__, made.__primarykey__ = kind, KEY
    return made


def _properties(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in _DRAWN}


def _kind(node: Any) -> str:
    labels = sorted(node.labels)
    return next((label for label in labels if label in MODEL.labels), labels[0] if labels else "Node")


def _translated(what: str, kind: str) -> dict[str, str]:
    """Our Chinese word for a label or an edge type of the model, nothing for a foreign one."""
    types: Mapping[str, NodeType | EdgeType] = (
        {one.label: one for one in MODEL.nodes} if what == "node" else {one.name: one for one in MODEL.edges}
    )
    return {"kind_zh": types[kind].zh} if kind in types else {}


def _plain(owner: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name): _value(value) for name, value in dict(owner).items() if value is not None}


def _value(value: Any) -> str | int | float | bool:
    if isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (list, tuple, set)):
        return ";".join(str(_value(item)) for item in value if item is not None)
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


def _must_be_installed() -> None:
    if not _INSTALLED:
        raise EngineDown("没有安装 py2neo：pip install 'fengqiao[py2neo]'。 / py2neo is not installed.")
