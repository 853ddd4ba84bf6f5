"""The rows of one sheet in the scratch database: raw, told apart, and seen through the plan of a target."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest import rules
from ingest.limits import Limits
from ingest.plan import JoinPlan, SheetPlan, TargetPlan
from ingest.sql import ALL_FIRST, literal, name, said


@dataclass(frozen=True, slots=True)
class PartRows:
    """The relations of one sheet: `raw` as read, `data` without header, blank lines, repeated headers and totals."""

    raw: str
    data: str
    read: int
    nameless: tuple[str, ...]
    joins: str
    may_be_unused: bool
    computed: bool

    def values_relation(self, con: duckdb.DuckDBPyConnection, number: int, target: TargetPlan) -> str:
        """`row` and per field of a target a raw cell `v_<field>`; one row per source row that makes the target.

        Plain columns are only looked through; what a mapping computes is computed once.
        """
        relation = f"{self.raw}_v{number}"
        cells = ", ".join(f"{plan.sql} AS {name('v_' + field)}" for field, plan in target.fields.items())
        where = f" WHERE {target.only_if}" if target.only_if else ""
        kind = "TABLE" if self.computed else "VIEW"
        con.execute(f"CREATE {kind} {name(relation)} AS SELECT s.row, {cells} FROM {name(self.data)} s {self.joins}{where}")
        return relation

    def set_aside_refused(self, con: duckdb.DuckDBPyConnection, part: int) -> None:
        """Keep the raw cells of refused rows for the quarantine file."""
        con.execute(
            f"CREATE TABLE {name(f'q_{part}')} AS SELECT r.source_column, r.rule, s.*"
            f" FROM {name(self.raw)} s JOIN refused r ON r.part = {part} AND r.row = s.row ORDER BY s.row"
        )

    def drop(self, con: duckdb.DuckDBPyConnection) -> None:
        """Forget the raw rows and all that was made of them."""
        for relation, kind in con.execute(
            "SELECT table_name, table_type FROM information_schema.tables WHERE starts_with(table_name, ?)", [self.raw]
        ).fetchall():
            if kind == "VIEW":
                con.execute(f"DROP VIEW {name(relation)}")
        for (relation,) in con.execute(
            "SELECT table_name FROM information_schema.tables WHERE starts_with(table_name, ?)", [self.raw]
        ).fetchall():
            con.execute(f"DROP TABLE {name(relation)}")


def lay_out(
    con: duckdb.DuckDBPyConnection, part: int, plan: SheetPlan, scratch: Path, limits: Limits
) -> PartRows:
    """Read a sheet and tell its rows apart; total and footer lines go to `refused` at once."""
    raw = f"raw_{part}_"
    width = plan.sheet.read(con, raw, scratch, limits)
    joins = " ".join(_join(con, raw, join, scratch, limits) for join in plan.joins)
    below = f"row > {plan.header_row + 1}"
    aside = f"{raw}aside"
    con.execute(
        f"CREATE TABLE {name(aside)} AS SELECT row, NOT coalesce({_no_data(plan, width)}, false) AS total"
        f" FROM (FROM {name(raw)} WHERE {below} AND NOT coalesce({_surely_data(plan)}, false) {ALL_FIRST})"
        f" WHERE {_no_data(plan, width)} OR {_total(width)}"
    )
    con.execute(f"INSERT INTO refused SELECT {part}, row, '', {literal(rules.TOTAL)} FROM {name(aside)} WHERE total")
    set_aside = _count(con, aside)
    _data_view(con, raw, aside if set_aside else "", below, plan)
    read = _count(con, raw, below) - (_count(con, aside, "NOT total") if set_aside else 0)
    complete = len(plan.targets) == 1 and not plan.joins and not plan.targets[0].only_if
    nameless = _nameless(con, raw, plan, below, width)
    return PartRows(raw, f"{raw}data", read, nameless, joins, not complete, bool(plan.said or plan.joins))


def _nameless(con: duckdb.DuckDBPyConnection, raw: str, plan: SheetPlan, below: str, width: int) -> tuple[str, ...]:
    """Columns that hold something but have no header: they do not load, and that must be said."""
    named = {index for index, header in enumerate(plan.headers) if header.name}
    blank = [index for index in range(width) if index not in named]
    if not blank:
        return ()
    tests = ", ".join(f"coalesce(bool_or(trim(c{i}) <> ''), false)" for i in blank)
    filled = con.execute(f"SELECT {tests} FROM {name(raw)} WHERE {below}").fetchone() or ()
    return tuple(f"第{i + 1}列（无表头）" for i, yes in zip(blank, filled, strict=True) if yes)


def _surely_data(plan: SheetPlan) -> str:
    """Whether a row begins with a letter, digit or sign of ASCII, as most do, and the header does not."""
    first = plan.headers[0]
    return "c0 >= '!' AND c0 < '~'" if first.name and not "!" <= first.text.strip()[:1] < "~" else "false"


def _no_data(plan: SheetPlan, width: int) -> str:
    """Whether a row is blank, or the header standing in the middle of the sheet once more: neither is data."""
    filled = " OR ".join(f"(c{i} IS NOT NULL AND trim(c{i}) <> '')" for i in range(width))
    header = " AND ".join(
        f"trim(c{i}) = trim({literal(h.text)})" for i, h in enumerate(plan.headers) if h.name and i < width
    )
    return f"NOT ({filled}) OR ({header})"


def _total(width: int) -> str:
    """Whether a row is a total or a footer."""
    first = "coalesce(" + ", ".join(f"nullif(trim(c{i}), '')" for i in range(width)) + ", '')"
    signs = " OR ".join(f"contains({first}, {literal(sign)})" for sign in rules.TOTAL_SIGNS)
    return f"CASE WHEN {signs} THEN regexp_full_match(trim({first}), {literal(rules.TOTAL_PATTERN)}) ELSE false END"


def _data_view(con: duckdb.DuckDBPyConnection, raw: str, aside: str, below: str, plan: SheetPlan) -> None:
    anti = f" AND row NOT IN (SELECT row FROM {name(aside)})" if aside else ""
    kind, cells = "VIEW", "*"
    if plan.said:
        kind, cells = "TABLE", ", ".join(["row", *(f"{said(f'c{i}')} AS c{i}" for i in plan.said)])
    con.execute(f"CREATE {kind} {name(raw + 'data')} AS SELECT {cells} FROM {name(raw)} WHERE {below}{anti}")


def _count(con: duckdb.DuckDBPyConnection, relation: str, where: str = "true") -> int:
    found = con.execute(f"SELECT count(*) FROM {name(relation)} WHERE {where}").fetchone()
    return int(found[0]) if found else 0


def _join(con: duckdb.DuckDBPyConnection, raw: str, join: JoinPlan, scratch: Path, limits: Limits) -> str:
    """Read the joined sheets into one relation, a row per key, and give the SQL that joins it."""
    relation = f"{raw}join_{join.alias}"
    numbers = range(join.width)
    selects = [
        "SELECT 0 AS sheet, 0 AS row, NULL::VARCHAR AS key, "
        + ", ".join(f"NULL::VARCHAR AS v{n}" for n in numbers) + " WHERE false"
    ]
    for number, joined in enumerate(join.sheets):
        inner = f"{relation}_{number}"
        joined.sheet.read(con, inner, scratch, limits)
        cells = ", ".join("NULL" if i is None else said(f"c{i}") for i in joined.columns)
        selects.append(f"SELECT {number}, row, {said(f'c{joined.equals}')}, {cells} FROM {name(inner)}")
    firsts = ", ".join(f"first(v{n} ORDER BY sheet, row) FILTER (v{n} IS NOT NULL) AS v{n}" for n in numbers)
    con.execute(
        f"CREATE TABLE {name(relation)} AS SELECT key, {firsts} FROM ({' UNION ALL '.join(selects)})"
        " WHERE key IS NOT NULL GROUP BY key"
    )
    alias = name("j_" + join.alias)
    return f"LEFT JOIN {name(relation)} {alias} ON {alias}.key = {join.key}"
