"""The doubles of a made-up county: their truth holds, and what identity makes of them is as good as it says."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from graph.build.run import build_graph
from graph.home import Home
from graph.ledger import Ledger
from graph.opening import DEFAULT_ID_KEY
from graph.values import token
from ingest.load import load
from ingest.sample import write_sample
from ingest.sample.doubles_files import DOUBLES

Pair = frozenset[str]
RESIDENTS, LOOSE = 4_000, 600


@dataclass(frozen=True)
class Doubled:
    """A county with doubles: whose each loose node is, which pairs are one person, and the edges by tier."""

    folder: Path
    records: list[dict[str, object]]
    whose: dict[str, str]
    wanted: set[Pair]
    edges: dict[str, set[Pair]]
    merged: list[tuple[str, str]]

    def right(self, tier: str) -> float:
        known = [pair for pair in self.edges[tier] if all(end in self.whose for end in pair)]
        assert len(known) > 50
        return sum(len({self.whose[end] for end in pair}) == 1 for pair in known) / len(known)


@pytest.fixture(scope="module")
def doubled(tmp_path_factory: pytest.TempPathFactory) -> Doubled:
    root = tmp_path_factory.mktemp("doubled")
    write_sample(root / "files", RESIDENTS, 77, doubles=LOOSE)
    home = Home(root / "data")
    load(home, Ledger(home), [root / "files"])
    with home.writer():
        build, _ = build_graph(home, Ledger(home))
    parts = {f"{one.load_id}:{part.part}": part.file for one in Ledger(home).loads() for part in one.parts}
    nodes = pq.read_table(build.path / "nodes" / "Resident.parquet", columns=["id", "source"]).to_pylist()
    said = {
        (parts[ref.rpartition(":")[0]], int(ref.rpartition(":")[2])): node["id"]
        for node in nodes for ref in node["source"].split() if ":" in ref
    }
    records = json.loads((root / "files" / DOUBLES).read_text(encoding="utf-8"))["records"]
    return _judged(root, records, said, pq.read_table(build.path / "edges" / "POSSIBLY_SAME.Resident.Resident.parquet").to_pylist())


def _judged(root: Path, records: list[dict[str, str]], said: dict[tuple[str, int], str], edges: list[dict[str, str]]) -> Doubled:
    with (root / "files" / "居民.csv").open(encoding="utf-8-sig", newline="") as file:
        whose = {f"r:{token(row['公民身份号码'], DEFAULT_ID_KEY)}": row["公民身份号码"] for row in csv.DictReader(file)}
    first = {person: node for node, person in whose.items()}
    wanted: set[Pair] = set()
    merged: list[tuple[str, str]] = []
    for record in records:
        node = said.get((record["file"], int(record["row"])), "")
        if node in first.values():
            merged.append((whose[node], record["person"]))
        elif node:
            whose[node] = record["person"]
            if record["person"] in first:
                wanted.add(frozenset((node, first[record["person"]])))
            first.setdefault(record["person"], node)
    tiers = {tier: {frozenset((e["from_id"], e["to_id"])) for e in edges if e["tier"] == tier} for tier in ("probable", "possible")}
    return Doubled(root / "files", records, whose, wanted, tiers, merged)


def test_every_row_of_the_books_has_its_truth(doubled: Doubled) -> None:
    rows = Counter(record["file"] for record in doubled.records)
    for name, count in rows.items():
        with (doubled.folder / str(name)).open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.DictReader(file))) == count
    assert len(rows) == 3
    assert len(doubled.records) >= LOOSE


def test_they_are_written_in_every_way_and_some_only_look_alike(doubled: Doubled) -> None:
    how = Counter(word for record in doubled.records for word in record["how"])
    assert set(how) >= {"traditional", "former", "homophone", "masked", "typo", "namesake", "relative", "sibling", "stranger", "signer"}
    alike = [record for record in doubled.records if record["like"]]
    assert len(alike) > LOOSE / 6
    assert all(record["person"] != record["like"] for record in alike)


def test_who_is_certainly_somebody_is_that_person(doubled: Doubled) -> None:
    assert len(doubled.merged) > 20
    assert all(found == person for found, person in doubled.merged)


def test_probable_is_right_in_ninety_nine_of_a_hundred(doubled: Doubled) -> None:
    assert doubled.right("probable") >= 0.99


def test_nineteen_of_twenty_are_at_least_possible(doubled: Doubled) -> None:
    found = doubled.edges["probable"] | doubled.edges["possible"]
    assert len(doubled.wanted) > 250
    assert len(doubled.wanted & found) / len(doubled.wanted) >= 0.95
    assert len(doubled.wanted & doubled.edges["probable"]) / len(doubled.wanted) >= 0.6


def test_the_same_seed_plants_the_same_doubles(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_sample(tmp_path / name, 300, 5, doubles=40)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert all((tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes() for path in files)


def test_without_doubles_the_county_is_the_same(tmp_path: Path) -> None:
    write_sample(tmp_path / "plain", 300, 5)
    write_sample(tmp_path / "doubled", 300, 5, doubles=40)
    for path in (tmp_path / "plain").glob("*.csv"):
        assert path.read_bytes() == (tmp_path / "doubled" / path.name).read_bytes()
