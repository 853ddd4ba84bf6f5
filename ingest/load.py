"""Loading: files become one immutable load of the register, or nothing at all.

The same files with the same mapping and source are the same load, whatever they are called outside: the load id is made
of the relative names and contents of the files, the mapping, the source given, and the version of the loading rules.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from graph.engines.base import Progress, silent
from graph.home import Home
from graph.ledger import Ledger, LoadRecord, PartRecord
from graph.machine import OUT_OF_ROOM
from ingest import workbooks
from ingest.accounts import (
    PartCount,
    balance,
    issue_counts,
    issue_places,
    merge_identical,
    refusal_counts,
    shared_numbers,
    write_issues,
    write_mended,
    write_refused,
    write_tables,
)
from ingest.cells import Sentences
from ingest.check import Checker
from ingest.corrections import CorrectedSheet, Correction, read_correction
from ingest.delivery import NATIVE, Delivery, load_again, mapping_of
from ingest.errors import LoadError, TooManyRejected
from ingest.limits import AT_ONCE, Limits
from ingest.mapping import Mapping, load_mapping
from ingest.pace import Pace
from ingest.quarantine import write_quarantine
from ingest.report import LoadReport, PartReport, messages_of, shared_messages
from ingest.rows import PartRows
from ingest.sources import Found, Sheet, find
from ingest.survey import Survey, look, preview, survey
from ingest.textfiles import digest

RULES_VERSION = "4"
"""Raised when the loading rules change so that the same files give other rows."""


def load(
    home: Home, ledger: Ledger, paths: Sequence[Path] | Found, *, mapping: str | Path | None = None, provider: str = "",
    max_reject_share: float = 0.2, progress: Progress = silent, limits: Limits | None = None,
    replaces: bool = False, dry_run: bool = False,
) -> LoadReport:
    """Load files and folders as one load; raises a LoadError, and then nothing was committed.

    By default a load adds and updates: the newest row wins, what it does not name stays. With `replaces` it is the
    complete new version of its tables by its source: the earlier loads of the same `provider` no longer count in those
    tables, until this load is withdrawn. A table of which no row loads replaces nothing. With `dry_run` everything is
    read, checked and compared, and nothing is kept.

    A quarantine workbook that was corrected is loaded like any file. Its rows take the places they were refused from,
    with the mapping and the source of their load; the share of rejected rows does not stop it.

    `mapping` names a mapping or its file, None means native tables. `provider` fills 数据来源 where a row has none.
    When the share of rejected rows (total lines and rows a mapping does not use aside) is above `max_reject_share`,
    the report and the rejected rows are left in `refused/<load id>/` of the data directory. WriterBusy when another
    process writes.
    """
    chosen = load_mapping(mapping) if mapping is not None else None
    job_limits = limits or Limits()
    found = paths if isinstance(paths, Found) else find(paths, job_limits)
    load_id = identify(found, chosen, provider)
    with home.writer():
        if earlier := ledger.load(load_id):
            return load_again(home, ledger, earlier, replaces=replaces and not dry_run)
        with _workplace(home, load_id) as (staging, scratch):
            seen = look(found, job_limits, progress)
            if correction := read_correction(seen, home, ledger):
                chosen, provider = mapping_of(home, correction, chosen), correction.base.provider
                seen = [*correction.sheets, *correction.beside]
            job = _Job(
                load_id, chosen, provider or (chosen.provider if chosen else ""), job_limits, progress,
                staging, scratch, correction,
            )
            report, share = job.run(seen, found.ignored)
            if share > max_reject_share and not correction and not dry_run:
                raise _refused(home, job, report, share, max_reject_share)
            return _finish(home, ledger, job, report, replaces=replaces, rehearsal=(share, max_reject_share) if dry_run else None)


@contextmanager
def _workplace(home: Home, load_id: str) -> Iterator[tuple[Path, Path]]:
    """A staging and a scratch folder, gone afterwards; a machine without room becomes a LoadError."""
    staging, scratch = home.stage_load(load_id), home.stage_load(f"{load_id}-scratch")
    try:
        yield staging, scratch
    except OUT_OF_ROOM as error:
        raise LoadError(
            f"磁盘或内存不足，没有载入（{type(error).__name__}）。请腾出空间，或分批载入。",
            "out of disk or memory, nothing was loaded; free some space or load in parts",
        ) from None
    finally:
        workbooks.release()
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.rmtree(staging, ignore_errors=True)


def _finish(
    home: Home, ledger: Ledger, job: _Job, report: LoadReport, *, replaces: bool, rehearsal: tuple[float, float] | None
) -> LoadReport:
    """Compare a checked load, or put a correction in its place, and commit it unless it is a rehearsal."""
    delivery = Delivery(home, ledger, job.staging, job.scratch)
    record = _record(report, job.correction)
    if job.correction:
        report = delivery.mend(report, record, job.correction, declared_complete=replaces)
    else:
        report, record = delivery.compare(report, record, complete=replaces)
    if rehearsal:
        share, limit = rehearsal
        return delivery.rehearsed(report, share, 1.0 if job.correction else limit)
    report.write(job.staging)
    ledger.commit_load(record, job.staging)
    return report


def identify(found: Found, mapping: Mapping | None, provider: str = "") -> str:
    """The load id: 12 hex digits that stand for the files, the mapping, the source that was named and the rules."""
    key = hashlib.sha256()
    for text in (RULES_VERSION, mapping.name if mapping else NATIVE, mapping.content if mapping else ""):
        key.update(hashlib.sha256(text.encode()).digest())
    if provider:
        key.update(hashlib.sha256(f"provider {provider}".encode()).digest())
    with ThreadPoolExecutor() as pool:
        contents = list(pool.map(lambda file: file.content or digest(file.path), found.files))
    for name, content in sorted(zip((file.name for file in found.files), contents, strict=True)):
        key.update(hashlib.sha256(name.encode()).digest() + bytes.fromhex(content))
    return key.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class _Job:
    """One load under way: everything goes into `staging`, and through `scratch`, which is thrown away."""

    load_id: str
    mapping: Mapping | None
    provider: str
    limits: Limits
    progress: Progress
    staging: Path
    scratch: Path
    correction: Correction | None = None

    def run(self, seen: Sequence[Sheet], ignored: tuple[str, ...]) -> tuple[LoadReport, float]:
        """Fill the staging folder; returns the report and the share of rejected rows."""
        plans = survey(seen, ignored, self.mapping)
        keep_all = self.correction is not None
        pace = Pace(self.progress, [plan.sheet.rows for plan in plans.plans])
        checker = Checker.open(self.scratch, self.limits)
        try:
            rows = self._check(checker, plans, pace)
            checker.gather()
            merge_identical(checker.con, keep_all=keep_all)
            pace.writing(0.3)
            counts = balance(checker.con, [seen.read for seen in rows])
            tables = write_tables(checker.con, self.staging, provider=self.provider, keep_all=keep_all)
            pace.writing(0.9)
            write_refused(checker.con, self.staging)
            if keep_all:
                write_mended(checker.con, self.staging)
            write_issues(checker.con, self.staging, checker.sentences)
            write_quarantine(checker.con, self.staging, self.load_id, list(enumerate(plans.plans, start=1)), checker.sentences)
            parts = _part_reports(checker.con, plans, counts, rows)
            shared = shared_messages(parts, shared_numbers(checker.con))
            pace.writing(1.0)
        finally:
            checker.con.close()
        report = self._report(plans, parts, tables, checker.sentences, shared)
        data = sum(count.read - count.not_data for count in counts)
        return report, sum(count.quarantined - count.not_data for count in counts) / data if data else 0.0

    def _check(self, checker: Checker, plans: Survey, pace: Pace) -> list[PartRows]:
        """The largest text tables first and side by side, so that none is left alone at the end; then the workbooks."""
        parts = dict(enumerate(plans.plans, start=1))
        groups = Counter(plan.group for plan in plans.plans)
        beside = [part for part, plan in parts.items() if plan.sheet.side_by_side and not plan.joins]

        def check(part: int) -> PartRows:
            return checker.check(part, parts[part], pace, alone=groups[parts[part].group] == 1)

        pool = ThreadPoolExecutor(AT_ONCE)
        try:
            order = sorted(beside, key=lambda part: -parts[part].sheet.rows)
            waiting = {part: pool.submit(check, part) for part in order}
            rows = {part: waiting[part].result() for part in beside}
        finally:
            pool.shutdown(cancel_futures=True)
        rows |= {part: check(part) for part in parts if part not in rows}
        pace.writing(0.0)
        return [rows[part] for part in parts]

    def _report(
        self, plans: Survey, parts: tuple[PartReport, ...], tables: dict[str, int], known: Sentences, shared: Sequence[str]
    ) -> LoadReport:
        met = {rule for part in parts for rule in (*part.refusals, *part.cell_issues)}
        sentences = {rule: text for rule, text in known.known.items() if rule in met}
        return LoadReport(
            self.load_id, self.mapping.name if self.mapping else NATIVE, self.provider, parts, plans.unrecognised,
            plans.ignored, sentences, tables,
            joined=plans.joined, messages=(*messages_of(parts, plans.unrecognised, plans.ignored, sentences), *shared),
        )


def _part_reports(
    con: duckdb.DuckDBPyConnection, plans: Survey, counts: list[PartCount], rows: list[PartRows]
) -> tuple[PartReport, ...]:
    issues, refusals, places = issue_counts(con), refusal_counts(con), issue_places(con)
    return tuple(
        PartReport(
            c.part, plan.sheet.file.name, plan.sheet.name, plan.table, c.read, c.loaded, c.merged, c.quarantined,
            refusals.get(c.part, {}), issues.get(c.part, {}), (*plan.unknown, *seen.nameless),
            plan.sheet.part if isinstance(plan.sheet, CorrectedSheet) else 0, places.get(c.part, {}),
        )
        for c, plan, seen in zip(counts, plans.plans, rows, strict=True)
    )


def _refused(home: Home, job: _Job, report: LoadReport, share: float, limit: float) -> TooManyRejected:
    """Leave report and refused rows where a person can look, and say so."""
    kept = home.root / "refused" / report.load_id
    shutil.rmtree(kept, ignore_errors=True)
    report.write(job.staging)
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    for table in report.tables:
        (job.staging / f"{table}.parquet").unlink()
    job.staging.rename(kept)
    return TooManyRejected(
        f"被拒绝的行占 {share:.0%}，超过上限 {limit:.0%}，没有载入。原因见 {kept} 中的 report.json 与 quarantine.xlsx，"
        "改正后再载入，或调高上限。",
        f"{share:.0%} of the rows were refused (limit {limit:.0%}); nothing was loaded, see the folder named before",
    )


def _record(report: LoadReport, correction: Correction | None) -> LoadRecord:
    parts = tuple(
        PartRecord(p.part, p.file, p.sheet, p.table, p.read, p.loaded, p.merged, p.quarantined) for p in report.parts
    )
    record = LoadRecord(report.load_id, report.mapping, report.provider, RULES_VERSION, parts)
    if correction is None:
        return record
    places = {p.part: p.corrects_part for p in report.parts}
    return replace(record, corrects=correction.base.load_id, corrected_parts=places)


__all__ = ["NATIVE", "RULES_VERSION", "LoadReport", "identify", "load", "preview"]
