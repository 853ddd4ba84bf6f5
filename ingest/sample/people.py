"""The residents: valid id numbers, names, phones and addresses for the members of every household."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph import codes
from ingest.sample.columns import Days, Ints, digits, fixed, join, letters, numerals, only, picked, rank_within
from ingest.sample.households import Homes, Members, Role, settle
from ingest.sample.names import draw_given, draw_surnames, full_names
from ingest.sample.places import COUNTY_CODE, Places, grid_code

LAST_DAY = np.datetime64("2025-12-31")
"""The county is told up to this day; ages are counted on it."""
_WEIGHTS = 2 ** np.arange(17, 0, -1) % 11
_CHECKS = np.frombuffer(b"10X98765432", np.uint8)
_PHONE_PREFIXES = ("142", "143", "154")
"""Prefixes outside the ranges in public use."""
_MAX_SAME_DAY = 500
_BATCH = 200_000


@dataclass(frozen=True)
class People:
    """All residents, household by household, the head first. Arrays have one row a resident."""

    places: Places
    homes: Homes
    members: Members
    born: Days
    died: Days
    moved_out: Days
    live_door: npt.NDArray[np.int32]
    live_village: npt.NDArray[np.int32]
    name: Any
    id_number: Any
    phone: Any

    def __len__(self) -> int:
        return len(self.born)

    @cached_property
    def active(self) -> npt.NDArray[np.bool_]:
        """Who can be a party at any time of the five years: grown up on the first day, not too old, still here."""
        age = self.members.age
        return (age >= 25) & (age <= 80) & np.isnat(self.died) & np.isnat(self.moved_out)

    def adults(self, household: int) -> list[int]:
        """The active residents of a household, the head first."""
        first = int(self.homes.first[household])
        return [at for at in range(first, first + int(self.homes.size[household])) if self.active[at]]

    def name_of(self, resident: int) -> str:
        return str(self.name[resident].as_py())

    def id_of(self, resident: int) -> str:
        return str(self.id_number[resident].as_py())

    def phone_of(self, resident: int) -> str:
        return str(self.phone[resident].as_py() or "")

    def household_of(self, resident: int) -> int:
        return int(self.members.household[resident])

    def village_of(self, resident: int) -> int:
        return int(self.homes.village[self.household_of(resident)])

    def address_of(self, resident: int) -> str:
        household = self.household_of(resident)
        return f"{self.places.villages[int(self.homes.village[household])].address}{self.homes.door[household]}号"

    def grid_of(self, household: int) -> str:
        return grid_code(self.places.villages[int(self.homes.village[household])], int(self.homes.grid[household]))

    def number_of(self, household: int) -> str:
        """The household number: the village code and the door, four digits."""
        village = self.places.villages[int(self.homes.village[household])]
        return f"{village.code}{self.homes.door[household]:04d}"


def populate(rng: np.random.Generator, places: Places, residents: int) -> People:
    """Everybody who lives in the county; ValueError when the id numbers of one day run out."""
    homes, members = settle(rng, places, residents)
    born = LAST_DAY - (members.age * 365.25 + rng.integers(0, 365, residents)).astype("timedelta64[D]")
    elder = (members.age >= 68) & (members.role != Role.HEAD)
    mobile = np.isin(members.role, (Role.CHILD, Role.SECOND, Role.SIBLING)) & (members.age >= 25)
    moved = rng.random(len(homes)) < 0.06
    live = np.where(moved, rng.integers(0, len(places.villages), len(homes)), homes.village).astype(np.int32)
    door = np.where(moved, rng.integers(1, 400, len(homes)), homes.door).astype(np.int32)
    return People(
        places, homes, members, born,
        died=_some_days(rng, elder, 0.04), moved_out=_some_days(rng, mobile, 0.01),
        live_door=door[members.household], live_village=live[members.household],
        name=full_names(members.surname, draw_given(rng, members.female)),
        id_number=_id_numbers(born, members.female),
        phone=only(members.age >= 16, phones(np.arange(residents))),
    )


def _some_days(rng: np.random.Generator, who: npt.NDArray[np.bool_], share: float) -> Days:
    days = np.full(len(who), np.datetime64("NaT", "D"))
    chosen = who & (rng.random(len(who)) < share)
    days[chosen] = LAST_DAY - rng.integers(1, 1800, int(chosen.sum())).astype("timedelta64[D]")
    return days


def _id_numbers(born: Days, female: npt.NDArray[np.bool_]) -> Any:
    """GB 11643 numbers: region, birthday, an order number odd for men, and the MOD 11-2 check character."""
    months = born.astype("M8[M]")
    day = born.astype(np.int64)
    year, month = months.astype(np.int64) // 12 + 1970, months.astype(np.int64) % 12 + 1
    of_month = (born - months.astype("M8[D]")).astype(np.int64) + 1
    rank = rank_within(day * 2 + female)
    if rank.max() >= _MAX_SAME_DAY:
        raise ValueError("居民数过多：同一天出生的证件号码已用完")
    order = (rank * 7 + day * 31) % _MAX_SAME_DAY * 2 + ~female
    region = letters([COUNTY_CODE], np.zeros(len(born), np.int8))
    first17 = np.hstack((region, digits(year * 10000 + month * 100 + of_month, 8), digits(order, 3)))
    check = _CHECKS[(first17 - ord("0")).astype(np.int64) @ _WEIGHTS % 11]
    return fixed(first17, check[:, None])


def phones(numbers: Ints) -> Any:
    """A phone number for each number, different numbers giving different phones (below 300 million)."""
    block = len(_PHONE_PREFIXES)
    tail = (numbers.astype(np.int64) // block * 38_196_601 + 5_407_713) % 100_000_000
    return fixed(letters(list(_PHONE_PREFIXES), numbers % block), digits(tail, 8))


def resident_batches(rng: np.random.Generator, people: People, source: str) -> Iterator[list[Any]]:
    """The columns of 居民.csv, in its order of headers, some hundred thousand rows at a time."""
    relation = {int(code): f"{code:02d} {codes.label('relation', f'{code:02d}')}"
                for code in np.unique(people.members.relation)}
    for start in range(0, len(people), _BATCH):
        yield _columns(rng, people, np.arange(start, min(start + _BATCH, len(people))), relation, source)


def _columns(
    rng: np.random.Generator, people: People, rows: Ints, relation: dict[int, str], source: str,
) -> list[Any]:
    villages = people.places.villages
    members, homes = people.members, people.homes
    household = members.household[rows]
    village, head = homes.village[household], pa.array(homes.first[household])
    places = [v.address for v in villages]
    live_village, live_door = people.live_village[rows], people.live_door[rows]
    same = (live_village == village) & (live_door == homes.door[household])
    codes_of = [v.code for v in villages]
    at = pa.array(rows)
    former = full_names(members.surname[rows], draw_given(rng, members.female[rows]))
    married_in = (members.role[rows] == Role.IN_LAW) & (rng.random(len(rows)) < 0.6)
    relation_keys = np.array(sorted(relation))
    return [
        people.id_number.take(at), people.name.take(at), only(rng.random(len(rows)) < 0.005, former),
        picked(["男", "女"], members.female[rows].astype(np.int8)), pa.array(people.born[rows]),
        picked(["汉族", "畲族"], (rng.random(len(rows)) < 0.02).astype(np.int8)), people.phone.take(at),
        picked(places, village), join(picked(places, village), numerals(homes.door[household]), "号"),
        picked(places, live_village), join(picked(places, live_village), numerals(live_door), "号"),
        picked(["02", "01"], same.astype(np.int8)), household_numbers(people, household),
        people.id_number.take(head), people.name.take(head),
        picked([relation[int(k)] for k in relation_keys], np.searchsorted(relation_keys, members.relation[rows])),
        pa.array(people.died[rows]), pa.array(_some_days(rng, married_in, 1.0)), pa.array(people.moved_out[rows]),
        join(picked(codes_of, village), fixed(digits(homes.grid[household] + 1, 3))), picked(codes_of, village),
        pa.array([source]).take(pa.array(np.zeros(len(rows), np.int8))),
    ]


def household_numbers(people: People, household: Ints) -> Any:
    """The household number of each given household."""
    villages = [v.code for v in people.places.villages]
    return fixed(letters(villages, people.homes.village[household]), digits(people.homes.door[household], 4))


def household_columns(people: People, source: str) -> list[Any]:
    """The columns of 户.csv, in its order of headers."""
    homes = people.homes
    villages = people.places.villages
    heads = pa.array(homes.first)
    area = picked([v.code for v in villages], homes.village)
    return [
        household_numbers(people, np.arange(len(homes))), people.name.take(heads), people.id_number.take(heads),
        join(picked([v.address for v in villages], homes.village), numerals(homes.door), "号"),
        picked(["家庭户", "集体户"], homes.collective().astype(np.int8)),
        join(area, fixed(digits(homes.grid + 1, 3))), area,
        pa.array([source]).take(pa.array(np.zeros(len(homes), np.int8))),
    ]


def outsider_name(rng: np.random.Generator) -> str:
    """The name of one person who is not among the residents."""
    female = rng.random(1) < 0.35
    return str(full_names(draw_surnames(rng, 1), draw_given(rng, female))[0].as_py())
