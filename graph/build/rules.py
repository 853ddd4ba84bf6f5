"""The rules of a build in their order: the SQL files beside this module, and between them what SQL says badly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files

import duckdb

from graph.build.choices import HUB_THRESHOLD, Choices
from graph.build.clocks import find_clocks
from graph.build.clusters import find_clusters
from graph.build.judged import apply_judgements, link_verdicts
from graph.build.matters import find_matters
from graph.judgements import Judgement
from graph.resolve.candidates import find_candidates

_BEFORE_JUDGEMENTS = ("01_names", "02_areas", "03_organs", "04_certain")
_BEFORE_CLOCKS = ("04_people", "05_households", "06_land", "07_cases", "08_steps")
_AFTER_CLOCKS = ("08_handling", "09_matters", "09_links")
_LAST = ("09_labels", "09_owning", "09_cases", "10_nodes", "11_judged", "12_links")
STEPS = len(_BEFORE_JUDGEMENTS) + len(_BEFORE_CLOCKS) + 1 + len(_AFTER_CLOCKS) + 1 + len(_LAST)

Tell = Callable[[], None]
"""Called after every step."""


def facts(
    connection: duckdb.DuckDBPyConnection, judgements: Sequence[Judgement], tell: Tell = lambda: None, *,
    links: Sequence[Judgement] = (), choices: Choices | None = None,
) -> None:
    """From the views of the register to the tables of what is certain; schema `graph` holds the edges.

    `judgements` are about persons, `links` about cases.
    """
    connection.execute("CREATE SCHEMA graph")
    _run(connection, _BEFORE_JUDGEMENTS, tell)
    apply_judgements(connection, judgements)
    link_verdicts(connection, links)
    _run(connection, _BEFORE_CLOCKS, tell)
    find_clocks(connection, choices or Choices())
    tell()
    _run(connection, _AFTER_CLOCKS, tell)


def conclusions(
    connection: duckdb.DuckDBPyConnection, tell: Tell = lambda: None, *, hub_threshold: int = HUB_THRESHOLD
) -> None:
    """From what is certain to what follows: who may be whom, which cases are one matter, the nodes, and clusters of disputes."""
    connection.execute(f"CREATE MACRO hub_threshold() AS {int(hub_threshold)}")
    find_candidates(connection)
    find_matters(connection)
    tell()
    _run(connection, _LAST, tell)
    find_clusters(connection)


def _run(connection: duckdb.DuckDBPyConnection, names: Sequence[str], tell: Tell) -> None:
    for name in names:
        connection.execute(files("graph.build").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8"))
        tell()
