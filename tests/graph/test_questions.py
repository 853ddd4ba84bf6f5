"""Every question of the library on both engines over the hand-made village: equal answers, and the right ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cypher.library import load as load_library
from graph.build.artifact import Build
from graph.errors import NotFound, UnknownQuestion, WrongParameter
from graph.home import Home
from graph.opening import ServerAddress, open_store, publish_to_server
from graph.store import Store
from tests.county import load_and_build

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("repeat_petitioners", {}), ("repeat_petitioners", {"matter": "any", "min_count": 1}),
    ("repeat_petitioners", {"rule": "after_opinion"}), ("repeat_petitioners", {"rule": "window_90d", "min_count": 1}),
    ("repeat_petitioners", {"at_least": "possible"}), ("repeat_petitioners", {"rule": "window_90d", "at_least": "possible"}),
    ("repeat_petitioners", {"area": "330199", "since": "2023-01-01", "until": "2023-12-31"}),
    ("repeat_households", {}), ("repeat_households", {"matter": "any"}), ("repeat_households", {"as_of": "2023-06-30"}),
    ("joint_matters", {"min_people": 2}), ("joint_matters", {"min_people": 2, "area": "330199", "as_of": "2023-06-30"}),
    ("repeat_causes", {}), ("repeat_causes", {"rule": "after_opinion"}), ("repeat_petitioners", {"as_of": "2023-06-30"}),
    ("linked_disputes", {"case_id": "c:D1"}), ("linked_disputes", {"case_id": "c:X1"}),
    ("linked_disputes", {"case_id": "c:D2", "kinds": "kin,same_household"}),
    ("dispute_clusters", {}), ("dispute_clusters", {"min_size": 2, "area": "330199", "as_of": "2023-12-31"}),
    ("disputes_on_parcel", {"parcel_id": "p:3301991012010100002"}), ("agreements_of", {"party_id": "h:H01"}),
    ("agreements_of", {"case_id": "c:D1", "as_of": "2023-12-31"}),
    ("prior_disputes", {"parties": "h:H01,h:H02"}),
    ("prior_disputes", {"parties": ["name=张建国;phone=13800000101", "name=李大山;phone=13800000201"]}),
    ("prior_disputes", {"parties": "h:H01,h:H02", "as_of": "2022-01-01"}),
    ("mediator_neutrality", {"mediator_id": "f:G09", "parties": "h:H01,h:H05"}), ("recusal_conflicts", {"case_id": "c:X1"}),
    ("responsibility_chain", {"case_id": "c:X1", "as_of": "2023-07-01"}),
    ("responsibility_chain", {"case_id": "c:X1", "as_of": "2023-02-05"}),
    ("responsibility_chain", {"case_id": "c:X6", "as_of": "2024-01-01"}),
    ("responsibility_chain", {"case_id": "c:D4", "as_of": "2024-01-01"}),
    ("responsible_on", {"case_id": "c:X1", "on": "2023-01-15"}), ("responsible_on", {"case_id": "c:X1", "on": "2023-02-05"}),
    ("responsible_on", {"case_id": "c:X6", "on": "2023-08-01"}), ("timeliness", {}),
    ("case_clocks", {"case_id": "c:X1", "as_of": "2023-04-25"}), ("case_clocks", {"case_id": "c:X6"}),
    ("overdue_cases", {"as_of": "2023-04-25"}), ("overdue_cases", {"as_of": "2026-01", "clock": "declared", "area": "330199"}),
    ("load_issues", {}), ("pending_identities", {}), ("pending_identities", {"tier": "probable", "area": "330199"}),
    ("unresolved_references", {}), ("unresolved_references", {"kind": "bound_ambiguous"}),
    ("unresolved_references", {"kind": "parcel", "as_of": "2023"}), ("handoffs", {}), ("handoffs", {"min_hops": 1, "area": "330199", "since": "2022", "as_of": "2023-01-19"}),
    ("ownerless", {}), ("ownerless", {"as_of": "2023-02-05", "now_only": "true"}),
    ("leader_load", {}), ("leader_load", {"official_id": "f:G01", "as_of": "2023-05-20"}), ("leader_load", {"organ": "o:ZJ"}),
    ("organ_performance", {}), ("organ_performance", {"organ": "o:ZJ"}), ("organ_performance", {"organ": "-", "as_of": "2023-02-05"}),
    ("first_petition_quality", {}), ("first_petition_quality", {"organ": "o:ZJ"}),
    ("missing_owners", {}), ("missing_owners", {"missing": "local", "as_of": "2023-02-05"}),
    ("timeline", {"id": "c:X1"}), ("timeline", {"id": "h:H05"}), ("timeline", {"id": "f:G09", "min_gap": 30}),
    ("timeline", {"id": "p:3301991012010100002", "as_of": "2022-01-01"}),
    ("neighbours", {"id": "c:X1"}), ("neighbours", {"id": "h:H05", "kinds": "MEMBER_OF,HOLDS"}),
    ("paths", {"from_id": "c:X1", "to_id": "c:X4"}), ("paths", {"from_id": "h:H01", "to_id": "h:H04"}),
    ("paths", {"from_id": "h:H01", "to_id": "o:ZF", "avoid_hubs": "false"}),
    ("common_connections", {"a": "h:H01", "b": "h:H02"}), ("common_connections", {"a": "c:D1", "b": "c:D2", "avoid_hubs": "false"}),
    ("officials_interests", {"official_id": "f:G09"}), ("neighbours", {"id": "h:H05", "as_of": "2023-02-01"}),
    ("paths", {"from_id": "c:X1", "to_id": "c:X4", "as_of": "2023-03-01"}), ("case", {"id": "c:X1", "as_of": "2023-02-05"}),
    ("search", {"text": "张"}), ("search", {"text": "枫溪", "kinds": "Organ,Area"}), ("search", {"text": "X1"}),
    ("household", {"id": "h:H05"}), ("case", {"id": "c:X1"}), ("case", {"id": "c:D1"}),
    ("parcel", {"id": "p:3301991012010100002"}), ("official", {"id": "f:G09"}), ("organ", {"id": "o:ZJ"}),
    ("area", {"id": "a:330199101201"}),
]


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Build]:
    return load_and_build(tmp_path_factory.mktemp("village"))


@pytest.fixture(scope="module")
def embedded(village: tuple[Home, Build]) -> Iterator[Store]:
    with open_store(village[0].root) as store:
        yield store


@pytest.fixture
def server(village: tuple[Home, Build], neo4j_url: str) -> Iterator[Store]:
    """The same build on a real Neo4j; only the difference is applied when a test before left it there."""
    from tests.engines import wipe

    wipe(neo4j_url)
    publish_to_server(village[0], village[1], ServerAddress(neo4j_url))
    with open_store(neo4j_url, data=village[0].root) as store:
        yield store


def plain(store: Store, name: str, params: dict[str, Any]) -> dict[str, Any]:
    answer = store.ask(name, **params).to_dict()
    return {key: answer[key] for key in ("rows", "parts", "truncated", "notes", "coverage", "build", "graph_hash")}


def person(store: Store) -> dict[str, Any]:
    (row,) = store.ask("search", text="陈志明", kinds="Resident").rows
    return {"id": row["id"]}


def test_every_listed_question_is_asked() -> None:
    assert {name for name, _ in ASKED} | {"person"} == {q.name for q in load_library().listed}


def test_a_person_is_summarised(embedded: Store) -> None:
    parts = embedded.ask("person", **person(embedded)).parts
    assert {r["case_id"] for r in parts["cases"].rows} == {"c:X1", "c:X2", "c:X5", "c:X7"}
    assert {r["relation"] for r in parts["kin"].rows} == {"child"}
    assert {r["through"] for r in parts["parcels"].rows} == {"self", "household"}


def test_both_engines_give_equal_answers(embedded: Store, server: Store) -> None:
    for name, params in [*ASKED, ("person", person(embedded))]:
        assert plain(embedded, name, params) == plain(server, name, params), (name, params)


@pytest.mark.parametrize(("name", "params"), ASKED, ids=lambda v: v if isinstance(v, str) else "")
def test_every_question_is_answered_with_sentences_and_evidence(embedded: Store, name: str, params: dict[str, Any]) -> None:
    answer = embedded.ask(name, **params)
    for table in answer.parts.values():
        assert len(table.sentences) == len(table.rows) == len(table.evidence)
    assert answer.coverage.latest_day == "2024-01-11"
    assert len(answer.coverage.sources) == 13


def test_the_compensation_matter_is_one_repeat_and_the_urging_is_not_counted(embedded: Store) -> None:
    (row,) = [r for r in embedded.ask("repeat_petitioners").rows if r["petitioner"] == "陈志明"]
    assert (row["case_ids"], row["certain"]) == (["c:X1", "c:X2"], 2)
    assert set(row["causes"]) >= {"missed_deadline", "returned", "owner_changed"}


def test_somebody_without_a_number_is_known_by_name_and_phone(embedded: Store) -> None:
    (row,) = [r for r in embedded.ask("repeat_petitioners").rows if r["petitioner"] == "徐阿婆"]
    assert (row["case_ids"], row["certain"], row["household_id"]) == (["c:X8", "c:X9"], 2, "h:H10")


@pytest.mark.parametrize("name", ["repeat_petitioners", "repeat_households"])
def test_an_answer_names_the_rule_that_was_applied(embedded: Store, name: str) -> None:
    assert embedded.ask(name).rule == "repeat/default@2"
    for rule in ("after_opinion", "window_90d"):
        assert embedded.ask(name, rule=rule).to_dict()["rule"] == f"repeat/{rule}@2"
    assert embedded.ask("linked_disputes", case_id="c:D1").rule == "link/default@2"


def test_the_siblings_petition_in_turn(embedded: Store) -> None:
    (row,) = embedded.ask("repeat_households").rows
    assert row["household_id"] == "h:H05"
    assert len(row["member_ids"]) == 3
    assert row["case_ids"] == ["c:X1", "c:X2", "c:X3", "c:X4"]


def test_the_boundary_dispute_is_linked_to_its_return(embedded: Store) -> None:
    links = {(r["other_case_id"], r["kind"]) for r in embedded.ask("linked_disputes", case_id="c:D1").rows}
    assert ("c:D2", "same_parcel") in links
    assert ("c:D2", "same_household") in links


def test_the_two_families_had_two_disputes_between_them(embedded: Store) -> None:
    rows = embedded.ask("prior_disputes", parties="h:H01,h:H02").rows
    between = {r["case_id"]: r["performed"] for r in rows if r["relation"] == "between"}
    assert set(between) >= {"c:D1", "c:D2"}
    assert between["c:D1"] == "no"


def test_a_return_without_a_receiver_is_a_gap(embedded: Store) -> None:
    (gap,) = embedded.ask("responsible_on", case_id="c:X1", on="2023-02-05").rows
    assert gap["organ_id"] is None
    (owner,) = embedded.ask("responsible_on", case_id="c:X1", on="2023-03-01").rows
    assert (owner["organ_id"], owner["official"]) == ("o:ZRZY", "林海")


def test_a_post_that_ended_leaves_the_organ_and_no_official(embedded: Store) -> None:
    (row,) = embedded.ask("responsible_on", case_id="c:X6", on="2023-08-01").rows
    assert (row["organ_id"], row["official_id"]) == ("o:XFB", None)


@pytest.mark.parametrize(("case_id", "as_of", "climb"), [
    ("c:D4", "2024-01-01", [("o:FXC", "local"), ("o:ZJ", "organ"), ("o:ZF", "organ")]),
    ("c:D4", "2023-03-02", []),
    ("c:X1", "2023-02-05", [("o:ZJ", "local"), ("o:ZF", "organ")]),
    ("c:X1", "2023-02-15", [("o:ZRZY", "superior"), ("o:ZF", "superior")]),
], ids=["never owned", "before the duty", "in the gap", "owned again"])
def test_the_climb_starts_from_the_local_unit_where_nobody_owns_the_case(
    embedded: Store, case_id: str, as_of: str, climb: list[tuple[str, str]]
) -> None:
    upward = embedded.ask("responsibility_chain", case_id=case_id, as_of=as_of).parts["upward"]
    assert [(row["organ_id"], row["role"]) for row in upward.rows] == climb
    assert all(("属地单位" in said) == (role == "local") for said, (_, role) in zip(upward.sentences, climb, strict=True))


def test_bounds_that_may_mean_several_parcels_are_told_with_their_row(embedded: Store) -> None:
    answer = embedded.ask("unresolved_references")
    assert [(r["kind"], r["value"], r["file"], r["row"], r["candidates"]) for r in answer.rows] == [
        ("bound_ambiguous", "李大山宅", "地块.csv", 8, 2), ("bound_ambiguous", "张建国宅", "地块.csv", 9, 2)]
    assert [(r["field"], r["references"]) for r in answer.parts["counts"].rows] == [("east", 1), ("west", 1)]


def test_nothing_found_is_said_with_the_coverage(embedded: Store) -> None:
    answer = embedded.ask("repeat_petitioners", min_count=50)
    assert answer.rows == []
    assert answer.notes == ("未发现记录（数据截至2024-01-11）",)


def test_the_evidence_becomes_a_graph(embedded: Store) -> None:
    graph = embedded.ask("repeat_petitioners").to_networkx()
    assert {"c:X1", "c:X2"} <= set(graph)
    assert any(data["kind"] == "SAME_MATTER" for _, _, data in graph.edges(data=True))


def test_an_answer_becomes_a_frame(embedded: Store) -> None:
    frame = embedded.ask("search", text="张").to_pandas()
    assert list(frame.columns) == ["id", "kind", "name", "hint", "area"]
    assert "张建国" in set(frame["name"])


@pytest.mark.parametrize(("name", "params", "error"), [
    ("repeat_petitoners", {}, UnknownQuestion), ("repeat_petitioners", {"min_count": "many"}, WrongParameter),
    ("repeat_petitioners", {"min_count": 0}, WrongParameter), ("repeat_petitioners", {"colour": "red"}, WrongParameter),
    ("responsibility_chain", {}, WrongParameter), ("responsible_on", {"case_id": "c:X1", "on": "2023-13-01"}, WrongParameter),
    ("case", {"id": "c:NOPE"}, NotFound), ("case", {"id": "h:H01"}, WrongParameter), ("entity", {"id": "c:X1"}, UnknownQuestion),
    ("prior_disputes", {"parties": "h:H01"}, WrongParameter), ("repeat_petitioners", {"matter": "some"}, WrongParameter),
])
def test_mistakes_are_clear_errors(embedded: Store, name: str, params: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        embedded.ask(name, **params)


@pytest.mark.parametrize("text", ["'", "`", "\\", "$id", "}) DETACH DELETE n //", "张'); DROP"])
def test_hostile_text_is_only_text(embedded: Store, text: str) -> None:
    assert embedded.ask("search", text=text).rows == []


def test_a_limit_of_the_question_holds_for_each_direction_or_kind_and_is_said(embedded: Store) -> None:
    few = embedded.ask("neighbours", id="c:X1", limit=1)
    assert [row["direction"] for row in few.rows] == ["out", "in"]
    assert few.parts["main"].truncated
    assert not embedded.ask("neighbours", id="c:X1", limit=500).truncated
    found = embedded.ask("search", text="张", limit=2)
    assert found.truncated
    kinds = [row["kind"] for row in found.rows]
    assert max(map(kinds.count, kinds)) == 2
    assert {"Resident", "Household"} <= set(kinds)
