"""Clusters of disputes: the connected groups of strong links, on every day since the first.

A cluster is named after its earliest case, so it keeps its id while it grows. When a link joins two clusters, the one
with the earlier case goes on and the other ends the day before; when a link is taken away, the part without the earliest
case gets an id of its own. All of it follows from the links and their days alone, never from an earlier build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import duckdb
import networkx as nx
import pyarrow as pa

from graph.model import CLUSTER, STRONG_LINKS

Link = tuple[str, str, str]
"""Two cases and the day on which their link was known, '' when that is not known."""
_SCHEMA = pa.schema([(name, pa.string()) for name in ("case_id", "first", "since", "until")])


@dataclass(frozen=True, slots=True)
class Membership:
    """A case in the cluster of `first`, its earliest case, from one day (None: always) to another (None: still)."""

    case: str
    first: str
    since: str | None
    until: str | None


def find_clusters(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the nodes `Cluster` and the edges `IN_CLUSTER` from `strong_links` (a, b, day, kinds) and `disputes`."""
    links = connection.execute("SELECT a, b, day FROM strong_links ORDER BY day, a, b").fetchall()
    days: dict[str, str] = dict(connection.execute(
        "SELECT id, day FROM disputes WHERE id IN (SELECT a FROM strong_links UNION SELECT b FROM strong_links)"
    ).fetchall())
    rows = [(one.case, one.first, one.since, one.until) for one in memberships(links, days)]
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)] or [pa.array([], pa.string())] * 4
    connection.register("found_clusters", pa.table(columns, schema=_SCHEMA))
    connection.execute("CREATE TABLE memberships AS SELECT * FROM found_clusters")
    connection.unregister("found_clusters")
    connection.execute(_NODES)
    connection.execute(_EDGES)


def memberships(links: Iterable[Link], days: Mapping[str, str]) -> Iterator[Membership]:
    """Who was in which cluster when. `links` come in the order of their days; `days` are those of the cases."""
    growing = _Growing(days)
    for day, known in groupby(links, key=lambda link: link[2]):
        yield from growing.on(day, [(a, b) for a, b, _ in known])
    yield from growing.standing()


class _Growing:
    """Groups of cases that only ever grow, and the name under which each case stands in one."""

    def __init__(self, days: Mapping[str, str]) -> None:
        self._days = days
        self._group: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._stands: dict[str, tuple[str, str]] = {}

    def on(self, day: str, pairs: Sequence[tuple[str, str]]) -> Iterator[Membership]:
        """Join what one day's links join; gives the memberships that ended the day before."""
        joined = nx.Graph((self._group.setdefault(a, a), self._group.setdefault(b, b)) for a, b in pairs)
        for heads in nx.connected_components(joined):
            first = min(heads, key=lambda case: (self._days[case], case))
            for head in heads:
                moving = self._members.pop(head, [head]) if head != first else ([] if first in self._stands else [first])
                for case in moving:
                    if case in self._stands:
                        name, since = self._stands[case]
                        yield Membership(case, name, since or None, _before(day))
                    self._group[case] = first
                    self._stands[case] = first, day
                self._members.setdefault(first, []).extend(moving)

    def standing(self) -> Iterator[Membership]:
        """The memberships that still hold."""
        for case, (first, since) in self._stands.items():
            yield Membership(case, first, since or None, None)


def _before(day: str) -> str:
    """The day before a day, the month before a month, the year before a year."""
    if len(day) >= 10:
        return (date.fromisoformat(day[:10]) - timedelta(days=1)).isoformat()
    if len(day) == 7:
        return (date.fromisoformat(f"{day}-01") - timedelta(days=1)).isoformat()[:7]
    return f"{int(day) - 1:04}"


_CLUSTER_ID = f"'{CLUSTER.prefix}:' || substr({{0}}, 3)"
_NODES = f"""
CREATE TABLE graph."Cluster" AS
SELECT {_CLUSTER_ID.format("d.id")} AS id, d.name AS name, d.area_code, []::VARCHAR[] AS refs
FROM disputes d WHERE d.id IN (SELECT first FROM memberships)
"""
_EDGES = f"""
CREATE TABLE graph."IN_CLUSTER.Case.Cluster" AS
WITH ends AS (
    SELECT a AS id, kind, day FROM (SELECT a, b, day, unnest(kinds) AS kind FROM strong_links)
    UNION ALL SELECT b, kind, day FROM (SELECT a, b, day, unnest(kinds) AS kind FROM strong_links)),
firsts AS (
    SELECT id, {", ".join(f"min(coalesce(nullif(day, ''), '0000')) FILTER (kind = '{kind}') AS {kind}_on" for kind in STRONG_LINKS)}
    FROM ends GROUP BY id)
SELECT m.case_id AS from_id, {_CLUSTER_ID.format("m.first")} AS to_id, m.since, m.until,
    {", ".join(f"f.{kind}_on" for kind in STRONG_LINKS)}, NULL::VARCHAR AS ref, 0 AS ord
FROM memberships m JOIN firsts f ON f.id = m.case_id
"""
