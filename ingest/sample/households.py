"""Households as they are found in a village: who lives together, how old, and what each is to the head.

A household is drawn as a *shape* (a list of roles). Ages, sexes and surnames are drawn once a household and role,
so that a grandchild is younger than its parent and children carry their father's surname.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from ingest.sample.columns import rank_within
from ingest.sample.names import draw_surnames
from ingest.sample.places import Places


class Role(IntEnum):
    """A place in a household, seen from its head."""

    HEAD = 0
    SPOUSE = 1
    CHILD = 2
    SECOND = 3
    THIRD = 4
    IN_LAW = 5
    GRANDCHILD = 6
    GRANDCHILD2 = 7
    FATHER = 8
    MOTHER = 9
    SIBLING = 10
    LODGER = 11


_R = Role
_COUPLE = (_R.HEAD, _R.SPOUSE)
_THREE = (*_COUPLE, _R.CHILD, _R.IN_LAW, _R.GRANDCHILD)


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of household: how frequent, the head's age in whole years, the roles; `widowed` heads are women."""

    share: float
    youngest: int
    oldest: int
    roles: tuple[Role, ...]
    widowed: bool = False


SHAPES = (
    Shape(0.06, 60, 88, (_R.HEAD,)),
    Shape(0.05, 24, 59, (_R.HEAD,)),
    Shape(0.12, 56, 84, _COUPLE),
    Shape(0.04, 24, 38, _COUPLE),
    Shape(0.16, 28, 58, (*_COUPLE, _R.CHILD)),
    Shape(0.165, 31, 58, (*_COUPLE, _R.CHILD, _R.SECOND)),
    Shape(0.03, 36, 60, (*_COUPLE, _R.CHILD, _R.SECOND, _R.THIRD)),
    Shape(0.03, 60, 74, (*_COUPLE, _R.CHILD, _R.SECOND, _R.THIRD)),
    Shape(0.12, 50, 68, _THREE),
    Shape(0.08, 52, 70, (*_THREE, _R.GRANDCHILD2)),
    Shape(0.03, 52, 74, (_R.HEAD, _R.CHILD, _R.IN_LAW, _R.GRANDCHILD), widowed=True),
    Shape(0.04, 30, 52, (*_COUPLE, _R.CHILD, _R.FATHER, _R.MOTHER)),
    Shape(0.03, 31, 52, (*_COUPLE, _R.CHILD, _R.SECOND, _R.MOTHER)),
    Shape(0.02, 52, 60, (*_THREE, _R.GRANDCHILD2, _R.MOTHER)),
    Shape(0.02, 30, 50, (_R.HEAD, _R.CHILD), widowed=True),
    Shape(0.01, 28, 50, (_R.HEAD, _R.SIBLING, _R.MOTHER)),
    Shape(0.005, 25, 45, (_R.HEAD, *[_R.LODGER] * 6)),
)
GROWN_SIBLINGS = 7
"""The shape with three grown children; every fortieth household has it, so that even a hamlet has one."""
COLLECTIVE = len(SHAPES) - 1
_SLOTS = 7


@dataclass(frozen=True)
class Homes:
    """Households in the order of their villages. `first` is the index of the head among the residents."""

    shape: npt.NDArray[np.int8]
    village: npt.NDArray[np.int32]
    first: npt.NDArray[np.int32]
    size: npt.NDArray[np.int8]
    door: npt.NDArray[np.int32]
    grid: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.shape)

    def collective(self) -> npt.NDArray[np.bool_]:
        return np.equal(self.shape, COLLECTIVE)


@dataclass(frozen=True)
class Members:
    """One row a resident: the household, the role in it, age in years, sex, surname, relation (GB/T 4761)."""

    household: npt.NDArray[np.int32]
    role: npt.NDArray[np.int8]
    age: npt.NDArray[np.int16]
    female: npt.NDArray[np.bool_]
    surname: npt.NDArray[np.int16]
    relation: npt.NDArray[np.int8]


