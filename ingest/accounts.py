"""After the last sheet: identical rows merged, every row accounted for, the tables written.

For every part `read = loaded + merged + quarantined`; the three are counted independently and compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from graph.build.inputs import MENDED
from graph.register import Table
from graph.versions import REFUSED
from ingest import rules
from ingest.cells import Sentences
from ingest.limits import AT_ONCE
from ingest.sayings import SHAPES, Made, made, said
from ingest.sql import literal, name

_PARQUET = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 4096"
"""A fifth faster than the usual level, and no larger."""

_NUMBERED = frozenset({"petitions", "disputes", "agreements"})
"""Tables in which one number is one thing; of others a thing may fill several rows (an official's posts, a parcel's holders)."""


@dataclass(frozen=True, slots=True)
class PartCount:
    """What became of the rows of one part; `not_data` of the quarantined were no data at all (totals, unused)."""

    part: int
    read: int
    loaded: int
    merged: int
    quarantined: int
    not_data: int


class AccountsDoNotBalance(AssertionError):
    """Rows were lost or counted twice: a defect of this program, never of the data."""


def merge_identical(con: duckdb.DuckDBPyConnection, *, keep_all: bool = False) -> None:
    """Fill `merged` with the rows that say exactly what an earlier row of the same group said.

    With `keep_all` none is merged: a corrected row must not lean on another that may be corrected once more.
    """
    con.execute("CREATE TABLE merged (part INTEGER, row BIGINT)")
    if keep_all or not _suspects(con):
        return
    con.execute("CREATE TABLE sayings (grp VARCHAR, part INTEGER, row BIGINT, target UTINYINT, said UHUGEINT)")
    for one in made(con):
        con.execute(
            f"INSERT INTO sayings SELECT s.grp, t.part, t.row, t.target, {said(one.table, 't', 'h')}"
            f" FROM {name(one.gathered)} t JOIN suspects s USING (part, row) JOIN {SHAPES} h USING (part, target)"
        )
    con.execute(
        "INSERT INTO merged SELECT part, row FROM (SELECT part, row, row_number() OVER (PARTITION BY grp, says ORDER BY part, row)"
        " AS n FROM (SELECT grp, part, row, list(row(target, said) ORDER BY target) AS says FROM sayings GROUP BY ALL)) WHERE n > 1"
    )


def _suspects(con: duckdb.DuckDBPyConnection) -> bool:
    """Fill `suspects` with the rows whose hash another row has; whether there are any."""
    con.execute(
        "CREATE TABLE suspects AS SELECT grp, part, row FROM prints"
        " SEMI JOIN (SELECT print FROM prints GROUP BY print HAVING count(*) > 1) USING (print)"
    )
    return bool(con.execute("SELECT count(*) FROM suspects").fetchone() != (0,))


def balance(con: duckdb.DuckDBPyConnection, read: Sequence[int]) -> list[PartCount]:
    """The account of every part, of which the rows read are given in order; raises AccountsDoNotBalance."""
    refused = _by_part(con, "refused")
    merged = _by_part(con, "merged")
    accepted = _by_part(con, "prints")
    no_data = ", ".join(literal(rule) for rule in sorted(rules.NOT_DATA))
    not_data = _by_part(con, "refused", f"WHERE rule IN ({no_data})")
    counts = []
    for part, rows in enumerate(read, start=1):
        loaded = accepted.get(part, 0) - merged.get(part, 0)
        count = PartCount(part, rows, loaded, merged.get(part, 0), refused.get(part, 0), not_data.get(part, 0))
        if count.read != count.loaded + count.merged + count.quarantined:
            raise AccountsDoNotBalance(f"part {part}: {count}")
        counts.append(count)
    return counts


def _by_part(con: duckdb.DuckDBPyConnection, table: str, where: str = "") -> dict[int, int]:
    return dict(con.execute(f"SELECT part, count(*) FROM {name(table)} {where} GROUP BY part").fetchall())


def write_tables(
    con: duckdb.DuckDBPyConnection, folder: Path, *, provider: str = "", keep_all: bool = False
) -> dict[str, int]:
    """One Parquet file per register table that has rows; returns the rows of each. `keep_all` as in merging.

    `provider` is the source of the rows that name none.
    """
    con.execute("CREATE TABLE gone AS SELECT part, row FROM refused UNION ALL SELECT part, row FROM merged")
    any_gone = con.execute("SELECT count(*) FROM gone").fetchone() != (0,)

    def write(one: Made) -> tuple[str, int]:
        query = _stored(one, provider, any_gone=any_gone, once=one.once and not keep_all)
        file = folder / f"{one.table.name}.parquet"
        rows, = con.cursor().execute(f"COPY ({query}) TO {literal(str(file))} ({_PARQUET})").fetchone() or (0,)
        if not rows:
            file.unlink()
        return one.table.name, int(rows)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return {table: rows for table, rows in pool.map(write, made(con)) if rows}


def _stored(one: Made, provider: str, *, any_gone: bool, once: bool) -> str:
    """The rows of a table that load; of those that count `once`, the first that says the same."""
    columns = ", ".join(
        f"coalesce(provider, {literal(provider)}) AS provider" if provider and column == "provider" else name(column)
        for column, _ in one.table.columns
    )
    anti = " ANTI JOIN gone USING (part, row)" if any_gone else ""
    order = " ORDER BY part, row" if any_gone or once else ""
    if not once:
        return f"SELECT {columns} FROM {name(one.gathered)} t{anti}{order}"
    return (
        f"SELECT {columns} FROM {name(one.gathered)} t JOIN {SHAPES} h USING (part, target){anti}"
        f" QUALIFY NOT t.once OR row_number() OVER (PARTITION BY t.once, {said(one.table, 't', 'h')} ORDER BY part, row) = 1{order}"
    )


def shared_numbers(con: duckdb.DuckDBPyConnection) -> list[tuple[Table, int, list[tuple[int, int]]]]:
    """The tables in which several rows that differ bear one number: how many numbers, and (part, row) of the first one's rows."""
    found = []
    for one in made(con):
        if one.table.name in _NUMBERED:
            shared = con.execute(
                f"SELECT list((part, row) ORDER BY part, row)[:5] AS rows FROM {name(one.gathered)} ANTI JOIN gone USING (part, row)"
                f" WHERE NOT once GROUP BY {name(one.table.key[0])} HAVING count(*) > 1 ORDER BY rows"
            ).fetchall()
            if shared:
                found.append((one.table, len(shared), shared[0][0]))
    return found


