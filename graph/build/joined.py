"""What joined a cluster since the build before, and why: a file beside the graph, which the graph hash does not know.

    joined.parquet   case_id, cluster_id, how, before, kinds, through: one row for each case that stands in another cluster
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from graph.build.artifact import Build
from graph.home import Home
from graph.model import MODEL

JOINED = "joined.parquet"

_NOW = "(SELECT from_id AS case_id, to_id AS cluster_id FROM graph.\"IN_CLUSTER.Case.Cluster\" WHERE until IS NULL)"
_SELECT = """
WITH here AS (SELECT * FROM {now}),
there AS (SELECT from_id AS case_id, to_id AS cluster_id FROM read_parquet('{file}') WHERE until IS NULL),
moved AS (
    SELECT h.case_id, h.cluster_id, coalesce(t.cluster_id, '') AS before
    FROM here h LEFT JOIN there t USING (case_id) WHERE h.cluster_id IS DISTINCT FROM t.cluster_id),
ends AS (SELECT a AS case_id, b AS other, kinds FROM strong_links UNION ALL SELECT b, a, kinds FROM strong_links)
SELECT m.case_id, m.cluster_id,
    CASE WHEN m.before = '' AND m.cluster_id IN (SELECT cluster_id FROM there) THEN 'joined'
        WHEN m.before = '' THEN 'new'
        WHEN m.before IN (SELECT cluster_id FROM here) THEN 'split'
        WHEN m.cluster_id IN (SELECT cluster_id FROM there) THEN 'merged' ELSE 'renamed' END AS how,
    m.before, list_sort(list_distinct(flatten(list(e.kinds)))) AS kinds, list_sort(list(DISTINCT e.other)) AS through
FROM moved m JOIN ends e USING (case_id) GROUP BY m.case_id, m.cluster_id, m.before ORDER BY m.case_id
"""


def find_joined(connection: duckdb.DuckDBPyConnection, home: Home, number: int, folder: Path) -> None:
    """Write `joined.parquet` into `folder`, beside the newest build before `number` that is still there; nothing without one."""
    edge = MODEL.edge("IN_CLUSTER")
    for earlier in range(number - 1, 0, -1):
        build = home.build(earlier)
        file = build.edge_file(edge, "Case", "Cluster") if build else None
        if file and _readable(file):
            query = _SELECT.format(now=_NOW, file=_quoted(file))
            connection.execute(f"COPY ({query}) TO '{_quoted(folder / JOINED)}' (FORMAT parquet)")
            return


def joined(build: Build) -> list[dict[str, Any]]:
    """The rows of the file of a build; none for a first build."""
    path = build.path / JOINED
    if not path.exists():
        return []
    found: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return found


def _readable(file: Path) -> bool:
    """Whether an earlier build has the file as it should be; it may be of before clusters, or damaged."""
    try:
        return {"from_id", "to_id", "until"} <= set(pq.read_schema(file).names)
    except (OSError, pa.ArrowException):
        return False


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
