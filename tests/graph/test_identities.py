"""Who is who as a store tells it: former ids, why two are one, which rows make a person, conflicts and reviews."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import ladybug as lb
import pytest

from graph.build.artifact import Build
from graph.errors import CannotJudge, NoHistory, NotFound, WrongParameter
from graph.home import Home
from graph.identities import APART, MAYBE, ONE
from graph.ledger import Ledger
from graph.model import FORMER_ID
from graph.opening import ServerAddress, open_store, publish_embedded, publish_to_server
from graph.store import Store
from graph.versions import support
from tests.county import load_and_build
from tests.engines import wipe
from tests.factory import build_of, edge
from tests.ingest.desk import id_number
from tests.town import OTHER, PHONE, Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


@pytest.fixture(params=["embedded", "neo4j"])
def merged(request: pytest.FixtureRequest, town: Town) -> Iterator[tuple[Store, dict[str, str]]]:
    """A store of either engine over a town where the petitioner of X1 was confirmed to be the resident of H0."""
    who = town.who()
    town.judge(who["X1"], who["H0"])
    town.build()
    if request.param == "embedded":
        with open_store(town.home.root) as store:
            yield store, who
        return
    url = request.getfixturevalue("neo4j_url")
    wipe(url)
    publish_to_server(town.home, town.first, ServerAddress(url))
    publish_to_server(town.home, town.latest, ServerAddress(url))
    with open_store(url, data=town.home.root) as store:
        yield store, who


def test_a_former_id_answers_with_its_successor_and_says_so(merged: tuple[Store, dict[str, str]]) -> None:
    store, who = merged
    former, now = who["X1"], who["H0"]
    entity = store.get(former)
    assert (entity.id, entity.former_id, entity.properties) == (now, former, store.get(now).properties)
    assert store.get(now).note == ""
    answer = store.ask("person", id=former)
    assert answer.rows == store.ask("person", id=now).rows
    assert answer.notes == (f"标识 {former} 已并入 {now}。 / {former} is now {now}.",)
    assert store.ask("person", id=now).notes == ()
    both = store.ask("prior_disputes", parties=[former, who["H1"]])
    assert {case for row in both.rows for case in [row["case_id"]]} >= {"c:X1"}
    assert both.notes == answer.notes
    assert store.history(former).former_id == former
    assert store.history(former).id == now
    with pytest.raises(NotFound):
        store.get("r:nobody")


def test_former_ids_are_no_neighbours_and_no_results(merged: tuple[Store, dict[str, str]]) -> None:
    store, who = merged
    kinds = {row["kind"] for row in store.ask("neighbours", id=who["H0"]).rows}
    assert "FormerId" not in kinds
    assert {row["kind"] for row in store.ask("search", text=who["X1"][2:]).rows} == set()


def test_how_says_which_row_came_by_which_step(merged: tuple[Store, dict[str, str]]) -> None:
    store, who = merged
    how = store.how(who["X1"])
    steps = {(row.address.file, row.address.row): (row.step, row.before) for row in how.rows}
    assert steps == {("居民.csv", 2): ("id_number", ""), ("信访件.csv", 2): ("name_phone", who["X1"])}
    assert [one.seq for one in how.judgements] == [1]
    assert how.notes
    assert id_number(1) not in json.dumps(how.to_dict(), ensure_ascii=False)
    assert PHONE not in json.dumps(how.to_dict(), ensure_ascii=False)
    by_phone = store.how(who["X3"])
    assert {(row.address.file, row.step) for row in by_phone.rows} == {("居民.csv", "id_number"), ("信访件.csv", "name_phone")}


def test_why_tells_one_from_two(merged: tuple[Store, dict[str, str]]) -> None:
    store, who = merged
    one = store.why(who["X1"], who["H0"])
    assert (one.standing, [x.seq for x in one.judgements]) == (ONE, [1])
    assert any("第1号判断" in line for line in one.says)
    two = store.why(who["H0"], who["H1"])
    assert two.standing == APART
    assert any("不同的有效证件号码" in line for line in two.says)
    with pytest.raises(WrongParameter):
        store.why("c:X1", who["H0"])
    with pytest.raises(NotFound):
        store.why("r:nobody", who["H0"])


def test_a_judgement_is_written_down_with_its_evidence_and_changes_nothing_before_the_next_build(town: Town) -> None:
    who = town.who()
    with open_store(town.home.root) as store:
        one = store.identities.judge(who["X2"], who["H0"], "confirm", author=" 王 ", reason=" 电话核实 ")
        assert (one.author, one.reason, json.loads(one.evidence)) == ("王", "电话核实", {"build": 1})
        assert store.get(who["X2"]).former_id == ""
        town.build()
        assert store.get(who["X2"]).id == who["H0"]
        with pytest.raises(CannotJudge, match="已是同一人"):
            store.identities.judge(who["X2"], who["H0"], "reject", author="王", reason="看错")
        undone = store.identities.undo(one.seq, author="李", reason="认错人")
        assert (undone.undone_by, undone.undone_reason) == ("李", "认错人")
        with pytest.raises(CannotJudge, match="撤销过"):
            store.identities.undo(one.seq, author="李", reason="再撤")
        with pytest.raises(NotFound):
            store.identities.undo(99, author="李", reason="没有")
        town.build()
        assert store.mark().graph_hash == town.first.card.graph_hash


@pytest.mark.parametrize(("author", "reason", "verdict"), [("王", " ", "confirm"), ("", "看过", "confirm"), ("王", "看过", "yes"), ("王", "a\x00b", "reject")])
def test_a_judgement_without_author_or_reason_is_refused(town: Town, author: str, reason: str, verdict: str) -> None:
    who = town.who()
    with open_store(town.home.root) as store:
        with pytest.raises(WrongParameter):
            store.identities.judge(who["X1"], who["H0"], verdict, author=author, reason=reason)
        assert store.identities.judgements() == []


def test_two_numbers_cannot_be_confirmed(town: Town) -> None:
    who = town.who()
    with open_store(town.home.root) as store, pytest.raises(CannotJudge, match="不同的有效证件号码"):
        store.identities.judge(who["H0"], who["H1"], "confirm", author="王", reason="看过")


def test_reviews_are_listed_with_their_judgements(town: Town) -> None:
    who = town.who()
    first = town.judge(who["X1"], who["H0"])
    second = town.judge(who["X1"], who["H1"])
    town.build()
    with open_store(town.home.root) as store:
        found = store.identities.findings("review", 10)
        assert [x.why for x in found] == ["two_numbers"] * 2
        assert sorted(n for x in found for n in x.judgements) == [first, second]
        assert store.identities.findings("review", 1) == found[:1]
        with pytest.raises(WrongParameter):
            store.identities.findings("nonsense", 10)


def conflicts(root: Path, residents: list[str]) -> list[tuple[str, str, list[int]]]:
    """(kind, why, rows of the file) of what a build of these residents finds."""
    folder = root / "files"
    folder.mkdir()
    header = "姓名,曾用名,公民身份号码,出生日期,联系电话,户号\n"
    (folder / "居民.csv").write_text(header + "\n".join(residents) + "\n", encoding="utf-8")
    home, _ = load_and_build(root / "data", folder)
    with open_store(home.root) as store:
        found = store.identities.findings("", 10)
    return [(x.kind, x.why, sorted(a.row for a in x.addresses)) for x in found]


@pytest.mark.parametrize(("residents", "expected"), [
    ([f"李小明,,{id_number(1)},,,H0", f"周文,,{id_number(1)},,,H1"], [("name_conflict", "names", [2, 3])]),
    ([f"李小明,李大明,{id_number(1)},,,H0", f"李大明,,{id_number(1)},,,H1"], []),
    ([f"阿依·古丽,,{id_number(1)},,,H0", f"阿依古丽,,{id_number(1)},,,H1"], []),
    ([f"李小明,,{id_number(1)},,,H0", f"李某,,{id_number(1)},,,H1"], []),
    ([f"李小明,,{id_number(1)},,{PHONE},H0", f"李小明,,{id_number(2)},,{PHONE},H1"], [("phone_conflict", "two_numbers", [2, 3])]),
    ([f"李小明,,,1970-01-01,{PHONE},H0", f"李小明,,,1971-01-01,{PHONE},H1"], [("phone_conflict", "two_births", [2, 3])]),
    ([f"李小明,,,1970-01-01,{PHONE},H0", f"李小明,,,1970,{PHONE},H1", f"周文,,,,{OTHER},H2"], []),
], ids=["two names", "a former name", "dots in a name", "no full name", "two numbers", "two birth dates", "nothing contradicts"])
def test_what_contradicts_is_reported_with_its_rows(
    tmp_path: Path, residents: list[str], expected: list[tuple[str, str, list[int]]]
) -> None:
    assert conflicts(tmp_path, residents) == expected


def test_a_store_over_a_server_without_records_says_so(merged: tuple[Store, dict[str, str]], neo4j_url: str) -> None:
    with open_store(neo4j_url) as store, pytest.raises(NoHistory):
        store.how(merged[1]["H0"])


def _three_doubtful_pairs(folder: Path) -> tuple[Home, Build]:
    """A published graph of four people, three cases and three candidate edges, as the scoring step would leave them."""
    people = [{"id": f"r:{x}", "name": f"张{x}", "area_code": "330199101201"} for x in "abcd"]
    cases = [
        {"id": f"c:{n}", "name": f"案{n}", "kind": "petition", "matter_id": "c:1", "registered_on": f"2024-0{n}-01"} for n in (1, 2, 3)
    ]
    edges = [
        edge("PARTY_TO", "r:a", "c:1", role="petitioner"), edge("PARTY_TO", "r:b", "c:2", role="petitioner"),
        edge("PARTY_TO", "r:b", "c:3", role="petitioner"),
        edge("POSSIBLY_SAME", "r:c", "r:d", tier="probable", why="姓名相同"),
        edge("POSSIBLY_SAME", "r:a", "r:c", tier="possible", why="姓名相近", judgement="unsure"),
        edge("POSSIBLY_SAME", "r:a", "r:b", tier="possible", score=0.7, why="姓名相同", why_not="电话不同", features="[]"),
    ]
    home = Home(folder)
    Ledger(home)
    build = build_of(folder, {"Resident": people, "Case": cases}, edges)
    publish_embedded(home, build)
    return home, build


def test_a_pair_that_may_be_one_is_on_the_work_list_until_it_is_judged(tmp_path: Path, neo4j_url: str) -> None:
    home, build = _three_doubtful_pairs(tmp_path)
    wipe(neo4j_url)
    publish_to_server(home, build, ServerAddress(neo4j_url))
    with open_store(tmp_path) as store, open_store(neo4j_url, data=tmp_path) as server:
        rows = store.ask("pending_identities").rows
        assert rows == server.ask("pending_identities").rows
        assert [(r["a_id"], r["b_id"], r["cases_joined"], r["same_matters"], r["unsure"]) for r in rows] == [
            ("r:a", "r:b", 3, 1, False), ("r:c", "r:d", 0, 0, False), ("r:a", "r:c", 1, 0, True),
        ]
        why = server.why("r:b", "r:a")
        assert (why.standing, why.likeness["why_not"]) == (MAYBE, "电话不同")
        assert why.to_dict() == store.why("r:b", "r:a").to_dict()
        store.identities.judge("r:a", "r:b", "reject", author="王", reason="两个人")
        assert [r["a_id"] for r in server.identities.pending(10)] == ["r:c", "r:a"]
        assert [r["sentence"] for r in server.identities.pending(1)]
        prior = store.ask("prior_disputes", parties="r:a,r:d").rows
        assert {(r["relation"], r["case_id"]) for r in prior} == {("each", "c:1"), ("possible_same_party", "c:2"), ("possible_same_party", "c:3")}
        assert prior == server.ask("prior_disputes", parties="r:a,r:d").rows
        ranges = {
            (at_least, least): [(r["petitioner_id"], r["certain"], r["possible"]) for r in store.ask(
                "repeat_petitioners", min_count=least, at_least=at_least).rows]
            for at_least in ("certain", "possible") for least in (2, 3)
        }
        assert ranges == {
            ("certain", 2): [("r:b", 2, 3)], ("certain", 3): [],
            ("possible", 2): [("r:b", 2, 3), ("r:a", 1, 3)], ("possible", 3): [("r:b", 2, 3), ("r:a", 1, 3)],
        }
        for at_least in ("certain", "possible"):
            asked = {"min_count": 2, "at_least": at_least}
            assert store.ask("repeat_petitioners", **asked).rows == server.ask("repeat_petitioners", **asked).rows


def test_a_graph_from_before_former_ids_is_still_read(town: Town) -> None:
    database = lb.Database(str(town.first.embedded_file))
    connection = lb.Connection(database)
    connection.execute("DROP TABLE FormerId")
    connection.close()
    database.close()
    town.first.node_file(FORMER_ID).unlink()
    who = town.who()
    with open_store(town.home.root) as store:
        assert store.get(who["H0"]).id == who["H0"]
        assert store.how(who["H0"]).rows
        assert store.history(who["H0"]).in_graph
        with pytest.raises(NotFound):
            store.get("r:nobody")
    assert support(town.first, town.first.card.inputs).nodes["Resident"] > 0
