"""What a store gives of one thing, and what it asks of the data directory behind the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from graph.checks import CheckBook
from graph.history import History
from graph.identities import Records
from graph.unresolved import Unresolved


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing in the graph: its label and all its properties. `former_id` is the id asked for when that was an older one."""

    id: str
    label: str
    properties: dict[str, Any]
    former_id: str = ""

    @property
    def note(self) -> str:
        """What to tell who asked by a former id, '' otherwise."""
        return f"标识 {self.former_id} 已并入 {self.id}。 / {self.former_id} is now {self.id}." if self.former_id else ""


class Archive(Records, Protocol):
    """The data directory behind a build, for what an engine cannot tell. All raise NothingPublished when the build is gone."""

    def checks(self) -> CheckBook:
        """The answers that were kept."""
        ...

    def history(self, number: int, node_id: str) -> History:
        """The history of a thing as the build with this number has it."""
        ...

    def unresolved(self, number: int, kind: str, limit: int) -> Unresolved:
        """What that build leaves unresolved, of a kind ('' for all), at most so many."""
        ...
