"""What is one matter is so as of the day asked about: two cases may be one only through a third that came later."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph.build.matterdays import spells, ties_of_groups
from graph.home import Home
from graph.ledger import Ledger
from graph.opening import ServerAddress, open_store, publish_embedded, publish_to_server
from graph.store import Store
from tests.engines import wipe
from tests.factory import build_of, edge
from tests.graph.both_engines import ENGINES, asked_on, built_of
from tests.graph.test_repeat_rules import AREA, ID

CANAL, LAMP, BOOKS = "反映水渠被邻村填平无法灌溉", "请求安装巷口路灯", "要求公开集体账目明细"
NOISE, ALLOWANCE, SCHOOL = "工地夜间施工扰民", "低保申请迟迟未获批准", "接送孩子的校车停运"
WHO = {"A": "张一水", "B": "张一水", "C": "张一水", "D": "李二田", "E": "李二田", "F": "李二田"}
PARCELS = {"A": "330199101201JC00001", "B": "330199101201JC00002", "C": "330199101201JC00002", "D": "", "E": "330199101201JC00004", "F": "330199101201JC00004"}


def petition(case: str, day: str, title: str, origin: str = "") -> str:
    return f"{case},{WHO[case]},{ID[WHO[case]]},{day},{title},{AREA},{PARCELS[case]},{origin}"


FILES = {
    "信访件": "信访件编号,信访人姓名,信访人证件号码,信访日期,标题,区划代码,涉及宗地代码,原信访件编号\n" + "\n".join([
        petition("A", "2024-01-01", CANAL), petition("B", "2024-03-01", LAMP), petition("C", "2024-06-01", BOOKS, "A"),
        petition("D", "2024-01-01", NOISE), petition("E", "2024-03-01", ALLOWANCE), petition("F", "2024-06-01", SCHOOL, "D")]),
    "办理流程": "信访件编号,序号,处置环节,来源单位编码,处理单位编码,处理时间\n"
    "A,1,登记,XF,XF,2024-01-01\nA,2,办结,XF,XF,2024-02-01\nB,1,登记,XF,XF,2024-03-01\nC,1,登记,XF,XF,2024-06-01\n"
    "D,1,登记,XF,XF,2024-01-01\nD,2,复核,XF,XF,2024-02-01",
    "居民": "姓名,公民身份号码,户号,区划代码\n" + "\n".join(f"{who},{ID[who]},{home},{AREA}" for who, home in (("张一水", "H1"), ("李二田", "H2"))),
    "机构": "机构编码,机构名称,层级,上级机构编码,区划代码\nXF,枫县信访局,县,,330199000000",
}
"""C follows A and concerns the parcel of B: from June on the three are one matter. D, E and F likewise, where D was re-reviewed in February."""
BEFORE, AFTER = "2024-05-31", "2024-06-01"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Any]:
    return built_of(tmp_path_factory.mktemp("matters"), FILES)


@pytest.fixture(scope="module", params=ENGINES)
def store(request: pytest.FixtureRequest, built: tuple[Home, Any]) -> Iterator[Store]:
    yield from asked_on(request, *built)


def summary(store: Store, case: str, day: str) -> tuple[str, set[str]]:
    """The matter of a case, and the others of it, on a day."""
    answer = store.ask("case", id=f"c:{case}", as_of=day)
    return answer.rows[0]["matter_id"], {row["case_id"] for row in answer.parts["same_matter"].rows}


def test_the_summary_tells_the_matter_of_the_day(store: Store) -> None:
    assert summary(store, "A", BEFORE) == ("c:A", set())
    assert summary(store, "B", BEFORE) == ("c:B", set())
    assert summary(store, "A", AFTER) == ("c:A", {"c:B", "c:C"})
    assert summary(store, "B", AFTER) == ("c:A", {"c:A", "c:C"})
    assert summary(store, "C", AFTER) == ("c:A", {"c:A", "c:B"})


def test_repeats_are_those_of_the_matters_of_the_day(store: Store) -> None:
    def of(day: str) -> dict[str, tuple[int, set[str]]]:
        rows = [row for row in store.ask("repeat_petitioners", as_of=day, min_count=1).rows if row["petitioner"] == "张一水"]
        return {row["matter"]: (row["certain"], set(row["case_ids"])) for row in rows}

    assert of(BEFORE) == {"c:A": (1, {"c:A"}), "c:B": (1, {"c:B"})}
    assert of(AFTER) == {"c:A": (3, {"c:A", "c:B", "c:C"})}
    assert {case for row in store.ask("repeat_causes", as_of=BEFORE).rows for case in row["case_ids"]} == set()
    assert {"c:B", "c:C"} <= {case for row in store.ask("repeat_causes", as_of=AFTER).rows for case in row["case_ids"]}


def test_a_first_petition_is_the_first_of_its_matter_on_the_day(store: Store) -> None:
    def first(day: str) -> set[str]:
        rows = store.ask("first_petition_quality", organ="o:XF", as_of=day).parts["cases"].rows
        return {row["case_id"] for row in rows} & {"c:A", "c:B", "c:C"}

    assert (first("2024-02-29"), first(BEFORE), first(AFTER)) == ({"c:A"}, {"c:A", "c:B"}, {"c:A"})


def test_a_closed_matter_came_again_once_it_was_one_matter(store: Store) -> None:
    def again(day: str) -> bool:
        rows = store.ask("organ_performance", organ="o:XF", as_of=day).parts["cases"].rows
        return "c:A" in {row["case_id"] for row in rows if "repeated_after_closure" in row["counted"]}

    assert (again(BEFORE), again(AFTER)) == (False, True)


def test_a_label_that_rests_on_the_matter_comes_with_the_case_that_joins_it(store: Store) -> None:
    def labels(day: str) -> dict[str, str]:
        rows = store.ask("repeat_petitioners", as_of=day, min_count=1).parts["labelled"].rows
        return {row["case_id"]: row["label"] for row in rows if row["case_id"] in ("c:E", "c:F")}

    assert labels(BEFORE) == {}
    assert labels(AFTER) == {"c:E": "art36", "c:F": "art36"}


def test_households_people_and_pending_pairs_go_by_the_matter_of_the_day(tmp_path: Path, neo4j_url: str) -> None:
    people = [{"id": f"r:{x}", "name": f"张{x}"} for x in "abc"]
    history = "c:2@2024-02-01@2024-03-01 c:1@2024-03-01"
    cases = [{"id": f"c:{n}", "name": f"案{n}", "kind": "petition", "matter_id": "c:1", "registered_on": f"2024-0{n}-01",
              "matter_history": history if n == 2 else None} for n in (1, 2, 3)]
    edges = [
        *(edge("PARTY_TO", f"r:{x}", f"c:{n}", role="petitioner") for x, n in zip("abc", (1, 2, 3), strict=True)),
        *(edge("MEMBER_OF", f"r:{x}", "h:1", registered=True) for x in "abc"),
        edge("POSSIBLY_SAME", "r:a", "r:b", tier="possible", why="姓名相同"),
    ]
    home = Home(tmp_path)
    Ledger(home)
    build = build_of(tmp_path, {"Resident": people, "Case": cases, "Household": [{"id": "h:1", "name": "某户"}]}, edges)
    publish_embedded(home, build)
    wipe(neo4j_url)
    publish_to_server(home, build, ServerAddress(neo4j_url))
    for address in (tmp_path, neo4j_url):
        with open_store(address, data=tmp_path) as store:
            said = [(
                [row["same_matters"] for row in store.ask("pending_identities", as_of=day).rows],
                [(row["matter"], row["certain"]) for row in store.ask("repeat_households", as_of=day).rows],
                [(row["matter"], row["people"]) for row in store.ask("joint_matters", as_of=day, min_people=2).rows],
                [(row["petitioner_id"], row["possible"]) for row in store.ask("repeat_petitioners", as_of=day, at_least="possible").rows],
            ) for day in ("2024-02-29", "2024-03-01")]
        assert said == [([0], [], [], []), ([1], [("c:1", 3)], [("c:1", 3)], [("r:a", 2), ("r:b", 2)])], address


@pytest.mark.parametrize("seed", range(40))
def test_the_spells_are_the_connected_cases_of_every_day(seed: int) -> None:
    dice = random.Random(seed)
    cases = [f"c:{n}" for n in range(dice.randint(2, 14))]
    days = {case: dice.choice(["", *(f"2024-01-{n:02}" for n in range(1, 9))]) for case in cases}
    ties = [pair for pair in ((a, b) for a in cases for b in cases if a < b) if dice.random() < 0.2]
    found = [spell for group in nx.connected_components(nx.Graph(ties)) for spell in spells(group, [t for t in ties if t[0] in group], days)]
    for day in sorted({*days.values(), "2024-01-09"}):
        there = nx.Graph(ties).subgraph(case for case in cases if days[case] <= day)
        wanted = {case: min(group, key=lambda one: (days[one], one)) for group in nx.connected_components(there) for case in group}
        assert {s.case: s.matter for s in found if s.since <= day and (s.until is None or s.until > day)} == wanted


def test_pairs_within_a_group_tie_unless_somebody_rejected_a_link_of_it() -> None:
    groups, edges = [["a", "b", "c"], ["d", "e"]], [("c", "a"), ("c", "b"), ("e", "d")]
    pairs = [("b", "a"), ("d", "a"), ("x", "y")]
    assert ties_of_groups(groups, edges, pairs) == [[("c", "a"), ("c", "b"), ("b", "a")], [("e", "d")]]
    assert ties_of_groups(groups, edges, pairs, {frozenset("ab")}) == [[("c", "a"), ("c", "b")], [("e", "d")]]
    assert ties_of_groups(groups, edges, pairs, {frozenset("ad")}) == ties_of_groups(groups, edges, pairs)
