"""All shortest paths between two nodes, found from both ends at once in the arrays of `adjacency`.

Breadth first from either end, always a whole level of the smaller side (bidirectional search, Pohl 1971), until
the sides meet; then the levels that lie on a shortest path are read out in the order of the ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, pairwise, product
from typing import Any

import numpy as np

from graph.engines.adjacency import Adjacency, path_kinds
from graph.engines.walk import Numbers, Walk

_UNSEEN = -1


def shortest_paths(adjacency: Adjacency, params: Mapping[str, Any], most: int) -> list[dict[str, Any]]:
    """At most `most` rows of the question `paths`, the first in the order of node ids and kinds of edges."""
    start, end = adjacency.number(params["from_id"]), adjacency.number(params["to_id"])
    if start is None or end is None or start == end:
        return []
    search = _Search(adjacency, start, end, Walk.of(adjacency, params))
    levels = search.levels(params["max_hops"])
    rows: list[dict[str, Any]] = []
    for nodes in search.walk(levels) if levels else ():
        rows.extend(islice(_rows(adjacency, search, nodes), most - len(rows)))
        if len(rows) >= most:
            break
    return rows


def _rows(adjacency: Adjacency, search: _Search, nodes: list[int]) -> Iterator[dict[str, Any]]:
    """One row for every choice among parallel edges of different kinds."""
    ids, names = adjacency.column("id", nodes), adjacency.column("name", nodes)
    steps = [search.kinds_between(a, b) for a, b in pairwise(nodes)]
    for kinds in product(*steps):
        yield {"length": len(kinds), "node_ids": ids, "edge_kinds": list(kinds), "names": names}


class _Search:
    def __init__(self, adjacency: Adjacency, start: int, end: int, rules: Walk) -> None:
        self._graph = adjacency
        self._ends = (start, end)
        self._rules = rules
        self._steps = [np.full(len(adjacency.offsets) - 1, _UNSEEN, np.int8) for _ in self._ends]

    def levels(self, max_hops: int) -> list[Numbers] | None:
        """The nodes at each place of the shortest paths, from start to end; None when the ends do not meet."""
        reached = [[np.array([end], np.int64)] for end in self._ends]
        for steps, end in zip(self._steps, self._ends, strict=True):
            steps[end] = 0
        while len(reached[0]) + len(reached[1]) - 2 < max_hops:
            side = 0 if self._degree(reached[0][-1]) <= self._degree(reached[1][-1]) else 1
            found = self._unseen_beyond(reached[side][-1], side)
            if not len(found):
                return None
            self._steps[side][found] = len(reached[side])
            reached[side].append(found)
            if len(met := found[self._steps[1 - side][found] != _UNSEEN]):
                return self._between(met, len(reached[0]) - 1, len(reached[1]) - 1)
        return None

    def _between(self, met: Numbers, from_start: int, from_end: int) -> list[Numbers]:
        before, after = [met], [met]
        for step in range(from_start - 1, -1, -1):
            before.append(self._at_step(before[-1], 0, step))
        for step in range(from_end - 1, -1, -1):
            after.append(self._at_step(after[-1], 1, step))
        return [*reversed(before), *after[1:]]

    def walk(self, levels: list[Numbers]) -> Iterator[list[int]]:
        """Every shortest path as node numbers, smallest first."""

        def beyond(path: list[int]) -> Iterator[list[int]]:
            if len(path) == len(levels):
                yield path
                return
            neighbours = np.unique(self._rules.neighbours(np.array(path[-1:], np.int64)))
            for node in np.intersect1d(neighbours, levels[len(path)], assume_unique=True):
                yield from beyond([*path, int(node)])

        return beyond([self._ends[0]])

    def kinds_between(self, a: int, b: int) -> list[str]:
        """The kinds of the edges that join two nodes and may be used, in the order of their names."""
        return [path_kinds()[kind] for kind in self._rules.kinds_between(a, b)]

    def _degree(self, nodes: Numbers) -> int:
        return int((self._graph.offsets[nodes + 1] - self._graph.offsets[nodes]).sum())

    def _unseen_beyond(self, nodes: Numbers, side: int) -> Numbers:
        found = self._at_step(nodes, side, _UNSEEN)
        if self._rules.through is None:
            return found
        return np.asarray(found[self._rules.through[found] | (found == self._ends[1 - side])], np.int64)

    def _at_step(self, nodes: Numbers, side: int, step: int) -> Numbers:
        found = self._rules.neighbours(nodes)
        return np.asarray(np.unique(found[self._steps[side][found] == step]), np.int64)
