"""The model of identity: how much each level of a comparison weighs, and where the tiers begin. It ships as data."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from graph.resolve.comparisons import COMPARISONS

MOST = 200
"""A blocking key shared by more people than this makes no pairs."""
FEWEST = 1000
"""A village counts at least so many people when a name's frequency in it is taken."""


@dataclass(frozen=True, slots=True)
class ResolveModel:
    """`weights` by comparison and level: (m, u), the shares of pairs of one person and of two in which it speaks.

    `prior` is the share of pairs that are one person. A pair's score is a match weight in bits; `possible` and `probable`
    are where the tiers begin, `margin` how far ahead of the next the best of several must be. `trained` says on what.
    """

    version: str
    prior: float
    possible: float
    probable: float
    margin: float
    weights: dict[str, dict[str, tuple[float, float]]]
    trained: str

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_model(text: str) -> ResolveModel:
    """The model of a JSON text; ValueError when it does not weigh exactly the levels that are compared."""
    raw = json.loads(text)
    raw["weights"] = {c: {k: (m, u) for k, (m, u) in levels.items()} for c, levels in raw["weights"].items()}
    wanted = {c.name: {level.key for level in c.levels} for c in COMPARISONS}
    if {name: set(levels) for name, levels in raw["weights"].items()} != wanted:
        raise ValueError("the model does not weigh the levels that are compared")
    return ResolveModel(**raw)


@cache
def shipped_model() -> ResolveModel:
    """The model in this package."""
    return read_model(files("graph.resolve").joinpath("model.json").read_text(encoding="utf-8"))
