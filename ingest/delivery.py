"""A load among the earlier loads of its source: what it changes, and what it stands in for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from graph.comparison import compare, replaced_by, same_source
from graph.home import Home
from graph.ledger import Ledger, LoadRecord
from graph.machine import open_duckdb
from graph.versions import refusals
from ingest.binding import file_of
from ingest.corrections import Correction
from ingest.errors import WrongCorrection
from ingest.mapping import Mapping, load_mapping
from ingest.report import LoadReport, changes_as_text, read_report, report_again
from ingest.sql import literal

NATIVE = "native"
"""What stands for the mapping of native tables."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A checked load that is not committed yet, in its staging folder."""

    home: Home
    ledger: Ledger
    staging: Path
    scratch: Path

    def compare(self, report: LoadReport, record: LoadRecord, *, complete: bool) -> tuple[LoadReport, LoadRecord]:
        """The report with the changes in it, and the record with the (load, table) pairs a complete delivery replaces.

        The source is who the operator or the mapping says; else the only 数据来源 of the rows.
        """
        provider = report.provider or only_provider(self.staging, report.tables)
        changes = compare(
            self.home, self.ledger.loads(active_only=True), provider, self.staging, report.tables, self.scratch,
            complete=complete,
        )
        earlier = same_source(self.ledger.loads(), provider)
        pairs = replaced_by(self.home, earlier, report.tables) if complete else ()
        messages = (*report.messages, *changes_as_text(changes, provider), *replacement_as_text(pairs, provider))
        told = replace(
            report, provider=provider, changes=changes, messages=messages,
            replaces=tuple(dict.fromkeys(load_id for load_id, _ in pairs)),
        )
        return told, replace(record, provider=provider, replaces=pairs)

    def mend(
        self, report: LoadReport, record: LoadRecord, correction: Correction, *, declared_complete: bool
    ) -> LoadReport:
        """The report of a correction, saying how the refused rows of its load stand now; raises WrongCorrection."""
        base = correction.base
        if declared_complete:
            raise WrongCorrection("更正不是全量，请去掉 --replaces。", "a correction is no complete delivery; leave --replaces out")
        loads = self.ledger.loads()
        before = refusals(self.home, base, loads)
        now = refusals(self.home, base, loads, also=self.staging, also_parts=record.corrected_parts)
        message = (
            f"更正批次 {base.load_id}：新补正 {now.mended - before.mended} 行，共已补正 {now.mended} 行，"
            f"仍有 {now.open} 行未补正。 / Refused rows of that load: {now.mended} mended, {now.open} still open."
        )
        return replace(
            report, corrects=base.load_id, mended=now.mended, still_open=now.open, messages=(message, *report.messages)
        )

    def rehearsed(self, report: LoadReport, share: float, limit: float) -> LoadReport:
        """The report of a load that is not to be kept, saying whether it would stop."""
        stops = f"拒收的行占 {share:.0%}，超过上限 {limit:.0%}，正式载入会停止。" if share > limit else ""
        first = f"试载：没有写入任何内容。{stops} / Dry run; nothing was kept."
        return replace(report, dry_run=True, messages=(first, *report.messages))


def mapping_of(home: Home, correction: Correction, given: Mapping | None) -> Mapping | None:
    """The mapping that the corrected load was loaded with; one from a file must be given again, and with it the files it joins.

    Raises WrongCorrection.
    """
    name = correction.base.mapping
    mapping = given
    if given is None and name != NATIVE:
        mapping = load_mapping(name)
    if (mapping.name if mapping else NATIVE) != name:
        raise WrongCorrection(
            f"所更正批次的映射是 {name}，与给出的不同，请去掉 --mapping 或给出原来的映射。", "give the mapping of the corrected load"
        )
    _check_beside(home, correction, mapping)
    return mapping


def _check_beside(home: Home, correction: Correction, mapping: Mapping | None) -> None:
    """The files that were joined in the corrected load must be given with the correction, and no others; raises WrongCorrection."""
    joins = {join.file for shape in mapping.files.values() for join in shape.joins.values()} if mapping else set()
    needed = set(read_report(home.load_dir(correction.base.load_id)).get("joined", joins))
    given = {file_of(mapping, sheet) for sheet in correction.beside} if mapping else {""} if correction.beside else set()
    if given - joins:
        raise WrongCorrection(
            "更正的表请单独载入，不要与其他表放在一起；映射所连接的文件除外。",
            "load corrections by themselves, with no other tables than those the mapping joins",
        )
    if missing := needed - given:
        raise WrongCorrection(
            f"该批次的行连接了文件 {'、'.join(sorted(missing))}，请与更正的工作簿一起载入：fengqiao load 更正.xlsx 被连接的文件 …",
            "its rows were joined with these files; give them together with the corrected workbook",
        )


def load_again(home: Home, ledger: Ledger, earlier: LoadRecord, *, replaces: bool) -> LoadReport:
    """The same files once more: nothing is loaded, but they may be declared complete now."""
    report = report_again(earlier)
    if not replaces or earlier.corrects:
        return report
    older = same_source(ledger.loads(), earlier.provider, before=earlier.seq)
    pairs = replaced_by(home, older, home.tables_of(earlier.load_id))
    ledger.supersede(earlier.load_id, pairs)
    return replace(
        report, replaces=tuple(dict.fromkeys(load_id for load_id, _ in pairs)),
        messages=(*report.messages, *replacement_as_text(pairs, earlier.provider)),
    )


def only_provider(folder: Path, tables: dict[str, int]) -> str:
    """The 数据来源 of the rows when all that name one name the same, else an empty text."""
    files = [literal(str(folder / f"{table}.parquet")) for table in tables]
    if not files:
        return ""
    with open_duckdb() as con:
        named = con.execute(
            f"SELECT DISTINCT provider FROM read_parquet([{', '.join(files)}], union_by_name=true) WHERE provider <> '' LIMIT 2"
        ).fetchall()
    return str(named[0][0]) if len(named) == 1 else ""


def replacement_as_text(pairs: tuple[tuple[str, str], ...], provider: str) -> list[str]:
    """Which loads no longer count in which tables."""
    if not pairs:
        return []
    by_load: dict[str, list[str]] = {}
    for load_id, table in pairs:
        by_load.setdefault(load_id, []).append(table)
    which = "；".join(f"{load_id}（{'、'.join(tables)}）" for load_id, tables in by_load.items())
    unnamed = "" if provider else "本批次与它们都没有写明来源，请确认确为同一来源。"
    return [f"代替了此前的批次：{which}。{unnamed}撤回本批次即恢复。 / Replaced; withdraw this load to bring them back."]
