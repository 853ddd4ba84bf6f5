"""Who is next to whom, as arrays in files beside a build: the embedded engine finds paths in them.

    graph.paths/nodes.arrow       id, name, hub, open (may be walked through: no hub, no organ), sorted by id
    graph.paths/offsets.npy       where a node's neighbours begin; one more at the end
    graph.paths/neighbours.npy    numbers of nodes; each edge stands in it twice, once from either end
    graph.paths/kinds.npy         the kind of each edge, as its place in `path_kinds`
    graph.paths/days.npy          the day `since` asks about: when an edge happened, else until when it holds
    graph.paths/begins.npy        the day by which an edge and both its ends are known
    graph.paths/ends.npy          the last day an edge holds; all three are places in `days.json`

This is compressed sparse row form (CSR). The files are mapped, not read: opening costs nothing, and several
processes share them. A node's neighbours are sorted by number, so in the order of their ids, then by kind.
"""

from __future__ import annotations

import json
import shutil
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cypher.library import load as load_library
from graph.build.artifact import Build
from graph.machine import open_duckdb
from graph.model import BEGINS, MODEL
from graph.schema import EdgeType

CLOSED = frozenset({"Organ"})
"""Labels that a path keeps clear of, beside hubs; areas and sources have no edge of these kinds."""
ALWAYS = "9999"
"""The day of an edge that has none."""
WHOLE = "~"
"""What an end of less than ten characters gets: a year or month that holds to its last day stands after all its days."""
MEMORY_LIMIT = "2GB"
_DAYS = ("days", "begins", "ends")
_ARRAYS = ("offsets", "neighbours", "kinds", *_DAYS)


@cache
def path_kinds() -> tuple[str, ...]:
    """The kinds of edges that paths may use, as the question declares them."""
    return tuple(sorted(load_library()["paths"].param("kinds").of))


@dataclass(frozen=True)
class Adjacency:
    """The arrays of one build, mapped from their files."""

    nodes: pa.Table
    offsets: NDArray[np.int64]
    neighbours: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    days: NDArray[np.int32]
    begins: NDArray[np.int32]
    ends: NDArray[np.int32]
    day_texts: tuple[str, ...]

    @classmethod
    def open(cls, folder: Path) -> Adjacency:
        """The arrays in a folder; FileNotFoundError when they were never written."""
        with pa.memory_map(str(folder / "nodes.arrow")) as file:
            nodes = pa.ipc.open_file(file).read_all()
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
        return cls(nodes, **arrays, day_texts=tuple(json.loads((folder / "days.json").read_text())))

    @cached_property
    def open_nodes(self) -> NDArray[np.bool_]:
        """Whether each node may be walked through."""
        return np.asarray(self.nodes.column("open").to_numpy(), np.bool_)

    @cached_property
    def hubs(self) -> NDArray[np.bool_]:
        """Whether each node is joined to so many cases that it says little of any two."""
        return np.asarray(self.nodes.column("hub").to_numpy(), np.bool_)

    def number(self, node_id: str) -> int | None:
        """The number of a node, None when it has no place here."""
        ids = self.nodes.column("id")
        at = bisect_left(range(len(ids)), node_id, key=lambda i: ids[i].as_py())
        return at if at < len(ids) and ids[at].as_py() == node_id else None

    def column(self, name: str, numbers: list[int]) -> list[str | None]:
        """The ids or names of nodes, in the order of their numbers as given."""
        found: list[str | None] = pc.take(self.nodes.column(name), pa.array(numbers, pa.int64())).to_pylist()
        return found

    def day_from(self, day: str) -> int:
        """The place of the first day that is not before `day`; days are compared as texts, as in a question."""
        return bisect_left(self.day_texts, day)

    def day_by(self, day: str) -> int:
        """The place of the last day that is not after `day`, -1 when there is none."""
        return bisect_right(self.day_texts, day) - 1


