"""The same people written differently, without a number, and others who only look like them: doubles with their truth.

Every record is drawn on its own: how the name is written, whether the phone is the old one, how exact the birth date is,
how far the address goes, who lives or petitions with whom. `doubles.json` says of every row whose it is.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from ingest.sample.disguise import other_address, other_birthday, other_name, sibling_name, stranger_phone
from ingest.sample.names import surnames
from ingest.sample.people import People

_NAMES = (("as it is", 66), ("traditional", 6), ("variant", 6), ("former", 5), ("homophone", 6), ("masked", 3), ("typo", 2))
_LOOKALIKES = ("namesake", "namesake", "namesake elsewhere", "relative", "sibling")
_SHARE_LOOKALIKE, _SHARE_STRANGER = 0.25, 0.04
_OTHER_SEX = {"男": "女", "女": "男"}


@dataclass(slots=True)
class Double:
    """One loose record. `person` is whose it is (an id number, or x and a number for somebody made up); `like` is the
    id number of whom it only resembles; `how` says what was done to it."""

    person: str
    name: str
    village: int
    like: str = ""
    former: str = ""
    gender: str = ""
    born: str = ""
    phone: str = ""
    address: str = ""
    household: str = ""
    head: str = ""
    with_name: str = ""
    with_person: str = ""
    with_address: str = ""
    how: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Doubles:
    """The doubles of a county, drawn with dice."""

    people: People
    dice: random.Random
    made_up: int = 0

    def draw(self, count: int) -> list[Double]:
        """So many records of people of whom the county knows the number, of strangers and of look-alikes."""
        active = [int(at) for at in self.people.active.nonzero()[0]]
        drawn: list[Double] = []
        while len(drawn) < count:
            who, luck = self.dice.choice(active), self.dice.random()
            if luck < _SHARE_LOOKALIKE:
                drawn.append(self._lookalike(who))
            elif luck < _SHARE_LOOKALIKE + _SHARE_STRANGER:
                drawn += self._stranger_twice(who)
            else:
                drawn.append(self._double(who, self.people.id_of(who)))
        return drawn

    def _double(self, who: int, person: str) -> Double:
        people, dice = self.people, self.dice
        kind = dice.choices([k for k, _ in _NAMES], [w for _, w in _NAMES])[0]
        name = other_name(people.name_of(who), kind, dice)
        row = Double(person, name, people.village_of(who), how=[] if name == people.name_of(who) else [kind])
        if kind == "former":
            row.former = people.name_of(who)
        self._say(row, "gender", 0.6, lambda: "女" if people.members.female[who] else "男")
        self._say(row, "born", 0.75, lambda: other_birthday(str(people.born[who]), dice))
        self._say(row, "phone", 0.6, lambda: people.phone_of(who) if dice.random() < 0.4 else stranger_phone(dice))
        self._say(row, "address", 0.85, lambda: other_address(people.address_of(who), dice))
        self._company(row, who)
        return row

    def _say(self, row: Double, what: str, share: float, value: Callable[[], str]) -> None:
        if self.dice.random() < share:
            setattr(row, what, value())
            row.how.append(what)

    def _company(self, row: Double, who: int) -> None:
        """Who is head of the household, and a member of it who petitions too."""
        people, household = self.people, self.people.household_of(who)
        head = int(people.homes.first[household])
        if head != who and self.dice.random() < 0.35:
            row.head = people.name_of(head)
            row.household = f"J{people.number_of(household)[6:]}"
            row.how.append("head")
        others = [other for other in people.adults(household) if other != who]
        if others and self.dice.random() < 0.3:
            other = self.dice.choice(others)
            row.with_name, row.with_person = people.name_of(other), people.id_of(other)
            row.with_address = people.address_of(other)

    def _stranger_twice(self, who: int) -> list[Double]:
        """Somebody the county does not know, in two records of which one is exact."""
        self.made_up += 1
        first = self._lookalike(who, "stranger")
        second = Double(first.person, first.name, first.village, born=first.born, address=first.address, how=["stranger"])
        return [first, second]

    def _lookalike(self, who: int, kind: str = "") -> Double:
        people, dice = self.people, self.dice
        kind = kind or dice.choice(_LOOKALIKES)
        self.made_up += 1
        name, village = people.name_of(who), people.village_of(who)
        gender = "女" if people.members.female[who] else "男"
        place = people.places.villages[village].address
        born = date.fromisoformat(str(people.born[who])) + timedelta(days=dice.choice((-1, 1)) * dice.randint(800, 9000))
        row = Double(f"x{self.made_up}", name, village, people.id_of(who), how=[kind])
        row.phone, row.address = stranger_phone(dice), f"{place}{dice.randint(400, 900)}号"
        if kind in ("relative", "sibling"):
            row.name = sibling_name(name, dice)
            while kind == "relative" and (row.name[1:] == name[1:] or row.name[-1] == name[-1]):
                row.name = sibling_name(row.name, dice)
            row.address, row.phone = people.address_of(who), dice.choice((people.phone_of(who), row.phone))
        elif kind == "namesake elsewhere":
            row.village = dice.randrange(len(people.places.villages))
            row.address = people.places.villages[row.village].address
        elif kind == "stranger":
            row.name, row.like = dice.choice(surnames()[:80]) + sibling_name(name, dice)[1:], ""
        if kind == "namesake" and dice.random() < 0.3:
            row.address = ""
        row.born = min(born, date(2009, 1, 1)).isoformat() if kind == "stranger" or dice.random() < 0.6 else ""
        row.gender = gender if dice.random() < 0.5 else _OTHER_SEX[gender] if dice.random() < 0.3 else ""
        row.phone = "" if dice.random() < 0.3 else row.phone
        return row
