"""What a build is made from: the rows that count of the active loads, seen as one view per register table.

A row counts unless its load is withdrawn, or an active newer load replaced that table of it. A correction's row takes
the place of the refused row it mends: it counts as long as the corrected load does, and stands where that row stood.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import duckdb

from graph.build.choices import Choices
from graph.home import Home
from graph.judgements import Judgement, canonical
from graph.ledger import LoadRecord
from graph.register import TABLES, Table
from graph.tokens import define_tokens

RULES = "build@7"
"""The version of the rules in `sql/`. Raise it whenever the same loads would give another graph or list of what is open."""

MENDED = "mended"
"""The file of a correction that lists (part, row) of the rows it mends."""


def inputs_hash(
    loads: Sequence[LoadRecord], judgements: Iterable[Judgement] = (), choices: Choices | None = None,
    links: Iterable[Judgement] = (),
) -> str:
    """One hash for the loads, their order, what they replace and mend, active judgements, the operator's choices and the rules.

    `judgements` are about persons, `links` about cases.

    Equal hash, equal graph. Judgements count by pair and verdict only, so who undoes one is where they were before it.
    """
    judged = [*canonical(judgements), *(f"link {line}" for line in canonical(links))]
    chosen = (choices or Choices()).lines
    return hashlib.sha256("\n".join([RULES, *chosen, *map(_line, loads), *judged]).encode()).hexdigest()


def _line(load: LoadRecord) -> str:
    mends = [f" {load.corrects}:{there}" for _, there in sorted(load.corrected_parts.items())]
    return load.load_id + "".join(f" -{table}" for table in sorted(load.replaced)) + "".join(mends)


def register_views(
    connection: duckdb.DuckDBPyConnection, home: Home, loads: Sequence[LoadRecord], *, id_key: str | None = None
) -> None:
    """Create schema `register` with one view per table over the Parquet files of the loads.

    Beside the table's columns a view has `ref` (`<load id>:<part>:<row>`), `delivery` (the load, of a correction the
    load it mends) and `ord`, which is greater for newer loads and, inside one load, for earlier rows: the row with
    the greatest `ord` wins. A column that is younger than a load is empty in its rows. With `id_key` a column `<name>_token`
    stands beside every id number and phone (`graph.tokens`).
    """
    if id_key is not None:
        define_tokens(connection, id_key)
    connection.execute("CREATE SCHEMA register")
    for table in TABLES.values():
        hashed = [field.name for field in table.fields if id_key is not None and field.has_token]
        tokens = "".join(f', token_of("{field}") AS "{field}_token"' for field in hashed)
        connection.execute(f'CREATE VIEW register."{table.name}" AS SELECT *{tokens} FROM ({_select(home, table, loads)})')


def _select(home: Home, table: Table, loads: Sequence[LoadRecord]) -> str:
    branches = []
    for load in loads:
        if not load.corrects and table.name not in load.replaced:
            branches.append(_branch(home, table, load, load, ()))
            mends = [one for one in loads if one.corrects == load.load_id]
            branches += [_branch(home, table, load, one, mends[at + 1:]) for at, one in enumerate(mends)]
    return " UNION ALL ".join(filter(None, branches)) or (
        f"SELECT {_nothing(table)}, NULL::VARCHAR AS ref, NULL::VARCHAR AS delivery, 0::BIGINT AS ord WHERE false"
    )


def _nothing(table: Table) -> str:
    """The columns of a table without a row."""
    return ", ".join(f'NULL::{sql_type} AS "{name}"' for name, sql_type in table.columns)


def _branch(home: Home, table: Table, base: LoadRecord, said_by: LoadRecord, later: Sequence[LoadRecord]) -> str:
    """The rows of one load, in the places of `base`, without those that a later correction mends again."""
    path = home.load_dir(said_by.load_id) / f"{table.name}.parquet"
    if not path.exists():
        return ""
    columns = ", ".join(f'"{name}"::{sql_type} AS "{name}"' for name, sql_type in table.columns)
    again = [
        f"({_place(said_by)}, row) NOT IN (SELECT {_place(one)}, row FROM read_parquet({_text(_mended(home, one))}))"
        for one in later
    ]
    return (
        f"SELECT {columns}, {_text(said_by.load_id)} || ':' || part || ':' || row AS ref,"
        f" {_text(base.load_id)} AS delivery,"
        f" ({base.seq}::BIGINT << 44) - ({_place(said_by)}::BIGINT << 32) - row AS ord"
        f" FROM (FROM read_parquet({_text(str(path))}) UNION ALL BY NAME SELECT {_nothing(table)} WHERE false)"
        + (f" WHERE {' AND '.join(again)}" if again else "")
    )


def _place(load: LoadRecord) -> str:
    """SQL of the part that a row belongs to: its own, or of a correction the part that it mends."""
    if not load.corrects:
        return "part"
    return "(CASE part" + "".join(f" WHEN {here} THEN {there}" for here, there in load.corrected_parts.items()) + " END)"


def _mended(home: Home, load: LoadRecord) -> str:
    return str(home.load_dir(load.load_id) / f"{MENDED}.parquet")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