def write_adjacency(build: Build, folder: Path) -> None:
    """Write the arrays of a build; `folder` is made anew. Raises OSError or duckdb.Error when the disk is full."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    config = {"memory_limit": MEMORY_LIMIT, "temp_directory": str(folder / "scratch")}
    with open_duckdb(**config) as connection:
        connection.execute(f"CREATE TABLE node AS {_nodes(build)}")
        nodes = connection.sql("SELECT id, name, hub, open FROM node ORDER BY number").to_arrow_table().combine_chunks()
        with pa.ipc.new_file(str(folder / "nodes.arrow"), nodes.schema) as file:
            file.write_table(nodes)
        _write_edges(connection, build, folder, nodes.num_rows)
    shutil.rmtree(folder / "scratch", ignore_errors=True)


def _write_edges(connection: duckdb.DuckDBPyConnection, build: Build, folder: Path, nodes: int) -> None:
    connection.execute(f"CREATE TABLE edge AS {_edges(build)}")
    connection.execute(
        "CREATE TABLE place AS SELECT day, (row_number() OVER (ORDER BY day) - 1)::INTEGER AS number FROM ("
        "SELECT day FROM edge UNION SELECT begin_day FROM edge UNION SELECT end_day FROM edge)"
    )
    days = [day for (day,) in connection.execute("SELECT day FROM place ORDER BY number").fetchall()]
    (folder / "days.json").write_text(json.dumps(days))
    found = connection.execute(
        "SELECT a::INTEGER AS a, b::INTEGER AS b, kind::UTINYINT AS kind, d.number AS days, f.number AS begins, t.number AS ends FROM ("
        " SELECT a, b, kind, day, begin_day, end_day FROM edge UNION ALL"
        " SELECT b, a, kind, day, begin_day, end_day FROM edge WHERE a <> b) e"
        " JOIN place d ON d.day = e.day JOIN place f ON f.day = e.begin_day JOIN place t ON t.day = e.end_day"
        " ORDER BY a, b, kind, days, begins, ends"
    ).fetchnumpy()
    starts = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(found["a"], minlength=nodes), out=starts[1:])
    np.save(folder / "offsets.npy", starts)
    for name, column in (("neighbours", "b"), ("kinds", "kind"), *((name, name) for name in _DAYS)):
        np.save(folder / f"{name}.npy", np.ascontiguousarray(found[column]))


def _nodes(build: Build) -> str:
    """Every node that an edge of these kinds may end at, numbered in the order of the ids."""
    labels = sorted({label for name in path_kinds() for pair in MODEL.edge(name).ends for label in pair})
    parts = []
    for label in labels:
        node = MODEL.node(label)
        hub = "coalesce(hub, false)" if any(p.name == "hub" for p in node.properties) else "false"
        parts.append(
            f"SELECT id::VARCHAR AS id, name, {hub} AS hub, NOT {hub} AND {label not in CLOSED} AS open, {_begin(label)} AS begin_day"
            f" FROM read_parquet({_quoted(build.node_file(node))})"
        )
    return f"SELECT *, row_number() OVER (ORDER BY id) - 1 AS number FROM ({' UNION ALL '.join(parts)})"


def _begin(label: str) -> str:
    """SQL for the day by which a thing is known, '' when it always was."""
    known = BEGINS.get(label)
    return f"left(coalesce({', '.join(known)}, ''), 10)" if known else "''"


def _edges(build: Build) -> str:
    """Every edge with its days. What a text asks by `during`, `by_then` and of its ends is one comparison with each."""
    return " UNION ALL ".join(
        f"SELECT a.number AS a, b.number AS b, {path_kinds().index(edge.name)} AS kind, {_days(edge)}"
        f" FROM read_parquet({_quoted(build.edge_file(edge, start, end))}) e"
        " JOIN node a ON a.id = e.from_id JOIN node b ON b.id = e.to_id"
        for edge, start, end in MODEL.relations() if edge.name in path_kinds()
    )


def _days(edge: EdgeType) -> str:
    """SQL for the three days of an edge of this type."""
    names = {p.name for p in edge.properties}
    day = ", ".join([name for name in ("on_date", "until") if name in names] + [f"'{ALWAYS}'"])
    begins = ["a.begin_day", "b.begin_day"]
    begins += ["coalesce(since, '')"] if "since" in names else []
    begins += ["left(coalesce(on_date, ''), 10)"] if "on_date" in names else []
    until = "nullif(until, '')" if "until" in names else "NULL::VARCHAR"
    last = f"coalesce(CASE WHEN length({until}) < 10 THEN {until} || '{WHOLE}' ELSE {until} END, '{ALWAYS}')"
    return f"coalesce({day}) AS day, greatest({', '.join(begins)}) AS begin_day, {last} AS end_day"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
