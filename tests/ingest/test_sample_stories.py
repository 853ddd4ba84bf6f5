"""The planted stories of the sample county: what `planted.json` says is what the files tell."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from ingest.sample import write_sample
from tests.ingest.sample_files import Files, days


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("small") / "county"
    write_sample(folder, 300)
    return Files(folder)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("town") / "county"
    write_sample(folder, 20_000, seed=7)
    return Files(folder)


@pytest.fixture(params=["small", "town"])
def files(request: pytest.FixtureRequest) -> Files:
    found: Files = request.getfixturevalue(request.param)
    return found


def boundary(files: Files, story: dict[str, Any]) -> None:
    first, again = story["case_numbers"]
    applicant, respondent, later = story["people"]
    assert set(files.parties(first)) == {applicant, respondent}
    assert files.residents[applicant]["户号"] != files.residents[respondent]["户号"]
    agreement = files.rows_of("调解协议", first)[0]
    assert (agreement["履行情况"], agreement["履行日期"]) == ("未履行", "")
    assert agreement["协议编号"] == story["expected"]["agreement"]
    case = files.cases[again]
    assert case["涉及宗地代码"] == files.cases[first]["涉及宗地代码"] == story["parcel"]
    assert later != applicant
    assert later in files.parties(again)
    opened = case.get("信访日期") or case["发生日期"]
    assert 365 <= days(files.cases[first]["化解日期"], opened) <= 731
    declared = case.get("原事件编号") or case.get("原信访件编号")
    assert (declared == first) == (story["expected"]["link"] == "declared")


def bounced(files: Files, story: dict[str, Any]) -> None:
    first, again = story["case_numbers"]
    a, b = story["organs"]
    owners = [s["处理单位编码"] for s in files.steps(first) if s["处置环节"] in ("登记", "转送", "交办", "退回", "受理", "承办")]
    changes = sum(one != other for one, other in pairwise(owners))
    assert changes == story["expected"]["hops"]
    assert [organ for organ in owners if organ in (a, b)][:3] == [a, b, a]
    assert len(files.steps(first, "退回")) == story["expected"]["returns"]
    assert len(files.steps(first, "异议")) == story["expected"]["objections"]
    assert files.steps(first, "督办")
    due = files.steps(first, "受理")[0]["办理时限"]
    assert due == story["expected"]["due_on"]
    assert days(due, files.cases[first]["答复日期"]) == story["expected"]["days_over"] > 0
    leaders = [row["干部编号"] for row in files.rows_of("责任落实", first) if row["责任类型"] == "包案领导"]
    assert leaders == [story["expected"]["lead_leader"]]
    assert files.cases[again]["原信访件编号"] == first
    assert {files.petitioner(first), files.petitioner(again)} == set(story["people"])


def siblings(files: Files, story: dict[str, Any]) -> None:
    who = [files.petitioner(number) for number in story["case_numbers"]]
    assert who == story["people"]
    assert len(set(who)) == story["expected"]["members"] == 3
    assert {files.residents[one]["户号"] for one in who} == {story["household"]}
    assert all(files.residents[one]["与户主关系"][0] in "23" for one in who)
    assert {files.cases[number]["涉及宗地代码"] for number in story["case_numbers"]} == {story["parcel"]}
    holder = next(row for row in files.table("地块") if row["宗地代码"] == story["parcel"])
    assert holder["户号"] == story["household"]


def joint(files: Files, story: dict[str, Any]) -> None:
    (case,) = story["case_numbers"]
    assert set(files.parties(case)) == set(story["people"])
    assert len(set(story["people"])) == story["expected"]["people"]
    representatives = files.parties(case, "代表")
    assert len(representatives) == story["expected"]["representatives"]
    assert (len(representatives) > 5) == story["expected"]["over_limit"]
    assert len({files.residents[one]["户号"] for one in story["people"]}) == story["expected"]["households"]
    assert int(files.cases[case]["人数"]) == story["expected"]["claimed"]
    assert files.cases[case]["信访形式"] == "走访"


def chain(files: Files, story: dict[str, Any]) -> None:
    cases = story["case_numbers"]
    assert len(cases) == story["expected"]["certain"] >= 3
    assert [files.cases[number]["原信访件编号"] for number in cases] == ["", *cases[:-1]]
    assert {files.petitioner(number) for number in cases} == set(story["people"])
    for before, after in pairwise(cases):
        assert files.cases[before]["答复日期"] < files.cases[after]["信访日期"]


def same_parcel(files: Files, story: dict[str, Any]) -> None:
    rows = [files.cases[number] for number in story["case_numbers"]]
    assert len(rows) == story["expected"]["certain"] == 2
    assert {row["涉及宗地代码"] for row in rows} == {story["parcel"]}
    assert {row["原信访件编号"] for row in rows} == {""}
    assert {files.petitioner(number) for number in story["case_numbers"]} == set(story["people"])


def urged(files: Files, story: dict[str, Any]) -> None:
    late, urge = story["case_numbers"]
    assert files.cases[urge]["标题"].startswith("催办")
    assert files.cases[urge]["原信访件编号"] == late
    due = files.steps(late, "受理")[0]["办理时限"]
    assert due == story["expected"]["due_on"]
    assert due < files.cases[urge]["信访日期"] < files.cases[late]["答复日期"]
    assert story["expected"]["not_counted"] == [urge]


def left(files: Files, story: dict[str, Any]) -> None:
    (case,) = story["case_numbers"]
    (post,) = [row for row in files.table("干部") if row["干部编号"] == story["expected"]["official"]]
    assert post["免职日期"] == story["expected"]["left_on"]
    assert files.cases[case]["受理日期"] <= post["免职日期"] < files.cases[case]["办结日期"]
    after = [step for step in files.steps(case) if step["处理时间"] > post["免职日期"]]
    assert after
    assert {step["处理人编号"] for step in after} == {""}
    same_post = [row for row in files.table("干部") if (row["机构编码"], row["职务"]) == (post["机构编码"], post["职务"])]
    assert all(row["免职日期"] for row in same_post)


def nobody(files: Files, story: dict[str, Any]) -> None:
    (case,) = story["case_numbers"]
    (returned,) = files.steps(case, "退回")
    assert returned["处理单位编码"] == ""
    assert returned["来源单位编码"] == story["expected"]["last_organ"]
    assert returned["处理时间"] == story["expected"]["nobody_from"]
    taken = files.steps(case)[int(returned["序号"])]
    assert (taken["处理时间"], taken["处理单位编码"]) == (story["expected"]["taken_on"], story["organs"][1])
    assert days(returned["处理时间"], taken["处理时间"]) == story["expected"]["gap_days"] > 20


def kin(files: Files, story: dict[str, Any]) -> None:
    (case,) = story["case_numbers"]
    official = next(row for row in files.table("干部") if row["干部编号"] == story["expected"]["mediator"])
    assert files.cases[case]["化解责任人编号"] == official["干部编号"]
    mediator, party = (files.residents[number] for number in (
        official["公民身份号码"], story["expected"]["party_id_number"],
    ))
    assert mediator["户号"] == party["户号"] == story["household"]
    assert mediator["与户主关系"].startswith("02")
    assert party["与户主关系"][:2] == story["expected"]["relation"] != "02"
    assert party["公民身份号码"] in files.parties(case)


def hub(files: Files, story: dict[str, Any]) -> None:
    organ = story["expected"]["hub"]
    rows = [row for row in files.table("当事人") if row["机构编码"] == organ]
    assert sorted(row["事件编号"] for row in rows) == sorted(story["case_numbers"])
    assert len({who for case in story["case_numbers"] for who in files.parties(case)}) == len(rows) == 14


FACTS: dict[str, Callable[[Files, dict[str, Any]], None]] = {
    "boundary_dispute_returns": boundary, "bounced_petition": bounced, "siblings_in_turn": siblings,
    "joint_petition": joint, "repeat_petitioner": chain, "repeat_same_parcel": same_parcel, "urging": urged,
    "handler_left": left, "returned_to_nobody": nobody, "mediator_kin": kin, "hub": hub,
}


@pytest.mark.parametrize("kind", FACTS)
def test_planted_stories_are_told_by_the_files(files: Files, kind: str) -> None:
    stories = files.stories(kind)
    assert stories
    for story in stories:
        FACTS[kind](files, story)


def test_stories_come_in_variants_when_there_is_room(town: Files) -> None:
    returns = {(s["expected"]["returns_as"], s["expected"]["link"]) for s in town.stories("boundary_dispute_returns")}
    assert returns == {("dispute", "declared"), ("petition", "parcel"), ("dispute", "parcel")}
    assert {s["expected"]["over_limit"] for s in town.stories("joint_petition")} == {True, False}
    assert {s["expected"]["certain"] for s in town.stories("repeat_petitioner")} == {3, 4}
    assert len(town.stories("hub")) == 2
    assert any(not files_row["信访人证件号码"] for s in town.stories("repeat_petitioner")
               for files_row in (town.cases[number] for number in s["case_numbers"]))
