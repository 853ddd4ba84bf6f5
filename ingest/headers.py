"""Header cells as they are written, folded for comparison, with the unit they carry."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.text import fold

UNITS: dict[str, str] = {
    "亩": "mu", "平方米": "m2", "m2": "m2", "公顷": "ha",
    "元": "yuan", "万元": "wan", "亿元": "yi",
    "人": "", "户": "", "件": "", "个": "", "天": "", "日": "", "岁": "",
}
"""Units a header may carry in brackets or after a stroke; '' marks a unit that changes no value."""

YUAN_PER_UNIT = {"yuan": 1.0, "wan": 1e4, "yi": 1e8}
_UNIT = re.compile(r"(.+?)(?:\((?:单位)?[::]?([^()]+)\)|/([^/()]+))\Z")


@dataclass(frozen=True, slots=True)
class Header:
    """One header cell: the text of the file, its folded name without unit, and the unit ('' if none)."""

    text: str
    name: str
    unit: str = ""


def read_header(text: str) -> Header:
    """`面积（亩）` is `面积` in mu; `门（楼）` is no unit and stays part of the name."""
    folded = fold(text).replace(" ", "").strip("*:")
    match = _UNIT.match(folded)
    unit = (match[2] or match[3]) if match else ""
    if match and unit in UNITS:
        return Header(text, match[1].strip("*"), UNITS[unit])
    return Header(text, folded)
