"""What a load did, for people and programs: counts and addresses, never a value of a cell."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from graph.comparison import TableChanges
from graph.ledger import ACTIVE, LoadRecord
from graph.register import Table

REPORT_FILE = "report.json"
_LISTED = 20


@dataclass(frozen=True, slots=True)
class PartReport:
    """One sheet: read = loaded + merged + quarantined. `refusals` counts rows and `cell_issues` cells, by rule; `cell_places`
    says in words in which columns and rows.

    `corrects_part` is, in a correction, the part of the corrected load whose rows these are.
    """

    part: int
    file: str
    sheet: str
    table: str
    read: int
    loaded: int
    merged: int
    quarantined: int
    refusals: dict[str, int] = field(default_factory=dict)
    cell_issues: dict[str, int] = field(default_factory=dict)
    unknown_columns: tuple[str, ...] = ()
    corrects_part: int = 0
    cell_places: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NearTable:
    """A table that an unrecognised sheet comes near to, and the headers it lacks."""

    table: str
    matched: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnrecognisedSheet:
    """A sheet that is no table of ours; `headers` is empty where no header could be told."""

    file: str
    sheet: str
    headers: tuple[str, ...] = ()
    near: tuple[NearTable, ...] = ()

    @property
    def hint(self) -> str:
        """The nearest table and what the sheet lacks for it, as the end of a sentence."""
        if not self.near:
            return "，表头中没有认识的列"
        nearest = self.near[0]
        if not nearest.missing:
            return f"，像 {'、'.join(near.table for near in self.near)} 中的几张，分不出是哪一张"
        return f"，近似 {nearest.table}，缺 {'、'.join(nearest.missing)}"


@dataclass(frozen=True, slots=True)
class LoadReport:
    """One load. `already` means that the same files were loaded before and nothing was done.

    `changes` compares with what the same source delivered before; `replaces` are the loads of which tables no longer
    count. A correction names in `corrects` the load it mends; `mended` of that load's refused rows are now in order,
    by this and earlier corrections, and `still_open` are not. `joined` are the
    files of the mapping that rows of others were joined with. After a `dry_run` nothing was kept.
    """

    load_id: str
    mapping: str
    provider: str
    parts: tuple[PartReport, ...]
    unrecognised: tuple[UnrecognisedSheet, ...] = ()
    ignored: tuple[str, ...] = ()
    sentences: dict[str, str] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    already: bool = False
    dry_run: bool = False
    changes: tuple[TableChanges, ...] = ()
    replaces: tuple[str, ...] = ()
    corrects: str = ""
    mended: int = 0
    still_open: int = 0
    joined: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()

    @property
    def read(self) -> int:
        return sum(part.read for part in self.parts)

    @property
    def loaded(self) -> int:
        return sum(part.loaded for part in self.parts)

    @property
    def merged(self) -> int:
        return sum(part.merged for part in self.parts)

    @property
    def quarantined(self) -> int:
        return sum(part.quarantined for part in self.parts)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data, totals included."""
        totals = {"read": self.read, "loaded": self.loaded, "merged": self.merged, "quarantined": self.quarantined}
        return {**asdict(self), "totals": totals}

    def write(self, folder: Path) -> None:
        """Write `report.json`."""
        text = json.dumps(self.to_dict(), ensure_ascii=False, indent=1)
        (folder / REPORT_FILE).write_text(text + "\n", encoding="utf-8")


def read_report(folder: Path) -> dict[str, Any]:
    """The report in a load's folder, as `to_dict` gave it; FileNotFoundError when there is none."""
    content: dict[str, Any] = json.loads((folder / REPORT_FILE).read_text(encoding="utf-8"))
    return content


def report_again(record: LoadRecord) -> LoadReport:
    """The report of a load that was loaded before."""
    parts = tuple(
        PartReport(p.part, p.file, p.sheet, p.table, p.read, p.loaded, p.merged, p.quarantined) for p in record.parts
    )
    state = "" if record.state == ACTIVE else f"；该批次目前已撤回，可用 fengqiao withdraw {record.load_id} --undo 恢复"
    message = f"已载入过（批次 {record.load_id}），没有变化{state}。 / Loaded before; nothing changed."
    return LoadReport(record.load_id, record.mapping, record.provider, parts, already=True, messages=(message,))


def changes_as_text(changes: Sequence[TableChanges], provider: str) -> list[str]:
    """What a delivery changes in what its source said before, a sentence a table."""
    source = f"“{provider}”" if provider else "未写明来源的批次"
    lines = []
    for c in changes:
        absent = f"撤回 {c.absent}" if c.complete else f"未再出现 {c.absent}（仍然保留；若本次为全量，请加 --replaces）"
        lines.append(
            f"与{source}此前的 {c.table} 相比：新增 {c.added}，变更 {c.changed}，{absent if c.absent else '撤回 0'}，"
            f"未变 {c.unchanged}（批次 {'、'.join(c.since)}）"
        )
    return lines


def messages_of(
    parts: Sequence[PartReport], unrecognised: Sequence[UnrecognisedSheet], ignored: Sequence[str],
    sentences: dict[str, str],
) -> tuple[str, ...]:
    """What a person should know beside the counts: nothing of the files is passed over in silence."""
    lines = [
        f"{_where(part.file, part.sheet)}：{number} 行未载入，{sentences.get(rule, rule)}（{rule}）"
        for part in parts for rule, number in part.refusals.items()
    ]
    lines += [
        f"{_where(part.file, part.sheet)}：{number} 个单元格，{sentences.get(rule, rule)}（{rule}）"
        + (f"：{part.cell_places[rule]}" if rule in part.cell_places else "")
        for part in parts for rule, number in part.cell_issues.items()
    ]
    lines += [
        f"{_where(part.file, part.sheet)}：不认识的列没有载入：{'、'.join(part.unknown_columns)}"
        for part in parts if part.unknown_columns
    ]
    lines += [f"{_where(sheet.file, sheet.sheet)}：没有认出是什么表{sheet.hint}" for sheet in unrecognised]
    if ignored:
        lines.append(f"不是表格而略过的文件：{'、'.join(ignored[:_LISTED])}{' 等' if len(ignored) > _LISTED else ''}")
    return tuple(lines)


def shared_messages(parts: Sequence[PartReport], shared: Sequence[tuple[Table, int, Sequence[tuple[int, int]]]]) -> tuple[str, ...]:
    """What to know of numbers that several rows bear: `shared` has table, how many numbers, and (part, row) of the first one."""
    by_part = {part.part: part for part in parts}
    lines = []
    for table, numbers, places in shared:
        at = "、".join(f"{_where(by_part[part].file, by_part[part].sheet)} 第{row}行" for part, row in places)
        lines.append(
            f"{table.zh}：{numbers} 个编号不止一行而内容不同（如 {at}）：各行的人都算当事人，其余以最先的一行为准，请核对"
        )
    return tuple(lines)


def _where(file: str, sheet: str) -> str:
    return f"{file} {sheet}".rstrip()
