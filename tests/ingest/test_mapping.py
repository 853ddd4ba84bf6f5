"""A mapping is checked whole, by file and line; what it says becomes rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import MappingError, NothingRecognised
from ingest.mapping import load_mapping, read_mapping
from tests.ingest.desk import Desk

TOP = "name: m\nfiles:\n  f:\n    when: [号, 人, 日]\n    optional: [注]\nrows:\n"
PETITION = "  - table: petitions\n    fields:\n      number: 号\n      petitioner: 人\n      petitioned_on: 日\n"


def with_field(line: str) -> str:
    return TOP + PETITION + f"      {line}\n"


# what is wrong, the mapping, the line it must name, a word of the sentence
WRONG = [
    ("no YAML", "name: [", 1, "YAML"),
    ("empty", "", 1, "空"),
    ("no rows", "name: m\nfiles:\n  f:\n    when: [号]\n", 1, "rows"),
    ("unknown top key", TOP + PETITION + "extra: 1\n", 12, "extra"),
    ("a key twice", "name: m\nname: n\n", 2, "两次"),
    ("unknown table", TOP + "  - table: cars\n    fields: {}\n", 7, "cars"),
    ("unknown field", with_field("colour: 人"), 12, "colour"),
    ("required field missing", TOP + "  - table: petitions\n    fields:\n      number: 号\n", 9, "petitioned_on"),
    ("one of several missing", TOP + "  - table: responsibilities\n    fields: {case_number: 号, duty: {const: handler}}\n", 8, "officia"),
    ("constant outside the code table", with_field("channel: {const: pigeon}"), 12, "pigeon”不在代码表 channel 中，可写 visit"),
    ("value map outside the code table", with_field("channel: {column: 注, map: {a: online, b: pigeon}}"), 12, "pigeon"),
    ("unknown step", with_field("remark: {column: 注, upper: 1}"), 12, "upper"),
    ("no source of a value", with_field("remark: {last: 2}"), 12, "开头"),
    ("two sources of a value", with_field("remark: {column: 注, const: x}"), 12, "开头"),
    ("pattern without group", with_field('remark: {column: 注, pattern: "a"}'), 12, "括号组"),
    ("pattern that RE2 lacks", with_field('remark: {column: 注, pattern: "(?=a)(b)"}'), 12, "RE2"),
    ("split from nothing", with_field('remark: {column: 注, split: {by: "", index: 1}}'), 12, "by"),
    ("number is no number", with_field("remark: {column: 注, last: x}"), 12, "整数"),
    ("slice upside down", with_field("remark: {column: 注, slice: [3, 1]}"), 12, "slice"),
    ("unknown reference", with_field("parcel: {ref: plot}"), 12, "plot"),
    ("wrong end", with_field("parcel: {ref: unit}")
     + "  - table: organs\n    as: unit\n    fields: {code: 号, name: 人}\n", 12, "接错了一端"),
    ("a reference where none belongs", with_field("status: {ref: unit}")
     + "  - table: organs\n    as: unit\n    fields: {code: 号, name: 人}\n", 12, "接错了一端"),
    ("two targets of one name", TOP + PETITION + PETITION, 12, "重复"),
    ("from names no file", TOP + PETITION.replace("petitions\n", "petitions\n    from: g\n"), 8, "g"),
    ("unknown join file", TOP.replace("rows:", "    join: {x: {file: g, key: 号, equals: 号}}\nrows:") + PETITION, 6, "g"),
]


@pytest.mark.parametrize(("text", "line", "word"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_what_is_wrong_is_named_by_file_and_line(text: str, line: int, word: str) -> None:
    with pytest.raises(MappingError, match=rf"m\.yaml:{line}：") as raised:
        read_mapping(text, "m.yaml")
    assert word in str(raised.value)


def test_the_mapping_the_errors_start_from_is_right() -> None:
    assert [t.table.name for t in read_mapping(TOP + PETITION, "m.yaml").targets] == ["petitions"]


def test_an_unknown_column_names_the_line_and_the_file_before_a_row_is_read(desk: Desk) -> None:
    path = desk.csv("数据.csv", [["号", "人", "日"], ["1", "甲", "2024-03-05"]])
    mapping = _mapping(desk, with_field("remark: 没有的列"))
    with pytest.raises(MappingError, match=r"m\.yaml:12：文件 数据\.csv 没有列“没有的列”"):
        desk.load(path, mapping=mapping)
    assert desk.ledger.loads() == []


def test_an_unknown_column_of_a_joined_file_names_the_line(desk: Desk) -> None:
    desk.csv("f.csv", [["号", "人", "日"], ["1", "甲", "2024-03-05"]])
    desk.csv("g.csv", [["号", "地"], ["1", "东"]])
    text = (TOP.replace("rows:", "    join: {g: {file: g, key: 号, equals: 号}}\n  g:\n    when: [号, 地]\nrows:") + PETITION)
    mapping = _mapping(desk, text.replace("table: petitions", "table: petitions\n    from: f") + "      remark: g.人\n")
    with pytest.raises(MappingError, match=r"m\.yaml:16：文件 g\.csv 没有列“人”"):
        desk.load(mapping=mapping)


def test_a_joined_file_that_is_missing_is_named(desk: Desk) -> None:
    desk.csv("f.csv", [["号", "人", "日"], ["1", "甲", "2024-03-05"]])
    text = TOP.replace("rows:", "    join: {g: {file: g, key: 号, equals: 号}}\n  g:\n    when: [号, 地]\nrows:") + PETITION
    mapping = _mapping(desk, text.replace("table: petitions", "table: petitions\n    from: f") + "      remark: g.地\n")
    with pytest.raises(MappingError, match=r"缺少要连接的文件“g”"):
        desk.load(mapping=mapping)


def test_files_of_another_shape_are_said(desk: Desk) -> None:
    path = desk.csv("f.csv", [["a", "b"], ["1", "2"]])
    with pytest.raises(NothingRecognised, match="号、人、日"):
        desk.load(path, mapping=_mapping(desk, TOP + PETITION))


def test_a_header_that_comes_near_is_said_with_what_it_lacks(desk: Desk) -> None:
    path = desk.csv("f.csv", [["号", "人 ", "日期"], ["1", "王小明", "2020-01-01"]])
    with pytest.raises(NothingRecognised, match=r"f\.csv，近似 f，缺 日（表头：号、人、日期）"):
        desk.load(path, mapping=_mapping(desk, TOP + PETITION))


def test_a_row_that_may_be_no_header_is_never_shown(desk: Desk) -> None:
    path = desk.csv("f.csv", [["王小明", "人", "330127198001010010", "13800000000"], ["李四", "日", "1", "2"]])
    for options in ({"mapping": _mapping(desk, TOP + PETITION)}, {}):
        with pytest.raises(NothingRecognised) as told:
            desk.load(path, **options)
        assert not [text for text in ("王小明", "李四", "330127", "138000") if text in str(told.value)]


@pytest.mark.parametrize("name", ["nothing", "no/such.yaml"])
def test_a_mapping_that_is_not_there(name: str) -> None:
    with pytest.raises(MappingError, match="wenzheng"):
        load_mapping(name)


# expression, cell, value
VALUES = [
    ("注", " 甲 ", "甲"), ("注", "无", None), ('"x-{注}"', "甲", "x-甲"), ('"x-{注}"', "-", None),
    ("{const: 固定}", "", "固定"), ("{first_of: [注, 人]}", "", "某"), ("{first_of: [注, 人]}", "甲", "甲"),
    ("{concat: [注, {const: a}]}", "甲", "甲a"), ('{column: 注, split: {by: "/", index: 2}}', "甲/乙/丙", "乙"),
    ('{column: 注, split: {by: "/", index: -1}}', "甲/乙/丙", "丙"), ('{column: 注, split: {by: "/", index: 9}}', "甲", None),
    ('{column: 注, pattern: "^(.+?)街道"}', "龙田街道办", "龙田"), ('{column: 注, pattern: "^(.+?)街道"}', "局", None),
    ("{column: 注, map: {甲: 乙, else: 丙}}", "甲", "乙"), ("{column: 注, map: {甲: 乙, else: 丙}}", "丁", "丙"),
    ("{column: 注, map: {甲: 乙}}", "丁", None), ("{column: 注, first: 2}", "甲乙丙", "甲乙"), ("{column: 注, last: 2}", "甲乙丙", "乙丙"),
    ("{column: 注, slice: [2, 3]}", "甲乙丙丁", "乙丙"), ("{column: 注, pad: 4}", "12", "0012"), ("{column: 注, pad: 2}", "123", "123"),
    ("{column: 注, last: 2, pad: 3}", "4567", "067"), ("{template: \"{人}{注}\"}", "1", "某1"),
    ("{const: \"it's ' x\"}", "", "it's ' x"), ('{column: 注, map: {"a''b": "c"}}', "甲", None),
]


@pytest.mark.parametrize(("expression", "cell", "value"), VALUES)
def test_what_an_expression_gives(desk: Desk, expression: str, cell: str, value: str | None) -> None:
    path = desk.csv("f.csv", [["号", "人", "日", "注"], ["1", "某", "2024-03-05", cell]])
    report = desk.load(path, mapping=_mapping(desk, with_field(f"remark: {expression}")))
    assert desk.rows(report, "petitions")[0].get("remark") == value


@settings(max_examples=10, deadline=None)
@given(const=st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=5, max_size=30))
def test_no_text_of_a_mapping_gets_out_of_its_quotes(tmp_path_factory: pytest.TempPathFactory, const: str) -> None:
    desk = Desk(tmp_path_factory.mktemp("quotes"))
    quoted = '"' + const.replace("\\", "\\\\").replace('"', '\\"') + '"'
    path = desk.csv("f.csv", [["号", "人", "日"], ["1", "某", "2024-03-05"]])
    report = desk.load(path, mapping=_mapping(desk, with_field(f"remark: {{const: {quoted}}}")))
    assert desk.rows(report, "petitions")[0]["remark"] == const


ORGAN_AND_DUTY = TOP + PETITION + """\
  - table: organs
    as: unit
    distinct: true
    only_if: 注
    fields: {code: 注, name: "{注}局"}
  - table: responsibilities
    only_if: {column: 注, in: [A, B]}
    fields: {case_number: {ref: petitions}, duty: {const: handler}, organ: {ref: unit}}
