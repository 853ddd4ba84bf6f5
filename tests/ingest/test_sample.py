"""The sample county: the same bytes each time, and tables that are sound and quiet."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from graph.codes import canonical
from graph.values import clean_area, clean_date, clean_id_number, clean_phone
from ingest.sample import FolderNotEmpty, write_sample
from tests.ingest.sample_files import CONTRACT, Files, Row, days

COMMON = {"所属网格", "区划代码", "数据来源", "备注"}
CODED = {
    ("行政区划", "级别"): "area_level", ("居民", "性别"): "gender", ("居民", "人户一致标识"): "same_place",
    ("居民", "与户主关系"): "relation", ("户", "户类型"): "household_kind", ("地块", "面积单位"): "area_unit",
    ("地块", "权利类型"): "right", ("机构", "层级"): "organ_level", ("信访件", "信访形式"): "channel",
    ("信访件", "信访目的"): "purpose", ("信访件", "办理途径"): "route", ("信访件", "处理结论"): "conclusion",
    ("矛盾纠纷", "事件规模"): "scale", ("矛盾纠纷", "化解是否成功"): "success", ("当事人", "角色"): "party_role",
    ("办理流程", "处置环节"): "step", ("责任落实", "责任类型"): "duty", ("调解协议", "履行情况"): "performed",
}
REFERENCES = {
    "区划代码": ("行政区划", "区划代码"), "上级代码": ("行政区划", "区划代码"), "所属网格": ("网格", "网格编码"), "户号": ("户", "户号"),
    "机构编码": ("机构", "机构编码"), "上级机构编码": ("机构", "机构编码"), "来源单位编码": ("机构", "机构编码"),
    "处理单位编码": ("机构", "机构编码"), "涉及单位": ("机构", "机构名称"), "被反映单位": ("机构", "机构名称"),
    "化解组织": ("机构", "机构名称"), "调解组织": ("机构", "机构名称"), "直接领导编号": ("干部", "干部编号"),
    "处理人编号": ("干部", "干部编号"), "干部编号": ("干部", "干部编号"), "化解责任人编号": ("干部", "干部编号"),
    "调解员编号": ("干部", "干部编号"), "涉及宗地代码": ("地块", "宗地代码"), "原信访件编号": ("信访件", "信访件编号"),
    "原事件编号": ("矛盾纠纷", "事件编号"), "户主公民身份号码": ("居民", "公民身份号码"), "权利人证件号码": ("居民", "公民身份号码"),
    "信访人证件号码": ("居民", "公民身份号码"), "主要当事人证件号码": ("居民", "公民身份号码"), "证件号码": ("居民", "公民身份号码"),
    "公民身份号码": ("居民", "公民身份号码"),
}
UNIQUE = {
    "行政区划": "区划代码", "网格": "网格编码", "居民": "公民身份号码", "户": "户号", "地块": "宗地代码", "机构": "机构编码",
    "信访件": "信访件编号", "矛盾纠纷": "事件编号", "调解协议": "协议编号",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("small") / "county"
    write_sample(folder, 300)
    return Files(folder)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("town") / "county"
    write_sample(folder, 20_000, seed=7)
    return Files(folder)


@pytest.fixture(params=["small", "town"])
def files(request: pytest.FixtureRequest) -> Files:
    found: Files = request.getfixturevalue(request.param)
    return found


def test_same_seed_and_size_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_sample(tmp_path / name, 400)
    written = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert written == sorted([*(f"{name}.csv" for name in CONTRACT), "planted.json"])
    for name in written:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_another_seed_gives_another_county(tmp_path: Path) -> None:
    write_sample(tmp_path / "one", 400, seed=1)
    write_sample(tmp_path / "two", 400, seed=2)
    assert (tmp_path / "one" / "居民.csv").read_bytes() != (tmp_path / "two" / "居民.csv").read_bytes()


def test_refuses_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("x")
    with pytest.raises(FolderNotEmpty):
        write_sample(tmp_path, 300)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
    write_sample(tmp_path, 300, overwrite=True)
    assert (tmp_path / "kept.txt").exists()
    assert (tmp_path / "居民.csv").exists()


def test_refuses_too_few_residents(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="300"):
        write_sample(tmp_path / "county", 299)
    assert not (tmp_path / "county").exists()


def test_summary_counts_what_was_written_and_progress_ends_complete(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    summary = write_sample(tmp_path / "county", 300, progress=lambda *now: seen.append(now))
    files = Files(tmp_path / "county")
    assert summary.rows == {name: len(files.table(name)) for name in CONTRACT}
    assert summary.rows["居民"] == 300
    assert summary.stories == Counter(story["kind"] for story in files.planted["stories"])
    assert seen[-1][1] == seen[-1][2]


@pytest.mark.parametrize("name", CONTRACT)
def test_headers_belong_to_the_contract(small: Files, name: str) -> None:
    raw = (small.folder / f"{name}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    headers = raw.decode("utf-8-sig").splitlines()[0].split(",")
    known = {header.rstrip("*") for header in CONTRACT[name].split()}
    assert len(headers) == len(set(headers))
    assert set(headers) - known - COMMON == set()
    required = [header.rstrip("*") for header in CONTRACT[name].split() if header.endswith("*")]
    for row in small.table(name):
        assert all(row[header] for header in required)
        assert row["数据来源"].startswith("合成数据")


def test_every_identity_number_is_valid_and_agrees_with_its_row(files: Files) -> None:
    for row in files.table("居民"):
        number = row["公民身份号码"]
        assert clean_id_number(number) == number
        assert number[6:14] == row["出生日期"].replace("-", "")
        assert (int(number[16]) % 2 == 1) == (row["性别"] == "男")
        assert number.startswith("330199")


def test_phones_are_valid_and_belong_to_one_person(files: Files) -> None:
    people = [row["联系方式"] for row in files.table("居民") if row["联系方式"]]
    officials = {(row["干部编号"], row["联系方式"]) for row in files.table("干部") if not row["公民身份号码"]}
    phones = people + [phone for _, phone in officials]
    assert all(clean_phone(phone) == phone for phone in phones)
    assert len(set(phones)) == len(phones)


def test_every_coded_value_is_known(files: Files) -> None:
    for (name, header), codes in CODED.items():
        for value in {row[header] for row in files.table(name)} - {""}:
            canonical(codes, value)


def test_every_date_and_area_is_clean(files: Files) -> None:
    for name in CONTRACT:
        for row in files.table(name):
            for header, value in row.items():
                if value and (header.endswith("日期") or header in ("处理时间", "办理时限", "化解时限", "履行期限", "延期至")):
                    assert clean_date(value) == value
                if header == "区划代码":
                    assert clean_area(value) == value


def test_every_reference_resolves(files: Files) -> None:
    keys = {target: {row[target[1]] for row in files.table(target[0])} for target in set(REFERENCES.values())}
    for name in CONTRACT:
        for row in files.table(name):
            for header in REFERENCES.keys() & row.keys():
                assert not row[header] or row[header] in keys[REFERENCES[header]], (name, header)
            if name in ("当事人", "办理流程", "责任落实", "调解协议"):
                assert row["事件编号"] in files.cases


def test_keys_are_unique(files: Files) -> None:
    for name, key in UNIQUE.items():
        values = [row[key] for row in files.table(name)]
        assert len(set(values)) == len(values), name


def test_households_have_one_head_and_plausible_members(files: Files) -> None:
    homes: dict[str, list[Row]] = defaultdict(list)
    for row in files.table("居民"):
        homes[row["户号"]].append(row)
    assert homes.keys() == {row["户号"] for row in files.table("户")}
    for members in homes.values():
        assert len(members) <= 7
        heads = [row for row in members if row["与户主关系"].startswith("02")]
        assert [row["公民身份号码"] for row in heads] == [members[0]["户主公民身份号码"]]
        head = heads[0]
        for row in members:
            code, gap = row["与户主关系"][:2], days(head["出生日期"], row["出生日期"]) / 365.25
            assert (code[0] not in "2345" or gap > 15) if code not in ("51", "52") else gap < -15
            if code in ("20", "21", "22", "23", "24", "30", "31", "32", "33", "34") and head["性别"] == "男":
                assert row["姓名"][0] == head["姓名"][0]


def test_fields_and_homesteads_of_every_family(files: Files) -> None:
    fields, houses = Counter[str](), Counter[str]()
    for row in files.table("地块"):
        (fields if row["用途"] == "耕地" else houses)[row["户号"]] += 1
        assert len(row["宗地代码"]) == 19
        assert len(row["不动产单元号"]) == 28
    families = {row["户号"] for row in files.table("户") if row["户类型"] == "家庭户"}
    assert fields.keys() == houses.keys() == families
    assert set(houses.values()) == {1}
    assert set(fields.values()) <= {1, 2, 3, 4}


def test_bounds_name_real_neighbours(files: Files) -> None:
    parcels = {row["宗地代码"]: row for row in files.table("地块")}
    named = Counter[str]()
    for code, row in parcels.items():
        for side, back in (("东至", "西至"), ("西至", "东至"), ("南至", "北至"), ("北至", "南至")):
            if beside := parcels.get(row[side]):
                named["code"] += 1
                assert beside["区划代码"] == row["区划代码"]
                assert beside[back] == code or beside[back] not in parcels
                if beside[back] == f"{row['权利人']}承包田":
                    named["holder"] += 1
    assert named["holder"] > 0
    assert named["code"] > len(parcels)


def test_steps_run_forward_inside_the_told_time(files: Files) -> None:
    for number, case in files.cases.items():
        steps = files.steps(number)
        opened = case.get("信访日期") or case["发生日期"]
        dates = [step["处理时间"] for step in steps]
        assert dates == sorted(dates)
        assert [step["序号"] for step in steps] == [str(at) for at in range(1, len(steps) + 1)]
        assert all(opened <= day <= "2025-12-31" for day in dates)
        if "信访日期" in case:
            known = [case[h] for h in ("信访日期", "登记日期", "受理日期", "答复日期", "办结日期") if case[h]]
            assert known == sorted(known)


def test_leaders_lead_up_to_the_county(files: Files) -> None:
    leader = {row["干部编号"]: row["直接领导编号"] for row in files.table("干部")}
    tops = set()
    for code in leader:
        seen = []
        while code and code not in seen:
            seen.append(code)
            code = leader[code]
        assert code == ""
        tops.add(seen[-1])
    assert len(tops) == 1
    posts = Counter(row["干部编号"] for row in files.table("干部"))
    assert max(posts.values()) > 1


def test_handlers_hold_their_post_when_they_act(files: Files) -> None:
    posts: dict[str, list[Row]] = defaultdict(list)
    for row in files.table("干部"):
        posts[row["干部编号"]].append(row)
    for step in files.table("办理流程"):
        if step["处理人编号"]:
            assert any(
                post["任职日期"] <= step["处理时间"] <= (post["免职日期"] or "9999") for post in posts[step["处理人编号"]]
            )


def test_size_sets_how_many_cases(town: Files) -> None:
    assert len(town.table("居民")) == 20_000
    assert 20_000 / 60 <= len(town.table("信访件")) <= 20_000 / 60 * 1.1
    assert 20_000 / 80 <= len(town.table("矛盾纠纷")) <= 20_000 / 80 * 1.1
    without = sum(not row["信访人证件号码"] for row in town.table("信访件"))
    assert 0 < without < len(town.table("信访件")) / 4
    claims = [row for row in town.table("信访件") if row["信访目的"] == "申诉求决"]
    assert sum(row["办理途径"] == "（六）" for row in claims) > len(claims) * 0.8
    resolved = sum(row["化解是否成功"] == "1" for row in town.table("矛盾纠纷"))
    assert resolved * 0.35 < len(town.table("调解协议")) < resolved * 0.7


def test_nobody_repeats_but_where_it_was_planted(files: Files) -> None:
    told = {number: at for at, story in enumerate(files.planted["stories"]) for number in story["case_numbers"]}
    apart = {tuple(sorted(note["case_numbers"])) for note in files.planted["background"].get("same_person_other_matter", [])}
    homes: dict[str, set[str]] = defaultdict(set)
    parcels: dict[str, set[str]] = defaultdict(set)
    for row in files.table("当事人"):
        if not row["机构编码"] and row["角色"] != "被反映人":
            who = files.person(row["姓名"], row["证件号码"], row["联系电话"])
            homes[files.residents[who]["户号"]].add(row["事件编号"])
    for number, case in files.cases.items():
        if case["涉及宗地代码"]:
            parcels[case["涉及宗地代码"]].add(number)
    for cases in [*homes.values(), *parcels.values()]:
        assert len({told.get(number, number) for number in cases}) == 1 or tuple(sorted(cases)) in apart


def test_only_planted_bodies_are_hubs(files: Files) -> None:
    joined: dict[str, set[str]] = defaultdict(set)
    for row in files.table("当事人"):
        if row["机构编码"]:
            joined[row["机构编码"]].add(row["事件编号"])
    hubs = {organ: len(cases) for organ, cases in joined.items() if len(cases) > 12}
    assert hubs == {story["expected"]["hub"]: story["expected"]["cases"] for story in files.stories("hub")}
