"""The planted stories of handling against the answers about responsibility: all are found, and nothing else is claimed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from graph.opening import open_store
from graph.store import Store
from ingest.sample import write_sample
from tests.county import load_and_build
from tests.ingest.sample_files import Files
from tests.test_planted import AT_THE_END, County, Story, cases

Row = dict[str, Any]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    root = tmp_path_factory.mktemp("handling")
    write_sample(root / "files", 9_000, 7)
    load_and_build(root / "data", root / "files")
    with open_store(root / "data") as store:
        yield County(Files(Path(root / "files")), store)


def chain(store: Store, case: str, as_of: str = AT_THE_END) -> list[Row]:
    return store.ask("responsibility_chain", case_id=case, as_of=as_of).rows


def handed_on(county: County, **params: Any) -> dict[str, Row]:
    return {row["case_id"]: row for row in county.ask("handoffs", as_of=AT_THE_END, **params)}


def test_exactly_the_planted_cases_were_without_owner(county: County) -> None:
    planted = {
        (cases(s)[0], s["expected"]["nobody_from"], s["expected"]["taken_on"], f"o:{s['expected']['last_organ']}")
        for s in county.stories("returned_to_nobody")
    }
    rows = county.ask("ownerless", as_of=AT_THE_END)
    assert {(row["case_id"], row["from"], row["to"], row["last_organ_id"]) for row in rows} == planted
    for case, start, _, _ in planted:
        (now,) = county.ask("ownerless", as_of=start, now_only=True)
        assert (now["case_id"], now["to"]) == (case, None)


def test_a_bounced_petition_has_its_hops_returns_and_loop(county: County) -> None:
    rows = handed_on(county)
    for story in county.stories("bounced_petition"):
        first, again = cases(story)
        expected = story["expected"]
        assert (rows[first]["hops"], rows[first]["returns"], rows[first]["loop"]) == (expected["hops"], expected["returns"], True)
        looped = [row["organ_id"] for row in chain(county.store, first) if "loop" in row["flags"]]
        assert looped == [f"o:{expected['loop']}"]
        assert again not in rows


def test_only_bounced_petitions_were_handed_on_just_before_a_due_date_or_objected_to_late(county: County) -> None:
    rows = handed_on(county, min_hops=1)
    bounced = {cases(story)[0] for story in county.stories("bounced_petition")}
    edges = county.stories("deadline_boundary")
    objected = {cases(s)[0] for s in edges if (s["expected"]["clock"], s["expected"]["state"]) == ("objection", "met_late")}
    found = {case for case, row in rows.items() if row["transfer_just_before_due"]}
    assert bounced <= found <= bounced | {cases(s)[0] for s in edges if s["expected"]["clock"] == "dispatch"}
    assert objected <= {case for case, row in rows.items() if row["late_objection"]} <= bounced | objected


def missed(story: Story) -> str:
    return str(story["expected"]["due_on"])


def test_the_owner_of_a_bounced_or_urged_petition_is_past_the_limit_from_the_day_after(county: County) -> None:
    for story in county.stories("bounced_petition", "urging"):
        first, due = cases(story)[0], missed(story)
        after = (date.fromisoformat(due) + timedelta(days=1)).isoformat()
        assert "past_due" not in chain(county.store, first, due)[-1]["flags"]
        assert "past_due" in chain(county.store, first, after)[-1]["flags"]


def test_nobody_is_called_past_due_who_met_every_limit(county: County) -> None:
    """Against the files: a limit on 受理 with a reply (or, without one, closing) by that day, extended where the office did."""
    steps: dict[str, list[dict[str, str]]] = {}
    for row in county.files.table("办理流程"):
        steps.setdefault(row.get("信访件编号") or row["事件编号"], []).append(row)
    for number, mine in list(steps.items())[::3]:
        said = {row["处置环节"]: row for row in mine}
        limits = [row["办理时限"] for row in mine if row["处置环节"] in ("受理", "延期") and row["办理时限"]]
        answer = said.get("答复") or said.get("办结")
        sent = [row for row in mine if row["处置环节"] in ("转送", "交办")]
        if not limits or answer is None or len(sent) > 1 or "退回" in said:
            continue
        (case,) = {f"c:{number}"}
        late = answer["处理时间"][:10] > max(limits)[:10]
        assert ("past_due" in {flag for row in chain(county.store, case) for flag in row["flags"]}) == late, number


def test_the_official_who_left_is_named_until_then_and_the_leaders_stay(county: County) -> None:
    for story in county.stories("handler_left"):
        (case,) = cases(story)
        left = story["expected"]["left_on"]
        before, after = chain(county.store, case, left)[-1], chain(county.store, case, story["expected"]["closed_on"])[-1]
        assert (before["official_id"], "post_left" in before["flags"], bool(before["post"])) == (f"f:{story['expected']['official']}", False, True)
        assert "post_left" in after["flags"]
        upward = county.store.ask("responsibility_chain", case_id=case, as_of=AT_THE_END).parts["upward"].rows
        assert {row["role"] for row in upward} >= {"superior"}


def test_the_leader_in_charge_has_the_bounced_case(county: County) -> None:
    for story in county.stories("bounced_petition"):
        first, again = cases(story)
        answer = county.store.ask("leader_load", official_id=f"f:{story['expected']['lead_leader']}", as_of=AT_THE_END)
        (case,) = [row for row in answer.parts["cases"].rows if row["case_id"] == first]
        assert (case["open"], case["returned"], case["repeated"]) == (False, True, True)
        assert county.store.get(first).properties["repeated"] == "again@" + county.store.get(again).properties["registered_on"][:10]


@pytest.mark.parametrize(("question", "total"), [("organ_performance", "registered"), ("first_petition_quality", "petitions")])
def test_the_figures_of_the_organs_add_up_to_the_cases(county: County, question: str, total: str) -> None:
    rows = county.ask(question, as_of=AT_THE_END)
    everything = [row["信访件编号"] for row in county.files.table("信访件")]
    disputes = [row["事件编号"] for row in county.files.table("矛盾纠纷")]
    if question == "organ_performance":
        assert sum(row[total] for row in rows) == len(everything) + len(disputes)
        assert sum(row["settled"] for row in rows) == sum(row["化解是否成功"] == "1" for row in county.files.table("矛盾纠纷"))
    busiest = rows[0]
    opened = county.store.ask(question, as_of=AT_THE_END, organ=busiest["organ_id"], max_rows=100_000).parts["cases"].rows
    for figure in {word for row in opened for word in row["counted"]}:
        assert busiest[figure] == sum(figure in row["counted"] for row in opened), figure
