"""Every kind of link between two cases, and what is no link: asked on both engines of one small county."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.build.run import build_graph
from graph.errors import WrongParameter
from graph.ledger import Ledger
from graph.opening import ServerAddress, open_store, publish_embedded, publish_to_server
from graph.store import Store
from tests.county import load_and_build
from tests.engines import wipe
from tests.ingest.desk import id_number

VILLAGE = "330199100201"


def plot(number: int) -> str:
    return f"{VILLAGE}{number:07d}"


PEOPLE = [
    # name, number, household, relation, moved in, moved out
    ("甲一", 1, "H1", "户主", "", ""), ("甲二", 2, "H1", "配偶", "", ""), ("甲女", 3, "H1", "长女", "1990-01-01", "2019-12-31"),
    ("甲女", 3, "H2", "配偶", "2020-01-01", ""), ("乙一", 4, "H2", "户主", "", ""), ("丙一", 5, "H3", "户主", "", ""),
    ("集一", 6, "HC", "户主", "", ""), ("集二", 7, "HC", "非亲属", "", ""), ("丁一", 8, "H4", "户主", "", ""),
    ("戊一", 9, "H5", "户主", "", ""), ("己一", 10, "H6", "户主", "", ""), ("庚一", 11, "H7", "户主", "", ""),
    ("辛一", 12, "H8", "户主", "", ""), ("壬一", 13, "H9", "户主", "", ""),
]
SAME = "河道淤塞多年无人清理请求尽快疏浚"
DISPUTES = [
    # number, day, parcel, origin, applicant, respondent, agent
    ("D1", "2023-01-01", plot(1), "", "甲一", "丙一", "丁一"), ("D2", "2023-02-01", "", "", "甲一", "戊一", ""),
    ("D3", "2023-03-01", "", "", "甲二", "己一", ""), ("D4", "2023-04-01", plot(1), "", "庚一", "辛一", ""),
    ("D5", "2023-05-01", plot(2), "", "壬一", "", ""), ("D6", "2023-06-01", "", "D1", "乙一", "", ""),
    ("D7", "2023-07-01", "", "", "甲女", "", ""), ("D8", "2023-08-01", "", "", "丁一", "", ""),
    ("D9", "2023-09-01", "", "", "集一", "", ""), ("D10", "2023-09-02", "", "", "集二", "", ""),
    ("D11", "2018-01-01", "", "", "甲女", "", ""), ("D12", "2023-10-01", "", "", "己一", "丙一", ""),
]
PETITIONS = [
    # number, day, petitioner number, organ, person complained of, title
    ("X1", "2023-01-05", "14", "A", "", "反映一"), ("X2", "2023-02-05", "15", "A", "", "反映二"),
    ("X3", "2023-03-05", "16", "", "王官", "反映三"), ("X4", "2023-04-05", "17", "", "王官", "反映四"),
    ("X5", "2023-05-05", "18", "", "", SAME), ("X6", "2023-06-05", "19", "", "", SAME),
]

AGREEMENTS = [
    "G1,D1,2023-12-20,,,,", "G2,D1,2023-06-01,2023-07-01,,,", "G3,D2,2023-06-01,2023-08-10,2023-08-01,已履行,",
    "G4,D3,2023-08-01,2023-09-01,,未履行,", "G5,D4,2023-04-20,2024-12-31,,,2023-05-01", "G6,D5,2023-06-01,,,反悔,",
    "G7,D6,2023-09-01,,,,", "G8,D7,2023-07-10,2024-06,,部分履行,",
]


def files() -> dict[str, list[str]]:
    number = {name: id_number(n) for name, n, *_ in PEOPLE}
    parties = [
        f"{case},{name},{number[name]},{role}"
        for case, _, _, _, *names in DISPUTES for name, role in zip(names, ("申请人", "被申请人", "代理人"), strict=True) if name
    ]
    return {
        "居民": ["姓名,公民身份号码,户号,与户主关系,迁入日期,迁出日期,现住门（楼）详址,区划代码", *(
            f"{name},{id_number(n)},{house},{relation},{since},{until},枫溪县云岭镇上塘村{n}号,{VILLAGE}"
            for name, n, house, relation, since, until in PEOPLE)],
        "户": ["户号,户类型", *(f"H{n},家庭户" for n in range(1, 10)), "HC,集体户"],
        "地块": ["宗地代码,东至", f"{plot(1)},{plot(2)}", f"{plot(2)},", f"{plot(9)},"],
        "机构": ["机构编码,机构名称,层级,区划代码", f"A,丁镇政府,乡镇,{VILLAGE}"],
        "干部": ["干部编号,姓名,机构编码,职务", "G1,王官,A,科员"],
        "矛盾纠纷": ["事件编号,事件名称,发生日期,涉及宗地代码,原事件编号,区划代码", *(
            f"{n},纠纷{n},{day},{parcel},{origin},{VILLAGE}" for n, day, parcel, origin, *_ in DISPUTES)],
        "当事人": ["事件编号,姓名,证件号码,角色", *parties],
        "信访件": ["信访件编号,信访日期,信访人姓名,信访人证件号码,被反映单位,被反映人,标题,问题类别,区划代码,住址,涉及宗地代码", *(
            f"{n},{day},访{who},{id_number(int(who))},{organ},{person},{title},水利,{VILLAGE},,"
            for n, day, who, organ, person, title in PETITIONS),
            f"X7,2023-07-05,丙一,,,,反映七,水利,{VILLAGE},枫溪县云岭镇上塘村5号,",
            *(f"Y{n},2023-08-05,访{n + 20},{id_number(n + 20)},,,水泵{n},,,,{plot(9)}" for n in range(13))],
        "调解协议": ["协议编号,事件编号,达成日期,履行期限,履行日期,履行情况,司法确认日期", *AGREEMENTS],
    }


def write(folder: Path, tables: dict[str, list[str]]) -> Path:
    folder.mkdir(parents=True)
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


class Asked:
    """One county on one engine: the links of a case, by their kind."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def rows(self, case: str, **params: Any) -> list[dict[str, Any]]:
        return self.store.ask("linked_disputes", case_id=f"c:{case}", **params).rows

    def links(self, case: str, **params: Any) -> set[tuple[str, str]]:
        return {(row["other_case_id"][2:], row["kind"]) for row in self.rows(case, **params)}

    def of(self, case: str, kind: str, **params: Any) -> set[str]:
        return {other for other, found in self.links(case, kinds=kind, **params)}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("links")
    home, _ = load_and_build(root / "data", write(root / "files", files()))
    ledger = Ledger(home)
    said = {"author": "王", "at": "2024-01-01T00:00:00", "reason": "看过"}
    ledger.link_judgements.add("c:D8", "c:D12", "confirm", **said)
    ledger.link_judgements.add("c:D1", "c:D2", "reject", **said)
    with home.writer():
        build, _ = build_graph(home, ledger)
        publish_embedded(home, build)
    return home, build