"""


def test_one_row_becomes_several_and_a_thing_spoken_of_twice_is_written_once(desk: Desk) -> None:
    rows = [["1", "甲", "2024-03-05", "A"], ["2", "乙", "2024-03-05", "A"], ["3", "丙", "2024-03-05", "-"],
            ["4", "丁", "2024-03-05", "C"], ["1", "甲", "2024-03-05", "A"]]
    report = desk.load(desk.csv("f.csv", [["号", "人", "日", "注"], *rows]), mapping=_mapping(desk, ORGAN_AND_DUTY))
    part = report.parts[0]
    assert (part.read, part.loaded, part.merged, part.quarantined) == (5, 4, 1, 0)
    assert [(o["code"], o["name"], o["row"]) for o in desk.rows(report, "organs")] == [("A", "A局", 2), ("C", "C局", 5)]
    assert [(d["case_number"], d["organ"]) for d in desk.rows(report, "responsibilities")] == [("1", "A"), ("2", "A")]
    assert report.tables == {"petitions": 4, "organs": 2, "responsibilities": 2}


def test_a_refused_target_refuses_the_row_with_all_it_made(desk: Desk) -> None:
    path = desk.csv("f.csv", [["号", "人", "日", "注"], ["1", "甲", "没有日期", "A"], ["2", "乙", "2024-03-05", "B"]])
    report = desk.load(path, mapping=_mapping(desk, ORGAN_AND_DUTY))
    part = report.parts[0]
    assert (part.loaded, part.quarantined, part.refusals) == (1, 1, {"date.form": 1})
    assert [o["code"] for o in desk.rows(report, "organs")] == ["B"]


def test_an_optional_target_does_not_refuse_its_row(desk: Desk) -> None:
    text = TOP + PETITION + "  - table: organs\n    optional: true\n    fields: {code: 注, name: 人}\n"
    report = desk.load(desk.csv("f.csv", [["号", "人", "日", "注"], ["1", "甲", "2024-03-05", ""]]), mapping=_mapping(desk, text))
    assert (report.loaded, report.quarantined, report.tables) == (1, 0, {"petitions": 1})
    assert desk.issues(report) == [(1, 2, "注", "required.missing")]


def test_a_row_without_any_target_is_unused_and_counts_as_no_refusal(desk: Desk) -> None:
    text = (TOP + PETITION).replace("    fields:\n      number", "    only_if: {column: 注, empty: true}\n    fields:\n      number")
    rows = [["1", "甲", "2024-03-05", "x"], ["2", "乙", "2024-03-05", ""]]
    report = desk.load(desk.csv("f.csv", [["号", "人", "日", "注"], *rows]), mapping=_mapping(desk, text), max_reject_share=0)
    assert report.parts[0].refusals == {"row.unused": 1}
    assert [p["number"] for p in desk.rows(report, "petitions")] == ["2"]


def test_a_join_gives_the_first_value_that_is_not_empty(desk: Desk) -> None:
    desk.csv("f.csv", [["号", "人", "日"], ["1", "甲", "2024-03-05"], ["2", "乙", "2024-03-05"]])
    desk.csv("g.csv", [["号", "地"], ["1", ""], ["1", "东"], ["1", "西"]])
    text = TOP.replace("rows:", "    join: {g: {file: g, key: 号, equals: 号}}\n  g:\n    when: [号, 地]\nrows:") + PETITION
    text = text.replace("table: petitions", "table: petitions\n    from: f") + "      place: g.地\n"
    report = desk.load(mapping=_mapping(desk, text))
    assert [(p["number"], p.get("place")) for p in desk.rows(report, "petitions")] == [("1", "东"), ("2", None)]
    assert [p.file for p in report.parts] == ["f.csv"]


def _mapping(desk: Desk, text: str) -> Path:
    path = desk.folder.parent / "m.yaml"
    path.write_text(text, encoding="utf-8")
    return path
