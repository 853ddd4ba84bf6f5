"""A few tables made into a graph and asked on either engine: the bodies of the fixtures that need it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from graph.build.artifact import Build
from graph.home import Home
from graph.opening import ServerAddress, open_store, publish_to_server
from graph.store import Store
from tests.county import load_and_build
from tests.engines import wipe

ENGINES = ["ladybug", "neo4j"]


def built_of(root: Path, tables: Mapping[str, str]) -> tuple[Home, Build]:
    """The build of tables given as text, header line first, in a data directory below `root`."""
    folder = root / "files"
    folder.mkdir()
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    return load_and_build(root / "data", folder)


def asked_on(request: pytest.FixtureRequest, home: Home, build: Build) -> Iterator[Store]:
    """A store over the engine that the fixture's parameter names, holding the build."""
    if request.param == "ladybug":
        with open_store(home.root) as opened:
            yield opened
        return
    url = request.getfixturevalue("neo4j_url")
    wipe(url)
    publish_to_server(home, build, ServerAddress(url))
    with open_store(url, data=home.root) as opened:
        yield opened