@pytest.fixture(scope="module", params=["ladybug", "neo4j"])
def asked(request: pytest.FixtureRequest, home: Any) -> Iterator[Asked]:
    if request.param == "ladybug":
        with open_store(home[0].root) as store:
            yield Asked(store)
        return
    url = request.getfixturevalue("neo4j_url")
    wipe(url)
    publish_to_server(*home, ServerAddress(url))
    with open_store(url, data=home[0].root) as store:
        yield Asked(store)


def test_one_party_of_two_cases_is_a_strong_link_read_out_with_its_path(asked: Asked) -> None:
    (row,) = asked.rows("D2", kinds="same_party")
    assert (row["other_case_id"], row["strength"], row["hub"], row["judgement"]) == ("c:D1", "strong", False, "rejected")
    case, edge, party, other_edge, other = row["path"]
    assert (case, party, other) == ("c:D2", *row["via"], "c:D1")
    assert edge.startswith("e:")
    assert other_edge.startswith("e:")
    answer = asked.store.ask("linked_disputes", case_id="c:D2", kinds="same_party")
    (sentence,) = answer.parts["main"].sentences
    assert sentence == "与纠纷“纠纷D1”（c:D1）有强关联：同一当事人。两案的当事人都有“甲一”（经人工否认）。"
    assert set(row["path"]) <= set(answer.parts["main"].evidence[0].ids)
    assert answer.parts["main"].evidence[0].sources


def test_an_agent_makes_no_link(asked: Asked) -> None:
    assert "D8" not in {other for other, _ in asked.links("D1")}


def test_who_is_complained_of_makes_no_same_party(asked: Asked) -> None:
    assert asked.of("X1", "same_party") == asked.of("X3", "same_party") == set()


