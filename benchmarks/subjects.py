"""What the questions are asked about: things drawn from a build, the same ones for the same seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import duckdb

from graph.build.artifact import Build

Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Series:
    """One row of the table: a question, what it is asked about, and the parameters of every single asking."""

    question: str
    about: str
    asked: list[Params]


def series(build: Build, rounds: int, seed: int) -> list[Series]:
    """Every listed question with parameters drawn from a build: one thing, a town, the county, a pair."""
    draw = _Draw(build, rounds, random.Random(seed))
    one = "一件事物 one id"
    return [
        *(Series(name, one, [{"id": i} for i in draw.ids(label)]) for name, label in _SUMMARIES.items()),
        Series("linked_disputes", one, [{"case_id": i} for i in draw.ids("Case")]),
        Series("disputes_on_parcel", one, [{"parcel_id": i} for i in draw.ids("Parcel")]),
        Series("agreements_of", one, [{"party_id": i} for i in draw.ids("Household")]),
        Series("prior_disputes", "两方 two parties", [{"parties": list(pair)} for pair in draw.opponents()]),
        Series("responsibility_chain", one, [{"case_id": i} for i in draw.ids("Case")]),
        Series("responsible_on", one, [{"case_id": i, "on": day} for i, day in draw.case_days()]),
        Series("neighbours", one, [{"id": i} for i in draw.ids("Resident", "Case")]),
        Series("paths", "两名当事人 two parties", [{"from_id": a, "to_id": b} for a, b in draw.pairs(draw.parties())]),
        Series("paths", "两名居民 two residents", [{"from_id": a, "to_id": b} for a, b in draw.pairs(draw.ids("Resident"))]),
        Series("search", "姓名 a name", [{"text": name} for name in draw.names()]),
        *(
            Series(name, about, [{"area": area} for area in areas])
            for name in ("repeat_petitioners", "repeat_households", "timeliness", "dispute_clusters")
            for about, areas in (("乡镇 a town", draw.towns()), ("全县 the county", [""] * 5))
        ),
    ]


_SUMMARIES = {
    "person": "Resident", "household": "Household", "case": "Case", "parcel": "Parcel", "official": "Official",
    "organ": "Organ", "area": "Area",
}


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
