"""What is told without asking the engine is what the engine would have told."""

from __future__ import annotations

import random
from itertools import pairwise, product
from pathlib import Path

import pytest

from cypher.compile import statements
from cypher.dialects import LADYBUG
from cypher.library import load as load_library
from graph.engines.adjacency import path_kinds
from graph.engines.foresight import finds_nothing
from graph.engines.ladybug import LadybugReader, LadybugTarget
from tests.county import load_and_build
from tests.factory import build_of
from tests.graph.test_paths import crowded

DAY = {"as_of": "2026-01-01", "kinds": ["same_party", "kin", "same_household", "same_parcel"], "min_strength": "weak"}


def chain(kinds: list[str]) -> str:
    """A statement that walks edges of these kinds one after another, never back on the edge it came by."""
    steps = "".join(f"-[e{at}:{kind}]-(n{at + 1})" for at, kind in enumerate(kinds))
    apart = " AND ".join(f"e{a}.id <> e{b}.id" for a, b in pairwise(range(len(kinds)))) or "true"
    return f"MATCH (n0:`Case` {{id: $start}}){steps} WHERE {apart} RETURN n{len(kinds)}.id AS id LIMIT 1"


@pytest.mark.parametrize("seed", range(4))
def test_no_row_is_lost_on_crowded_graphs(tmp_path: Path, seed: int) -> None:
    nodes, edges = crowded(seed)
    build = build_of(tmp_path / "1", nodes, edges)
    LadybugTarget().publish(build)
    reader = LadybugReader(build.embedded_file)
    dice = random.Random(seed)
    told = 0
    for _ in range(25):
        text = chain([dice.choice(path_kinds()) for _ in range(dice.randint(1, 3))])
        for case in nodes["Case"]:
            params = {"start": case["id"]}
            if finds_nothing(reader._adjacency, text, params):
                told += 1
                assert reader._rows(text, params, 30) == [], (text, params)
    reader.close()
    assert told > 10


@pytest.mark.parametrize("question", ["prior_disputes", "mediator_neutrality"])
def test_no_branch_of_a_question_is_left_out_of_the_village(village: LadybugReader, question: str) -> None:
    names = [row["id"] for row in village.run("MATCH (r:Resident) RETURN r.id AS id", {}, timeout=30)]
    asked = load_library()[question]
    labels = {param.bound_as: "Resident" for param in asked.params} | {"party": "Resident"}
    branches = [one for part in asked.parts for one in statements(part.found or part.text_for("ladybug"), LADYBUG, labels=labels)]
    told = found = 0
    for one, name in product(branches, names):
        if not {"party"} <= set(one.params) <= {"party", *DAY}:
            continue
        params = {key: {**DAY, "party": name}[key] for key in one.params}
        rows = village._rows(one.text, params, 30)
        found += bool(rows)
        if finds_nothing(village._adjacency, one.text, params):
            told += 1
            assert rows == [], (one.text, name)
    if question == "prior_disputes":
        assert told > 100
        assert found > 20


def test_a_statement_that_gathers_or_starts_elsewhere_is_always_run(village: LadybugReader) -> None:
    nobody = {"start": "r:nobody"}
    alone = next(
        row["id"] for row in village.run("MATCH (r:Resident) WHERE NOT (r)-[:PARTY_TO]->(:`Case`) RETURN r.id AS id", {}, timeout=30)
    )
    walked = "MATCH (r:Resident {id: $start})-[e:PARTY_TO]->(c:`Case`)"
    assert finds_nothing(village._adjacency, f"{walked} RETURN c.id AS id", {"start": alone})
    assert village.run(f"{walked} RETURN c.id AS id", {"start": alone}, timeout=30) == []
    assert village.run(f"{walked} RETURN count(c.id) AS n", {"start": alone}, timeout=30) == [{"n": 0}]
    assert not finds_nothing(village._adjacency, f"{walked} RETURN c.id AS id", nobody)
    assert not finds_nothing(village._adjacency, "MATCH (c:`Case`) RETURN c.id AS id", {})


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> LadybugReader:
    _, build = load_and_build(tmp_path_factory.mktemp("village"))
    return LadybugReader(build.embedded_file)
