"""What becomes of a row: every rule by its name, one line each."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.rules import SENTENCES
from tests.ingest.desk import Desk, id_number

ID = id_number(1)
WRONG = ID[:17] + ("0" if ID[17] != "0" else "1")
CASE, NAME = "事件编号", "姓名"

# rule, table header, row: a row that does not load
REFUSED: list[tuple[str, list[str], list[str]]] = [
    ("required.missing", ["机构编码", "机构名称"], ["", "甲"]),
    ("required.missing", ["机构编码", "机构名称"], ["A1", "不详"]),
    ("required.missing", ["信访件编号", "信访人", "信访日期"], ["X1", "张三", ""]),
    ("date.form", ["信访件编号", "信访人", "信访日期"], ["X1", "张三", "去年"]),
    ("date.none", [CASE, "发生日期"], ["S1", "2023-02-30"]),
    ("key.float", ["户号", "地址"], ["3.30127E+17", "某路1号"]),
    ("area.form", ["区划代码", "名称"], ["某村", "某村"]),
    ("required.one_of", [NAME, "公民身份号码", "联系电话"], ["张三", "", "无"]),
    ("required.one_of", [CASE, "责任类型", "机构编码", "干部编号"], ["S1", "承办人", "", ""]),
    ("row.total", [NAME, "户号"], ["合计", "120"]),
    ("row.total", [NAME, "户号"], ["　合　计：", "120"]),
    ("row.total", [NAME, "户号"], ["", "总 计"]),
    ("row.total", [NAME, "户号"], ["制表人：李四", ""]),
    ("row.total", ["机构编码", "机构名称"], ["注：", "（1）以上均为实有机构"]),
    ("row.total", ["机构编码", "机构名称"], ["填表说明：如实填写", "甲"]),
    ("row.total", ["序号", NAME, "户号"], ["小计", "3", "H1"]),
]

# rules, table header, row, what is kept: the row loads, the cell does not (an unknown code keeps its text)
CELLS: list[tuple[str, list[str], list[str], dict[str, Any]]] = [
    ("id_number.float", [NAME, "公民身份号码"], ["张三", "3.30127198001011E+17"], {"name": "张三"}),
    ("id_number.check", [NAME, "公民身份号码"], ["张三", WRONG], {"name": "张三"}),
    ("id_number.form", [NAME, "公民身份号码"], ["张三", "33012719"], {"name": "张三"}),
    ("id_number.province", [NAME, "公民身份号码"], ["张三", "99" + ID[2:]], {"name": "张三"}),
    ("id_number.date", [NAME, "公民身份号码"], ["张三", id_number(1, "19801332")], {"name": "张三"}),
    ("phone.form", [NAME, "户号", "联系电话"], ["张三", "H1", "123"], {"name": "张三", "household_no": "H1"}),
    ("phone.float", [NAME, "户号", "联系电话"], ["张三", "H1", "1.38E+10"], {"name": "张三", "household_no": "H1"}),
    ("date.form", [NAME, "户号", "出生日期"], ["张三", "H1", "春天"], {"name": "张三", "household_no": "H1"}),
    ("date.time", [NAME, "户号", "出生日期"], ["张三", "H1", "2024-03-05 25:00"], {"name": "张三", "household_no": "H1"}),
    ("code.unknown", [NAME, "户号", "与户主关系"], ["张三", "H1", "街坊"], {"name": "张三", "household_no": "H1", "relation": "街坊"}),
    ("code.unknown", [CASE, NAME, "角色"], ["S1", "张三", "旁观者"], {"case_number": "S1", "name": "张三", "role": "旁观者"}),
    ("number.form", [CASE, "发生日期", "涉及金额"], ["S1", "2024-03-05", "若干"], {"number": "S1", "happened_on": "2024-03-05"}),
    ("number.whole", [CASE, "发生日期", "涉及人数"], ["S1", "2024-03-05", "1.5"], {"number": "S1", "happened_on": "2024-03-05"}),
    ("number.range", [CASE, "发生日期", "涉及人数"], ["S1", "2024-03-05", "1e30"], {"number": "S1", "happened_on": "2024-03-05"}),
    ("number.range", [CASE, "发生日期", "涉及金额"], ["S1", "2024-03-05", "inf"], {"number": "S1", "happened_on": "2024-03-05"}),
    ("code.unknown size.unit", ["宗地代码", "宗地面积", "面积单位"], ["P1", "3", "分"], {"code": "P1", "size_unit": "分"}),
    ("cell.second", [NAME, "户号", "户号"], ["张三", "H1", "H2"], {"name": "张三", "household_no": "H1"}),
]

# header, raw text, field, stored value
STORED: list[tuple[list[str], list[str], dict[str, Any]]] = [
    (["机构编码", "机构名称", "层级"], ["188006.0", "甲　办", "乡镇"], {"code": "188006", "name": "甲 办", "level": "township"}),
    ([NAME, "户号", "与户主关系"], ["张 三", "H1", "10 配偶"], {"name": "张三", "household_no": "H1", "relation": "10"}),
    (["宗地代码", "地块面积(亩)"], ["P1", "1.5"], {"code": "P1", "size": 1000.0}),
    (["宗地代码", "地块面积"], ["P1", "80"], {"code": "P1", "size": 80.0}),
    (["宗地代码", "地块面积（亩）", "面积单位"], ["P1", "2", "公顷"], {"code": "P1", "size": 20000.0, "size_unit": "ha"}),
    ([CASE, "发生日期", "涉及金额（万元）"], ["S1", "2024年3月5日", "3.5"],
     {"number": "S1", "happened_on": "2024-03-05", "amount": 35000.0}),
    ([CASE, "发生日期", "化解时限"], ["S1", "20240305", "2024年3月"],
     {"number": "S1", "happened_on": "2024-03-05", "due_on": "2024-03"}),
    (["信访件编号", "信访人", "信访日期", "办理途径"], ["X1", "张三", "45356.5", "（六）"],
     {"number": "X1", "petitioner": "张三", "petitioned_on": "2024-03-05T12:00:00", "route": "6"}),
    (["区划代码", "名称", "级别"], ["330127", "某县", "县"], {"code": "330127000000", "name": "某县", "level": "county"}),
    (["网格编码", "网格名称", "网格员", "区划代码"], ["G1", "第一网格", "王五", "330127101203"],
     {"code": "G1", "name": "第一网格", "keeper": "王五", "area": "330127101203"}),
    ([NAME, "户号", "联系电话", "联系电话"], ["张三", "H1", "", "138 0013 8000"],
     {"name": "张三", "household_no": "H1", "phone": "13800138000"}),
]


def one(desk: Desk, header: list[str], row: list[str]) -> tuple[Any, list[dict[str, Any]]]:
    report = desk.load(desk.csv("t.csv", [header, row]))
    table = report.parts[0].table
    return report, desk.rows(report, table)


@pytest.mark.parametrize(("rule", "header", "row"), REFUSED)
def test_a_row_that_does_not_load(desk: Desk, rule: str, header: list[str], row: list[str]) -> None:
    report, rows = one(desk, header, row)
    assert (rows, report.parts[0].refusals) == ([], {rule: 1})
    assert report.sentences[rule]


@pytest.mark.parametrize(("rule", "header", "row", "kept"), CELLS)
def test_a_cell_that_does_not_load(
    desk: Desk, rule: str, header: list[str], row: list[str], kept: dict[str, Any]
) -> None:
    report, rows = one(desk, header, row)
    assert rows == [{**kept, "part": 1, "row": 2}]
    rules = rule.split()
    assert sorted((part, number, found) for part, number, _, found in desk.issues(report)) == [(1, 2, r) for r in rules]
    assert report.parts[0].cell_issues == dict.fromkeys(rules, 1)
    assert report.parts[0].loaded == 1


@pytest.mark.parametrize(("header", "row", "stored"), STORED)
def test_how_a_cell_is_stored(desk: Desk, header: list[str], row: list[str], stored: dict[str, Any]) -> None:
    report, rows = one(desk, header, row)
    assert rows == [{**stored, "part": 1, "row": 2}]
    assert desk.issues(report) == []


def test_every_rule_of_this_room_is_shown_here() -> None:
    shown = {rule for rule, *_ in REFUSED} | {rule for rules, *_ in CELLS for rule in rules.split()}
    assert set(SENTENCES) - {"row.unused"} <= shown
