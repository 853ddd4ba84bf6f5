"""The meaning: model, register, build, engines, store.

>>> import graph
>>> with graph.open("data") as store:                       # or "neo4j://127.0.0.1:7687"
...     answer = store.ask("repeat_petitioners", min_count=3)
>>> answer.to_pandas()
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.store import Store


def open(where: str | Path, **options: Any) -> Store:
    """A store over a data directory or a Neo4j address; see `graph.opening.open_store` for the options."""
    from graph.opening import open_store

    return open_store(where, **options)
