"""The statutory periods of every case: the rules of law and the working days as tables, and the SQL that joins them.

`08_clock_events.sql` says what starts, stops and ends a period; `08_clocks.sql` gives it its rule and its last day.
"""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

import duckdb
import pyarrow as pa

from graph.build.choices import PLAIN, Choices
from graph.workdays import Calendar

CLOCKS = {
    "dispatch": ("转送交办期限", False), "acceptance": ("受理告知期限", False), "objection": ("异议期限", True),
    "handling": ("办理期限", False), "review_request": ("申请复查期限", True), "review": ("复查期限", False),
    "re_review_request": ("申请复核期限", True), "re_review": ("复核期限", False), "confirmation": ("申请司法确认期限", True),
    "mediation": ("调解期限", False),
}
"""Each period with its name and whether it bounds a right; one that bounds a duty can be overdue."""

_RULES = pa.schema([
    *((name, pa.string()) for name in ("clock", "rule", "pack", "jurisdiction", "statute", "article", "valid_from", "valid_to")),
    *((name, pa.int32()) for name in ("days", "working_days", "months", "extension")), ("extension_agreed", pa.bool_()),
    ("pause", pa.string()), ("right", pa.bool_()),
])
_DAYS = pa.schema([("day", pa.date32()), ("works", pa.bool_()), ("known", pa.bool_())])
_LONGEST = timedelta(days=800)
"""More than any period with its extension, its pause and the holidays after it."""


def find_clocks(connection: duckdb.DuckDBPyConnection, choices: Choices) -> None:
    """Create the tables `graph."Clock"` and `graph."HAS_CLOCK.Case.Clock"`."""
    _create(connection, "clock_rules", pa.Table.from_pylist([
        {"clock": rule.given["clock"], "rule": rule.id, "pack": rule.pack, "jurisdiction": rule.jurisdiction,
         "statute": rule.statute, "article": rule.article, "valid_from": rule.valid_from, "valid_to": rule.valid_to,
         "extension_agreed": False, **{k: v for k, v in rule.given.items() if k != "clock"}}
        for rule in choices.law.rules("clock")
    ], _RULES))
    _create(connection, "clock_names", pa.Table.from_pylist(
        [{"clock": clock, "name": name, "may": may} for clock, (name, may) in CLOCKS.items()],
    ))
    _run(connection, "08_clock_events")
    _days(connection, choices.calendar, rolls=choices.counting != PLAIN)
    _run(connection, "08_clocks")


def _days(connection: duckdb.DuckDBPyConnection, calendar: Calendar, *, rolls: bool) -> None:
    """Create table `calendar_days`: for each day from the first start to after the last end of any period whether offices
    work, the number of working and of unarranged days up to it (`nth`, `unknown`), the day it rolls to (`rolled`), and on how
    many unarranged days that rests (`rolling`)."""
    bounds = connection.execute(
        "SELECT min(day), max(day) FROM (SELECT TRY_CAST(start_on AS DATE) AS day FROM clock_events"
        " UNION ALL SELECT TRY_CAST(asked_to AS DATE) FROM extensions)"
    ).fetchall()[0]
    first, last = bounds if bounds[0] else (date(2024, 1, 1), date(2024, 1, 1))
    days = list(calendar.days(first, min(last, date(2500, 1, 1)) + _LONGEST))
    rows = pa.table([
        pa.array([day.day for day in days]), pa.array([day.works for day in days]), pa.array([day.known for day in days]),
    ], schema=_DAYS)
    connection.register("said_days", rows)
    _run(connection, "08_calendar_rolled" if rolls else "08_calendar_plain")
    connection.unregister("said_days")


def _create(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    connection.register("made_rows", rows)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM made_rows")
    connection.unregister("made_rows")


def _run(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute(files("graph.build").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8"))
