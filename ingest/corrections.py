"""The quarantine workbook, corrected and loaded again: its rows go back to the places they were refused from.

A sheet is a correction when its header begins with `ADDRESS`. It then stands for the sheet that its rows came from:
same file, sheet and row numbers, the seven address columns gone, so everything behind reads it as it read the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from graph.home import Home
from graph.ledger import ACTIVE, Ledger, LoadRecord
from graph.versions import REFUSED
from ingest.errors import WrongCorrection
from ingest.limits import Limits
from ingest.sources import Sheet, SourceFile
from ingest.sql import literal, name

ADDRESS = ("出处", "文件", "工作表", "行", "列", "规则", "说明")
"""The columns before the cells of a refused row; the first is `<load id>:<part>:<row>`."""

_ADDRESS_FORM = re.compile(r"[0-9a-f]{12}:\d+:\d+\Z")

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell of a CSV file that begins so bears an apostrophe, lest a spreadsheet program take it for a formula."""


@dataclass(frozen=True, slots=True)
class CorrectedSheet(Sheet):
    """One sheet of corrections: `told` is what was found, `part` the part of the load `base` that it mends."""

    told: Sheet | None = None
    base: str = ""
    part: int = 0
    refused: Path = Path()

    def read(self, con: duckdb.DuckDBPyConnection, relation: str, scratch: Path, limits: Limits) -> int:
        """The rows under their first numbers; raises WrongCorrection for a row that was not refused."""
        assert self.told is not None
        told = f"{relation}told"
        cells = self.told.read(con, told, scratch, limits) - len(ADDRESS)
        filled = " OR ".join(f"coalesce(trim(c{i}), '') <> ''" for i in range(cells + len(ADDRESS)))
        con.execute(f"CREATE TABLE {name(relation + 'filled')} AS SELECT * FROM {name(told)} WHERE row > 1 AND ({filled})")
        self._check(con, relation + "filled")
        columns = ", ".join(f"{self._cell(i + len(ADDRESS))} AS c{i}" for i in range(cells))
        con.execute(
            f"CREATE TABLE {name(relation)} AS SELECT row, {columns} FROM {name(told)} WHERE row = 1 UNION ALL"
            f" SELECT split_part(c0, ':', 3)::BIGINT, {columns} FROM {name(relation + 'filled')} ORDER BY 1"
        )
        return cells

    def _cell(self, index: int) -> str:
        inert = " OR ".join(f"starts_with(c{index}, chr(39) || {literal(sign)})" for sign in FORMULA)
        text = self.told.text if self.told else None
        return f"CASE WHEN {inert} THEN substr(c{index}, 2) ELSE c{index} END" if text else f"c{index}"

    def _check(self, con: duckdb.DuckDBPyConnection, filled: str) -> None:
        known = (
            f"SELECT {literal(f'{self.base}:{self.part}:')} || row FROM read_parquet({literal(str(self.refused))})"
            f" WHERE part = {self.part}"
        )
        wrong = con.execute(
            f"SELECT row FROM {name(filled)} WHERE c0 IS NULL OR c0 NOT IN ({known}) OR c0 IN"
            f" (SELECT c0 FROM {name(filled)} GROUP BY c0 HAVING count(*) > 1) ORDER BY row LIMIT 5"
        ).fetchall()
        if wrong:
            raise strange(self.told or self, [number for number, in wrong])


@dataclass(frozen=True, slots=True)
class Correction:
    """What is corrected, the sheets in the place of the corrected ones, and the tables given with them to be joined."""

    base: LoadRecord
    sheets: tuple[CorrectedSheet, ...]
    beside: tuple[Sheet, ...] = ()


def strange(sheet: Sheet, rows: Sequence[int]) -> WrongCorrection:
    """Rows whose address is not that of a refused row, or stands there twice."""
    where = f"{sheet.file.name} {sheet.name}".rstrip()
    return WrongCorrection(
        f"{where} 第 {'、'.join(map(str, rows))} 行的“{ADDRESS[0]}”不是一条被拒收的行，或者重复。请只改正后面的单元格，"
        "不要改动或复制“出处”，也不要新增行。",
        "the address of these rows is not that of a refused row, or is there twice; correct the cells behind it only",
    )


def read_correction(seen: Sequence[Sheet], home: Home, ledger: Ledger) -> Correction | None:
    """The correction that these sheets are, None for ordinary sheets; raises WrongCorrection."""
    marked = [sheet for sheet in seen if is_correction(sheet)]
    if not marked:
        return None
    beside = tuple(sheet for sheet in seen if sheet not in marked and any(map(any, sheet.head)))
    addressed = [(sheet, corrected_place(sheet)) for sheet in marked if any(map(any, sheet.head[1:]))]
    if len({base for _, (base, _) in addressed}) != 1:
        raise WrongCorrection("一次只能更正一个批次。", "correct one load at a time")
    base = _base(ledger, addressed[0][1][0])
    refused = home.load_dir(base.load_id) / f"{REFUSED}.parquet"
    if not refused.exists():
        raise WrongCorrection(
            f"批次 {base.load_id} 是旧版本载入的，没有记下被拒收的行；请改正原文件后重新载入。",
            "that load is of an older version; correct the original file and load it again",
        )
    return Correction(base, tuple(_corrected(sheet, base, part, refused) for sheet, (_, part) in addressed), beside)


def is_correction(sheet: Sheet) -> bool:
    """Whether a sheet is one of a quarantine workbook; raises WrongCorrection for one that lost address columns."""
    header = tuple(text.strip() for text in sheet.head[0][: len(ADDRESS)]) if sheet.head else ()
    if header == ADDRESS:
        return True
    if ADDRESS[0] in header[:1] and _ADDRESS_FORM.match(_first(sheet)):
        raise WrongCorrection(
            f"{sheet.file.name} {sheet.name}".rstrip() + f" 的前七列应为 {'、'.join(ADDRESS)}，请不要删改它们的表头。",
            "the first seven columns of a quarantine workbook must stay as they are",
        )
    return False


def _first(sheet: Sheet) -> str:
    return next((row[0] for row in sheet.head[1:] if any(row)), "")


def corrected_place(sheet: Sheet) -> tuple[str, int]:
    """The load and the part that a sheet of corrections mends, by its first row; raises WrongCorrection."""
    load_id, _, rest = _first(sheet).partition(":")
    part, _, row = rest.partition(":")
    if not (load_id and part.isdecimal() and row.isdecimal()):
        raise strange(sheet, [2])
    return load_id, int(part)


def _base(ledger: Ledger, load_id: str) -> LoadRecord:
    base = ledger.load(load_id)
    if base is None or base.state != ACTIVE:
        raise WrongCorrection(
            f"所更正的批次 {load_id} 没有载入或已撤回，更正无从归位。请改正原文件后载入，或先恢复该批次。",
            "the load to be corrected was not loaded or is withdrawn; correct the original file, or bring the load back first",
        )
    return base


def _corrected(sheet: Sheet, base: LoadRecord, part: int, refused: Path) -> CorrectedSheet:
    place = next((p for p in base.parts if p.part == part), None)
    if place is None:
        raise strange(sheet, [2])
    head = tuple(tuple(row[len(ADDRESS):]) for row in sheet.head)
    file = SourceFile(sheet.file.path, place.file)
    return CorrectedSheet(file, place.sheet, head, None, sheet.rows, sheet, base.load_id, part, refused)
