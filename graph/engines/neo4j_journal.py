"""What a Neo4j database says about itself: the one mark node, read and replaced only from one revision to the next.

    complete   the database holds `target` exactly
    wiping     it is being emptied; nothing in it counts
    filling    it was empty; the stages before `stage`, and `done` rows of that stage, are in
    applying   it held one of `between`; so far is the change to `target` made

A batch and the mark that counts it are one transaction, so a batch is written once however often work is resumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from graph.build.artifact import Build
from graph.engines.base import BuildMark


class State(StrEnum):
    """How far a publication has come, as explained above."""

    COMPLETE = "complete"
    WIPING = "wiping"
    FILLING = "filling"
    APPLYING = "applying"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which build is meant, whatever folder it is in."""

    number: int
    graph_hash: str
    full_hash: str

    @classmethod
    def of(cls, build: Build) -> Stamp:
        return cls(build.card.number, build.card.graph_hash, build.card.full_hash)

    @classmethod
    def parse(cls, text: str) -> Stamp:
        number, graph_hash, full_hash = text.split(" ")
        return cls(int(number), graph_hash, full_hash)

    def __str__(self) -> str:
        return f"{self.number} {self.graph_hash} {self.full_hash}"


MARK_NAMES = (
    "id", "state", "number", "graph_hash", "full_hash", "between", "tables", "stage", "done", "revision",
)


@dataclass(frozen=True, slots=True)
class Journal:
    """The mark node as a record. `tables` are the names of the tables it was filled from, by whatever model."""

    state: State
    target: Stamp
    tables: tuple[str, ...]
    between: tuple[Stamp, ...] = ()
    stage: str = ""
    done: int = 0
    revision: int = 0

    @classmethod
    def parse(cls, row: dict[str, Any]) -> Journal:
        return cls(
            State(row["state"]), Stamp(row["number"], row["graph_hash"], row["full_hash"]),
            tuple(row["tables"]), tuple(Stamp.parse(text) for text in row["between"]),
            row["stage"], row["done"], row["revision"],
        )

    def properties(self) -> dict[str, Any]:
        """The properties of the mark node, all of `MARK_NAMES`."""
        return {
            "id": "build", "state": self.state.value, "number": self.target.number,
            "graph_hash": self.target.graph_hash, "full_hash": self.target.full_hash,
            "between": [str(stamp) for stamp in self.between], "tables": list(self.tables),
            "stage": self.stage, "done": self.done, "revision": self.revision,
        }

    @property
    def possible(self) -> tuple[Stamp, ...]:
        """The builds of which a row may be in the database, while it is complete or applying."""
        return (*self.between, self.target)

    def mark(self) -> BuildMark:
        target = self.target
        return BuildMark(target.number, target.graph_hash, target.full_hash, self.state is State.COMPLETE)
