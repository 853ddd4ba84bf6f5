"""Households that are still free: every case takes fresh ones, so that nobody meets twice by accident."""

from __future__ import annotations

import random

import numpy as np

from ingest.sample.land import Land
from ingest.sample.people import People


class PoolEmpty(ValueError):
    """The county is too small for so many cases."""


class Pool:
    """The free households of every village, shuffled."""

    def __init__(self, people: People, land: Land, kept_out: set[int], dice: random.Random) -> None:
        self._people, self._land = people, land
        self._free: list[list[int]] = [[] for _ in people.places.villages]
        self._taken = set(kept_out)
        homes = people.homes
        adults = np.add.reduceat(people.active.astype(np.int64), homes.first)
        self._adults = adults
        for household in np.flatnonzero((adults > 0) & ~homes.collective()):
            if int(household) not in kept_out:
                self._free[int(homes.village[household])].append(int(household))
        for village in self._free:
            dice.shuffle(village)

    def take(self, village: int, adults: int = 1) -> int:
        """A free household of this village, or of a later one when it has none, with so many active adults."""
        for at in range(village, village + len(self._free)):
            free = self._free[at % len(self._free)]
            for place in range(len(free) - 1, -1, -1):
                household = free[place]
                if household in self._taken:
                    del free[place]
                elif self._adults[household] >= adults:
                    del free[place]
                    self._taken.add(household)
                    return household
        raise PoolEmpty("居民太少，安排不下这些案件")

    def take_siblings(self, village: int) -> tuple[int, list[int]]:
        """A free household with at least three active brothers and sisters, and these."""
        relation = self._people.members.relation
        for at in range(village, village + len(self._free)):
            for household in self._free[at % len(self._free)]:
                grown = [who for who in self._people.adults(household) if relation[who] in _CHILDREN]
                if household not in self._taken and len(grown) >= 3:
                    self._taken.add(household)
                    return household, grown
        raise PoolEmpty("居民太少，没有三个成年子女同户的家庭")

    def take_neighbours(self, village: int, *, homestead: bool = False, adults: int = 1) -> tuple[int, int, int]:
        """(household, its parcel, free household whose parcel lies beside it and is named by code)."""
        for at in range(village, village + len(self._free)):
            for household in reversed(self._free[at % len(self._free)]):
                if household in self._taken or self._adults[household] < adults:
                    continue
                parcels = [self._land.homestead_of(household)] if homestead else self._land.fields_of(household)
                for parcel in parcels:
                    other = self.free_neighbour(parcel)
                    if other >= 0:
                        self._taken |= {household, other}
                        return household, parcel, other
        raise PoolEmpty("居民太少，没有相邻的两户")

    def free_neighbour(self, parcel: int) -> int:
        """A free household that holds the parcel beside this one, or -1; it is not taken."""
        for beside, by_code in self._land.neighbours(parcel):
            other = int(self._land.household[beside])
            free = other not in self._taken and self._adults[other] > 0
            if by_code and free and other != int(self._land.household[parcel]):
                return other
        return -1

    def reserve(self, household: int) -> None:
        """Takes this very household."""
        self._taken.add(household)


_CHILDREN = frozenset((20, 21, 22, 23, 24, 30, 31, 32, 33, 34))
