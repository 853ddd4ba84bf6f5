"""A load as a whole: accounted for row by row, repeatable, all or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from graph.home import Home, WriterBusy
from ingest import quarantine
from ingest.errors import LoadError, NothingRecognised, TooManyRejected
from ingest.load import load, preview
from ingest.report import read_report
from tests.ingest.desk import Desk, id_number

ORGANS = [["机构编码", "机构名称"], ["A1", "甲"], ["A2", "乙"]]
RESIDENTS = [["姓名", "户号", "公民身份号码"], ["张三", "H1", id_number(1)], ["李四", "H1", id_number(2)]]


def counts(report: object) -> list[tuple[int, int, int, int]]:
    return [(p.read, p.loaded, p.merged, p.quarantined) for p in report.parts]  # type: ignore[attr-defined]


def test_a_folder_of_every_kind_of_file_is_one_load(desk: Desk) -> None:
    desk.csv("1.csv", ORGANS, "gb18030")
    desk.workbook("2.xlsx", 甲=[["名册"], *RESIDENTS], 说明=[["这不是表"]])
    report = desk.load(provider="某县")
    assert counts(report) == [(2, 2, 0, 0), (2, 2, 0, 0)]
    assert [(p.file, p.sheet, p.table) for p in report.parts] == [("1.csv", "", "organs"), ("2.xlsx", "甲", "residents")]
    assert [(u.file, u.sheet) for u in report.unrecognised] == [("2.xlsx", "说明")]
    assert [(r["code"], r["part"], r["row"], r["provider"]) for r in desk.rows(report, "organs")] == [
        ("A1", 1, 2, "某县"), ("A2", 1, 3, "某县"),
    ]
    assert [(r["name"], r["part"], r["row"]) for r in desk.rows(report, "residents")] == [("张三", 2, 3), ("李四", 2, 4)]
    record = desk.ledger.load(report.load_id)
    assert record is not None
    assert [(p.part, p.table, p.read, p.loaded) for p in record.parts] == [(1, "organs", 2, 2), (2, "residents", 2, 2)]
    assert read_report(desk.home.load_dir(report.load_id)) == json.loads(json.dumps(report.to_dict()))


def test_the_same_files_twice_are_one_load(desk: Desk) -> None:
    desk.csv("1.csv", ORGANS)
    first = desk.load()
    before = {path: path.stat().st_mtime_ns for path in desk.home.loads.rglob("*")}
    again = desk.load()
    assert (first.already, again.already, again.load_id) == (False, True, first.load_id)
    assert again.messages[0].startswith(f"已载入过（批次 {first.load_id}），没有变化")
    assert {path: path.stat().st_mtime_ns for path in desk.home.loads.rglob("*")} == before
    assert len(desk.ledger.loads()) == 1


def test_other_content_name_or_mapping_is_another_load(desk: Desk, tmp_path: Path) -> None:
    path = desk.csv("1.csv", ORGANS)
    ids = {desk.load(path).load_id}
    ids.add(desk.load(desk.csv("2.csv", ORGANS)).load_id)
    ids.add(desk.load(desk.csv("1.csv", ORGANS[:2])).load_id)
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "name: m\nfiles:\n  o:\n    when: [机构编码]\nrows:\n  - table: organs\n    fields: {code: 机构编码, name: 机构名称}\n"
    )
    ids.add(desk.load(desk.csv("1.csv", ORGANS), mapping=mapping).load_id)
    assert len(ids) == 4


def test_identical_rows_are_merged_over_files_and_spellings(desk: Desk) -> None:
    desk.csv("1.csv", [["事件编号", "发生日期"], ["S1", "2024-03-05"], ["S1", "2024/3/5"], ["S2", "2024-03-05"]])
    desk.csv("2.csv", [["发生日期", "事件编号", "别的"], ["20240305", "S2", "x"], ["20240305", "S3", "y"]])
    report = desk.load()
    assert counts(report) == [(3, 2, 1, 0), (2, 1, 1, 0)]
    assert [(r["number"], r["part"], r["row"]) for r in desk.rows(report, "disputes")] == [("S1", 1, 2), ("S2", 1, 4), ("S3", 2, 3)]
    assert report.parts[1].unknown_columns == ("别的",)


def test_two_people_with_broken_id_numbers_are_not_merged(desk: Desk) -> None:
    report = desk.load(desk.csv("1.csv", [["姓名", "公民身份号码"], ["张三", "1"], ["张三", "2"], ["张三", "2"]]))
    assert counts(report) == [(3, 2, 1, 0)]


def test_blank_rows_and_the_header_once_more_are_no_rows(desk: Desk) -> None:
    report = desk.load(desk.csv("1.csv", [*ORGANS, ["", ""], ["  ", ""], ORGANS[0], ["A3", "丙"]]))
    assert counts(report) == [(3, 3, 0, 0)]
    assert desk.rows(report, "organs")[-1]["row"] == 7


def test_refused_rows_are_kept_with_address_rule_and_sentence(desk: Desk) -> None:
    desk.workbook("1.xlsx", 单=[["机构编码", "机构名称", "附注"], ["A1", "甲", ""], ["", "乙", "=1+1"], ["合计", "2", ""]])
    report = desk.load()
    assert counts(report) == [(3, 1, 0, 2)]
    book = CalamineWorkbook.from_path(str(desk.home.load_dir(report.load_id) / "quarantine.xlsx"))
    assert book.get_sheet_by_index(0).to_python() == [
        ["出处", "文件", "工作表", "行", "列", "规则", "说明", "机构编码", "机构名称", "附注"],
        [f"{report.load_id}:1:3", "1.xlsx", "单", "3", "机构编码", "required.missing", "必填项是空的", "", "乙", "=1+1"],
        [f"{report.load_id}:1:4", "1.xlsx", "单", "4", "", "row.total", "合计、制表人一类的行，不是数据", "合计", "2", ""],
    ]


def test_what_is_too_much_for_a_workbook_goes_to_csv(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "WORKBOOK_ROWS", 2)
    report = desk.load(desk.csv("1.csv", [ORGANS[0], *[["", f"=甲{i}"] for i in range(5)]]))
    folder = desk.home.load_dir(report.load_id)
    assert len(CalamineWorkbook.from_path(str(folder / "quarantine.xlsx")).get_sheet_by_index(0).to_python()) == 3
    lines = (folder / "quarantine-001.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[-1] for line in lines] == ["机构名称", "'=甲2", "'=甲3", "'=甲4"]


def test_too_many_refused_rows_stop_the_load_and_say_where_to_look(desk: Desk) -> None:
    path = desk.csv("1.csv", [ORGANS[0], ["A1", "甲"], ["", "乙"]])
    with pytest.raises(TooManyRejected, match="50%") as raised:
        desk.load(path, max_reject_share=0.2)
    kept = next((desk.home.root / "refused").iterdir())
    assert str(kept) in str(raised.value)
    assert {p.name for p in kept.iterdir()} == {"report.json", "quarantine.xlsx", "issues.parquet", "refused.parquet"}
    assert (desk.ledger.loads(), list(desk.home.loads.iterdir())) == ([], [])
    assert desk.load(path, max_reject_share=0.5).loaded == 1


def test_total_lines_do_not_count_as_refused(desk: Desk) -> None:
    assert desk.load(desk.csv("1.csv", [ORGANS[0], ["A1", "甲"], ["合计", "1"]]), max_reject_share=0.0).loaded == 1


def test_nothing_recognised_says_what_is_nearest(desk: Desk) -> None:
    desk.csv("1.csv", [["地块名称", "地块面积/亩"], ["A1", "80"]])
    with pytest.raises(NothingRecognised, match="近似 parcels，缺 宗地代码"):
        desk.load()
    assert list(desk.home.loads.iterdir()) == []


def test_columns_without_header_are_not_lost_in_silence(desk: Desk) -> None:
    report = desk.load(desk.csv("1.csv", [["机构编码", "", "机构名称"], ["A1", "x", "甲"], ["A2", "", "乙", "", "y"]]))
    assert report.parts[0].unknown_columns == ("第2列（无表头）", "第5列（无表头）")


def test_a_writer_at_work_is_respected(desk: Desk) -> None:
    desk.csv("1.csv", ORGANS)
    with Home(desk.home.root).writer(), pytest.raises(WriterBusy):
        desk.load()
    with desk.home.writer():
        assert desk.load().loaded == 2


def test_no_personal_value_leaves_in_report_issues_or_errors(desk: Desk) -> None:
    secret = ["欧阳秘", id_number(77)[:17] + "?", "13900001111", "秘密路99号"]
    desk.csv("1.csv", [["姓名", "公民身份号码", "联系电话", "户籍地详址"], secret, ["", *secret[1:]]])
    report = desk.load()
    folder = desk.home.load_dir(report.load_id)
    public = json.dumps(report.to_dict(), ensure_ascii=False) + str(desk.issues(report)) + (folder / "report.json").read_text()
    assert not [value for value in secret if value in public]
    with pytest.raises(TooManyRejected) as raised:
        desk.load(desk.csv("2.csv", [["姓名", "公民身份号码", "联系电话", "户籍地详址"], ["", *secret[1:]]]), max_reject_share=0)
    assert not [value for value in secret if value in str(raised.value)]


def test_nothing_is_left_behind_by_a_failed_load(desk: Desk) -> None:
    desk.csv("1.csv", ORGANS)
    desk.text("2.csv", '机构编码,机构名称\n\nA1,"甲\n')
    with pytest.raises(LoadError):
        desk.load()
    assert (list(desk.home.loads.iterdir()), desk.ledger.loads()) == ([], [])


def test_progress_names_the_files(desk: Desk) -> None:
    path = desk.csv("1.csv", ORGANS)
    seen: list[tuple[str, int, int]] = []
    load(desk.home, desk.ledger, [path], progress=lambda *step: seen.append(step))
    assert [what for what, done, _ in seen if what.startswith("载入 1.csv") and done]


def test_preview_shows_headers_and_no_rows(desk: Desk) -> None:
    desk.csv("1.csv", [["机构编码", "机构名称", "别的"], ["A1", "甲", "x"]])
    desk.csv("2.csv", [["地块名称", "面积"], ["A1", "80"]])
    organs, plots = preview([desk.folder])
    assert (organs.table, organs.header_row, organs.unknown) == ("organs", 1, ("别的",))
    assert organs.columns == {"机构编码": "organs.code", "机构名称": "organs.name"}
    assert (plots.table, plots.why) == ("", "没有认出是什么表，近似 parcels，缺 宗地代码")
    assert not desk.home.loads.exists() or not list(desk.home.loads.iterdir())
