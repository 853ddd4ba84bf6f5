"""Refused rows corrected in the quarantine workbook and loaded again: the graph is as if the file had been right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from graph.build.run import build_graph
from graph.ledger import LoadRecord
from graph.versions import REPLACED, WITHOUT_BASE, refusals, standing, switch
from ingest import quarantine
from ingest.errors import WrongCorrection
from ingest.report import LoadReport
from ingest.survey import preview
from tests.ingest.desk import Desk, id_number

HEADER = ["公民身份号码", "姓名", "户号", "与户主关系", "现住址", "联系电话"]
PARCELS = ["宗地代码", "坐落", "宗地面积(亩)", "户号"]
RIGHT = {
    "a.csv": [
        HEADER,
        [id_number(1), "陈一", "H1", "02 户主", "东街1号", ""],
        [id_number(2), "陈二", "H1", "10 配偶", "东街2号", ""],
        [id_number(3), "陈三", "H1", "20 子", "", ""],
        [id_number(3), "陈三", "H1", "20 子", "西街", ""],
        ["合计", "3", "", "", "", ""],
    ],
    "b.csv": [PARCELS, ["P1", "村口", "3", "H1"], ["P2", "村尾", "1.5", "H1"]],
    "c.csv": [HEADER, [id_number(2), "陈二", "H2", "02 户主", "北街", "13900000001"]],
    "d.csv": [
        ["信访件编号", "信访人姓名", "信访日期", "答复日期"],
        ["X1", "陈一", "2024-06-01", "2024-06-20"], ["X2", "陈二", "2023-01-05", ""],
    ],
}
WRONG = {("a.csv", 3): (1, ""), ("b.csv", 2): (0, ""), ("c.csv", 1): (1, ""), ("d.csv", 2): (2, "")}
"""(file, line of RIGHT) → (column, what stood there): the rows that are refused. That of c.csv must not win over what
a.csv says of the same person, however late it is mended; X2 was not answered in a delivery that carries answers."""


def deliver(desk: Desk, *, right: bool) -> LoadReport:
    for file, rows in RIGHT.items():
        lines = [list(row) for row in rows]
        for (where, line), (column, text) in WRONG.items():
            if where == file and not right:
                lines[line][column] = text
        desk.csv(file, lines)
    return desk.load(*(desk.folder / file for file in RIGHT), provider="某村")


def graph_hash(desk: Desk) -> str:
    with desk.home.writer():
        return build_graph(desk.home, desk.ledger)[0].card.graph_hash


def correct(desk: Desk, load_id: str, name: str, change: Callable[[str, list[Any]], list[Any] | None]) -> Path:
    """The quarantine workbook of a load under another name, each row as `change(address, row)` returns it."""
    book = openpyxl.load_workbook(desk.home.load_dir(load_id) / "quarantine.xlsx")
    rows = {s.title: [["" if c is None else c for c in row] for row in s.iter_rows(values_only=True)] for s in book}
    sheets = {}
    for title, lines in rows.items():
        changed = [change(str(line[0]), line) for line in lines[1:]]
        sheets[title] = [lines[0], *(line for line in changed if line is not None)]
    return desk.workbook(name, **sheets)


def mend(load_id: str, *lines: tuple[str, int]) -> Callable[[str, list[Any]], list[Any]]:
    """A change that puts the right cell into these (file, line) of a load, and leaves the other rows as they are."""
    files = list(RIGHT)
    places = {f"{load_id}:{files.index(file) + 1}:{line + 1}": (file, line) for file, line in lines}

    def change(address: str, row: list[Any]) -> list[Any]:
        if address not in places:
            return row
        file, line = places[address]
        column = WRONG[file, line][0]
        return [*row[: 7 + column], RIGHT[file][line][column], *row[8 + column:]]
    return change


def records(desk: Desk) -> list[LoadRecord]:
    return desk.ledger.loads()


def test_a_corrected_workbook_gives_the_graph_of_a_file_that_was_right(desk: Desk, tmp_path: Path) -> None:
    calm = Desk(tmp_path / "calm")
    deliver(calm, right=True)
    base = deliver(desk, right=False)
    assert (base.read, base.loaded, base.quarantined) == (10, 5, 5)
    assert graph_hash(desk) != graph_hash(calm)
    report = desk.load(correct(desk, base.load_id, "q.xlsx", mend(base.load_id, *WRONG)))
    assert [(p.file, p.read, p.loaded, p.merged, p.quarantined) for p in report.parts] == [
        ("a.csv", 2, 1, 0, 1), ("b.csv", 1, 1, 0, 0), ("c.csv", 1, 1, 0, 0),
        ("d.csv", 1, 1, 0, 0),
    ]
    assert (report.corrects, report.mended, report.still_open, report.provider) == (base.load_id, 4, 0, "某村")
    assert report.messages[0].startswith(f"更正批次 {base.load_id}：新补正 4 行，共已补正 4 行，仍有 0 行未补正")
    assert graph_hash(desk) == graph_hash(calm)


def test_rows_may_be_mended_one_after_another_and_again(desk: Desk, tmp_path: Path) -> None:
    base = deliver(desk, right=False)
    calm = Desk(tmp_path / "calm")
    deliver(calm, right=True)
    first, second, third, fourth = WRONG
    before = graph_hash(desk)

    def wrongly(address: str, row: list[Any]) -> list[Any]:
        return [*row[:8], "错名", *row[9:]] if address == f"{base.load_id}:1:4" else row

    one = desk.load(correct(desk, base.load_id, "1.xlsx", wrongly))
    assert (one.mended, one.still_open) == (1, 3)
    two = desk.load(correct(desk, base.load_id, "2.xlsx", mend(base.load_id, first, second)))
    assert (two.mended, two.still_open) == (2, 2)
    assert two.messages[0].startswith(f"更正批次 {base.load_id}：新补正 1 行")
    left = correct(desk, two.load_id, "3.xlsx", mend(base.load_id, third, fourth))
    three = desk.load(left)
    assert (three.corrects, three.mended, three.still_open) == (base.load_id, 4, 0)
    assert graph_hash(desk) == graph_hash(calm)
    for load_id in (one.load_id, two.load_id, three.load_id):
        switch(desk.home, desk.ledger, load_id, withdraw=True)
    assert graph_hash(desk) == before
    assert refusals(desk.home, records(desk)[0], records(desk)).open == 4


def test_a_correction_counts_as_long_as_its_load_does(desk: Desk) -> None:
    base = deliver(desk, right=False)
    report = desk.load(correct(desk, base.load_id, "q.xlsx", mend(base.load_id, *WRONG)))
    whole = graph_hash(desk)
    switch(desk.home, desk.ledger, base.load_id, withdraw=True)
    with desk.home.writer():
        assert sum(build_graph(desk.home, desk.ledger)[0].card.counts.values()) == 0
    assert standing(desk.home, records(desk)[1], records(desk)) == WITHOUT_BASE
    switch(desk.home, desk.ledger, base.load_id, withdraw=False)
    assert graph_hash(desk) == whole
    path = desk.csv("new.csv", [HEADER, [id_number(9), "赵九", "H9", "", "", ""]])
    desk.csv("new2.csv", [PARCELS, ["P9", "别处", "2", "H9"]])
    desk.csv("new3.csv", [RIGHT["d.csv"][0], ["X9", "赵九", "2024-01-02", ""]])
    files = [path, desk.folder / "new2.csv", desk.folder / "new3.csv"]
    newer = desk.load(*files, provider="某村", replaces=True)
    assert [(c.table, c.withdrawn) for c in newer.changes] == [("parcels", 2), ("petitions", 2), ("residents", 3)]
    assert newer.replaces == (base.load_id,)
    assert standing(desk.home, records(desk)[1], records(desk)) == REPLACED
    alone = Desk(desk.folder.parent / "alone")
    alone.load(*files, provider="某村")
    assert graph_hash(desk) == graph_hash(alone)
    assert desk.load(desk.folder / "q.xlsx").load_id == report.load_id


def test_what_does_not_fit_a_workbook_is_corrected_as_csv(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(quarantine, "WORKBOOK_ROWS", 1)
    rows = [["机构编码", "机构名称"], ["", "=甲"], ["", "-乙"], ["", "丙"]]
    base = desk.load(desk.csv("o.csv", rows))
    folder = desk.home.load_dir(base.load_id)
    text = (folder / "quarantine-001.csv").read_text(encoding="utf-8-sig")
    assert "'-乙" in text
    mended = desk.text("back.csv", text.replace(",,'-乙", ",A2,'-乙").replace(",,丙", ",A3,丙"))
    book = correct(desk, base.load_id, "back.xlsx", lambda _, row: [*row[:7], "A1", *row[8:]])
    report = desk.load(book, mended)
    assert (report.mended, report.still_open) == (3, 0)
    assert {r["name"] for r in desk.rows(report, "organs")} == {"=甲", "-乙", "丙"}
    calm = Desk(tmp_path / "calm")
    calm.load(calm.csv("o.csv", [rows[0], *[[f"A{n}", row[1]] for n, row in enumerate(rows[1:], start=1)]]))
    assert graph_hash(desk) == graph_hash(calm)


def test_a_load_with_a_mapping_is_corrected_with_it(desk: Desk, tmp_path: Path) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "name: m\nfiles:\n  o:\n    when: [编号, 单位]\nrows:\n  - table: organs\n    fields: {code: 编号, name: 单位}\n"
    )
    base = desk.load(desk.csv("o.csv", [["编号", "单位"], ["A1", "甲"], ["", "乙"]]), mapping=mapping)
    book = correct(desk, base.load_id, "q.xlsx", lambda _, row: [*row[:7], "A2", *row[8:]])
    report = desk.load(book, mapping=mapping)
    assert (report.mended, report.still_open, report.mapping) == (1, 0, "m")
    calm = Desk(tmp_path / "calm")
    calm.load(calm.csv("o.csv", [["编号", "单位"], ["A1", "甲"], ["A2", "乙"]]), mapping=mapping)
    assert graph_hash(desk) == graph_hash(calm)
    other = desk.csv("p.csv", [["机构编码", "机构名称"], ["", "丙"]])
    native = desk.load(other)
    with pytest.raises(WrongCorrection, match="映射是 native"):
        desk.load(correct(desk, native.load_id, "r.xlsx", lambda _, row: [*row[:7], "A3", *row[8:]]), mapping=mapping)


JOINED = """name: m
files:
  o: {when: [编号, 单位号], join: {u: {file: u, key: 单位号, equals: 号, optional: true}}}
  u: {when: [号, 单位]}
