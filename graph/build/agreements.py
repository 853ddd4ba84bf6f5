"""Until when judicial confirmation of an agreement may be asked for: thirty days after it was reached.

People's Mediation Law (人民调解法), article 33. A last day on a day off moves to the next working day; of a year whose holidays
are not published yet only Saturdays and Sundays are days off.
"""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pyarrow as pa

from graph.workdays import YearNotPublished, is_workday

CONFIRMATION = timedelta(days=30)


def confirmation_days(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table `confirmation_days` (signed_on, last_day) for every day on which an agreement was signed."""
    signed = [text for (text,) in connection.execute(
        "SELECT DISTINCT signed_on FROM agreements WHERE length(signed_on) >= 10 ORDER BY 1"
    ).fetchall()]
    last = [last_day(date.fromisoformat(text[:10])).isoformat() for text in signed]
    table = pa.table({"signed_on": pa.array(signed, pa.string()), "last_day": pa.array(last, pa.string())})
    connection.register("found_days", table)
    connection.execute("CREATE TABLE confirmation_days AS SELECT * FROM found_days")
    connection.unregister("found_days")


def last_day(signed: date) -> date:
    """The last day on which confirmation of an agreement reached on that day may be asked for."""
    day = signed + CONFIRMATION
    while not _works(day):
        day += timedelta(days=1)
    return day


def _works(day: date) -> bool:
    try:
        return is_workday(day)
    except YearNotPublished:
        return day.weekday() < 5
