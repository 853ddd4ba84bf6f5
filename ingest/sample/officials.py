"""The people who hold posts: leaders, clerks and mediators, their posts over time and who leads whom.

Clerks and deputies stay in their posts through all five years, so that a case keeps its handler unless a story says
otherwise; heads change now and then, always with a successor on the next day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from ingest.sample.organs import COMMITTEE, MEDIATION, TOWN_HALL, Organ, Organs
from ingest.sample.people import People, outsider_name, phones
from ingest.sample.places import COUNTY_AREA

_SMALL_VILLAGE = 60
_HEAD_TITLES = {
    "县人民政府": "县长", "镇人民政府": "镇长", "乡人民政府": "乡长", "局": "局长", "所": "所长", "纪律检查委员会": "书记",
}


@dataclass(frozen=True, slots=True)
class Post:
    """One post of an official; `until` is the last day in it, None while it is held."""

    organ: str
    title: str
    since: date
    until: date | None = None


@dataclass
class Official:
    """Somebody in office. `resident` is the index among the residents, or -1; `leader` the code of the one above."""

    code: str
    name: str
    phone: str
    resident: int
    leader: str
    posts: list[Post] = field(default_factory=list)


@dataclass
class Officials:
    """All officials by code; the head, deputies and clerks of every organ; the mediators of every village."""

    people: People
    rng: np.random.Generator
    by_code: dict[str, Official] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    deputies: dict[str, list[str]] = field(default_factory=dict)
    clerks: dict[str, list[str]] = field(default_factory=dict)
    mediators: dict[int, list[str]] = field(default_factory=dict)
    households: set[int] = field(default_factory=set)

    def hire(self, leader: str, *posts: Post, resident: int = -1) -> str:
        """A new official with these posts; a resident's household is kept out of other people's cases."""
        serial = len(self.by_code) + 1
        code = f"G330199{serial:06d}"
        if resident >= 0:
            name, phone = self.people.name_of(resident), self.people.phone_of(resident)
            self.households.add(self.people.household_of(resident))
        else:
            name = outsider_name(self.rng)
            phone = str(phones(np.array([len(self.people) + serial]))[0].as_py())
        self.by_code[code] = Official(code, name, phone, resident, leader, list(posts))
        return code

    def clerk(self, organ: str) -> str:
        """A clerk of the organ; its head where it has none."""
        clerks = self.clerks.get(organ)
        return clerks[int(self.rng.integers(len(clerks)))] if clerks else self.heads[organ]

    def deputy(self, organ: str) -> str:
        """A deputy leader of the organ, who can be put in charge of a case."""
        deputies = self.deputies[organ]
        return deputies[int(self.rng.integers(len(deputies)))]


def appoint(rng: np.random.Generator, people: People, organs: Organs) -> Officials:
    """Officials for every organ but the companies, superiors first."""
    officials = Officials(people, rng)
    for organ in organs.by_code.values():
        if organ.village < 0 and organ.level:
            _staff_office(officials, organ)
    candidates = _candidates(people)
    for at in range(len(people.places.villages)):
        _staff_village(officials, organs, at, candidates[at])
    return officials


def _staff_office(officials: Officials, organ: Organ) -> None:
    county = organ.area == COUNTY_AREA
    title = _head_title(organ)
    head = _head(officials, organ, title, officials.heads.get(organ.above, ""))
    officials.heads[organ.code] = head
    deputies, clerks = (2, 4) if county else (1, 2)
    officials.deputies[organ.code] = [
        officials.hire(head, *_career(officials, organ.code, f"副{title}")) for _ in range(deputies)
    ]
    officials.clerks[organ.code] = [
        officials.hire(officials.deputies[organ.code][at % deputies], *_career(officials, organ.code, "科员"))
        for at in range(clerks)
    ]


def _head_title(organ: Organ) -> str:
    for ending, title in _HEAD_TITLES.items():
        if organ.name.endswith(ending):
            return title
    return "主任"


def _head(officials: Officials, organ: Organ, title: str, above: str) -> str:
    """The head of today; one office in four had another before, who then moved to the county government."""
    if officials.rng.random() < 0.25 and above:
        left = _day(officials.rng, date(2021, 6, 1), 1400)
        after = Post(organ.above, "四级调研员", left + timedelta(days=1))
        officials.hire(above, Post(organ.code, title, _day(officials.rng, date(2015, 1, 1), 1500), left), after)
        return officials.hire(above, Post(organ.code, title, left + timedelta(days=1)))
    return officials.hire(above, *_career(officials, organ.code, title))


def _career(officials: Officials, organ: str, title: str) -> list[Post]:
    """The post of today, taken before 2021, and for one in five an earlier one in the same organ."""
    since = _day(officials.rng, date(2016, 1, 1), 1600)
    today = Post(organ, title, since)
    if officials.rng.random() < 0.2:
        earlier = Post(organ, "试用期科员", since - timedelta(days=int(officials.rng.integers(400, 1500))),
                       since - timedelta(days=1))
        return [earlier, today]
    return [today]


def _day(rng: np.random.Generator, first: date, within: int) -> date:
    return first + timedelta(days=int(rng.integers(within)))


def _candidates(people: People) -> list[list[int]]:
    """For every village, households with at least two active adults, whose head could hold a village post."""
    homes = people.homes
    active = np.add.reduceat(people.active.astype(np.int64), homes.first)
    fit = (active >= 2) & people.active[homes.first] & ~homes.collective()
    fit &= people.members.age[homes.first] <= 64
    by_village: list[list[int]] = [[] for _ in people.places.villages]
    for household in np.flatnonzero(fit):
        by_village[int(homes.village[household])].append(int(household))
    return by_village


def _staff_village(officials: Officials, organs: Organs, village: int, households: list[int]) -> None:
    """Chair, deputy chair who leads mediation, two mediators and a member; the first three are villagers."""
    committee, mediation = organs.village(village, COMMITTEE), organs.village(village, MEDIATION)
    count = 5 if len(households) >= _SMALL_VILLAGE else 3
    count = min(count, len(households))
    chosen = officials.rng.choice(len(households), count, replace=False)
    villagers = [int(officials.people.homes.first[households[int(at)]]) for at in chosen]
    villagers += [-1] * (5 - count)
    chair = officials.hire(officials.heads[organs.town(village, TOWN_HALL)],
                           *_career(officials, committee, "村委会主任"), resident=villagers[0])
    since = _day(officials.rng, date(2017, 1, 1), 1400)
    deputy = officials.hire(chair, Post(committee, "村委会副主任", since), Post(mediation, "调解委员会主任", since),
                            resident=villagers[1])
    mediators = [
        officials.hire(deputy, *_career(officials, mediation, "人民调解员"), resident=villagers[at]) for at in (2, 3)
    ]
    member = officials.hire(chair, *_career(officials, committee, "村委会委员"), resident=villagers[4])
    officials.heads[committee], officials.heads[mediation] = chair, deputy
    officials.clerks[committee] = [member]
    officials.clerks[mediation] = mediators
    officials.mediators[village] = mediators
