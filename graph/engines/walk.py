"""Which edges and nodes a walk through the arrays of `adjacency` may use, and where it gets in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.engines.adjacency import Adjacency, path_kinds

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Walk:
    """The rules of one question: kinds of edges, days, and the nodes that may be walked through (None: all)."""

    graph: Adjacency
    kinds: NDArray[np.bool_]
    first_day: int
    known_by: int
    held_from: int
    through: NDArray[np.bool_] | None

    @classmethod
    def of(cls, adjacency: Adjacency, params: Mapping[str, Any]) -> Walk:
        """From a question's parameters `kinds`, `since` (may be missing), `as_of` and `avoid_hubs`."""
        kinds = np.array([name in params["kinds"] for name in path_kinds()], np.bool_)
        through = adjacency.open_nodes if params["avoid_hubs"] else None
        as_of = params["as_of"]
        return cls(
            adjacency, kinds, adjacency.day_from(params.get("since", "")), adjacency.day_by(as_of), adjacency.day_from(as_of), through
        )

    def places(self, nodes: Numbers) -> Numbers:
        """Where the usable edges of these nodes stand in the arrays."""
        graph = self.graph
        starts = graph.offsets[nodes]
        counts = graph.offsets[nodes + 1] - starts
        total = int(counts.sum())
        before = np.repeat(np.cumsum(counts) - counts, counts)
        places = np.repeat(starts, counts) + np.arange(total) - before
        usable = self.kinds[graph.kinds[places]] & (graph.days[places] >= self.first_day)
        usable &= (graph.begins[places] <= self.known_by) & (graph.ends[places] >= self.held_from)
        return np.asarray(places[usable], np.int64)

    def neighbours(self, nodes: Numbers) -> Numbers:
        """The nodes one usable edge away from any of these, each as often as there are edges."""
        return np.asarray(self.graph.neighbours[self.places(nodes)], np.int64)

    def kinds_between(self, a: int, b: int) -> list[int]:
        """The kinds of the usable edges between two nodes, as places in `path_kinds()`, in order."""
        places = self.places(np.array([a], np.int64))
        found: list[int] = np.unique(self.graph.kinds[places[self.graph.neighbours[places] == b]]).tolist()
        return found
