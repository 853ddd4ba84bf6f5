"""Of which matter a case was on which day: two cases may be one matter only through a third that was registered later.

The words of two cases are judged once, with everything the build knows. What depends on the day is which of the cases were
there: on a day, the cases of a matter that were registered by then are one matter as far as pairs among them are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import networkx as nx

Tie = tuple[str, str]
"""Two cases that are one matter by themselves."""


class Spell(NamedTuple):
    """A case in the matter of `matter`, its earliest case, from one day to another (not included; None: still)."""

    case: str
    matter: str
    since: str
    until: str | None


def ties_of_groups(
    groups: Sequence[Collection[str]], edges: Iterable[Tie], pairs: Iterable[Tie], rejected: Collection[frozenset[str]] = ()
) -> list[list[Tie]]:
    """For each group its ties: the edges that made it, and the other pairs within it that would have.

    Where somebody rejected a link within a group, only the edges: they were checked against it, through a third too.
    """
    place = {case: nth for nth, group in enumerate(groups) for case in group}
    judged = {place[case] for pair in rejected if len({place.get(case) for case in pair}) == 1 for case in pair if case in place}
    ties: list[list[Tie]] = [[] for _ in groups]
    for made, found in ((True, edges), (False, pairs)):
        for a, b in found:
            group = place.get(a)
            if group is not None and group == place.get(b) and (made or group not in judged):
                ties[group].append((a, b))
    return ties


def spells(group: Collection[str], ties: Iterable[Tie], days: Mapping[str, str]) -> Iterator[Spell]:
    """The matters of the cases of one group, day by day; `days` are those of registration, '' when not known."""
    order = sorted(group, key=lambda case: (days[case], case))
    growing = _Growing(nx.Graph(ties), {case: nth for nth, case in enumerate(order)})
    stands: dict[str, tuple[str, str]] = {}
    for day, come in groupby(order, key=lambda case: days[case]):
        for case, matter in growing.come(list(come)):
            if case not in stands:
                stands[case] = matter, day
            elif stands[case][0] != matter:
                yield Spell(case, *stands[case], day)
                stands[case] = matter, day
    for case, (matter, since) in stands.items():
        yield Spell(case, matter, since, None)


class _Growing:
    """Which cases are together so far, each list with its earliest case first."""

    def __init__(self, ties: nx.Graph, place: Mapping[str, int]) -> None:
        self._ties = ties
        self._place = place
        self._together: dict[str, list[str]] = {}

    def come(self, cases: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Add the cases of a day; gives them and all whose list they joined to another, with the earliest case of their list."""
        changed = list(cases)
        for case in cases:
            self._together[case] = [case]
        for case in cases:
            changed += self._join([case, *(other for other in self._ties[case] if other in self._together)])
        for case in dict.fromkeys(changed):
            yield case, self._together[case][0]

    def _join(self, cases: Sequence[str]) -> list[str]:
        lists = {id(self._together[case]): self._together[case] for case in cases}
        head, *rest = sorted(lists.values(), key=lambda them: self._place[them[0]])
        moved = [case for them in rest for case in them]
        head += moved
        self._together |= dict.fromkeys(moved, head)
        return moved
