"""Build the graph: a pure function from the active loads to node and edge tables.

The rules are the SQL files beside this module, run in order in DuckDB; what SQL says badly (connected groups) is
done between them. Equal loads give an equal graph hash on any machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import duckdb

from graph.build.artifact import Build, BuildCard
from graph.build.export import BuildError, export
from graph.build.hashing import combine
from graph.build.inputs import RULES, inputs_hash, register_views
from graph.build.matters import find_matters
from graph.build.references import find_unresolved
from graph.build.sources import describe_sources
from graph.engines.base import Progress, silent
from graph.home import Home
from graph.ledger import Ledger, LoadRecord, now
from graph.machine import OUT_OF_ROOM, open_duckdb
from graph.model import MODEL
from graph.resolve.candidates import find_candidates
from graph.versions import counting

_BEFORE_MATTERS = (
    "01_names", "02_areas", "03_organs", "04_people", "05_households", "06_land", "07_cases", "08_handling", "09_matters",
)
_AFTER_MATTERS = ("10_nodes",)
MEMORY_LIMIT = "4GB"


class NothingToBuild(BuildError):
    """Nothing was ever loaded."""


def build_graph(home: Home, ledger: Ledger, *, progress: Progress = silent) -> tuple[Build, bool]:
    """The build of the active loads and whether it is new; the caller holds the writer's lock.

    If the newest build was made from the same loads by the same rules it is returned as it is. Raises
    NothingToBuild when nothing was ever loaded, BuildError when the machine refuses (disk, memory). When every load
    was withdrawn the build is an empty graph, so that what was withdrawn is gone.
    """
    loads = ledger.loads(active_only=True)
    if not loads and not ledger.loads():
        raise NothingToBuild("还没有载入任何数据，请先运行 fengqiao load。 / Nothing is loaded; run fengqiao load first.")
    wanted = inputs_hash(loads)
    done = ledger.builds()
    if done and done[-1].inputs_hash == wanted and (held := home.build(done[-1].number)):
        return held, False
    number = done[-1].number + 1 if done else 1
    staging = home.stage_build()
    try:
        build = _compute(home, loads, number, wanted, staging, progress)
    except OUT_OF_ROOM as error:
        raise BuildError(
            f"构图失败（{type(error).__name__}）。请检查磁盘空间与内存，原有的图不受影响。"
            " / The build failed; check disk space and memory. The current graph is untouched."
        ) from None
    ledger.commit_build(build.card, staging)
    return Build(home.build_dir(number), build.card), True


def _compute(
    home: Home, loads: Sequence[LoadRecord], number: int, wanted: str, staging: Path, progress: Progress
) -> Build:
    scratch = staging / "scratch"
    scratch.mkdir()
    connection = open_duckdb(
        str(scratch / "build.duckdb"), memory_limit=MEMORY_LIMIT, temp_directory=str(scratch),
        preserve_insertion_order=False,
    )
    try:
        build = _run_rules(connection, home, loads, number, wanted, staging, progress)
    finally:
        connection.close()
    for path in sorted(scratch.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    scratch.rmdir()
    return build


def _run_rules(
    connection: duckdb.DuckDBPyConnection, home: Home, loads: Sequence[LoadRecord], number: int, wanted: str,
    staging: Path, progress: Progress,
) -> Build:
    total = len(_BEFORE_MATTERS) + len(_AFTER_MATTERS) + 3
    register_views(connection, home, loads)
    connection.execute("CREATE SCHEMA graph")
    for at, name in enumerate(_BEFORE_MATTERS):
        progress("构图 build", at, total)
        _execute(connection, name)
    find_candidates(connection)
    find_matters(connection)
    for name in _AFTER_MATTERS:
        _execute(connection, name)
    progress("构图 build", total - 3, total)
    describe_sources(connection, counting(home, loads))
    unresolved = find_unresolved(connection, staging / "unresolved.parquet")
    progress("写出 export", total - 2, total)
    draft = Build(staging, BuildCard(number, "", "", wanted, tuple(x.load_id for x in loads), now(), RULES))
    digests = export(connection, MODEL, draft)
    graph_hash, full_hash = combine(digests)
    counts = {d.name: d.rows for d in digests} | {f"unresolved.{k}": n for k, n in unresolved.items()}
    latest = connection.execute("SELECT coalesce(max(d), '') FROM last_day").fetchall()[0][0]
    build = Build(staging, BuildCard(
        number, graph_hash, full_hash, wanted, draft.card.inputs, draft.card.created_at, RULES, latest, counts
    ))
    build.write_card()
    progress("构图 build", total, total)
    return build


def _execute(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute(files("graph.build").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8"))
