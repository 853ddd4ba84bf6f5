"""The made-up county: its towns, villages and grids, with 12-digit codes under a county code nobody holds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

COUNTY_CODE = "330199"
COUNTY = "枫溪县"
COUNTY_AREA = COUNTY_CODE.ljust(12, "0")
MADE_UP = "（虚构合成数据）"

_TOWN_NAMES = tuple(a + b for a, b in product("云青白石龙双金凤长清松梅", "岭溪湖门潭塘峰浦"))
_VILLAGE_NAMES = tuple(a + b for a, b in product(
    ("上", "下", "东", "西", "前", "后", "大", "小", "里", "外", "新", "老", "高", "南", "北", "中", "横", "竹", "枫", "樟", "桃", "柳"),
    ("塘", "坞", "湾", "桥", "埠", "畈", "坑", "岙", "田", "山", "园", "墩", "泉", "井", "洲", "坪", "源", "垅", "庄", "渡", "岗", "堰"),
))
_PER_VILLAGE = 1200


@dataclass(frozen=True, slots=True)
class Village:
    """A village; `town` is the index of its town, `address` the beginning of every address in it."""

    code: str
    name: str
    town: int
    address: str
    grids: int


@dataclass(frozen=True, slots=True)
class Town:
    """A township (镇 or 乡)."""

    code: str
    name: str


@dataclass(frozen=True)
class Places:
    """All towns and villages, villages in the order of their codes; `edges` cut the residents into villages."""

    towns: tuple[Town, ...]
    villages: tuple[Village, ...]
    edges: npt.NDArray[np.int64]

    def town_of(self, village: int) -> Town:
        return self.towns[self.villages[village].town]

    def area_rows(self) -> list[tuple[str, ...]]:
        """(code, name, code above, level) of every division."""
        rows: list[tuple[str, ...]] = [(COUNTY_AREA, COUNTY + MADE_UP, "", "县")]
        rows += [(town.code, town.name, COUNTY_AREA, "乡镇") for town in self.towns]
        rows += [(village.code, village.name, self.towns[village.town].code, "村") for village in self.villages]
        return sorted(rows)


def grid_code(village: Village, grid: int) -> str:
    """15 digits: the village and the number of the grid in it, from 1."""
    return f"{village.code}{grid + 1:03d}"


def lay_out(rng: np.random.Generator, residents: int) -> Places:
    """Towns and villages for so many residents: about 1,200 people a village, never fewer than three villages."""
    count = max(3, round(residents / _PER_VILLAGE))
    towns = _towns(rng, max(2, round(count**0.5)))
    shares = rng.uniform(0.75, 1.25, count)
    order = rng.permutation(len(_VILLAGE_NAMES))
    in_town = [0] * len(towns)
    villages = []
    for at in range(count):
        town = at * len(towns) // count
        in_town[town] += 1
        name = _VILLAGE_NAMES[order[at % len(order)]] + "村"
        villages.append(Village(
            code=f"{towns[town].code[:9]}{199 + in_town[town]:03d}", name=name, town=town,
            address=COUNTY + towns[town].name + name, grids=int(rng.integers(2, 5)),
        ))
    return Places(towns, tuple(villages), np.floor(np.cumsum(shares) / shares.sum() * residents).astype(np.int64))


def _towns(rng: np.random.Generator, count: int) -> tuple[Town, ...]:
    order = rng.permutation(len(_TOWN_NAMES))
    return tuple(
        Town(f"{COUNTY_CODE}{100 + at:03d}000", _TOWN_NAMES[order[at % len(order)]] + ("乡" if at % 3 == 2 else "镇"))
        for at in range(count)
    )
