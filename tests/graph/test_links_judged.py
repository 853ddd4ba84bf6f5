"""What a judgement about a link does to the next build, what undoing it leaves, and what joined a cluster since the last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.build.artifact import Build
from graph.build.choices import Choices
from graph.build.clusters import memberships
from graph.build.run import build_graph
from graph.errors import CannotJudge, NotFound, WrongParameter
from graph.home import Home
from graph.ledger import Ledger
from graph.opening import open_store, publish_embedded
from graph.store import Store
from ingest.load import load
from tests.graph.test_links import VILLAGE, plot, write

WORDS = "水渠堵塞多年无人清理请求尽快疏浚"
LINES = {
    "矛盾纠纷": [
        "事件编号,事件名称,发生日期,涉及宗地代码,事件类别,区划代码",
        f"D1,{WORDS},2023-01-01,{plot(1)},水利,{VILLAGE}", f"D2,{WORDS},2023-02-01,{plot(1)},水利,{VILLAGE}",
        f"D3,{WORDS},2023-03-01,,水利,{VILLAGE}", f"D4,另一件纠纷,2023-04-01,,,{VILLAGE}",
    ],
    "地块": ["宗地代码", plot(1), plot(2)],
}


class County:
    """Four disputes: D1 and D2 on one parcel, D3 in the same words, D4 alone. Judged, built and asked again."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = Home(root / "data")
        self.ledger = Ledger(self.home)
        load(self.home, self.ledger, [write(root / "files", LINES)])
        self.book = self.ledger.link_judgements

    def add(self, name: str, **tables: list[str]) -> None:
        load(self.home, self.ledger, [write(self.root / name, tables)])

    def judge(self, a: str, b: str, verdict: str) -> int:
        return self.book.add(f"c:{a}", f"c:{b}", verdict, author="王", at="2024-01-01T00:00:00", reason="看过").seq

    def build(self, choices: Choices | None = None) -> Build:
        with self.home.writer():
            build, _ = build_graph(self.home, self.ledger, choices=choices)
            publish_embedded(self.home, build)
        return build

    def store(self) -> Store:
        return open_store(self.home.root)


@pytest.fixture
def county(tmp_path: Path) -> County:
    return County(tmp_path)


def rows(build: Build, name: str) -> list[dict[str, Any]]:
    kind = "edges" if "." in name else "nodes"
    found: list[dict[str, Any]] = pq.read_table(build.path / kind / f"{name}.parquet").to_pylist()
    return found


def members(build: Build) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for row in rows(build, "IN_CLUSTER.Case.Cluster"):
        if row["until"] is None:
            groups.setdefault(row["to_id"], set()).add(row["from_id"][2:])
    return groups


def matters(build: Build) -> dict[str, str]:
    return {row["id"][2:]: row["matter_id"][2:] for row in rows(build, "Case")}


def test_a_confirmed_link_joins_a_cluster_and_undone_it_leaves_no_trace(county: County) -> None:
    before = county.build()
    assert members(before) == {"u:D1": {"D1", "D2"}}
    seq = county.judge("D4", "D2", "confirm")
    after = county.build()
    assert members(after) == {"u:D1": {"D1", "D2", "D4"}}
    assert [(r["from_id"], r["to_id"], r["verdict"]) for r in rows(after, "LINK_JUDGED.Case.Case")] == [("c:D2", "c:D4", "confirm")]
    assert after.card.graph_hash != before.card.graph_hash
    assert county.book.undo(seq, author="王", at="2024-01-02T00:00:00", reason="看错")
    again = county.build()
    assert (again.card.graph_hash, again.card.full_hash, again.card.inputs_hash) == (
        before.card.graph_hash, before.card.full_hash, before.card.inputs_hash)
    assert county.book.all()[0].undone_reason == "看错"


