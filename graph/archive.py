"""What a store gives of one thing, and what it asks of the data directory behind the graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from graph.checks import CheckBook
from graph.history import History
from graph.identities import Records
from graph.judgements import JudgementBook
from graph.model import BEGINS
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

    def there_by(self, as_of: str) -> bool:
        """Whether the thing was known by a day ('' for any): a case by its registration, a step or an agreement by its day."""
        days = [self.properties[name] for name in BEGINS.get(self.label, ()) if self.properties[name] is not None]
        return not as_of or not days or str(days[0])[:10] <= as_of

    def notes(self, as_of: str = "") -> Iterator[str]:
        """What to tell who asked: by a former id, or about a day before the thing was known."""
        if self.note:
            yield self.note
        if not self.there_by(as_of):
            yield f"截至 {as_of}，{self.id} 还没有记录。 / {self.id} was not known by {as_of}."


class Archive(Records, Protocol):
    """The data directory behind a build, for what an engine cannot tell. All raise NothingPublished when the build is gone."""

    def checks(self) -> CheckBook:
        """The answers that were kept."""
        ...

    def history(self, number: int, node_id: str) -> History:
        """The history of a thing as the build with this number has it."""
        ...

    def link_book(self) -> JudgementBook:
        """What people judged about links of two cases."""
        ...

    def beside(self, number: int, name: str) -> list[dict[str, Any]]:
        """A list that stands beside that build (`Question.beside`), which nobody changes; when it is empty a part that takes
        it has no rows."""
        ...

    def unresolved(self, number: int, kind: str, limit: int) -> Unresolved:
        """What that build leaves unresolved, of a kind ('' for all), at most so many."""
        ...
