"""The history of a thing: every value with its rows, every change with the two rows that differ."""

from __future__ import annotations

import pytest

import graph
from graph.build.choices import Choices
from graph.build.run import build_graph
from graph.errors import NotFound
from graph.history import History, history
from graph.home import Home
from graph.masking import hide_numbers
from graph.opening import publish_embedded
from graph.values import token
from graph.versions import switch
from tests.ingest.desk import Desk, id_number
from tests.ingest.test_corrections import correct

ID_KEY = "a key of thirty-two characters ok"
RESIDENTS = ["姓名", "公民身份号码", "联系电话", "户号", "现住址", "与户主关系"]
ORGANS = ["机构编码", "机构名称", "层级"]


def build(desk: Desk) -> None:
    with desk.home.writer():
        publish_embedded(desk.home, build_graph(desk.home, desk.ledger, choices=Choices(id_key=ID_KEY))[0])


def told(desk: Desk, node_id: str) -> History:
    number = desk.home.current_number()
    assert number is not None
    current = desk.home.build(number)
    assert current is not None
    return history(desk.home, desk.ledger, current, node_id, id_key=ID_KEY)


def said(found: History) -> dict[str, list[tuple[str, int]]]:
    return {p.name: [(a.file, a.row) for a in p.said_by] for p in found.properties}


def changed(found: History) -> list[tuple[str, object, object, str, str]]:
    return [(c.field, c.before, c.after, c.said.file, c.then.file) for c in found.changes]


def resident(serial: int) -> str:
    return "r:" + token(id_number(serial), ID_KEY)


def test_each_value_has_its_rows_and_each_change_both(desk: Desk) -> None:
    first = [["名册"], RESIDENTS, ["张三", id_number(1), "13900000001", "H1", "东街", "户主"]]
    desk.load(desk.workbook("1.xlsx", 甲=first), provider="民政局")
    desk.load(desk.csv("2.csv", [RESIDENTS, ["张三", id_number(1), "13800000002", "H1", "西街", ""]]), provider="派出所")
    build(desk)
    found = told(desk, resident(1))
    assert (found.label, found.build, found.in_graph) == ("Resident", 1, True)
    assert said(found)["name"] == [("1.xlsx", 3), ("2.csv", 2)]
    assert (said(found)["address"], said(found)["phone"], said(found)["hub"]) == ([("2.csv", 2)], [("2.csv", 2)], [])
    assert changed(found) == [
        ("phone", "139****0001", "138****0002", "1.xlsx", "2.csv"), ("live_address", "东街", "西街", "1.xlsx", "2.csv"),
    ]
    assert [(r.address.sheet, r.address.provider, r.counts) for r in found.rows] == [("甲", "民政局", True), ("", "派出所", True)]
    (member,) = [e for e in found.edges if e.type == "MEMBER_OF"]
    assert {(a.file, a.row) for a in member.said_by} == {("1.xlsx", 3), ("2.csv", 2)}
    assert found.edges_total == len(found.edges)


def test_no_id_number_and_no_phone_leaves_unmasked(desk: Desk) -> None:
    secret = [id_number(1), "13900000001"]
    desk.csv("1.csv", [RESIDENTS, ["张三", *secret, id_number(1), "东街", "户主"]])
    desk.csv("2.csv", [["信访件编号", "信访人姓名", "信访日期", "内容"], ["X1", "张三", "2024-01-02", f"证件{secret[0]}，长" + "话" * 300]])
    desk.load()
    build(desk)
    for node_id in (resident(1), "c:X1"):
        assert not [value for value in secret if value in str(told(desk, node_id).to_dict())]
    assert len(told(desk, "c:X1").rows[0].values["text"]) == 200


def test_codes_that_are_no_id_numbers_are_told_whole() -> None:
    for text in ("3301991012010100001", "330199103205002", "2024110612345678901", "GB330199103205002"):
        assert hide_numbers(text) == text
    for secret in (id_number(1), id_number(1)[:6] + id_number(1)[8:17]):
        assert secret not in hide_numbers(f"证件号{secret}，电话")


def test_replaced_rows_are_listed_and_do_not_count(desk: Desk) -> None:
    desk.load(desk.csv("1.csv", [ORGANS, ["A1", "甲所", "乡镇"], ["A2", "乙所", ""]]), provider="编办")
    newer = desk.load(desk.csv("2.csv", [ORGANS, ["A1", "甲局", ""]]), provider="编办", replaces=True)
    build(desk)
    found = told(desk, "o:A1")
    assert [r.counts for r in found.rows] == [False, True]
    assert said(found)["name"] == [("2.csv", 2)]
    assert changed(found) == [("name", "甲所", "甲局", "1.csv", "2.csv"), ("level", "township", None, "1.csv", "2.csv")]
    gone = told(desk, "o:A2")
    assert (gone.in_graph, gone.properties, [r.values["name"] for r in gone.rows]) == (False, (), ["乙所"])
    switch(desk.home, desk.ledger, newer.load_id, withdraw=True)
    build(desk)
    assert changed(told(desk, "o:A1")) == []
    assert [r.counts for r in told(desk, "o:A1").rows] == [True]


def test_more_rows_than_an_edge_or_node_names_are_all_found(desk: Desk) -> None:
    for number in range(8):
        desk.load(desk.csv(f"{number}.csv", [ORGANS, ["A1", f"第{number}所", "乡镇"]]))
    build(desk)
    found = told(desk, "o:A1")
    assert [r.values["name"] for r in found.rows] == [f"第{number}所" for number in range(8)]
    assert len(found.changes) == 7
    assert said(found)["name"] == [("7.csv", 2)]
    assert len(said(found)["level"]) == 8


def test_a_corrected_row_stands_where_it_was_refused(desk: Desk) -> None:
    base = desk.load(desk.csv("1.csv", [ORGANS, ["A1", "甲所", ""], ["", "乙所", ""]]))
    desk.load(correct(desk, base.load_id, "q.xlsx", lambda _, row: [*row[:7], "A2", *row[8:]]))
    again = desk.load(correct(desk, base.load_id, "r.xlsx", lambda _, row: [*row[:7], "A2", "丙所", *row[9:]]))
    build(desk)
    found = told(desk, "o:A2")
    assert [(r.address.file, r.address.row, r.address.corrects, r.counts) for r in found.rows] == [
        ("1.csv", 3, base.load_id, False), ("1.csv", 3, base.load_id, True),
    ]
    assert [a.load_id for p in found.properties if p.name == "name" for a in p.said_by] == [again.load_id]


def test_a_person_without_id_number_is_told_by_the_rows_of_the_graph(desk: Desk) -> None:
    desk.load(desk.csv("1.csv", [RESIDENTS, ["李四", "", "13900000001", "H1", "东街", ""]]))
    build(desk)
    with graph.open(desk.home.root, id_key=ID_KEY) as store:
        (row,) = [r for r in store.ask("search", text="李四").to_dict()["rows"] if r["kind"] == "Resident"]
        found = store.history(row["id"])
    assert said(found)["name"] == [("1.csv", 2)]


def test_what_nobody_ever_said_is_not_found(desk: Desk) -> None:
    desk.load(desk.csv("1.csv", [ORGANS, ["A1", "甲所", ""]]))
    build(desk)
    for node_id in ("o:NOPE", "nonsense", f"d:{desk.ledger.loads()[0].load_id}-1", "o:'; DROP TABLE x; --"):
        with pytest.raises(NotFound):
            told(desk, node_id)
    with graph.open(Home(desk.home.root).root) as store, pytest.raises(NotFound):
        store.history("o:NOPE")
