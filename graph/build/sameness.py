"""Pairs of cases whose words say that they are one matter: the same category, the same place, similar text.

The place is the division where both cases have one, and the names in their words. Cases about different places are
never a pair, however alike their words are: copied complaints differ in nothing but the place. How alike words must
be depends on how narrowly the place is known; `docs/matters.md` says how the limits were found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from graph.build.placewords import districts, places

_NUMBER = re.compile(r"\d+")
_OPENING = 80


class Place(Enum):
    """How narrowly two cases are known to be about one place."""

    NAMED = "named"
    ROAD = "road"
    VILLAGE = "village"
    UNKNOWN = "unknown"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Limits:
    """How alike the words of two cases must be, 0 … 1, the less the more narrowly their place is known."""

    named: float = 0.065
    road: float = 0.4
    village: float = 0.6
    unknown: float = 0.8

    def least(self, place: Place) -> float:
        """The least likeness that makes one matter; 2 where nothing does."""
        return 2.0 if place is Place.OTHER else float(getattr(self, place.value))


@dataclass(frozen=True, slots=True)
class Said:
    """What one case says of its place."""

    title: str
    body: str
    category: str = ""
    area: str = ""
    names: dict[int, frozenset[str]] = field(default_factory=dict)
    districts: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, title: str, body: str, category: str = "", area: str = "") -> Said:
        """Read the names of a case: those in its title, else those its text begins with."""
        found = list(places(title)) or list(places(body[:_OPENING]))
        names = {level: frozenset(name for at, name, *_ in found if at == level) for level in {at for at, *_ in found}}
        return cls(title, body, category, area, names, districts(title), frozenset(_NUMBER.findall(title)))

    @property
    def village(self) -> str:
        """The code of the village, '' when the division is a wider one."""
        return self.area if len(self.area) == 12 and not self.area.endswith("000") else ""


def keys(said: Said) -> Iterator[str]:
    """What two cases must have in common to be compared at all, beside nearly equal words."""
    for level in (3, 2):
        for name in said.names.get(level, ()):
            yield f"{level}{name[-2:]}"
    if said.village and said.category:
        yield f"v{said.village}|{said.category}"


def place(a: Said, b: Said) -> Place:
    """How narrowly two cases are known to be about one place."""
    if _apart(a.area, b.area) or (a.category and b.category and a.category != b.category):
        return Place.OTHER
    for level in (3, 2, 1):
        left, right = a.names.get(level), b.names.get(level)
        if left and right:
            if not (_meet(left, right) or _named(left, b) or _named(right, a)):
                return Place.OTHER
            if level == 3:
                return Place.ROAD if _contradict(a, b) else Place.NAMED
            if level == 2 and not _contradict(a, b) and not (a.village and a.village == b.village):
                return Place.ROAD
            break
    return Place.OTHER if _contradict(a, b) else _wider(a, b)


def _wider(a: Said, b: Said) -> Place:
    return Place.VILLAGE if a.village and a.village == b.village and a.category and b.category else Place.UNKNOWN


def _apart(one: str, other: str) -> bool:
    """Whether two division codes exclude each other; one may lie in the other."""
    one, other = one.rstrip("0"), other.rstrip("0")
    return bool(one and other) and not (one.startswith(other) or other.startswith(one))


def _contradict(a: Said, b: Said) -> bool:
    """Whether titles name different districts, or different numbers (a bus line, a building)."""
    return any(bool(x and y) and not x & y for x, y in ((a.districts, b.districts), (a.numbers, b.numbers)))


def _meet(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether a name of one ends like, or is, a name of the other: 万科阳光花城 and 阳光花城."""
    return any(x.endswith(y) or y.endswith(x) for x in left for y in right)


def _named(names: Sequence[str] | frozenset[str], said: Said) -> bool:
    return any(len(name) > 2 and (name in said.title or name in said.body) for name in names)
