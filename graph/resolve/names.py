"""Normal forms of a person's name: what two ways of writing it must share to be compared.

Written characters stay what they are in the graph; these forms are keys only. Traditional characters become simplified
ones (OpenCC), a pronunciation is read with the surname's own reading, and variant characters (异体字), which may be
different names, get a weaker key of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from graph.text import fold

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
_HIDDEN = re.compile(r"[*＊×xX某]+\Z|(先生|女士|同志|某某|小姐|老师)\Z")
_NOBODY = re.compile(r"匿名|未具名|无名|[*＊×某]")


@dataclass(frozen=True, slots=True)
class NameForms:
    """The keys of one name. `masked` is a surname whose given name is hidden (张某, 张*, 张先生); it has no pinyin."""

    name: str
    key: str
    variant: str
    pinyin: str | None
    surname: str
    masked: bool


@dataclass(frozen=True, slots=True)
class Characters:
    """The tables that are read character by character; `readings` and `simple` fill as characters are met."""

    variants: dict[str, str]
    surnames: dict[str, str]
    compounds: dict[str, str]
    simple: dict[str, str]
    readings: dict[str, str]
    converter: Any
    read: Any


@cache
def _characters() -> Characters:
    from opencc import OpenCC
    from pypinyin import lazy_pinyin

    said = yaml.safe_load(files("graph.resolve").joinpath("characters.yaml").read_text(encoding="utf-8"))
    converter = OpenCC("t2s")
    variants = {converter.convert(other): converter.convert(group[0]) for group in said["variants"] for other in group}
    return Characters(variants, said["surnames"], said["compound_surnames"], {}, {}, converter, lazy_pinyin)


def forms_of(name: str) -> NameForms | None:
    """The forms of a name; None when it names nobody (匿名, ***)."""
    text = fold(name).replace(" ", "").replace("·", "") if _HAN.search(name) else fold(name).casefold()
    hidden = _HIDDEN.search(text)
    if not text or (hidden and not hidden.start()):
        return None
    shown = text[: hidden.start()] if hidden and _HAN.search(text) else text
    if _NOBODY.search(shown):
        return None
    key = "".join(map(_simple, shown))
    compound = next((c for c in _characters().compounds if key.startswith(c) and (len(key) > 2 or shown != text)), "")
    surname = compound or key[:1]
    if shown != text or len(key) < 2:
        return NameForms(name, key, key, None, surname, True)
    variant = "".join(_characters().variants.get(character, character) for character in key)
    return NameForms(name, key, variant, _pinyin(variant, compound), surname, False)


def all_forms(names: Iterable[str]) -> list[NameForms]:
    """The forms of every name that names somebody."""
    return [forms for forms in map(forms_of, names) if forms]


def _simple(character: str) -> str:
    known = _characters().simple
    if character not in known:
        known[character] = _characters().converter.convert(character)
    return known[character]


def _pinyin(key: str, compound: str) -> str:
    tables = _characters()
    if compound:
        return " ".join([tables.compounds[compound], *map(_reading, key[len(compound):])])
    return " ".join([tables.surnames.get(key[0]) or _reading(key[0]), *map(_reading, key[1:])])


def _reading(character: str) -> str:
    known = _characters().readings
    if character not in known:
        known[character] = "".join(_characters().read(character))
    return known[character]
