"""The same value written in the many ways of departments, and values broken beyond repair.

Whatever way of writing is tried, it is kept only when the loader's own rule reads the same value from it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from functools import cache

from graph.codes import canonical, spellings
from graph.register import Field, FieldKind
from graph.values import EMPTY, M2_PER_UNIT, BadValue, clean

_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_NOTHING = ("-", "/", "无", "—", "　")
_UNIT_NAMES = {"mu": "亩", "m2": "平方米", "ha": "公顷"}


def vary(field: Field, text: str, dice: random.Random) -> str:
    """Another way to write what `text` says; the text itself where the way chosen would say something else."""
    if not text:
        return dice.choice(_NOTHING) if dice.random() < 0.05 else text
    ways = _WAYS.get(field.kind, (_spaced,))
    written = dice.choice(ways)(field, text, dice)
    return written if _same(field, written, text) else text


def _same(field: Field, written: str, text: str) -> bool:
    try:
        return clean(field, written) == clean(field, text)
    except BadValue:
        return False


def _spaced(_field: Field, text: str, dice: random.Random) -> str:
    return dice.choice(("", " ", "　")) + text + dice.choice((" ", "  ", "　", "\u00a0"))


def _wide(_field: Field, text: str, _dice: random.Random) -> str:
    return text.translate(_WIDE)


def _spread(_field: Field, text: str, _dice: random.Random) -> str:
    return f"{text[0]}　{text[1:]}"


def _floated(_field: Field, text: str, _dice: random.Random) -> str:
    return f"{text}.0"


def _old_id(_field: Field, text: str, _dice: random.Random) -> str:
    return text[:6] + text[8:17]


def _quoted(_field: Field, text: str, _dice: random.Random) -> str:
    return f"'{text}"


def _phone(_field: Field, text: str, dice: random.Random) -> str:
    return dice.choice((f"+86{text}", f"{text[:3]}-{text[3:7]}-{text[7:]}", f"{text[:3]} {text[3:7]} {text[7:]}"))


def _date(_field: Field, text: str, dice: random.Random) -> str:
    year, month, day = text[:4], text[5:7], text[8:10]
    if len(text) != 10:
        return text
    return dice.choice((
        f"{year}/{int(month)}/{int(day)}", f"{year}{month}{day}", f"{year}年{int(month)}月{int(day)}日",
        f"{year}.{int(month)}.{int(day)}", f"{text} 00:00:00", serial(text),
    ))


def serial(iso: str) -> str:
    """A day as Excel counts it."""
    return str((date.fromisoformat(iso) - date(1899, 12, 30)).days)


def _code(field: Field, text: str, dice: random.Random) -> str:
    return dice.choice(_accepted(field.codes, canonical(field.codes, text)))


@cache
def _accepted(table: str, value: str) -> tuple[str, ...]:
    labels = spellings(table, value)
    numbered = (value, *(f"{value} {label}" for label in labels)) if value.isdecimal() else ()
    return tuple(text for text in (*numbered, *labels) if text not in EMPTY)


def _counted(_field: Field, text: str, dice: random.Random) -> str:
    return dice.choice((f"{text}人", f"{text}.0")) if text.isdecimal() else text


def _money(_field: Field, text: str, dice: random.Random) -> str:
    return dice.choice((f"{float(text):,.2f}", f"{text}元"))


_Way = Callable[[Field, str, random.Random], str]
_WAYS: dict[FieldKind, tuple[_Way, ...]] = {
    FieldKind.NAME: (_spaced, _spread),
    FieldKind.KEY: (_spaced, _wide, _floated),
    FieldKind.AREA: (_spaced, _wide, _floated),
    FieldKind.ID_NUMBER: (_spaced, _wide, _old_id, _quoted),
    FieldKind.PHONE: (_spaced, _wide, _phone),
    FieldKind.DATE: (_date, _date, _date, _spaced, _wide),
    FieldKind.CODE: (_code, _code, _spaced),
    FieldKind.INT: (_spaced, _wide, _counted),
    FieldKind.NUMBER: (_money, _spaced),
    FieldKind.SIZE: (_spaced, _wide),
}


def other_unit(size: str, unit: str, dice: random.Random) -> tuple[str, str]:
    """An area in another unit, where the very same number of square metres comes of it."""
    metres = float(size) * M2_PER_UNIT[canonical("area_unit", unit)]
    wanted = dice.choice(tuple(_UNIT_NAMES))
    written = f"{metres / M2_PER_UNIT[wanted]:.10g}"
    return (written, _UNIT_NAMES[wanted]) if float(written) * M2_PER_UNIT[wanted] == metres else (size, unit)


def break_id(number: str, dice: random.Random) -> tuple[str, str]:
    """An id number that went through a spreadsheet, and the rule that must refuse it."""
    digits = number.replace("X", "0")
    broken = dice.choice((f"{float(digits):.5E}", f"{float(digits):.14E}", digits[:15] + "000", number[:17]))
    try:
        clean(Field("id_number", FieldKind.ID_NUMBER), broken)
    except BadValue as refused:
        return broken, refused.rule
    return f"{float(digits):.5E}", "id_number.float"
