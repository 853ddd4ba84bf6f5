"""A look at files before anything is loaded: what every sheet is taken for. Reads first rows only."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from graph.engines.base import Progress
from ingest import workbooks
from ingest.binding import bind, joined_files
from ingest.corrections import corrected_place, is_correction
from ingest.errors import LoadError, NothingRecognised, SeveralUnreadable
from ingest.limits import Limits
from ingest.mapping import Mapping, load_mapping
from ingest.plan import SheetPlan, native_plan
from ingest.recognise import Match, Unrecognised, recognise
from ingest.report import NearTable, UnrecognisedSheet
from ingest.sources import Found, Sheet, find, sheets
from ingest.textfiles import SUFFIXES


@dataclass(frozen=True, slots=True)
class Survey:
    """The sheets that can be loaded, with their plans, what cannot be, and the files of a mapping that are joined to others."""

    plans: tuple[SheetPlan, ...]
    unrecognised: tuple[UnrecognisedSheet, ...]
    ignored: tuple[str, ...]
    joined: tuple[str, ...] = ()


def look(found: Found, limits: Limits, progress: Progress) -> list[Sheet]:
    """The sheets of all files with their first rows; raises what is wrong with a file, or SeveralUnreadable.

    Text files are proven byte by byte, so they are looked at side by side; a workbook only when its turn comes.
    """
    seen: list[Sheet] = []
    bad: list[LoadError] = []
    pool = ThreadPoolExecutor()
    try:
        texts = {file: pool.submit(list, sheets(file, limits)) for file in found.files if file.path.suffix.lower() in SUFFIXES}
        for number, file in enumerate(found.files):
            progress(f"查看 {file.name}", number, len(found.files))
            try:
                seen.extend(texts[file].result() if file in texts else sheets(file, limits))
            except LoadError as error:
                bad.append(error)
    finally:
        pool.shutdown(cancel_futures=True)
    if len(bad) > 1:
        raise SeveralUnreadable(
            f"{len(bad)} 个文件读不了，什么也没有载入；请改正，或移走后再载入：{' '.join(error.zh for error in bad)}",
            f"{len(bad)} files cannot be read, nothing was loaded; mend or remove them",
        )
    if bad:
        raise bad[0]
    return seen


def survey(seen: Sequence[Sheet], ignored: tuple[str, ...], mapping: Mapping | None) -> Survey:
    """Plans for all sheets; raises NothingRecognised, or what is wrong with the mapping."""
    plans, strange = bind(mapping, seen) if mapping else _native(seen)
    if not plans:
        raise _nothing(mapping, strange)
    joined = joined_files(mapping, plans) if mapping else ()
    return Survey(tuple(plans), tuple(_unrecognised(*entry) for entry in strange), ignored, joined)


def _native(seen: Sequence[Sheet]) -> tuple[list[SheetPlan], list[tuple[Sheet, Unrecognised]]]:
    plans: list[SheetPlan] = []
    strange: list[tuple[Sheet, Unrecognised]] = []
    for sheet in seen:
        match = recognise(sheet.head)
        if isinstance(match, Match):
            plans.append(native_plan(sheet, match))
        elif any(any(row) for row in sheet.head):
            strange.append((sheet, match))
    return plans, strange


def _unrecognised(sheet: Sheet, found: Unrecognised) -> UnrecognisedSheet:
    near = tuple(NearTable(miss.table, miss.matched, miss.missing) for miss in found.near)
    return UnrecognisedSheet(sheet.file.name, sheet.name, found.headers, near)


def _nothing(mapping: Mapping | None, strange: Sequence[tuple[Sheet, Unrecognised]]) -> NothingRecognised:
    if mapping:
        wanted = "；".join(f"{shape.name}（{'、'.join(shape.when)}）" for shape in mapping.files.values())
        return NothingRecognised(
            f"没有一张表符合映射 {mapping.name}。它要的表头：{wanted}。{_hints(strange)}".rstrip(),
            f"no sheet has the headers of mapping {mapping.name}",
        )
    hints = _hints(strange)
    return NothingRecognised(
        f"没有认出任何一张表（{hints or '都是空表'}）。请检查表头，或用 --mapping 指定映射。",
        "no sheet was recognised; check the headers or give a mapping",
    )


def _hints(strange: Sequence[tuple[Sheet, Unrecognised]]) -> str:
    """What the first sheets come near to; and their header, where two and half of its cells are known: another row might hold
    personal data."""
    told = [_unrecognised(*entry) for entry in strange[:5]]
    return "；".join(f"{u.file} {u.sheet}".rstrip() + u.hint + _header(u) for u in told)


def _header(sheet: UnrecognisedSheet) -> str:
    known = len(sheet.near[0].matched) if sheet.near else 0
    return f"（表头：{'、'.join(map(str.strip, sheet.headers))}）" if known >= 2 and 2 * known >= len(sheet.headers) else ""


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """What one sheet would be loaded as: headers only, no cell of a row.

    `table` is empty when the sheet is not recognised; `header_row` counts as a spreadsheet does; `columns` gives
    the register field of each header; `why` is a sentence.
    """

    file: str
    sheet: str
    table: str
    why: str
    header_row: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def preview(
    paths: Sequence[Path] | Found, *, mapping: str | Path | None = None, limits: Limits | None = None
) -> list[SheetPreview]:
    """What every sheet would be loaded as, and what is wrong with files that cannot be read; nothing is written. Raises
    SourceMissing and what is wrong with the mapping."""
    limits = limits or Limits()
    chosen = load_mapping(mapping) if mapping is not None else None
    try:
        found = paths if isinstance(paths, Found) else find(paths, limits)
        seen, bad = _readable(found, limits)
    finally:
        workbooks.release()
    corrections = [sheet for sheet in seen if is_correction(sheet)]
    seen = [sheet for sheet in seen if sheet not in corrections]
    plans, strange = bind(chosen, seen) if chosen else _native(seen)
    return [_correction(sheet) for sheet in corrections] + [_known(plan) for plan in plans] + [
        SheetPreview(u.file, u.sheet, "", f"没有认出是什么表{u.hint}", unknown=u.headers)
        for u in (_unrecognised(*entry) for entry in strange)
    ] + bad


def _readable(found: Found, limits: Limits) -> tuple[list[Sheet], list[SheetPreview]]:
    """The sheets of the files that can be read, and what is wrong with the others."""
    seen: list[Sheet] = []
    bad: list[SheetPreview] = []
    for file in found.files:
        try:
            seen.extend(sheets(file, limits))
        except LoadError as error:
            bad.append(SheetPreview(file.name, "", "", f"读不了：{error.zh}"))
    return seen, bad


def _correction(sheet: Sheet) -> SheetPreview:
    rows = any(map(any, sheet.head[1:]))
    why = f"更正批次 {corrected_place(sheet)[0]} 中被拒收的行，载入后各归原位" if rows else "更正的表，没有行"
    return SheetPreview(sheet.file.name, sheet.name, "corrections", why, 1)


def _known(plan: SheetPlan) -> SheetPreview:
    columns = {
        f.column: f"{target.table.name}.{name}" for target in plan.targets for name, f in target.fields.items()
    }
    why = f"第 {plan.header_row + 1} 行是表头，认识 {len(columns)} 列"
    why += f"，不认识 {len(plan.unknown)} 列：{'、'.join(plan.unknown)}" if plan.unknown else ""
    return SheetPreview(
        plan.sheet.file.name, plan.sheet.name, plan.table, why, plan.header_row + 1, columns, plan.unknown
    )
