"""What rows rest on: the ids in their evidence columns, and the source rows behind those ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import networkx as nx

from cypher.question import Part
from graph.answer import Evidence
from graph.model import MODEL

EDGE_VALUES = ("since", "until", "on_date", "role", "relation", "tier", "blood", "seq")
"""What is told of an edge, where it has it. The likeness of two people who may be one is left out: it weighs a pair of records."""
LAST_DAY = "9999-12-31"
Run = Callable[[str, Mapping[str, Any], Mapping[str, str]], list[dict[str, Any]]]
"""Runs an internal question: (name, parameters, labels of parameters)."""


class Gatherer:
    """Looks up evidence with few queries: one a label, however many parts and rows there are."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def gather(self, tables: Iterable[tuple[Part, list[dict[str, Any]]]]) -> list[list[Evidence]]:
        """One Evidence a row for every part with its rows, in order."""
        ids_of = [[tuple(dict.fromkeys(_ids(part, row))) for row in rows] for part, rows in tables]
        sources = self._sources({i for table in ids_of for ids in table for i in ids})
        return [
            [Evidence(ids, tuple(dict.fromkeys(ref for i in ids for ref in sources.get(i, ())))) for ids in table]
            for table in ids_of
        ]

    def _sources(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for label, group in _by_label(ids).items():
            for row in self._run("sources", {"ids": group}, {"ids": label}):
                found[row["id"]] = tuple(ref for ref in (row["source"] or "").split() if not ref.startswith("+"))
        return found

    def subgraph(self, ids: Iterable[str], as_of: str = "") -> nx.MultiDiGraph:
        """The nodes with these ids and every edge between them that had begun by a day ('' for any), with what is known of it."""
        graph = nx.MultiDiGraph()
        groups = _by_label(ids)
        for label, group in groups.items():
            for row in self._run("names", {"ids": group}, {"ids": label}):
                graph.add_node(row["id"], kind=label, kind_zh=MODEL.node(label).zh, name=row["name"] or "")
        everything = [i for group in groups.values() for i in group]
        for label, group in groups.items():
            wanted = {"from_ids": group, "ids": everything, "as_of": as_of or LAST_DAY}
            for row in self._run("subgraph", wanted, {"from_ids": label}):
                known = {name: row[name] for name in EDGE_VALUES if row[name] not in (None, "")}
                kind = row["edge"]
                graph.add_edge(row["from_id"], row["to_id"], key=row["edge_id"], kind=kind, kind_zh=MODEL.edge(kind).zh, **known)
        return graph


def _ids(part: Part, row: Mapping[str, Any]) -> Iterable[str]:
    for name in part.evidence:
        value = row[name]
        yield from [value] if isinstance(value, str) else value or []


def _by_label(ids: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for node_id in sorted(set(ids)):
        if label := MODEL.label_of(node_id):
            groups[label].append(node_id)
    return dict(groups)