def test_members_of_one_household_are_linked_and_are_no_kin(asked: Asked) -> None:
    assert asked.of("D3", "same_household") == {"D1", "D2", "D11"}
    assert asked.of("D3", "kin") == {"D7"}
    (row,) = [row for row in asked.rows("D3", kinds="same_household") if row["other_case_id"] == "c:D1"]
    assert row["via"] == ["h:H1"]
    assert len(row["path"]) == 9


def test_a_household_is_that_of_the_day_of_each_case(asked: Asked) -> None:
    assert asked.of("D7", "same_household") == {"D6"}
    assert asked.of("D11", "same_household") == {"D1", "D2", "D3"}


def test_kin_of_two_households_are_a_medium_link(asked: Asked) -> None:
    assert asked.of("D7", "kin") == {"D1", "D2", "D3"}
    assert {row["strength"] for row in asked.rows("D7", kinds="kin")} == {"medium"}
    assert asked.of("D7", "kin", min_strength="strong") == set()


def test_a_collective_household_makes_no_link(asked: Asked) -> None:
    assert asked.links("D9") == set()


def test_one_parcel_is_strong_and_the_next_one_medium(asked: Asked) -> None:
    assert asked.of("D1", "same_parcel") == {"D4"}
    assert asked.of("D5", "adjacent_parcel") == {"D1", "D4"}
    assert asked.of("D5", "same_parcel") == set()


def test_one_respondent_is_a_medium_link_and_so_is_an_official(asked: Asked) -> None:
    assert asked.of("D1", "same_respondent") == {"D12"}
    assert asked.of("X3", "same_respondent") == {"X4"}


def test_one_organ_complained_of_is_same_organ_action(asked: Asked) -> None:
    assert asked.of("X1", "same_organ_action") == {"X2"}
    assert asked.of("X1", "same_respondent") == set()


def test_a_declared_origin_links_both_ways(asked: Asked) -> None:
    assert asked.of("D6", "declared") == {"D1"}
    assert asked.of("D1", "declared") == {"D6"}


def test_similar_words_are_weak_and_wait_for_a_judgement(asked: Asked) -> None:
    (row,) = asked.rows("X5", kinds="similar_text")
    assert (row["other_case_id"], row["strength"], row["judgement"]) == ("c:X6", "weak", "pending")
    assert asked.of("X5", "similar_text", min_strength="medium") == set()


def test_a_possible_same_person_is_weak(asked: Asked) -> None:
    rows = asked.rows("X7", kinds="possible_same_party")
    assert {row["other_case_id"] for row in rows} == {"c:D1", "c:D12"}
    assert {row["strength"] for row in rows} == {"weak"}


def test_what_a_person_judged_is_a_strong_link_or_says_rejected(asked: Asked) -> None:
    (row,) = asked.rows("D8", kinds="confirmed")
    assert (row["other_case_id"], row["strength"], row["judgement"]) == ("c:D12", "strong", "confirmed")
    assert {row["judgement"] for row in asked.rows("D1") if row["other_case_id"] == "c:D2"} == {"rejected"}


def test_a_link_is_known_from_the_day_both_cases_are(asked: Asked) -> None:
    assert asked.of("D1", "same_parcel", as_of="2023-03-31") == set()
    assert asked.of("D1", "same_parcel", as_of="2023-04-01") == {"D4"}
    assert asked.links("D5", as_of="2023-04-30") == set()


def clusters(asked: Asked, **params: Any) -> dict[str, tuple[set[str], set[str]]]:
    rows = asked.store.ask("dispute_clusters", **params).rows
    return {row["cluster_id"]: ({case[2:] for case in row["case_ids"]}, set(row["kinds"])) for row in rows}


def test_clusters_are_connected_by_strong_links_as_of_a_day(asked: Asked) -> None:
    """Without D2, which was rejected beside D1 but is linked to D3; kin and neighbours join nothing."""
    assert clusters(asked) == {
        "u:D11": ({"D11", "D1", "D2", "D3", "D4", "D6", "D7", "D12", "D8"},
                  {"same_party", "same_household", "same_parcel", "declared", "confirmed"}),
    }
    assert clusters(asked, as_of="2023-03-31") == {
        "u:D11": ({"D11", "D1", "D2", "D3"}, {"same_household"}),
    }
    assert clusters(asked, min_size=2, as_of="2017-12-31") == {}
    assert clusters(asked, area="3302") == {}
    assert clusters(asked, since="2023-10-02") == {}


