"""The mappings that come with the program, on small hand-written files of the shapes they are for."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow.parquet as pq
import pytest

from graph.build.run import build_graph
from ingest.mapping import available_mappings, load_mapping
from tests.ingest.desk import Desk, id_number

EVENTS = [
    "rec_id", "create_time", "district", "street", "street_id", "community", "community_id", "event_type", "main_type",
    "sub_type", "dispose_unit", "dispose_unit_id", "event_src", "property", "achieve_name", "long",
]


def event(number: str, place: tuple[str, str, str, str], unit: tuple[str, str], *rest: str) -> list[str]:
    source, kind, done = rest or ("12345", "投诉", "按期办结")
    return [number, "2018-02-08", "坪山区", *place, "市容环卫", "绿化", "枯枝", *unit, source, kind, done, "0.0"]


LONGTIAN, MALUAN = ("龙田街道", "101", "老坑社区", "10014"), ("马峦街道", "102", "马峦社区", "10000")
NOWHERE = ("-", "-", "-", "-")


def test_all_are_listed_and_right() -> None:
    assert set(available_mappings()) == {"wenzheng", "pingshan", "police_graph"}
    for name, title in available_mappings().items():
        assert load_mapping(name).title == title


def test_messages_of_all_three_attachments(desk: Desk) -> None:
    head = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情"]
    desk.workbook("附件2.xlsx", S=[[*head, "一级分类"], [24.0, "A1", "占道", "2020/1/6 12:09:38", "\n\t\t甲乙丙丁戊", "城乡建设"]])
    desk.workbook("附件3.xlsx", S=[[*head, "反对数", "点赞数"], [188006.0, "A2", "店", "2019/2/28 11:25:05", "内容", 0, 1]])
    desk.workbook("附件4.xlsx", S=[
        [*head, "答复意见", "答复时间"],
        [2549.0, "A1", "物业", "2019/4/25 9:32:09", "内容", "已处理好了", "2019/5/10 14:56:53"],
        [2549.0, "A1", "物业", "2019/4/25 9:32:09", "内容", "已处理好了", "2019/5/10 14:56:53"],
    ])
    report = desk.load(mapping="wenzheng")
    assert [(p.read, p.loaded, p.merged) for p in report.parts] == [(1, 1, 0), (1, 1, 0), (2, 1, 1)]
    assert report.parts[1].unknown_columns == ("反对数", "点赞数")
    first, second, third = desk.rows(report, "petitions")
    assert first == {
        "number": "wenzheng-24", "own_number": "24", "petitioner": "A1", "person_key": "wenzheng:A1", "channel": "online", "title": "占道",
        "petitioned_on": "2020-01-06T12:09:38", "text": "甲乙丙丁戊", "category": "城乡建设", "provider": "问政留言",
        "part": 1, "row": 2,
    }
    assert (third["person_key"], third["replied_on"]) == (first["person_key"], "2019-05-10T14:56:53")
    assert "replied_on" not in second


class TestPingshan:
    @pytest.fixture
    def loaded(self, desk: Desk) -> Iterator[tuple[Desk, object]]:
        desk.csv("events.csv", [
            EVENTS,
            event("1", LONGTIAN, ("老坑社区", "1805")),
            event("2", LONGTIAN, ("城建办", "9444"), "12319", "建议", "逾期办结"),
            event("3", MALUAN, ("城建办（坑梓街道办事处）", "9444"), "美丽深圳", "咨询", "按期办结"),
            event("4", MALUAN, ("碧岭办事处市政服务中心", "8523")),
            event("5", MALUAN, ("城市管理局", "1583")),
            event("6", NOWHERE, ("坪山公安分局", "1891")),
            event("7", LONGTIAN, ("-", "-")),
            event("8", LONGTIAN, ("和平社区", "1757")),
        ])
        desk.csv("units.csv", [["dispose_unit", "dispose_unit_id", "unit", "parent_in_brackets"],
                               ["城建办", "9444", "城建办", ""], ["城建办（坑梓街道办事处）", "9444", "城建办", "坑梓街道办事处"]])
        desk.csv("communities.csv", [["street", "street_id", "community", "community_id"], ["坪山街道", "104", "和平社区", "10016"]])
        return desk, desk.load(mapping="pingshan", max_reject_share=0)

    def rows(self, loaded: tuple[Desk, object], table: str) -> list[dict[str, str]]:
        desk, report = loaded
        return desk.rows(report, table)  # type: ignore[arg-type]

    def test_every_row_loads(self, loaded: tuple[Desk, object]) -> None:
        assert loaded[1].parts[0].loaded == 8  # type: ignore[attr-defined]

    def test_areas_form_a_tree_of_distinct_codes(self, loaded: tuple[Desk, object]) -> None:
        areas = {a["code"]: (a["name"], a["level"], a.get("parent")) for a in self.rows(loaded, "areas")}
        assert areas == {
            "440310000000": ("坪山区", "county", None),
            "440310101000": ("龙田街道", "township", "440310000000"),
            "440310101014": ("老坑社区", "village", "440310101000"),
            "440310102000": ("马峦街道", "township", "440310000000"),
            "440310102900": ("马峦社区", "village", "440310102000"),
        }
        assert len(areas) == len(self.rows(loaded, "areas"))

    @pytest.mark.parametrize(("unit", "chain"), [
        ("pingshan-1805", ["老坑社区", "龙田街道办事处", "坪山区"]), ("pingshan-9444", ["城建办", "坑梓街道办事处", "坪山区"]),
        ("pingshan-8523", ["碧岭办事处市政服务中心", "碧岭街道办事处", "坪山区"]), ("pingshan-1583", ["城市管理局", "坪山区"]),
        ("pingshan-1891", ["坪山公安分局", "坪山区"]), ("pingshan-1757", ["和平社区", "坪山街道办事处", "坪山区"]),
    ])
    def test_a_unit_stands_under_its_street_or_the_district(
        self, loaded: tuple[Desk, object], unit: str, chain: list[str]
    ) -> None:
        organs = {o["code"]: o for o in self.rows(loaded, "organs")}
        assert len(organs) == len(self.rows(loaded, "organs"))
        names, code = [], unit
        while code:
            names.append(organs[code]["name"])
            code = organs[code].get("parent", "")
        assert names == chain

    def test_every_event_has_somebody_responsible(self, loaded: tuple[Desk, object]) -> None:
        duties = {d["case_number"]: (d["duty"], d["organ"]) for d in self.rows(loaded, "responsibilities")}
        assert set(duties) == {f"pingshan-{n}" for n in range(1, 9)}
        assert duties["pingshan-7"] == ("local", "pingshan-street-101")
        assert duties["pingshan-3"] == ("handler", "pingshan-9444")
        assert {(s["case_number"], s["to_organ"]) for s in self.rows(loaded, "steps")} == {
            (number, organ) for number, (duty, organ) in duties.items() if duty == "handler"
        }

    def test_a_petition_of_an_event(self, loaded: tuple[Desk, object]) -> None:
        petitions = {p["own_number"]: p for p in self.rows(loaded, "petitions")}
        assert {k: petitions["2"].get(k) for k in ("timeliness", "channel", "purpose", "area", "category", "petitioned_on")} == {
            "timeliness": "overdue", "channel": "hotline", "purpose": "suggestion", "area": "440310101014",
            "category": "市容环卫/绿化/枯枝", "petitioned_on": "2018-02-08",
        }
        assert (petitions["1"]["timeliness"], petitions["3"]["channel"]) == ("in_time", "online")
        assert petitions["6"]["area"] == "440310000000"
        assert "purpose" not in petitions["3"]
        assert not any({"petitioner", "person_key"} & set(petition) for petition in petitions.values())

    def test_events_alone_are_enough(self, desk: Desk) -> None:
        path = desk.csv("e.csv", [EVENTS, event("1", LONGTIAN, ("老坑社区", "1805"))])
        report = desk.load(path, mapping="pingshan")
        parents = {o["code"]: o.get("parent") for o in desk.rows(report, "organs")}
        assert parents["pingshan-1805"] == "pingshan-street-101"


def test_the_same_number_of_two_providers_is_two_cases(desk: Desk) -> None:
    head = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情"]
    messages = desk.csv("messages.csv", [head, ["9148", "A1", "占道", "2020-01-06", "内容"]])
    events = desk.csv("events.csv", [EVENTS, event("9148", LONGTIAN, ("老坑社区", "1805"))])
    native = desk.csv("信访件.csv", [["信访件编号", "信访人", "信访日期"], ["9148", "张三", "2024-01-01"]])
    desk.load(messages, mapping="wenzheng")
    desk.load(events, mapping="pingshan")
    desk.load(native)
    with desk.home.writer():
        build, _ = build_graph(desk.home, desk.ledger)
    cases = {row["id"]: row["number"] for row in pq.read_table(build.path / "nodes" / "Case.parquet").to_pylist()}
    assert cases == {"c:9148": "9148", "c:pingshan-9148": "9148", "c:wenzheng-9148": "9148"}
    assert "unresolved.steps.case_number" not in build.card.counts


@pytest.mark.parametrize(("number", "key"), [("188006.0", "wenzheng-188006"), ("1.88E+05", None), ("信[2020]5号", "wenzheng-信[2020]5号")])
def test_a_number_bent_by_a_spreadsheet_is_straightened_or_refused(desk: Desk, number: str, key: str | None) -> None:
    desk.csv("messages.csv", [["留言编号", "留言用户", "留言主题", "留言时间", "留言详情"], [number, "A1", "占道", "2020-01-06", "内容"]])
    found = [row["number"] for row in desk.rows(desk.load(mapping="wenzheng"), "petitions")]
    assert found == ([key] if key else [])


def test_a_police_graph_in_import_form(desk: Desk) -> None:
    number = id_number(1)
    desk.csv("persons.csv", [[":ID", "name", "id_number", "phone", ":LABEL"],
                             ["p1", "张三", number, "13800138000", "Person"], ["p2", "李四", "", "", "Person"]])
    desk.csv("events.csv", [[":ID", "title", "date", "type", ":LABEL"], ["e1", "斗殴", "2024-03-05", "治安", "Event"]])
    desk.csv("relations.csv", [[":START_ID", ":END_ID", ":TYPE"], ["p1", "e1", "报案人"], ["p2", "e1", "SUSPECT_IN"],
                               ["p1", "p2", "KNOWS"], ["p9", "e1", "证人"]])
    report = desk.load(mapping="police_graph", max_reject_share=0.5)
    assert {p.file: (p.read, p.loaded, p.quarantined) for p in report.parts} == {
        "persons.csv": (2, 2, 0), "events.csv": (1, 1, 0), "relations.csv": (4, 2, 2),
    }
    assert next(p for p in report.parts if p.file == "relations.csv").refusals == {"required.missing": 1, "row.unused": 1}
    people = {r["person_key"]: r for r in desk.rows(report, "residents")}
    parties = {(r["case_number"], r["person_key"], r["name"], r["role"]) for r in desk.rows(report, "parties")}
    assert parties == {("police-e1", "police:p1", "张三", "applicant"), ("police-e1", "police:p2", "李四", "respondent")}
    assert people["police:p1"]["id_number"] == desk.rows(report, "parties")[0]["id_number"]
    assert [(d["number"], d["category"]) for d in desk.rows(report, "disputes")] == [("police-e1", "治安")]
