"""Kill every command that writes at random instants: the old build keeps answering, the next run completes.

    python -m tests.faults.kills --rounds 50            50 kills of each: load, build, withdraw, withdraw --undo, correction
    python -m tests.faults.kills --rounds 50 --stages withdraw undo
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
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from api.cli import app
from graph.home import Home
from graph.ledger import Ledger, LoadRecord
from graph.opening import open_store
from ingest.sample import write_sample
from tests.faults.agreement import agree
from tests.faults.counties import corrected, with_refusals

COMMAND = [sys.executable, "-c", "from api.cli import main; main()"]
STAGES = ("load", "build", "withdraw", "undo", "correction")
PUBLISH = "publish"
STARTED = 0.9
"""The kills fall after this share of the time that a command takes to begin: before it nothing can be hurt."""
LATER = 1.03
"""A command that was killed may take so much longer than we thought; one that ended tells how long it takes now."""


@dataclass
class Tally:
    """What the kills of one stage met: `hit` came before the command's end; of these `whole` found its work done."""

    rounds: int = 0
    hit: int = 0
    whole: int = 0


@dataclass(frozen=True)
class Stage:
    """A command that is killed: the seconds it takes, the data directory it starts from, and one where it is done.

    `before` and `after` are the loads there, `answers` is the hash of the build at the start, `graph_hash` of the next.
    """

    name: str
    words: tuple[str, ...]
    span: float
    start: Path
    done: Path
    before: list[LoadRecord]
    after: list[LoadRecord]
    answers: str
    graph_hash: str = ""


@dataclass
class Faults:
    """One run in the folder `place`: counties of so many residents, each stage killed `rounds` times."""

    place: Path
    rounds: int
    residents: int
    to: str = ""
    seed: int = 1
    stages: Sequence[str] = STAGES
    tallies: dict[str, Tally] = field(default_factory=dict)
    tell: Callable[[str, Tally], None] = lambda _stage, _tally: None
    start_up: float = 0.0
    spans: dict[str, float] = field(default_factory=dict)

    def run(self) -> dict[str, Tally]:
        """Kill each stage; AssertionError when anything was lost."""
        chance = random.Random(self.seed)
        for stage in self.prepared():
            if stage.name in self.stages:
                tally = self.tallies[stage.name] = Tally()
                for _ in range(self.rounds):
                    self.one(stage, chance, tally)
                self.tell(stage.name, tally)
        return self.tallies

    def prepared(self) -> list[Stage]:
        """Every stage, run undisturbed once: so long does it take, and so must it be after each kill."""
        for name, seed in (("old", 1), ("new", 2)):
            write_sample(self.place / name, residents=self.residents, seed=seed)
        with_refusals(self.place / "new", self.place / "broken")
        started = time.perf_counter()
        subprocess.run([*COMMAND, "--help"], capture_output=True, check=True)
        self.start_up = time.perf_counter() - started
        base, broken = self.place / "base", self.place / "broken-loaded"
        call("load", str(self.place / "old"), data=base)
        without_new = str(call("build", data=base)["graph_hash"])
        load = self.stage("load", base, "load", str(self.place / "new"))
        build = self.stage("build", load.done, "build")
        new = build.after[-1].load_id
        withdraw = self.stage("withdraw", build.done, "withdraw", new, "--yes")
        undo = self.stage("undo", withdraw.done, "withdraw", new, "--undo")
        told = call("load", str(self.place / "broken"), data=copy(base, broken))
        book = corrected(broken, str(told["load_id"]), self.place / "new", self.place / "corrected.xlsx")
        correction = self.stage("correction", broken, "load", str(book))
        stages = [load, build, withdraw, undo, correction]
        if self.to:
            stages.append(replace(build, name=PUBLISH, words=(*build.words, "--to", self.to), span=build.span * 3))
        hashes = {"withdraw": without_new}
        with_new = answering(build.done)
        return [replace(stage, graph_hash=hashes.get(stage.name, with_new)) for stage in stages]

    def stage(self, name: str, start: Path, *words: str) -> Stage:
        done = copy(start, self.place / f"{name}-done")
        started = time.perf_counter()
        call(*words, data=done)
        span = self.start_up + time.perf_counter() - started
        return Stage(name, words, span, start, done, loads(start), loads(done), answering(start))

    def one(self, stage: Stage, chance: random.Random, tally: Tally) -> None:
        """One kill, what must hold after it, and the next run to its end."""
        data = copy(stage.start, self.place / "data")
        hit = self.kill(stage, data, chance.random())
        now = loads(data), answering(data)
        assert now[0] in (stage.before, stage.after), "a load is absent or whole"
        assert now[1] in (stage.answers, stage.graph_hash), "readers get a whole build"
        agree(data, leftovers=True)
        tally.rounds += 1
        tally.hit += hit
        tally.whole += hit and now != (stage.before, stage.answers)
        call(*stage.words, data=data)
        assert loads(data) == stage.after
        assert call("build", data=data)["graph_hash"] == stage.graph_hash == answering(data)
        agree(data)
        for engine in ("embedded", *([self.to] if stage.name == PUBLISH else [])):
            assert call("verify", "--engine", engine, data=data)["equal"]

    def kill(self, stage: Stage, data: Path, when: float) -> bool:
        """Run the command of a stage and kill it, `when` from 0 (it begins) to 1 (it ends); whether it had not ended.

        How long it takes is learnt on the way, for a machine is not always equally busy.
        """
        span = self.spans.get(stage.name, stage.span)
        begins = STARTED * self.start_up / stage.span
        words = [*COMMAND, *stage.words, "--data", str(data), "--json"]
        started = time.perf_counter()
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(span * (begins + (1 - begins) * when))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        hit = process.wait() == -signal.SIGKILL
        self.spans[stage.name] = span * LATER if hit else time.perf_counter() - started
        return hit


def call(*words: str, data: Path) -> dict[str, Any]:
    """Run a command undisturbed, in this process; what it says."""
    done = CliRunner().invoke(app, [*words, "--data", str(data), "--json"])
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


def copy(start: Path, to: Path) -> Path:
    """A fresh copy of a data directory."""
    shutil.rmtree(to, ignore_errors=True)
    return Path(shutil.copytree(start, to))


def loads(data: Path) -> list[LoadRecord]:
    """The loads as the ledger has them, times aside."""
    return [replace(load, loaded_at="") for load in Ledger(Home(data)).loads()]


def answering(data: Path) -> str:
    """The hash of the build that answers, once it did."""
    with open_store(data) as store:
        answer = store.ask("repeat_petitioners")
        assert answer.rows
        return answer.graph_hash


def main() -> None:
    """Run from the command line and print how many kills hit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50, help="kills of each stage")
    parser.add_argument("--residents", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stages", nargs="+", choices=(*STAGES, PUBLISH), default=[], help="these only; all by default")
    parser.add_argument("--to", default="", help="a Neo4j to publish to as well; what it holds is overwritten")
    given = parser.parse_args()
    stages = given.stages or (*STAGES, PUBLISH)
    with tempfile.TemporaryDirectory() as place:
        Faults(Path(place), given.rounds, given.residents, given.to, given.seed, stages, tell=say).run()


def say(stage: str, tally: Tally) -> None:
    """What the kills of a stage came to; nothing is said of one that found anything lost."""
    print(f"{stage}: {tally.rounds} kills, {tally.hit} before the end ({tally.hit - tally.whole} found nothing done,"
          f" {tally.whole} all of it), 0 lost, every hash equal", flush=True)


if __name__ == "__main__":
    main()
