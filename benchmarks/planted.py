"""What the questions find of the stories that were planted in a made-up county: precision and recall of each kind.

    python -m benchmarks.planted --residents 20000

A county is made up, loaded and built in a folder of its own; `planted.json` says what must be found, and nothing else may
be. With `--neo4j URL` the same is asked of that (empty) server too.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.county import show
from graph.build.run import build_graph
from graph.home import Home
from graph.ledger import Ledger
from graph.opening import DEFAULT_ID_KEY, ServerAddress, open_store, publish_embedded, publish_to_server
from graph.store import Store
from graph.values import token
from ingest.load import load
from ingest.sample import write_sample

Story = dict[str, Any]
ALL = 1_000_000
_REPEATS = ("repeat_petitioner", "repeat_same_parcel", "bounced_petition")
AT_THE_END = "2026-01-31"
"""A day after everything the county tells."""
_KIN = ("near_kin", "household")
_LIMIT_SINCE = "c:XF20220501"
"""Case numbers begin with their day; the national limit of representatives holds from this one."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of thing: what was found, and what was planted."""

    what: str
    found: set[Any]
    planted: set[Any]

    @property
    def precision(self) -> float:
        return len(self.found & self.planted) / len(self.found) if self.found else float(not self.planted)

    @property
    def recall(self) -> float:
        return len(self.found & self.planted) / len(self.planted) if self.planted else 1.0


class Told:
    """A county's planted stories, and a store that is asked about them."""

    def __init__(self, files: Path, store: Store) -> None:
        planted = json.loads((files / "planted.json").read_text(encoding="utf-8"))
        self.stories: list[Story] = planted["stories"]
        self.background: dict[str, list[str]] = planted["background"]
        self.cases = [f"c:{row[0]}" for name in ("信访件", "矛盾纠纷") for row in _rows(files / f"{name}.csv")]
        self.organs = [f"o:{row[0]}" for row in _rows(files / "机构.csv")]
        self.store = store

    def of(self, *kinds: str) -> list[Story]:
        return [story for story in self.stories if story["kind"] in kinds]

    def ask(self, name: str, part: str = "main", **params: Any) -> list[dict[str, Any]]:
        return self.store.ask(name, max_rows=ALL, **params).parts[part].rows


def compare(told: Told) -> Iterator[Compared]:
    """Every kind of planted thing against the answers."""
    yield from _repeats(told)
    yield from _links(told)
    yield from _handling(told)
    yield from _conflicts(told)


def _repeats(told: Told) -> Iterator[Compared]:
    yield Compared(
        "重复信访 repeats", {(r["petitioner_id"], tuple(r["case_ids"])) for r in told.ask("repeat_petitioners", as_of=AT_THE_END)},
        {(_person(s["people"][0]), tuple(sorted(_cases(s)))) for s in told.of(*_REPEATS)},
    )
    yield Compared(
        "同户轮流 households in turn", {(r["household_id"], tuple(r["case_ids"])) for r in told.ask("repeat_households", as_of=AT_THE_END)},
        {(f"h:{s['household']}", tuple(sorted(_cases(s)))) for s in told.of("siblings_in_turn")},
    )
    yield Compared(
        "集体访及代表人数 joint matters",
        {(r["matter"], r["most_representatives"], r["over_representative_limit"])
         for r in told.ask("joint_matters", as_of=AT_THE_END) if r["most_representatives"]},
        _joint(told),
    )
    wanted = {(f"c:{s['expected']['not_counted'][0]}", s["expected"].get("label", "urging"))
              for s in told.of("urging", "filed_above", "after_re_review")}
    labelled = {(r["case_id"], r["label"]) for r in told.ask("repeat_petitioners", "labelled", as_of=AT_THE_END)}
    labels = {label for _, label in wanted}
    yield Compared("不另计的登记 labelled", {(case, label) for case, label in labelled if label in labels}, wanted)


def _joint(told: Told) -> set[tuple[str, int, bool]]:
    """Matter, most representatives of one visit, over the limit of its day; two villagers' visits may be one matter."""
    most: dict[str, tuple[int, bool]] = {}
    for story in told.of("joint_petition"):
        (case,), expected = _cases(story), story["expected"]
        matter = str(told.store.get(case).properties["matter_id"])
        here = (int(expected["representatives"]), bool(expected["over_limit"]) and case >= _LIMIT_SINCE)
        many, over = most.get(matter, (0, False))
        most[matter] = (max(many, here[0]), over or here[1])
    return {(matter, many, over) for matter, (many, over) in most.items()}


