"""What loading costs beside the least that must be done: DuckDB reading the same files and writing them as Parquet.

    python -m benchmarks.loading --residents 100000 1000000

One table: seconds, rows a second and peak memory of `fengqiao load` and of the peer, in turn, and the ratio.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from benchmarks.county import show
from benchmarks.processes import MIB, Run, fengqiao, measured, python


def compare(folder: Path, residents: int, rounds: int) -> list[list[str]]:
    """Load a county of so many residents and let the peer read it, `rounds` times each in turn; the best of each."""
    county = folder / "county"
    measured(fengqiao("sample", str(county), "--residents", str(residents)))
    loads, peers = [], []
    for number in range(rounds):
        out = folder / f"peer-{number}"
        out.mkdir()
        loads.append(measured(fengqiao("load", str(county), "--data", str(folder / f"data-{number}"), "--json")))
        peers.append(measured(python("-m", "benchmarks.raw_read", str(county), str(out))))
    load, peer = (min(runs, key=lambda run: run.seconds) for runs in (loads, peers))
    read = sum(part["read"] for part in json.loads(load.output)["parts"])
    return [
        _row("载入 fengqiao load", load, read),
        _row("DuckDB CSV → Parquet", peer, int(peer.output)),
        ["比值 ratio", f"{load.seconds / peer.seconds:.1f} ×", "", "", ""],
    ]


def _row(name: str, run: Run, rows: int) -> list[str]:
    return [name, f"{run.seconds:.1f} s", f"{rows:,}", f"{rows / run.seconds:,.0f}", f"{run.peak // MIB:,} MiB"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.loading", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--residents", type=int, nargs="+", default=[100_000, 1_000_000], help="sizes, one after another")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run; the best counts")
    given = parser.parse_args()
    for residents in given.residents:
        folder = Path(tempfile.mkdtemp(prefix="fengqiao-bench-"))
        try:
            rows = compare(folder, residents, given.rounds)
            headers = ["", "用时 seconds", "行 rows", "行/秒 rows/s", "峰值内存 peak memory"]
            show(f"载入 loading · {residents:,} 居民 residents", headers, rows)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