def test_a_cluster_counts_people_parcels_and_open_cases(asked: Asked) -> None:
    (row,) = asked.store.ask("dispute_clusters").rows
    assert (row["people"], row["parcels"], row["parcel_ids"], row["first_on"], row["last_on"], row["open_cases"], row["cases"]) == (
        10, 1, [f"p:{plot(1)}"], "2018-01-01", "2023-10-01", 9, 9)


def test_disputes_on_a_parcel_and_on_its_neighbours(asked: Asked) -> None:
    def found(**params: Any) -> set[tuple[str, str]]:
        rows = asked.store.ask("disputes_on_parcel", parcel_id=f"p:{plot(2)}", **params).rows
        return {(row["case_id"], row["relation"]) for row in rows}

    assert found() == {("c:D5", "same"), ("c:D1", "adjacent"), ("c:D4", "adjacent")}
    assert found(include_adjacent="false") == {("c:D5", "same")}
    assert found(as_of="2023-04-30") == {("c:D1", "adjacent"), ("c:D4", "adjacent")}


def test_a_link_only_through_a_hub_is_named_shown_last_and_joins_nothing(asked: Asked) -> None:
    rows = asked.rows("Y0")
    assert {row["other_case_id"] for row in rows} == {f"c:Y{n}" for n in range(1, 13)}
    assert {(row["kind"], row["hub"], row["hub_over"]) for row in rows} == {("same_parcel", True, 12)}
    assert all(f"“{plot(9)}”是枢纽" in row["through"] for row in rows)


def states(asked: Asked, **params: Any) -> dict[str, str]:
    return {row["agreement_id"][2:]: row["state"] for row in asked.store.ask("agreements_of", **params).rows}


@pytest.mark.parametrize(("case", "day", "state"), [
    ("D1", "2024-01-15", {"G1": "confirmation_due", "G2": "overdue"}), ("D1", "2024-01-19", {"G1": "confirmation_due", "G2": "overdue"}),
    ("D1", "2024-01-20", {"G1": "confirmation_missed", "G2": "overdue"}), ("D1", "2023-12-19", {"G2": "overdue"}),
    ("D1", "2023-07-01", {"G2": "confirmation_due"}), ("D1", "2023-07-04", {"G2": "overdue"}),
    ("D2", "2023-07-15", {"G3": "due"}), ("D2", "2023-08-01", {"G3": "kept"}),
    ("D3", "2023-08-31", {"G4": "confirmation_due"}), ("D3", "2023-09-01", {"G4": "due"}), ("D3", "2023-09-02", {"G4": "broken"}),
    ("D4", "2023-04-30", {"G5": "confirmation_due"}), ("D4", "2023-05-01", {"G5": "confirmed"}), ("D4", "2025-01-01", {"G5": "overdue"}),
    ("D5", "2024-01-01", {"G6": "broken"}), ("D7", "2024-06-30", {"G8": "due"}), ("D7", "2024-07-01", {"G8": "overdue"}),
])
def test_the_state_of_an_agreement_on_a_day(asked: Asked, case: str, day: str, state: dict[str, str]) -> None:
    assert states(asked, case_id=f"c:{case}", as_of=day) == state


def test_confirmation_may_be_asked_for_until_the_next_working_day(asked: Asked) -> None:
    (row,) = asked.store.ask("agreements_of", case_id="c:D6", as_of="2023-10-07").rows
    assert (row["signed_on"], row["confirmation_due_on"], row["state"]) == ("2023-09-01", "2023-10-07", "confirmation_due")
    assert states(asked, case_id="c:D6", as_of="2023-10-08") == {"G7": "confirmation_missed"}
    assert row["path"][0] == "c:D6"
    assert row["path"][-1] == "g:G7"


def test_the_agreements_of_a_party_are_those_of_its_cases_without_agency(asked: Asked) -> None:
    def person(name: str) -> str:
        row = asked.store.ask("search", text=name, kinds="Resident").rows[0]
        return str(row["id"])

    day = {"as_of": "2024-01-15"}
    assert set(states(asked, party_id=person("甲一"), **day)) == {"G1", "G2", "G3"}
    assert set(states(asked, party_id=person("甲一"), case_id="c:D2", **day)) == {"G3"}
    assert states(asked, party_id=person("丁一"), **day) == {}
    assert set(states(asked, party_id="h:H1", **day)) == {"G1", "G2", "G3", "G4"}
    assert set(states(asked, party_id="h:H2", **day)) == {"G7", "G8"}
    with pytest.raises(WrongParameter, match="party_id"):
        asked.store.ask("agreements_of", as_of="2024-01-15")
