"""What the questions are asked about: things drawn from a build, the same ones for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import duckdb

from cypher.library import Question
from cypher.library import load as load_library
from graph.build.artifact import Build

Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Series:
    """One row of the table: a question, what it is asked about, and the parameters of every single asking."""

    question: str
    about: str
    asked: list[Params]


def series(build: Build, rounds: int, seed: int) -> list[Series]:
    """Every listed question with parameters drawn from a build: one thing, a pair, or a town and the county."""
    draw = _Draw(build, rounds, random.Random(seed))
    return [one for question in load_library().listed for one in _series(draw, question)]


_ONE, _TWO, _TOWN, _COUNTY = "一件事物 one id", "两方 two parties", "乡镇 a town", "全县 the county"


def _series(draw: _Draw, question: Question) -> list[Series]:
    name = question.name
    if name == "paths":
        drawn = {"两名当事人 two parties": draw.parties(), "两名居民 two residents": draw.ids("Resident")}
        return [Series(name, about, [{"from_id": a, "to_id": b} for a, b in draw.pairs(ids)]) for about, ids in drawn.items()]
    if name in _ASKED:
        about, asked = _ASKED[name]
        return [Series(name, about, asked(draw))]
    needed = [param for param in question.params if param.required]
    if needed:
        columns = [draw.ids(*param.of) for param in needed]
        return [Series(name, _ONE, [dict(zip([p.name for p in needed], row, strict=True)) for row in zip(*columns, strict=True)])]
    if any(param.name == "area" for param in question.params):
        areas = {_TOWN: draw.towns(), _COUNTY: [""] * 5}
        return [Series(name, about, [{"area": area} for area in asked]) for about, asked in areas.items()]
    return [Series(name, _COUNTY, [{}] * 5)]


_ASKED: dict[str, tuple[str, Callable[[_Draw], list[Params]]]] = {
    "prior_disputes": (_TWO, lambda draw: [{"parties": list(pair)} for pair in draw.opponents()]),
    "responsible_on": (_ONE, lambda draw: [{"case_id": i, "on": day} for i, day in draw.case_days()]),
    "neighbours": (_ONE, lambda draw: [{"id": i} for i in draw.ids("Resident", "Case")]),
    "search": ("姓名 a name", lambda draw: [{"text": name} for name in draw.names()]),
    "common_connections": (_TWO, lambda draw: [{"a": a, "b": b} for a, b in draw.opponents()]),
    "timeline": (_ONE, lambda draw: [{"id": i} for i in draw.ids("Case")]),
    "agreements_of": (_ONE, lambda draw: [{"party_id": i} for i in draw.parties()]),
    "mediator_neutrality": ("调解员与两方 a mediator, two parties", lambda draw: [
        {"mediator_id": m, "parties": list(pair)} for m, pair in zip(draw.ids("Official"), draw.opponents(), strict=False)]),
}
"""Questions of which the parameters must fit together: what they are asked about, and how that is drawn."""


class _Draw:
    """Draws from the Parquet of a build; as many as `rounds`, with repetition where there are too few."""

    def __init__(self, build: Build, rounds: int, dice: random.Random) -> None:
        self._build = build
        self._rounds = rounds
        self._dice = dice

    def _rows(self, table: str, what: str, where: str = "true") -> list[tuple[Any, ...]]:
        folder = "edges" if "." in table else "nodes"
        path = str(self._build.path / folder / f"{table}.parquet").replace("'", "''")
        found = duckdb.sql(f"SELECT DISTINCT {what} FROM read_parquet('{path}') WHERE {where} ORDER BY ALL").fetchall()
        return self._dice.choices(found, k=self._rounds)

    def ids(self, *labels: str) -> list[str]:
        drawn = [i for label in labels for (i,) in self._rows(label, "id")]
        return drawn if len(labels) == 1 else self._dice.sample(drawn, self._rounds)

    def parties(self) -> list[str]:
        return [i for (i,) in self._rows("PARTY_TO.Resident.Case", "from_id")]

    def pairs(self, ids: list[str]) -> list[tuple[str, str]]:
        return list(zip(ids, self._dice.sample(ids, len(ids)), strict=True))

    def opponents(self) -> list[tuple[str, str]]:
        """Two people of one case, as a mediator asks about them; where a case has one, somebody of another."""
        rows = self._rows("PARTY_TO.Resident.Case", "min(from_id) OVER (PARTITION BY to_id), from_id")
        spare = self.parties()
        return [(a, b) if a != b else (a, other) for (a, b), other in zip(rows, spare, strict=True) if b != other]

    def case_days(self) -> list[tuple[str, str]]:
        return self._rows("Case", "id, opened_on[:10]", "length(opened_on) >= 10")

    def names(self) -> list[str]:
        return [name for (name,) in self._rows("Resident", "name", "name <> ''")]

    def towns(self) -> list[str]:
        return [code for (code,) in self._rows("Area", "code", "level = 'township'")]
