"""Loads as versions: the graph is a pure function of what is active, and every replacement can be taken back."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.build.run import NothingToBuild, build_graph
from graph.versions import PARTLY_REPLACED, REPLACED, NoSuchLoad, find_load, restored_by, standing, switch
from ingest.errors import TooManyRejected
from tests.ingest.desk import Desk, id_number

RESIDENTS = ["姓名", "公民身份号码", "户号", "现住址"]
PETITIONS = ["信访件编号", "信访人姓名", "信访日期", "标题", "答复日期"]


def graph_hash(desk: Desk) -> str:
    with desk.home.writer():
        return build_graph(desk.home, desk.ledger)[0].card.graph_hash


def residents(desk: Desk, name: str, *rows: tuple[str, int, str], **options: object) -> str:
    """Load (name, serial of the id number, address) rows; returns the load id."""
    path = desk.csv(name, [RESIDENTS, *[[who, id_number(serial), "H1", where] for who, serial, where in rows]])
    return desk.load(path, **options).load_id  # type: ignore[arg-type]


@dataclass(frozen=True)
class Given:
    """One delivery of a random history."""

    provider: str
    people: tuple[tuple[int, str, str], ...]
    petitions: tuple[tuple[int, str, str], ...]
    replaces: bool
    withdrawn: bool

    def load(self, desk: Desk, number: int) -> str:
        folder = desk.folder / str(number)
        folder.mkdir()
        if self.people:
            rows = [[who, id_number(serial), f"H{serial % 2}", where] for serial, who, where in self.people]
            desk.csv(f"{number}/a.csv", [RESIDENTS, *rows])
        if self.petitions:
            rows = [[f"X{n}", who, "2024-01-02", "修路", answered] for n, who, answered in self.petitions]
            desk.csv(f"{number}/b.csv", [PETITIONS, *rows])
        desk.csv(f"{number}/c.csv", [["机构编码", "机构名称"], [f"O{number}", f"第{number}所"]])
        return desk.load(folder, provider=self.provider, replaces=self.replaces).load_id


PEOPLE = st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["张三", "李四"]), st.sampled_from(["", "东街", "西街"])), max_size=4)
CASES = st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["张三", "李四"]), st.sampled_from(["", "2024-05-06"])), max_size=3)
HISTORY = st.lists(
    st.builds(Given, st.sampled_from(["甲局", "乙局"]), PEOPLE.map(tuple), CASES.map(tuple), st.booleans(), st.booleans()),
    min_size=2, max_size=3,
)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(HISTORY)
def test_withdrawing_loads_gives_the_graph_that_never_had_them(history: list[Given]) -> None:
    with tempfile.TemporaryDirectory() as place:
        desk, calm = Desk(Path(place) / "a"), Desk(Path(place) / "b")
        ids = [delivery.load(desk, number) for number, delivery in enumerate(history)]
        before = graph_hash(desk)
        for load_id, delivery in zip(ids, history, strict=True):
            if delivery.withdrawn:
                assert switch(desk.home, desk.ledger, load_id, withdraw=True)
        kept = [d.load(calm, number) for number, d in enumerate(history) if not d.withdrawn]
        if kept:
            assert graph_hash(desk) == graph_hash(calm)
        else:
            with pytest.raises(NothingToBuild):
                graph_hash(calm)
        for load_id in ids:
            switch(desk.home, desk.ledger, load_id, withdraw=False)
        assert graph_hash(desk) == before


def test_when_everything_is_withdrawn_the_graph_is_empty(desk: Desk) -> None:
    load_id = residents(desk, "1.csv", ("张三", 1, "东街"))
    with desk.home.writer():
        build_graph(desk.home, desk.ledger)
    switch(desk.home, desk.ledger, load_id, withdraw=True)
    with desk.home.writer():
        build, new = build_graph(desk.home, desk.ledger)
    assert new
    assert {name: n for name, n in build.card.counts.items() if n} == {}


def test_a_new_delivery_is_compared_by_key_and_adds_and_updates(desk: Desk) -> None:
    first = residents(desk, "1.csv", ("张三", 1, "东街"), ("李四", 2, "东街"), ("王五", 3, "东街"), provider="民政局")
    residents(desk, "x.csv", ("赵六", 9, "东街"), provider="别处")
    path = desk.csv("2.csv", [RESIDENTS, ["张三", id_number(1), "H1", "西街"], ["李四", id_number(2), "H1", ""], ["孙七", id_number(4), "", ""]])
    rehearsal = desk.load(path, provider="民政局", dry_run=True)
    assert (rehearsal.dry_run, len(desk.ledger.loads())) == (True, 2)
    report = desk.load(path, provider="民政局")
    for told in (rehearsal, report):
        (change,) = told.changes
        assert (change.table, change.since) == ("residents", (first,))
        assert (change.added, change.changed, change.absent, change.unchanged, change.withdrawn) == (1, 1, 1, 1, 0)
        assert any("新增 1，变更 1，未再出现 1" in message for message in told.messages)


def test_a_complete_delivery_takes_away_what_it_no_longer_says(desk: Desk) -> None:
    first = residents(desk, "1.csv", ("张三", 1, "东街"), ("李四", 2, "东街"), ("王五", 3, "东街"), provider="民政局")
    before = graph_hash(desk)
    path = desk.csv("2.csv", [RESIDENTS, ["张三", id_number(1), "H1", "东街"], ["李四", id_number(2), "H1", ""]])
    report = desk.load(path, provider="民政局", replaces=True)
    (change,) = report.changes
    assert (change.added, change.changed, change.withdrawn, change.unchanged) == (0, 1, 1, 1)
    assert report.replaces == (first,)
    older, newer = desk.ledger.loads()
    assert (dict(older.replaced), newer.replaces) == ({"residents": newer.load_id}, ((first, "residents"),))
    assert standing(desk.home, older, [older, newer]) == REPLACED
    after = graph_hash(desk)
    alone = Desk(desk.folder.parent / "alone")
    alone.load(path, provider="民政局")
    assert after == graph_hash(alone) != before
    assert restored_by(newer, [older, newer]) == [first]
    switch(desk.home, desk.ledger, newer.load_id, withdraw=True)
    assert graph_hash(desk) == before


def test_only_the_tables_that_were_delivered_again_are_replaced(desk: Desk) -> None:
    desk.csv("1.csv", [RESIDENTS, ["张三", id_number(1), "H1", ""]])
    desk.csv("2.csv", [["机构编码", "机构名称"], ["A1", "甲"]])
    desk.load(provider="某镇")
    again = desk.load(desk.csv("3.csv", [RESIDENTS, ["李四", id_number(2), "H1", ""]]), provider="某镇", replaces=True)
    older, newer = desk.ledger.loads()
    assert dict(older.replaced) == {"residents": again.load_id}
    assert standing(desk.home, older, [older, newer]) == PARTLY_REPLACED
    with desk.home.writer():
        build, _ = build_graph(desk.home, desk.ledger)
    assert (build.card.counts["Organ"], build.card.counts["Resident"]) == (1, 1)


def test_a_table_without_rows_replaces_nothing(desk: Desk) -> None:
    residents(desk, "1.csv", ("张三", 1, "东街"), provider="民政局")
    desk.csv("2.csv", [["机构编码", "机构名称"], ["A1", "甲"]])
    empty = desk.csv("3.csv", [RESIDENTS])
    report = desk.load(desk.folder / "2.csv", empty, provider="民政局", replaces=True)
    assert (report.replaces, report.changes) == ((), ())


def test_the_only_source_the_rows_name_is_the_source_of_the_load(desk: Desk) -> None:
    rows = [["机构编码", "机构名称", "数据来源"], ["A1", "甲", "编办"]]
    first = desk.load(desk.csv("1.csv", rows))
    second = desk.load(desk.csv("2.csv", [*rows, ["A2", "乙", "编办"]]))
    assert (first.provider, [(c.added, c.unchanged) for c in second.changes]) == ("编办", [(1, 1)])
    mixed = desk.load(desk.csv("3.csv", [*rows, ["A2", "乙", "别处"]]))
    assert (mixed.provider, mixed.changes) == ("", ())


def test_a_load_can_be_declared_complete_afterwards(desk: Desk) -> None:
    first = residents(desk, "1.csv", ("张三", 1, "东街"), provider="民政局")
    path = desk.csv("2.csv", [RESIDENTS, ["李四", id_number(2), "H1", ""]])
    desk.load(path, provider="民政局")
    both = graph_hash(desk)
    for _ in range(2):
        again = desk.load(path, provider="民政局", replaces=True)
        assert (again.already, again.replaces) == (True, (first,))
    assert graph_hash(desk) != both
    assert len(desk.ledger.loads()[1].replaces) == 1


def test_a_rehearsal_of_a_load_that_would_stop_says_so_and_leaves_nothing(desk: Desk) -> None:
    path = desk.csv("1.csv", [RESIDENTS, ["", id_number(1), "", ""], ["张三", id_number(2), "", ""]])
    report = desk.load(path, max_reject_share=0.2, dry_run=True)
    assert "50%" in report.messages[0]
    assert (desk.ledger.loads(), list(desk.home.loads.iterdir())) == ([], [])
    assert not (desk.home.root / "refused").exists()
    with pytest.raises(TooManyRejected):
        desk.load(path, max_reject_share=0.2)


def test_a_load_is_found_by_how_its_id_begins(desk: Desk) -> None:
    load_id = residents(desk, "1.csv", ("张三", 1, ""))
    assert find_load(desk.ledger, load_id[:4]).load_id == load_id
    for text in (load_id[:3], "zzzz", ""):
        with pytest.raises(NoSuchLoad):
            find_load(desk.ledger, text)
