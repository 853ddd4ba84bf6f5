"""The mediators who were planted as kin of a party are found by both questions, and the kin found are only they."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.opening import DEFAULT_ID_KEY, open_store
from graph.store import Store
from graph.values import token
from ingest.sample import write_sample
from tests.county import load_and_build
from tests.ingest.sample_files import Files

AT_THE_END = "2026-01-31"
County = tuple[Files, Store]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    root = tmp_path_factory.mktemp("neutral")
    write_sample(root / "files", 3_000, 1)
    load_and_build(root / "data", root / "files")
    with open_store(root / "data") as store:
        yield Files(Path(root / "files")), store


def person(id_number: str) -> str:
    return "r:" + token(id_number, DEFAULT_ID_KEY)


def close(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Ground and party of the rows about kin and household."""
    return {(row["ground"], row["party_id"]) for row in rows if row["ground"] in ("near_kin", "household")}


def test_every_planted_mediator_is_found_before_the_case(county: County) -> None:
    files, store = county
    assert files.stories("mediator_kin")
    for story in files.stories("mediator_kin"):
        expected, parties = story["expected"], [person(number) for number in story["people"]]
        rows = store.ask("mediator_neutrality", mediator_id=f"f:{expected['mediator']}", parties=parties, as_of=AT_THE_END).rows
        party = person(expected["party_id_number"])
        assert close(rows) == {("near_kin", party), ("household", party)}
        assert {row["certainty"] for row in rows} == {"certain"}


def test_the_kin_found_in_all_cases_are_the_planted_ones(county: County) -> None:
    files, store = county
    found = set()
    for number in files.cases:
        rows = store.ask("recusal_conflicts", case_id=f"c:{number}", as_of=AT_THE_END).rows
        found |= {(number, row["official_id"], ground, party) for row in rows for ground, party in close([row])}
    planted = {
        (story["case_numbers"][0], f"f:{story['expected']['mediator']}", ground, person(story["expected"]["party_id_number"]))
        for story in files.stories("mediator_kin") for ground in ("near_kin", "household")
    }
    assert found == planted
