"""What we ask of the machine: a DuckDB for our own work, and the names of its refusals when disk or memory run out."""

from __future__ import annotations

from typing import Any

import duckdb

OUT_OF_ROOM: tuple[type[Exception], ...] = (
    duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException, duckdb.FatalException, OSError,
)
"""A full disk shows as any of these: a failed write, a failed commit, or a scratch database that gave up."""


def open_duckdb(database: str = ":memory:", **config: Any) -> duckdb.DuckDBPyConnection:
    """A DuckDB with these settings that prints nothing: its progress bar would stand in the middle of our output."""
    connection = duckdb.connect(database, config=config)
    connection.execute("SET enable_progress_bar = false")
    return connection
