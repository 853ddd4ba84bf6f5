"""Each ground of neutrality and recusal, and what is none, on both engines over one hand-made county."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.engines.neo4j import Neo4jReader
from graph.law.book import Law
from graph.opening import DEFAULT_ID_KEY
from graph.readers import FixedReaders
from graph.store import Store
from tests.engines import Embedded, Server, wipe
from tests.factory import Row, build_of, edge

DAY = "2024-05-01"
MEDIATION, PETITION = "《人民调解法》第二十三条", "《信访工作条例》第二十八条"
LINKED = {
    "same": "certain", "moved": "certain", "coll": "certain", "kin": "certain", "far": "certain", "maybe": "possible",
    "likely": "probable", "owner": "certain", "ended": "certain", "home": "certain", "rival": "certain", "met": "certain",
    "late": "certain", "akin": "certain", "field": "certain", "gone": "certain", "resp": "certain", "stranger": "certain",
}
"""Officials and how sure it is that they are the residents of the same name."""


def county() -> tuple[dict[str, list[Row]], list[Row]]:
    nodes: dict[str, list[Row]] = {
        "Resident": [{"id": f"r:{name}", "name": name, "area_code": "330199101201"} for name in ("p", "z", "agent", *LINKED)]
        + [{"id": "r:sz", "name": "sz", "area_code": "440305001001"}],
        "Official": [{"id": f"f:{name}", "name": name} for name in (
            "self", "med", "blamed", "mate", "left", "org", "none", "accused", "reviewer", "again", "clerk", *LINKED,
        )],
        "Household": [
            {"id": "h:1", "kind": "family"}, {"id": "h:2", "kind": "family"}, {"id": "h:coll", "kind": "collective"},
        ],
        "Parcel": [{"id": "p:1"}, {"id": "p:9"}],
        "Organ": [{"id": "o:1"}, {"id": "o:party", "area_code": "330199101201"}],
        "Case": [
            {"id": "c:land", "kind": "dispute", "opened_on": "2021-01-01"},
            {"id": "c:land2", "kind": "dispute", "opened_on": "2021-03-01"},
            {"id": "c:plain", "kind": "dispute", "opened_on": "2022-01-01", "closed_on": "2023-06-01"},
            {"id": "c:blame", "kind": "petition", "registered_on": "2022-05-01"},
            {"id": "c:later", "kind": "dispute", "opened_on": "2024-12-01"},
            {"id": "c:now", "kind": "petition", "registered_on": "2024-02-01", "area_code": "330199101201"},
            {"id": "c:first", "kind": "petition", "registered_on": "2023-09-01"},
            {"id": "c:lone", "kind": "petition", "registered_on": "2024-02-01"},
        ],
        "Step": [
            {"id": "s:1", "kind": "accept", "seq": 1, "on_date": "2024-02-05"},
            {"id": "s:2", "kind": "handle", "seq": 2, "on_date": "2024-02-10"},
            {"id": "s:3", "kind": "review", "seq": 3, "on_date": "2024-04-01"},
            {"id": "s:4", "kind": "review", "seq": 4, "on_date": "2024-04-02"},
        ],
    }
    return nodes, [*_people(), *_land(), *_cases(), *_handling()]


def _people() -> list[Row]:
    homes = [("p", "h:1", {}), ("same", "h:1", {}), ("moved", "h:1", {"until": "2020-06-30"}), ("home", "h:2", {}),
             ("p", "h:coll", {}), ("coll", "h:coll", {})]
    near = ("kin", "maybe", "likely", "gone")
    return [
        *(edge("IS", f"f:{name}", f"r:{name}", tier=tier) for name, tier in LINKED.items()),
        edge("IS", "f:self", "r:p", tier="certain"),
        *(edge("MEMBER_OF", f"r:{who}", home, registered=True, **period) for who, home, period in homes),
        *(edge("KIN", "r:p", f"r:{name}", relation="child", degree="near") for name in near),
        edge("KIN", "r:p", "r:far", relation="cousin", degree="other"),
        edge("KIN", "r:sz", "r:kin", relation="sibling", degree="near"), edge("KIN", "r:agent", "r:akin", relation="spouse", degree="near"),
        edge("SERVES_IN", "f:self", "o:1", post="主任", since="2019"), edge("SERVES_IN", "f:mate", "o:1", post="干事", since="2019"),
        edge("SERVES_IN", "f:left", "o:1", post="干事", since="2015", until="2020-01-01"),
        edge("SERVES_IN", "f:org", "o:party", post="干事", since="2019"),
    ]


def _land() -> list[Row]:
    return [
        edge("HOLDS", "r:owner", "p:1", right="contract"), edge("HOLDS", "h:2", "p:1", right="homestead"),
        edge("HOLDS", "r:ended", "p:1", right="contract", until="2020-12-31"), edge("HOLDS", "r:field", "p:9", right="contract"),
        edge("CONCERNS", "c:land", "p:1"), edge("CONCERNS", "c:land2", "p:1"), edge("CONCERNS", "c:now", "p:9"),
    ]


def _cases() -> list[Row]:
    parties = [
        ("p", "c:land", "applicant"), ("rival", "c:land2", "applicant"), ("p", "c:plain", "applicant"),
        ("met", "c:plain", "respondent"), ("p", "c:blame", "petitioner"), ("p", "c:later", "applicant"),
        ("late", "c:later", "respondent"), ("p", "c:now", "petitioner"), ("agent", "c:now", "agent"), ("resp", "c:now", "respondent"),
        ("z", "c:lone", "petitioner"),
    ]
    return [
        *(edge("PARTY_TO", f"r:{who}", case, role=role) for who, case, role in parties),
        edge("COMPLAINS_OF", "c:blame", "f:blamed"), edge("COMPLAINS_OF", "c:now", "f:accused"),
        edge("FOLLOWS", "c:now", "c:first", kind="review"),
    ]


def _handling() -> list[Row]:
    handlers = ("kin", "accused", "again", "field", "resp", "none", "stranger", "mate", "likely")
    return [
        edge("RESPONSIBLE_FOR", "f:med", "c:plain", role="mediator", since="2022-01-02"),
        *(edge("RESPONSIBLE_FOR", f"f:{name}", "c:now", role="handler", since="2024-02-01") for name in handlers),
        edge("RESPONSIBLE_FOR", "f:gone", "c:now", role="handler", since="2024-02-01", until="2024-02-02"),
        edge("RESPONSIBLE_FOR", "f:again", "c:first", role="handler", since="2023-09-02"),
        edge("RESPONSIBLE_FOR", "f:stranger", "c:first", role="supervisor", since="2023-09-02"),
        edge("RESPONSIBLE_FOR", "f:none", "c:lone", role="handler", since="2024-02-01"),
        *(edge("HAS_STEP", "c:now", f"s:{n}", seq=n) for n in range(1, 5)),
        edge("BY_OFFICIAL", "s:1", "f:akin"), edge("BY_OFFICIAL", "s:2", "f:reviewer"), edge("BY_OFFICIAL", "s:3", "f:reviewer"),
        edge("BY_OFFICIAL", "s:4", "f:clerk"),
    ]


@pytest.fixture(scope="module", params=["ladybug", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    build = build_of(tmp_path_factory.mktemp("neutral"), *county())
    if request.param == "ladybug":
        engine = Embedded()
        engine.publish(build)
        with engine.reader() as reader:
            yield Store(FixedReaders(reader), id_key=DEFAULT_ID_KEY)
        return
    url = request.getfixturevalue("neo4j_url")
    wipe(url)
    Server(url).publish(build)
    with Store(FixedReaders(Neo4jReader(url)), id_key=DEFAULT_ID_KEY) as opened:
        yield opened


def grounds(store: Store, mediator: str, day: str = DAY, parties: str = "r:p,r:z") -> set[tuple[str, str, str]]:
    rows = store.ask("mediator_neutrality", mediator_id=f"f:{mediator}", parties=parties, as_of=day).rows
    return {(row["ground"], row["party_id"], row["certainty"]) for row in rows}


@pytest.mark.parametrize(("mediator", "day", "expected"), [
    ("same", DAY, {("household", "certain")}),
    ("moved", DAY, set()), ("moved", "2020-06-30", {("household", "certain")}),
    ("coll", DAY, set()),
    ("kin", DAY, {("near_kin", "certain")}), ("far", DAY, set()),
    ("maybe", DAY, {("near_kin", "possible")}), ("likely", DAY, {("near_kin", "probable")}),
    ("self", DAY, {("interest", "certain")}),
    ("owner", DAY, {("interest", "certain")}), ("owner", "2020-12-31", set()), ("ended", DAY, set()), ("home", DAY, {("interest", "certain")}),
    ("rival", DAY, {("interest", "certain")}),
    ("met", DAY, {("prior_contact", "certain")}), ("late", DAY, set()), ("late", "2024-12-31", {("prior_contact", "certain")}),
    ("med", DAY, {("prior_contact", "certain")}), ("med", "2023-05-31", set()),
    ("blamed", DAY, {("prior_contact", "certain")}), ("blamed", "2022-04-30", set()),
    ("mate", DAY, {("co_work", "certain")}), ("left", DAY, set()), ("left", "2019-12-31", {("co_work", "certain")}),
    ("stranger", DAY, set()), ("none", DAY, set()),
])
def test_each_ground_between_a_mediator_and_a_party(store: Store, mediator: str, day: str, expected: set[tuple[str, str]]) -> None:
    assert grounds(store, mediator, day) == {(ground, "r:p", certainty) for ground, certainty in expected}


def test_a_household_or_a_body_may_be_the_party(store: Store) -> None:
    assert grounds(store, "same", parties="h:1,r:z") == {("household", "h:1", "certain"), ("interest", "h:1", "certain")}
    assert grounds(store, "kin", parties="h:1,r:z") == {("near_kin", "h:1", "certain")}
    assert grounds(store, "org", parties="o:party,r:z") == {("co_work", "o:party", "certain")}
    assert grounds(store, "coll", parties="h:coll,r:z") == set()


def test_a_row_is_a_matter_to_disclose_with_its_path_and_article(store: Store) -> None:
    answer = store.ask("mediator_neutrality", mediator_id="f:home", parties="r:p,r:z", as_of=DAY)
    (row,) = answer.rows
    assert row["path"] == ["r:p", "c:land", "p:1", "h:2", "r:home", "f:home"]
    assert (row["rule_article"], row["detail"]) == (MEDIATION, ["contests", "holds"])
    assert "没有规定调解员回避" in row["rule_text"]
    assert all(sentence.startswith("需要披露的情形") for sentence in answer.sentences)


def test_who_is_linked_to_no_resident_is_said_to_be_so_and_nothing_found_is_said_too(store: Store) -> None:
    answer = store.ask("mediator_neutrality", mediator_id="f:none", parties="r:p,r:z", as_of=DAY)
    (said,) = answer.parts["people"].sentences
    assert "无从核对" in said
    assert any("未发现记录" in note for note in answer.notes)


RECUSED = {
    ("kin", "near_kin", "r:p", "certain", PETITION), ("likely", "near_kin", "r:p", "probable", PETITION),
    ("akin", "near_kin", "r:agent", "certain", PETITION), ("accused", "accused", None, "certain", PETITION),
    ("resp", "accused", "r:resp", "certain", PETITION), ("field", "interest", None, "certain", PETITION),
    ("reviewer", "prior_handler", None, "certain", "none"), ("again", "prior_handler", None, "certain", "none"),
    ("mate", "co_work", "r:p", "certain", "none"),
}
"""Everything to disclose of whoever handles the petition `c:now` on the day."""


def conflicts(store: Store, day: str, case: str = "c:now") -> set[tuple[str | None, ...]]:
    rows = store.ask("recusal_conflicts", case_id=case, as_of=day).rows
    return {(r["official_id"][2:], r["ground"], r["party_id"], r["certainty"], r["rule_article"]) for r in rows}


def test_exactly_the_conflicts_of_the_handlers_are_found(store: Store) -> None:
    assert conflicts(store, DAY) == RECUSED


def test_what_happens_after_the_day_is_unknown(store: Store) -> None:
    assert conflicts(store, "2024-03-01") == {row for row in RECUSED if row[0] != "reviewer"}
    gone = ("gone", "near_kin", "r:p", "certain", PETITION)
    later = {"akin", "reviewer"}
    assert conflicts(store, "2024-02-02") == {row for row in RECUSED if row[0] not in later} | {gone}
    assert conflicts(store, "2024-01-31") == set()


def test_a_handler_nobody_can_check_is_named(store: Store) -> None:
    assert conflicts(store, DAY, "c:lone") == set()
    answer = store.ask("recusal_conflicts", case_id="c:lone", as_of=DAY)
    assert [row["certainty"] for row in answer.parts["people"].rows] == ["unlinked"]
    assert any("未发现记录" in note for note in answer.notes)


def test_the_narrower_rule_holds_in_its_place_and_the_others_elsewhere(store: Store) -> None:
    law = Law.load(packs=["shenzhen_recusal", "land_arbitration_recusal"])
    both = Store(store._readers, id_key=DEFAULT_ID_KEY, law=law)
    rows = both.ask("mediator_neutrality", mediator_id="f:kin", parties="r:p,r:sz", as_of=DAY).rows
    land = "《农村土地承包经营纠纷调解仲裁法》第二十八条"
    assert {(row["party_id"], row["rule_article"]) for row in rows} == {
        ("r:p", MEDIATION), ("r:p", land), ("r:sz", "《深圳经济特区矛盾纠纷多元化解条例》第二十三条"), ("r:sz", land),
    }


def test_a_rule_that_is_not_in_force_is_not_cited(store: Store) -> None:
    (row,) = store.ask("mediator_neutrality", mediator_id="f:kin", parties="r:p,r:z", as_of="2010-12-31").rows
    assert (row["rule_article"], row["rule_text"]) == ("none", None)
