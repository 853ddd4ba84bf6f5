"""The rules of a build in their order: the SQL files beside this module, and between them what SQL says badly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files

import duckdb

from graph.build.judged import apply_judgements
from graph.build.matters import find_matters
from graph.judgements import Judgement
from graph.resolve.candidates import find_candidates

_BEFORE_JUDGEMENTS = ("01_names", "02_areas", "03_organs", "04_certain")
_BEFORE_CANDIDATES = ("04_people", "05_households", "06_land", "07_cases", "08_handling", "09_matters")
_LAST = ("09_labels", "10_nodes", "11_judged")
STEPS = len(_BEFORE_JUDGEMENTS) + len(_BEFORE_CANDIDATES) + 1 + len(_LAST)

Tell = Callable[[], None]
"""Called after every step."""


def facts(connection: duckdb.DuckDBPyConnection, judgements: Sequence[Judgement], tell: Tell = lambda: None) -> None:
    """From the views of the register to the tables of what is certain; schema `graph` holds the edges."""
    connection.execute("CREATE SCHEMA graph")
    _run(connection, _BEFORE_JUDGEMENTS, tell)
    apply_judgements(connection, judgements)
    _run(connection, _BEFORE_CANDIDATES, tell)


def conclusions(connection: duckdb.DuckDBPyConnection, tell: Tell = lambda: None) -> None:
    """From what is certain to what follows: who may be whom, which cases are one matter, and the nodes."""
    find_candidates(connection)
    find_matters(connection)
    tell()
    _run(connection, _LAST, tell)


def _run(connection: duckdb.DuckDBPyConnection, names: Sequence[str], tell: Tell) -> None:
    for name in names:
        connection.execute(files("graph.build").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8"))
        tell()
