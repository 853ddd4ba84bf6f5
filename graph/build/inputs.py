"""What a build is made from: the active loads, seen as one view per register table."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import duckdb

from graph.home import Home
from graph.ledger import LoadRecord
from graph.register import TABLES, Table

RULES = "build@2"
"""The version of the rules in `sql/`. Raise it whenever the same loads would give another graph."""


def inputs_hash(loads: Sequence[LoadRecord]) -> str:
    """One hash for the loads, their order and the rules: equal hash, equal graph."""
    lines = [RULES, *(load.load_id for load in loads)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def register_views(connection: duckdb.DuckDBPyConnection, home: Home, loads: Sequence[LoadRecord]) -> None:
    """Create schema `register` with one view per table over the Parquet files of the loads.

    Beside the table's columns a view has `ref` (`<load id>:<part>:<row>`) and `ord`, which is greater for newer
    loads and, inside one load, for earlier rows: the row with the greatest `ord` wins.
    """
    connection.execute("CREATE SCHEMA register")
    for table in TABLES.values():
        connection.execute(f'CREATE VIEW register."{table.name}" AS {_select(home, table, loads)}')


def _select(home: Home, table: Table, loads: Sequence[LoadRecord]) -> str:
    columns = ", ".join(f'"{name}"::{sql_type} AS "{name}"' for name, sql_type in table.columns)
    branches = [
        f"SELECT {columns}, {_text(load.load_id)} || ':' || part || ':' || row AS ref,"
        f" ({load.seq}::BIGINT << 44) - (part::BIGINT << 32) - row AS ord FROM read_parquet({_text(str(path))})"
        for load in loads
        if (path := home.load_dir(load.load_id) / f"{table.name}.parquet").exists()
    ]
    nothing = ", ".join(f'NULL::{sql_type} AS "{name}"' for name, sql_type in table.columns)
    return " UNION ALL ".join(branches) or f"SELECT {nothing}, NULL::VARCHAR AS ref, 0::BIGINT AS ord WHERE false"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