def _links(told: Told) -> Iterator[Compared]:
    first = {_cases(s)[0]: _cases(s)[1] for s in told.of("boundary_dispute_returns")}
    yield Compared(
        "界址纠纷再起 disputes that return",
        {(case, r["other_case_id"]) for case in first
         for r in told.ask("linked_disputes", case_id=case, min_strength="strong", as_of=AT_THE_END) if not r["hub"]},
        set(first.items()),
    )
    yield Compared(
        "枢纽 hubs", {organ for organ in told.organs if told.store.get(organ).properties["hub"]},
        {f"o:{s['expected']['hub']}" for s in told.of("hub")},
    )


def _handling(told: Told) -> Iterator[Compared]:
    yield Compared(
        "无人负责的日子 days without owner",
        {(r["case_id"], r["from"], r["to"]) for r in told.ask("ownerless", as_of=AT_THE_END) if r["reason"] == "to_nobody"},
        {(*_cases(s), s["expected"]["nobody_from"], s["expected"]["taken_on"]) for s in told.of("returned_to_nobody")},
    )
    sent_back = {(f"c:{number}", 3, 1) for number in told.background.get("sent_back", [])}
    yield Compared(
        "来回移交 loops",
        {(r["case_id"], r["hops"], r["returns"]) for r in told.ask("handoffs", as_of=AT_THE_END) if r["loop"]},
        {(_cases(s)[0], s["expected"]["hops"], s["expected"]["returns"]) for s in told.of("bounced_petition")} | sent_back,
    )
    edges = told.of("deadline_boundary")
    yield Compared(
        "期限边界 periods at their edge",
        {(case, r["clock"], r["due_on"], r["state"], "extension_too_long" in (r["flags"] or ()))
         for s in edges for case in _cases(s) for r in told.ask("case_clocks", case_id=case, as_of=AT_THE_END)
         if r["clock"] == s["expected"]["clock"]},
        {(*_cases(s), *(s["expected"][key] for key in ("clock", "due_on", "state")), bool(s["expected"]["flag"])) for s in edges},
    )


def _conflicts(told: Told) -> Iterator[Compared]:
    found = {(case, r["official_id"], r["ground"]) for case in told.cases
             for r in told.ask("recusal_conflicts", case_id=case, as_of=AT_THE_END) if r["ground"] in (*_KIN, "prior_handler")}
    kin = {(*_cases(s), f"f:{s['expected']['mediator']}", ground) for s in told.of("mediator_kin") for ground in _KIN}
    reviewers = {(_cases(s)[0], f"f:{s['expected']['handler']}", "prior_handler") for s in told.of("after_re_review")}
    yield Compared("需披露的情形 matters to disclose", found, kin | reviewers)


def _cases(story: Story) -> list[str]:
    return [f"c:{number}" for number in story["case_numbers"]]


def _person(id_number: str) -> str:
    return "r:" + token(id_number, DEFAULT_ID_KEY)


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def make(folder: Path, residents: int, seed: int) -> Home:
    """A county in files, loaded, built and published."""
    write_sample(folder / "files", residents, seed)
    home = Home(folder / "data")
    ledger = Ledger(home)
    load(home, ledger, [folder / "files"])
    with home.writer():
        build, _ = build_graph(home, ledger)
        publish_embedded(home, build)
    return home


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--residents", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--neo4j", default="", metavar="URL", help="ask this empty server too")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="fengqiao-planted-"))
    try:
        home = make(folder, given.residents, given.seed)
        wheres = {"内嵌 embedded": str(home.root)}
        if given.neo4j:
            build = home.build(home.current_number() or 0)
            assert build is not None
            publish_to_server(home, build, ServerAddress(given.neo4j))
            wheres["Neo4j"] = given.neo4j
        for name, where in wheres.items():
            with open_store(where) as store:
                rows = [[one.what, len(one.planted), len(one.found), f"{one.precision:.3f}", f"{one.recall:.3f}"]
                        for one in compare(Told(folder / "files", store))]
            headers = ["埋设的事 planted", "埋设 planted", "找到 found", "准确率 precision", "召回率 recall"]
            show(f"{name} · {given.residents:,} 居民 residents · seed {given.seed}", headers, rows)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
