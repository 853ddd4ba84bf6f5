"""Kill load, build and publish at random instants: the old build keeps answering, the next run completes.

    python -m tests.faults.kills --rounds 50            50 kills of each
    python -m tests.faults.kills --rounds 50 --to bolt://127.0.0.1:7687    publications to this Neo4j too (it is overwritten)
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from graph.home import Home
from graph.ledger import Ledger
from graph.opening import open_store
from ingest.sample import write_sample

COMMAND = [sys.executable, "-c", "from api.cli import main; main()"]


@dataclass
class Faults:
    """One run: an old county that is published, a new one that is killed on its way in."""

    place: Path
    rounds: int
    residents: int
    to: str = ""
    seed: int = 1
    counts: dict[str, int] = field(default_factory=dict)

    def run(self) -> dict[str, int]:
        """Kill each stage `rounds` times; AssertionError when anything was lost. Returns kills that hit, by stage."""
        chance = random.Random(self.seed)
        for name, seed in (("old", 1), ("new", 2)):
            write_sample(self.place / name, residents=self.residents, seed=seed)
        base, calm = self.place / "base", self.place / "calm"
        self.call("load", base, "old")
        old_hash = self.call("build", base)["graph_hash"]
        shutil.copytree(base, calm)
        spans = {stage: self.timed(stage, calm) for stage in ("load", "build")}
        wanted = self.call("build", calm)["graph_hash"]
        for stage in ("load", "build", *(["publish"] if self.to else [])):
            self.counts[stage] = sum(self.one(stage, base, spans, old_hash, wanted, chance) for _ in range(self.rounds))
        return self.counts

    def one(self, stage: str, base: Path, spans: dict[str, float], old: str, wanted: str, chance: random.Random) -> bool:
        data = self.place / "data"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(base, data)
        if stage != "load":
            self.call("load", data, "new")
        span = spans["build"] * (3 if stage == "publish" else 1) if stage != "load" else spans["load"]
        hit = self.kill(stage, data, chance.uniform(0, span))
        self.still_answers(data, {old, wanted} if not hit or stage != "load" else {old})
        self.call("load", data, "new")
        assert self.call("build", data, publish=stage == "publish")["graph_hash"] == wanted
        assert self.verified(data, "embedded")
        if stage == "publish":
            assert self.verified(data, self.to)
        return hit

    def kill(self, stage: str, data: Path, after: float) -> bool:
        process = subprocess.Popen(self.words(stage, data, "new", stage == "publish"), stdout=subprocess.DEVNULL)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL

    def still_answers(self, data: Path, hashes: set[str]) -> None:
        """Readers get a whole build, and the ledger agrees with the folders."""
        with open_store(data) as store:
            answer = store.ask("repeat_petitioners")
            assert answer.graph_hash in hashes
            assert answer.rows
        home = Home(data)
        for load in Ledger(home).loads():
            assert (home.load_dir(load.load_id) / "report.json").exists()

    def words(self, stage: str, data: Path, county: str, publish: bool) -> list[str]:
        arguments = ["load", str(self.place / county)] if stage == "load" else ["build", *(["--to", self.to] if publish else [])]
        return [*COMMAND, *arguments, "--data", str(data), "--json"]

    def call(self, stage: str, data: Path, county: str = "", publish: bool = False) -> dict[str, str]:
        done = subprocess.run(self.words(stage, data, county, publish), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))

    def timed(self, stage: str, data: Path) -> float:
        started = time.perf_counter()
        self.call(stage, data, "new")
        return time.perf_counter() - started

    def verified(self, data: Path, engine: str) -> bool:
        words = [*COMMAND, "verify", "--data", str(data), "--engine", engine, "--json"]
        return bool(json.loads(subprocess.run(words, capture_output=True, text=True).stdout)["equal"])


def main() -> None:
    """Run from the command line and print how many kills hit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--residents", type=int, default=2000)
    parser.add_argument("--to", default="", help="a Neo4j to publish to as well; what it holds is overwritten")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        hits = Faults(Path(place), given.rounds, given.residents, given.to).run()
    for stage, count in hits.items():
        print(f"{stage}: {given.rounds} rounds, {count} killed before the end, 0 lost, every hash equal")


if __name__ == "__main__":
    main()