def test_a_rejected_link_joins_no_cluster_and_is_no_matter_by_words(county: County) -> None:
    assert matters(county.build()) == {"D1": "D1", "D2": "D1", "D3": "D1", "D4": "D4"}
    county.judge("D1", "D2", "reject")
    county.judge("D2", "D3", "reject")
    build = county.build()
    assert members(build) == {}
    assert matters(build) == {"D1": "D1", "D2": "D1", "D3": "D3", "D4": "D4"}, "D1 and D2 share their parcel, D3 only words"


def test_the_newest_judgement_of_a_pair_counts_and_an_unsure_one_only_marks(county: County) -> None:
    county.judge("D1", "D2", "reject")
    county.judge("D2", "D1", "unsure")
    build = county.build()
    assert members(build) == {"u:D1": {"D1", "D2"}}
    with county.store() as store:
        (row,) = store.ask("linked_disputes", case_id="c:D1", kinds="same_parcel").rows
    assert row["judgement"] == "unsure"


def test_a_judgement_about_a_case_that_is_gone_changes_nothing(county: County) -> None:
    before = county.build()
    county.judge("D1", "D99", "confirm")
    assert county.build().card.graph_hash == before.card.graph_hash


def test_the_desk_writes_what_linked_the_two_and_refuses_what_is_no_link(county: County) -> None:
    county.build()
    said = {"author": "王", "reason": "现场看过"}
    with county.store() as store:
        desk = store.links
        assert {row["other_case_id"] for row in desk.pending("c:D1", 10)} >= {"c:D2"}
        written = desk.judge("c:D2", "c:D1", "confirm", **said)
        assert (written.pair, "same_parcel" in written.evidence) == (("c:D1", "c:D2"), True)
        assert "c:D2" not in {row["other_case_id"] for row in desk.pending("c:D1", 10)}
        with pytest.raises(CannotJudge):
            desk.judge("c:D1", "c:D1", "confirm", **said)
        with pytest.raises(NotFound):
            desk.judge("c:D1", "c:D99", "confirm", **said)
        with pytest.raises(WrongParameter):
            desk.judge("c:D1", "c:D2", "confirm", author="王", reason=" ")
        with pytest.raises(WrongParameter):
            desk.judge("c:D1", f"p:{plot(1)}", "confirm", **said)
        with pytest.raises(WrongParameter):
            desk.judge("c:D1", "c:D2", "perhaps", **said)
        assert desk.undo(written.seq, **said).undone_reason == "现场看过"
        with pytest.raises(CannotJudge):
            desk.undo(written.seq, **said)
        assert desk.judgements("c:D1") == county.book.all()
        assert desk.judgements("c:D1", standing=True) == []


def test_what_joined_since_the_last_build_is_told_with_why(county: County) -> None:
    first = county.build()
    county.add("more", 矛盾纠纷=[LINES["矛盾纠纷"][0], f"D5,新的纠纷,2023-05-01,{plot(1)},,{VILLAGE}"])
    county.judge("D3", "D4", "confirm")
    second = county.build()
    assert members(second) == {"u:D1": {"D1", "D2", "D5"}, "u:D3": {"D3", "D4"}}
    with county.store() as store:
        answer = store.ask("dispute_clusters", min_size=2)
        table = answer.parts["joined"]
        found = {row["case_id"]: (row["cluster_id"], row["how"], row["kinds"], row["through"]) for row in table.rows}
    assert found == {
        "c:D5": ("u:D1", "joined", ["same_parcel"], ["c:D1", "c:D2"]),
        "c:D3": ("u:D3", "new", ["confirmed"], ["c:D4"]), "c:D4": ("u:D3", "new", ["confirmed"], ["c:D3"]),
    }
    assert table.sentences[0].startswith("“新的纠纷”加入原有的群：同一地块")
    fresh = County(county.root / "fresh")
    fresh.add("more", 矛盾纠纷=[LINES["矛盾纠纷"][0], f"D5,新的纠纷,2023-05-01,{plot(1)},,{VILLAGE}"])
    fresh.judge("D4", "D3", "confirm")
    assert fresh.build().card.graph_hash == second.card.graph_hash != first.card.graph_hash


