"""A sheet is told by its header alone."""

from __future__ import annotations

import pytest

from ingest.headers import read_header
from ingest.recognise import Match, Unrecognised, recognise
from ingest.tables import table_specs


@pytest.mark.parametrize("table", list(table_specs()))
def test_every_table_is_recognised_by_its_own_headers(table: str) -> None:
    spec = table_specs()[table]
    found = recognise([[texts[0] for texts in spec.headers.values()]])
    assert isinstance(found, Match)
    assert found.spec.table.name == table
    assert found.unknown == ()


@pytest.mark.parametrize("table", list(table_specs()))
def test_every_table_is_recognised_by_what_it_requires_and_nothing_more(table: str) -> None:
    spec = table_specs()[table]
    header = [spec.header(field) for field in (*spec.required, *spec.one_of[:1])]
    found = recognise([header])
    assert isinstance(found, Match)
    assert found.spec.table.name == table


@pytest.mark.parametrize(("text", "name", "unit"), [
    ("面积(亩)", "面积", "mu"), ("地块面积（平方米）", "地块面积", "m2"), ("地块面积/亩", "地块面积", "mu"),
    ("面积（单位：公顷）", "面积", "ha"), ("涉及金额(万元)", "涉及金额", "wan"), ("户籍门（楼）详址", "户籍门(楼)详址", ""),
    (" 姓　名 ", "姓名", ""), ("ＩＤ", "ID", ""), ("姓名*", "姓名", ""), ("人数(人)", "人数", ""),
])
def test_a_header_is_folded_and_its_unit_remembered(text: str, name: str, unit: str) -> None:
    header = read_header(text)
    assert (header.name, header.unit) == (name, unit)


def test_title_rows_may_stand_above_the_header() -> None:
    found = recognise([["某某镇机构一览表"], [], ["填报单位：某某镇", "", "2024年"], ["序号", "机构编码", "机构名称"], ["1", "A", "甲"]])
    assert isinstance(found, Match)
    assert (found.header_row, found.unknown) == (3, ("序号",))


def test_identical_repeated_headers_are_legal() -> None:
    found = recognise([["姓名", "联系电话", "联系电话", "户号"]])
    assert isinstance(found, Match)
    assert found.columns["phone"] == (1, 2)


def test_more_headers_understood_win() -> None:
    found = recognise([["信访件编号", "姓名", "证件号码", "联系电话", "住址", "角色"]])
    assert isinstance(found, Match)
    assert found.spec.table.name == "parties"


def test_a_name_alone_makes_no_table_of_residents() -> None:
    found = recognise([["姓名", "工资", "部门"]])
    assert isinstance(found, Unrecognised)
    assert found.near[0].table == "residents"
    assert "公民身份号码" in found.near[0].missing[0]


def test_plots_without_a_parcel_code_come_near_to_parcels() -> None:
    found = recognise([["地块名称", "地块类型", "地块面积/亩", "说明 "]])
    assert isinstance(found, Unrecognised)
    assert (found.near[0].table, found.near[0].missing) == ("parcels", ("宗地代码",))
    assert found.near[0].matched == ("地块名称", "地块面积/亩")


def test_rows_without_any_known_header_are_never_shown() -> None:
    found = recognise([["张三", "13800000000"], ["李四", "13900000000"]])
    assert found == Unrecognised((), ())
