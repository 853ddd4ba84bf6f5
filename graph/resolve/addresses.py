"""Doors: what an address has in common with a shorter or longer way of writing it, from the village to the door."""

from __future__ import annotations

import re

from graph.text import fold

_NUMERALS = "零一二三四五六七八九"
_NUMERAL = r"[〇零一二三四五六七八九十百]"
_COUNTED = re.compile(rf"({_NUMERAL}+)(?=[号幢栋室户组队单楼座弄层巷])")
_ABOVE = re.compile(r"\A.*(?:省|自治区|市|州|县|(?<![社小])区|旗|镇|乡|街道|办事处)")
_TEAM = re.compile(r"第?\d+(?:村民)?(?:小组|组|队|网格)")
_DOOR = re.compile(r"\d+")


def door_of(address: str) -> str | None:
    """`上塘村#12` for 枫溪县云岭镇上塘村3组12号; None when the address does not reach a door of a named place."""
    text = _COUNTED.sub(lambda found: str(_number(found[1])), fold(address).replace(" ", ""))
    text = _TEAM.sub("", _ABOVE.sub("", text))
    first = _DOOR.search(text)
    place = text[: first.start()].rstrip("第-") if first else ""
    return f"{place}#{'-'.join(_DOOR.findall(text))}" if place else None


def _number(numeral: str) -> int:
    """二十三 is 23, 一百零五 is 105, 一二 is 12."""
    digits = numeral.replace("〇", "零")
    if "十" not in digits and "百" not in digits:
        return int("".join(str(_NUMERALS.index(c)) for c in digits))
    total, last = 0, -1
    for character in digits:
        if character in "十百":
            total += (1 if last < 0 else last) * (10 if character == "十" else 100)
            last = -1
        else:
            last = _NUMERALS.index(character) or -1
    return total + max(last, 0)
