"""How one and the same thing is written differently: names, birthdays, addresses, phones."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ingest.sample.names import given_names

_NUMERALS = "零一二三四五六七八九"


def other_name(name: str, kind: str, dice: random.Random) -> str:
    """The name written in this way; as it is where it cannot be (no character of it has a variant)."""
    if kind == "masked":
        return name[0] + dice.choice(("某", "某某", "*", "**"))
    if kind == "traditional":
        return str(_traditional().convert(name))
    if kind == "former":
        return name[0] + dice.choice(_characters()) + (dice.choice(_characters()) if len(name) > 2 else "")
    if kind == "typo":
        return sibling_name(name, dice)
    table = {"variant": _variants(), "homophone": _homophones()}.get(kind, {})
    places = [at for at, character in enumerate(name) if at and table.get(character)]
    if not places:
        return name
    at = dice.choice(places)
    return name[:at] + dice.choice(table[name[at]]) + name[at + 1:]


def sibling_name(name: str, dice: random.Random) -> str:
    """A name with one other given character, as brothers and sisters have it."""
    at = dice.randrange(1, len(name))
    other = dice.choice([character for character in _characters() if character != name[at]])
    return name[:at] + other + name[at + 1:]


def other_birthday(day: str, dice: random.Random) -> str:
    """The day, the month, the year, or a day with one slip of the pen."""
    kind = dice.choices(("day", "month", "year", "nominal", "slip"), (50, 8, 34, 3, 5))[0]
    if kind == "nominal":
        return str(int(day[:4]) - 1)
    if kind == "slip":
        of_month = int(day[8:])
        slipped = of_month + (10 if of_month <= 18 else -10)
        return str(date.fromisoformat(f"{day[:8]}{max(slipped, 1):02d}"))
    return {"day": day, "month": day[:7], "year": day[:4]}[kind]


def other_address(address: str, dice: random.Random) -> str:
    """The address whole, shorter, with a group of the village, with Chinese numerals, up to the village, or an old one."""
    county, rest = address.split("县", 1)
    at = max(rest.find("镇"), rest.find("乡")) + 1
    town, village = rest[:at], rest[at:]
    place, _, door = village.rpartition("村")
    return dice.choice((
        address, f"{town}{village}", village, f"{place}村{dice.randint(1, 9)}组{door}",
        f"{place}村{_spoken(int(door.rstrip('号')))}号", f"{county}县{town}{place}村",
        f"{town}{place}村{dice.randint(1, 390)}号" if dice.random() < 0.4 else address,
    ))


def stranger_phone(dice: random.Random) -> str:
    """A phone that no resident of the sample has."""
    return f"155{dice.randrange(10**8):08d}"


def _spoken(number: int) -> str:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{_NUMERALS[hundreds]}百" if hundreds else ""
    if tens:
        text += f"{_NUMERALS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_NUMERALS[ones] if ones else "")


@cache
def _traditional() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


@cache
def _characters() -> tuple[str, ...]:
    return tuple(sorted({name for name in given_names()[0] if len(name) == 1}))


@cache
def _variants() -> dict[str, str]:
    said = yaml.safe_load(files("graph.resolve").joinpath("characters.yaml").read_text(encoding="utf-8"))
    return {one: group.replace(one, "") for group in said["variants"] for one in group}


@cache
def _homophones() -> dict[str, str]:
    from pypinyin import lazy_pinyin

    alike: dict[str, str] = defaultdict(str)
    for character in _characters():
        alike["".join(lazy_pinyin(character))] += character
    return {character: group.replace(character, "") for group in alike.values() for character in group}
