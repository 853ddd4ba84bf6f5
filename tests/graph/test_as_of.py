"""A question about a day is answered with the facts of that day, on both engines. Ten things; check them by eye."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cypher.library import load as load_library
from graph.answer import Answer
from graph.engines.base import Reader
from graph.opening import DEFAULT_ID_KEY
from graph.readers import FixedReaders
from graph.store import Store
from tests.engines import Embedded, Server, wipe
from tests.factory import Nodes, build_of, edge

NODES: Nodes = {
    "Resident": [{"id": f"r:{n}", "name": n, "registered": True} for n in ("阿公", "阿婆", "大哥", "外孙", "邻居")],
    "Household": [{"id": "h:老屋", "name": "老屋", "kind": "family"}, {"id": "h:新屋", "name": "新屋", "kind": "family"}],
    "Parcel": [{"id": "p:东", "name": "东丘", "code": "东"}, {"id": "p:西", "name": "西丘", "code": "西"}],
    "Case": [
        {"id": "c:1", "name": "争东丘", "kind": "dispute", "number": "1", "opened_on": "2022-02-01", "closed_on": "2022-09-01",
         "replied_on": "2022-08-01", "accepted_on": "2022-03-01", "status": "办结", "outcome": "settled", "faults": "missed_deadline@2022-05-05@2022-07-31 returned@2022-08-10",
         "area_code": "330199101201", "matter_id": "c:1"},
        {"id": "c:2", "name": "再争东丘", "kind": "dispute", "number": "2", "opened_on": "2023-05", "area_code": "330199101201", "matter_id": "c:1"},
    ],
    "Official": [{"id": "f:1", "name": "大哥"}],
    "Organ": [{"id": "o:镇", "name": "镇政府"}],
    "Area": [{"id": "a:330199101201", "name": "枫溪村", "code": "330199101201", "level": "village"}],
    "Step": [{"id": "s:1", "kind": "register", "name": "register", "case_id": "c:1", "on_date": "2022-02-01"},
             {"id": "s:2", "kind": "reply", "name": "reply", "case_id": "c:1", "on_date": "2022-08-01T10:00:00"}],
    "Agreement": [{"id": "g:1", "name": "协议1", "case_id": "c:1", "signed_on": "2022-08-15", "performed": "yes", "performed_on": "2022-12-01"}],
    "Clock": [{"id": "k:1", "name": "办理", "case_id": "c:1", "clock": "handling", "start_on": "2022-03-01", "due_on": "2022-05-01", "met_on": "2022-08-01"}],
}
EDGES = [
    edge("MEMBER_OF", "r:阿公", "h:老屋", relation="02", since="2000"), edge("MEMBER_OF", "r:阿婆", "h:老屋", relation="10"),
    edge("MEMBER_OF", "r:大哥", "h:老屋", relation="20", until="2022-06-30"), edge("MEMBER_OF", "r:外孙", "h:新屋", since="2023-01-01"),
    edge("KIN", "r:大哥", "r:阿公", relation="parent", degree="near"), edge("KIN", "r:大哥", "r:外孙", relation="grandchild", degree="near"),
    edge("HOLDS", "h:老屋", "p:东", right="contract", contract="承1", since="1999-01-01", until="2022"),
    edge("HOLDS", "h:新屋", "p:东", right="contract", contract="承2", since="2023-01-01"),
    edge("HOLDS", "r:邻居", "p:西", right="homestead"), edge("ADJOINS", "p:东", "p:西", side="west"),
    edge("PARTY_TO", "r:阿公", "c:1", role="applicant", on_date="2022-02-01"), edge("PARTY_TO", "r:邻居", "c:1", role="respondent"),
    edge("PARTY_TO", "r:外孙", "c:2", role="applicant"), edge("PARTY_TO", "r:邻居", "c:2", role="respondent"),
    edge("CONCERNS", "c:1", "p:东"), edge("CONCERNS", "c:2", "p:东"), edge("SAME_MATTER", "c:2", "c:1", test="parcel"),
    edge("HAS_STEP", "c:1", "s:1", seq=1), edge("HAS_STEP", "c:1", "s:2", seq=2), edge("NEXT", "s:1", "s:2"),
    edge("SETTLED_BY", "c:1", "g:1"), edge("HAS_CLOCK", "c:1", "k:1"), edge("IS", "f:1", "r:大哥", tier="probable"),
    edge("SERVES_IN", "f:1", "o:镇", post="干事", since="2021-01-01", until="2022-07-31"),
    edge("SERVES_IN", "f:1", "o:镇", post="主任", since="2022-08-01"),
    edge("RESPONSIBLE_FOR", "o:镇", "c:1", role="handler", since="2022-02-10", until="2022-09-01"),
    edge("RESPONSIBLE_FOR", "f:1", "c:1", role="handler", since="2022-04-01"), edge("POSSIBLY_SAME", "r:阿公", "r:外孙", tier="possible", score=0.3),
    *(edge("IN_AREA", one, "a:330199101201") for one in ("c:1", "c:2", "p:东", "h:老屋")), edge("GOVERNS", "o:镇", "a:330199101201"),
]


@pytest.fixture(scope="module", params=["ladybug", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Each engine in turn, holding the ten things."""
    engine: Embedded | Server = Embedded()
    if request.param == "neo4j":
        url = request.getfixturevalue("neo4j_url")
        wipe(url)
        engine = Server(url)
    engine.publish(build_of(tmp_path_factory.mktemp("days"), NODES, EDGES, latest_day="2023-12-31"))
    with engine.reader() as reader:
        yield opened(reader)


