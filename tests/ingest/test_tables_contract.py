"""The agreed form of a department's tables, through files: headers, files, dates, numbers, land, codes, parts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from graph.codes import canonical
from graph.register import TABLES, FieldKind
from ingest.tables import table_specs
from tests.ingest.desk import Desk, id_number

ID = id_number(1)

# code table: what a department may write, code and label, as agreed
CODES: dict[str, str] = {
    "gender": "0 未知的性别|1 男|2 女|9 未说明的性别",
    "relation": "02 户主|10 配偶|11 夫|12 妻|20 子|22 长子|30 女|28 女婿|38 儿媳|41 孙子|43 外孙子|51 父亲|52 母亲|53 公公|55 岳父|"
    "61 祖父|73 弟|75 姐姐|93 侄子|97 其他亲属|99 非亲属",
    "same_place": "01 人户一致|02 人户分离",
    "organ_level": "省|市|县|乡镇|村|部门",
    "channel": "走访|来信|网上信访|来电|传真|12345",
    "purpose": "申诉求决|检举控告|意见建议",
    "route": "（一）|（二）|（三）|（四）|（五）|（六）|(六)|六|条例31条（六）|条例31条(一)",
    "conclusion": "支持|解释说明|不予支持",
    "scale": "01 个体性|02 一般群体性|03 重大群体性",
    "success": "1|0",
    "party_role": "信访人|代表|参与人|代理人|被反映人|申请人|被申请人|第三人",
    "step": "登记|转送|交办|受理|不予受理|承办|延期|退回|异议|督办|催办|约谈|答复|复查申请|复查|复核申请|复核|听证|办结|回访",
    "duty": "首办责任|包案领导|承办人|督办人|稳控责任|化解责任|属地责任|主管责任",
    "performed": "已履行|部分履行|未履行|反悔",
    "area_unit": "亩|平方米|公顷", "household_kind": "家庭户|集体户", "area_level": "省|市|县|乡镇|村|网格",
    "right": "土地承包经营权|宅基地使用权",
}


@pytest.mark.parametrize("table", CODES)
def test_a_code_column_takes_the_code_the_label_or_both(table: str) -> None:
    for entry in CODES[table].split("|"):
        code, _, label = entry.partition(" ")
        wanted = canonical(table, entry)
        assert canonical(table, code) == wanted
        if label:
            assert (canonical(table, label), wanted) == (code, code)
        assert canonical(table, f"　{code}　") == wanted
        if code.isdigit():
            assert canonical(table, "".join(chr(ord(c) + 0xFEE0) for c in code)) == wanted


def test_every_code_column_has_a_table_shown_here() -> None:
    used = {f.codes for t in TABLES.values() for f in t.fields if f.kind is FieldKind.CODE}
    assert used == set(CODES)


def test_the_words_of_a_code_table_are_all_different() -> None:
    for table, entries in CODES.items():
        if table != "route":
            assert len({canonical(table, e) for e in entries.split("|")}) == len(entries.split("|")), table


@pytest.mark.parametrize("table", TABLES)
def test_every_table_takes_the_columns_that_all_have(desk: Desk, table: str) -> None:
    spec = table_specs()[table]
    example = dict(spec.example)
    common = {"grid": "网格7", "provider": "某局", "remark": "某事", "area": "330199100201"}
    own = {f: v for f, v in common.items() if f in spec.headers and f not in example}
    header = [spec.header(f) for f in (*example, *own)]
    report = desk.load(desk.csv("t.csv", [header, [f'"{v}"' for v in (*example.values(), *own.values())]]))
    (row,) = desk.rows(report, table)
    assert {f: row[f] for f in own} == own
    assert {"provider", "remark"} <= {f.name for f in TABLES[table].fields}
    assert report.parts[0].unknown_columns == ()


def test_headers_in_full_width_with_spaces_units_and_stars(desk: Desk) -> None:
    header = [" 宗地代码＊", "地块面积 （亩）", "权　利　人", "户 号", "涂改"]
    report = desk.load(desk.csv("t.csv", [["某村地块表"], [], header, ["P1", "3", "张三", "H1", "x"]]))
    (row,) = desk.rows(report, "parcels")
    assert (row["code"], row["size"], row["holder"], row["household_no"], row["row"]) == ("P1", 2000.0, "张三", "H1", 4)
    assert report.parts[0].unknown_columns == ("涂改",)


@pytest.mark.parametrize(("header", "row", "m2"), [
    ("宗地面积(亩)", ["1.5"], 1000.0), ("宗地面积（平方米）", ["80"], 80.0), ("宗地面积（公顷）", ["0.2"], 2000.0),
    ("宗地面积", ["1.5亩"], 1000.0), ("宗地面积", ["80㎡"], 80.0), ("宗地面积", ["80 平方米"], 80.0), ("宗地面积(亩)", ["2公顷"], 20000.0),
    ("宗地面积,面积单位", ["1,200", "平方米"], 1200.0), ("宗地面积,面积单位", ["3", "亩"], 2000.0),
    ("宗地面积,面积单位", ["3", ""], 3.0),
])
def test_land_is_kept_in_square_metres(desk: Desk, header: str, row: list[str], m2: float) -> None:
    report = desk.load(desk.csv("t.csv", [["宗地代码", *header.split(",")], ["P1", *(f'"{cell}"' for cell in row)]]))
    (found,) = desk.rows(report, "parcels")
    assert found["size"] == pytest.approx(m2)
    assert desk.issues(report) == []


DATES = {
    "2024-03-05": "2024-03-05", "2024/3/5": "2024-03-05", "20240305": "2024-03-05", "2024年3月5日": "2024-03-05",
    "2024.3.5": "2024-03-05", "45356": "2024-03-05", "2024-03-05 14:30": "2024-03-05T14:30:00",
    "2024/3/5 9:05:07": "2024-03-05T09:05:07", "2024年3月5日 14:30": "2024-03-05T14:30:00", "2024.3.5 14:30": "2024-03-05T14:30:00",
    "20240305 14:30:00": "2024-03-05T14:30:00", "2024年3月5日14时30分": "2024-03-05T14:30:00", "45356.5": "2024-03-05T12:00:00",
    "2024-03-05T14:30:00": "2024-03-05T14:30:00", "2024": "2024", "2024年": "2024", "2024-03": "2024-03", "2024/3": "2024-03",
    "2024年3月": "2024-03", "202403": "2024-03", "2024.03": "2024-03",
}


@pytest.mark.parametrize("written", DATES)
def test_a_date_as_text_keeps_its_honest_precision(desk: Desk, written: str) -> None:
    report = desk.load(desk.csv("t.csv", [["事件编号", "发生日期"], ["S1", written]]))
    assert [row["happened_on"] for row in desk.rows(report, "disputes")] == [DATES[written]]


def test_a_date_of_a_spreadsheet_is_a_day_or_a_moment(desk: Desk) -> None:
    path = desk.folder / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy/m/d h:mm"})
        sheet.write_row(0, 0, ["事件编号", "发生日期"])
        for number, (value, shape) in enumerate([(45356, day), (45356.5, moment), (45356, None), (2024, None), (20240305, None)], 1):
            sheet.write_string(number, 0, f"S{number}")
            sheet.write_number(number, 1, value, shape)
    found = [row["happened_on"] for row in desk.rows(desk.load(path), "disputes")]
    assert found == ["2024-03-05", "2024-03-05T12:00:00", "2024-03-05", "2024", "2024-03-05"]


@pytest.mark.parametrize("written", [ID, ID.lower(), "".join(chr(ord(c) + 0xFEE0) for c in ID), f" {ID[:6]} {ID[6:14]} {ID[14:]}", f"'{ID}"])
def test_an_id_number_however_it_is_typed(desk: Desk, written: str) -> None:
    report = desk.load(desk.csv("t.csv", [["姓名", "身份证号"], ["张三", written]]))
    assert [row["id_number"] for row in desk.rows(report, "residents")] == [ID]


def test_an_id_number_broken_by_a_spreadsheet_is_refused_and_its_row_loads(desk: Desk) -> None:
    broken = desk.workbook("t.xlsx", 甲=[["姓名", "身份证号", "户号"], ["张三", float(ID[:17] + "0"), "H1"]])
    report = desk.load(broken)
    (row,) = desk.rows(report, "residents")
    assert ("id_number" in row, row["household_no"]) == (False, "H1")
    assert [rule for *_, rule in desk.issues(report)] == ["id_number.float"]


ORGANS = [["机构编码", "机构名称"], ["A1", "甲所"], ["A2", "乙所"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("suffix", ["csv", "tsv"])
def test_a_text_file_of_every_kind(desk: Desk, encoding: str, suffix: str) -> None:
    mark = "," if suffix == "csv" else "\t"
    path = desk.text(f"t.{suffix}", "".join(mark.join(row) + "\r\n" for row in ORGANS), encoding)
    assert [(r["code"], r["name"]) for r in desk.rows(desk.load(path), "organs")] == [("A1", "甲所"), ("A2", "乙所")]


def test_a_parquet_file(desk: Desk) -> None:
    path = desk.folder / "t.parquet"
    pq.write_table(pa.table({"机构编码": ["A1", "A2"], "机构名称": ["甲所", "乙所"]}), path)
    assert [r["name"] for r in desk.rows(desk.load(path), "organs")] == ["甲所", "乙所"]


def test_nothing_is_told_by_the_name_of_a_file_or_sheet(desk: Desk) -> None:
    report = desk.load(desk.workbook("居民信访件.xlsx", 地块=ORGANS, 干部=[["协议编号", "事件编号", "达成日期"], ["T1", "S1", "2024"]]))
    assert [part.table for part in report.parts] == ["organs", "agreements"]


def test_one_table_split_over_sheets_files_and_column_orders(desk: Desk) -> None:
    desk.workbook("1.xlsx", 一=ORGANS, 二=[["备注", "机构名称", "机构编码"], ["旧", "丙所", "A3"]])
    desk.csv("2.csv", [["机构名称", "上级机构编码", "机构编码"], ["丁所", "A1", "A4"]], "gb18030")
    report = desk.load()
    assert sorted(r["code"] for r in desk.rows(report, "organs")) == ["A1", "A2", "A3", "A4"]


def _merged(path: Path, rows: Sequence[Sequence[Any]], *ranges: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for merged in ranges:
        sheet.merge_cells(merged)
    book.save(path)
    return path


def test_merged_title_header_and_household(desk: Desk) -> None:
    rows: list[list[Any]] = [
        ["某村人口登记表", None, None, None], ["户号", "姓名", "住址", None], [None, None, "户籍地", "现住址"],
        ["H1", "张三", "甲村", "东街1号"], [None, "李四", "乙村", "东街1号"], ["H2", "王五", "丙村", None], [None, "赵六", "丁村", None],
    ]
    path = _merged(desk.folder / "t.xlsx", rows, "A1:D1", "A2:A3", "B2:B3", "C2:D2", "A4:A5", "D4:D5", "A6:A7")
    report = desk.load(path)
    assert [(r["household_no"], r["name"], r.get("live_address"), r["registered_place"]) for r in desk.rows(report, "residents")] == [
        ("H1", "张三", "东街1号", "甲村"), ("H1", "李四", "东街1号", "乙村"), ("H2", "王五", None, "丙村"), ("H2", "赵六", None, "丁村"),
    ]
    assert report.parts[0].read == 4


def test_a_row_below_a_merged_range_takes_nothing_from_it(desk: Desk) -> None:
    rows: list[list[Any]] = [["户号", "姓名", "现住址"], ["H1", "张三", "东街"], [None, "李四", "西街"], [None, "王五", "南街"]]
    report = desk.load(_merged(desk.folder / "t.xlsx", rows, "A2:A3"))
    assert [r.get("household_no") for r in desk.rows(report, "residents")] == ["H1", "H1", None]


@pytest.mark.parametrize(("key", "value"), [
    ("公民身份号码", ID), ("联系电话", "13900000001"), ("户号", "H1"), ("现住址", "东街1号"), ("户籍地详址", "西街2号"),
])
def test_a_resident_needs_a_name_and_one_thing_beside_it(desk: Desk, key: str, value: str) -> None:
    report = desk.load(desk.csv("t.csv", [["姓名", key], ["张三", value], ["李四", ""], ["", value]]))
    assert (report.parts[0].loaded, sum(report.parts[0].refusals.values())) == (1, 2)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_without_a_starred_column_is_refused(desk: Desk, table: str) -> None:
    spec = table_specs()[table]
    example = dict(spec.example)
    header = [spec.header(field) for field in example]
    rows = [[f'"{"" if field == missing else value}"' for field, value in example.items()] for missing in spec.required]
    report = desk.load(desk.csv("t.csv", [header, [f'"{v}"' for v in example.values()], *rows]))
    assert report.parts[0].loaded == 1
    assert report.parts[0].refusals in ({"required.missing": len(rows)}, {})
    assert bool(report.parts[0].refusals) == bool(spec.required)


STARRED = {
    "areas": "区划代码 名称", "grids": "网格编码 网格名称", "residents": "姓名", "households": "户号", "parcels": "宗地代码",
    "organs": "机构编码 机构名称", "officials": "干部编号 姓名", "petitions": "信访件编号 信访日期", "disputes": "事件编号 发生日期",
    "parties": "事件编号 姓名 角色", "steps": "事件编号 处置环节 处理时间", "responsibilities": "事件编号 责任类型",
    "agreements": "协议编号 事件编号 达成日期",
}


def test_exactly_the_agreed_columns_are_starred() -> None:
    assert {n: " ".join(s.header(f) for f in s.required) for n, s in table_specs().items()} == STARRED
