"""Judgements applied to the people that records alone make certain: which ids join, and which judgements cannot stand.

A confirmation joins two ids unless that would make one person of what cannot be one: two different valid id numbers,
two different full birth dates, a pair that was rejected, or a pseudonym and anybody else. When confirmations contradict
so by a chain, every one on a shortest way between the two ends is left out and comes back for review: nobody can say
which is the mistake, and the order in which they were made does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import duckdb
import networkx as nx
import pyarrow as pa

from graph.judgements import CONFIRM, REJECT, UNSURE, Judgement

TWO_NUMBERS, TWO_BIRTHS, REJECTED, PSEUDONYM = "two_numbers", "two_births", "rejected", "pseudonym"
SAME_NUMBER, NOBODY = "reject_contradicted", "nobody"
_PRECEDENCE = (REJECT, UNSURE, CONFIRM)
_PAIRS = pa.schema([("a", pa.string()), ("b", pa.string()), ("verdict", pa.string())])
_MERGED = pa.schema([("id", pa.string()), ("person", pa.string())])
_REVIEWS = pa.schema([("a", pa.string()), ("b", pa.string()), ("verdict", pa.string()), ("why", pa.string())])


@dataclass(frozen=True, slots=True)
class Known:
    """What records say of a person before any judgement."""

    id: str
    numbered: bool
    registered: bool
    pseudonym: bool
    births: frozenset[str]


@dataclass(frozen=True, slots=True)
class Review:
    """A judgement that does not hold as it was made, and why."""

    judgement: Judgement
    why: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What judgements make of people: old id → person, the pairs as they stand now, and what must be looked at again."""

    merged: dict[str, str]
    pairs: dict[tuple[str, str], str]
    reviews: tuple[Review, ...]


def apply_judgements(connection: duckdb.DuckDBPyConnection, judgements: Sequence[Judgement]) -> Applied:
    """Create the tables `merged` (id, person), `judged` (a, b, verdict; a < b) and `reviews`, and return the same."""
    named = sorted({end for one in judgements for end in one.pair})
    connection.register("judged_ids", pa.table({"id": pa.array(named, pa.string())}))
    now = dict(connection.execute(
        "SELECT j.id, coalesce(n.id, w.id) FROM judged_ids j LEFT JOIN (SELECT DISTINCT id FROM namings) n USING (id)"
        " LEFT JOIN weaker_ids w ON w.former = j.id"
    ).fetchall())
    connection.unregister("judged_ids")
    applied = settle(judgements, now, _known(connection, sorted({x for x in now.values() if x})))
    _create(connection, "merged", _MERGED, [{"id": k, "person": v} for k, v in sorted(applied.merged.items())])
    pairs = [{"a": a, "b": b, "verdict": verdict} for (a, b), verdict in sorted(applied.pairs.items())]
    _create(connection, "judged", _PAIRS, pairs)
    _create(connection, "reviews", _REVIEWS, [
        {"a": one.judgement.a, "b": one.judgement.b, "verdict": one.judgement.verdict, "why": one.why} for one in applied.reviews
    ])
    return applied


def link_verdicts(connection: duckdb.DuckDBPyConnection, links: Sequence[Judgement]) -> None:
    """Create the table `link_verdicts` (a, b, verdict; a < b) of what was judged about links of two cases."""
    _create(connection, "link_verdicts", _PAIRS, [{"a": one.a, "b": one.b, "verdict": one.verdict} for one in links])