def opened(reader: Reader) -> Store:
    return Store(FixedReaders(reader), id_key=DEFAULT_ID_KEY)


def ids(answer: Answer, column: str = "id", part: str = "main") -> set[Any]:
    return {row[column] for row in answer.parts[part].rows}


def test_every_question_of_these_groups_takes_the_day() -> None:
    asked = [q for q in load_library().listed if q.group in ("explore", "summary") or q.name == "pending_identities"]
    assert len(asked) >= 13
    for question in asked:
        assert question.param("as_of").default == "", question.name
        assert all("as_of" in part.uses for part in question.parts if _has_days(part.text)), question.name


def _has_days(text: str) -> bool:
    return any(name in text for name in ("MEMBER_OF", "HOLDS", "SERVES_IN", "RESPONSIBLE_FOR", "PARTY_TO"))


def test_the_summary_of_a_case_knows_what_had_happened(store: Store) -> None:
    early, late = (store.ask("case", id="c:1", as_of=day) for day in ("2022-07-31", "2022-12-31"))
    (before,), (after,) = early.rows, late.rows
    assert (before["accepted_on"], before["replied_on"], before["closed_on"], before["status"], before["outcome"]) == ("2022-03-01", None, None, None, None)
    assert (after["replied_on"], after["closed_on"], after["status"], after["outcome"], after["faults"]) == ("2022-08-01", "2022-09-01", "办结", "settled", ["returned"])
    assert before["faults"] == []
    assert [store.ask("case", id="c:1", as_of=day).rows[0]["faults"] for day in ("2022-05-05", "2022-07-30")] == [["missed_deadline"]] * 2
    assert (ids(early, "agreement_id", "agreements"), ids(late, "agreement_id", "agreements")) == (set(), {"g:1"})
    assert ids(early, "met_on", "clocks") == {None}
    assert ids(late, "met_on", "clocks") == {"2022-08-01"}
    assert (ids(early, "id", "responsible"), ids(late, "id", "responsible")) == ({"o:镇", "f:1"}, {"f:1"})
    assert ids(store.ask("case", id="c:1", as_of="2022-08-20"), "performed", "agreements") == {"unknown"}
    assert (ids(early, "case_id", "same_matter"), ids(store.ask("case", id="c:1", as_of="2023-05-02"), "case_id", "same_matter")) == (set(), {"c:2"})
    steps = {row["edge"]: row["things"] for row in early.parts["links"].rows if row["direction"] == "out"}
    assert steps["HAS_STEP"] == 1
    assert "SETTLED_BY" not in steps


def test_a_thing_not_yet_known_has_no_answer_and_it_is_said(store: Store) -> None:
    for name, params in (("case", {"id": "c:2"}), ("neighbours", {"id": "c:2"}), ("paths", {"from_id": "c:2", "to_id": "p:东"}),
                         ("common_connections", {"a": "c:2", "b": "r:阿公"}), ("neighbours", {"id": "s:2"})):
        answer = store.ask(name, **params, as_of="2022-07-31")
        assert not any(table.rows for table in answer.parts.values())
        assert any("还没有记录" in note for note in answer.notes)
        assert not answer.truncated
    assert store.ask("neighbours", id="s:2", as_of="2022-08-01").rows, "a time on that day is that day"
    assert store.ask("case", id="c:2", as_of="2023-05").rows, "a month is asked about as its last day"


