"""Working days in China: the days that the State Council arranges for each year, and what an administrator adds.

The published arrangement comes with `chinese_calendar`. An administrator's table (`<data>/law/workdays.csv`) says of
single days whether offices work, and by a row that names only a year that the arrangement of this year is complete in
it. A day of a year that nobody arranged is known to nobody: `works` gives its weekday, `known` says that this is no more
than an estimate, and whoever computes with it has to say so too.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import chinese_calendar

from graph.law.reading import InvalidLaw
from graph.values import BadValue, clean_date

OVERLAY = "workdays.csv"
"""The administrator's table in the folder of the law."""

HEADER = ("日期", "是否工作日", "依据")
_WORKS = {"是": True, "1": True, "否": False, "0": False}
_TELL = 5


class YearNotPublished(ValueError):
    """The holidays of a year are not known; `year` says which."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year} 年的节假日安排没有收录。 / The holidays of {year} are not known.")
        self.year = year


class InvalidCalendar(InvalidLaw):
    """The administrator's table cannot be used; the message names the file and the rows."""


@cache
def published_years() -> frozenset[int]:
    """The years whose holidays and make-up days came with the application."""
    return frozenset(day.year for day in chinese_calendar.constants.holidays)


def is_workday(day: date) -> bool:
    """Whether offices work on this day by what is published, make-up days included; raises YearNotPublished."""
    if day.year not in published_years():
        raise YearNotPublished(day.year)
    return bool(chinese_calendar.is_workday(day))


@dataclass(frozen=True, slots=True)
class Day:
    """A day and whether offices work on it; `known` is false where the year is not arranged and the weekday stands in."""

    day: date
    works: bool
    known: bool


@dataclass(frozen=True)
class Calendar:
    """The published arrangement under an administrator's table: `said` of single days, `arranged` for whole years."""

    said: Mapping[date, bool] = field(default_factory=dict)
    arranged: frozenset[int] = frozenset()

    @classmethod
    def load(cls, folder: Path | None) -> Calendar:
        """The calendar with the table `workdays.csv` of a folder, where there is one; raises InvalidCalendar."""
        path = folder / OVERLAY if folder is not None else None
        if path is None or not path.exists():
            return cls()
        said: dict[date, bool] = {}
        years: set[int] = set()
        wrong = []
        for number, row in _rows(path):
            problem = _take(row, said, years)
            if problem:
                wrong.append(f"第{number}行{problem}")
        if wrong:
            more = f"，另有{len(wrong) - _TELL}行" if len(wrong) > _TELL else ""
            raise InvalidCalendar(
                f"{path.name}：{'；'.join(wrong[:_TELL])}{more}。整张表未采用，请改正。 / The rows are wrong; the table is not used."
            )
        return cls(said, frozenset(years))

    @property
    def years(self) -> frozenset[int]:
        """The years that are arranged, by publication or by the administrator's table."""
        return published_years() | self.arranged

    @property
    def version(self) -> str:
        """A hash of all that is known of any day."""
        known = [f"{d}{int(w)}" for d, w in self.said.items()] + [f"{year}" for year in self.years]
        published = [f"{d}h" for d in chinese_calendar.constants.holidays] + [f"{d}w" for d in chinese_calendar.constants.workdays]
        return hashlib.sha256("\n".join([*sorted(known), *sorted(published)]).encode()).hexdigest()

    def known(self, day: date) -> bool:
        """Whether anybody has arranged this day."""
        return day in self.said or day.year in self.years

    def works(self, day: date) -> bool:
        """Whether offices work on this day; an estimate from its weekday where it is not `known`."""
        if day in self.said:
            return self.said[day]
        if day.year in published_years():
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < 5

    def days(self, first: date, last: date) -> Iterator[Day]:
        """Every day from first to last, both included."""
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            yield Day(day, self.works(day), self.known(day))


def _rows(path: Path) -> Iterable[tuple[int, list[str]]]:
    """The rows below the header with their line numbers; raises InvalidCalendar when the file is no such table."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", errors="replace")
    reader = csv.reader(io.StringIO(text))
    rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    if not rows or tuple(rows[0][1][:3]) != HEADER:
        raise InvalidCalendar(f"{path.name}：第1行应为 {','.join(HEADER)}。 / The first line must be this header.")
    return [(number, row) for number, row in rows[1:] if any(row)]


def _take(row: list[str], said: dict[date, bool], years: set[int]) -> str:
    """Put one row where it belongs; what is wrong with it, '' when nothing."""
    day, works, why, *_ = [*row, "", "", ""]
    try:
        iso = clean_date(day)
    except BadValue:
        return "日期应如 2027-02-08，或只写年份"
    if not why:
        return "没有依据"
    if len(iso) == 4:
        if works:
            return "只写年份的行表示当年安排已齐，是否工作日应留空"
        years.add(int(iso))
        return ""
    if len(iso) != 10:
        return "日期应到日"
    if works not in _WORKS:
        return "是否工作日应为 是 或 否"
    if date.fromisoformat(iso) in said:
        return "日期重复"
    said[date.fromisoformat(iso)] = _WORKS[works]
    return ""
