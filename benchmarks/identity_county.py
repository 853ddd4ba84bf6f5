"""A made-up county with doubles whose truth is known: what certain, probable and possible made of it."""

from __future__ import annotations

import csv
import json
import resource
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from graph.build import rules
from graph.build.inputs import register_views
from graph.build.run import MEMORY_LIMIT
from graph.home import Home
from graph.ledger import Ledger
from graph.machine import open_duckdb
from graph.opening import DEFAULT_ID_KEY
from graph.resolve.candidates import block, prepare
from graph.resolve.model import ResolveModel
from graph.resolve.scores import score
from graph.values import token
from ingest.load import load
from ingest.sample import write_sample
from ingest.sample.doubles_files import DOUBLES

Pair = tuple[str, str]


@dataclass(frozen=True)
class Truth:
    """Whose every node is: `person_of` by node id. `wanted` are the pairs of nodes that are one person, a pair a record."""

    person_of: dict[str, str]
    wanted: set[Pair]
    how: dict[str, list[str]]
    records: int
    certain: int
    wrong: int

    def is_true(self, pair: Pair) -> bool | None:
        """Whether a pair is one person; None when the truth does not know one of them."""
        a, b = (self.person_of.get(end) for end in pair)
        return a == b if a and b else None


@dataclass(frozen=True, slots=True)
class Counted:
    """A county in its rules' tables, up to the candidates: the seconds of that step, and the truth."""

    connection: duckdb.DuckDBPyConnection
    truth: Truth
    seconds: dict[str, float]


def write_county(folder: Path, residents: int, doubles: int, seed: int) -> Home:
    """A county with doubles in files and loaded."""
    write_sample(folder / "files", residents, seed, doubles=doubles)
    home = Home(folder / "data")
    load(home, Ledger(home), [folder / "files"])
    return home


@contextmanager
def counted(folder: Path, home: Home, *, everybody: bool = False, threads: int = 0) -> Iterator[Counted]:
    """The tables of a loaded county up to `identity_records`."""
    config = {"threads": threads} if threads else {}
    connection = open_duckdb(
        str(folder / "scratch.duckdb"), memory_limit=MEMORY_LIMIT, temp_directory=str(folder / "scratch"),
        preserve_insertion_order=False, **config,
    )
    try:
        register_views(connection, home, Ledger(home).loads(active_only=True), id_key=DEFAULT_ID_KEY)
        rules.facts(connection, ())
        started = time.perf_counter()
        block(connection)
        blocked = time.perf_counter()
        prepare(connection, everybody=everybody)
        seconds = {"block": blocked - started, "prepare": time.perf_counter() - blocked}
        yield Counted(connection, _truth(folder, home, connection), seconds)
    finally:
        connection.close()


def scored(county: Counted, model: ResolveModel) -> float:
    """Score the pairs of a county; seconds."""
    started = time.perf_counter()
    score(county.connection, model)
    return time.perf_counter() - started


@dataclass(frozen=True, slots=True)
class Judged:
    """An edge of the candidates against the truth; `true` is None where the truth does not know one end."""

    pair: Pair
    tier: str
    score: float
    true: bool | None


def judged(county: Counted) -> list[Judged]:
    """Every edge of `identity_edges` between residents."""
    rows = county.connection.execute("SELECT a, b, tier, score FROM identity_edges WHERE a NOT LIKE 'f:%'").fetchall()
    return [Judged((a, b), tier, weight, county.truth.is_true((a, b))) for a, b, tier, weight in rows]


def blocked(county: Counted) -> float:
    """The share of the wanted pairs that share a blocking key."""
    pairs = set(county.connection.execute("SELECT join_key_l, join_key_r FROM identity_pairs").fetchall())
    return len(county.truth.wanted & pairs) / max(1, len(county.truth.wanted))


def missed(county: Counted) -> dict[str, int]:
    """How the records were written that no edge joins to their person, counted."""
    found = {edge.pair for edge in judged(county)}
    how: Counter[str] = Counter()
    for pair in county.truth.wanted - found:
        how[" ".join(county.truth.how.get(pair[0]) or county.truth.how.get(pair[1]) or [])] += 1
    return dict(how.most_common(25))


def _truth(folder: Path, home: Home, connection: duckdb.DuckDBPyConnection) -> Truth:
    said = json.loads((folder / "files" / DOUBLES).read_text(encoding="utf-8"))["records"]
    parts = {part.file: f"{one.load_id}:{part.part}" for one in Ledger(home).loads() for part in one.parts}
    refs = pa.table({"ref": [f"{parts[row['file']]}:{row['row']}" for row in said], "place": range(len(said))})
    connection.register("said_refs", refs)
    found = dict(connection.execute(
        "SELECT place, id FROM said_refs JOIN (SELECT ref, id FROM resident_rows UNION ALL SELECT ref, id FROM case_heads"
        " UNION ALL SELECT ref, id FROM party_rows) USING (ref)").fetchall())
    connection.unregister("said_refs")
    person_of = {node(number): number for number in _id_numbers(folder)}
    first: dict[str, str] = {number: one for one, number in person_of.items()}
    wanted: set[Pair] = set()
    how: dict[str, list[str]] = {}
    certain = wrong = 0
    for at, row in enumerate(said):
        here, person = found.get(at, ""), row["person"]
        if not here:
            continue  # a row that says exactly what another one says was loaded once
        if here in person_of:
            certain += person_of[here] == person
            wrong += person_of[here] != person
            continue
        person_of[here] = person
        how[here] = row['how']
        if person in first:
            wanted.add((min(here, first[person]), max(here, first[person])))
        first.setdefault(person, here)
    return Truth(person_of, wanted, how, len(said), certain, wrong)


def _id_numbers(folder: Path) -> Iterator[str]:
    with (folder / "files" / "居民.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield row["公民身份号码"]


def peak() -> int:
    """Bytes this process held at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def node(number: str) -> str:
    """The node of the person with this id number."""
    return f"r:{token(number, DEFAULT_ID_KEY)}"
