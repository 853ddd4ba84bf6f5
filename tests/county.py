"""The hand-made village, loaded and built once for everybody who asks about it. Thirty people; check it by eye."""

from __future__ import annotations

from pathlib import Path

from graph.build.artifact import Build
from graph.build.run import build_graph
from graph.home import Home
from graph.ledger import Ledger
from graph.opening import publish_embedded
from ingest.load import load

VILLAGE = Path(__file__).parent / "data" / "village"


def load_and_build(root: Path, source: Path = VILLAGE, mapping: str | None = None) -> tuple[Home, Build]:
    """Files to a published embedded build in a fresh data directory."""
    home = Home(root)
    ledger = Ledger(home)
    load(home, ledger, [source], mapping=mapping)
    with home.writer():
        build, _ = build_graph(home, ledger)
        publish_embedded(home, build)
    return home, build
