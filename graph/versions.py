"""Loads as versions of what their sources say: which count, and what of the graph rests on one load alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from graph.build.artifact import Build
from graph.build.inputs import MENDED
from graph.home import Home
from graph.ledger import ACTIVE, WITHDRAWN, Ledger, LedgerError, LoadRecord
from graph.machine import open_duckdb
from graph.model import MODEL

REFUSED = "refused"
"""The file of a load that lists (part, row, column, rule, data) of its refused rows."""

REPLACED, PARTLY_REPLACED, WITHOUT_BASE = "replaced", "partly_replaced", "base_withdrawn"


class NoSuchLoad(LedgerError):
    """No load has this id, or several begin with it."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """The refused rows of a load, total lines and the like aside: how many, how many corrections mended."""

    refused: int
    mended: int

    @property
    def open(self) -> int:
        return self.refused - self.mended


@dataclass(frozen=True, slots=True)
class Support:
    """How many nodes and edges of a build rest on certain loads alone, by type.

    `unsure` counts those of which only the first five source rows are known, all of them from these loads.
    """

    nodes: dict[str, int]
    edges: dict[str, int]
    unsure: int


def find_load(ledger: Ledger, text: str) -> LoadRecord:
    """The load with this id or the only one whose id begins so (four digits at least); raises NoSuchLoad."""
    loads = ledger.loads()
    found = [x for x in loads if x.load_id == text] or [x for x in loads if len(text) >= 4 and x.load_id.startswith(text)]
    if len(found) != 1:
        raise NoSuchLoad(
            "没有这个批次，或不止一个批次以此开头。运行 fengqiao loads 可列出全部。"
            " / No load has this id, or several begin so; fengqiao loads lists them."
        )
    return found[0]


def standing(home: Home, load: LoadRecord, loads: Sequence[LoadRecord]) -> str:
    """active, withdrawn, replaced, partly_replaced, or base_withdrawn (a correction whose load does not count)."""
    if load.state == WITHDRAWN:
        return WITHDRAWN
    if load.corrects:
        base = next((x for x in loads if x.load_id == load.corrects), None)
        found = standing(home, base, loads) if base else WITHDRAWN
        return WITHOUT_BASE if found == WITHDRAWN else found
    left = set(home.tables_of(load.load_id)) - set(load.replaced)
    if load.replaced and not left:
        return REPLACED
    return PARTLY_REPLACED if load.replaced else ACTIVE


def counting(home: Home, loads: Sequence[LoadRecord]) -> list[LoadRecord]:
    """The loads of which at least one table counts."""
    return [x for x in loads if standing(home, x, loads) in (ACTIVE, PARTLY_REPLACED)]


def switch(home: Home, ledger: Ledger, load_id: str, *, withdraw: bool) -> bool:
    """Withdraw a load or bring it back, holding the writer's lock; whether that changed anything."""
    state = WITHDRAWN if withdraw else ACTIVE
    with home.writer():
        found = find_load(ledger, load_id)
        if found.state == state:
            return False
        ledger.set_state(found.load_id, state)
    return True


def restored_by(load: LoadRecord, loads: Sequence[LoadRecord]) -> list[str]:
    """The active loads of which a table counts again once this load is withdrawn."""
    others = {pair for x in loads if x.state == ACTIVE and x.load_id != load.load_id for pair in x.replaces}
    back = {older for older, table in load.replaces if (older, table) not in others} if load.state == ACTIVE else set()
    return [x.load_id for x in loads if x.load_id in back and x.state == ACTIVE]


def mended_by(load: LoadRecord, loads: Iterable[LoadRecord]) -> list[str]:
    """The ids of the corrections of a load."""
    return [x.load_id for x in loads if x.corrects == load.load_id]


def refusals(home: Home, load: LoadRecord, loads: Iterable[LoadRecord], *, also: Path | None = None,
             also_parts: Mapping[int, int] | None = None) -> Refusals:
    """How the refused rows of a load stand, with its active corrections and, if given, one in the folder `also`."""
    file = home.load_dir(load.load_id) / f"{REFUSED}.parquet"
    if not file.exists():
        return Refusals(sum(p.quarantined for p in load.parts), 0)
    mends = [(home.load_dir(x.load_id), x.corrected_parts) for x in loads if x.corrects == load.load_id and x.state == ACTIVE]
    if also is not None:
        mends.append((also, also_parts or {}))
    with open_duckdb() as con:
        con.execute("CREATE TABLE mended (part INTEGER, row BIGINT)")
        for folder, parts in mends:
            for here, there in parts.items():
                con.execute(
                    "INSERT INTO mended SELECT ?, row FROM read_parquet(?) WHERE part = ?",
                    [there, str(folder / f"{MENDED}.parquet"), here],
                )
        refused, mended = con.execute(
            "SELECT count(*), count(*) FILTER ((part, row) IN (SELECT (part, row) FROM mended))"
            " FROM read_parquet(?) WHERE data", [str(file)],
        ).fetchall()[0]
    return Refusals(refused, mended)


def support(build: Build, load_ids: Iterable[str]) -> Support:
    """What of a build only these loads say, by the source rows it names; derived facts follow in the next build."""
    ids = "|".join(load_ids)
    alone = rf"(({ids}):\d+:\d+ ?)+"
    con = open_duckdb()
    try:
        nodes = {n.label: _count(con, str(build.node_file(n)), alone) for n in MODEL.nodes if n.fact}
        edges: dict[str, int] = {}
        for kind, start, end in MODEL.relations():
            number = _count(con, str(build.edge_file(kind, start, end)), alone)
            edges[kind.name] = edges.get(kind.name, 0) + number
        more = [str(build.node_file(n)) for n in MODEL.nodes if n.fact]
        more += [str(build.edge_file(*relation)) for relation in MODEL.relations()]
        unsure = sum(_count(con, path, rf"(({ids}):\d+:\d+ )+\+\d+") for path in more)
    finally:
        con.close()
    return Support({k: n for k, n in nodes.items() if n}, {k: n for k, n in edges.items() if n}, unsure)


def _count(con: duckdb.DuckDBPyConnection, path: str, pattern: str) -> int:
    if not Path(path).exists():  # a build from before the model had this type
        return 0
    query = "SELECT count(*) FROM read_parquet(?) WHERE regexp_full_match(source, ?)"
    return int(con.execute(query, [path, pattern]).fetchall()[0][0])
