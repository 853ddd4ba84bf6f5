"""The planted truth of a made-up county against the answers: everything planted is found, and nothing else is.

What is found of every kind of story as a table is in `test_planted_truth.py`, what concerns the handling in
`test_planted_handling.py`, what concerns neutrality in `test_planted_neutrality.py`; here it is told story by story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest

from graph.opening import DEFAULT_ID_KEY, open_store
from graph.store import Store
from graph.values import token
from ingest.sample import write_sample
from tests.county import load_and_build
from tests.ingest.sample_files import Files

Story = dict[str, Any]
ALL = 1_000_000
AT_THE_END = "2026-01-31"
"""A day after everything the county tells."""
REPEATS = ("repeat_petitioner", "repeat_same_parcel", "bounced_petition")
"""The stories in which one person comes again with the same matter."""


@dataclass(frozen=True)
class County:
    """A sample county in files and in the engine."""

    files: Files
    store: Store

    def ask(self, name: str, **params: Any) -> list[dict[str, Any]]:
        return self.store.ask(name, max_rows=ALL, **params).rows

    def stories(self, *kinds: str) -> list[Story]:
        found = [story for kind in kinds for story in self.files.stories(kind)]
        assert found
        return found


@pytest.fixture(scope="module", params=[(3_000, 1), (9_000, 7)], ids=["town", "county"])
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    root = tmp_path_factory.mktemp("planted")
    residents, seed = request.param
    write_sample(root / "files", residents, seed)
    load_and_build(root / "data", root / "files")
    with open_store(root / "data") as store:
        yield County(Files(Path(root / "files")), store)


def person(id_number: str) -> str:
    return "r:" + token(id_number, DEFAULT_ID_KEY)


def people(story: Story) -> set[str]:
    return {person(number) for number in story["people"]}


def cases(story: Story) -> list[str]:
    return [f"c:{number}" for number in story["case_numbers"]]


def next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def agree(found: set[Any], planted: set[Any]) -> None:
    """Everything planted is found and nothing else; says how much of each when not."""
    hits = len(found & planted)
    assert found == planted, f"precision {hits}/{len(found)}, recall {hits}/{len(planted)}"


@pytest.mark.parametrize("rule", ["default", "after_opinion"])
def test_exactly_the_planted_people_came_again_with_the_same_matter(county: County, rule: str) -> None:
    rows = county.ask("repeat_petitioners", rule=rule)
    agree(
        {(row["petitioner_id"], frozenset(row["case_ids"]), row["certain"]) for row in rows},
        {(person(s["people"][0]), frozenset(cases(s)), s["expected"]["certain"]) for s in county.stories(*REPEATS)},
    )


def test_whatever_the_matter_only_they_and_the_noted_ones_came_again(county: County) -> None:
    noted = county.files.planted["background"].get("same_person_other_matter", [])
    assert noted
    agree(
        {(row["petitioner_id"], frozenset(row["case_ids"])) for row in county.ask("repeat_petitioners", matter="any")},
        {(person(s["people"][0]), frozenset(cases(s))) for s in county.stories(*REPEATS)}
        | {(person(n["person"]), frozenset(f"c:{number}" for number in n["case_numbers"])) for n in noted},
    )


def test_exactly_the_planted_households_came_in_turn(county: County) -> None:
    agree(
        {(r["household_id"], frozenset(r["member_ids"]), tuple(r["case_ids"])) for r in county.ask("repeat_households")},
        {(f"h:{s['household']}", frozenset(people(s)), tuple(sorted(cases(s)))) for s in county.stories("siblings_in_turn")},
    )


def test_urging_is_no_registration_of_its_own(county: County) -> None:
    counted = {c for row in county.ask("repeat_petitioners", min_count=1) for c in row["case_ids"]}
    for story in county.stories("urging"):
        late, urge = cases(story)
        assert late in counted
        assert urge not in counted


def test_exactly_the_planted_bodies_are_hubs(county: County) -> None:
    organs = {f"o:{row['机构编码']}" for row in county.files.table("机构")}
    agree(
        {organ for organ in organs if county.store.get(organ).properties["hub"]},
        {f"o:{story['expected']['hub']}" for story in county.stories("hub")},
    )


def boundary_returns(county: County, story: Story) -> None:
    first, again = cases(story)
    links = county.ask("linked_disputes", case_id=first, min_strength="strong")
    agree({row["other_case_id"] for row in links if not row["hub"]}, {again})
    wanted = {"declared": {"declared", "same_parcel"}, "parcel": {"same_parcel"}}[story["expected"]["link"]]
    assert wanted <= {row["kind"] for row in links}
    _, respondent, later = (person(number) for number in story["people"])
    known = {row["case_id"]: row for row in county.ask("prior_disputes", parties=[later, respondent])}
    assert {first, again} <= set(known)
    assert (known[first]["agreement_id"], known[first]["performed"]) == (f"g:{story['expected']['agreement']}", "no")


def bounced(county: County, story: Story) -> None:
    first, _ = cases(story)
    a, b = (f"o:{code}" for code in story["organs"])
    expected = story["expected"]
    answer = county.store.ask("responsibility_chain", case_id=first, as_of=AT_THE_END)
    owners = [organ for organ, _ in groupby(row["organ_id"] for row in answer.rows)]
    assert owners[1:] == [a, b, a]
    assert len(owners) - 1 == expected["hops"]
    assert sum(row["step"] == "return" for row in answer.rows) == expected["returns"]
    assert f"f:{expected['lead_leader']}" in {
        row["official_id"] for row in answer.parts["upward"].rows if row["role"] == "lead_leader"
    }
    (owner,) = county.ask("responsible_on", case_id=first, on=expected["due_on"])
    assert owner["organ_id"] == f"o:{expected['loop']}"
    (summary,) = county.ask("case", id=first)
    assert set(summary["faults"]) == {"missed_deadline", "owner_changed", "returned"}


def returned_to_nobody(county: County, story: Story) -> None:
    (case,) = cases(story)
    expected = story["expected"]
    first, second = (f"o:{code}" for code in story["organs"])
    start, end = date.fromisoformat(expected["nobody_from"]), date.fromisoformat(expected["taken_on"])
    days = [start + timedelta(days=n) for n in range(-1, (end - start).days + 1)]
    owners = [county.ask("responsible_on", case_id=case, on=day.isoformat())[0]["organ_id"] for day in days]
    assert owners == [first, *[None] * expected["gap_days"], second]
    gaps = [r for r in county.ask("responsibility_chain", case_id=case, as_of=AT_THE_END) if "gap" in r["flags"]]
    assert [(gap["on"], gap["until"], gap["days"]) for gap in gaps] == [
        (expected["nobody_from"], expected["taken_on"], expected["gap_days"]),
    ]


def handler_left(county: County, story: Story) -> None:
    (case,) = cases(story)
    (organ,), left = story["organs"], story["expected"]["left_on"]
    for day, official in ((left, f"f:{story['expected']['official']}"), (next_day(left), None)):
        (row,) = county.ask("responsible_on", case_id=case, on=day)
        assert (row["organ_id"], row["official_id"]) == (f"o:{organ}", official)


def mediator_kin(county: County, story: Story) -> None:
    (case,), expected = cases(story), story["expected"]
    mediator, party = person(expected["mediator_id_number"]), person(expected["party_id_number"])
    paths = county.ask("paths", from_id=f"f:{expected['mediator']}", to_id=party)
    assert [f"f:{expected['mediator']}", mediator, party] in [path["node_ids"] for path in paths]
    chain = county.ask("responsibility_chain", case_id=case, as_of=AT_THE_END)
    assert {row["official_id"] for row in chain} == {f"f:{expected['mediator']}"}


def hub(county: County, story: Story) -> None:
    for case in cases(story):
        links = county.ask("linked_disputes", case_id=case, kinds="same_party,same_respondent")
        through = [row["other_case_id"] for row in links if row["hub"]]
        agree(set(through), set(cases(story)) - {case})
        assert all(before["hub"] <= after["hub"] for before, after in pairwise(links))


def joint(county: County, story: Story) -> None:
    (case,) = cases(story)
    rows = county.store.ask("case", id=case).parts["parties"].rows
    agree({row["party_id"] for row in rows}, people(story))
    representatives = {row["party_id"] for row in rows if row["role"] == "representative"}
    assert len(representatives) == story["expected"]["representatives"]
    assert (len(representatives) > 5) == story["expected"]["over_limit"]


TOLD: dict[str, Callable[[County, Story], None]] = {
    "boundary_dispute_returns": boundary_returns, "bounced_petition": bounced, "handler_left": handler_left,
    "returned_to_nobody": returned_to_nobody, "mediator_kin": mediator_kin, "hub": hub, "joint_petition": joint,
}


@pytest.mark.parametrize("kind", TOLD)
def test_a_planted_story_is_told_by_the_answers(county: County, kind: str) -> None:
    for story in county.stories(kind):
        TOLD[kind](county, story)


def test_every_kind_of_story_is_asked_about(county: County) -> None:
    kinds = {story["kind"] for story in county.files.planted["stories"]}
    elsewhere = {"deadline_boundary", "filed_above", "after_re_review"}  # tests/test_planted_truth.py
    assert kinds == {*TOLD, *REPEATS, "siblings_in_turn", "urging", *elsewhere}
