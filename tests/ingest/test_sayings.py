"""Rows that say the same are one row, and no two that differ ever are, whatever tells them apart."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import SeveralUnreadable
from ingest.load import preview
from tests.ingest.desk import Desk

HEADER = ["户号", "姓名", "联系电话", "现住址", "备注"]
ROW = st.tuples(
    st.sampled_from(["H00001", "H00002", "H00003", ""]), st.sampled_from(["张三", "李四", " 张三"]),
    st.sampled_from(["13800000001", "１３８00000001", "13900000002", ""]), st.sampled_from(["云岭村1号", "云岭村2号"]),
    st.sampled_from(["", "甲", "乙"]),
)


def said(row: tuple[str, ...]) -> tuple[str, ...]:
    """What a row says when its values are cleaned."""
    return tuple(cell.strip().replace("１３８", "138") for cell in row)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(ROW, min_size=1, max_size=30), numbered=st.booleans(), split=st.integers(0, 30))
def test_as_many_rows_load_as_say_something_else(rows: list[tuple[str, ...]], numbered: bool, split: int) -> None:
    if numbered:  # the first column tells every row from the others, so the rest is not asked for a hash
        rows = [(f"N{at:05d}", *row[1:]) for at, row in enumerate(rows)] + [("N00000", *row[1:]) for row in rows[:3]]
    with tempfile.TemporaryDirectory() as place:
        desk = Desk(Path(place))
        parts = [part for part in (rows[:split], rows[split:]) if part]
        files = [desk.csv(f"{at}.csv", [HEADER, *map(list, part)]) for at, part in enumerate(parts)]
        report = desk.load(*files)
    assert sum(part.loaded for part in report.parts) == len(set(map(said, rows)))
    assert sum(part.merged for part in report.parts) == len(rows) - len(set(map(said, rows)))


@pytest.mark.parametrize("first", ["ID", "1号", "#"])
def test_a_header_in_latin_letters_is_known_again_further_down(desk: Desk, first: str) -> None:
    mapping = desk.folder / "m.yaml"
    mapping.write_text(
        f"name: m\ntitle: 甲\nfiles:\n  people: {{when: ['{first}', 姓名]}}\nrows:\n  - table: residents\n"
        f"    from: people\n    fields: {{person_key: '{first}', name: 姓名}}\n", encoding="utf-8",
    )
    report = desk.load(desk.csv("a.csv", [[first, "姓名"], ["a1", "张三"], [first, "姓名"], ["a2", "李四"]]), mapping=mapping)
    assert [(part.read, part.loaded, part.quarantined) for part in report.parts] == [(2, 2, 0)]


def test_all_bad_files_are_named(desk: Desk) -> None:
    for name in ("b.csv", "a.csv"):
        (desk.folder / name).write_bytes("姓名,户号\n".encode() + b"\xe5\xbc\n\xff\xff,1\n")
    desk.csv("c.csv", [["姓名", "户号"], ["张三", "H1"]])
    with pytest.raises(SeveralUnreadable, match=r"a\.csv .*b\.csv "):
        desk.load()
    assert [(p.file, p.table, p.why[:3]) for p in preview([desk.folder])] == [
        ("c.csv", "residents", "第 1"), ("a.csv", "", "读不了"), ("b.csv", "", "读不了"),
    ]


def test_a_number_that_two_differing_rows_bear_is_told_with_both_places(desk: Desk) -> None:
    header = ["信访件编号", "信访人姓名", "信访日期", "标题", "信访形式"]
    report = desk.load(desk.csv("a.csv", [
        header, ["XF0001", "张三", "2024-03-01", "占用耕地", "来访"], ["XF0002", "王五", "2024-03-01", "路灯不亮", "来访"],
        ["XF0001", "李四", "2024-03-02", "邻居噪音", "来访"], ["XF0002", "王五", "2024-03-01", "路灯不亮", "来访"],
    ]))
    (told,) = [line for line in report.messages if "编号" in line]
    assert told.startswith("信访件：1 个编号不止一行而内容不同（如 a.csv 第2行、a.csv 第4行）")
    assert "张三" not in told
