"""Valid workbooks and text files, mutated: nothing crashes, and no row is lost.

    python -m tests.ingest.mutations --mutations 100000

One example takes a few tables of the village, applies many mutations to cells, headers, rows, columns, sheets and
encodings, and loads the result whole. The rows that must be accounted for are counted here, from what was written,
not by the loader. In one example of eight, bytes of a file are damaged too; then only the loader's own count is held.
"""

from __future__ import annotations

import argparse
import csv
import io
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from graph.engines.base import silent
from ingest.accounts import balance, issue_counts, merge_identical, refusal_counts, write_issues, write_tables
from ingest.check import Checker
from ingest.errors import LoadError
from ingest.headers import read_header
from ingest.limits import Limits
from ingest.pace import Pace
from ingest.quarantine import write_quarantine
from ingest.sources import find
from ingest.survey import Survey, look, survey
from ingest.workbooks import release
from tests.county import VILLAGE

PER_EXAMPLE = 150
NASTY = (
    "", " ", "　", "\u200b", "-", "无", "NULL", "nan", "inf", "-inf", "1e400", "1E+17", "3.30199E+17", "0", "-1", "9" * 30, "1/0",
    "=1+1", "=cmd|'/c calc'!A1", "@SUM(A1)", "+86", "'", '"', '""', ",", "\t", ";", "a\nb", "a\r\nb", "\r", "\x01", "\x7f", "\x85",
    "\u2028", "\ufeff", "\ufffd", "𠮷", "👨‍👩‍👧", "ﷺ", "\u202e倒", "合计", "合　计：", "制表人：甲", "2024-02-30", "0000-00-00", "99999", "1.5",
    "2024-13", "45000.999999999", "二〇二四年", "33019919900101001X", "330199199001010011", "10 配偶", "99", "true", "x" * 700, "％s", "{}", "\\",
    "'; DROP TABLE t_residents; --", "$1", "%s", "🈚" * 40,
)
Grid = list[list[str]]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change: its kind, where (taken modulo what is there), and a text to use."""

    kind: str
    row: int
    column: int
    text: str


@dataclass
class Count:
    """What a run met."""

    mutations: int = 0
    examples: int = 0
    rows: int = 0
    refused_files: int = 0
    rules: set[str] = field(default_factory=set)


def _cell(grid: Grid, m: Mutation) -> None:
    row = grid[m.row % len(grid)] if len(grid) > 1 else grid[0]
    if row is not grid[0] and row:
        row[m.column % len(row)] = m.text


def _header(grid: Grid, m: Mutation) -> None:
    if grid[0]:
        at = m.column % len(grid[0])
        grid[0][at] = (m.text, f" {grid[0][at]}（亩）", f"*{grid[0][at]}", grid[0][m.row % len(grid[0])])[m.row % 4]


def _repeat(grid: Grid, m: Mutation) -> None:
    grid.insert(1 + m.column % len(grid), list(grid[m.row % len(grid)]))


def _drop(grid: Grid, m: Mutation) -> None:
    if len(grid) > 3:
        del grid[1 + m.row % (len(grid) - 1)]


def _insert(grid: Grid, m: Mutation) -> None:
    grid.insert(1 + m.row % len(grid), ([], [m.text], [""] * m.column, ["合计", "3"])[m.column % 4])


def _resize(grid: Grid, m: Mutation) -> None:
    row = grid[m.row % len(grid)]
    if row is not grid[0]:
        row[m.column % (len(row) + 1):] = [m.text] * (m.column % 5)


def _column(grid: Grid, m: Mutation) -> None:
    for row in grid:
        at = m.column % (len(row) + 1)
        row[at:at + m.row % 2] = [m.text] if m.row % 3 else []


def _title(grid: Grid, m: Mutation) -> None:
    grid.insert(0, [m.text] * (m.column % 3))


KINDS: dict[str, tuple[int, Callable[[Grid, Mutation], None]]] = {
    "cell": (80, _cell), "repeat": (8, _repeat), "insert": (8, _insert), "resize": (8, _resize), "drop": (4, _drop),
    "header": (1, _header), "column": (1, _column), "title": (1, _title),
}
"""Kind of mutation: how often, and what it does."""

_KINDS = [kind for kind, (often, _) in KINDS.items() for _ in range(often)]
_TEXTS = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9))
MUTATIONS = st.lists(
    st.builds(Mutation, st.sampled_from(_KINDS), st.integers(0, 4999), st.integers(0, 63), _TEXTS),
    min_size=PER_EXAMPLE, max_size=PER_EXAMPLE,
)
SPACES = "".join(chr(at) for at in range(0x3001) if unicodedata.category(chr(at)) == "Zs")
"""A cell of these alone is empty."""
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")


def tables() -> list[Grid]:
    """The tables of the village, header first."""
    return [list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))) for path in sorted(VILLAGE.glob("*.csv"))]


def write(folder: Path, grids: list[Grid], shape: int) -> dict[tuple[str, str], Grid]:
    """Write the tables as text files or as sheets of a workbook; returns what stands under which file and sheet."""
    if shape < len(ENCODINGS):
        for number, grid in enumerate(grids):
            with (folder / f"{number}.csv").open("w", encoding=ENCODINGS[shape], newline="") as file:
                returns = any("\r" in cell for row in grid for cell in row)  # only quoted where a line ends with it
                csv.writer(file, lineterminator="\r\n" if number % 2 or returns else "\n").writerows(grid)
        return {(f"{number}.csv", ""): grid for number, grid in enumerate(grids)}
    with xlsxwriter.Workbook(str(folder / "1.xlsx"), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for number, grid in enumerate(grids):
            sheet = book.add_worksheet(f"S{number}")
            for row, cells in enumerate(grid):
                for column, text in enumerate(cells):
                    sheet.write_string(row, column, text)
    return {("1.xlsx", f"S{number}"): grid for number, grid in enumerate(grids)}


def damage(folder: Path, at: int, new: bytes) -> None:
    """Put other bytes into one of the files, as a broken copy or a wrong encoding would."""
    path = sorted(folder.iterdir())[at % len(list(folder.iterdir()))]
    content = path.read_bytes()
    at %= len(content)
    path.write_bytes(content[:at] + new + content[at + len(new) // 2:])


def data_rows(grid: Grid, header_row: int) -> int:
    """Rows below the header that hold something and are not the header once more."""
    header = [cell.strip(SPACES) for cell in grid[header_row]]
    named = [at for at, cell in enumerate(header) if recognisable(cell)]

    def again(row: list[str]) -> bool:
        return all(at < len(row) and row[at].strip(SPACES) == header[at] for at in named)
    return sum(any(cell.strip(SPACES) for cell in row) and not again(row) for row in grid[header_row + 1:])


def recognisable(cell: str) -> bool:
    """Whether a header cell says anything."""
    return bool(read_header(cell).name)


def check(folder: Path, written: dict[tuple[str, str], Grid], count: Count) -> None:
    """Load what was written without recording it; AssertionError when a row is not accounted for."""
    scratch, staging = folder / "scratch", folder / "staging"
    scratch.mkdir()
    staging.mkdir()
    limits = Limits(memory="500MB")
    try:
        found = find([folder / "in"], limits)
        plans = survey(look(found, limits, lambda *_: None), found.ignored, None)
        checker = Checker.open(scratch, limits)
        try:
            _account(checker, plans, staging, written, count)
        finally:
            checker.con.close()
    except LoadError as refused:
        assert refused.zh, "an error says what is wrong"
        assert refused.en
        count.refused_files += 1
    finally:
        release()


def _account(
    checker: Checker, plans: Survey, staging: Path, written: dict[tuple[str, str], Grid], count: Count
) -> None:
    pace = Pace(silent, [plan.sheet.rows for plan in plans.plans])
    groups = Counter(plan.group for plan in plans.plans)
    rows = [
        checker.check(part, plan, pace, alone=groups[plan.group] == 1) for part, plan in enumerate(plans.plans, start=1)
    ]
    checker.gather()
    merge_identical(checker.con)
    counts = balance(checker.con, [seen.read for seen in rows])
    stored = write_tables(checker.con, staging)
    write_issues(checker.con, staging, checker.sentences)
    write_quarantine(checker.con, staging, "0" * 12, list(enumerate(plans.plans, start=1)), checker.sentences)
    assert sum(stored.values()) == sum(one.loaded for one in counts)
    for plan, one in zip(plans.plans, counts, strict=True):
        grid = written.get((plan.sheet.file.name, plan.sheet.name))
        assert one.read == one.loaded + one.merged + one.quarantined
        assert grid is None or one.read == data_rows(grid, plan.header_row)
        count.rows += one.read
    refusals, issues = refusal_counts(checker.con), issue_counts(checker.con)
    for part in (*refusals.values(), *issues.values()):
        count.rules.update(part)
    assert sum(sum(part.values()) for part in refusals.values()) == sum(one.quarantined for one in counts)


def run(mutations: int, *, seed: int | None = None, shrink: bool = False) -> Count:
    """Apply this many mutations, `PER_EXAMPLE` at a time; AssertionError or any other error is a defect.

    `shrink` looks for the smallest set of mutations that shows it, which takes minutes.
    """
    count, base = Count(), tables()

    @settings(
        max_examples=-(-mutations // PER_EXAMPLE), deadline=None, database=None, phases=(Phase.generate, *([Phase.shrink] if shrink else [])),
        suppress_health_check=list(HealthCheck),
    )
    @given(
        changes=MUTATIONS, first=st.integers(0, len(base) - 1), shape=st.integers(0, 2 * len(ENCODINGS) - 1),
        bad=st.integers(0, 7), at=st.integers(0, 10**6), new=st.binary(min_size=1, max_size=4),
    )
    def example(changes: list[Mutation], first: int, shape: int, bad: int, at: int, new: bytes) -> None:
        grids = [[list(row) for row in base[(first + at) % len(base)]] for at in range(3)]
        for number, change in enumerate(changes):
            KINDS[change.kind][1](grids[number % len(grids)], change)
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            (folder / "in").mkdir()
            written = write(folder / "in", grids, shape)
            if bad == 5:  # not an end of the range, which is tried more often
                damage(folder / "in", at, new)
                written = {}
            check(folder, written, count)
        count.mutations += len(changes)
        count.examples += 1

    if seed is not None:
        seeded(seed)(example)()
    else:
        example()
    return count


def main() -> None:
    """Run from the command line and print what was met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutations", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--shrink", action="store_true", help="look for the smallest failing set")
    given_ = parser.parse_args()
    started = time.perf_counter()
    count = run(given_.mutations, seed=given_.seed, shrink=given_.shrink)
    print(
        f"{count.mutations} mutations in {count.examples} loads, {count.rows} rows accounted for, {count.refused_files} loads "
        f"refused with a clear error, {len(count.rules)} rules met, {time.perf_counter() - started:.0f} s: no crash, no row lost"
    )


if __name__ == "__main__":
    main()
