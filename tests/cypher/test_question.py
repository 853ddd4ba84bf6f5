"""Rows in words and in order."""

from cypher.question import Column, Part

KIND = Column("kind", "text", "种类", "kind", {"strong": "强", "weak": "弱"})
NAME = Column("name", "text", "名称", "name", {})
IDS = Column("ids", "ids", "标识", "ids", {})
CERTAIN = Column("certain", "bool", "确定", "certain", {})


def part(*order: tuple[str, bool], sentence: str = "") -> Part:
    return Part("main", "", (KIND, NAME, IDS, CERTAIN), order, (), sentence, "", {}, frozenset())


def row(kind: str | None = None, name: str | None = None) -> dict[str, object]:
    return {"kind": kind, "name": name, "ids": ["a", "b"], "certain": True}


def test_a_sentence_reads_codes_lists_and_gaps_in_words() -> None:
    said = part(sentence="{kind}：{name}（{ids}，{certain}）").say(row("strong"))
    assert said == "强：（a、b，是）"



def test_what_stands_in_brackets_is_said_only_where_a_field_says_anything() -> None:
    sentence = part(sentence="{name}[，{kind}][：{ids}]。")
    assert sentence.say({**row("strong", "甲"), "ids": []}) == "甲，强。"
    assert sentence.say({**row(None, "甲"), "ids": None}) == "甲。"


def test_nothing_has_a_word_where_the_question_gives_it_one() -> None:
    column = Column("performed", "text", "履行情况", "", {"yes": "已履行", "": "无协议"})
    assert (column.words(None), column.words(""), column.words("yes")) == ("无协议", "无协议", "已履行")


def test_coded_values_sort_as_declared_and_nulls_come_last() -> None:
    rows = [row(None, "a"), row("weak", "b"), row("strong", "c")]
    part(("kind", False)).sort(rows)
    assert [r["kind"] for r in rows] == ["strong", "weak", None]


def test_descending_keeps_nulls_last_and_the_next_column_decides() -> None:
    rows = [row("weak", None), row("weak", "a"), row("strong", "a"), row("weak", "b")]
    part(("name", True), ("kind", False)).sort(rows)
    assert [(r["name"], r["kind"]) for r in rows] == [("b", "weak"), ("a", "strong"), ("a", "weak"), (None, "weak")]


def test_what_the_order_leaves_open_does_not_depend_on_the_engine() -> None:
    found = [row("weak", "b") | {"certain": certain} for certain in (True, False, None)] + [row("weak", "a"), row(None, "b")]
    one, other = list(found), list(reversed(found))
    part(("kind", True)).sort(one)
    part(("kind", True)).sort(other)
    assert one == other
