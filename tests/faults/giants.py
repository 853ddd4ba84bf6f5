"""Giants really loaded, each in a process of its own: how long it takes, and how much memory it needs at most.

    python -m tests.faults.giants                    a 2 GB text file, a sheet of 1,048,576 rows, bombs of full size
    python -m tests.faults.giants --gigabytes 0.2 --rows 100000
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

MEMORY = 4 << 30
"""More than this at any moment is a defect."""

LOAD = """
import json, resource, sys, time
from pathlib import Path
from graph.home import Home
from graph.ledger import Ledger
from ingest.errors import LoadError
from ingest.load import load
started = time.perf_counter()
home = Home(Path(sys.argv[1]))
try:
    report = load(home, Ledger(home), [Path(sys.argv[2])], max_reject_share=1.0)
    told = {"read": report.read, "loaded": report.loaded, "merged": report.merged, "refused": report.quarantined}
except LoadError as error:
    told = {"error": type(error).__name__}
told |= {"seconds": round(time.perf_counter() - started, 1), "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}
print(json.dumps(told))
"""
HEADER = ["信访件编号", "信访人姓名", "信访日期", "标题", "内容"]


@dataclass(frozen=True, slots=True)
class Giant:
    """One file and what must come of it: the rows it holds, or the error that must refuse it."""

    name: str
    path: Path
    rows: int = 0
    error: str = ""

    def load(self, data: Path) -> dict[str, object]:
        """Load it; AssertionError when rows are lost, memory is not bounded or it is not refused."""
        done = subprocess.run(
            [sys.executable, "-c", LOAD, str(data), str(self.path)], capture_output=True, text=True, check=False,
        )
        assert done.returncode == 0, done.stderr[-500:]
        told: dict[str, object] = json.loads(done.stdout)
        assert told.get("error", "") == self.error, told
        if not self.error:
            assert told["read"] == self.rows, told
        assert isinstance(told["peak"], int)
        assert told["peak"] < MEMORY, told
        return told


def giants(folder: Path, gigabytes: float, rows: int) -> Iterator[Giant]:
    """The files, written one at a time."""
    yield _text(folder / "giant.csv", gigabytes)
    yield _sheet(folder / "giant.xlsx", rows)
    yield _bomb(folder / "zeros.xlsx", 10 << 30)
    yield _shared(folder / "shared.xlsx", 200_000)


def _text(path: Path, gigabytes: float) -> Giant:
    number, size = 0, 0
    with path.open("w", encoding="utf-8") as file:
        size = file.write(",".join(HEADER) + "\n")
        while size < gigabytes * 1e9:
            lines = [f"XF{n:012d},张三{n % 97},2024-03-{n % 28 + 1:02d},反映路灯不亮{n},{'小区门口的路灯坏了很久。' * 6}{n}\n"
                     for n in range(number, number + 10_000)]
            number += len(lines)
            size += sum(len(line.encode()) for line in lines)
            file.writelines(lines)
    return Giant(f"a text file of {gigabytes:g} GB", path, rows=number)


def _sheet(path: Path, rows: int) -> Giant:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for n in range(1, rows):
            sheet.write_row(n, 0, [f"XF{n:012d}", "张三", "2024-03-05", f"反映路灯不亮{n}", "小区门口的路灯坏了很久。"])
    return Giant(f"a sheet of {rows} rows", path, rows=rows - 1)


def _bomb(path: Path, size: int) -> Giant:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(size >> 24):
            member.write(bytes(1 << 24))
    return Giant(f"a bomb of {size >> 30} GB", path, error="SourceTooLarge")


def _shared(path: Path, rows: int) -> Giant:
    long = "长" * 32_767
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for n in range(1, rows):
            sheet.write_row(n, 0, [f"XF{n}", "张三", "2024-03-05", "题", long])
    return Giant(f"one text of 98 KB in {rows} cells", path, error="SourceTooLarge")


def main() -> None:
    """Run from the command line and print a line for each giant."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gigabytes", type=float, default=2)
    parser.add_argument("--rows", type=int, default=1_048_576)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        for giant in giants(Path(place), given.gigabytes, given.rows):
            size = giant.path.stat().st_size / 1e6
            told = giant.load(Path(place) / "data")
            peak = told.pop("peak")
            assert isinstance(peak, int)
            print(f"{giant.name} ({size:.1f} MB on disk): {told}, peak {peak / 1e9:.2f} GB", flush=True)
            giant.path.unlink()


if __name__ == "__main__":
    main()
