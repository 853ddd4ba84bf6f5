"""Who holds a parcel together with a party is related to it: people, households and organs, on both engines. Check by eye."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.opening import DEFAULT_ID_KEY
from graph.readers import FixedReaders
from graph.store import Store
from tests.engines import Embedded, Server, wipe
from tests.factory import Nodes, build_of, edge

NODES: Nodes = {
    "Resident": [{"id": f"r:{n}", "name": n, "registered": True} for n in ("户主", "媳妇", "独居", "合伙人", "邻家", "路人")],
    "Household": [{"id": f"h:{n}", "name": n, "kind": "family"} for n in ("本户", "邻户", "路人户")],
    "Organ": [{"id": "o:公司", "name": "公司", "hub": False}, {"id": "o:合作社", "name": "合作社"}, {"id": "o:村集体", "name": "村集体", "hub": True}],
    "Parcel": [{"id": f"p:{n}", "name": n, "code": n} for n in ("媳妇的", "独居的", "户的")],
    "Case": [{"id": f"c:{n}", "name": n, "number": n, "kind": "dispute", "opened_on": "2022-01-01"} for n in (
        "合伙人的", "邻家的", "公司的", "告公司", "告合作社", "告村集体", "代理的")],
}
EDGES = [
    edge("MEMBER_OF", "r:户主", "h:本户"), edge("MEMBER_OF", "r:媳妇", "h:本户", since="2020-01-01"),
    edge("MEMBER_OF", "r:邻家", "h:邻户"), edge("MEMBER_OF", "r:路人", "h:路人户"),
    *(edge("HOLDS", holder, "p:媳妇的", right="homestead", since="2019-01-01") for holder in ("r:媳妇", "r:合伙人", "h:邻户", "o:村集体")),
    edge("HOLDS", "o:公司", "p:媳妇的", right="homestead", since="2023-01-01"),
    *(edge("HOLDS", holder, "p:独居的", right="contract") for holder in ("r:独居", "o:公司", "o:村集体")),
    *(edge("HOLDS", holder, "p:户的", right="contract") for holder in ("h:本户", "o:合作社")),
    edge("PARTY_TO", "r:合伙人", "c:合伙人的", role="applicant"), edge("PARTY_TO", "r:邻家", "c:邻家的", role="respondent"),
    edge("PARTY_TO", "o:公司", "c:公司的", role="respondent"), edge("PARTY_TO", "o:公司", "c:代理的", role="agent"),
    edge("COMPLAINS_OF", "c:告公司", "o:公司"), edge("COMPLAINS_OF", "c:告合作社", "o:合作社"), edge("COMPLAINS_OF", "c:告村集体", "o:村集体"),
]
FIRM = {("c:公司的", "o:公司=respondent"), ("c:告公司", "o:公司=complained_of")}
COOPERATIVE = {("c:告合作社", "o:合作社=complained_of")}
PEOPLE = {("c:合伙人的", "r:合伙人=applicant"), ("c:邻家的", "r:邻家=respondent")}


@pytest.fixture(scope="module", params=["ladybug", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    engine: Embedded | Server = Embedded()
    if request.param == "neo4j":
        url = request.getfixturevalue("neo4j_url")
        wipe(url)
        engine = Server(url)
    engine.publish(build_of(tmp_path_factory.mktemp("holders"), NODES, EDGES, latest_day="2023-12-31"))
    with engine.reader() as reader:
        yield Store(FixedReaders(reader), id_key=DEFAULT_ID_KEY)


def related(store: Store, party: str, day: str = "2023-06-01") -> set[tuple[str, str]]:
    rows = store.ask("prior_disputes", parties=[party, "h:路人户"], as_of=day).rows
    assert {row["relation"] for row in rows} <= {"related"}
    return {(row["case_id"], role) for row in rows for role in row["role_of_each"]}


def test_what_a_member_holds_is_the_households_and_who_holds_it_too_is_related(store: Store) -> None:
    assert related(store, "h:本户") == PEOPLE | FIRM | COOPERATIVE
    paths = {row["case_id"]: row["path"] for row in store.ask("prior_disputes", parties=["h:本户", "h:路人户"], as_of="2023-06-01").rows}
    assert paths["c:邻家的"] == ["h:本户", "r:媳妇", "p:媳妇的", "h:邻户", "r:邻家", "c:邻家的"]


@pytest.mark.parametrize(("day", "found"), [
    ("2022-12-31", PEOPLE | COOPERATIVE), ("2023-01-01", PEOPLE | FIRM | COOPERATIVE), ("2019-12-31", set()),
], ids=["the firm holds nothing yet", "the firm holds", "no case yet"])
def test_holdings_are_those_of_the_day(store: Store, day: str, found: set[tuple[str, str]]) -> None:
    assert related(store, "h:本户", day) == found


def test_an_organ_is_a_co_holder_unless_it_is_a_hub_or_only_an_agent(store: Store) -> None:
    assert related(store, "r:独居") == FIRM
    assert related(store, "r:户主") == COOPERATIVE, "what another member holds alone is that member's"
    assert related(store, "r:媳妇") == PEOPLE | FIRM | COOPERATIVE
