"""What rows name and nobody handed over yet: listed with its row, and gone by itself when the thing arrives."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

import graph
from graph.errors import WrongParameter
from graph.unresolved import Unresolved, hidden
from tests.ingest.desk import Desk, id_number
from tests.ingest.test_history import build

PETITIONS = ["信访件编号", "信访人姓名", "信访日期", "涉及宗地代码", "原信访件编号"]
STEPS = ["信访件编号", "处置环节", "处理单位编码", "处理人编号", "处理时间"]
PARCELS = ["宗地代码", "权利人", "东至", "西至", "南至", "北至"]
VILLAGE = "330199100201"


def plot(number: int) -> str:
    return f"{VILLAGE}{number:07d}"


def listed(desk: Desk, kind: str = "", limit: int = 100) -> Unresolved:
    build(desk)
    with graph.open(desk.home.root) as store:
        return store.unresolved(kind, limit=limit)


def edges(desk: Desk, name: str) -> set[tuple[str, str]]:
    number = desk.home.current_number()
    assert number is not None
    table = pq.read_table(desk.home.build_dir(number) / "edges" / f"{name}.parquet").to_pylist()
    return {(row["from_id"], row["to_id"]) for row in table}


def told(found: Unresolved) -> set[tuple[str, str, str, str, str, str, int]]:
    return {
        (r.kind, r.value, r.table, r.field, r.said_by, f"{r.address.file}/{r.address.sheet}", r.address.row)
        for r in found.references if r.address
    }


def test_what_comes_later_connects_by_itself(desk: Desk) -> None:
    desk.load(desk.workbook("流程.xlsx", 甲=[["办理流程"], STEPS, ["X1", "承办", "A1", "G1", "2024-03-05"]]))
    first = listed(desk)
    assert told(first) == {
        ("case", "X1", "steps", "case_number", "X1", "流程.xlsx/甲", 3),
        ("organ", "A1", "steps", "to_organ", "X1", "流程.xlsx/甲", 3),
        ("official", "G1", "steps", "official", "X1", "流程.xlsx/甲", 3),
    }
    assert (first.total, dict(first.counts)) == (3, {"case": 1, "organ": 1, "official": 1})
    assert edges(desk, "HAS_STEP.Case.Step") == set()

    desk.load(desk.csv("信访件.csv", [PETITIONS, ["X1", "张三", "2024-03-01", "", "X0"]]))
    assert told(listed(desk, "case")) == {("case", "X0", "petitions", "origin", "X1", "信访件.csv/", 2)}
    ((case, step),) = edges(desk, "HAS_STEP.Case.Step")
    assert (step[:2], case) == ("s:", "c:X1")

    desk.load(desk.csv("旧信访件.csv", [PETITIONS, ["X0", "张三", "2023-03-01", "", ""]]))
    desk.load(desk.csv("机构.csv", [["机构编码", "机构名称"], ["A1", "某某所"]]))
    desk.load(desk.csv("干部.csv", [["干部编号", "姓名", "机构编码"], ["G1", "王超", "A1"]]))
    last = listed(desk)
    assert (last.total, last.references) == (0, ())
    assert edges(desk, "TO_ORGAN.Step.Organ") == {(step, "o:A1")}


def test_a_case_may_come_before_the_body_that_petitions(desk: Desk) -> None:
    desk.load(desk.csv("信访件.csv", [PETITIONS, ["X1", "某合作社", "2024-03-01", plot(1), ""]]))
    party = ["X1", "某合作社", "信访人", "A1"]
    desk.load(desk.csv("当事人.csv", [["信访件编号", "姓名", "角色", "机构编码"], party]))
    assert told(listed(desk)) == {
        ("organ", "A1", "parties", "organ", "X1", "当事人.csv/", 2), ("parcel", plot(1), "petitions", "parcel", "X1", "信访件.csv/", 2),
    }
    assert edges(desk, "PARTY_TO.Organ.Case") == set()
    desk.load(desk.csv("机构.csv", [["机构编码", "机构名称"], ["A1", "某合作社"]]))
    desk.load(desk.csv("地块.csv", [PARCELS, [plot(1), "某合作社"]]))
    assert listed(desk).total == 0
    assert edges(desk, "PARTY_TO.Organ.Case") == {("o:A1", "c:X1")}
    assert edges(desk, "CONCERNS.Case.Parcel") == {("c:X1", "p:" + plot(1))}


def test_a_limit_cuts_the_list_and_not_the_counts(desk: Desk) -> None:
    desk.load(desk.csv("流程.csv", [STEPS, *([f"X{n}", "登记", "", "", "2024-03-05"] for n in range(5))]))
    found = listed(desk, limit=2)
    assert (len(found.references), found.counts["case"]) == (2, 5)
    with pytest.raises(WrongParameter, match="bound_ambiguous"):
        listed(desk, "person")


def test_keys_that_could_be_personal_are_masked(desk: Desk) -> None:
    secrets = [id_number(1), "13900000001", "330127800101001"]
    desk.load(desk.csv("流程.csv", [STEPS, *([s, "登记", f"单位{s}", "", "2024-03-05"] for s in secrets)]))
    found = str(listed(desk).to_dict())
    assert [s for s in secrets if s in found] == []
    for plain in ("XF2024000001", plot(1), VILLAGE):
        assert hidden(plain) == plain


def test_a_resident_is_named_without_the_id_number(desk: Desk) -> None:
    header = ["姓名", "公民身份号码", "区划代码"]
    desk.load(desk.csv("居民.csv", [header, ["张三", id_number(1), VILLAGE]]))
    (row,) = listed(desk).references
    assert (row.kind, row.value, row.table) == ("area", VILLAGE, "residents")
    assert row.said_by == f"330127********{id_number(1)[-4:]}"


def test_a_bound_that_may_mean_several_parcels_is_possible_and_no_edge(desk: Desk) -> None:
    rows = [
        [plot(1), "张三", "李四承包田", "王五地", "机耕路", plot(9)], [plot(2), "李四", "", "", "", ""],
        [plot(3), "李四", "", "", "", ""], [plot(4), "王五", "东至：张三地", "李四家的地", plot(1), "李 四"],
    ]
    desk.load(desk.csv("地块.csv", [PARCELS, *rows]))
    found = listed(desk)
    assert {(r.kind, r.said_by, r.field, r.value, r.candidates) for r in found.references} == {
        ("bound_ambiguous", plot(1), "east", "李四承包田", 2), ("bound_ambiguous", plot(4), "west", "李四家的地", 2),
        ("bound_ambiguous", plot(4), "north", "李四", 2), ("parcel", plot(1), "north", plot(9), 0),
    }
    assert edges(desk, "ADJOINS.Parcel.Parcel") == {("p:" + plot(1), "p:" + plot(4)), ("p:" + plot(4), "p:" + plot(1))}


def test_a_holder_of_several_parcels_in_other_villages_is_no_doubt(desk: Desk) -> None:
    elsewhere = "330199100202" + "0000002"
    desk.load(desk.csv("地块.csv", [PARCELS, [plot(1), "张三", "李四地", "", "", ""], [plot(2), "李四"], [elsewhere, "李四"]]))
    assert listed(desk).counts == {}
    assert edges(desk, "ADJOINS.Parcel.Parcel") == {("p:" + plot(1), "p:" + plot(2))}
