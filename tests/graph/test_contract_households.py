"""What is derived inside a household, from the four bounds, and from codes: each edge with its rule and its rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.graph.county_of import Small
from tests.ingest.desk import id_number

PEOPLE = "姓名,公民身份号码,户号,与户主关系,迁入日期,迁出日期\n"
VILLAGE = "330199100201"


def family(root: Path, *relations: str, kind: str = "家庭户") -> dict[tuple[int, int], tuple[str, str, bool]]:
    """(who, whom) → (what the other is to me, degree, blood) in a household; people by their place in the list."""
    rows = "".join(f"人{n},{id_number(n + 1)},H1,{relation},,\n" for n, relation in enumerate(relations))
    small = Small(root, 居民=PEOPLE + rows, 户=f"户号,户类型\nH1,{kind}\n")
    place = {row["id"]: int(row["name"][1:]) for row in small.rows("Resident")}
    edges = small.rows("KIN.Resident.Resident")
    assert all(row["derived_by"] == "household_relation@1" and row["source"] for row in edges)
    return {
        (place[row["from_id"]], place[row["to_id"]]): (row["relation"], row["degree"], row["blood"]) for row in edges
    }


@pytest.mark.parametrize(("first", "second", "there", "back"), [
    ("户主", "配偶", ("spouse", "near", False), ("spouse", "near", False)),
    ("户主", "长子", ("child", "near", True), ("parent", "near", True)),
    ("长子", "30 女", ("sibling", "near", True), ("sibling", "near", True)),
    ("户主", "养子", ("child", "near", False), ("parent", "near", False)),
    ("长子", "养女", ("sibling", "near", False), ("sibling", "near", False)),
    ("妻", "次女", ("child", "near", True), ("parent", "near", True)),
    ("户主", "儿媳", ("child_in_law", "other", False), ("parent_in_law", "other", False)),
    ("户主", "女婿", ("child_in_law", "other", False), ("parent_in_law", "other", False)),
    ("户主", "岳父", ("parent_in_law", "other", False), ("child_in_law", "other", False)),
    ("妻", "岳母", ("parent", "near", True), ("child", "near", True)),
    ("户主", "孙子", ("grandchild", "near", True), ("grandparent", "near", True)),
    ("父亲", "长子", ("grandchild", "near", True), ("grandparent", "near", True)),
    ("户主", "弟", ("sibling", "near", True), ("sibling", "near", True)),
    ("户主", "嫂", ("sibling_in_law", "other", False), ("sibling_in_law", "other", False)),
    ("长子", "妹", ("uncle_or_aunt", "other", True), ("nephew_or_niece", "other", True)),
    ("父亲", "母亲", ("spouse", "near", False), ("spouse", "near", False)),
])
def test_kinship_has_an_inverse(
    tmp_path: Path, first: str, second: str, there: tuple[str, str, bool], back: tuple[str, str, bool]
) -> None:
    assert family(tmp_path, first, second) == {(0, 1): there, (1, 0): back}


@pytest.mark.parametrize(("first", "second"), [
    ("长子", "孙子"), ("儿媳", "女婿"), ("户主", "非亲属"), ("户主", "街坊"), ("长子", ""), ("弟", "孙子"), ("长子", "儿媳"),
])
def test_where_two_readings_are_possible_nothing_is_derived(tmp_path: Path, first: str, second: str) -> None:
    assert family(tmp_path, first, second) == {}


def test_in_laws_are_kin_and_not_blood(tmp_path: Path) -> None:
    kin = family(tmp_path, "户主", "妻", "儿媳", "岳母", "姐夫", "长子")
    assert {pair for pair, (_, _, blood) in kin.items() if blood} == {(0, 5), (5, 0), (1, 5), (5, 1), (1, 3), (3, 1), (3, 5), (5, 3)}


def test_a_collective_household_makes_no_kin(tmp_path: Path) -> None:
    assert family(tmp_path, "户主", "长子", kind="集体户") == {}


def test_a_household_exists_through_its_members_and_says_since_when(tmp_path: Path) -> None:
    rows = f"张三,{id_number(1)},H1,户主,2001-05-06,\n李四,{id_number(2)},H1,妻,2003,2020-01-02\n"
    small = Small(tmp_path, 居民=PEOPLE + rows)
    assert [(row["id"], row["name"]) for row in small.rows("Household")] == [("h:H1", "张三户")]
    members = {row["relation"]: (row["since"], row["until"]) for row in small.rows("MEMBER_OF.Resident.Household")}
    assert members == {"02": ("2001-05-06", None), "12": ("2003", "2020-01-02")}


def plot(number: int) -> str:
    return f"{VILLAGE}{number:07d}"


@pytest.mark.parametrize("landmark", ["路", "沟", "河", "田埂", "机耕路", "村道"])
def test_a_landmark_joins_nothing(tmp_path: Path, landmark: str) -> None:
    rows = f"{plot(1)},张三,{landmark}\n{plot(2)},李四,{landmark}\n"
    assert Small(tmp_path, 地块="宗地代码,权利人,东至\n" + rows).pairs("ADJOINS.Parcel.Parcel") == set()


@pytest.mark.parametrize("bound", [plot(2), "李四", "李四地", "李四承包田", "李四家的责任田", "东至：李四地", " 李 四 宅基地", "李四家"])
def test_a_neighbour_is_told_by_code_or_by_the_only_holder_of_that_name(tmp_path: Path, bound: str) -> None:
    small = Small(tmp_path, 地块=f"地块编码,承包方代表,东至\n{plot(1)},张三,{bound}\n{plot(2)},李四,\n")
    ((start, end),) = small.pairs("ADJOINS.Parcel.Parcel")
    assert (start, end) == ("p:" + plot(1), "p:" + plot(2))
    (edge,) = small.rows("ADJOINS.Parcel.Parcel")
    assert (edge["side"], edge["derived_by"]) == ("east", "bound_code@1" if bound == plot(2) else "bound_holder@1")


def test_a_holder_of_another_village_is_no_neighbour(tmp_path: Path) -> None:
    small = Small(tmp_path, 地块=f"宗地代码,权利人,东至\n{plot(1)},张三,李四地\n3301991002020000002,李四,\n")
    assert small.pairs("ADJOINS.Parcel.Parcel") == set()


def test_a_contractor_code_is_no_household(tmp_path: Path) -> None:
    small = Small(tmp_path, 地块=f"地块编码,承包方代表,承包方编码,户号\n{plot(1)},张三,C77,\n{plot(2)},张三,C77,H1\n", 户="户号\nH1\n")
    assert small.pairs("HOLDS.Household.Parcel") == {("h:H1", "p:" + plot(2))}
    assert [row["id"] for row in small.rows("Household")] == ["h:H1"]


def test_divisions_nest_by_their_codes(tmp_path: Path) -> None:
    codes = {"330000000000": "甲省", "330100000000": "乙市", "330199000000": "丙县", "330199100000": "丁镇", VILLAGE: "戊村"}
    areas = "区划代码,名称\n" + "".join(f"{code},{name}\n" for code, name in codes.items())
    grid = f"网格编码,网格名称,所属村(社区)\n{VILLAGE}001,一格,戊村\n"
    small = Small(tmp_path, 区划=areas, 网格=grid)
    chain = [f"a:{code}" for code in codes]
    nested = small.pairs("IN_AREA.Area.Area")
    assert set(zip(chain[1:], chain, strict=False)) <= nested
    (last,) = nested - set(zip(chain[1:], chain, strict=False))
    assert last[1] == f"a:{VILLAGE}"
    levels = {row["name"]: row["level"] for row in small.rows("Area")}
    assert levels == {"甲省": "province", "乙市": "city", "丙县": "county", "丁镇": "township", "戊村": "village", "一格": "grid"}


def test_a_division_left_out_is_passed_over(tmp_path: Path) -> None:
    small = Small(tmp_path, 区划=f"区划代码,名称,上级代码\n330199000000,丙县,\n{VILLAGE},戊村,\n330199100202,己村,330199000000\n")
    assert small.pairs("IN_AREA.Area.Area") == {(f"a:{VILLAGE}", "a:330199000000"), ("a:330199100202", "a:330199000000")}


def test_organs_and_posts(tmp_path: Path) -> None:
    organs = f"机构编码,机构名称,层级,上级机构编码,区划代码\nA,丙县政府,县,,330199000000\nB,丁镇政府,乡镇,A,{VILLAGE}\nC,局,部门,A,{VILLAGE}\n"
    posts = "干部编号,姓名,公民身份号码,机构编码,职务,任职日期,免职日期,直接领导编号\n"
    posts += f"G1,王超,{id_number(1)},B,科员,2019-01-01,2021-06-30,G2\nG1,王超,{id_number(1)},C,科长,2021-07-01,,G2\nG2,赵六,,A,主任,,,\n"
    small = Small(
        tmp_path, 机构=organs, 干部=posts, 区划=f"区划代码,名称\n330199000000,丙县\n{VILLAGE},戊村\n",
        居民=f"姓名,公民身份号码\n王超,{id_number(1)}\n",
    )
    assert small.pairs("UNDER.Organ.Organ") == {("o:B", "o:A"), ("o:C", "o:A")}
    assert small.pairs("GOVERNS.Organ.Area") == {("o:A", "a:330199000000"), ("o:B", f"a:{VILLAGE}")}
    served = {(r["from_id"], r["to_id"], r["post"], r["since"], r["until"]) for r in small.rows("SERVES_IN.Official.Organ")}
    assert served == {
        ("f:G1", "o:B", "科员", "2019-01-01", "2021-06-30"), ("f:G1", "o:C", "科长", "2021-07-01", None),
        ("f:G2", "o:A", "主任", None, None),
    }
    assert small.pairs("REPORTS_TO.Official.Official") == {("f:G1", "f:G2")}
    ((official, resident),) = small.pairs("IS.Official.Resident")
    assert (official, resident[:2]) == ("f:G1", "r:")