def test_household_parcel_and_person_are_those_of_the_day(store: Store) -> None:
    assert ids(store.ask("household", id="h:老屋", as_of="2022-06-30"), "person_id", "members") == {"r:阿公", "r:阿婆", "r:大哥"}
    assert ids(store.ask("household", id="h:老屋", as_of="2022-07-01"), "person_id", "members") == {"r:阿公", "r:阿婆"}
    assert ids(store.ask("household", id="h:老屋", as_of="1999-12-31"), "person_id", "members") == {"r:阿婆", "r:大哥"}
    assert ids(store.ask("parcel", id="p:东", as_of="2022-12-31"), "holder_id", "holders") == {"h:老屋"}, "a year holds to its last day"
    assert ids(store.ask("parcel", id="p:东", as_of="2023-01-01"), "holder_id", "holders") == {"h:新屋"}
    assert ids(store.ask("parcel", id="p:东", as_of="2023-01-01"), "case_id", "cases") == {"c:1"}
    early, late = (store.ask("person", id="r:外孙", as_of=day) for day in ("2022-12-31", "2023-06-01"))
    assert (ids(early, "parcel_id", "parcels"), ids(late, "parcel_id", "parcels")) == (set(), {"p:东"})
    assert (ids(early, "case_id", "cases"), ids(late, "case_id", "cases")) == (set(), {"c:2"})
    assert ids(store.ask("person", id="r:阿公", as_of="2022-05-01"), "closed_on", "cases") == {None}


def test_officials_organs_and_areas_are_those_of_the_day(store: Store) -> None:
    early, late = (store.ask("official", id="f:1", as_of=day) for day in ("2022-03-01", "2022-08-01"))
    assert [(r["post"], r["until"]) for r in early.parts["posts"].rows] == [("干事", None)]
    assert [(r["post"], r["until"]) for r in late.parts["posts"].rows] == [("干事", "2022-07-31"), ("主任", None)]
    assert (ids(early, "case_id", "cases"), ids(late, "case_id", "cases")) == (set(), {"c:1"})
    assert ids(store.ask("organ", id="o:镇", as_of="2022-07-31"), "post", "officials") == {"干事"}
    for day, duties in (("2022-02-01", []), ("2022-05-01", [(1, 0)]), ("2022-09-01", [(1, 1)]), ("2022-09-02", [])):
        found = store.ask("organ", id="o:镇", as_of=day).parts["duties"].rows
        assert [(r["cases"], r["closed"]) for r in found] == duties, day
    for day, counts in (("2022-01-31", []), ("2022-08-31", [(1, 0)]), ("2023-06-01", [(2, 1)])):
        found = store.ask("area", id="a:330199101201", as_of=day).parts["cases"].rows
        assert [(sum(r["cases"] for r in found), sum(r["closed"] for r in found))] * bool(found) == counts, day


def test_search_finds_cases_known_by_the_day_and_the_post_held(store: Store) -> None:
    assert ids(store.ask("search", text="争东丘", as_of="2022-02-01")) == {"c:1"}
    assert ids(store.ask("search", text="争东丘", as_of="2023-05-31")) == {"c:1", "c:2"}
    hints = [store.ask("search", text="大哥", kinds="Official", as_of=day).rows[0]["hint"] for day in ("2020-01-01", "2022-01-01", "2022-08-01")]
    assert hints == [None, "干事", "主任"]


def test_paths_walk_what_holds_on_the_day(store: Store) -> None:
    def path(day: str) -> list[list[str]]:
        return [row["node_ids"] for row in store.ask("paths", from_id="r:阿公", to_id="p:东", as_of=day).rows]

    assert path("2022-01-31") == [["r:阿公", "h:老屋", "p:东"]]
    assert path("2022-02-01") == [["r:阿公", "c:1", "p:东"], ["r:阿公", "h:老屋", "p:东"]]
    assert path("2023-01-01") == [["r:阿公", "c:1", "p:东"]]
    assert path("1999-06-01") == [["r:阿公", "r:大哥", "h:老屋", "p:东"]], "not yet a member, but the son is"
    assert not store.ask("paths", from_id="r:外孙", to_id="r:邻居", as_of="2022-12-31", kinds="PARTY_TO").rows
    assert store.ask("paths", from_id="r:外孙", to_id="r:邻居", as_of="2023-05-31", kinds="PARTY_TO").rows


