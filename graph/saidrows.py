"""The source rows behind a thing: found in the loads, with what they say as a person may see it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from graph.address import DEFAULT_ID_KEY
from graph.home import Home
from graph.ledger import LoadRecord
from graph.machine import open_duckdb
from graph.masking import hide_numbers
from graph.register import TABLES, Field, FieldKind, Table
from graph.tokens import define_tokens
from graph.values import mask_id_number, mask_phone

EXCERPT = 200
"""A longer text is cut, as the graph cuts it."""

_KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "Household": (("households", "household_no"), ("residents", "household_no")),
    "Case": (("petitions", "number"), ("disputes", "number")), "Parcel": (("parcels", "code"),),
    "Organ": (("organs", "code"),), "Area": (("areas", "code"), ("grids", "code")),
    "Official": (("officials", "code"),), "Agreement": (("agreements", "number"),),
}
_NUMBERS = (
    ("residents", "id_number"), ("petitions", "id_number"), ("parties", "id_number"), ("disputes", "party_id_number"),
    ("parcels", "holder_id_number"),
)
"""Where the id number of a person stands."""
_HASHED = re.compile(r"x[0-9a-f]{16}\Z")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a row stands. `ref` is `<load id>:<part>:<row>`; a corrected row has the place it was refused from."""

    ref: str
    load_id: str
    loaded_at: str
    provider: str
    file: str
    sheet: str
    row: int
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One source row about a thing: `values` are the filled fields, id numbers and phones masked.

    `counts` is false where a newer delivery replaced the row, or a later correction mends it. `order` grows as rows
    win over others.
    """

    address: Address
    table: str
    key: tuple[str, ...]
    values: Mapping[str, Any]
    counts: bool
    order: tuple[int, int, int, int]


class Rows:
    """Finds rows in the Parquet files of some loads; `id_key` is that of the build which made the ids of persons."""

    def __init__(self, home: Home, loads: Sequence[LoadRecord], id_key: str = DEFAULT_ID_KEY) -> None:
        self._home = home
        self._loads = {load.load_id: load for load in loads}
        self._con = open_duckdb()
        define_tokens(self._con, id_key)
        self._con.execute(files("graph.build").joinpath("sql", "01_names.sql").read_text(encoding="utf-8"))

    def close(self) -> None:
        self._con.close()

    def address(self, ref: str) -> Address | None:
        """Where a row address points; None when its load is not among the loads."""
        load_id, part, row = ref.split(":")
        load = self._loads.get(load_id)
        place = next((p for p in load.parts if p.part == int(part)), None) if load else None
        if load is None or place is None:
            return None
        return Address(ref, load_id, load.loaded_at, load.provider, place.file, place.sheet, int(row), load.corrects)

    def about(self, label: str, node_id: str, refs: Iterable[str]) -> list[SaidRow]:
        """Every row that names the thing by its key, and the rows at these addresses; oldest word first."""
        found: dict[tuple[str, str], SaidRow] = {}
        places = self._places(refs)
        number = self._number(node_id, places) if label == "Resident" else ""
        for load in self._loads.values():
            for table, condition, given in _conditions(label, node_id, number):
                found.update(self._read(load, TABLES[table], condition, given))
        for load, at in places:
            for name in self._home.tables_of(load.load_id):
                found.update(self._read(load, TABLES[name], at, []))
        return sorted(_only_newest_corrections(found.values()), key=lambda row: (row.order, row.table, row.key))

    def _places(self, refs: Iterable[str]) -> list[tuple[LoadRecord, str]]:
        """The loads that rows stand in, each with the condition that tells the rows."""
        by_load: dict[str, list[str]] = {}
        for ref in refs:
            load_id, part, row = ref.split(":")
            by_load.setdefault(load_id, []).append(f"({int(part)}, {int(row)})")
        return [
            (self._loads[load_id], f"(part, row) IN ({', '.join(places)})")
            for load_id, places in by_load.items() if load_id in self._loads
        ]

    def _number(self, node_id: str, places: Sequence[tuple[LoadRecord, str]]) -> str:
        """The id number that gave a person this id, from the rows at these places; '' when none of them has it."""
        for load, at in places:
            for table, column in _NUMBERS:
                path = self._home.load_dir(load.load_id) / f"{table}.parquet"
                if path.exists():
                    told = self._con.execute(
                        f'SELECT "{column}" FROM read_parquet(?) WHERE {at} AND token_of("{column}") = ? LIMIT 1',
                        [str(path), node_id.partition(":")[2]],
                    ).fetchone()
                    if told:
                        return str(told[0])
        return ""

    def _read(
        self, load: LoadRecord, table: Table, condition: str, given: list[str]
    ) -> Iterator[tuple[tuple[str, str], SaidRow]]:
        path = self._home.load_dir(load.load_id) / f"{table.name}.parquet"
        if not path.exists():
            return
        names = [f.name for f in table.fields]
        columns = ", ".join(f'"{name}"' for name in names)
        query = f"SELECT part, row, {columns} FROM read_parquet(?) WHERE {condition} ORDER BY part, row"
        for part, row, *cells in self._con.execute(query, [str(path), *given]).fetchall():
            address = self.address(f"{load.load_id}:{part}:{row}")
            if address is not None:
                values = {f.name: shown(f, v) for f, v in zip(table.fields, cells, strict=True) if v is not None}
                key = tuple(str(values.get(name, "")) for name in table.key)
                base = self._loads.get(load.corrects, load)
                order = (base.seq, -load.corrected_parts.get(part, part), -row, load.seq)
                counts = (base is not load or not load.corrects) and table.name not in base.replaced
                yield (address.ref, table.name), SaidRow(address, table.name, key, values, counts, order)


def shown(field: Field, value: Any) -> Any:
    """A stored value as the graph shows it: id numbers and phones masked, long texts cut."""
    if field.kind is FieldKind.ID_NUMBER:
        return mask_id_number(value)
    if field.kind is FieldKind.PHONE:
        return mask_phone(value)
    return hide_numbers(value)[:EXCERPT] if isinstance(value, str) else value


def _conditions(label: str, node_id: str, number: str) -> Iterator[tuple[str, str, list[str]]]:
    """(table, SQL condition, its values): how the rows about a thing are told by their key, a person by the id number or,
    where that is not known, by its token."""
    key = node_id.partition(":")[2]
    if label == "Resident":
        test, given = ('"{}" = ?', number) if number else ('token_of("{}") = ?', key)
        yield from ((table, test.format(column), [given]) for table, column in _NUMBERS)
    for table, column in _KEYS.get(label, ()):
        if _HASHED.match(key):
            yield table, f"""key_id('{node_id[0]}', "{column}") = ?""", [node_id]
        else:
            yield table, f'"{column}" = ?', [key]
        if table == "disputes" and key.startswith("D-"):
            yield table, f'"{column}" = ?', [key[2:]]


def _only_newest_corrections(rows: Iterable[SaidRow]) -> list[SaidRow]:
    """A row that was corrected twice counts as the newest correction has it; the older word is kept, not counting."""
    known = list(rows)
    newest: dict[tuple[str, tuple[int, ...]], int] = {}
    for row in known:
        place = (row.table, row.order[:3])
        newest[place] = max(newest.get(place, 0), row.order[3])
    return [row if row.order[3] == newest[row.table, row.order[:3]] else replace(row, counts=False) for row in known]
