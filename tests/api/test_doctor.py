"""What `fengqiao doctor` says of the calendar."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from api.doctor import Finding, calendar, examine
from api.settings import Settings
from graph.ledger import Ledger
from graph.workdays import Calendar, published_years
from ingest.load import load
from tests.county import load_and_build

LAST = max(published_years())


@pytest.mark.parametrize(("today", "latest", "ok", "missing"), [
    (date(LAST, 3, 1), f"{LAST}-02-01", True, None),
    (date(LAST, 9, 30), "", True, None),
    (date(LAST, 10, 5), "", True, LAST + 1),
    (date(LAST + 1, 1, 1), "2024-05-01", False, LAST + 1),
    (date(LAST, 3, 1), f"{LAST + 1}-01-05", False, LAST + 1),
    (date(LAST, 3, 1), f"{LAST + 50}-01-05", True, None),
])
def test_a_year_without_published_holidays_is_named_with_what_it_means(
    today: date, latest: str, ok: bool, missing: int | None
) -> None:
    finding = calendar(today, latest, Calendar())
    assert finding.ok is ok
    assert f"{min(published_years())}—{LAST}" in finding.says
    assert ("按周末推算" in finding.says) is (missing is not None)
    assert missing is None or f"缺 {missing}" in finding.says or f"、{missing}" in finding.says


def test_the_calendar_is_among_the_findings(tmp_path: Path) -> None:
    found = [finding.what for finding in examine(Settings(data=tmp_path))]
    assert "工作日历 calendar" in found


def test_a_graph_is_examined_with_its_newest_day(tmp_path: Path) -> None:
    load_and_build(tmp_path)
    finding = next(f for f in examine(Settings(data=tmp_path)) if f.what == "工作日历 calendar")
    assert finding.ok is (date.today().year in published_years())


def test_a_load_folder_that_the_ledger_does_not_know_is_named(tmp_path: Path) -> None:
    home, _ = load_and_build(tmp_path / "data")
    (home.loads / "0123456789ab").mkdir()
    (finding,) = [f for f in examine(Settings(data=home.root)) if f.what.startswith("台账")]
    assert finding.ok
    assert "0123456789ab" in finding.says


def test_what_an_administrator_added_to_the_calendar_is_told(tmp_path: Path) -> None:
    (tmp_path / "law").mkdir()
    table = tmp_path / "law" / "workdays.csv"
    table.write_text(f"日期,是否工作日,依据\n{LAST + 1},,国办通知\n{LAST + 1}-02-15,否,国办通知\n", encoding="utf-8")
    (finding,) = [f for f in examine(Settings(data=tmp_path)) if f.what == "工作日历 calendar"]
    assert f"law/workdays.csv 另载 1 天，补齐 {LAST + 1} 年" in finding.says
    assert calendar(date(LAST + 1, 3, 1), "", Calendar.load(table.parent)).ok
    table.write_text("日期,是否工作日,依据\n2027-02-30,否,国办通知\n", encoding="utf-8")
    (finding,) = [f for f in examine(Settings(data=tmp_path)) if f.what == "工作日历 calendar"]
    assert not finding.ok
    assert "workdays.csv：第2行" in finding.says


def test_a_key_that_is_not_that_of_the_graph_is_named(tmp_path: Path) -> None:
    load_and_build(tmp_path)
    ours, other = (
        next(f for f in examine(settings) if f.what.startswith("散列密钥"))
        for settings in (Settings(data=tmp_path), Settings(data=tmp_path, id_key=SecretStr("another one")))
    )
    assert (ours.ok, other.ok) == (True, False)
    assert "fengqiao build" in other.says
    assert "another one" not in other.says


def test_a_graph_that_is_older_than_the_loads_is_told(tmp_path: Path) -> None:
    home, _ = load_and_build(tmp_path / "data")

    def graph() -> Finding:
        return next(f for f in examine(Settings(data=home.root)) if f.what.startswith("内嵌引擎"))

    assert graph().ok
    more = tmp_path / "more.csv"
    more.write_text("姓名,户号\n张三,H1\n", encoding="utf-8")
    load(home, Ledger(home), [more])
    assert not graph().ok
    assert "fengqiao build" in graph().says
