"""A county of a few rows in which each rule of identity has its own people: who is meant is said by a short handle."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from graph.address import DEFAULT_ID_KEY
from graph.build.inputs import register_views
from graph.build.rules import facts
from graph.build.run import build_graph
from graph.home import Home
from graph.ledger import Ledger
from graph.machine import open_duckdb
from ingest.load import load
from tests.ingest.desk import id_number

_HEADERS = {
    "居民": "公民身份号码,姓名,曾用名,联系方式,现住门（楼）详址,户号,区划代码",
    "旧登记": "姓名,曾用名,性别,出生日期,联系方式,现住门（楼）详址,户号,户主姓名,区划代码",
    "信访件": "信访件编号,信访人姓名,联系电话,住址,信访日期,区划代码",
    "当事人": "事件编号,姓名,联系电话,住址,角色,区划代码",
    "干部": "干部编号,姓名,联系方式",
}


class IdentityCounty:
    """Write rows with `resident`, `old`, `letter`, `signer` and `official`, then `build`; ask for `edge`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._rows: dict[str, list[tuple[str, ...]]] = {name: [] for name in _HEADERS}
        self._handles: dict[str, tuple[str, int]] = {}

    def _add(self, table: str, handle: str, *cells: str) -> None:
        self._rows[table].append(cells)
        self._handles[handle] = (table, len(self._rows[table]) + 1)

    def resident(
        self, handle: str, name: str, day: str, village: str, *, phone: str = "", door: str = "", house: str = "", former: str = "",
    ) -> None:
        """Somebody with a valid number."""
        number = id_number(len(self._rows["居民"]) + 1, day.replace("-", ""))
        self._add("居民", handle, number, name, former, phone, address(village, door), house, village)

    def old(
        self, handle: str, name: str, village: str, *, born: str = "", phone: str = "", door: str = "", house: str = "",
        head: str = "", former: str = "", gender: str = "",
    ) -> None:
        """A row of an old register without numbers."""
        self._add("旧登记", handle, name, former, gender, born, phone, address(village, door), house, head, village)

    def letter(self, handle: str, name: str, village: str, *, phone: str = "", door: str = "") -> None:
        """A petition by somebody without a number; its number is the handle."""
        self._add("信访件", handle, handle, name, phone, address(village, door), "2024-03-05", village)

    def signer(self, handle: str, case: str, name: str, village: str, *, phone: str = "", door: str = "") -> None:
        """One more who signed a petition."""
        self._add("当事人", handle, case, name, phone, address(village, door), "参与人", village)

    def official(self, handle: str, name: str, phone: str) -> None:
        self._add("干部", handle, handle, name, phone)

    def build(self) -> IdentityCounty:
        """Load the rows and build the graph; the edges can be asked for."""
        folder = self.root / "files"
        folder.mkdir(parents=True)
        for name, rows in self._rows.items():
            if rows:
                lines = [_HEADERS[name], *(",".join(row) for row in rows)]
                (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.home = Home(self.root / "data")
        ledger = Ledger(self.home)
        load(self.home, ledger, [folder])
        with self.home.writer():
            self.made, _ = build_graph(self.home, ledger)
        self.edges = self.table("edges/POSSIBLY_SAME.Resident.Resident")
        self._ids = self._find_ids(ledger)
        return self

    def table(self, name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = pq.read_table(self.made.path / f"{name}.parquet").to_pylist()
        return found

    def id_of(self, handle: str) -> str:
        return self._ids[handle]

    def edge(self, one: str, other: str) -> dict[str, Any] | None:
        """The edge between two handles."""
        ends = {self.id_of(one), self.id_of(other)}
        assert len(ends) == 2, "they are one person already"
        return next((edge for edge in self.edges if {edge["from_id"], edge["to_id"]} == ends), None)

    def tier(self, one: str, other: str) -> str:
        found = self.edge(one, other)
        return found["tier"] if found else "none"

    def _find_ids(self, ledger: Ledger) -> dict[str, str]:
        at = {part.file: f"{one.load_id}:{part.part}" for one in ledger.loads() for part in one.parts}
        said = {ref: row["id"] for row in self.table("nodes/Resident") for ref in row["source"].split()}
        ids = {handle: said.get(f"{at[table + '.csv']}:{row}", "") for handle, (table, row) in self._handles.items()}
        return {handle: f"f:{handle}" if self._handles[handle][0] == "干部" else found for handle, found in ids.items()}

    def tables(self, threads: int = 2) -> duckdb.DuckDBPyConnection:
        """The build's tables as they are before the candidates are looked for."""
        connection = open_duckdb(threads=threads)
        register_views(connection, self.home, Ledger(self.home).loads(active_only=True), id_key=DEFAULT_ID_KEY)
        facts(connection, ())
        return connection


def address(village: str, door: str) -> str:
    """An address in the village with this code."""
    return f"枫溪县云岭镇{_NAMES[int(village[-3:]) % len(_NAMES)]}村{door}" if door != "-" else ""


_NAMES = [a + b for a in "上下东西前后大小里外" for b in "塘坞湾桥埠畈坑岙田山"]


def villages(count: Iterable[int]) -> list[str]:
    return [f"330199100{200 + at}" for at in count]
