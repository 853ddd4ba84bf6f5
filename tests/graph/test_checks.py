"""Checks: an answer kept under a number is the same for ever, and says whether the graph would answer otherwise now."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from graph.build.run import build_graph
from graph.errors import NoHistory, NotFound, WrongParameter
from graph.home import Home
from graph.ledger import Ledger
from graph.opening import open_store, publish_embedded
from graph.store import Store
from ingest.load import load
from tests.county import load_and_build
from tests.ingest.desk import id_number

ONE, OTHER, THIRD = id_number(1), id_number(2), id_number(3)
PHONE = "13800000007"
RESIDENTS = f"""姓名,公民身份号码,联系电话,现住址
李小明,{ONE},{PHONE},竹岙村1号
周文,{OTHER},13800000008,竹岙村2号
周文,{THIRD},13800000009,竹岙村2号
"""


class Desk:
    """A data directory that gets another dispute when told so."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "files"
        self.folder.mkdir()
        (self.folder / "居民.csv").write_text(RESIDENTS, encoding="utf-8")
        self._case("D1")
        self.home, _ = load_and_build(root / "data", self.folder)
        self.ledger = Ledger(self.home)

    def _case(self, number: str) -> None:
        (self.folder / "矛盾纠纷.csv").write_text(f"事件编号,发生日期,事件类别\n{number},2024-01-01,邻里\n", encoding="utf-8")
        (self.folder / "当事人.csv").write_text(
            f"事件编号,姓名,证件号码,角色\n{number},李小明,{ONE},申请人\n{number},周文,{OTHER},被申请人\n", encoding="utf-8"
        )

    def another(self, number: str) -> None:
        self._case(number)
        load(self.home, self.ledger, [self.folder])
        with self.home.writer():
            build, _ = build_graph(self.home, self.ledger)
            publish_embedded(self.home, build)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def store(desk: Desk) -> Iterator[Store]:
    with open_store(desk.home.root) as opened:
        yield opened


def parties() -> list[dict[str, str]]:
    return [{"name": "李小明", "phone": PHONE}, {"name": "周文", "id_number": OTHER}]


def test_a_check_is_shown_as_it_was_after_a_newer_build_and_says_what_came_since(desk: Desk, store: Store) -> None:
    asked = store.ask("prior_disputes", parties=parties()).to_dict()
    kept = store.check(author="王某", parties=parties())
    assert json.loads(kept.answer) == asked
    assert (kept.build, kept.graph_hash, kept.author) == (asked["build"], asked["graph_hash"], "王某")
    same = store.checks.show(kept.number)
    assert (same.check, same.differs, same.build) == (kept, False, kept.build)
    desk.another("D2")
    later = store.checks.show(kept.number)
    assert later.check == kept
    assert later.check.to_dict()["answer"] == asked
    assert (later.differs, later.build > kept.build) == (True, True)
    assert ({row["case_id"] for row in later.added}, later.gone) == ({"c:D2"}, ())


def test_what_was_given_to_find_a_party_is_not_kept(desk: Desk, store: Store) -> None:
    kept = store.check(parties=parties())
    assert len(json.loads(kept.params)["parties"]) == 2
    assert all(party.startswith("r:") for party in json.loads(kept.params)["parties"])
    stored = (desk.home.root / "ledger.db").read_bytes()
    for raw in (ONE, OTHER, PHONE):
        assert raw.encode() not in stored


def test_numbers_follow_one_another_also_when_many_check_at_once(store: Store) -> None:
    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(lambda _: store.check(parties=parties()).number, range(18)))
    serial = sorted(int(number.rpartition("-")[2]) for number in numbers)
    assert serial == list(range(serial[0], serial[0] + 18))
    assert all(store.checks.get(number).intact for number in numbers)


def test_a_record_that_was_changed_is_said_to_be(desk: Desk, store: Store) -> None:
    kept = store.check(parties=parties())
    with sqlite3.connect(desk.home.root / "ledger.db") as connection:
        connection.execute("UPDATE checks SET answer = replace(answer, '邻里', '其他') WHERE number = ?", [kept.number])
    assert kept.intact
    assert not store.checks.get(kept.number).intact


def test_a_check_works_while_a_writer_holds_the_data_directory(desk: Desk, store: Store) -> None:
    with desk.home.writer():
        assert store.check(parties=parties()).number


@pytest.mark.parametrize("number", ["核-20261124-9999", "1", "", "核-20261124-0001'; DROP TABLE checks"])
def test_a_number_nobody_has_is_not_found(store: Store, number: str) -> None:
    with pytest.raises(NotFound):
        store.checks.show(number)


@pytest.mark.parametrize(("question", "params"), [("search", {"text": "李"}), ("prior_disputes", {"parties": ["r:1"]})])
def test_what_cannot_be_asked_or_kept_is_refused(store: Store, question: str, params: dict[str, Any]) -> None:
    with pytest.raises(WrongParameter):
        store.check(question, **params)


def test_without_a_ledger_nothing_is_kept(neo4j_url: str) -> None:
    with open_store(neo4j_url) as server, pytest.raises(NoHistory):
        server.check(parties=parties())


def test_several_of_one_name_are_told_apart_by_a_further_key_and_no_value_is_repeated(store: Store) -> None:
    with pytest.raises(NotFound) as nobody:
        store.ask("prior_disputes", parties=[{"name": "李小明", "phone": "13911112222"}, {"name": "周文", "phone": PHONE}])
    assert "第1方" in str(nobody.value)
    with pytest.raises(NotFound) as unknown:
        store.ask("prior_disputes", parties=[{"name": "李小明", "phone": PHONE}, {"name": "周文", "id_number": id_number(9)}])
    assert "第2方" in str(unknown.value)
    assert "证件号码" in str(unknown.value)
    with pytest.raises(NotFound) as several:
        store.ask("prior_disputes", parties=[{"name": "李小明", "phone": PHONE}, {"name": "周文", "address": "竹岙村"}])
    assert "第2方" in str(several.value)
    assert "2人符合" in str(several.value)
    assert "id_number或联系电话" in str(several.value)
    for said in (str(nobody.value), str(unknown.value), str(several.value)):
        assert not any(raw in said for raw in ("13911112222", PHONE, id_number(9), "李小明", "周文", "竹岙"))


def test_a_name_that_is_not_the_registered_one_is_noted(store: Store) -> None:
    notes = store.ask("prior_disputes", parties=[{"name": "李小民", "id_number": ONE}, {"name": "周文", "id_number": OTHER}]).notes
    assert any("第1方" in note and "李" not in note for note in notes)


def test_the_home_is_where_the_checks_are(desk: Desk, store: Store) -> None:
    kept = store.check(parties=parties())
    assert Ledger(Home(desk.home.root)).checks.get(kept.number) == kept
