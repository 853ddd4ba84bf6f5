"""What counts as a repeat, by every rule: made-up petitions of a few people, asked on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph.errors import WrongParameter
from graph.home import Home
from graph.store import Store
from tests.graph.both_engines import ENGINES, asked_on, built_of

AREA = "330199101201"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number_of(nth: int) -> str:
    """A valid made-up id number."""
    body = f"33019919800101{nth:03}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


PEOPLE = ["张一水", "李二田", "王三山", "陈四海", "林五洲", "赵六合", "孙七星", "周八方", "吴九江", "郑十里", "冯春生", "褚夏荣", "卫秋实", "蒋冬青",
          "沈东升", "韩西林"]
ID = {name: number_of(nth) for nth, name in enumerate(PEOPLE, 1)}
OWN = """
pack: own
title: {zh: 自定, en: own}
jurisdiction: ''
optional: false
rules:
  - {id: own_visits, kind: repeat, name: visits_only, article: 本单位规定, text: 只数走访, channels: [visit], excluded: []}
  - {id: own_home, kind: repeat, name: by_household, who: household, article: 本单位规定, text: 只按户}
"""


def petition(number: str, who: str, day: str, title: str = "", origin: str = "", *, route: str = "（六）", replied: str = "",
             channel: str = "来信") -> str:
    return f"{number},{who},{ID[who]},{day},{channel},{title or who + '反映水渠被填'},农村农业,{AREA},{origin},{route},{replied}"


PETITIONS = [
    petition("N1", "张一水", "2023-01-01"), petition("N2", "张一水", "2023-04-01", origin="N1"),  # 90 days apart
    petition("F1", "李二田", "2023-01-01"), petition("F2", "李二田", "2023-04-02", origin="F1"),  # 91 days apart
    petition("S1", "王三山", "2023-01-01", replied="2023-03-01"), petition("S2", "王三山", "2023-03-01", origin="S1"),  # replied that day
    petition("O1", "陈四海", "2023-01-01", replied="2023-03-01"), petition("O2", "陈四海", "2023-03-02", origin="O1"),  # replied the day before
    petition("R1", "林五洲", "2023-01-01"), petition("R2", "林五洲", "2023-05-01", "申请复查水渠处理意见", "R1"),
    petition("RR1", "赵六合", "2023-01-01"), petition("RR2", "赵六合", "2023-05-01", "申请复核水渠处理意见", "RR1"),
    petition("L1", "孙七星", "2023-01-01"), petition("L2", "孙七星", "2023-05-01", "水渠一案法院判决后来信", "L1", route="（一）"),
    petition("M1", "周八方", "2023-01-01"), petition("M2", "周八方", "2023-05-01", "补充材料：水渠照片", "M1"),
    petition("P1", "吴九江", "2023-01-01"), petition("P2", "吴九江", "2023-02-01", origin="P1", channel="走访"),  # filed above while pending
    petition("Q1", "郑十里", "2023-01-01"), petition("Q2", "郑十里", "2024-02-01", origin="Q1"),  # after re-review
    petition("H1", "冯春生", "2023-01-01"), petition("H2", "褚夏荣", "2023-02-01", origin="H1"),  # one household in turn
    petition("J5", "卫秋实", "2023-06-01", "反映村道塌方", channel="走访"),
    petition("J6", "蒋冬青", "2023-06-01", "反映水塔漏水", channel="走访"),
]
PARTIES = [f"J5,{who},{ID[who]},代表" for who in PEOPLE[:5]] + [f"J6,{who},{ID[who]},代表" for who in PEOPLE[:6]]
STEPS = [
    "P1,1,登记,XZ,XZ,2023-01-01", "P2,1,登记,XF,XF,2023-02-01", "Q1,1,登记,XZ,XZ,2023-01-01", "Q1,2,答复,XZ,,2023-02-01",
    "Q1,3,复查,XF,,2023-06-01", "Q1,4,复核,XF,,2023-12-01", "N1,1,登记,XF,XF,2023-01-01", "N1,2,转送,XF,XZ,2023-01-05", "N1,3,退回,XZ,XF,2023-01-09",
]
FILES = {
    "信访件": "信访件编号,信访人姓名,信访人证件号码,信访日期,信访形式,标题,问题类别,区划代码,原信访件编号,办理途径,答复日期\n" + "\n".join(PETITIONS),
    "当事人": "信访件编号,姓名,证件号码,角色\n" + "\n".join(PARTIES),
    "办理流程": "信访件编号,序号,处置环节,来源单位编码,处理单位编码,处理时间\n" + "\n".join(STEPS),
    "机构": "机构编码,机构名称,层级,上级机构编码,区划代码\nXF,枫县信访局,县,,330199000000\nXZ,枫溪镇政府,乡镇,XF,330199101000",
    "居民": "公民身份号码,姓名,户号,户主姓名,与户主关系,现住址\n" + "\n".join(
        f"{ID[who]},{who},{'K01' if who in ('冯春生', '褚夏荣') else 'K' + str(nth + 10)},,,枫溪村{nth}号" for nth, who in enumerate(PEOPLE)),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Any]:
    root = tmp_path_factory.mktemp("repeats")
    own = root / "data" / "law"
    own.mkdir(parents=True)
    (own / "own.yaml").write_text(OWN, encoding="utf-8")
    return built_of(root, FILES)


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, built: tuple[Home, Any]) -> Iterator[Store]:
    yield from asked_on(request, *built)


def repeated(store: Store, **params: Any) -> set[frozenset[str]]:
    return {frozenset(row["case_ids"]) for row in store.ask("repeat_petitioners", **params).rows}


def both(*names: str) -> set[frozenset[str]]:
    return {frozenset({f"c:{name}1", f"c:{name}2"}) for name in names}


def test_each_preset_counts_what_it_says(store: Store) -> None:
    assert repeated(store) == both("N", "F", "S", "O")
    assert repeated(store, rule="window_90d") == both("N", "S", "O")
    assert repeated(store, rule="after_opinion") == both("O")
    answer = store.ask("repeat_petitioners", rule="window_90d")
    assert answer.rule == "repeat/window_90d@2"


def test_what_is_no_registration_of_its_own_is_listed_with_its_label(store: Store) -> None:
    rows = store.ask("repeat_petitioners").parts["labelled"].rows
    assert {row["case_id"]: row["label"] for row in rows} == {
        "c:R2": "review", "c:RR2": "re_review", "c:L2": "litigation", "c:M2": "added_material", "c:P2": "art19", "c:Q2": "art36",
    }


def test_an_operators_own_rule_is_named_and_versioned(store: Store) -> None:
    answer = store.ask("repeat_petitioners", rule="visits_only", min_count=1)
    assert {case for row in answer.rows for case in row["case_ids"]} == {"c:P2", "c:J5", "c:J6"}
    assert answer.rule.startswith("repeat/visits_only@")
    assert store.ask("repeat_households", rule="by_household").rule.startswith("repeat/by_household@")


@pytest.mark.parametrize("rule", ["unheard_of", "by_household", "Default;"])
def test_a_rule_that_nobody_wrote_for_people_is_refused(store: Store, rule: str) -> None:
    with pytest.raises(WrongParameter, match="rule"):
        store.ask("repeat_petitioners", rule=rule)


def test_members_of_a_household_in_turn(store: Store) -> None:
    (row,) = store.ask("repeat_households").rows
    assert (set(row["case_ids"]), row["certain"], len(row["member_ids"])) == ({"c:H1", "c:H2"}, 2, 2)
    assert store.ask("repeat_households", as_of="2023-01-31").rows == []


def test_a_day_knows_only_what_was_registered_and_replied_by_then(store: Store) -> None:
    assert repeated(store, as_of="2023-03-31") == both("S", "O")
    assert repeated(store, as_of="2023-03-01") == both("S")
    assert repeated(store, as_of="2022-12-31") == set()


def test_five_representatives_are_allowed_and_six_are_too_many(store: Store) -> None:
    found = {row["matter"]: row for row in store.ask("joint_matters").rows}
    assert {m: (r["people"], r["households"], r["over_representative_limit"], r["most_representatives"]) for m, r in found.items()} == {
        "c:J5": (6, 6, False, 5), "c:J6": (7, 7, True, 6),
        "c:F1": (12, 11, False, 0),  # the ditch, in nearly the same words by twelve people of one village, two of one household
    }
    assert [row["matter"] for row in store.ask("joint_matters", min_people=8).rows] == ["c:F1"]
    assert [row["matter"] for row in store.ask("joint_matters", as_of="2023-05-31").rows] == ["c:F1"]


def test_causes_belong_to_the_registration_before_and_sums_reconcile(store: Store) -> None:
    answer = store.ask("repeat_causes")
    cases = {row["case_id"]: row for row in answer.parts["cases"].rows}
    assert {case: row["earlier_id"] for case, row in cases.items()} == {f"c:{n}2": f"c:{n}1" for n in "NFSO"}
    assert set(cases["c:N2"]["causes"]) >= {"returned", "owner_changed"}
    assert cases["c:N2"]["organ_id"] == "o:XF"
    by_organ = {row["organ_id"]: row for row in answer.rows}
    assert by_organ["o:XF"]["returned"] == 1
    assert sum(row["repeats"] for row in answer.rows) == len(cases) == sum(len(row["case_ids"]) for row in answer.rows)
    assert sum(row["repeats"] for row in store.ask("repeat_causes", rule="after_opinion").rows) == 1
