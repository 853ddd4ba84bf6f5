"""The administrator's table of working days: read whole or not at all, and it goes before what is published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.workdays import Calendar, InvalidCalendar, published_years

HEADER = "日期,是否工作日,依据\n"
NEXT = max(published_years()) + 1


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / "workdays.csv").write_text(text, encoding=encoding)
    return folder


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_days_that_the_table_names_go_before_the_published_ones(tmp_path: Path, encoding: str) -> None:
    calendar = Calendar.load(written(tmp_path, f"{HEADER}2024-03-05,否,台风停工\n2024/3/9,是,补班\n\n", encoding))
    assert [calendar.works(date(2024, 3, day)) for day in (4, 5, 8, 9, 10)] == [True, False, True, True, False]
    assert Calendar.load(None).works(date(2024, 3, 5))


def test_a_year_counts_as_arranged_when_the_table_says_that_it_is_complete(tmp_path: Path) -> None:
    day = f"{NEXT}-02-15,否,国办通知\n"
    some = Calendar.load(written(tmp_path, HEADER + day))
    whole = Calendar.load(written(tmp_path, f"{HEADER}{NEXT},,国办通知\n{day}"))
    assert [c.known(date(NEXT, 2, 15)) for c in (Calendar(), some, whole)] == [False, True, True]
    assert [c.known(date(NEXT, 3, 15)) for c in (Calendar(), some, whole)] == [False, False, True]
    assert len({Calendar().version, some.version, whole.version}) == 3
    assert Calendar.load(tmp_path).version == whole.version


@pytest.mark.parametrize(("rows", "said"), [
    ("2027-02-30,否,国办通知\n", "第2行日期"), ("2027-02-15,休,国办通知\n", "第2行是否工作日"), ("2027-02-15,否,\n", "第2行没有依据"),
    ("2027-02-15,否,甲\n2027-02-15,是,乙\n", "第3行日期重复"), ("2027-02,否,甲\n", "第2行日期应到日"), ("2027,是,甲\n", "第2行只写年份"),
    ("x,否,甲\n" * 7, "第6行日期应如 2027-02-08，或只写年份，另有2行"),
])
def test_a_wrong_row_is_named_and_nothing_of_the_table_is_used(tmp_path: Path, rows: str, said: str) -> None:
    with pytest.raises(InvalidCalendar, match=r"workdays\.csv：") as caught:
        Calendar.load(written(tmp_path, HEADER + rows))
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["", "日期,依据\n2027-02-15,甲\n"])
def test_a_table_with_another_header_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidCalendar, match="第1行"):
        Calendar.load(written(tmp_path, text))
