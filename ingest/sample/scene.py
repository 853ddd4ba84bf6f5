"""Everything a case can draw on, and the book that cases are written into."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ingest.sample.cases import Case, Dispute, Party, Petition
from ingest.sample.deck import Deck, Matter
from ingest.sample.land import Land
from ingest.sample.officials import Officials
from ingest.sample.organs import Organs
from ingest.sample.people import People
from ingest.sample.pool import Pool

_CHANNELS = ("走访", "来信", "网上信访", "来电", "传真", "12345")
_CHANNEL_WEIGHTS = (25, 12, 35, 8, 1, 19)
_ROUTES = ("（六）", "（一）", "（二）", "（三）", "（四）", "（五）")
_ROUTE_WEIGHTS = (85, 2, 3, 3, 3, 4)
_PURPOSES = {"纪检监察": "检举控告", "意见建议": "意见建议"}
_QUIET = 6
"""How many cases background noise may join to one organ; a hub needs more than twelve."""


@dataclass
class Scene:
    """The county, the free households, the topics, and the cases written so far."""

    people: People
    land: Land
    organs: Organs
    officials: Officials
    pool: Pool
    deck: Deck
    dice: random.Random
    petitions: list[Petition] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    stories: list[dict[str, Any]] = field(default_factory=list)
    background: dict[str, list[Any]] = field(default_factory=dict)
    hubs: set[str] = field(default_factory=set)
    _numbers: Counter[str] = field(default_factory=Counter)
    _joined: Counter[str] = field(default_factory=Counter)

    @property
    def villages(self) -> int:
        return len(self.people.places.villages)

    def number(self, prefix: str, day: date) -> str:
        """The next number of this day: prefix, date, four digits."""
        stem = f"{prefix}{day:%Y%m%d}"
        self._numbers[stem] += 1
        return f"{stem}{self._numbers[stem]:04d}"

    def note(self, kind: str, what: Any) -> None:
        """Remembers something of the background that a test may want to count."""
        self.background.setdefault(kind, []).append(what)

    def may_join(self, organ: str) -> bool:
        """Whether one more case may be joined to this organ without making it a hub; counts it when so."""
        if organ in self.hubs or self._joined[organ] >= _QUIET:
            return False
        self._joined[organ] += 1
        return True

    def later(self, day: date, least: int, most: int) -> date:
        """A day so many days later."""
        return day + timedelta(days=self.dice.randint(least, most))

    def petition(
        self, petitioner: int, matter: Matter, day: date, *, parcel: int = -1, origin: str = "",
        show_id: bool = True, channel: str = "", title: str = "", route: str = "",
    ) -> Petition:
        """A petition entered in the book, with its petitioner as the first party and no steps yet."""
        purpose = _PURPOSES.get(matter.category, "申诉求决")
        some_route = self.dice.choices(_ROUTES, _ROUTE_WEIGHTS)[0] if purpose == "申诉求决" else ""
        case = Petition(
            number=self.number("XF", day), opened=day, household=self.people.household_of(petitioner),
            title=title or matter.title, text=matter.text(self.dice), category=matter.category, parcel=parcel,
            origin=origin, petitioner=petitioner, show_id=show_id, purpose=purpose, route=route or some_route,
            channel=channel or self.dice.choices(_CHANNELS, _CHANNEL_WEIGHTS)[0],
        )
        case.parties.append(Party("信访人", petitioner, show_id=show_id))
        self.petitions.append(case)
        return case

    def dispute(
        self, applicant: int, matter: Matter, day: date, *, respondent: int = -1, organ: str = "", parcel: int = -1,
        origin: str = "", show_id: bool = True,
    ) -> Dispute:
        """A dispute entered in the book, between an applicant and a resident or an organ, with no steps yet."""
        case = Dispute(
            number=self.number("JF", day), opened=day, household=self.people.household_of(applicant),
            title=matter.title, text=matter.text(self.dice), category=matter.category, parcel=parcel, origin=origin,
            party=applicant, organ=organ, people=2,
        )
        case.parties.append(Party("申请人", applicant, show_id=show_id))
        case.parties.append(Party("被申请人", respondent, organ))
        self.disputes.append(case)
        return case

    def village_of(self, case: Case) -> int:
        """The village where a case arises."""
        return int(self.people.homes.village[case.household])
