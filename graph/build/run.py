"""Build the graph: a pure function from the active loads and judgements to node and edge tables.

The rules (`rules.py`) run in DuckDB. Equal loads give an equal graph hash on any machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import duckdb

from graph.build import rules
from graph.build.artifact import Build, BuildCard
from graph.build.choices import Choices, key_mark
from graph.build.export import BuildError, export
from graph.build.hashing import combine
from graph.build.identities import find_identities
from graph.build.inputs import RULES, inputs_hash, register_views
from graph.build.joined import find_joined
from graph.build.references import find_unresolved
from graph.build.sources import describe_sources
from graph.engines.base import Progress, silent
from graph.home import Home
from graph.judgements import Judgement
from graph.law.book import Law
from graph.ledger import Ledger, LoadRecord, now
from graph.machine import OUT_OF_ROOM, open_duckdb
from graph.model import MODEL
from graph.versions import counting
from graph.workdays import Calendar

MEMORY_LIMIT = "4GB"


class NothingToBuild(BuildError):
    """Nothing was ever loaded."""


def build_graph(
    home: Home, ledger: Ledger, *, choices: Choices | None = None, progress: Progress = silent
) -> tuple[Build, bool]:
    """The build of the active loads and whether it is new; the caller holds the writer's lock.

    Without `choices` the shipped rules and those in the data directory hold.

    If the newest build was made from the same loads by the same rules it is returned as it is. Raises
    NothingToBuild when nothing was ever loaded, BuildError when the machine refuses (disk, memory). When every load
    was withdrawn the build is an empty graph, so that what was withdrawn is gone.
    """
    loads = ledger.loads(active_only=True)
    if not loads and not ledger.loads():
        raise NothingToBuild("还没有载入任何数据，请先运行 fengqiao load。 / Nothing is loaded; run fengqiao load first.")
    judgements, links = ledger.judgements.active(), ledger.link_judgements.active()
    choices = choices or Choices(Law.load(home.law), calendar=Calendar.load(home.law))
    wanted = inputs_hash(loads, judgements, choices, links)
    done = ledger.builds()
    if done and done[-1].inputs_hash == wanted and (held := home.build(done[-1].number)):
        return held, False
    number = done[-1].number + 1 if done else 1
    staging = home.stage_build()
    try:
        build = _compute(home, _Inputs(loads, judgements, links, choices, number, wanted), staging, progress)
    except OUT_OF_ROOM as error:
        raise BuildError(
            f"构图失败（{type(error).__name__}）。请检查磁盘空间与内存，原有的图不受影响。"
            " / The build failed; check disk space and memory. The current graph is untouched."
        ) from None
    ledger.commit_build(build.card, staging)
    return Build(home.build_dir(number), build.card), True


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What a build is made from, and the number and hash of inputs it gets."""

    loads: Sequence[LoadRecord]
    judgements: Sequence[Judgement]
    links: Sequence[Judgement]
    choices: Choices
    number: int
    hash: str


def _compute(home: Home, inputs: _Inputs, staging: Path, progress: Progress) -> Build:
    scratch = staging / "scratch"
    scratch.mkdir()
    connection = open_duckdb(
        str(scratch / "build.duckdb"), memory_limit=MEMORY_LIMIT, temp_directory=str(scratch),
        preserve_insertion_order=False,
    )
    try:
        build = _run_rules(connection, home, inputs, staging, progress)
    finally:
        connection.close()
    for path in sorted(scratch.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    scratch.rmdir()
    return build


def _run_rules(
    connection: duckdb.DuckDBPyConnection, home: Home, inputs: _Inputs, staging: Path, progress: Progress
) -> Build:
    total, done = rules.STEPS + 3, count(1)
    progress("构图 build", 0, total)
    register_views(connection, home, inputs.loads, id_key=inputs.choices.id_key)
    def tell() -> None:
        progress("构图 build", next(done), total)

    rules.facts(connection, inputs.judgements, tell, links=inputs.links, choices=inputs.choices)
    rules.conclusions(connection, tell, hub_threshold=inputs.choices.hub_threshold)
    describe_sources(connection, home, counting(home, inputs.loads))
    listed = find_unresolved(connection, staging / "unresolved.parquet") | find_identities(connection, staging)
    find_joined(connection, home, inputs.number, staging)
    progress("写出 export", total - 2, total)
    build = _written(connection, inputs, staging, listed)
    progress("构图 build", total, total)
    return build


def _written(
    connection: duckdb.DuckDBPyConnection, inputs: _Inputs, staging: Path, listed: Mapping[str, int]
) -> Build:
    """The tables as files, and the card that says what they are; `listed` are counts of what needs a look."""
    draft = BuildCard(
        inputs.number, "", "", inputs.hash, tuple(x.load_id for x in inputs.loads), now(), RULES,
        key_mark=key_mark(inputs.choices.id_key),
    )
    digests = export(connection, MODEL, Build(staging, draft))
    graph_hash, full_hash = combine(digests)
    latest = connection.execute("SELECT coalesce(max(d), '') FROM last_day").fetchall()[0][0]
    build = Build(staging, replace(
        draft, graph_hash=graph_hash, full_hash=full_hash, latest_day=latest, counts={d.name: d.rows for d in digests} | dict(listed)
    ))
    build.write_card()
    return build