def test_neighbours_are_those_of_the_day(store: Store) -> None:
    def near(day: str, **more: Any) -> set[Any]:
        return ids(store.ask("neighbours", id="p:东", as_of=day, kinds="HOLDS,CONCERNS", **more))

    assert near("2022-01-01") == {"h:老屋"}
    assert near("2022-02-01") == {"h:老屋", "c:1"}
    assert near("2023-05-31") == {"h:新屋", "c:1", "c:2"}
    counts = store.ask("neighbours", id="p:东", as_of="2022-02-01", kinds="HOLDS").parts["counts"].rows
    assert [row["things"] for row in counts] == [1]
    assert near("2022-02-01", since="2023") == {"c:1"}, "what ended before `since` is left out, what has no day stays"


def test_what_two_have_in_common(store: Store) -> None:
    def common(a: str, b: str, day: str, **more: Any) -> dict[str, list[tuple[Any, ...]]]:
        found: dict[str, list[tuple[Any, ...]]] = {}
        for row in store.ask("common_connections", a=a, b=b, as_of=day, **more).rows:
            found.setdefault(row["id"], []).append((row["to_a"], row["via_a"], row["to_b"], row["via_b"]))
        return found

    assert common("r:阿公", "r:阿婆", "2022-01-01")["h:老屋"] == [(["MEMBER_OF"], None, ["MEMBER_OF"], None)]
    assert "p:东" not in common("r:阿公", "r:阿婆", "2022-01-01"), "reached by both through the household, which is itself common"
    early = common("r:阿公", "r:邻居", "2022-05-01")
    assert early["c:1"] == [(["PARTY_TO"], None, ["PARTY_TO"], None)]
    by_house, by_case = (["MEMBER_OF", "HOLDS"], "h:老屋"), (["PARTY_TO", "CONCERNS"], "c:1")
    by_west = (["HOLDS", "ADJOINS"], "p:西")
    assert early["p:东"] == [(*by_house, *by_west), (*by_house, *by_case), (*by_case, *by_west)]
    assert "o:镇" not in common("r:阿公", "f:1", "2022-02-05")
    assert common("r:阿公", "f:1", "2022-05-01")["o:镇"] == [(["PARTY_TO", "RESPONSIBLE_FOR"], "c:1", ["SERVES_IN"], None)]
    assert set(common("r:阿公", "r:邻居", "2022-01-31")) == {"p:东"}
    assert set(common("r:阿公", "r:邻居", "2022-05-01", kinds="PARTY_TO")) == {"c:1"}
    assert common("r:阿公", "r:阿公", "2022-05-01") == {}


def test_the_interests_of_an_officials_family(store: Store) -> None:
    def found(day: str) -> set[tuple[Any, ...]]:
        return {(r["relation"], r["person_id"], r["thing_kind"], r["thing_id"], r["household_id"])
                for r in store.ask("officials_interests", official_id="f:1", as_of=day).rows}

    own = {("household", "r:大哥", "parcel", "p:东", "h:老屋"), ("household", "r:大哥", "contract", "承1", "h:老屋")}
    assert found("2022-01-31") == own
    assert found("2022-02-01") == own | {("household", "r:阿公", "case", "c:1", None)}, "of the household first, whatever kin"
    assert found("2022-07-01") == {("near_kin", "r:阿公", "case", "c:1", None), ("near_kin", "r:阿公", "parcel", "p:东", "h:老屋"),
                                   ("near_kin", "r:阿公", "contract", "承1", "h:老屋")}, "he has moved out"
    assert found("2023-06-01") == {("near_kin", "r:阿公", "case", "c:1", None), ("near_kin", "r:外孙", "case", "c:2", None),
                                   ("near_kin", "r:外孙", "parcel", "p:东", "h:新屋"), ("near_kin", "r:外孙", "contract", "承2", "h:新屋")}
    rows = store.ask("officials_interests", official_id="f:1", as_of="2023-06-01").rows
    assert {row["identity"] for row in rows} == {"probable"}
    assert {(row["thing_id"], row["since"]) for row in rows} >= {("承2", "2023-01-01"), ("c:1", "2022-02-01")}


def test_pending_pairs_count_the_cases_of_the_day(store: Store) -> None:
    for day, cases in (("2022-01-31", (0, 0)), ("2022-02-01", (1, 0)), ("2023-05-31", (1, 1))):
        (row,) = store.ask("pending_identities", as_of=day).rows
        assert (row["cases_a"], row["cases_b"]) == cases, day
