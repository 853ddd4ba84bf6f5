"""Statutory periods at their edges, on real loaded tables: each test is one sentence of the law and the day after it.

`case` writes a petition of its own into the tables that all tests of this module share, and returns its number.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.build.choices import PLAIN, Choices
from graph.build.run import build_graph
from graph.home import Home
from graph.law.book import Law
from graph.ledger import Ledger
from graph.opening import ServerAddress, open_store, publish_embedded, publish_to_server
from graph.workdays import Calendar
from ingest.load import load
from tests.engines import wipe

Row = dict[str, Any]
PETITIONS = "信访件编号,信访人,信访日期,登记日期,受理日期,办理途径,信访目的,答复日期,办结日期,延期至,区划代码,标题,原信访件编号\n"
STEPS = "信访件编号,序号,处置环节,来源单位编码,处理单位编码,处理人编号,处理时间,办理时限\n"
ORGANS = "机构编码,机构名称\nA,信访局\nB,镇政府\nC,县政府\n"
OFFICIALS = "干部编号,姓名,机构编码,职务,任职日期,免职日期\nG1,赵一,B,干事,2020-01-01,2024-02-29\nG2,钱二,B,干事,2024-03-01,\n"
AGREEMENTS = "协议编号,事件编号,达成日期,司法确认日期\n"
DISPUTES = "事件编号,发生日期,区划代码,化解日期\n"
LATER = "2024-12-31"

_PETITIONS: dict[str, str] = {}
_STEPS: list[str] = []


def petition(
    number: str, *, on: str = "2024-03-01", accepted: str = "", route: str = "（六）", purpose: str = "申诉求决",
    replied: str = "", closed: str = "", extended: str = "", title: str = "", origin: str = "",
) -> str:
    return f"{number},某人,{on},{on},{accepted},{route},{purpose},{replied},{closed},{extended},,{title},{origin}\n"


def steps(number: str, *rows: str) -> str:
    """Steps: `处置环节 来源 处理单位 时间 办理时限 处理人`, `-` for nothing."""
    lines = []
    for seq, row in enumerate(rows, 1):
        step, from_organ, to_organ, on, due, official = ("" if word == "-" else word for word in [*row.split(), "-", "-"][:6])
        lines.append(f"{number},{seq},{step},{from_organ},{to_organ},{official},{on},{due}\n")
    return "".join(lines)


def case(*flow: str, **said: str) -> str:
    """The number of a petition with these steps and values."""
    number = f"X{len(_PETITIONS) + 1}"
    _PETITIONS[number] = petition(number, **said)
    _STEPS.append(steps(number, *flow))
    return number


class Office:
    """Tables, loaded and built, and the answers about them."""

    def __init__(self, root: Path, choices: Choices | None = None, **tables: str) -> None:
        folder = root / "files"
        folder.mkdir(parents=True)
        for name, text in {"机构": ORGANS, "干部": OFFICIALS, **tables}.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        self.home = Home(root / "data")
        ledger = Ledger(self.home)
        load(self.home, ledger, [folder])
        with self.home.writer():
            self.build, _ = build_graph(self.home, ledger, choices=choices)
            publish_embedded(self.home, self.build)
        self.store = open_store(self.home.root)

    def rows(self, number: str, as_of: str = LATER) -> list[Row]:
        return self.store.ask("case_clocks", case_id=f"c:{number}", as_of=as_of).rows

    def clocks(self, number: str, as_of: str = LATER) -> dict[str, Row]:
        """The periods of a case by name; of several with one name the one that began last."""
        return {row["clock"]: row for row in self.rows(number, as_of)}

    def overdue(self, number: str, as_of: str = LATER, **params: str) -> list[Row]:
        found = self.store.ask("overdue_cases", as_of=as_of, max_rows=10_000, **params).rows
        return [row for row in found if row["case_id"] == f"c:{number}"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """All cases of this module in one graph."""
    made = Office(tmp_path_factory.mktemp("clocks"), 信访件=PETITIONS + "".join(_PETITIONS.values()), 流程=STEPS + "".join(_STEPS))
    yield made
    made.store.close()


@pytest.mark.parametrize(("number", "state"), [
    (case(accepted="2024-03-05", replied="2024-05-03"), "met"), (case(accepted="2024-03-05", replied="2024-05-06"), "met"),
    (case(accepted="2024-03-05", replied="2024-05-07"), "met_late"),
])
def test_sixty_days_from_acceptance(office: Office, number: str, state: str) -> None:
    """Day 60 is 2024-05-04, a Saturday in the May holidays; work begins again on the 6th."""
    row = office.clocks(number)["handling"]
    assert (row["starts_on"], row["unrolled_on"], row["due_on"], row["state"]) == ("2024-03-05", "2024-05-04", "2024-05-06", state)
    assert row["article"] == "《信访工作条例》第三十四条"


UNANSWERED = case(accepted="2024-04-01")


@pytest.mark.parametrize(("as_of", "state", "left"), [("2024-05-31", "running", 0), ("2024-06-01", "overdue", -1)])
def test_day_60_and_day_61_of_an_unanswered_petition(office: Office, as_of: str, state: str, left: int) -> None:
    row = office.clocks(UNANSWERED, as_of)["handling"]
    assert (row["due_on"], row["state"], row["days_left"], row["days_used"]) == ("2024-05-31", state, left, 60 - left)
    assert [r["days_over"] for r in office.overdue(UNANSWERED, as_of, clock="handling")] == ([1] if left else [])


SPRING, NATIONAL = case(on="2023-12-12", accepted="2023-12-12"), case(on="2025-08-04", accepted="2025-08-04")


def test_a_last_day_in_the_spring_festival_of_2024_rolls_to_the_make_up_sunday(office: Office) -> None:
    """10 to 17 February are off; Sunday the 18th is worked."""
    row = office.clocks(SPRING, "2024-02-01")["handling"]
    assert (row["unrolled_on"], row["due_on"]) == ("2024-02-10", "2024-02-18")


def test_a_last_day_in_the_national_holidays_of_2025_rolls_to_the_ninth(office: Office) -> None:
    row = office.clocks(NATIONAL, "2025-09-01")["handling"]
    assert (row["unrolled_on"], row["due_on"], row["flags"]) == ("2025-10-03", "2025-10-09", [])


@pytest.mark.parametrize(("number", "met_on", "state"), [
    (case(accepted="2024-04-01", closed="2024-05-20"), "2024-05-20", "met"),
    (case(accepted="2024-04-01", replied="2024-06-20", closed="2024-05-20"), "2024-06-20", "met_late"),
    (case("答复 B - 2024-05-30", accepted="2024-04-01", closed="2024-06-20"), "2024-05-30", "met"),
])
def test_closing_stops_the_clock_only_where_no_reply_is_said(office: Office, number: str, met_on: str, state: str) -> None:
    row = office.clocks(number)["handling"]
    assert (row["met_on"], row["state"]) == (met_on, state)


@pytest.mark.parametrize(("number", "days", "due", "too_long"), [
    (case(accepted="2024-04-01", extended="2024-06-28"), 28, "2024-06-28", False),
    (case(accepted="2024-04-01", extended="2024-07-01"), 30, "2024-07-01", False),
    (case(accepted="2024-04-01", extended="2024-07-02"), 30, "2024-07-01", True),
    (case(accepted="2024-04-01", extended="2024-05-30"), 0, "2024-05-31", False),
])
def test_an_extension_that_only_a_day_tells_of(office: Office, number: str, days: int, due: str, too_long: bool) -> None:
    """Day 90 is Sunday 2024-06-30, so the first of July still is the thirtieth day."""
    row = office.clocks(number)["handling"]
    assert (row["extension"], row["due_on"], "extension_too_long" in row["flags"]) == (days, due, too_long)
    assert ("extension_undated" in row["flags"]) is (days > 0)


@pytest.mark.parametrize(("number", "too_long"), [
    (case("延期 - B 2024-05-20 2024-07-10", accepted="2024-04-11"), False),
    (case("延期 - B 2024-05-20 2024-07-11", accepted="2024-04-11"), True),
])
def test_extension_of_30_and_31_days(office: Office, number: str, too_long: bool) -> None:
    row = office.clocks(number, "2024-06-30")["handling"]
    assert (row["due_on"], row["extension"], "extension_too_long" in row["flags"]) == ("2024-07-10", 30, too_long)


GRANTED_LATE = case("延期 - B 2024-06-05 2024-06-20", accepted="2024-04-01")


def test_an_extension_counts_from_the_day_it_was_granted(office: Office) -> None:
    days = ("2024-05-31", "2024-06-04", "2024-06-05", "2024-06-20", "2024-06-21")
    rows = [office.clocks(GRANTED_LATE, day)["handling"] for day in days]
    assert [row["state"] for row in rows] == ["running", "overdue", "running", "running", "overdue"]
    assert [row["due_on"] for row in rows] == ["2024-05-31", "2024-05-31", *["2024-06-20"] * 3]
    assert [row["extension"] for row in rows] == [0, 0, 20, 20, 20]
    assert [row["flags"] for row in rows] == [[], [], *[["extension_late"]] * 3]
    assert [bool(office.overdue(GRANTED_LATE, day, clock="handling")) for day in days] == [False, True, False, False, True]


TWICE = case("延期 - B 2024-05-20 2024-06-10", "延期 - B 2024-06-05 2024-06-28", accepted="2024-04-01")
UNSAID = case("延期 - B 2024-05-20", accepted="2024-04-01")


def test_one_extension_counts_and_one_without_a_day_lengthens_nothing(office: Office) -> None:
    row = office.clocks(TWICE)["handling"]
    assert (row["due_on"], row["flags"]) == ("2024-06-11", ["extension_again"]), "the tenth is the Dragon Boat festival"
    row = office.clocks(UNSAID)["handling"]
    assert (row["due_on"], row["flags"]) == ("2024-05-31", ["extension_unknown"])


NEVER_ACCEPTED = case()
REFUSED = case("登记 - A 2024-03-01", "转送 A B 2024-03-04", "不予受理 - B 2024-03-11")


def test_without_acceptance_the_sixty_days_have_not_begun(office: Office) -> None:
    row = office.clocks(NEVER_ACCEPTED)["handling"]
    assert (row["state"], row["starts_on"], row["due_on"], row["days_left"]) == ("not_started", None, None, None)
    assert [(r["clock"], r["days_over"]) for r in office.overdue(NEVER_ACCEPTED)] == [("dispatch", 288)]
    assert office.clocks(UNANSWERED, "2024-03-31")["handling"]["state"] == "not_started"


def test_a_refused_petition_has_no_sixty_days(office: Office) -> None:
    rows = office.clocks(REFUSED)
    assert (rows["handling"]["state"], rows["acceptance"]["state"]) == ("not_applicable", "met")
    assert office.clocks(REFUSED, "2024-03-10")["handling"]["state"] == "not_started"


@pytest.mark.parametrize(("number", "flag"), [
    (case(accepted="2024-03-05", route="（一）"), "other_route"), (case(accepted="2024-03-05", route="（五）"), "other_route"),
    (case(accepted="2024-03-05", purpose="检举控告"), "other_purpose"), (case(accepted="2024-03-05", route=""), "route_unknown"),
    (case(on="2024-03", accepted="2024-03"), "start_imprecise"),
])
def test_what_has_no_sixty_days_says_why(office: Office, number: str, flag: str) -> None:
    row = office.clocks(number)["handling"]
    assert (row["state"], row["due_on"], row["flags"]) == ("not_applicable", None, [flag])
    assert office.overdue(number, clock="handling") == []


@pytest.mark.parametrize(("number", "state"), [
    (case("登记 - A 2024-03-01", "转送 A B 2024-03-18"), "met"), (case("登记 - A 2024-03-01", "交办 A B 2024-03-19"), "met_late"),
])
def test_fifteen_days_to_pass_on(office: Office, number: str, state: str) -> None:
    """The fifteenth day is Saturday 2024-03-16."""
    row = office.clocks(number)["dispatch"]
    assert (row["unrolled_on"], row["due_on"], row["state"], row["organ_id"]) == ("2024-03-16", "2024-03-18", state, "o:A")


ACCEPTED_LATE = case("登记 - A 2024-04-01", "转送 A B 2024-04-10", "受理 - B 2024-04-26", on="2024-04-01")


def test_the_two_periods_of_fifteen_days_run_for_different_bodies(office: Office) -> None:
    rows = office.clocks(ACCEPTED_LATE)
    assert (rows["dispatch"]["organ_id"], rows["dispatch"]["state"]) == ("o:A", "met")
    assert (rows["acceptance"]["organ_id"], rows["acceptance"]["due_on"], rows["acceptance"]["state"]) == ("o:B", "2024-04-25", "met_late")
    assert office.overdue(ACCEPTED_LATE, "2024-04-26") == []


@pytest.mark.parametrize(("number", "state"), [
    (case("登记 - A 2024-09-26", "转送 A B 2024-09-30", "异议 B A 2024-10-12", on="2024-09-26"), "met"),
    (case("登记 - A 2024-09-26", "转送 A B 2024-09-30", "异议 B A 2024-10-14", on="2024-09-26"), "met_late"),
])
def test_an_objection_on_the_fifth_and_on_the_sixth_working_day(office: Office, number: str, state: str) -> None:
    """1 to 7 October 2024 are off and Saturday the 12th is worked."""
    row = office.clocks(number)["objection"]
    assert (row["due_on"], row["state"], row["flags"]) == ("2024-10-12", state, [])


NO_OBJECTION = case("登记 - A 2024-03-01", "转送 A B 2024-03-04")


def test_an_objection_nobody_raised_is_a_right_not_used_and_no_delay(office: Office) -> None:
    row = office.clocks(NO_OBJECTION, "2024-03-12")["objection"]
    assert (row["due_on"], row["state"], row["flags"]) == ("2024-03-11", "not_applicable", ["lapsed"])
    assert office.overdue(NO_OBJECTION, clock="objection") == []


GIVEN_BACK = case("登记 - A 2024-03-01", "转送 A B 2024-03-04", "退回 B A 2024-03-07", "转送 A C 2024-03-08")


def test_what_was_given_back_is_owed_by_the_next_receiver_only(office: Office) -> None:
    rows = office.rows(GIVEN_BACK, "2024-03-20")
    assert {(r["clock"], r["organ_id"], r["state"]) for r in rows if r["clock"] in ("acceptance", "objection")} == {
        ("acceptance", "o:B", "not_applicable"), ("objection", "o:B", "met"),
        ("acceptance", "o:C", "running"), ("objection", "o:C", "not_applicable"),
    }
    (owed,) = office.overdue(GIVEN_BACK, "2024-04-01", clock="acceptance")
    assert (owed["organ_id"], owed["due_on"], owed["days_over"], owed["role"]) == ("o:C", "2024-03-25", 7, "owner")


ANSWERED = ("登记 - A 2024-03-01", "受理 - B 2024-03-04")


@pytest.mark.parametrize(("number", "due", "state"), [
    (case(*ANSWERED, "答复 B - 2024-05-15", "复查申请 - C 2024-06-14"), "2024-06-14", "met"),
    (case(*ANSWERED, "答复 B - 2024-05-15", "复查申请 - C 2024-06-15"), "2024-06-14", "met_late"),
    (case(*ANSWERED, "答复 B - 2024-04-11", "复查申请 - C 2024-05-11"), "2024-05-11", "met"),  # a worked Saturday
    (case(*ANSWERED, "答复 B - 2024-04-11"), "2024-05-11", "not_applicable"),
])
def test_a_review_request_on_day_30_and_day_31(office: Office, number: str, due: str, state: str) -> None:
    row = office.clocks(number)["review_request"]
    assert (row["due_on"], row["state"]) == (due, state)
    assert office.overdue(number, clock="review_request") == []


REVIEWED = case(*ANSWERED, "答复 B - 2024-04-11", "复查申请 - C 2024-05-06", "复查 C - 2024-06-06", "复核申请 - A 2024-07-08")


def test_review_and_re_review_are_owed_by_the_body_that_was_asked(office: Office) -> None:
    rows = office.clocks(REVIEWED)
    assert [(rows[c]["starts_on"], rows[c]["due_on"], rows[c]["state"]) for c in ("review", "re_review_request", "re_review")] == [
        ("2024-05-06", "2024-06-05", "met_late"), ("2024-06-06", "2024-07-08", "met"), ("2024-07-08", "2024-08-07", "overdue"),
    ]
    (row,) = office.overdue(REVIEWED, "2024-08-08")
    assert (row["clock"], row["organ_id"], row["role"], row["days_over"]) == ("re_review", "o:A", "asked", 1)


HEARD = case(
    *ANSWERED, "答复 B - 2024-04-11", "复查申请 - C 2024-05-06", "复查 C - 2024-06-03", "复核申请 - A 2024-06-10",
    "听证 - A 2024-06-24 2024-06-26", "听证 - A 2024-07-01",
)


def test_the_time_of_a_hearing_is_left_out_of_the_re_review(office: Office) -> None:
    due = {day: office.clocks(HEARD, day)["re_review"]["due_on"] for day in ("2024-06-23", "2024-06-24", "2024-07-20")}
    assert due == {"2024-06-23": "2024-07-10", "2024-06-24": "2024-07-15", "2024-07-20": "2024-07-15"}, "four days, then a Sunday"
    assert office.clocks(HEARD, "2024-07-15")["re_review"]["state"] == "running"
    assert [(r["clock"], r["days_over"]) for r in office.overdue(HEARD, "2024-07-16")] == [("re_review", 1)]


OLD, NEW = case(on="2022-04-25", accepted="2022-04-30"), case(on="2022-05-01", accepted="2022-05-01")


def test_the_first_of_may_2022_divides_what_is_known_from_what_is_not(office: Office) -> None:
    old, new = (office.clocks(number)["handling"] for number in (OLD, NEW))
    assert (old["state"], old["due_on"], old["flags"], old["article"]) == ("not_applicable", None, ["rule_unknown"], None)
    assert (new["due_on"], new["state"]) == ("2022-06-30", "overdue")
    assert office.overdue(OLD, clock="handling") == []


def test_the_rules_before_2022_hold_where_their_pack_is_on(tmp_path: Path) -> None:
    sent = steps(OLD, "登记 - A 2022-04-25", "转送 A B 2022-04-26", "异议 B A 2022-05-20")
    known = Office(tmp_path, Choices(Law.load(packs=("regulation_2005",))), 信访件=PETITIONS + _PETITIONS[OLD], 流程=STEPS + sent)
    rows = known.clocks(OLD)
    assert (rows["acceptance"]["article"], rows["acceptance"]["due_on"]) == ("《信访条例（2005）》第二十一条第二款", "2022-05-11")
    assert (rows["objection"]["state"], rows["objection"]["flags"]) == ("not_applicable", ["rule_unknown"]), "it set no period for objections"
    row = rows["handling"]
    assert (row["due_on"], row["article"], row["flags"]) == ("2022-06-29", "《信访条例（2005）》第三十三条", [])


UNARRANGED = case("登记 - A 2044-01-04", "转送 A B 2044-01-05", on="2044-01-04", accepted="2044-01-04")


def test_a_year_nobody_has_arranged_is_estimated_and_says_so(office: Office) -> None:
    rows = office.clocks(UNARRANGED, "2044-02-01")
    assert rows["handling"]["flags"] == ["holidays_estimated"]
    assert "holidays_estimated" in rows["objection"]["flags"]
    said = office.store.ask("case_clocks", case_id=f"c:{UNARRANGED}", as_of="2044-02-01").sentences
    assert any("安排未公布，按周末推算" in sentence for sentence in said)


def test_choices_of_counting_and_calendar_are_inputs_of_a_build(tmp_path: Path) -> None:
    tables = PETITIONS + petition("X1", accepted="2024-03-05") + petition("X2", on="2044-01-04", accepted="2044-01-04")
    small = Office(tmp_path, 信访件=tables)
    ledger = Ledger(small.home)

    def built(choices: Choices | None = None) -> tuple[str, bool]:
        with small.home.writer():
            build, new = build_graph(small.home, ledger, choices=choices)
            publish_embedded(small.home, build)
        return build.card.graph_hash, new

    assert built() == (small.build.card.graph_hash, False)
    plain, new = built(Choices(counting=PLAIN))
    assert new
    assert plain != small.build.card.graph_hash
    assert small.clocks("X1", "2024-04-01")["handling"]["due_on"] == "2024-05-04"
    _, new = built(Choices(calendar=Calendar(arranged=frozenset({2044}))))
    assert new
    assert small.clocks("X2", "2044-02-01")["handling"]["flags"] == []
    assert built() == (small.build.card.graph_hash, True)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Disputes of three places with agreements, where the packs of two places are on."""
    areas = {"D1": "330205001001", "D2": "440305001001", "D3": "330106001001"}
    return Office(
        tmp_path_factory.mktemp("local"), Choices(Law.load(packs=("ningbo", "shenzhen"))),
        纠纷=DISPUTES + "".join(f"{number},2025-06-20,{area},\n" for number, area in areas.items()),
        流程=STEPS + "".join(steps(number, "登记 - B 2025-06-20", "受理 - B 2025-07-01") for number in areas),
        协议=f"{AGREEMENTS}XY1,D1,2024-05-15,2024-06-14\nXY2,D2,2024-05-15,2024-06-17\nXY3,D3,2024-05-15,\n",
    )


