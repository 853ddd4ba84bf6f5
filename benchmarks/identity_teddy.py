"""Messages of pseudonymous users that one person sent twice: they are one matter, and nobody's identity is guessed."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from graph.build.run import build_graph
from graph.home import Home
from graph.ledger import Ledger
from ingest.load import load


def same_second(folder: Path) -> Iterator[str]:
    """For each label of the pairs: how many are loaded, how many are one matter, how many may be one person."""
    with tempfile.TemporaryDirectory() as work:
        home = Home(Path(work) / "data")
        load(home, Ledger(home), [folder / "dev"], mapping="wenzheng")
        with home.writer():
            build, _ = build_graph(home, Ledger(home))
        nodes, edges = build.path / "nodes", build.path / "edges"
        matter = {row["number"]: row["matter_id"] for row in pq.read_table(nodes / "Case.parquet").to_pylist()}
        number = {row["id"]: row["number"] for row in pq.read_table(nodes / "Case.parquet").to_pylist()}
        by = {number[row["to_id"]]: row["from_id"] for row in pq.read_table(edges / "PARTY_TO.Resident.Case.parquet").to_pylist()}
        same = {frozenset((row["from_id"], row["to_id"])) for row in
                pq.read_table(edges / "POSSIBLY_SAME.Resident.Resident.parquet").to_pylist()}
    pairs: Counter[str] = Counter()
    for path in sorted((folder / "truth").glob("same_second_pairs*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                one, other, label = row["id_1"], row["id_2"], row["label"]
                if one in matter and other in matter:
                    pairs[label] += 1
                    pairs[f"{label} matter"] += matter[one] == matter[other]
                    pairs[f"{label} person"] += frozenset((by.get(one), by.get(other))) in same
    for label in sorted(name for name in pairs if " " not in name):
        yield (f"teddy {label}: {pairs[label]} pairs loaded, {pairs[label + ' matter']} one matter, "
               f"{pairs[label + ' person']} perhaps one person (pseudonyms never are)")
