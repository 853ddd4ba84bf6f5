"""Working days in China: the holidays and make-up days that the State Council publishes for each year.

A year that is not published has no working days that anyone could count: nothing here falls back to weekdays.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import chinese_calendar


class YearNotPublished(ValueError):
    """The holidays of a year are not known; `year` says which."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year} 年的节假日安排没有收录。 / The holidays of {year} are not known.")
        self.year = year


@cache
def published_years() -> frozenset[int]:
    """The years whose holidays and make-up days are known."""
    return frozenset(day.year for day in chinese_calendar.constants.holidays)


def is_workday(day: date) -> bool:
    """Whether offices work on this day, make-up Saturdays and Sundays included; raises YearNotPublished."""
    if day.year not in published_years():
        raise YearNotPublished(day.year)
    return bool(chinese_calendar.is_workday(day))
