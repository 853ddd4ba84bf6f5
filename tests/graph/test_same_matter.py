"""Which cases are one matter: by declaration, by parcel, by category, place and similar words. All messages are made up."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta

import duckdb
import pyarrow as pa
import pytest

from graph.build.alike import alike, encode, sketch
from graph.build.matters import find_matters
from graph.build.placewords import districts, places, without_places
from graph.build.sameness import Limits, Place, Said, place

GARDEN = "阳光花城小区"
SMOKE = [
    ("{p}底层餐馆油烟扰民", "{p}一楼开了三家餐馆，没有专用烟道，油烟直接排到楼道，晚上营业到凌晨，炒菜和划拳的噪音让居民无法休息，请查处。"),
    ("{p}楼下餐馆营业到凌晨，噪音和油烟让人受不了", "住在{p}三栋，楼下餐馆每晚营业到凌晨，油烟飘进卧室，噪音让居民无法休息，多次找物业没有结果，请查处。"),
    ("城东区{p}餐馆没有烟道", "{p}的餐馆没有专用烟道，油烟排到楼道，家里不敢开窗，请查处违规经营的餐馆。"),
]
CRACKS = ("{p}外墙瓷砖脱落", "{p}五栋外墙瓷砖整片掉下来，砸坏了两辆汽车，维修基金迟迟批不下来，希望督促物业尽快维修外墙。")


def grouped(
    messages: list[tuple[str, str, str, str]], order: int = 0, threads: int = 2, rejected: tuple[tuple[int, int], ...] = (),
) -> set[frozenset[int]]:
    """The matters of several messages (title, text, category, area), as numbers of the messages."""
    rows = [(f"c:{n:03}", t, b, c or None, a or None, str(date(2024, 1, 1) + timedelta(days=n))) for n, (t, b, c, a) in enumerate(messages)]
    random.Random(order).shuffle(rows)
    connection = duckdb.connect(config={"threads": threads})
    columns = ("id", "title", "body", "category", "area_code", "on_day")
    connection.register("said", pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(columns)}))
    connection.execute("""
        CREATE SCHEMA graph; CREATE TABLE matter_order AS FROM said;
        CREATE TABLE link_verdicts (a VARCHAR, b VARCHAR, verdict VARCHAR);
        CREATE TABLE graph."SAME_MATTER.Case.Case" (
            from_id VARCHAR, to_id VARCHAR, test VARCHAR, score DOUBLE, ref VARCHAR, ord BIGINT)""")
    for a, b in rejected:
        connection.execute("INSERT INTO link_verdicts VALUES (?, ?, 'reject')", [f"c:{a:03}", f"c:{b:03}"])
    find_matters(connection)
    edges = connection.execute('SELECT from_id, to_id, test, score FROM graph."SAME_MATTER.Case.Case"').fetchall()
    assert all(test == "category_place_text" and 0 < score <= 1 and later > earlier for later, earlier, test, score in edges)
    found: dict[str, set[int]] = {}
    for case, matter in connection.execute("SELECT id, matter_id FROM matters").fetchall():
        assert matter <= case
        found.setdefault(matter, set()).add(int(case[2:]))
    assert len(edges) == sum(len(group) - 1 for group in found.values())
    return {frozenset(group) for group in found.values()}


def said(pattern: tuple[str, str], name: str, category: str = "", area: str = "") -> tuple[str, str, str, str]:
    return pattern[0].format(p=name), pattern[1].format(p=name), category, area


def test_complaints_in_different_words_about_one_place_are_one_matter() -> None:
    assert grouped([said(pattern, GARDEN) for pattern in SMOKE]) == {frozenset({0, 1, 2})}


def test_what_somebody_rejected_is_no_matter_by_words_nor_through_a_third() -> None:
    messages = [said(pattern, GARDEN) for pattern in SMOKE]
    for pair in ((0, 1), (1, 2), (0, 2)):
        (group,) = grouped(messages, rejected=(pair,))
        assert len(group) == 2
        assert not set(pair) <= group


def test_another_subject_in_the_same_place_is_another_matter() -> None:
    assert grouped([*(said(pattern, GARDEN) for pattern in SMOKE), said(CRACKS, GARDEN)]) == {frozenset({0, 1, 2})}


@pytest.mark.parametrize("other", ["碧水湾小区", "文昌路森林家园", "城东区翠竹苑", "锦绣公寓"])
def test_equal_words_about_another_place_are_another_matter(other: str) -> None:
    assert grouped([said(SMOKE[0], GARDEN), said(SMOKE[0], other)]) == set()


def test_a_copied_message_about_another_school_is_another_matter() -> None:
    words = "我是{p}的学生，学校要求全体学生到指定工厂实习半年，不去就不发毕业证，实习工资很低，希望得到帮助。"
    pattern = ("{p}强制学生实习", words)
    assert grouped([said(pattern, "东江理工学院"), said(pattern, "南湖商贸职业技术学院")]) == set()
    assert grouped([said(pattern, "东江理工学院"), said(pattern, "滨海东江理工学院")]) == {frozenset({0, 1})}


def test_messages_that_name_no_place_are_one_matter_only_when_nearly_equal() -> None:
    licence = ("网上申请驾驶证换证一直无人受理", "在网上提交驾驶证期满换证申请已经一个星期，系统一直显示待受理，电话也无人接听，请问怎么办。")
    again = (licence[0] + "！", licence[1] + "谢谢！")
    other = ("网上办理护照预约不上", "在网上预约办理护照，系统一直显示名额已满，电话也无人接听，请问怎么办。")
    assert grouped([(*licence, "", ""), (*again, "", ""), (*other, "", "")]) == {frozenset({0, 1})}


def test_another_bus_line_or_district_is_another_matter() -> None:
    bus = "{p}公交车早上经常不按时发车，等了四十分钟没有来，上班迟到，电话打不通，希望公交部门加强管理。"
    assert grouped([said(("{p}公交车不按时发车", bus), line) for line in ("205路", "208路")]) == set()
    tax = "{p}乡村医生的执业许可证一直没有发，材料交了三年，多次询问都说再等等，希望尽快发放执业许可证。"
    assert grouped([said(("请给{p}乡村医生发执业许可证", tax), county) for county in ("K3县", "K5县")]) == set()


def test_category_and_division_must_not_contradict() -> None:
    here, there = "330199101201", "330199101202"
    smoke = SMOKE[0]
    assert grouped([said(smoke, GARDEN, "环境", here), said(smoke, GARDEN, "环境", here)]) == {frozenset({0, 1})}
    assert grouped([said(smoke, GARDEN, "环境", here), said(smoke, GARDEN, "城建", here)]) == set()
    assert grouped([said(smoke, GARDEN, "环境", here), said(smoke, GARDEN, "环境", there)]) == set()
    assert grouped([said(smoke, GARDEN, "环境", here), said(smoke, GARDEN, "环境", "330199101000")]) == {frozenset({0, 1})}


def test_one_village_and_category_need_similar_words() -> None:
    village = "330199101201"
    drain = ("要求恢复水渠", "上游修路填掉了水渠，二组有五户的田插不了秧，请求派人到现场看一看。")
    again = ("要求恢复被截断的水渠", "您好，上游修路填掉了水渠，二组有五户的田插不了秧，盼早日答复。")
    other = ("反映补贴名单有误", "种粮补贴公示里没有我家，询问时说系统里户名不对，请求派人到现场看一看。")
    assert grouped([(*drain, "农业", village), (*again, "农业", village), (*other, "农业", village)]) == {frozenset({0, 1})}


@pytest.mark.parametrize("order", range(4))
def test_matters_depend_on_no_order_of_rows_and_no_number_of_threads(order: int) -> None:
    messages = [said(p, name) for name in (GARDEN, "碧水湾小区", "锦绣公寓") for p in (*SMOKE, CRACKS)]
    assert grouped(messages, order, threads=1 + order % 2) == grouped(messages)
    assert grouped(messages) == {frozenset({n, n + 1, n + 2}) for n in (0, 4, 8)}


def test_a_chain_of_cases_that_are_not_alike_on_the_whole_does_not_join() -> None:
    """Each message shares half its words with the next one; the first and the last share none."""
    pieces = ["餐馆油烟排到楼道", "电梯停运无人维修", "车库积水淹坏汽车", "围墙倒塌没有修复", "路灯不亮摔伤老人", "快递柜占用消防通道",
              "垃圾站臭味飘进卧室", "儿童乐园设施生锈", "水压不足无法洗澡", "广场舞音响开到深夜"]
    messages = [(GARDEN, f"{GARDEN}{a}，{b}。", "", "") for a, b in itertools.pairwise(pieces)]
    groups = grouped(messages)
    assert len(groups) > 1
    assert max(map(len, groups)) < len(messages)


def test_a_crowd_of_equal_keys_is_compared_in_proportion() -> None:
    """Two hundred subjects in one compound stay two hundred matters, and a repeated one is found."""
    dice = random.Random(7)
    words = ["".join(chr(dice.randrange(0x4E00, 0x9FA5)) for _ in range(30)) for _ in range(200)]
    messages = [(f"{GARDEN}问题", f"{GARDEN}，{text}。", "", "") for text in [*words, words[3]]]
    rows = grouped([(t, b, "", "") for t, b, *_ in messages])
    assert frozenset({3, 200}) in rows


def test_names_are_read_with_their_level() -> None:
    found = [(level, name) for level, name, *_ in places("请查处城东区劳动东路阳光花城小区和长岭镇清水村的问题，政府不管")]
    assert found == [(2, "劳动东路"), (3, "阳光花城"), (1, "长岭镇"), (2, "清水村")]
    assert districts("城东区和A3区的小区") == {"城东", "A3"}
    assert "阳光花城" not in without_places("阳光花城小区油烟")
    assert "油烟" in without_places("阳光花城小区油烟")


def test_likeness_is_one_for_equal_and_zero_for_strange_texts() -> None:
    texts = [encode(text) for text in ("油烟排到楼道无法休息", "油烟排到楼道无法休息", "电梯停运", "")]
    assert alike([texts[0]] * 3, texts[1:]) == [1.0, 0.0, 0.0]
    assert alike(texts[1:], [texts[0]] * 3) == [1.0, 0.0, 0.0]
    assert set(sketch("阳光花城的油烟一直没有人管")) == set(sketch("阳光花城的油烟，一直没有人管！"))


def test_the_narrower_the_place_the_less_words_need_to_be_alike() -> None:
    limits = Limits()
    order = [limits.least(place) for place in (Place.NAMED, Place.ROAD, Place.VILLAGE, Place.UNKNOWN, Place.OTHER)]
    assert order == sorted(order)
    assert order[-1] > 1
    a, b = Said.of("劳动东路阳光花城小区油烟", ""), Said.of("万科阳光花城的油烟", "")
    assert place(a, b) is place(b, a) is Place.NAMED
    assert place(a, Said.of("劳动东路翠竹苑小区油烟", "")) is Place.OTHER
