"""Statements that can find nothing, told before they are run: their first pattern has no walk in the arrays of `adjacency`.

A question of many branches (prior disputes, linked disputes, neutrality) asks mostly for what is not there, and the engine
takes a millisecond or more to find that out. Here a walk takes microseconds. What is left out of account (labels, days,
properties, the direction of an edge) could only make the engine find less, so no row is ever lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import takewhile
from typing import Any

import numpy as np

from cypher.chain import first_chain
from graph.engines.adjacency import Adjacency, path_kinds

MOST = 200
"""Ends of walks after which it is no longer worth looking: then the statement is run."""

def finds_nothing(adjacency: Adjacency, text: str, params: Mapping[str, Any]) -> bool:
    """Whether a statement certainly gives no row; False where that cannot be told here."""
    begins, steps = _steps(text)
    if not steps:
        return False
    start = adjacency.number(str(params.get(begins, "")))
    return start is not None and not _walks(adjacency, start, steps)


def _walks(adjacency: Adjacency, start: int, steps: list[tuple[int, ...]]) -> bool:
    """Whether there is a walk of these steps that does not go straight back on an edge; True when there are too many."""
    ends: set[tuple[int, int, int]] = {(start, -1, -1)}
    for kinds in steps:
        ends = {one for end in ends for one in _onward(adjacency, end, kinds)}
        if not ends:
            return False
        if len(ends) > MOST:
            return True
    return True


def _onward(adjacency: Adjacency, end: tuple[int, int, int], kinds: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """(node, the node before it, the kind of the edge between) for every edge of these kinds at an end, but the only one it
    came by."""
    node, before, by = end
    here = slice(int(adjacency.offsets[node]), int(adjacency.offsets[node + 1]))
    neighbours, found = adjacency.neighbours[here], adjacency.kinds[here]
    usable = np.isin(found, kinds)
    back = (neighbours == before) & (found == by)
    if np.count_nonzero(back) == 1:
        usable &= ~back
    return [(there, node, kind) for there, kind in zip(neighbours[usable].tolist(), found[usable].tolist(), strict=True)]


@lru_cache(maxsize=2000)
def _steps(text: str) -> tuple[str, list[tuple[int, ...]]]:
    """The parameter a statement starts at, and the kinds of edges of each step as far as the arrays hold them; none when
    nothing can be foreseen."""
    chain = first_chain(text)
    known = takewhile(set(path_kinds()).issuperset, chain.steps if chain else ())
    return chain.start if chain else "", [tuple(path_kinds().index(name) for name in names) for names in known]
