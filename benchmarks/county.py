"""A made-up county of N residents, all the way: what loading, building and publishing cost, and what answers cost.

    python -m benchmarks.county --residents 100000 1000000
    python -m benchmarks.county --residents 100000 --neo4j bolt://127.0.0.1:7687    (that server must be empty)

Two tables a size. The first: seconds and peak memory of each stage, beside the plain COPY of the same final tables
into the embedded engine in the same run, and the ratio of load + build + publish to it. The second: milliseconds of
every question, whole answers with their evidence, p50 and p95. Sizes are residents; all tables are about 2.4 times as
many rows, the graph 8 times.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.processes import MIB, Run, fengqiao, measured, python
from benchmarks.subjects import Series, series
from graph.build.artifact import Build
from graph.home import Home
from graph.opening import open_store
from graph.store import Store

OUT = Console(width=120)


def stages(folder: Path, residents: int, server: str) -> tuple[Build, list[list[str]]]:
    """Write, load, build and publish a county in `folder`; the build, and the rows of the first table."""
    county, data = folder / "county", folder / "data"
    sample = measured(fengqiao("sample", str(county), "--residents", str(residents)))
    load = measured(fengqiao("load", str(county), "--data", str(data), "--json"))
    made = measured(fengqiao("build", "--data", str(data), "--json"))
    told = json.loads(made.output)
    home = Home(data)
    build = home.build(told["build"])
    assert build is not None, "the build that was just made is there"
    copy = measured(python("-m", "benchmarks.raw_copy", str(build.path), str(folder / "raw.lbug")))
    whole = load.seconds + made.seconds
    rows = [
        _stage("写样例县 sample", sample.seconds, sample),
        _stage("载入 load", load.seconds, load),
        _stage("构图 build", told["seconds"]["build"], made),
        _stage("发布到内嵌引擎 publish", told["seconds"]["publish"], made),
        _stage("载入＋构图＋发布 load + build + publish", whole, max(load, made, key=lambda run: run.peak)),
        _stage(f"只 COPY 成品表 raw COPY（{int(copy.output):,} 行 rows）", copy.seconds, copy),
        ["比值 ratio", f"{whole / copy.seconds:.1f} ×", ""],
    ]
    if server:
        publish = measured(fengqiao("publish", "--to", server, "--data", str(data), "--json"))
        rows.append(_stage("首次发布到 Neo4j first fill", publish.seconds, publish))
    return build, rows


def _stage(name: str, seconds: float, run: Run) -> list[str]:
    return [name, f"{seconds:.1f} s", f"{run.peak // MIB:,} MiB"]


def answers(store: Store, asked: list[Series]) -> list[tuple[float, float, float]]:
    """p50 and p95 in milliseconds and rows on average, one a series; each is asked once before it is timed."""
    found = []
    for one in asked:
        store.ask(one.question, **one.asked[0])
        took, rows = [], 0
        for params in one.asked:
            started = time.perf_counter()
            answer = store.ask(one.question, **params)
            took.append((time.perf_counter() - started) * 1000)
            rows += sum(len(table.rows) for table in answer.parts.values())
        cut = quantiles(took, n=20, method="inclusive")
        found.append((cut[9], cut[18], rows / len(one.asked)))
    return found


def show(title: str, headers: list[str], rows: list[list[Any]]) -> None:
    """Print a table: the first two columns read as text, the others as figures."""
    table = Table(title=title)
    for number, header in enumerate(headers):
        table.add_column(header, justify="left" if number == 0 or header == "about" else "right")
    for row in rows:
        table.add_row(*map(str, row))
    OUT.print(table)


def ask_all(folder: Path, build: Build, residents: int, server: str, rounds: int) -> None:
    """Ask every question on each engine and print the second table."""
    asked = series(build, rounds, seed=residents)
    engines = {"内嵌 embedded": str(folder / "data")} | ({"Neo4j": server} if server else {})
    headers, columns = ["问题 question", "about", "n"], []
    for name, where in engines.items():
        with open_store(where, data=folder / "data") as store:
            columns.append(answers(store, asked))
        headers += [f"{name} p50 ms", "p95 ms"]
    rows = [
        [one.question, one.about, len(one.asked), *(f"{ms:.1f}" for column in columns for ms in column[at][:2]),
         f"{columns[0][at][2]:.0f}"]
        for at, one in enumerate(asked)
    ]
    show(f"回答 answers · {residents:,} 居民 residents", [*headers, "行 rows"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.county", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--residents", type=int, nargs="+", default=[100_000, 1_000_000], help="sizes, one after another")
    parser.add_argument("--neo4j", default="", metavar="URL", help="also publish to this empty server and ask there")
    parser.add_argument("--rounds", type=int, default=200, help="how often each question about one thing is asked")
    parser.add_argument("--keep", type=Path, help="work here and keep the files (default: a temporary folder)")
    given = parser.parse_args()
    for residents in given.residents:
        folder = Path(tempfile.mkdtemp(prefix="fengqiao-bench-", dir=given.keep))
        try:
            build, rows = stages(folder, residents, given.neo4j)
            show(f"{residents:,} 居民 residents", ["步骤 stage", "用时 seconds", "峰值内存 peak memory"], rows)
            ask_all(folder, build, residents, given.neo4j, given.rounds)
        finally:
            if given.keep is None:
                shutil.rmtree(folder)


if __name__ == "__main__":
    main()