@pytest.mark.parametrize(("number", "state"), [("D1", "met"), ("D2", "met_late"), ("D3", "not_applicable")])
def test_thirty_days_to_ask_for_confirmation_of_an_agreement(local: Office, number: str, state: str) -> None:
    row = local.clocks(number, "2025-12-31")["confirmation"]
    assert (row["due_on"], row["state"], row["article"]) == ("2024-06-14", state, "《人民调解法》第三十三条")


@pytest.mark.parametrize(("number", "due", "article", "over"), [
    ("D1", "2025-08-01", "《宁波市矛盾纠纷多元化解条例》第二十七条", [4]),
    ("D2", "2025-07-31", "《深圳经济特区矛盾纠纷多元化解条例》第二十五条", [5]), ("D3", None, None, []),
])
def test_a_local_period_of_mediation_holds_where_its_pack_is_on(
    local: Office, number: str, due: str | None, article: str | None, over: list[int]
) -> None:
    row = local.clocks(number, "2025-08-05").get("mediation")
    assert (row and row["due_on"], row and row["article"]) == (due, article)
    assert [r["days_over"] for r in local.overdue(number, "2025-08-05")] == over


def test_no_local_period_holds_where_its_pack_is_off(tmp_path: Path) -> None:
    plain = Office(tmp_path, 纠纷=f"{DISPUTES}D1,2025-06-20,330205001001,\n", 流程=STEPS + steps("D1", "受理 - B 2025-07-01"))
    assert plain.clocks("D1", "2025-12-31") == {}


