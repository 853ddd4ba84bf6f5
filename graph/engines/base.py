"""What an engine must do, whichever it is: answer checked text, take a build, give it back to be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa

from cypher.dialects import Dialect
from graph.build.artifact import Build
from graph.schema import EdgeType, NodeType

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, done so far, total); total 0 means unknown."""


def silent(_what: str, _done: int, _total: int) -> None:
    """The progress that nobody watches."""


class EngineError(Exception):
    """An engine refused or failed; the text says what to do and holds no data of persons."""


class EngineDown(EngineError):
    """The engine cannot be reached or opened."""


class NothingPublished(EngineError):
    """The engine holds no finished build yet."""


class QuestionTimeout(EngineError):
    """A question ran longer than it may."""


@dataclass(frozen=True, slots=True)
class BuildMark:
    """Which build an engine holds. `complete` is false while a build is being applied (Neo4j only)."""

    number: int
    graph_hash: str
    full_hash: str
    complete: bool = True


Shortcut = Callable[[Mapping[str, Any], int], list[dict[str, Any]]]
"""Called with (parameters, at most so many rows); gives the rows that the question's text would give first."""


class Reader(Protocol):
    """An open, read-only view of one engine."""

    dialect: Dialect

    def mark(self) -> BuildMark:
        """The build that is being read; raises NothingPublished."""
        ...

    def run(
        self, text: str, params: Mapping[str, Any], *, timeout: float, wide: bool = True
    ) -> list[dict[str, Any]]:
        """Rows of compiled text as plain Python values; raises QuestionTimeout, EngineDown, EngineError.

        `wide` says that the text reads whole tables, so that it pays to spread it over cores.
        """
        ...

    def shortcut(self, question: str) -> Shortcut | None:
        """How this engine answers a question without its text, from a structure that belongs to the build."""
        ...

    def nodes(self, node: NodeType) -> Iterator[pa.RecordBatch]:
        """All nodes of a type, columns as in the build's Parquet, any order."""
        ...

    def edges(self, edge: EdgeType, start: str, end: str) -> Iterator[pa.RecordBatch]:
        """All edges between two labels, columns as in the build's Parquet, any order."""
        ...

    def close(self) -> None: ...


class Target(Protocol):
    """An engine that builds are published to."""

    def publish(self, build: Build, *, held: Build | None, progress: Progress = silent) -> None:
        """Make the engine hold exactly `build`. `held` is the build it holds now, when its files are still there.

        May be called again after a kill at any instant and then finishes the work.
        """
        ...