def settle(rng: np.random.Generator, places: Places, residents: int) -> tuple[Homes, Members]:
    """Households for exactly so many residents; the last one is cut where the number is reached."""
    shape, first, size = _draw_shapes(rng, residents)
    village = np.searchsorted(places.edges, first, side="right").clip(max=len(places.villages) - 1).astype(np.int32)
    door = (rank_within(village) + 1).astype(np.int32)
    grids = np.array([v.grids for v in places.villages])[village]
    crowd = np.bincount(village, minlength=len(places.villages))[village]
    homes = Homes(shape, village, first, size, door, ((door - 1) * grids // crowd).astype(np.int8))
    return homes, _people_homes(rng, homes, residents)


def _draw_shapes(
    rng: np.random.Generator, residents: int,
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int32], npt.NDArray[np.int8]]:
    shares = np.array([s.share for s in SHAPES])
    sizes = np.array([len(s.roles) for s in SHAPES])
    shape = rng.choice(len(SHAPES), residents, p=shares / shares.sum())
    shape[1::40] = GROWN_SIBLINGS
    ends = np.cumsum(sizes[shape])
    count = int(np.searchsorted(ends, residents)) + 1
    shape, ends = shape[:count], ends[:count].clip(max=residents)
    first = np.concatenate(([0], ends[:-1]))
    return shape.astype(np.int8), first.astype(np.int32), (ends - first).astype(np.int8)


def _people_homes(rng: np.random.Generator, homes: Homes, residents: int) -> Members:
    slots = np.full((len(SHAPES), _SLOTS), -1, np.int8)
    for at, shape in enumerate(SHAPES):
        slots[at, : len(shape.roles)] = shape.roles
    present = slots[homes.shape]
    household, slot = np.nonzero(present >= 0)
    household, slot = household[:residents], slot[:residents]
    role = present[household, slot]
    female = _sexes(rng, homes)
    surname = _surnames(rng, homes, female)[role, household]
    age = _ages(rng, homes)[role, household]
    sex = female[role, household]
    lodger = role == Role.LODGER
    surname[lodger] = draw_surnames(rng, int(lodger.sum()))
    age[lodger] = rng.integers(20, 46, int(lodger.sum()))
    sex[lodger] = rng.random(int(lodger.sum())) < 0.5
    return Members(household.astype(np.int32), role, age, sex, surname, _relations(homes, female)[role, household])


def _sexes(rng: np.random.Generator, homes: Homes) -> npt.NDArray[np.bool_]:
    """Whether each role of each household is a woman: array [role, household]."""
    count = len(homes)
    female = rng.random((len(Role), count)) < 0.49
    widowed = np.array([s.widowed for s in SHAPES])[homes.shape]
    with_in_law = np.array([Role.IN_LAW in s.roles for s in SHAPES])[homes.shape]
    female[Role.HEAD] = widowed | (rng.random(count) < 0.07)
    female[Role.SPOUSE] = ~female[Role.HEAD]
    female[Role.CHILD] &= ~with_in_law | (rng.random(count) < 0.25)
    female[Role.IN_LAW] = ~female[Role.CHILD]
    female[Role.FATHER], female[Role.MOTHER] = False, True
    return female


def _ages(rng: np.random.Generator, homes: Homes) -> npt.NDArray[np.int16]:
    """Age of each role of each household: array [role, household]."""
    count = len(homes)
    lowest = np.array([s.youngest for s in SHAPES])[homes.shape]
    highest = np.array([s.oldest for s in SHAPES])[homes.shape]
    age = np.zeros((len(Role), count), np.int16)
    age[Role.HEAD] = rng.integers(lowest, highest + 1)
    age[Role.SPOUSE] = (age[Role.HEAD] - rng.integers(-3, 5, count)).clip(22)
    age[Role.CHILD] = age[Role.HEAD] - rng.integers(23, 28, count)
    age[Role.SECOND] = age[Role.CHILD] - rng.integers(2, 5, count)
    age[Role.THIRD] = age[Role.SECOND] - rng.integers(2, 4, count)
    age[Role.IN_LAW] = age[Role.CHILD] - rng.integers(0, 3, count)
    age[Role.GRANDCHILD] = age[Role.IN_LAW] - rng.integers(21, 25, count)
    age[Role.GRANDCHILD2] = age[Role.GRANDCHILD] - rng.integers(2, 5, count)
    age[Role.FATHER] = age[Role.HEAD] + rng.integers(23, 29, count)
    age[Role.MOTHER] = age[Role.HEAD] + rng.integers(21, 27, count)
    age[Role.SIBLING] = (age[Role.HEAD] - rng.integers(1, 6, count)).clip(20)
    return age.clip(0, 99)


def _surnames(
    rng: np.random.Generator, homes: Homes, female: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int16]:
    """Surname of each role of each household; six heads of ten carry one of their village's four clan names."""
    count = len(homes)
    clans = draw_surnames(rng, 4 * (int(homes.village.max()) + 1)).reshape(-1, 4)
    own = np.where(
        rng.random(count) < 0.6, clans[homes.village, rng.integers(0, 4, count)], draw_surnames(rng, count),
    )
    partner, in_law, mother = (draw_surnames(rng, count) for _ in range(3))
    line = np.where(female[Role.HEAD], partner, own)
    surname = np.tile(own, (len(Role), 1))
    surname[Role.SPOUSE], surname[Role.IN_LAW], surname[Role.MOTHER] = partner, in_law, mother
    surname[Role.CHILD] = surname[Role.SECOND] = surname[Role.THIRD] = line
    surname[Role.GRANDCHILD] = surname[Role.GRANDCHILD2] = np.where(female[Role.CHILD], in_law, line)
    return surname


def _relations(homes: Homes, female: npt.NDArray[np.bool_]) -> npt.NDArray[np.int8]:
    """GB/T 4761 code of each role of each household: array [role, household]."""
    relation = np.zeros(female.shape, np.int8)
    alone = ~np.array([Role.SECOND in s.roles for s in SHAPES])[homes.shape]
    child, second, third = female[Role.CHILD], female[Role.SECOND], female[Role.THIRD]
    relation[Role.HEAD] = 2
    relation[Role.SPOUSE] = np.where(female[Role.SPOUSE], 12, 11)
    relation[Role.CHILD] = np.where(child, 30, 20) + np.where(alone, 1, 2)
    relation[Role.SECOND] = np.where(second, 32, 22) + (child == second)
    relation[Role.THIRD] = np.where(third, 32, 22) + (child == third) + (second == third)
    relation[Role.IN_LAW] = np.where(child, 28, 38)
    for role in (Role.GRANDCHILD, Role.GRANDCHILD2):
        relation[role] = np.where(child, 43, 41) + female[role]
    relation[Role.FATHER], relation[Role.MOTHER] = 51, 52
    relation[Role.SIBLING] = np.where(female[Role.SIBLING], 77, 73)
    relation[Role.LODGER] = 99
    return relation