def test_an_earlier_build_that_is_damaged_or_gone_is_passed_over(county: County) -> None:
    first = county.build()
    county.judge("D3", "D4", "confirm")
    second = county.build()
    (second.path / "edges" / "IN_CLUSTER.Case.Cluster.parquet").write_bytes(b"no parquet")
    county.judge("D1", "D4", "unsure")
    third = county.build()
    assert {row["case_id"] for row in pq.read_table(third.path / "joined.parquet").to_pylist()} == {"c:D3", "c:D4"}
    assert not (first.path / "joined.parquet").exists()


def test_two_clusters_that_meet_go_on_as_the_earlier_and_part_again(county: County) -> None:
    county.judge("D3", "D4", "confirm")
    county.build()
    seq = county.judge("D1", "D4", "confirm")
    merged = county.build()
    assert members(merged) == {"u:D1": {"D1", "D2", "D3", "D4"}}
    with county.store() as store:
        rows_of = store.ask("dispute_clusters", min_size=2).parts["joined"].rows
        assert {(row["case_id"], row["how"], row["before"]) for row in rows_of} == {
            ("c:D3", "merged", "u:D3"), ("c:D4", "merged", "u:D3")}
    county.book.undo(seq, author="王", at="2024-01-02T00:00:00", reason="看错")
    assert members(county.build()) == {"u:D1": {"D1", "D2"}, "u:D3": {"D3", "D4"}}
    with county.store() as store:
        rows_of = store.ask("dispute_clusters", min_size=2).parts["joined"].rows
        assert {(row["case_id"], row["how"], row["before"]) for row in rows_of} == {
            ("c:D3", "split", "u:D1"), ("c:D4", "split", "u:D1")}


def test_more_cases_than_the_operators_threshold_make_a_hub_that_is_named_last_and_joins_nothing(county: County) -> None:
    county.add("more", 矛盾纠纷=[LINES["矛盾纠纷"][0], f"D5,新的纠纷,2023-05-01,{plot(1)},,{VILLAGE}"])
    usual = county.build()
    assert members(usual) == {"u:D1": {"D1", "D2", "D5"}}
    build = county.build(Choices(hub_threshold=2))
    assert build.card.inputs_hash != usual.card.inputs_hash
    assert members(build) == {}
    assert {row["code"]: (row["hub"], row["hub_over"]) for row in rows(build, "Parcel")} == {plot(1): (True, 2), plot(2): (False, None)}
    with county.store() as store:
        answer = store.ask("linked_disputes", case_id="c:D2")
    last = answer.rows[-1]
    assert [row["hub"] for row in answer.rows] == sorted(row["hub"] for row in answer.rows)
    assert (last["kind"], last["hub"], last["hub_over"]) == ("same_parcel", True, 2)
    assert f"“{plot(1)}”是枢纽" in answer.parts["main"].sentences[-1]


DAYS = [f"2023-01-{day:02}" for day in range(1, 10)]


@given(st.data())
def test_on_every_day_clusters_are_the_connected_groups_of_the_links_of_that_day(data: st.DataObject) -> None:
    days = {f"c:{n}": data.draw(st.sampled_from(["", *DAYS])) for n in range(data.draw(st.integers(2, 10)))}
    ends = st.lists(st.sampled_from(sorted(days)), min_size=2, max_size=2, unique=True)
    pairs = data.draw(st.lists(ends.map(lambda pair: (min(pair), max(pair))), unique=True, max_size=14))
    links = sorted(((a, b, max(days[a], days[b])) for a, b in pairs), key=lambda link: (link[2], link))
    told = list(memberships(links, days))
    for day in ["2022-12-31", *DAYS]:
        groups = nx.connected_components(nx.Graph((a, b) for a, b, known in links if known <= day))
        wanted = {min(group, key=lambda case: (days[case], case)): set(group) for group in groups}
        there: dict[str, set[str]] = {}
        for one in told:
            if (one.since or "") <= day and (one.until is None or one.until >= day):
                there.setdefault(one.first, set()).add(one.case)
        assert there == wanted
