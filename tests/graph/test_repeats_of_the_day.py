"""Causes and labels of repeats are those of the day asked about: made-up petitions, asked on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.home import Home
from graph.opening import open_store
from graph.store import Store
from tests.county import load_and_build
from tests.graph.both_engines import ENGINES, asked_on, built_of
from tests.graph.county_of import Small
from tests.graph.test_repeat_rules import AREA, ID, PEOPLE

WHO = dict(zip("DEBKUVLPQ", PEOPLE, strict=False))
"""One person for each story."""


def petition(number: str, day: str, title: str = "", *, origin: str = "", accepted: str = "", replied: str = "", status: str = "", route: str = "（六）") -> str:
    who = WHO[number[0]]
    return f"{number},{who},{ID[who]},{day},来信,{title or who + '反映水渠被填'},{AREA},{origin},{route},{accepted},{replied},{status}"


PETITIONS = [
    petition("D1", "2023-01-01", accepted="2023-01-10", replied="2023-05-01"), petition("D2", "2023-04-03", origin="D1"),
    petition("E1", "2023-01-01", accepted="2023-01-10", replied="2023-05-01"), petition("E2", "2023-02-01", origin="E1", replied="2023-02-20"),
    petition("B1", "2023-01-01", replied="2023-01-20"), petition("B2", "2023-02-01", origin="B1", replied="2023-02-20"),
    petition("K1", "2023-01-01", replied="2023-01-20"), petition("K2", "2023-03-01", origin="K1"), petition("K3", "2023-07-01", origin="K2"),
    petition("U1", "2023-01-01", accepted="2023-01-10"), petition("U2", "2023-03-20", origin="U1"),
    petition("V1", "2023-01-01"), petition("V2", "2023-05-01", origin="V1"),
    petition("L1", "2023-01-01"), petition("L2", "2023-05-01", origin="L1", replied="2023-08-01", status="诉讼"),
    petition("P1", "2023-01-01"), petition("P2", "2023-02-01", origin="P1"),
    petition("Q1", "2023-01-01", accepted="2023-01-10"), petition("Q2", "2023-03-20", origin="Q1"),
]
"""D: a deadline missed and no reply before the repeat, E: after it, B: sent back, K: an agreement kept late, U: urging by a
step, V: review by a step, L: litigation said by the status, P: registered above later on, Q: above, and then urging."""
STEPS = [
    "B1,1,登记,XF,XF,2023-01-01", "B1,2,转送,XF,XZ,2023-01-05", "B1,3,退回,XZ,XF,2023-02-10",
    "U2,1,催办,XF,XZ,2023-04-10", "V2,1,登记,XZ,XZ,2023-05-01", "V2,2,复查,XZ,XZ,2023-06-01",
    "P1,1,登记,XZ,XZ,2023-01-01", "P2,1,登记,XZ,XZ,2023-02-01", "P2,2,登记,XZ,XF,2023-02-20",
    "Q1,1,登记,XZ,XZ,2023-01-01", "Q2,1,登记,XF,XF,2023-03-20", "Q2,2,催办,XF,XZ,2023-04-10", "Q2,3,办结,XF,XF,2023-12-29",
]
FILES = {
    "信访件": "信访件编号,信访人姓名,信访人证件号码,信访日期,信访形式,标题,区划代码,原信访件编号,办理途径,受理日期,答复日期,状态\n" + "\n".join(PETITIONS),
    "办理流程": "信访件编号,序号,处置环节,来源单位编码,处理单位编码,处理时间\n" + "\n".join(STEPS),
    "责任落实": "信访件编号,责任类型,机构编码,起始日期\nE1,承办人,XZ,2023-02-15\nD1,承办人,XZ,2023-01-01",
    "协议": "协议编号,事件编号,达成日期,履行期限,履行日期,履行情况\nXY1,K1,2023-01-20,2023-02-15,2023-06-01,已履行",
    "机构": "机构编码,机构名称,层级,上级机构编码,区划代码\nXF,枫县信访局,县,,330199000000\nXZ,枫溪镇政府,乡镇,XF,330199101000",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Any]:
    return built_of(tmp_path_factory.mktemp("days"), FILES)


@pytest.fixture(scope="module", params=ENGINES)
def store(request: pytest.FixtureRequest, built: tuple[Home, Any]) -> Iterator[Store]:
    yield from asked_on(request, *built)


def told(store: Store, story: str, day: str) -> dict[str, Any]:
    """What `repeat_petitioners` says of a story on a day; empty when it is no repeat."""
    found = [row for row in store.ask("repeat_petitioners", as_of=day).rows if f"c:{story}1" in row["case_ids"]]
    return found[0] if found else {}


def causes(store: Store, story: str, day: str) -> set[str]:
    return set(told(store, story, day)["causes"])


def label(store: Store, case: str, day: str) -> str:
    rows = store.ask("repeat_petitioners", as_of=day, min_count=1).parts["labelled"].rows
    return next((row["label"] for row in rows if row["case_id"] == f"c:{case}"), "")


def test_a_cause_stands_from_the_day_it_became_so(store: Store) -> None:
    assert causes(store, "E", "2023-03-13") == set(), "the sixtieth day is a Saturday, so Monday is the last"
    assert causes(store, "E", "2023-03-14") == {"missed_deadline"}
    assert causes(store, "E", "2023-03-17") == {"missed_deadline"}
    assert causes(store, "E", "2023-03-18") == {"missed_deadline", "no_reply"}, "more than 75 days"
    assert causes(store, "E", "2023-04-30") == {"missed_deadline", "no_reply"}
    assert causes(store, "E", "2023-05-01") == {"missed_deadline"}, "it was answered, late"
    assert (causes(store, "B", "2023-02-09"), causes(store, "B", "2023-02-10")) == (set(), {"returned", "owner_changed"})


def test_an_agreement_kept_late_is_a_cause_until_it_is_kept(store: Store) -> None:
    assert "unkept_agreement" in causes(store, "K", "2023-03-01")
    assert "unkept_agreement" in causes(store, "K", "2023-05-31")
    assert "unkept_agreement" not in causes(store, "K", "2023-06-01")


def test_units_and_households_are_those_of_the_day(store: Store) -> None:
    assert told(store, "E", "2023-02-14")["organs"] == []
    assert told(store, "E", "2023-02-15")["organs"] == ["枫溪镇政府"]
    assert told(store, "B", "2023-02-01")["organs"] == ["枫县信访局", "枫溪镇政府"]


def test_what_came_after_the_repeat_did_not_cause_it(store: Store) -> None:
    rows = {row["case_id"]: row for row in store.ask("repeat_causes").parts["cases"].rows}
    assert set(rows["c:D2"]["causes"]) == {"missed_deadline", "no_reply"}
    assert (rows["c:E2"]["causes"], rows["c:B2"]["causes"]) == ([], [])
    assert set(rows["c:K2"]["causes"]) == {"unkept_agreement"}
    assert set(rows["c:K3"]["causes"]) == {"no_reply"}, "the agreement was kept by then, and K2 never answered"
    assert (rows["c:D2"]["organ_id"], rows["c:E2"]["organ_id"]) == ("o:XZ", None), "nobody was charged with E1 yet"
    counted = store.ask("repeat_causes").rows
    assert sum(row["missed_deadline"] for row in counted) == 1
    for day, found in (("2023-02-19", {"c:E2", "c:B2", "c:P2"}), ("2023-02-20", {"c:E2", "c:B2"})):
        assert {case for row in store.ask("repeat_causes", as_of=day).rows for case in row["case_ids"]} == found


@pytest.mark.parametrize(("story", "before", "since", "name"), [
    ("U", "2023-04-09", "2023-04-10", "urging"), ("V", "2023-05-31", "2023-06-01", "review"),
    ("L", "2023-07-31", "2023-08-01", "litigation"), ("P", "2023-02-19", "2023-02-20", "art19"),
])
def test_a_label_leaves_a_case_out_only_once_it_is_known(store: Store, story: str, before: str, since: str, name: str) -> None:
    assert told(store, story, before)["certain"] == 2
    assert label(store, f"{story}2", before) == ""
    assert told(store, story, since) == {}
    assert label(store, f"{story}2", since) == name
    assert label(store, f"{story}2", "2024-06-01") == name


def test_one_label_takes_the_place_of_another_when_it_comes(store: Store) -> None:
    assert [label(store, "Q2", day) for day in ("2023-03-19", "2023-03-20", "2023-04-09", "2023-04-10")] == ["", "art19", "art19", "urging"]


def test_the_summary_of_a_case_tells_the_faults_of_the_day(store: Store) -> None:
    def faults(day: str) -> list[str]:
        (row,) = store.ask("case", id="c:E1", as_of=day).rows
        return list(row["faults"])

    assert (faults("2023-03-13"), faults("2023-03-14"), faults("2023-05-01")) == ([], ["missed_deadline"], ["missed_deadline"])


PETITION = "信访件编号,信访人,信访日期,受理日期,办理途径,标题\n"


def test_an_extension_given_too_late_heals_from_its_day(tmp_path: Path) -> None:
    steps = "信访件编号,序号,处置环节,处理时间,办理时限\nX1,1,延期,2023-03-20,2023-04-07\nX1,2,办结,2023-06-01,\n"
    small = Small(tmp_path, 信访件=PETITION + "X1,张三,2023-01-01,2023-01-10,（六）,田界\n", 流程=steps)
    found = {day: "missed_deadline" in small.faults(day)["X1"] for day in ("2023-03-13", "2023-03-14", "2023-03-19", "2023-03-20", "2023-04-07", "2023-04-08")}
    assert list(found.values()) == [False, True, True, False, False, True]


MAPPING = """
name: own
title: 自定
provider: 某县
files:
  rows: {when: [no, who, day, answered, late]}
rows:
  - table: petitions
    from: rows
    fields: {number: no, petitioner: who, petitioned_on: day, replied_on: answered, timeliness: {column: late, map: {逾期: overdue}}}
"""


def test_what_a_source_says_without_a_day_counts_from_the_answer_else_from_the_last_day_of_the_data(tmp_path: Path) -> None:
    rows, own = tmp_path / "rows.csv", tmp_path / "own.yaml"
    rows.write_text("no,who,day,answered,late\nX1,张三,2023-01-01,2023-02-01,逾期\nX2,李四,2023-01-01,,逾期\nX3,王五,2023-03-01,,\n", encoding="utf-8")
    own.write_text(MAPPING, encoding="utf-8")
    home, _ = load_and_build(tmp_path / "data", rows, mapping=str(own))
    with open_store(home.root) as opened:
        late = [{n for n in ("X1", "X2") if opened.ask("case", id=f"c:{n}", as_of=day).rows[0]["faults"]} for day in (
            "2023-01-31", "2023-02-01", "2023-02-28", "2023-03-01")]
    assert late == [set(), {"X1"}, {"X1"}, {"X1", "X2"}]
