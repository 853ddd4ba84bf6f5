"""How well the same matter is found among real messages, beside exact words and plain TF-IDF without a guard of places.

`python -m benchmarks.matters --truth FOLDER [--only dev] [--sweep]`: FOLDER holds workbooks and `truth/` with groups of
messages on one matter (`planted_clusters*`, `official_linked_groups*`, `identical_text_groups*`) and pairs that only
look alike (`same_second_pairs*`, label near_same_text_other_place).
"""

from __future__ import annotations

import argparse
import csv
import itertools
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import duckdb
import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq

from graph.build.matters import find_matters
from graph.build.run import build_graph
from graph.build.sameness import Limits
from graph.home import Home
from graph.ledger import Ledger
from ingest.load import load

Grouping = Mapping[str, str]
"""For each message the name of its matter."""


@dataclass
class Truth:
    """Groups of messages on one matter by kind, and pairs that must stay apart."""

    groups: dict[str, list[set[str]]] = field(default_factory=dict)
    apart: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def read(cls, folder: Path, known: set[str]) -> Truth:
        truth = cls()
        for pattern, column in (("planted_clusters*", "cluster"), ("official_linked*", "问题ID"), ("identical_text*", "group")):
            found: dict[tuple[str, str], set[str]] = defaultdict(set)
            for row in _rows(folder, pattern):
                if row["留言编号"] in known:
                    found[row.get("kind") or pattern.rstrip("*"), row[column]].add(row["留言编号"])
            for (kind, _), group in sorted(found.items()):
                if len(group) > 1:
                    truth.groups.setdefault(kind, []).append(group)
        truth.apart = {
            (row["id_1"], row["id_2"]) for row in _rows(folder, "same_second*")
            if row["label"] == "near_same_text_other_place" and {row["id_1"], row["id_2"]} <= known
        }
        return truth

    def pairs(self, kind: str) -> list[tuple[str, str]]:
        return [pair for group in self.groups[kind] for pair in itertools.combinations(sorted(group), 2)]


