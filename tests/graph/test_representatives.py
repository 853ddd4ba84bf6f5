"""How many representatives a group may send: by its size, its place and the day, as the packs that are on say it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.home import Home
from graph.law.book import Law
from graph.opening import DEFAULT_ID_KEY, ServerAddress, open_store, publish_to_server
from graph.store import Store
from tests.county import load_and_build
from tests.engines import wipe
from tests.graph.test_repeat_rules import PEOPLE, number_of

ZHEJIANG, ANHUI = "3301991012", "3401991012"
IDS = {name: number_of(nth) for nth, name in enumerate(PEOPLE, 1)}
Visit = tuple[str, str, int, int, str, str]
VISITS: dict[str, Visit] = {  # title, province, representatives, people of the petition, number the source claims, day
    "three_of_ten": ("反映村道塌方", ZHEJIANG, 3, 10, "", "2023-06-01"),
    "four_of_ten": ("反映水塔漏水", ZHEJIANG, 4, 10, "", "2023-06-01"),
    "four_of_eleven": ("请求修理戏台", ZHEJIANG, 4, 11, "", "2023-06-01"),
    "five_of_eleven": ("投诉砖厂烟尘", ZHEJIANG, 5, 11, "", "2023-06-01"),
    "six_of_eleven": ("要求补发粮款", ZHEJIANG, 6, 11, "", "2023-06-01"),
    "six_of_ten": ("控诉鱼塘投毒", ZHEJIANG, 6, 10, "", "2023-06-01"),
    "four_for_forty": ("询问公墓搬迁", ZHEJIANG, 4, 4, "40", "2023-06-01"),
    "elsewhere_four": ("反映路灯不亮", ANHUI, 4, 10, "", "2023-06-01"),
    "elsewhere_six": ("请求开通班车", ANHUI, 6, 10, "", "2023-06-01"),
    "elsewhere_2021": ("投诉猪场臭气", ANHUI, 6, 10, "", "2021-06-01"),
    "four_of_ten_2021": ("要求归还祠堂", ZHEJIANG, 4, 10, "", "2021-06-01"),
}
OWN = "pack: own\nrules:\n  - {{id: representatives, kind: limit, article: 本地规定, text: 代表人数, jurisdiction: '{area}', {given}}}\n"
BASE = {"six_of_eleven", "six_of_ten", "elsewhere_six"}


def _tables() -> dict[str, str]:
    petitions = ["信访件编号,信访人姓名,信访人证件号码,信访日期,登记日期,信访形式,标题,问题类别,区划代码,人数"]
    parties = ["信访件编号,姓名,证件号码,角色"]
    for nth, (case, (title, province, sent, people, claimed, day)) in enumerate(VISITS.items()):
        petitions.append(f"{case},{PEOPLE[0]},{IDS[PEOPLE[0]]},{day},{day},走访,{title},,{province}{nth + 1:02},{claimed}")
        parties += [f"{case},{who},{IDS[who]},{'代表' if seq < sent else '参与人'}" for seq, who in enumerate(PEOPLE[:people])]
    return {"信访件": "\n".join(petitions), "当事人": "\n".join(parties)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Any]:
    root = tmp_path_factory.mktemp("representatives")
    (root / "files").mkdir()
    for name, text in _tables().items():
        (root / "files" / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    return load_and_build(root / "data", root / "files")


@pytest.fixture(scope="module", params=["ladybug", "neo4j"])
def store(request: pytest.FixtureRequest, built: tuple[Home, Any]) -> Iterator[Store]:
    if request.param == "ladybug":
        with open_store(built[0].root) as embedded:
            yield embedded
        return
    url = request.getfixturevalue("neo4j_url")
    wipe(url)
    publish_to_server(*built, ServerAddress(url))
    with open_store(url) as server:
        yield server


def over(store: Store, law: Law) -> set[str]:
    """The petitions whose visit had too many representatives."""
    asked = Store(store._readers, id_key=DEFAULT_ID_KEY, law=law)
    rows = asked.ask("joint_matters", min_people=2).rows
    assert {case for row in rows for case in row["case_ids"]} == {f"c:{case}" for case in VISITS}
    assert all(len(row["case_ids"]) == 1 for row in rows)
    return {row["matter"][2:] for row in rows if row["over_representative_limit"]}


def own(tmp_path: Path, given: str, area: str = "33") -> Law:
    (tmp_path / "own.yaml").write_text(OWN.format(area=area, given=given), encoding="utf-8")
    return Law.load(tmp_path)


def test_five_are_allowed_everywhere_where_no_local_pack_is_on(store: Store) -> None:
    assert over(store, Law.load()) == BASE


def test_in_zhejiang_three_for_up_to_ten_people_and_five_for_more(store: Store) -> None:
    found = over(store, Law.load(packs=["zhejiang"]))
    assert found == BASE | {"four_of_ten", "four_of_ten_2021"}, "the source's number makes the four of forty a large group"


def test_a_place_that_speaks_of_small_groups_only_leaves_large_ones_to_the_country(store: Store, tmp_path: Path) -> None:
    assert over(store, own(tmp_path, "most: 3, up_to_people: 10")) == BASE | {"four_of_ten", "four_of_ten_2021"}


def test_a_place_that_speaks_of_large_groups_only_leaves_small_ones_to_the_country(store: Store, tmp_path: Path) -> None:
    assert over(store, own(tmp_path, "most: 7, above_people: 10")) == BASE - {"six_of_eleven"}
    assert over(store, own(tmp_path, "most: 3, above_people: 10")) == BASE | {"four_of_eleven", "five_of_eleven", "four_for_forty"}


def test_a_place_that_speaks_of_all_groups_replaces_the_country_there_only(store: Store, tmp_path: Path) -> None:
    assert over(store, own(tmp_path, "most: 200")) == {"elsewhere_six"}
    assert over(store, own(tmp_path, "most: 4, above_people: 5000", area="330199")) == BASE


def test_before_may_2022_five_are_allowed_where_the_regulation_of_2005_is_on(store: Store) -> None:
    assert over(store, Law.load(packs=["regulation_2005"])) == BASE | {"elsewhere_2021"}
