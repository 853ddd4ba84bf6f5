"""The machine's own refusals: what DuckDB and the operating system raise when disk or memory run out."""

from __future__ import annotations

import duckdb

OUT_OF_ROOM: tuple[type[Exception], ...] = (
    duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException, duckdb.FatalException, OSError,
)
"""A full disk shows as any of these: a failed write, a failed commit, or a scratch database that gave up."""
