"""What two nodes have in common, at most two steps from either, found in the arrays of `adjacency`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cypher.library import load as load_library
from graph.engines.adjacency import Adjacency, path_kinds
from graph.engines.walk import Numbers, Walk
from graph.model import MODEL

Route = tuple[int | None, list[str]]
"""The node between, if any, and the kinds of the edges from the end that was asked about."""


def common_connections(adjacency: Adjacency, params: Mapping[str, Any], most: int) -> list[dict[str, Any]]:
    """At least `most` rows of the question `common_connections`, if there are so many, and the first in its order."""
    a, b = adjacency.number(params["a"]), adjacency.number(params["b"])
    if a is None or b is None or a == b:
        return []
    walk = Walk.of(adjacency, params)
    one, other = _Side.of(walk, a, b), _Side.of(walk, b, a)
    rows: list[dict[str, Any]] = []
    for node in _in_order(adjacency, np.intersect1d(one.reached, other.reached)):
        rows += _rows(adjacency, one, other, node)
        if len(rows) >= most:
            break
    return rows


def _in_order(adjacency: Adjacency, nodes: Numbers) -> list[int]:
    """Nodes in the order of the question: hubs last, then by kind, then by id."""
    kinds = list(load_library()["common_connections"].main.column("kind").values)
    hubs = adjacency.hubs[nodes]
    labels = [str(MODEL.label_of(str(node_id))) for node_id in adjacency.column("id", nodes.tolist())]
    places = [kinds.index(label) for label in labels]
    return [node for _, _, node in sorted(zip(hubs.tolist(), places, nodes.tolist(), strict=True))]


def _rows(adjacency: Adjacency, one: _Side, other: _Side, node: int) -> Iterator[dict[str, Any]]:
    (node_id,), (name,) = adjacency.column("id", [node]), adjacency.column("name", [node])
    ids: dict[int | None, str | None] = {None: None}
    for (via_a, to_a), (via_b, to_b) in product(list(one.routes(node)), list(other.routes(node))):
        if via_a is not None and via_a == via_b:
            continue
        for via in (via_a, via_b):
            if via not in ids and via is not None:
                (ids[via],) = adjacency.column("id", [via])
        yield {
            "id": node_id, "kind": MODEL.label_of(str(node_id)), "name": name, "to_a": to_a, "to_b": to_b,
            "via_a": ids[via_a], "via_b": ids[via_b], "hub": bool(adjacency.hubs[node]),
        }


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two ends: what it reaches in one step, and what it reaches only in two."""

    walk: Walk
    end: int
    near: Numbers
    between: Numbers
    far: Numbers

    @classmethod
    def of(cls, walk: Walk, end: int, other: int) -> _Side:
        ends = np.array([end, other], np.int64)
        near = np.setdiff1d(walk.neighbours(ends[:1]), ends)
        between = near if walk.through is None else near[walk.through[near]]
        far = np.setdiff1d(walk.neighbours(between), np.concatenate([near, ends]))
        return cls(walk, end, near, between, far)

    @property
    def reached(self) -> NDArray[np.int64]:
        return np.concatenate([self.near, self.far])

    def routes(self, node: int) -> Iterator[Route]:
        """The shortest ways from the end to a node that is reached."""
        if _holds(self.near, node):
            yield from ((None, [kind]) for kind in self._kinds(self.end, node))
            return
        for via in np.intersect1d(self.walk.neighbours(np.array([node], np.int64)), self.between).tolist():
            for first, second in product(self._kinds(self.end, via), self._kinds(via, node)):
                yield via, [first, second]

    def _kinds(self, a: int, b: int) -> list[str]:
        return [path_kinds()[kind] for kind in self.walk.kinds_between(a, b)]


def _holds(nodes: Numbers, node: int) -> bool:
    at = int(np.searchsorted(nodes, node))
    return at < len(nodes) and int(nodes[at]) == node
