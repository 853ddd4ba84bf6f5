"""Who may be whom below certain: each rule by name, on people of its own in a county of a few rows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from graph.model import MODEL
from graph.resolve.candidates import find_candidates
from graph.resolve.comparisons import COMPARISONS
from tests.graph.identity_county import IdentityCounty, villages

V = villages(range(40))
PHONE = "1380000{:04d}".format


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> IdentityCounty:
    made = IdentityCounty(tmp_path_factory.mktemp("identity"))
    _written_otherwise(made)
    _told_apart(made)
    return made.build()


def _written_otherwise(c: IdentityCounty) -> None:
    """Records of people whose names, addresses or households are written in another way, and of their relatives."""
    c.resident("alone", "孙立群", "1970-01-02", V[0], phone=PHONE(1), door="1号")
    c.letter("alone letter", "孙立群", V[0])
    c.resident("script", "张伟国", "1971-01-02", V[1], phone=PHONE(2), door="2号")
    c.letter("script letter", "張偉國", V[1], phone=PHONE(2))
    c.resident("day", "李有田", "1972-01-02", V[2], phone=PHONE(3), door="3号")
    c.old("day old", "李有田", V[2], born="1972年1月2日", phone=PHONE(103))
    c.resident("door", "周水生", "1973-01-02", V[3], phone=PHONE(4), door="14号")
    c.letter("door letter", "周水生", V[3], door="3组十四号")
    c.resident("home", "吴阿毛", "1974-01-02", V[4], door="5号", house="H4")
    c.resident("home wife", "郑秀英", "1975-01-02", V[4], door="5号", house="H4")
    c.old("home old", "吴阿毛", V[4], house="OLD4", head="郑秀英")
    for at in range(3):
        c.resident(f"three {at}", "张伟", f"198{at}-05-06", V[5], phone=PHONE(10 + at), door=f"{at + 1}号")
    c.letter("three letter", "张伟", V[5])
    c.letter("three phone", "張偉", V[5], phone=PHONE(11))
    c.resident("father", "何大山", "1950-01-02", V[6], phone=PHONE(20), door="6号")
    c.letter("son", "何小山", V[6], phone=PHONE(20), door="6号")
    c.resident("renamed", "曹招弟", "1966-07-08", V[20], door="21号")
    c.old("renamed old", "曹立新", V[20], born="1966-07-08", door="21号")
    c.old("born that day", "魏东升", V[20], born="1966-07-08", door="22号")
    c.resident("variant", "王哲", "1976-01-02", V[7], phone=PHONE(30), door="7号")
    c.letter("variant one", "王喆", V[7], phone=PHONE(30))
    c.old("variant two", "王喆", V[7], born="1976-01-02", door="7号", phone=PHONE(130))
    c.resident("masked", "冯玉兰", "1977-01-02", V[8], phone=PHONE(40), door="8号")
    c.letter("masked letter", "冯某", V[8], phone=PHONE(40), door="8号")
    c.letter("case", "陈建华", V[9], phone=PHONE(50), door="9号")
    c.signer("case signer", "case", "陳建華", V[9], phone=PHONE(50), door="9号")
    c.old("house one", "蒋文", V[10], house="OLD10", door="10号", phone=PHONE(60))
    c.old("house two", "蔣文", V[10], house="OLD10", door="10号", phone=PHONE(60))


def _told_apart(c: IdentityCounty) -> None:
    """Records that numbers, birth dates, phones or namesakes keep apart or in doubt, and an official."""
    c.resident("number one", "沈国强", "1978-01-02", V[11], phone=PHONE(70), door="11号")
    c.resident("number two", "沈国强", "1978-01-02", V[11], phone=PHONE(70), door="11号")
    c.resident("born", "韩冬梅", "1979-01-02", V[12], phone=PHONE(80), door="12号")
    c.old("born other", "韩冬梅", V[12], born="1991-08-09", door="12号", gender="女")
    c.old("born slip", "韓冬梅", V[12], born="1979-01-12", door="12号")
    c.resident("former", "杨柳青", "1980-01-02", V[13], door="13号", former="杨招弟")
    c.letter("former letter", "杨招弟", V[13], door="13号")
    c.resident("sex", "朱小红", "1981-01-02", V[14], door="15号")
    c.old("sex old", "朱小红", V[14], born="1981", door="15号", gender="女" if c._rows["居民"][-1][0][16] in "13579" else "男")
    c.resident("year", "秦四妹", "1982-01-02", V[15], door="16号")
    c.old("year old", "秦四妹", V[15], born="1983", door="16号")
    c.letter("loose one", "尤文辉", V[16], phone=PHONE(90), door="17号")
    c.old("loose two", "尤文輝", V[16], phone=PHONE(90), door="17号")
    for at in range(7):
        c.resident(f"hub {at}", f"许{'甲乙丙丁戊己庚'[at]}文", f"196{at}-01-02", V[17], phone=PHONE(99))
    c.letter("hub letter", "许甲雯", V[17], phone=PHONE(99))
    c.resident("namesake number", "吕志明", "1983-01-02", V[18], phone=PHONE(91), door="18号")
    c.resident("namesake other", "吕志明", "1990-07-08", V[18], phone=PHONE(92), door="19号")
    c.letter("namesake a", "呂志明", V[18], phone=PHONE(91))
    c.letter("namesake b", "呂志明", V[18], phone=PHONE(92))
    c.resident("resident of office", "施建国", "1984-01-02", V[19], phone=PHONE(93), door="20号")
    c.official("G1", "施建國", PHONE(93))


def test_a_name_alone_is_never_more_than_possible(county: IdentityCounty) -> None:
    found = county.edge("alone", "alone letter")
    assert found is not None
    assert found["tier"] == "possible"
    assert "除姓名和所在地外没有其他印证" in found["why_not"]


@pytest.mark.parametrize(("one", "other", "why"), [
    ("script", "script letter", "电话相同"), ("day", "day old", "出生日期相同"), ("door", "door letter", "住址到门牌都相同"),
    ("home", "home old", "同户或同案的人有一名同名"), ("former", "former letter", "姓名与曾用名相同"),
])
def test_a_name_and_something_beside_it_is_probable(county: IdentityCounty, one: str, other: str, why: str) -> None:
    found = county.edge(one, other)
    assert found is not None
    assert (found["tier"], why in found["why"]) == ("probable", True)


def test_three_of_one_name_in_a_village_are_left_apart(county: IdentityCounty) -> None:
    assert {county.tier(f"three {at}", "three letter") for at in range(3)} <= {"possible", "none"}


def test_three_of_one_name_are_told_apart_by_the_phone(county: IdentityCounty) -> None:
    assert county.tier("three 1", "three phone") == "probable"
    assert {county.tier(f"three {at}", "three phone") for at in (0, 2)} <= {"possible", "none"}


def test_father_and_son_at_one_door_with_one_phone_are_two(county: IdentityCounty) -> None:
    assert county.tier("father", "son") == "none"


def test_another_name_is_possible_only_with_the_birth_day_and_more(county: IdentityCounty) -> None:
    assert county.tier("renamed", "renamed old") == "possible"
    assert county.tier("renamed", "born that day") == "none"


def test_a_variant_character_needs_two_things_beside_it(county: IdentityCounty) -> None:
    assert county.tier("variant", "variant one") == "possible"
    assert county.tier("variant", "variant two") == "probable"
    found = county.edge("variant", "variant two")
    assert found is not None
    assert "姓名只有异体字不同" in found["why"]


def test_a_masked_name_is_never_probable(county: IdentityCounty) -> None:
    assert county.tier("masked", "masked letter") in ("possible", "none")


def test_parties_of_one_case_are_never_candidates(county: IdentityCounty) -> None:
    assert county.tier("case", "case signer") == "none"


def test_members_of_one_household_in_one_sheet_are_never_candidates(county: IdentityCounty) -> None:
    assert county.tier("house one", "house two") == "none"


def test_two_valid_numbers_are_never_candidates(county: IdentityCounty) -> None:
    assert county.tier("number one", "number two") == "none"


def test_another_birth_date_is_another_person_and_a_slip_is_at_most_possible(county: IdentityCounty) -> None:
    assert county.tier("born", "born other") == "none"
    found = county.edge("born", "born slip")
    assert found is not None
    assert (found["tier"], "可能是笔误" in found["why_not"]) == ("possible", True)


@pytest.mark.parametrize(("one", "other", "told"), [("sex", "sex old", "性别不同"), ("year", "year old", "可能是虚岁")])
def test_what_contradicts_a_little_keeps_it_possible(county: IdentityCounty, one: str, other: str, told: str) -> None:
    found = county.edge(one, other)
    assert found is not None
    assert (found["tier"], told in found["why_not"]) == ("possible", True)


def test_two_loose_records_may_be_one_person(county: IdentityCounty) -> None:
    assert county.tier("loose one", "loose two") == "probable"


def test_a_phone_of_many_names_proves_nothing(county: IdentityCounty) -> None:
    found = [json.loads(edge["features"]) for edge in county.edges if county.id_of("hub letter") in (edge["from_id"], edge["to_id"])]
    assert all(name != "phone" for features in found for name, _, _ in features)


def test_two_loose_records_of_two_residents_are_not_probably_one(county: IdentityCounty) -> None:
    assert county.tier("namesake number", "namesake a") == "probable"
    assert county.tier("namesake other", "namesake b") == "probable"
    assert county.tier("namesake a", "namesake b") in ("possible", "none")


def test_an_official_without_a_number_is_linked_by_the_same_comparisons(county: IdentityCounty) -> None:
    linked = {(edge["from_id"], edge["to_id"]): edge["tier"] for edge in county.table("edges/IS.Official.Resident")}
    assert linked == {("f:G1", county.id_of("resident of office")): "probable"}


def test_reasons_are_chinese_sentences_without_personal_values(county: IdentityCounty) -> None:
    assert len(county.edges) > 15
    for edge in county.edges:
        assert edge["why"]
        assert edge["why_not"]
        assert not re.search(r"\d{4}|[A-Za-z]", edge["why"] + edge["why_not"])


def test_features_say_which_level_spoke_with_which_weight(county: IdentityCounty) -> None:
    levels = {comparison.name: {level.key for level in comparison.levels} for comparison in COMPARISONS}
    for edge in county.edges:
        features = json.loads(edge["features"])
        assert all(level in levels[name] and isinstance(weight, float) for name, level, weight in features)
        assert features[0][0] == "name"
    assert "features" in {p.name for p in MODEL.edge("POSSIBLY_SAME").own}


def test_ends_are_in_order_and_a_pair_has_one_edge(county: IdentityCounty) -> None:
    ends = [(edge["from_id"], edge["to_id"]) for edge in county.edges]
    assert all(one < other for one, other in ends)
    assert len(set(ends)) == len(ends)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_scores_do_not_depend_on_threads(county: IdentityCounty, threads: int) -> None:
    with county.tables(threads) as tables:
        find_candidates(tables)
        found = tables.execute(
            'SELECT from_id, to_id, tier, score, why, why_not, features FROM graph."POSSIBLY_SAME.Resident.Resident" ORDER BY 1, 2'
        ).fetchall()
        left = tables.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE '%identity%' OR table_name LIKE '%splink%'").fetchall()
    columns = ("from_id", "to_id", "tier", "score", "why", "why_not", "features")
    assert found == [tuple(edge[name] for name in columns) for edge in county.edges]
    assert left == [(0,)]


def test_whom_a_person_judged_to_be_two_is_no_candidate(county: IdentityCounty) -> None:
    edges = {edge["tier"]: (edge["from_id"], edge["to_id"]) for edge in county.edges}
    with county.tables() as tables:
        tables.executemany("INSERT INTO judged VALUES (?, ?, ?)", [(*edges["probable"], "reject"), (*edges["possible"], "unsure")])
        find_candidates(tables)
        found = set(tables.execute('SELECT from_id, to_id FROM graph."POSSIBLY_SAME.Resident.Resident"').fetchall())
    assert found == {(edge["from_id"], edge["to_id"]) for edge in county.edges} - {edges["probable"]}


def test_a_pseudonym_is_no_candidate(tmp_path: Path) -> None:
    county = IdentityCounty(tmp_path)
    county.resident("one", "孙立群", "1970-01-02", V[0], door="1号")
    county.letter("two", "孙立群", V[0], door="1号")
    county.build()
    assert county.tier("one", "two") == "probable"
    with county.tables() as tables:
        tables.execute("UPDATE people SET anonymous = true WHERE id = ?", [county.id_of("two")])
        find_candidates(tables)
        assert not tables.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'POSSIBLY%'").fetchall()[0][0]
