"""Who owned a case and how it was handed on, decision by decision, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph.build.artifact import Build
from graph.home import Home
from graph.opening import ServerAddress, open_store, publish_to_server
from graph.store import Store
from tests.county import load_and_build
from tests.engines import wipe
from tests.graph.handled_county import CASES, registered, tables

END = "2024-12-31"
Row = dict[str, Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Build]:
    root = tmp_path_factory.mktemp("handled")
    (root / "files").mkdir()
    for name, text in tables().items():
        (root / "files" / f"{name}.csv").write_text(text.strip() + "\n", encoding="utf-8")
    return load_and_build(root / "data", root / "files")


@pytest.fixture(scope="module", params=["ladybug", "neo4j"])
def store(request: pytest.FixtureRequest, made: tuple[Home, Build]) -> Iterator[Store]:
    if request.param == "ladybug":
        with open_store(made[0].root) as embedded:
            yield embedded
        return
    url = request.getfixturevalue("neo4j_url")
    wipe(url)
    publish_to_server(*made, ServerAddress(url))
    with open_store(url) as server:
        yield server


def chain(store: Store, case: str, as_of: str = END) -> list[Row]:
    return store.ask("responsibility_chain", case_id=f"c:{case}", as_of=as_of).rows


def flags(store: Store, case: str, as_of: str = END) -> list[set[str]]:
    """The flags of every row of the chain, but for officials the sources do not name."""
    return [set(row["flags"]) - {"no_official"} for row in chain(store, case, as_of)]


def owner(store: Store, case: str, day: str) -> Row:
    (row,) = store.ask("responsible_on", case_id=f"c:{case}", on=f"2024-{day}").rows
    return row


def handed_on(store: Store, **params: Any) -> dict[str, Row]:
    rows = store.ask("handoffs", **{"min_hops": 1, "as_of": END, **params}).rows
    return {row["case_id"][2:]: row for row in rows}


def unowned(store: Store, **params: Any) -> dict[str, tuple[Any, ...]]:
    rows = store.ask("ownerless", **{"as_of": END, **params}).rows
    return {r["case_id"][2:]: (r["from"], r["to"], r["last_organ_id"], r["reason"], r["now"]) for r in rows}


@pytest.mark.parametrize(("day", "organ"), [("01-04", "o:XF"), ("01-05", "o:A")])
def test_the_receiver_owns_it_on_the_day_of_the_handing_over(store: Store, day: str, organ: str) -> None:
    assert owner(store, "handed", day)["organ_id"] == organ


@pytest.mark.parametrize(("day", "organ", "since"), [
    ("01-11", "o:A", "2024-01-05"), ("01-12", None, "2024-01-12"), ("01-19", None, "2024-01-12"), ("01-20", "o:B", "2024-01-20"),
])
def test_a_return_without_a_receiver_leaves_nobody(store: Store, day: str, organ: str | None, since: str) -> None:
    row = owner(store, "nobody", day)
    assert (row["organ_id"], row["since"], row["role"] == "gap") == (organ, since, organ is None)


@pytest.mark.parametrize(("case", "day", "role", "until"), [
    ("nobody", "01-11", "owner", None), ("nobody", "01-15", "gap", None), ("duties", "01-31", "handler", None), ("duties", "02-01", "handler", "2024-02-01"),
    ("duties", "02-15", "gap", None), ("duties", "04-30", "handler", "2024-04-30"),
], ids=["handed on later", "gap that ends later", "duty that ends later", "its last day", "between duties", "the last day of the last"])
def test_who_was_responsible_tells_no_later_day(store: Store, case: str, day: str, role: str, until: str | None) -> None:
    row = owner(store, case, day)
    assert (row["role"], row["until"]) == (role, until)


def test_a_gap_is_a_row_of_the_chain_with_its_days(store: Store) -> None:
    (gap,) = [row for row in chain(store, "nobody") if "gap" in row["flags"]]
    assert (gap["on"], gap["until"], gap["days"], gap["organ_id"]) == ("2024-01-12", "2024-01-20", 8, None)


def test_an_objection_moves_nothing(store: Store) -> None:
    assert owner(store, "objected", "01-09")["organ_id"] == "o:A"
    assert handed_on(store)["objected"]["hops"] == 1


@pytest.mark.parametrize(("case", "hops", "returns", "loop"), [
    ("handed", 1, 0, False), ("loop", 3, 1, True), ("line", 3, 0, False), ("nobody", 3, 1, False), ("same", 3, 1, False),
])
def test_hops_returns_and_loops(store: Store, case: str, hops: int, returns: int, loop: bool) -> None:
    row = handed_on(store)[case]
    assert (row["hops"], row["returns"], row["loop"]) == (hops, returns, loop)


def test_what_had_not_happened_yet_is_not_known(store: Store) -> None:
    assert handed_on(store, as_of="2024-01-08")["loop"]["hops"] == 2
    assert not handed_on(store, as_of="2024-01-08")["loop"]["loop"]
    assert handed_on(store, as_of="2024-01-09")["loop"]["loop"]
    assert "loop" not in handed_on(store, as_of="2024-01-08", min_hops=3)
    assert flags(store, "loop", "2024-01-08") == [set(), set(), set()]
    assert flags(store, "loop")[-1] == {"loop", "returned"}


def test_cases_are_chosen_by_organ_area_and_day_of_registration(store: Store) -> None:
    assert set(handed_on(store, organ="Z1")) == set()
    assert set(handed_on(store, organ="甲镇政府")) == set(handed_on(store, organ="o:Z1")) == {"line"}
    assert set(handed_on(store, area="330199102")) == {"other_town_owned"}
    assert set(handed_on(store, since="2024-02-26")) == {"fifth", "sixth", "saturday"}


@pytest.mark.parametrize(("case", "near"), [
    ("limit3", True), ("limit4", False), ("limit0", True), ("clock3", True), ("clock4", False), ("limit_past", False), ("handed", False),
])
def test_handed_on_within_three_days_before_a_running_due_date(store: Store, case: str, near: bool) -> None:
    assert handed_on(store)[case]["transfer_just_before_due"] is near
    assert ("transfer_just_before_due" in flags(store, case)[-1]) is near


@pytest.mark.parametrize(("case", "late"), [
    ("fifth", False), ("sixth", True), ("saturday", True), ("festival5", False), ("festival6", True), ("objected", False), ("stranger", False),
    ("may_day5", False), ("may_day", True), ("made_up5", False), ("made_up6", True), ("urged", False), ("passed_over", True),
    ("passed_to", True), ("sent_again", False),
])
def test_an_objection_is_late_after_the_fifth_working_day_be_it_on_a_day_off(store: Store, case: str, late: bool) -> None:
    """1 to 5 May 2024 are off; Sunday 28 April is worked."""
    assert handed_on(store)[case]["late_objection"] is late
    assert any("late_objection" in row for row in flags(store, case)) is late


def test_the_chain_calls_late_what_the_clock_of_the_objection_says_was_met_late(store: Store) -> None:
    """Objections and returns: on the last day, on the day off after it and later; told as of that day and of the day before."""
    told = {}
    for case, steps in CASES.items():
        raised = ["2024-" + step.split(":")[2] for step in steps.split() if step.startswith(("objection", "return"))]
        for day in {END, *raised, *(f"{on[:-2]}{int(on[-2:]) - 1:02}" for on in raised)} if raised else ():
            clocks = [row for row in store.ask("case_clocks", case_id=f"c:{case}", as_of=day).rows if row["clock"] == "objection"]
            told[case, day] = any(row["state"] == "met_late" for row in clocks)
            handed = handed_on(store, as_of=day).get(case, {})
            assert (handed.get("late_objection") or handed.get("late_return") or False) is told[case, day], (case, day)
            assert any(row & {"late_objection", "late_return"} for row in flags(store, case, day)) is told[case, day], (case, day)
    late = {case for (case, day), late in told.items() if late}
    assert {case for case in late if "objection" in CASES[case]} == {
        "sixth", "saturday", "festival6", "may_day", "made_up6", "passed_over", "passed_to", "protested", "reversed",
    }
    assert {"weekend", "tardy"} <= late
    assert not late & {"prompt", "consented"}


@pytest.mark.parametrize(("case", "objection", "returned"), [
    ("prompt", False, False), ("weekend", False, True), ("tardy", False, True), ("consented", False, False),
    ("protested", True, False), ("reversed", True, True), ("sixth", True, False),
])
def test_a_return_is_late_by_the_clock_of_the_objection_that_it_answers(store: Store, case: str, objection: bool, returned: bool) -> None:
    handed = handed_on(store)[case]
    assert (handed["late_objection"], handed["late_return"]) == (objection, returned)
    assert ["late_return" in row for row in flags(store, case) if "returned" in row] == ([returned] if "return" in CASES[case] else [])
    assert any("late_objection" in row for row in flags(store, case)) is objection


def test_the_objection_meets_the_clock_of_the_unit_that_raises_it(store: Store) -> None:
    def met(case: str) -> dict[str, tuple[str, str | None]]:
        rows = store.ask("case_clocks", case_id=f"c:{case}", as_of=END).rows
        return {row["organ_id"]: (row["state"], row["met_on"]) for row in rows if row["clock"] == "objection"}

    assert met("passed_over") == {"o:A": ("met_late", "2024-05-06"), "o:B": ("not_applicable", None)}
    assert met("passed_to") == {"o:A": ("not_applicable", None), "o:B": ("met_late", "2024-05-08")}
    assert met("stranger") == {"o:A": ("not_applicable", None)}


def test_an_objection_is_not_late_before_it_is_raised(store: Store) -> None:
    assert not handed_on(store, as_of="2024-03-10")["sixth"]["late_objection"]
    assert set() == set().union(*flags(store, "sixth", "2024-03-10"))


def test_a_post_that_ended_without_successor_leaves_the_organ(store: Store) -> None:
    assert (owner(store, "vacated", "03-10")["organ_id"], owner(store, "vacated", "03-10")["official_id"]) == ("o:A", "f:G1")
    assert (owner(store, "vacated", "03-11")["organ_id"], owner(store, "vacated", "03-11")["official_id"]) == ("o:A", None)
    assert "vacated" not in unowned(store)


def test_the_chain_names_person_and_post_and_says_when_the_post_was_left(store: Store) -> None:
    row = chain(store, "vacated", "2024-03-10")[-1]
    assert (row["official_id"], row["post"], row["flags"]) == ("f:G1", "科员", [])
    assert flags(store, "vacated", "2024-03-11") == [set(), set(), set(), {"post_left"}]


def test_the_climb_ends_with_the_leaders_even_when_the_handler_has_left(store: Store) -> None:
    for day in ("2024-03-10", "2024-04-10"):
        upward = store.ask("responsibility_chain", case_id="c:vacated", as_of=day).parts["upward"].rows
        assert [(r["organ_id"], r["official_id"], r["post"], r["role"]) for r in upward] == [
            ("o:A", "f:G3", "局长", "superior"), ("o:XJ", "f:G4", "副县长", "superior")]


@pytest.mark.parametrize(("case", "late"), [
    ("earlier", [False, False, False, True]), ("in_time", [False] * 4), ("extended", [False] * 4), ("passed_on", [False] * 5),
    ("accepted", [False] * 3), ("accepted_late", [False, True, False]),
])
def test_a_limit_that_an_earlier_step_set_is_missed_too(store: Store, case: str, late: list[bool]) -> None:
    assert ["past_due" in row for row in flags(store, case)] == late


def test_a_limit_is_missed_from_the_day_after_it(store: Store) -> None:
    assert "past_due" not in flags(store, "earlier", "2024-03-10")[-1]
    assert "past_due" in flags(store, "earlier", "2024-03-11")[-1]


@pytest.mark.parametrize(("case", "climb"), [
    ("away", [("o:C2", "place"), ("o:XF", "organ"), ("o:XJ", "organ")]),
    ("at_home", [("o:XF", "organ"), ("o:XJ", "organ")]),
    ("other_town", [("o:C2", "place"), ("o:Z1", "organ"), ("o:XJ", "organ")]),
    ("other_town_owned", [("o:Z2", "organ"), ("o:XJ", "organ")]),
])
def test_a_matter_that_crosses_a_border_has_the_local_unit_of_the_place_named(
    store: Store, case: str, climb: list[tuple[str, str]]
) -> None:
    upward = store.ask("responsibility_chain", case_id=f"c:{case}", as_of=END).parts["upward"].rows
    assert [(row["organ_id"], row["role"]) for row in upward] == climb


def test_exactly_the_days_without_owner_are_listed(store: Store) -> None:
    rows = store.ask("ownerless", as_of=END).rows
    assert {(r["case_id"][2:], r["from"], r["to"], r["last_organ_id"], r["reason"], r["now"]) for r in rows} == {
        ("nobody", "2024-01-12", "2024-01-20", "o:A", "to_nobody", False),
        ("same", "2024-01-05", "2024-01-09", "o:A", "to_nobody", False),
        ("duties", "2024-02-02", "2024-03-01", "o:A", "duty_ended", False),
        ("duties", "2024-05-01", None, "o:B", "duty_ended", True),
        ("unclaimed", "2024-01-01", None, None, "no_record", True),
        ("late_steps", "2024-01-01", "2024-01-08", None, "not_received", False),
    }


def test_without_owner_now_is_a_question_of_the_day(store: Store) -> None:
    assert set(unowned(store, as_of="2024-01-15", now_only=True)) == {"nobody", "unclaimed"}
    assert unowned(store, as_of="2024-01-15")["nobody"] == ("2024-01-12", None, "o:A", "to_nobody", True)
    assert set(unowned(store, as_of="2024-02-10", now_only=True)) == {"duties", "unclaimed"}
    assert set(unowned(store, as_of="2024-01-11")) == {"same", "unclaimed", "late_steps"}


@pytest.mark.parametrize(("day", "role", "since"), [("02-01", "handler", "2024-01-01"), ("02-02", "gap", "2024-02-02"), ("03-01", "handler", "2024-03-01")])
def test_without_steps_the_duties_say_who_owned_it(store: Store, day: str, role: str, since: str) -> None:
    assert (owner(store, "duties", day)["role"], owner(store, "duties", day)["since"]) == (role, since)


def test_a_unit_that_nobody_handed_over_is_not_nobody(store: Store) -> None:
    assert owner(store, "unknown_unit", "02-01")["role"] == "unknown_organ"
    assert flags(store, "unknown_unit")[-1] == {"unknown_organ"}
    assert "unknown_unit" not in unowned(store)


def test_the_cases_of_a_leader_are_counted_by_how_they_fared(store: Store) -> None:
    def load(as_of: str) -> tuple[int, ...]:
        (row,) = store.ask("leader_load", official_id="f:G4", as_of=as_of).rows
        return tuple(row[name] for name in ("cases", "open", "overdue", "returned", "repeated"))

    assert store.ask("leader_load", official_id="f:G4", as_of="2024-01-31").rows == []
    assert load("2024-02-10") == (2, 2, 0, 1, 0)
    assert load("2024-04-02") == (2, 1, 0, 1, 0)
    assert load("2024-05-01") == (2, 1, 1, 1, 1)
    assert {r["case_id"] for r in store.ask("leader_load", organ="县政府", as_of=END).parts["cases"].rows} == {"c:led", "c:led_open"}
    assert store.ask("leader_load", organ="甲局", as_of=END).rows == []


@pytest.mark.parametrize("as_of", ["2024-01-04", "2024-01-15", "2024-02-15", "2024-04-10", END])
@pytest.mark.parametrize(("question", "total"), [("organ_performance", "registered"), ("first_petition_quality", "petitions")])
def test_the_figures_of_organs_add_up_and_open_to_their_cases(store: Store, question: str, total: str, as_of: str) -> None:
    rows = store.ask(question, as_of=as_of).rows
    seen: list[str] = []
    for row in rows:
        opened = store.ask(question, as_of=as_of, organ=row["organ_id"] or "-")
        assert opened.rows == [row]
        cases = opened.parts["cases"].rows
        seen += [case["case_id"] for case in cases]
        for figure in [name for name in row if any(name in case["counted"] for case in cases)]:
            assert row[figure] == sum(figure in case["counted"] for case in cases), (row["organ_id"], figure)
        assert row[total] == len(cases)
        for days in {"acceptance_days", "reply_days"} & row.keys():
            known = [case[days] for case in cases if case[days] is not None]
            assert row[days] == (int(10 * sum(known) / len(known)) / 10 if known else None)
    there = {f"c:{case}" for case, first_on in registered().items() if first_on <= as_of}
    assert sorted(seen) == sorted(there - ({"c:led_again"} if question == "first_petition_quality" else set()))


def test_the_owner_of_the_day_answers_for_the_figures(store: Store) -> None:
    def counted(as_of: str) -> dict[str | None, int]:
        return {row["organ_id"]: row["registered"] for row in store.ask("organ_performance", as_of=as_of).rows}

    for as_of in ("2024-01-04", "2024-01-12", "2024-02-10", END):
        rows = store.ask("organ_performance", as_of=as_of, organ="-").parts["cases"].rows
        assert {"c:nobody" in {row["case_id"] for row in rows}} == {as_of == "2024-01-12"}
    assert counted("2024-01-04")["o:XF"] > counted("2024-01-05").get("o:XF", 0)


def test_what_the_sources_do_not_say_is_listed(store: Store) -> None:
    answer = store.ask("missing_owners", as_of=END, missing="nobody")
    assert {row["case_id"] for row in answer.rows} == {"c:unclaimed"}
    assert answer.rows[0]["missing"] == ["first_handler", "local", "nobody"]
    counts = {row["missing"]: row["cases"] for row in store.ask("missing_owners", as_of=END).parts["counts"].rows}
    assert counts == {"nobody": 1, "first_handler": len(CASES), "local": len(CASES)}
    assert {"c:unclaimed", "c:late_steps"} == {r["case_id"] for r in store.ask("missing_owners", as_of="2024-01-01", missing="nobody").rows} & {
        "c:unclaimed", "c:late_steps", "c:handed"}


def test_a_timeline_tells_what_happened_and_was_loaded_with_the_gaps(store: Store) -> None:
    def told(as_of: str) -> list[tuple[str, str, Any]]:
        rows = store.ask("timeline", id="c:earlier", min_gap=30, as_of=as_of).rows
        assert all(bool(row["recorded_on"]) == (row["what"] != "gap") for row in rows)
        return [(row["on"][5:], row["what"], row["until"]) for row in rows if row["what"] != "due"]

    begin = [("01-01", "opened", None), ("01-01", "register", None), ("01-05", "transfer", None), ("01-10", "accept", None), ("01-15", "handle", None)]
    assert told("2024-01-15") == begin
    assert told("2024-03-01")[-1] == ("01-22", "gap", None)
    assert ("04-01", "reply", None) in told("2024-04-01")


def test_nothing_is_missed_after_a_case_was_closed(store: Store) -> None:
    rows = store.ask("timeline", id="c:in_time", min_gap=30, as_of=END).rows
    assert rows[-1]["what"] == "close"
    assert "gap" in {row["what"] for row in rows}
