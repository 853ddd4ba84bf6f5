"""A new delivery beside what the same source said before: which things are added, changed, absent, unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from graph.build.inputs import register_views
from graph.home import Home
from graph.ledger import LoadRecord
from graph.machine import open_duckdb
from graph.register import TABLES, Table

MEMORY_LIMIT = "2GB"
_ASIDE = frozenset({"provider"})
"""Who handed a row over is not what the row says."""


@dataclass(frozen=True, slots=True)
class TableChanges:
    """One table of a delivery against the earlier active loads of the same source, in things, told apart by the key.

    `absent` are the things that only the earlier loads name; they are `withdrawn` where the delivery is the complete
    new version of the table, and stay otherwise. `since` are the loads compared with.
    """

    table: str
    since: tuple[str, ...]
    added: int
    changed: int
    absent: int
    unchanged: int
    complete: bool

    @property
    def withdrawn(self) -> int:
        return self.absent if self.complete else 0


def same_source(loads: Iterable[LoadRecord], provider: str, before: int | None = None) -> list[LoadRecord]:
    """The loads, corrections aside, that the same source delivered earlier; without a name, those without a name."""
    return [x for x in loads if not x.corrects and x.provider == provider and (before is None or x.seq < before)]


def replaced_by(home: Home, earlier: Sequence[LoadRecord], tables: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The (load, table) pairs of earlier deliveries that a complete new version of these tables stands in for."""
    brought = set(tables)
    return tuple((x.load_id, table) for x in earlier for table in home.tables_of(x.load_id) if table in brought)


def compare(
    home: Home, active: Sequence[LoadRecord], provider: str, delivery: Path, tables: Iterable[str], scratch: Path, *,
    complete: bool,
) -> tuple[TableChanges, ...]:
    """The changes of every table in the folder `delivery` that an active load of the source brought before.

    Two rows speak of one thing when they have the same key; a row without any key is the same thing only as a whole.
    A delivery that is not complete leaves a value alone where it says nothing; a complete one takes it away.
    """
    earlier = same_source(active, provider)
    known = [*earlier, *(x for x in active if x.corrects in {e.load_id for e in earlier})]
    con = open_duckdb(memory_limit=MEMORY_LIMIT, temp_directory=str(scratch))
    try:
        register_views(con, home, known)
        changes = []
        for name in sorted(tables):
            since = tuple(x.load_id for x in earlier if name in home.tables_of(x.load_id) and name not in x.replaced)
            if since:
                changes.append(_changes(con, TABLES[name], delivery / f"{name}.parquet", since, complete))
    finally:
        con.close()
    return tuple(changes)


def _changes(
    con: duckdb.DuckDBPyConnection, table: Table, file: Path, since: tuple[str, ...], complete: bool
) -> TableChanges:
    fields = [f.name for f in table.fields if f.name not in _ASIDE]
    path = str(file).replace("'", "''")
    new = f"(SELECT *, -(part::BIGINT << 32) - row AS ord FROM read_parquet('{path}'))"
    differs = " OR ".join(
        f'n."{f}" IS DISTINCT FROM o."{f}"' if complete else f'(n."{f}" IS NOT NULL AND n."{f}" IS DISTINCT FROM o."{f}")'
        for f in fields
    )
    added, absent, changed, both = con.execute(
        "SELECT count(*) FILTER (o.thing IS NULL), count(*) FILTER (n.thing IS NULL),"
        f" count(*) FILTER (o.thing IS NOT NULL AND n.thing IS NOT NULL AND ({differs})),"
        " count(*) FILTER (o.thing IS NOT NULL AND n.thing IS NOT NULL)"
        f" FROM ({_things(table, fields, new)}) n FULL JOIN"
        f" ({_things(table, fields, f'register.{_name(table.name)}')}) o ON o.thing = n.thing"
    ).fetchall()[0]
    return TableChanges(table.name, since, added, changed, absent, both - changed, complete)


def _things(table: Table, fields: Sequence[str], relation: str) -> str:
    """One row a thing, with the newest value of every field, as the build takes them."""
    key, whole = _joined(table.key), _joined(fields)
    nothing = " AND ".join(f"{_name(k)} IS NULL" for k in table.key)
    values = ", ".join(f"max_by({_name(f)}, ord) AS {_name(f)}" for f in fields)
    return f"SELECT md5(CASE WHEN {nothing} THEN {whole} ELSE {key} END) AS thing, {values} FROM {relation} GROUP BY 1"


def _joined(columns: Sequence[str]) -> str:
    return "concat_ws(chr(31), " + ", ".join(f"coalesce({_name(c)}::VARCHAR, chr(1))" for c in columns) + ")"


def _name(column: str) -> str:
    return f'"{column}"'
