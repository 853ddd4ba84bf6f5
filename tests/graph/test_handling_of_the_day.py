"""How a case fared is told as of the day asked about: a few made-up cases, asked on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph.home import Home
from graph.store import Store
from tests.county import load_and_build
from tests.graph.both_engines import ENGINES, asked_on, built_of

FILES = {
    "机构": "机构编码,机构名称,层级,上级机构编码,区划代码\nXJ,县政府,县,,330199000000\nA,甲局,部门,XJ,330199000000",
    "干部": "干部编号,姓名,机构编码,职务,任职日期\nG4,孙四,XJ,副县长,2020-01-01",
    "信访件": "信访件编号,信访人,信访日期,标题,原信访件编号\n"
    "R1,周五,2024-01-01,反映水渠被填,\nR2,周五,2024-03-01,反映水渠被填,R1\nR3,周五,2024-05-01,反映水渠被填,R1\n"
    "S1,吴六,2024-01-01,反映路灯不亮,\nS2,吴六,2024-03-01,反映路灯不亮,S1\nS3,吴六,2024-03-15,反映路灯不亮,S1",
    "办理流程": "信访件编号,序号,处置环节,来源单位编码,处理单位编码,处理时间\n"
    "R1,1,登记,XJ,A,2024-01-01\nR1,2,办结,A,,2024-02-01\nR2,1,登记,XJ,XJ,2024-03-01\nR2,2,复查,XJ,XJ,2024-04-01\n"
    "S1,1,登记,XJ,A,2024-01-01\nS1,2,办结,A,,2024-02-01\nS2,1,登记,XJ,XJ,2024-03-01\nS2,2,复查,XJ,XJ,2024-04-01",
    "责任落实": "信访件编号,责任类型,干部编号,起始日期\nR1,包案领导,G4,2024-01-02\nS1,包案领导,G4,2024-01-02",
}
"""R2 carries a label from April on, and R3 comes in May; S2 carries one too, while S3 counts on."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Any]:
    return built_of(tmp_path_factory.mktemp("handling"), FILES)


@pytest.fixture(scope="module", params=ENGINES)
def store(request: pytest.FixtureRequest, built: tuple[Home, Any]) -> Iterator[Store]:
    yield from asked_on(request, *built)


@pytest.mark.parametrize(("day", "again"), [
    ("2024-02-29", set()), ("2024-03-01", {"R1", "S1"}), ("2024-03-31", {"R1", "S1"}), ("2024-04-01", {"S1"}), ("2024-04-30", {"S1"}),
    ("2024-05-01", {"R1", "S1"}), ("2024-12-31", {"R1", "S1"}),
])
def test_a_case_that_carries_a_label_later_is_a_repeat_until_then(store: Store, day: str, again: set[str]) -> None:
    led = store.ask("leader_load", official_id="f:G4", as_of=day)
    assert {row["case_id"][2:] for row in led.parts["cases"].rows if row["repeated"]} == again
    assert led.rows[0]["repeated"] == len(again)
    organ = store.ask("organ_performance", organ="o:A", as_of=day)
    assert {row["case_id"][2:] for row in organ.parts["cases"].rows if "repeated_after_closure" in row["counted"]} == again
    assert organ.rows[0]["repeated_after_closure"] == len(again)


def test_days_of_coming_back_that_touch_are_one_period(store: Store) -> None:
    assert store.get("c:R1").properties["repeated"] == "again@2024-03-01@2024-04-01 again@2024-05-01"
    assert store.get("c:S1").properties["repeated"] == "again@2024-03-01"


MAPPING = """
name: own
title: 自定
provider: 某县
files:
  rows: {when: [no, who, day, took, answered, late]}
rows:
  - table: petitions
    from: rows
    fields:
      number: no
      petitioner: who
      petitioned_on: day
      accepted_on: took
      replied_on: answered
      route: {const: '6'}
      timeliness: {column: late, map: {逾期: overdue, 按期: in_time}}
  - table: steps
    from: rows
    fields: {case_number: no, step: {const: handle}, "on": day, to_organ: {const: A}}
  - table: organs
    from: rows
    fields: {code: {const: A}, name: {const: 甲局}}
"""
SAID = """no,who,day,took,answered,late
answered,张一,2023-01-01,,2023-02-01,逾期
silent,李二,2023-01-01,,,逾期
counted,王三,2023-01-01,2023-01-10,,逾期
in_time,陈四,2023-01-01,,,按期
nothing,林五,2023-06-01,,,
"""
"""What the source says without a day: of a case answered late, of ones never answered, with and without a day of acceptance to count from."""


@pytest.fixture(scope="module", params=ENGINES)
def said(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    root = tmp_path_factory.mktemp("said")
    (root / "rows.csv").write_text(SAID, encoding="utf-8")
    (root / "own.yaml").write_text(MAPPING, encoding="utf-8")
    home, build = load_and_build(root / "data", root / "rows.csv", mapping=str(root / "own.yaml"))
    yield from asked_on(request, home, build)


@pytest.mark.parametrize(("day", "late"), [
    ("2023-01-01", set()), ("2023-01-31", set()), ("2023-02-01", {"answered"}), ("2023-03-13", {"answered"}),
    ("2023-03-14", {"answered", "counted"}), ("2023-05-31", {"answered", "counted"}), ("2023-06-01", {"answered", "counted", "silent"}),
])
def test_a_case_called_overdue_is_so_from_the_day_on_which_that_can_be_known(said: Store, day: str, late: set[str]) -> None:
    """Sixty days from 10 January end on Saturday 11 March, so on Monday 13; without a day to count from, on the last day of the data."""
    for question in ("organ_performance", "first_petition_quality"):
        rows = said.ask(question, organ="甲局", as_of=day).parts["cases"].rows
        assert {row["case_id"][2:] for row in rows if "closed_late" in row["counted"]} == late
    faults = {case: said.ask("case", id=f"c:{case}", as_of=day).rows[0]["faults"] for case in ("answered", "counted", "silent")}
    assert {case for case, words in faults.items() if "missed_deadline" in words} == late


@pytest.mark.parametrize(("day", "in_time", "overdue"), [
    ("2023-01-31", 0, set()), ("2023-02-01", 0, {"answered"}), ("2023-05-31", 0, {"answered"}), ("2023-06-01", 1, {"answered", "silent", "counted"}),
])
def test_what_a_source_says_of_its_cases_counts_once_it_can_be_known(said: Store, day: str, in_time: int, overdue: set[str]) -> None:
    (row,) = said.ask("timeliness", as_of=day).rows
    assert (row["in_time"], {case[2:] for case in row["case_ids"]}) == (in_time, overdue)
    assert row["unknown"] == row["cases"] - in_time - len(overdue)


def test_what_is_called_in_time_and_was_not_answered_is_no_answer_in_time(said: Store) -> None:
    rows = said.ask("organ_performance", organ="甲局", as_of="2024-01-01").parts["cases"].rows
    assert [row["counted"] for row in rows if row["case_id"] == "c:in_time"] == [["registered"]]
    case = said.get("c:in_time").properties
    assert (case.get("reply_met_on"), case["timeliness_on"]) == (None, "2023-06-01")