def settle(judgements: Sequence[Judgement], now: dict[str, str | None], known: dict[str, Known]) -> Applied:
    """Join what may be joined. `now` says which person of the records an id means; None when nobody any more."""
    reviews: list[Review] = []
    placed: list[tuple[str, str, Judgement]] = []
    for one in judgements:
        a, b = now.get(one.a), now.get(one.b)
        if a is None or b is None:
            reviews.append(Review(one, NOBODY))
        elif a == b:
            reviews += [Review(one, SAME_NUMBER)] if one.verdict == REJECT else []
        elif one.verdict == CONFIRM and (known[a].pseudonym or known[b].pseudonym):
            reviews.append(Review(one, PSEUDONYM))
        else:
            placed.append((min(a, b), max(a, b), one))
    joins = nx.Graph()
    for a, b, one in placed:
        if one.verdict == CONFIRM:
            joins.add_edge(a, b)
    dropped = _untangle(joins, known, placed)
    reviews += [Review(one, dropped[a, b]) for a, b, one in placed if one.verdict == CONFIRM and (a, b) in dropped]
    merged = {}
    for group in nx.connected_components(joins):
        person = min(group, key=lambda x: (not known[x].numbered, not known[x].registered, x))
        merged.update({x: person for x in group if x != person})
    return Applied(merged, _standing(placed, merged), tuple(sorted(reviews, key=lambda x: (x.judgement.pair, x.why))))


def _untangle(
    joins: nx.Graph, known: dict[str, Known], placed: Iterable[tuple[str, str, Judgement]]
) -> dict[tuple[str, str], str]:
    """Take out of `joins` what would make one person of two; the edges taken, each with the first reason."""
    rejected = {(a, b) for a, b, one in placed if one.verdict == REJECT}
    seen = {(a, b): one.accepted for a, b, one in placed if one.verdict == CONFIRM and one.accepted}
    dropped: dict[tuple[str, str], str] = {}
    while True:
        wrong: dict[tuple[str, str], str] = {}
        for group in nx.connected_components(joins):
            accepted = {births for pair, births in seen.items() if pair[0] in group and joins.has_edge(*pair)}
            for a, b, why in _contradictions(group, known, rejected, accepted):
                for path in nx.all_shortest_paths(joins, a, b):
                    for x, y in pairwise(path):
                        wrong.setdefault((min(x, y), max(x, y)), why)
        if not wrong:
            return dropped
        joins.remove_edges_from(wrong)
        dropped.update({edge: why for edge, why in wrong.items() if edge not in dropped})


def _contradictions(
    group: Iterable[str], known: dict[str, Known], rejected: set[tuple[str, str]], accepted: set[str]
) -> Iterator[tuple[str, str, str]]:
    """Every two of a group that can never be one person, and why."""
    told = [x for x in sorted(group) if known[x].numbered or known[x].births or any(x in pair for pair in rejected)]
    for a, b in combinations(told, 2):
        if known[a].numbered and known[b].numbered:
            yield a, b, TWO_NUMBERS
        elif (a, b) in rejected:
            yield a, b, REJECTED
        elif {contradicting_births(x, y) for x in known[a].births for y in known[b].births} - {"", *accepted}:
            yield a, b, TWO_BIRTHS


def contradicting_births(a: str | None, b: str | None) -> str:
    """Two full birth dates that differ, as one text in order; '' when they agree or one is not known to the day."""
    if not a or not b or len(a) < 10 or len(b) < 10 or a[:10] == b[:10]:
        return ""
    return "|".join(sorted((a[:10], b[:10])))


def _standing(placed: Iterable[tuple[str, str, Judgement]], merged: dict[str, str]) -> dict[tuple[str, str], str]:
    pairs: dict[tuple[str, str], str] = {}
    for a, b, one in placed:
        a, b = sorted((merged.get(a, a), merged.get(b, b)))
        if a != b:
            pairs[a, b] = min(one.verdict, pairs.get((a, b), one.verdict), key=_PRECEDENCE.index)
    return pairs


def _known(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, Known]:
    connection.register("known_ids", pa.table({"id": pa.array(ids, pa.string())}))
    rows = connection.execute(
        "SELECT id, bool_or(numbered), bool_or(registered), NOT bool_or(registered) AND bool_or(keyed),"
        " coalesce(list(DISTINCT left(born_on, 10)) FILTER (length(born_on) >= 10), [])"
        " FROM namings JOIN known_ids USING (id) GROUP BY id"
    ).fetchall()
    connection.unregister("known_ids")
    return {row[0]: Known(row[0], row[1], row[2], row[3], frozenset(row[4])) for row in rows}


def _create(connection: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema, rows: list[dict[str, str]]) -> None:
    connection.register("applied_rows", pa.Table.from_pylist(rows, schema))
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM applied_rows")
    connection.unregister("applied_rows")
