"""The chain of edges a statement begins with, where it starts at one thing given by its id."""

from __future__ import annotations

import re
from dataclasses import dataclass

_START = re.compile(r"\s*MATCH\s+\(\w+(?::[^\s{)]+)?\s*\{id: \$(\w+)\}\)")
_STEP = re.compile(r"\s*(?:<-|-)\[\w*:([A-Z_|]+)\](?:->|-)\s*\([^(){}]*\)")
_GATHERS = re.compile(r"\b(?:count|collect|min|max|sum|avg)\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chain:
    """The parameter with the id that a statement starts at, and the types that each edge of its first pattern may have."""

    start: str
    steps: tuple[tuple[str, ...], ...]


def first_chain(text: str) -> Chain | None:
    """The chain without which a statement gives no row, as far as it is plain; None where there is none.

    A statement that gathers (count, collect …) has none: it may give a row of nothing.
    """
    start = _START.match(text)
    if start is None or _GATHERS.search(text):
        return None
    steps, at = [], start.end()
    while step := _STEP.match(text, at):
        steps.append(tuple(step[1].split("|")))
        at = step.end()
    return Chain(start[1], tuple(steps)) if steps else None
