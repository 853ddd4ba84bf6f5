"""Which cases are one matter: pairs by declaration, parcel or words, and their groups, named after the earliest case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import duckdb
import networkx as nx
import pyarrow as pa

from graph.build.alike import alike, encode, sketch
from graph.build.matterdays import Tie, spells, ties_of_groups
from graph.build.placewords import without_places
from graph.build.sameness import Limits, Place, Said, keys, place

_BATCH = 20_000
_CROWD, _NEIGHBOURS = 60, 12
"""A key of more cases than a crowd pairs each case with its neighbours in time only, so that pairs stay in proportion."""
_SAMPLE = 20
"""Two groups are compared by at most so many cases of each."""
_LEAST_WORDS = 8
"""Fewer pairs of characters say nothing about a matter."""
_SHARE = 0.8
"""Two groups join when their cases are alike on average, to this share of what a pair needs …"""
_HALF = 0.5
"""… and at least every other pair of theirs to this share of that."""

LIMITS = Limits()
Pair = tuple[str, str, float, Place]
"""A later case, an earlier one, how alike they are, and how narrowly their place is known."""


def find_matters(connection: duckdb.DuckDBPyConnection, limits: Limits = LIMITS) -> None:
    """Add what words say to SAME_MATTER, and create tables for cases that share their matter: `matters` (id, matter_id) and
    `matter_days` (id, matter_id, since, until), of which matter each was from when to when."""
    _read_words(connection)
    rejected = connection.execute("SELECT a, b FROM link_verdicts WHERE verdict = 'reject'").fetchall()
    tied = connection.execute('SELECT from_id, to_id FROM graph."SAME_MATTER.Case.Case"').fetchall() if rejected else []
    apart = Apart(rejected, tied)
    pairs = list(_pairs(connection, limits))
    _add_edges(connection, joined(pairs, _codes(connection, pairs), limits, apart))
    _name_groups(connection, [pair[:2] for pair in pairs], {frozenset(pair) for pair in rejected})


class Apart:
    """Pairs of cases of which somebody rejected the link, and which cases are one matter so far by whatever ties them."""

    def __init__(self, rejected: Iterable[tuple[str, str]] = (), tied: Iterable[tuple[str, str]] = ()) -> None:
        self._rejected = {frozenset(pair) for pair in rejected}
        self._whole: dict[str, set[str]] = {
            case: group for group in nx.connected_components(nx.Graph(tied)) for case in group}

    def keeps(self, a: str, b: str) -> bool:
        """Whether a rejected pair would come into one matter if these two did."""
        if not self._rejected:
            return False
        return any(frozenset((x, y)) in self._rejected for x in self._whole.get(a, {a}) for y in self._whole.get(b, {b}))

    def join(self, a: str, b: str) -> None:
        """These two are one matter now."""
        if self._rejected:
            group = self._whole.get(a, {a}) | self._whole.get(b, {b})
            self._whole |= dict.fromkeys(group, group)


def joined(
    pairs: Sequence[Pair], codes: Mapping[str, str], limits: Limits = LIMITS, apart: Apart | None = None
) -> list[Pair]:
    """The pairs that make groups: the most alike first, no chain of cases that are not alike on the whole, and none that
    would hold two cases of which somebody rejected the link."""
    apart = apart or Apart()
    group = {case: [case] for pair in pairs for case in pair[:2]}
    waiting, kept = sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])), []
    while waiting:
        refused: list[Pair] = []
        for pair in waiting:
            left, right = group[pair[0]], group[pair[1]]
            if left is right:
                continue
            if not apart.keeps(pair[0], pair[1]) and _together(left, right, limits.least(pair[3]) * _SHARE, codes):
                kept.append(pair)
                apart.join(pair[0], pair[1])
                for case in right:
                    group[case] = left
                left += right
                left.sort()
            else:
                refused.append(pair)
        if len(refused) == len(waiting):
            break
        waiting = refused
    return kept


def _together(left: Sequence[str], right: Sequence[str], least: float, codes: Mapping[str, str]) -> bool:
    """Whether the cases of two groups are alike on average, and most of them with one another."""
    if len(left) == len(right) == 1:
        return True
    cross = [(codes[a], codes[b]) for a in left[:_SAMPLE] for b in right[:_SAMPLE]]
    scores = alike([a for a, _ in cross], [b for _, b in cross])
    return sum(scores) / len(scores) >= least and 2 * sum(score >= least * _HALF for score in scores) >= len(scores)


def _read_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Tables `matter_words` (id, codes) and `matter_keys` (id, key), from the words of each case."""
    connection.execute("CREATE TABLE matter_words (id VARCHAR, codes VARCHAR); CREATE TABLE matter_keys (id VARCHAR, key VARCHAR)")
    reader = connection.cursor()
    reader.execute("SELECT id, title, body, coalesce(category, ''), coalesce(area_code, '') FROM matter_order")
    while rows := reader.fetchmany(_BATCH):
        words, found = [], []
        for case, title, body, category, area in rows:
            text = without_places(f"{title}。{body}")
            code = encode(text)
            if len(code) < _LEAST_WORDS:
                text = f"{title}。{body}"
                code = encode(text)
            if len(code) >= _LEAST_WORDS:
                words.append((case, code))
                found += [(case, key) for key in {*keys(Said.of(title, body, category, area)), *map(str, sketch(text))}]
        _insert(connection, "matter_words", ("id", "codes"), words)
        _insert(connection, "matter_keys", ("id", "key"), found)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    if rows:
        data = {name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(columns)}
        connection.register("arriving", pa.table(data))
        connection.execute(f"INSERT INTO {table} SELECT * FROM arriving")
        connection.unregister("arriving")


