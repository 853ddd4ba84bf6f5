"""What rows name and nobody handed over yet, asked as a question of both engines."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cypher.library import load as load_library
from graph.answer import Answer
from graph.build.run import build_graph
from graph.engines.base import NothingPublished
from graph.errors import NoHistory, WrongParameter
from graph.opening import ServerAddress, open_store, publish_embedded, publish_to_server
from graph.register import TABLES
from graph.store import Store
from graph.unresolved import FIRST, KINDS
from tests.ingest.desk import Desk, id_number

NAME = "unresolved_references"
STEPS = ["信访件编号", "处置环节", "处理单位编码", "处理时间"]
PARCELS = ["宗地代码", "权利人", "东至", "北至"]
OLD, NEW = "2023-05-01T08:00:00", "2024-02-01T08:00:00"
MORE = 7
LONG_LIST = FIRST + MORE


def plot(number: int) -> str:
    return f"330199100201{number:07d}"


@dataclass
class Town:
    """A small town and both engines with it."""

    desk: Desk
    stores: tuple[Store, Store]

    def ask(self, **params: Any) -> Answer:
        """The answer of the embedded engine, after the server gave the same."""
        answer, other = (store.ask(NAME, max_rows=5000, **params) for store in self.stores)
        assert answer.to_dict() == other.to_dict()
        return answer


def publish(desk: Desk, url: str) -> None:
    with desk.home.writer():
        build, _ = build_graph(desk.home, desk.ledger)
        publish_embedded(desk.home, build)
    publish_to_server(desk.home, build, ServerAddress(url))


def load_on(desk: Desk, day: str, path: Path) -> None:
    """Load a file and have the ledger say that it came on that day."""
    load_id = desk.load(path).load_id
    with sqlite3.connect(desk.home.root / "ledger.db") as ledger:
        assert ledger.execute("UPDATE loads SET loaded_at = ? WHERE load_id = ?", (day, load_id)).rowcount == 1
    ledger.close()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, neo4j_url: str) -> Iterator[Town]:
    """An old load of bounds and two steps, a newer one of more steps than are listed."""
    from tests.engines import wipe

    wipe(neo4j_url)
    desk = Desk(tmp_path_factory.mktemp("unresolved"))
    long = [[f"X{n}", "登记", "", "2024-01-05"] for n in range(LONG_LIST - 2)]
    load_on(desk, NEW, desk.csv("甲.csv", [STEPS, *long]))
    load_on(desk, OLD, desk.workbook("流程.xlsx", 乙=[STEPS, ["Y1", "承办", "A1", "2023-03-05"], [id_number(1), "登记", "", "2023-03-05"]]))
    holders = [[plot(1), "张三", "李四承包田", plot(9)], [plot(2), "李四", "", ""], [plot(3), "李四", "", ""]]
    load_on(desk, OLD, desk.csv("地块.csv", [PARCELS, *holders]))
    publish(desk, neo4j_url)
    with open_store(desk.home.root) as embedded, open_store(neo4j_url, data=desk.home.root) as server:
        yield Town(desk, (embedded, server))


def places(answer: Answer) -> set[tuple[object, ...]]:
    return {tuple(row[name] for name in ("kind", "value", "file", "sheet", "row", "table", "field", "candidates")) for row in answer.rows}


def test_every_reference_is_told_with_its_row(town: Town) -> None:
    answer = town.ask(as_of="2023-12-31")
    assert places(answer) == {
        ("case", "Y1", "流程.xlsx", "乙", 2, "steps", "case_number", 0),
        ("case", f"330127********{id_number(1)[-4:]}", "流程.xlsx", "乙", 3, "steps", "case_number", 0),
        ("organ", "A1", "流程.xlsx", "乙", 2, "steps", "to_organ", 0),
        ("parcel", plot(9), "地块.csv", None, 2, "parcels", "north", 0),
        ("bound_ambiguous", "李四承包田", "地块.csv", None, 2, "parcels", "east", 2),
    }
    said = {row["value"]: sentence for row, sentence in zip(answer.rows, answer.parts["main"].sentences, strict=True)}
    assert said["A1"] == "流程.xlsx乙第2行（办理流程Y1）的处理单位“A1”未能对应：机构。"
    assert id_number(1) not in str(answer.to_dict())


def test_the_evidence_is_the_file(town: Town) -> None:
    answer = town.ask(kind="parcel")
    (row,), (rests_on,) = answer.rows, answer.parts["main"].evidence
    assert rests_on.ids == (row["source_id"],)
    assert {data["name"] for _, data in answer.to_networkx().nodes(data=True)} == {"地块.csv"}


def test_one_kind_is_chosen_from_those_there_are(town: Town) -> None:
    for kind in KINDS:
        answer = town.ask(kind=kind, as_of="2023")
        assert {row["kind"] for part in answer.parts.values() for row in part.rows} <= {kind}
    assert town.ask(kind="").params["kind"] == "any"
    with pytest.raises(WrongParameter, match="bound_ambiguous"):
        town.ask(kind="person")


def test_only_files_loaded_by_that_day_count(town: Town) -> None:
    before = town.ask(as_of="2023-04-30")
    assert [part.rows for part in before.parts.values()] == [[], []]
    assert before.notes[0].startswith("未发现记录")
    counts = {row["file"]: row["references"] for row in town.ask(kind="case", as_of="2024-01-31").parts["counts"].rows}
    assert counts == {"流程.xlsx": 2}


def test_a_long_list_is_cut_and_the_counts_say_so(town: Town) -> None:
    answer = town.ask(kind="case")
    assert len(answer.rows) == FIRST
    assert {"Y1", "X0"} <= {row["value"] for row in answer.rows}, "the file loaded first is listed first"
    assert {row["row"] for row in answer.rows if row["file"] == "甲.csv"} == set(range(2, FIRST)), "the first rows of a file"
    counts = {row["file"]: (row["references"], row["unlisted"]) for row in answer.parts["counts"].rows}
    assert counts == {"流程.xlsx": (2, 0), "甲.csv": (LONG_LIST - 2, MORE)}
    assert f"其中未列出{MORE}条" in str(answer.parts["counts"].sentences)
    assert [(row["kind"], row["unlisted"]) for row in town.ask().parts["counts"].rows if row["kind"] != "case"] == [
        ("bound_ambiguous", 0), ("parcel", 0), ("organ", 0)]


def test_the_list_and_the_counts_agree_with_the_store(town: Town) -> None:
    whole = town.stores[0].unresolved(limit=5000)
    answer = town.ask()
    counted = {kind: sum(row["references"] for row in answer.parts["counts"].rows if row["kind"] == kind) for kind in whole.counts}
    assert counted == whole.counts
    listed = {(r.kind, r.value, r.address.file, r.address.sheet or None, r.address.row, r.table, r.field, r.candidates)
              for r in whole.references if r.address}
    assert len(listed) == len(answer.rows) + MORE
    assert places(answer) < listed


def test_a_limit_of_the_caller_is_said(town: Town) -> None:
    answer = town.stores[0].ask(NAME, max_rows=2)
    assert (len(answer.rows), answer.parts["main"].truncated) == (2, True)


def test_a_server_without_a_data_directory_never_says_that_nothing_was_found(town: Town, neo4j_url: str) -> None:
    with open_store(neo4j_url) as alone:
        with pytest.raises(NoHistory, match="--data"):
            alone.ask(NAME)
        with pytest.raises(NoHistory):
            alone.ask(NAME, kind="parcel", as_of="2000")
        assert alone.ask("dispute_clusters").parts["joined"].rows == []


def test_what_is_handed_over_is_listed_no_longer(tmp_path: Path, neo4j_empty: str) -> None:
    desk = Desk(tmp_path)
    desk.load(desk.csv("流程.csv", [STEPS, ["X1", "登记", "A1", "2024-03-05"]]))
    publish(desk, neo4j_empty)
    with open_store(desk.home.root) as embedded, open_store(neo4j_empty, data=desk.home.root) as server:
        both = Town(desk, (embedded, server))
        assert [row["value"] for row in both.ask().rows] == ["X1", "A1"]
        desk.load(desk.csv("信访件.csv", [["信访件编号", "信访人", "信访日期"], ["X1", "张三", "2024-03-01"]]))
        publish(desk, neo4j_empty)
        assert [row["value"] for row in both.ask().rows] == ["A1"]
        desk.load(desk.csv("机构.csv", [["机构编码", "机构名称"], ["A1", "某某所"]]))
        publish(desk, neo4j_empty)
        assert (both.ask().rows, both.ask().parts["counts"].rows) == ([], [])
        number = desk.home.current_number()
        assert number is not None
        (desk.home.build_dir(number) / "unresolved.parquet").unlink()
        for store in both.stores:
            with pytest.raises(NothingPublished):
                store.ask(NAME)


def test_every_kind_table_and_field_has_its_words() -> None:
    question = load_library()[NAME]
    refer = {field.name for table in TABLES.values() for field in table.fields if field.refers}
    for part in question.parts:
        assert dict(part.column("table").values) == {table.name: table.zh for table in TABLES.values()}
        assert set(part.column("field").values) == refer | {"east", "south", "west", "north"}
        assert dict(part.column("kind").values) == {kind: zh for kind, (_, zh) in KINDS.items()}
    assert question.param("kind").of == ("any", *KINDS)