def _rows(folder: Path, pattern: str) -> Iterator[dict[str, str]]:
    for path in sorted(folder.glob(f"{pattern}.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)


@dataclass(frozen=True)
class Messages:
    """What was loaded, by the message's own number."""

    title: dict[str, str]
    text: dict[str, str]
    matter: dict[str, str]
    seconds: float


def built(files: list[Path]) -> Messages:
    """Load and build the messages, and read back which matter each belongs to."""
    with tempfile.TemporaryDirectory() as work:
        home = Home(Path(work) / "data")
        load(home, Ledger(home), files, mapping="wenzheng")
        begun = time.monotonic()
        with home.writer():
            build, _ = build_graph(home, Ledger(home))
        seconds = time.monotonic() - begun
        cases = pq.read_table(build.path / "nodes" / "Case.parquet").to_pylist()
        parts = sorted((Path(work) / "data" / "loads").rglob("petitions.parquet"))
        said = [row for path in parts for row in pq.read_table(path).to_pylist()]
    return Messages(
        {row["own_number"]: row["title"] or "" for row in said}, {row["own_number"]: row["text"] or "" for row in said},
        {row["number"]: row["matter_id"] for row in cases}, seconds,
    )


def exact_words(messages: Messages) -> Grouping:
    """The peer that joins equal texts only."""
    return {case: messages.title[case] + "".join(messages.text[case].split()) for case in messages.matter}


def plain_tfidf(messages: Messages, least: float = 0.5) -> Grouping:
    """The peer of scikit-learn: TF-IDF of two and three characters, everything at least so alike is one matter."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    cases = sorted(messages.matter)
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True).fit_transform(
        [messages.title[case] + messages.text[case][:400] for case in cases]
    )
    near = (vectors @ vectors.T).tocoo()
    graph = nx.Graph()
    graph.add_nodes_from(cases)
    near_pairs = zip(near.row, near.col, near.data, strict=True)
    graph.add_edges_from((cases[a], cases[b]) for a, b, score in near_pairs if a < b and score >= least)
    return {case: min(group) for group in nx.connected_components(graph) for case in group}


def regrouped(messages: Messages, limits: Limits) -> Grouping:
    """What the step of the build makes of the words alone, under other limits."""
    cases = sorted(messages.matter)
    connection = duckdb.connect()
    connection.register("said", pa.table({
        "id": cases, "title": [messages.title[case][:200] for case in cases], "body": [messages.text[case][:400] for case in cases],
    }))
    connection.execute("""
        CREATE SCHEMA graph;
        CREATE TABLE matter_order AS SELECT *, NULL::VARCHAR AS category, NULL::VARCHAR AS area_code, '' AS on_day FROM said;
        CREATE TABLE link_verdicts (a VARCHAR, b VARCHAR, verdict VARCHAR);
        CREATE TABLE graph."SAME_MATTER.Case.Case" (
            from_id VARCHAR, to_id VARCHAR, test VARCHAR, score DOUBLE, ref VARCHAR, ord BIGINT)""")
    find_matters(connection, limits)
    found = dict(connection.execute("SELECT id, matter_id FROM matters").fetchall())
    connection.close()
    return {case: found.get(case, case) for case in cases}


def sweep(messages: Messages, truth: Truth) -> Iterator[str]:
    """Recall by place under limits around the shipped ones, and what each place alone would have chosen."""
    groups = [(kind, number, group) for kind in ("planted_clusters", "official_linked")
              for number, group in enumerate(truth.groups.get(kind, ()), 1)]
    recalls: dict[float, list[float]] = {}
    for named in (0.04, 0.05, 0.06, 0.065, 0.07, 0.08, 0.085, 0.09, 0.1, 0.11, 0.12):
        grouping = regrouped(messages, Limits(named=named))
        recalls[named] = [_recall(grouping, group) for _, _, group in groups]
        wrong = sum(grouping[a] == grouping[b] for a, b in truth.apart)
        largest = max(Counter(grouping.values()).values())
        said = " ".join(f"{kind} {number}: {share:.3f}" for (kind, number, _), share in zip(groups, recalls[named], strict=True))
        yield f"named {named}: {said}; other places joined {wrong}, largest matter {largest}"
    for place, _ in enumerate(groups):
        chosen = max(recalls, key=lambda limit: (recalls[limit][place] >= 0.9, limit))
        rest = [f"{share:.3f}" for at, share in enumerate(recalls[chosen]) if at != place]
        yield f"chosen by {groups[place][0]} {groups[place][1]} alone: {chosen}; the other groups: {' '.join(rest)}"


def _recall(grouping: Grouping, group: set[str]) -> float:
    pairs = list(itertools.combinations(sorted(group), 2))
    return sum(grouping[a] == grouping[b] for a, b in pairs) / len(pairs)


def report(name: str, grouping: Grouping, truth: Truth) -> Iterator[str]:
    """Recall of each kind of group, pairs of other places joined, and how large the matters are."""
    yield f"{name}"
    for kind in truth.groups:
        pairs = truth.pairs(kind)
        found = sum(grouping[a] == grouping[b] for a, b in pairs)
        yield f"  {kind}: {found} of {len(pairs)} pairs, recall {found / len(pairs):.3f}"
    wrong = sum(grouping[a] == grouping[b] for a, b in truth.apart)
    yield f"  near_same_text_other_place joined: {wrong} of {len(truth.apart)}"
    sizes: dict[str, int] = defaultdict(int)
    for matter in grouping.values():
        sizes[matter] += 1
    shared = [size for size in sizes.values() if size > 1]
    yield f"  matters of several messages: {len(shared)}, largest {max(shared, default=1)}, messages in them {sum(shared)}"
    yield from _precision(grouping, truth)


def _precision(grouping: Grouping, truth: Truth) -> Iterator[str]:
    """Of the pairs of labelled messages that were joined, how many the labels confirm; the rest of the messages have no label."""
    label: dict[str, set[str]] = defaultdict(set)
    for kind, groups in truth.groups.items():
        for number, group in enumerate(groups):
            for case in group:
                label[case].add(f"{kind}{number}")
    joined = [pair for pair in itertools.combinations(sorted(label), 2) if grouping[pair[0]] == grouping[pair[1]]]
    linked = nx.Graph()
    for groups in truth.groups.values():
        for group in groups:
            nx.add_path(linked, sorted(group))
    whole = {case: number for number, part in enumerate(nx.connected_components(linked)) for case in part}
    right = sum(whole[a] == whole[b] for a, b in joined)
    if joined:
        yield f"  joined pairs of labelled messages: {len(joined)}, confirmed {right}, precision {right / len(joined):.3f}"


def main(arguments: list[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.matters", description=__doc__)
    parser.add_argument("--truth", type=Path, required=True, help="folder of messages with truth/")
    parser.add_argument("--only", default="dev", help="the folder of workbooks inside")
    parser.add_argument("--sweep", action="store_true", help="also other limits, and limits chosen by one group alone")
    given = parser.parse_args(arguments)
    messages = built(sorted((given.truth / given.only).glob("*.xlsx")))
    print(f"{len(messages.matter)} messages, build {messages.seconds:.1f} s")
    truth = Truth.read(given.truth / "truth", set(messages.matter))
    peers: list[tuple[str, Callable[[Messages], Grouping]]] = [
        ("fengqiao", lambda m: m.matter), ("exact words", exact_words), ("plain TF-IDF >= 0.5, no guard", plain_tfidf),
    ]
    if find_spec("sklearn") is None:
        print("scikit-learn is not installed, its peer is left out")
        peers.pop()
    for name, grouping in peers:
        print("\n".join(report(name, grouping(messages), truth)))
    if given.sweep:
        print("\n".join(sweep(messages, truth)))


if __name__ == "__main__":
    main()