def _pairs(connection: duckdb.DuckDBPyConnection, limits: Limits) -> Iterator[Pair]:
    """Pairs (later case, earlier case) that the words of both say are one matter, compared in batches."""
    connection.execute(f"""
        CREATE TABLE matter_crowds AS SELECT key, id, category, rtrim(area_code, '0') AS area,
            row_number() OVER (PARTITION BY key ORDER BY on_day, id) AS place, count(*) OVER (PARTITION BY key) AS cases
        FROM matter_keys JOIN matter_order USING (id);
        CREATE TABLE matter_pairs AS SELECT DISTINCT b.id AS later, a.id AS earlier FROM matter_crowds a JOIN matter_crowds b
        ON a.key = b.key AND b.place > a.place AND b.place <= a.place + CASE WHEN a.cases > {_CROWD} THEN {_NEIGHBOURS} ELSE {_CROWD} END
        WHERE coalesce(a.category = b.category, true)
            AND coalesce(starts_with(a.area, b.area) OR starts_with(b.area, a.area), true)""")
    reader = connection.cursor()
    reader.execute("""
        SELECT p.later, p.earlier, u.codes, v.codes, a.title, a.body, coalesce(a.category, ''), coalesce(a.area_code, ''),
            b.title, b.body, coalesce(b.category, ''), coalesce(b.area_code, '')
        FROM matter_pairs p JOIN matter_words u ON u.id = p.later JOIN matter_words v ON v.id = p.earlier
        JOIN matter_order a ON a.id = p.later JOIN matter_order b ON b.id = p.earlier""")
    while rows := reader.fetchmany(_BATCH):
        scores = alike([row[2] for row in rows], [row[3] for row in rows])
        for row, score in zip(rows, scores, strict=True):
            if score >= limits.named:
                where = place(Said.of(*row[4:8]), Said.of(*row[8:12]))
                if score >= limits.least(where):
                    yield row[0], row[1], score, where


def _codes(connection: duckdb.DuckDBPyConnection, pairs: Sequence[Pair]) -> dict[str, str]:
    """The encoded words of the cases that are in a pair at all."""
    ids = sorted({case for pair in pairs for case in pair[:2]})
    return dict(connection.execute("SELECT id, codes FROM matter_words WHERE id IN (SELECT unnest($1::VARCHAR[]))", [ids]).fetchall())


def _add_edges(connection: duckdb.DuckDBPyConnection, pairs: Sequence[Pair]) -> None:
    table = pa.table({
        "from_id": pa.array([pair[0] for pair in pairs], pa.string()),
        "to_id": pa.array([pair[1] for pair in pairs], pa.string()),
        "score": pa.array([pair[2] for pair in pairs], pa.float64()),
    })
    connection.register("alike_pairs", table)
    connection.execute(
        'INSERT INTO graph."SAME_MATTER.Case.Case" BY NAME'
        " SELECT from_id, to_id, 'category_place_text' AS test, score, NULL AS ref, 0 AS ord FROM alike_pairs"
    )
    connection.unregister("alike_pairs")


def _name_groups(connection: duckdb.DuckDBPyConnection, alike_pairs: Sequence[Tie], rejected: Collection[frozenset[str]]) -> None:
    edges = connection.execute('SELECT from_id, to_id FROM graph."SAME_MATTER.Case.Case"').fetchall()
    connection.register("matter_ids", pa.table({"id": pa.array(sorted({case for edge in edges for case in edge}), pa.string())}))
    days = dict(connection.execute("SELECT id, on_day FROM matter_order JOIN matter_ids USING (id)").fetchall())
    connection.unregister("matter_ids")
    groups = [list(group) for group in nx.connected_components(nx.Graph([(a, b) for a, b in edges if a in days and b in days]))]
    ties = ties_of_groups(groups, edges, alike_pairs, rejected)
    found = [spell for group, tied in zip(groups, ties, strict=True) for spell in spells(group, tied, days)]
    connection.register("found_matters", pa.table({
        name: pa.array([row[at] for row in found], pa.string()) for at, name in enumerate(("id", "matter_id", "since", "until"))}))
    connection.execute("""
        CREATE TABLE matter_days AS SELECT * FROM found_matters;
        CREATE TABLE matters AS SELECT id, matter_id FROM matter_days WHERE until IS NULL""")
    connection.unregister("found_matters")
