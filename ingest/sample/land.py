"""The land: contracted fields laid out on a grid in every village, and a homestead for every house.

Neighbours on the grid are the neighbours that the four bounds (四至) name: by parcel code for most, by the holder's
name or a landmark for some. Roads run between every eight columns of fields and every twelve houses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ingest.sample.columns import Ints, digits, fixed, join, letters, numerals, only, picked, rank_within
from ingest.sample.people import People, household_numbers

SIDES = ("east", "west", "south", "north")
_OPPOSITE = {"east": "west", "south": "north"}
_BLOCK, _ROW_OF_HOUSES, _ROWS_A_GROUP = 8, 12, 4
_BY_CODE, _BY_HOLDER, _BY_LANDMARK = 0, 1, 2
_LANDMARKS = ["路", "沟", "河", "田埂", "机耕路", "水渠", "山脚"]
_FIELDS = ["大畈", "门前田", "后垅", "溪边", "长丘", "庙前", "塘下", "枫树脚", "石桥头", "沙洲", "新开田", "高田"]
_BATCH = 200_000


@dataclass(frozen=True)
class Land:
    """All parcels: the contracted fields first, then the homesteads. `sides` holds the neighbour or -1."""

    people: People
    fields: int
    household: npt.NDArray[np.int32]
    holder: npt.NDArray[np.int32]
    village: npt.NDArray[np.int32]
    code: Any
    group: npt.NDArray[np.int16]
    sides: dict[str, npt.NDArray[np.int32]]
    forms: dict[str, npt.NDArray[np.int8]]

    def __len__(self) -> int:
        return len(self.household)

    @cached_property
    def _by_household(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        order = np.argsort(self.household[: self.fields], kind="stable")
        count = np.bincount(self.household[: self.fields], minlength=len(self.people.homes))
        return order, np.concatenate(([0], np.cumsum(count)))

    @cached_property
    def _homesteads(self) -> dict[int, int]:
        return {int(h): self.fields + at for at, h in enumerate(self.household[self.fields :])}

    def fields_of(self, household: int) -> list[int]:
        """The contracted fields of a household."""
        order, ends = self._by_household
        return [int(p) for p in order[ends[household] : ends[household + 1]]]

    def homestead_of(self, household: int) -> int:
        """The homestead of a household; KeyError for a collective one."""
        return self._homesteads[household]

    def code_of(self, parcel: int) -> str:
        return str(self.code[parcel].as_py())

    def neighbours(self, parcel: int) -> Iterator[tuple[int, bool]]:
        """(parcel beside this one, whether this parcel's own bound names it by code)."""
        for side in SIDES:
            beside = int(self.sides[side][parcel])
            if beside >= 0:
                yield beside, bool(self.forms[side][parcel] == _BY_CODE)


def lay_parcels(rng: np.random.Generator, people: People) -> Land:
    """One to four fields and a homestead for every household that is not a collective one."""
    homes = people.homes
    own = np.flatnonzero(~homes.collective()).astype(np.int32)
    owner = np.repeat(own, rng.choice([1, 2, 3, 4], len(own), p=[0.3, 0.35, 0.22, 0.13]))
    owner = owner[np.lexsort((rng.random(len(owner)), homes.village[owner]))]
    household = np.concatenate((owner, own))
    village = homes.village[household]
    seat = np.concatenate((rank_within(homes.village[owner]), rank_within(homes.village[own])))
    width = _widths(homes.village[owner], len(people.places.villages))[village]
    width[len(owner) :] = _ROW_OF_HOUSES
    sides = _beside(village, seat, width, len(owner))
    group = (seat // width // _ROWS_A_GROUP + 1).clip(max=99).astype(np.int16)
    return Land(
        people, len(owner), household, _holders(rng, people, household, len(owner)), village,
        _codes(people, village, group, seat, len(owner)), group, sides, _forms(rng, sides),
    )


def _widths(village: Ints, villages: int) -> Ints:
    return np.ceil(np.sqrt(np.bincount(village, minlength=villages))).astype(np.int64).clip(min=1)


def _beside(village: Ints, seat: Ints, width: Ints, fields: int) -> dict[str, npt.NDArray[np.int32]]:
    at = np.arange(len(seat), dtype=np.int64)
    column = seat % width
    road = np.where(at < fields, (column + 1) % _BLOCK == 0, False)
    kind = np.where(at < fields, 0, 1)
    south = np.where(at < fields, at + width, -1)
    east = np.where((column + 1 < width) & ~road, at + 1, -1)
    sides = {}
    for side, beside in (("east", east), ("south", south)):
        safe = beside.clip(0, len(at) - 1)
        good = (beside >= 0) & (beside < len(at)) & (village[safe] == village) & (kind[safe] == kind)
        sides[side] = np.where(good, beside, -1).astype(np.int32)
        back = np.full(len(at), -1, np.int32)
        back[sides[side][good]] = at[good]
        sides[_OPPOSITE[side]] = back
    return sides


def _forms(rng: np.random.Generator, sides: dict[str, npt.NDArray[np.int32]]) -> dict[str, npt.NDArray[np.int8]]:
    forms = {}
    for side in SIDES:
        form = rng.choice([_BY_CODE, _BY_HOLDER, _BY_LANDMARK], len(sides[side]), p=[0.76, 0.16, 0.08]).astype(np.int8)
        form[sides[side] < 0] = _BY_LANDMARK
        forms[side] = form
    return forms


def _holders(
    rng: np.random.Generator, people: People, household: npt.NDArray[np.int32], fields: int,
) -> npt.NDArray[np.int32]:
    """The head; of some homesteads the second member of the household, when grown up."""
    head = people.homes.first[household].copy()
    second = (head + 1).clip(max=len(people) - 1)
    other = (people.homes.size[household] > 1) & people.active[second] & (rng.random(len(head)) < 0.3)
    other[:fields] = False
    head[other] += 1
    return head


def _codes(people: People, village: Ints, group: Ints, seat: Ints, fields: int) -> Any:
    """地块编码: village, group (2), order (5). 宗地代码: village, JC (collective, homestead), order (5)."""
    codes = letters([v.code for v in people.places.villages], village)
    order = digits(seat + 1, 5)
    kind = np.vstack((
        digits(group[:fields], 2), np.broadcast_to(np.frombuffer(b"JC", np.uint8), (len(seat) - fields, 2)),
    ))
    return fixed(codes, kind, order)


def parcel_batches(rng: np.random.Generator, land: Land, source: str) -> Iterator[list[Any]]:
    """The columns of 地块.csv, in its order of headers, some hundred thousand rows at a time."""
    for start in range(0, len(land), _BATCH):
        yield _columns(rng, land, np.arange(start, min(start + _BATCH, len(land))), source)


def _columns(rng: np.random.Generator, land: Land, rows: Ints, source: str) -> list[Any]:
    people, villages = land.people, land.people.places.villages
    at, holder = pa.array(rows), pa.array(land.holder[rows])
    household, village = land.household[rows], land.village[rows]
    field = rows < land.fields
    kind = (~field).astype(np.int8)
    place = picked([v.address for v in villages], village)
    seat = picked(_FIELDS, rng.integers(0, len(_FIELDS), len(rows)))
    house = join(numerals(people.homes.door[household]), "号")
    contractor = fixed(letters([v.code for v in villages], village), digits(land.group[rows], 2),
                       digits(people.homes.door[household], 4))
    size = np.where(field, rng.gamma(2.2, 0.55, len(rows)) + 0.15, rng.normal(118, 22, len(rows)).clip(60, 240))
    area = picked([v.code for v in villages], village)
    return [
        land.code.take(at), join(land.code.take(at), picked(["W00000000", "F00010001"], kind)),
        join(place, pc.if_else(pa.array(field), seat, house)), pa.array(np.round(size, 2)),
        picked(["亩", "平方米"], kind), picked(["耕地", "住宅"], kind), picked(["土地承包经营权", "宅基地使用权"], kind),
        picked(["家庭承包", "批准拨用"], kind), people.name.take(holder), people.id_number.take(holder),
        household_numbers(people, household), only(field, contractor), only(field, join(contractor, "J")),
        *_terms(rng, field), *(_bound(rng, land, rows, side) for side in SIDES),
        join(area, fixed(digits(people.homes.grid[household] + 1, 3))), area,
        pa.array([source]).take(pa.array(np.zeros(len(rows), np.int8))),
    ]


def _terms(rng: np.random.Generator, field: npt.NDArray[np.bool_]) -> tuple[Any, Any]:
    built = np.datetime64("1985-01-01") + rng.integers(0, 12000, len(field)).astype("timedelta64[D]")
    since = np.where(field, np.datetime64("1999-01-01"), built)
    until = np.where(field, np.datetime64("2028-12-31"), np.datetime64("NaT"))
    return pa.array(since), pa.array(until)


def _bound(rng: np.random.Generator, land: Land, rows: Ints, side: str) -> Any:
    """What one of the four bounds says: a parcel code, a holder, or a landmark."""
    beside = land.sides[side][rows]
    neighbour = pa.array(beside.clip(0))
    held = join(
        land.people.name.take(pa.array(land.holder).take(neighbour)),
        picked(["承包田", "宅基地"], (rows >= land.fields).astype(np.int8)),
    )
    form = pa.array(land.forms[side][rows])
    mark = picked(_LANDMARKS, rng.integers(0, len(_LANDMARKS), len(rows)))
    return pc.if_else(
        pc.equal(form, _BY_CODE), land.code.take(neighbour), pc.if_else(pc.equal(form, _BY_HOLDER), held, mark),
    )
