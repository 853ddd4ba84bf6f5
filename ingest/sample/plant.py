"""The truth of a planted story, as `planted.json` tells it, and how many of each a county of some size gets."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ingest.sample.cases import Case
from ingest.sample.scene import Scene


@dataclass(frozen=True, slots=True)
class Story:
    """A kind of story: one is planted for every so many residents, at least `least`; `plant` gets its index."""

    kind: str
    note: str
    every: int
    plant: Callable[[Scene, int], dict[str, Any]]
    least: int = 1

    def count(self, residents: int) -> int:
        return max(self.least, residents // self.every)


def truth(
    scene: Scene, cases: Sequence[Case], people: Sequence[int], /, *, household: int = -1, parcel: int = -1,
    organs: Sequence[str] = (), **expected: Any,
) -> dict[str, Any]:
    """What a correct answer must find: cases by number, people by id number, and the expected figures."""
    return {
        "case_numbers": [case.number for case in cases],
        "people": [scene.people.id_of(who) for who in people],
        "household": scene.people.number_of(household) if household >= 0 else "",
        "parcel": scene.land.code_of(parcel) if parcel >= 0 else "",
        "organs": list(organs),
        "expected": expected,
    }


def some_day(dice: random.Random, first: date, last: date) -> date:
    """A day between two days, both included."""
    return first + timedelta(days=dice.randint(0, (last - first).days))


def closed(case: Case) -> date:
    """The day of the last step so far."""
    return case.steps[-1].on