LEFT = case("登记 - A 2023-12-01", "转送 A B 2023-12-05", "受理 - B 2023-12-08 - G1", on="2023-12-01")


def test_who_owned_an_overdue_case_is_told_as_of_the_day(office: Office) -> None:
    told = {
        day: [(r["clock"], r["organ_id"], r["official_id"]) for r in office.overdue(LEFT, day, organ="镇政府")]
        for day in ("2024-02-06", "2024-02-07", "2024-03-15")
    }
    assert told == {
        "2024-02-06": [], "2024-02-07": [("handling", "o:B", "f:G1")], "2024-03-15": [("handling", "o:B", None)],
    }, "the clerk left at the end of February"
    assert office.overdue(LEFT, "2024-03-15", organ="信访局") == []


URGING = case(on="2024-06-10", route="", title="催办田界", origin=UNANSWERED)


def test_urging_starts_no_period_of_its_own(office: Office) -> None:
    assert office.clocks(URGING) == {}


def test_a_case_nobody_had_registered_yet_has_no_periods(office: Office) -> None:
    assert office.clocks(UNANSWERED, "2024-02-29") == {}


def test_both_engines_tell_the_same_of_every_case_and_day(office: Office, neo4j_url: str) -> None:
    wipe(neo4j_url)
    publish_to_server(office.home, office.build, ServerAddress(neo4j_url))
    with open_store(neo4j_url) as server:
        for day in ("2024-03-11", "2024-06-04", "2024-07-12", "2024-12-31", "2044-06-01"):
            asked = [("case_clocks", {"case_id": f"c:{number}"}) for number in _PETITIONS] + [("overdue_cases", {}), ("overdue_cases", {"organ": "o:B"})]
            for name, params in asked:
                here, there = (store.ask(name, as_of=day, **params).to_dict() for store in (office.store, server))
                assert here["rows"] == there["rows"], (name, params, day)