rows:
  - {table: organs, from: o, fields: {code: 编号, name: u.单位}}
  - {table: organs, as: unit, from: u, fields: {code: {concat: [{const: U}, {column: 号}]}, name: 单位}}
"""


def test_a_row_that_was_joined_is_corrected_beside_the_files_it_is_joined_with(desk: Desk, tmp_path: Path) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text(JOINED)
    units = desk.csv("u.csv", [["号", "单位"], ["1", "甲"], ["2", "乙"]])
    base = desk.load(desk.csv("o.csv", [["编号", "单位号"], ["A1", "1"], ["", "2"]]), units, mapping=mapping)
    assert base.joined == ("u",)
    book = correct(desk, base.load_id, "q.xlsx", lambda _, row: [*row[:7], "A2", *row[8:]])
    with pytest.raises(WrongCorrection, match="连接了文件 u，请与更正的工作簿一起载入"):
        desk.load(book, mapping=mapping)
    with pytest.raises(WrongCorrection, match="映射所连接的文件除外"):
        desk.load(book, units, desk.csv("x.csv", [["机构编码", "机构名称"], ["A9", "丙"]]), mapping=mapping)
    report = desk.load(book, units, mapping=mapping)
    assert (report.mended, report.still_open, report.read, report.loaded) == (1, 0, 1, 1)
    calm = Desk(tmp_path / "calm")
    right = calm.csv("o.csv", [["编号", "单位号"], ["A1", "1"], ["A2", "2"]])
    calm.load(right, calm.csv("u.csv", [["号", "单位"], ["1", "甲"], ["2", "乙"]]), mapping=mapping)
    assert graph_hash(desk) == graph_hash(calm)


def test_only_refused_rows_can_be_corrected(desk: Desk) -> None:
    base = deliver(desk, right=False)

    def refused(name: str, change: Callable[[str, list[Any]], list[Any] | None], match: str, *more: Path) -> None:
        with pytest.raises(WrongCorrection, match=match):
            desk.load(correct(desk, base.load_id, name, change), *more)
        assert len(records(desk)) == 1

    refused("1.xlsx", lambda _, row: [f"{base.load_id}:{row[0].split(':')[1]}:2", *row[1:]], "第 2")
    refused("2.xlsx", lambda address, row: ["" if address.endswith(":4") else row[0], *row[1:]], "第 2 行的“出处”")
    refused("3.xlsx", lambda _, row: ["ffffffffffff:1:2", *row[1:]], "没有载入")
    refused("4.xlsx", lambda _, row: ["错", *row[1:]], "第 2 行的“出处”")
    refused("5.xlsx", lambda _, row: row, "单独载入", desk.folder / "b.csv")
    lost = desk.csv("8.csv", [["出处", "机构编码", "机构名称"], [f"{base.load_id}:1:4", "A1", "甲"]])
    with pytest.raises(WrongCorrection, match="前七列"):
        desk.load(lost)
    with pytest.raises(WrongCorrection, match="全量"):
        desk.load(correct(desk, base.load_id, "6.xlsx", lambda _, row: row), replaces=True)
    switch(desk.home, desk.ledger, base.load_id, withdraw=True)
    refused("7.xlsx", lambda _, row: row, "已撤回")


def test_a_column_of_that_name_makes_no_correction(desk: Desk) -> None:
    report = desk.load(desk.csv("1.csv", [["出处", "机构编码", "机构名称"], ["县志", "A1", "甲"]]))
    assert (report.corrects, report.loaded, report.parts[0].unknown_columns) == ("", 1, ("出处",))


def test_a_rehearsed_correction_keeps_nothing_and_names_no_value(desk: Desk) -> None:
    base = deliver(desk, right=False)
    book = correct(desk, base.load_id, "q.xlsx", mend(base.load_id, *WRONG))
    report = desk.load(book, dry_run=True)
    assert (report.mended, report.still_open, len(records(desk))) == (4, 0, 1)
    assert not [name for name in ("陈一", "陈二", id_number(1)) if name in str(report.to_dict())]
    assert refusals(desk.home, records(desk)[0], records(desk)).open == 4


def test_a_look_at_corrections_says_which_load_they_mend(desk: Desk) -> None:
    told = deliver(desk, right=False)
    seen = preview([desk.home.load_dir(told.load_id) / "quarantine.xlsx"])
    assert {one.table for one in seen} == {"corrections"}
    assert all(told.load_id in one.why for one in seen)