def write_refused(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """`refused.parquet`: where every refused row stands and why, and whether it was data; never a value."""
    no_data = ", ".join(literal(rule) for rule in sorted(rules.NOT_DATA))
    con.execute(
        f'COPY (SELECT part, row, source_column AS "column", rule, rule NOT IN ({no_data}) AS data FROM refused'
        f" ORDER BY part, row) TO {literal(str(folder / f'{REFUSED}.parquet'))} (FORMAT parquet)"
    )


def write_mended(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """`mended.parquet` of a correction: the rows that are in order now."""
    target = literal(str(folder / f"{MENDED}.parquet"))
    con.execute(f"COPY (SELECT part, row FROM prints ORDER BY part, row) TO {target} (FORMAT parquet)")


def write_issues(con: duckdb.DuckDBPyConnection, folder: Path, sentences: Sentences) -> None:
    """`issues.parquet`: cells of loaded rows that did not load; addresses, rules and sentences, never values."""
    _sentences(con, sentences)
    con.execute(
        "COPY (SELECT i.part, i.row, i.source_column AS \"column\", i.rule, w.sentence"
        " FROM issues i ANTI JOIN gone USING (part, row) LEFT JOIN sentences w ON w.rule = i.rule"
        f" ORDER BY i.part, i.row, i.source_column) TO {literal(str(folder / 'issues.parquet'))} (FORMAT parquet)"
    )


def _sentences(con: duckdb.DuckDBPyConnection, sentences: Sentences) -> None:
    con.execute("CREATE TABLE sentences (rule VARCHAR, sentence VARCHAR)")
    con.executemany("INSERT INTO sentences VALUES (?, ?)", [list(pair) for pair in sentences.known.items()])


def issue_counts(con: duckdb.DuckDBPyConnection) -> dict[int, dict[str, int]]:
    """Cell issues by part and rule, of rows that load."""
    return _counted(con, "SELECT part, rule, count(*) FROM issues ANTI JOIN gone USING (part, row) GROUP BY ALL ORDER BY ALL")


def issue_places(con: duckdb.DuckDBPyConnection) -> dict[int, dict[str, str]]:
    """By part and rule in which columns the cell issues stand, with how many and the first rows, as a person reads it."""
    found = con.execute(
        "SELECT part, rule, source_column, count(*), list(row ORDER BY row)[:5] FROM issues ANTI JOIN gone USING (part, row)"
        " GROUP BY part, rule, source_column ORDER BY ALL"
    ).fetchall()
    places: dict[int, dict[str, list[str]]] = {}
    for part, rule, column, number, rows in found:
        told = f"第{'、'.join(map(str, rows))}行{'等' if number > len(rows) else ''}"
        places.setdefault(part, {}).setdefault(rule, []).append(f"“{column}”{number} 个（{told}）")
    return {part: {rule: "，".join(texts) for rule, texts in rules.items()} for part, rules in places.items()}


def refusal_counts(con: duckdb.DuckDBPyConnection) -> dict[int, dict[str, int]]:
    """Refused rows by part and rule."""
    return _counted(con, "SELECT part, rule, count(*) FROM refused GROUP BY ALL ORDER BY ALL")


def _counted(con: duckdb.DuckDBPyConnection, query: str) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = {}
    rows: Sequence[tuple[int, str, int]] = con.execute(query).fetchall()
    for part, rule, number in rows:
        counts.setdefault(part, {})[rule] = number
    return counts
