"""The history of a thing: which load, file, sheet and row said each property and edge, and how values changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import duckdb

from graph.address import DEFAULT_ID_KEY
from graph.build.artifact import Build
from graph.errors import NotFound
from graph.home import Home
from graph.ledger import Ledger, LoadRecord
from graph.machine import open_duckdb
from graph.masking import hide_numbers
from graph.model import FORMER_ID, MODEL
from graph.register import TABLES
from graph.saidrows import EXCERPT, Address, Rows, SaidRow

EDGE_LIMIT = 200

_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name", "title", "petitioner", "party", "holder", "head_name", "number", "code"),
    "address": ("live_address", "registered_address", "live_place", "registered_place", "address"),
    "area_code": ("area", "code"), "area_m2": ("size",), "opened_on": ("petitioned_on", "happened_on"),
    "registered_on": ("registered_on", "petitioned_on", "happened_on"), "closed_on": ("closed_on", "resolved_on"),
    "outcome": ("conclusion", "success"), "people_claimed": ("people",), "excerpt": ("text",), "on_date": ("on",),
    "kind": ("kind", "step"), "organ": ("mediating_body",),
    "id_number": ("id_number", "party_id_number", "holder_id_number"),
}
"""Fields of the register that may say a property; a property that is not here is said by the field of its name."""

_NAMES = ("{}", "{}户", "户{}", "协议{}")
"""How the build makes names of what a row says."""

_AS_SHOWN = {("success", "1"): "settled", ("success", "0"): "unsettled"}


@dataclass(frozen=True, slots=True)
class SaidProperty:
    """A property and the rows that say this very value; nobody says a derived one."""

    name: str
    zh: str
    value: Any
    said_by: tuple[Address, ...]

    @property
    def derived(self) -> bool:
        return not self.said_by


@dataclass(frozen=True, slots=True)
class SaidEdge:
    """An edge of the thing and up to five rows that say it; `more` are not named. Without rows it is derived."""

    type: str
    from_id: str
    to_id: str
    properties: Mapping[str, Any]
    said_by: tuple[Address, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Change:
    """Two rows about the same thing say different values: first `before`, then `after` (None: no longer said)."""

    table: str
    key: tuple[str, ...]
    field: str
    before: Any
    after: Any
    said: Address
    then: Address


@dataclass(frozen=True, slots=True)
class History:
    """All that was said about a thing. `in_graph` is false when only replaced loads still name it.

    `former_id` is the id that was asked for, when that person has another id now.
    """

    id: str
    label: str
    build: int
    in_graph: bool
    properties: tuple[SaidProperty, ...]
    edges: tuple[SaidEdge, ...]
    edges_total: int
    rows: tuple[SaidRow, ...]
    changes: tuple[Change, ...]
    former_id: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The history as plain data."""
        return asdict(self)


def history(
    home: Home, ledger: Ledger, build: Build, node_id: str, *, edge_limit: int = EDGE_LIMIT,
    id_key: str = DEFAULT_ID_KEY,
) -> History:
    """The history of a thing as a build has it; raises NotFound when no load ever named it. A former id is followed.

    Rows are those of the loads the build was made from, replaced ones included. Personal values are masked as in the
    graph. At most `edge_limit` edges are listed. `id_key` is that of the build.
    """
    label = MODEL.label_of(node_id)
    if label is None or label not in {n.label for n in MODEL.nodes if n.fact}:
        raise NotFound(node_id)
    asked, node_id = node_id, present_id(build, node_id)
    node = _node(build, label, node_id)
    edges, total = _edges(build, label, node_id, edge_limit) if node else ([], 0)
    rows = Rows(home, _loads_of(build, ledger.loads()), id_key)
    try:
        refs, _ = refs_of(str(node["source"] or "")) if node else ([], 0)
        said = rows.about(label, node_id, refs)
        if node is None and not said:
            raise NotFound(node_id)
        return History(
            node_id, label, build.card.number, node is not None, tuple(_properties(label, node or {}, said)),
            tuple(_edge(rows, edge) for edge in edges), total, tuple(said), tuple(changes(said, ledger.loads())),
            asked if asked != node_id else "",
        )
    finally:
        rows.close()


def refs_of(source: str) -> tuple[list[str], int]:
    """(row addresses, how many more there are) of a `source` text."""
    words = source.split()
    more = [int(word[1:]) for word in words if word.startswith("+")]
    return [word for word in words if not word.startswith("+")], sum(more)


