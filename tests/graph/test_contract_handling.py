"""Decisions about cases where a table alone does not say: urging, limits, custody, claimed people."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.graph.county_of import Small

PETITIONS = "信访件编号,信访人,信访日期,受理日期,办理途径,答复日期,办结日期,延期至,标题,原信访件编号,人数\n"
STEPS = "信访件编号,序号,处置环节,来源单位编码,处理单位编码,处理时间\n"
ORGANS = "机构编码,机构名称\nA,甲局\nB,乙局\n"


def handled(root: Path, petition: str) -> set[str]:
    """What went wrong with one petition, seen at the end of the year."""
    return Small(root, 信访件=f"{PETITIONS}{petition}\nX9,某人,2024-12-31,,,,,,别的事,,\n").faults()["X1"]


@pytest.mark.parametrize(("petition", "late"), [
    ("X1,张三,2024-01-01,2024-01-10,（六）,2024-03-11,,,田界,,", False),  # the sixtieth day is a Sunday
    ("X1,张三,2024-01-01,2024-01-10,（六）,2024-03-12,,,田界,,", True),
    ("X1,张三,2022-02-10,2022-02-10,（六）,2022-12-12,,,田界,,", False),  # nobody knows the rule of that day
    ("X1,张三,2024-01-01,2024-01-10,（六）,,2024-03-10,,田界,,", False),  # without a reply, closing stops the clock
    ("X1,张三,2024-01-01,2024-01-10,（六）,2024-03-10,2024-06-01,,田界,,", False),  # the reply stops it, not closing
    ("X1,张三,2024-01-01,2024-01-10,（六）,2024-04-09,,2024-04-09,田界,,", False),  # thirty days more
    ("X1,张三,2024-01-01,2024-01-10,（六）,2024-04-10,,2024-05-30,田界,,", True),  # and never more than thirty
    ("X1,张三,2024-01-01,2024-01-10,,2024-12-01,,,田界,,", False),  # the route is unknown
    ("X1,张三,2024-01-01,2024-01-10,（一）,2024-12-01,,,田界,,", False),
    ("X1,张三,2024-01-01,,（六）,2024-12-01,,,田界,,", False),  # never accepted: the clock never began
    ("X1,张三,2024-01-01,2024-01-10,（六）,,,,田界,,", True),
])
def test_the_clock_of_sixty_days(tmp_path: Path, petition: str, late: bool) -> None:
    assert ("missed_deadline" in handled(tmp_path, petition)) == late


def test_without_any_limit_nothing_is_late(tmp_path: Path) -> None:
    small = Small(tmp_path, 信访件="留言编号,留言用户,留言时间\n1,A1,2017-01-01\n2,A2,2020-01-01\n", 纠纷="事件编号,发生日期\nS1,2018-01-01\n")
    assert set().union(*small.faults().values()) == set()


def test_a_sheet_without_replies_is_no_evidence_that_nobody_replied(tmp_path: Path) -> None:
    header = "留言编号,留言用户,留言时间"
    small = Small(tmp_path, 无答复=f"{header}\n1,A1,2017-01-01\n", 有答复=f"{header},答复时间\n2,A2,2017-01-01,2017-01-09\n3,A3,2017-01-01,\n"
                  "4,A4,2018-01-01,\n")
    assert small.faults() == {"1": set(), "2": set(), "3": {"no_reply"}, "4": set()}


@pytest.mark.parametrize(("due", "resolved", "late"), [
    ("2024-02-01", "2024-02-01", False), ("2024-02-01", "2024-02-02", True), ("", "2024-12-01", False),
])
def test_the_limit_a_dispute_declares(tmp_path: Path, due: str, resolved: str, late: bool) -> None:
    small = Small(tmp_path, 纠纷=f"事件编号,发生日期,化解时限,化解日期\nS1,2024-01-01,{due},{resolved}\n")
    assert ("missed_deadline" in small.faults()["S1"]) == late


@pytest.mark.parametrize(("second", "urged"), [
    ("X2,张三,2024-03-20,,,,,,催办田界,X1,", True),
    ("X2,张三,2024-03-20,,,,,,田界,X1,", False),  # neither title nor step says so
    ("X2,张三,2024-03-20,,,,,,催办田界,,", False),  # of which case?
    ("X2,张三,2024-03-01,,,,,,催办田界,X1,", False),  # not overdue yet
    ("X2,张三,2024-06-20,,,,,,催办田界,X1,", False),  # answered already
])
def test_urging_is_no_repeat(tmp_path: Path, second: str, urged: bool) -> None:
    first = "X1,张三,2024-01-01,2024-01-10,（六）,2024-06-01,,,田界,,\n"
    found = Small(tmp_path, 信访件=PETITIONS + first + second + "\n").not_counted()
    assert found == ({"X2": "urging"} if urged else {})


def test_a_step_of_urging_says_it_too(tmp_path: Path) -> None:
    first = "X1,张三,2024-01-01,2024-01-10,（六）,2024-06-01,,,田界,,\n"
    second = "X2,张三,2024-03-20,,,,,,田界,X1,\n"
    small = Small(tmp_path, 信访件=PETITIONS + first + second, 流程=STEPS + "X2,1,催办,,,2024-03-20\n")
    assert small.not_counted() == {"X2": "urging"}


def test_claimed_people_and_named_people_are_both_kept(tmp_path: Path) -> None:
    parties = "信访件编号,姓名,角色,证件号码\nX1,李四,代表,\nX1,李四,代表,\nX1,王五,参与人,\n"
    small = Small(tmp_path, 信访件=PETITIONS + "X1,张三,2024-01-01,,,,,,修路,,120\n", 当事人=parties)
    (case,) = small.rows("Case")
    assert case["people_claimed"] == 120
    assert len({start for start, _ in small.pairs("PARTY_TO.Resident.Case")}) == 3


def test_custody_goes_with_the_handing_over_and_stays_when_only_an_objection_is_raised(tmp_path: Path) -> None:
    steps = (
        "X1,1,登记,,A,2024-01-01\nX1,2,转送,A,B,2024-01-05\nX1,3,异议,B,A,2024-01-08\nX1,4,退回,B,,2024-01-12\n"
        "X1,5,交办,A,B,2024-01-20\n"
    )
    small = Small(tmp_path, 信访件=PETITIONS + "X1,张三,2024-01-01,,,,,,田界,,\n", 机构=ORGANS, 流程=STEPS + steps)
    held = {row["on_date"]: (row["custody"], row["custody_until"]) for row in small.rows("Step")}
    assert held == {
        "2024-01-01": (True, "2024-01-05"), "2024-01-05": (True, "2024-01-12"), "2024-01-08": (False, None),
        "2024-01-12": (True, "2024-01-20"), "2024-01-20": (True, None),
    }
