"""Everything planted in a made-up county is found and nothing else, on both engines: the table that `benchmarks.planted` prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.planted import Told, compare, make
from graph.opening import ServerAddress, open_store, publish_to_server


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("truth")
    make(folder, 4_000, 5)
    return folder


def agrees(told: Told) -> None:
    for one in compare(told):
        assert one.planted, one.what
        assert one.found == one.planted, one.what


def test_all_that_was_planted_is_found_and_nothing_else(county: Path) -> None:
    with open_store(county / "data") as store:
        agrees(Told(county / "files", store))


def test_the_server_finds_the_same(county: Path, neo4j_url: str) -> None:
    from graph.home import Home
    from tests.engines import wipe

    home = Home(county / "data")
    build = home.build(home.current_number() or 0)
    assert build is not None
    wipe(neo4j_url)
    publish_to_server(home, build, ServerAddress(neo4j_url))
    with open_store(neo4j_url) as store:
        agrees(Told(county / "files", store))
