"""Working days: the published ones, and an error for a year nobody has published."""

from __future__ import annotations

from datetime import date

import pytest

from graph.workdays import YearNotPublished, is_workday, published_years


@pytest.mark.parametrize(("day", "works"), [
    (date(2024, 3, 5), True), (date(2024, 3, 9), False), (date(2024, 2, 12), False), (date(2024, 2, 18), True),
    (date(2024, 10, 1), False), (date(2024, 10, 12), True), (date(2025, 1, 26), True), (date(2025, 10, 8), False),
])
def test_holidays_and_make_up_days(day: date, works: bool) -> None:
    assert is_workday(day) is works


def test_every_published_year_can_be_counted() -> None:
    years = sorted(published_years())
    assert years == list(range(years[0], years[-1] + 1))
    assert {2020, 2021, 2022, 2023, 2024, 2025} < set(years)
    assert all(230 < sum(is_workday(date.fromordinal(n)) for n in range(date(y, 1, 1).toordinal(), date(y + 1, 1, 1).toordinal())) < 265 for y in years)


@pytest.mark.parametrize("year", [1999, 2100])
def test_a_year_that_is_not_published_is_an_error_and_not_a_guess(year: int) -> None:
    with pytest.raises(YearNotPublished, match=str(year)):
        is_workday(date(year, 3, 5))