def present_id(build: Build, node_id: str) -> str:
    """The id that the person with this id has in a build: the same, unless it is a former one."""
    former = build.node_file(FORMER_ID)
    if MODEL.label_of(node_id) != "Resident" or not former.exists() or _node(build, "Resident", node_id):
        return node_id
    found = _node(build, FORMER_ID.label, f"{FORMER_ID.prefix}:{node_id}")
    return str(found["now"]) if found else node_id


def _loads_of(build: Build, loads: Sequence[LoadRecord]) -> list[LoadRecord]:
    """The loads a build was made from, replaced only by one another."""
    inputs = set(build.card.inputs)
    return [
        replace(x, replaced={table: by for table, by in x.replaced.items() if by in inputs})
        for x in loads if x.load_id in inputs
    ]


def _node(build: Build, label: str, node_id: str) -> dict[str, Any] | None:
    with open_duckdb() as con:
        rows = _dicts(con, "SELECT * FROM read_parquet($path) WHERE id = $id", {
            "path": str(build.node_file(MODEL.node(label))), "id": node_id,
        })
    return rows[0] if rows else None


def _edges(build: Build, label: str, node_id: str, limit: int) -> tuple[list[dict[str, Any]], int]:
    found: list[dict[str, Any]] = []
    total = 0
    with open_duckdb() as con:
        for kind, start, end in MODEL.relations():
            ends = [name for name, at in (("from_id", start), ("to_id", end)) if at == label]
            if ends:
                where = " OR ".join(f"{name} = $id" for name in ends)
                given = {"path": str(build.edge_file(kind, start, end)), "id": node_id}
                query = f"FROM read_parquet($path) WHERE {where}"
                total += con.execute(f"SELECT count(*) {query}", given).fetchall()[0][0]
                some = f"SELECT * {query} ORDER BY from_id, to_id, id LIMIT {limit - len(found)}"
                found += [{"type": kind.name, **row} for row in _dicts(con, some, given)]
    return found, total


def _dicts(con: duckdb.DuckDBPyConnection, query: str, given: Mapping[str, str]) -> list[dict[str, Any]]:
    answer = con.execute(query, given)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _edge(rows: Rows, edge: Mapping[str, Any]) -> SaidEdge:
    refs, more = refs_of(str(edge["source"] or ""))
    told = {
        k: hide_numbers(v) if isinstance(v, str) else v
        for k, v in edge.items() if k not in ("type", "from_id", "to_id", "id", "source") and v is not None
    }
    return SaidEdge(edge["type"], edge["from_id"], edge["to_id"], told, _addresses(rows, refs), more)


def _addresses(rows: Rows, refs: Iterable[str]) -> tuple[Address, ...]:
    return tuple(address for ref in refs if (address := rows.address(ref)) is not None)


def _properties(label: str, node: Mapping[str, Any], rows: Sequence[SaidRow]) -> list[SaidProperty]:
    told = []
    for prop in MODEL.node(label).own:
        value = node.get(prop.name)
        if value is not None:
            saying = [row.address for row in rows if row.counts and _says(row, prop.name, value)]
            told.append(SaidProperty(prop.name, prop.zh, hide_numbers(value) if isinstance(value, str) else value, tuple(saying)))
    return told


def _says(row: SaidRow, prop: str, value: Any) -> bool:
    fields = _FIELDS.get(prop, (prop,))
    if prop == "bounds":
        return any(str(row.values[side]) in str(value) for side in ("east", "south", "west", "north") if side in row.values)
    wanted = hide_numbers(str(value))[:EXCERPT]
    said = {field: row.values[field] for field in fields if field in row.values}
    if prop == "name":
        wider = {form.format(v) for v in said.values() for form in _NAMES}
        return wanted in wider
    return any(v == value or str(_AS_SHOWN.get((field, str(v)), v)) == wanted for field, v in said.items())


def changes(rows: Sequence[SaidRow], loads: Sequence[LoadRecord]) -> list[Change]:
    """How the values of each table row changed from row to row. A complete delivery also ends what it leaves out."""
    replaces = {x.load_id: set(x.replaces) for x in loads}
    last: dict[tuple[str, tuple[str, ...], str], tuple[Any, Address]] = {}
    found = []
    for row in rows:
        for field in (f for f in TABLES[row.table].fields if f.name != "provider"):
            at = (row.table, row.key, field.name)
            value = row.values.get(field.name)
            before = last.get(at)
            ended = before is not None and (before[1].load_id, row.table) in replaces.get(row.address.load_id, ())
            if before is not None and before[0] != value and (value is not None or ended):
                found.append(Change(row.table, row.key, field.name, before[0], value, before[1], row.address))
            if value is not None:
                last[at] = (value, row.address)
            elif ended:
                del last[at]
    return found
