"""Loading: files become one immutable load of the register, or nothing at all.

The same files with the same mapping are the same load, whatever they are called outside: the load id is made of
the relative names and contents of the files, the mapping, and the version of the loading rules.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from graph.engines.base import Progress, silent
from graph.home import Home
from graph.ledger import Ledger, LoadRecord, PartRecord
from ingest import workbooks
from ingest.accounts import (
    balance,
    issue_counts,
    merge_identical,
    refusal_counts,
    write_issues,
    write_tables,
)
from ingest.check import Checker
from ingest.errors import TooManyRejected
from ingest.limits import Limits
from ingest.mapping import Mapping, load_mapping
from ingest.plan import SheetPlan
from ingest.quarantine import write_quarantine
from ingest.report import LoadReport, PartReport, messages_of, report_again
from ingest.sources import Found, find
from ingest.survey import Survey, preview, survey
from ingest.textfiles import digest

RULES_VERSION = "1"
"""Raised when the loading rules change so that the same files give other rows."""

NATIVE = "native"


def load(
    home: Home, ledger: Ledger, paths: Sequence[Path], *, mapping: str | Path | None = None, provider: str = "",
    id_key: str, max_reject_share: float = 0.2, progress: Progress = silent, limits: Limits | None = None,
) -> LoadReport:
    """Load files and folders as one load; raises a LoadError, and then nothing was committed.

    `mapping` names a mapping or its file, None means native tables. `id_key` makes the tokens of id numbers and
    phones. `provider` fills 数据来源 where a row has none. When the share of rejected rows (total lines and rows a
    mapping does not use aside) is above `max_reject_share`, the report and the rejected rows are left in
    `refused/<load id>/` of the data directory. WriterBusy when another process writes.
    """
    limits = limits or Limits()
    chosen = load_mapping(mapping) if mapping is not None else None
    found = find(paths, limits)
    load_id = identify(found, chosen)
    with home.writer():
        if earlier := ledger.load(load_id):
            return report_again(earlier)
        provider = provider or (chosen.provider if chosen else "")
        plans = survey(found, chosen, limits, progress)
        staging, scratch = home.stage_load(load_id), home.stage_load(f"{load_id}-scratch")
        try:
            report, share = _fill(staging, scratch, load_id, chosen, provider, plans, limits, id_key, progress)
            _check_share(home, staging, report, share, max_reject_share)
            ledger.commit_load(_record(report), staging)
        finally:
            workbooks.release()
            shutil.rmtree(scratch, ignore_errors=True)
            shutil.rmtree(staging, ignore_errors=True)
    return report


def identify(found: Found, mapping: Mapping | None) -> str:
    """The load id: 12 hex digits that stand for the files, the mapping and the rules."""
    key = hashlib.sha256()
    for text in (RULES_VERSION, mapping.name if mapping else NATIVE, mapping.content if mapping else ""):
        key.update(hashlib.sha256(text.encode()).digest())
    for name, content in sorted((file.name, digest(file.path)) for file in found.files):
        key.update(hashlib.sha256(name.encode()).digest() + bytes.fromhex(content))
    return key.hexdigest()[:12]


def _fill(
    staging: Path, scratch: Path, load_id: str, mapping: Mapping | None, provider: str, plans: Survey,
    limits: Limits, id_key: str, progress: Progress,
) -> tuple[LoadReport, float]:
    """Check and write everything into the staging folder; returns the report and the share of rejected rows."""
    checker = Checker.open(scratch, limits, provider, id_key)
    con = checker.con
    try:
        numbered = list(enumerate(plans.plans, start=1))
        read = {}
        for part, plan in numbered:
            progress(f"载入 {plan.sheet.file.name} {plan.sheet.name}".rstrip(), part - 1, len(numbered) + 1)
            read[part] = checker.check(part, plan).read
        progress("核对与写出", len(numbered), len(numbered) + 1)
        merge_identical(con)
        counts = balance(con, read)
        tables = write_tables(con, staging)
        write_issues(con, staging, checker.sentences)
        write_quarantine(con, staging, numbered, checker.sentences)
        issues, refusals = issue_counts(con), refusal_counts(con)
    finally:
        con.close()
    parts = tuple(
        _part_report(plan, count.part, (count.read, count.loaded, count.merged, count.quarantined),
                     refusals.get(count.part, {}), issues.get(count.part, {}))
        for count, (_, plan) in zip(counts, numbered, strict=True)
    )
    met = {rule for part in parts for rule in (*part.refusals, *part.cell_issues)}
    sentences = {rule: text for rule, text in checker.sentences.known.items() if rule in met}
    name = mapping.name if mapping else NATIVE
    messages = messages_of(parts, plans.unrecognised, plans.ignored, sentences)
    report = LoadReport(
        load_id, name, provider, parts, plans.unrecognised, plans.ignored, sentences, tables, messages=messages
    )
    report.write(staging)
    data = sum(count.read - count.not_data for count in counts)
    return report, sum(count.quarantined - count.not_data for count in counts) / data if data else 0.0


def _part_report(
    plan: SheetPlan, part: int, counts: tuple[int, int, int, int], refusals: dict[str, int], issues: dict[str, int]
) -> PartReport:
    return PartReport(
        part, plan.sheet.file.name, plan.sheet.name, plan.table, *counts, refusals, issues, plan.unknown
    )


def _check_share(home: Home, staging: Path, report: LoadReport, share: float, limit: float) -> None:
    if share <= limit:
        return
    kept = home.root / "refused" / report.load_id
    shutil.rmtree(kept, ignore_errors=True)
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    for table in report.tables:
        (staging / f"{table}.parquet").unlink()
    staging.rename(kept)
    raise TooManyRejected(
        f"被拒绝的行占 {share:.0%}，超过上限 {limit:.0%}，没有载入。原因见 {kept} 中的 report.json 与 quarantine.xlsx，"
        "改正后再载入，或调高上限。",
        f"{share:.0%} of the rows were refused (limit {limit:.0%}); nothing was loaded, see the folder named before",
    )


def _record(report: LoadReport) -> LoadRecord:
    parts = tuple(
        PartRecord(p.part, p.file, p.sheet, p.table, p.read, p.loaded, p.merged, p.quarantined) for p in report.parts
    )
    return LoadRecord(report.load_id, report.mapping, report.provider, RULES_VERSION, parts)


__all__ = ["NATIVE", "RULES_VERSION", "LoadReport", "identify", "load", "preview"]
