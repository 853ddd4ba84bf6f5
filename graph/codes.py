"""Code tables as data (`codes.yaml`): a code, a label or `code label` in, the canonical value out."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from graph.text import fold

_FILE = "codes.yaml"


class UnknownCode(ValueError):
    """A value that the table does not know; the raw value is kept by the caller and reported."""


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    raw = yaml.safe_load(files("graph").joinpath(_FILE).read_text(encoding="utf-8"))
    return {table: {str(k): [str(v) for v in labels] for k, labels in rows.items()} for table, rows in raw.items()}


@cache
def _accepted(table: str) -> dict[str, str]:
    accepted: dict[str, str] = {}
    for canonical, labels in _tables()[table].items():
        for text in (canonical, *labels):
            accepted.setdefault(fold(text), canonical)
    return accepted


def tables() -> tuple[str, ...]:
    """The names of all code tables."""
    return tuple(_tables())


def known(table: str) -> tuple[str, ...]:
    """The canonical values of a table, in its order."""
    return tuple(_tables()[table])


def canonical(table: str, text: str) -> str:
    """The canonical value for a code, a label, or `code label` (`10 配偶`); raises UnknownCode."""
    accepted = _accepted(table)
    folded = fold(text)
    for candidate in (folded, *folded.split(maxsplit=1)[:1], folded.zfill(2), folded.strip("()")):
        if candidate in accepted:
            return accepted[candidate]
    raise UnknownCode(table)


def spellings(table: str, value: str) -> tuple[str, ...]:
    """The labels that stand for a canonical value."""
    return tuple(_tables()[table][value])


def label(table: str, value: str) -> str:
    """What a person reads for a canonical value; a value the table does not know reads as itself."""
    labels = _tables()[table].get(value)
    return labels[0] if labels else value
