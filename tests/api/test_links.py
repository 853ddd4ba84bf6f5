"""Links of cases on the command line and over HTTP: listed, judged, applied by the next build, undone, refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.build.run import build_graph
from graph.home import Home
from graph.ledger import Ledger
from graph.opening import open_store, publish_embedded
from tests.api.command_line import CommandLine
from tests.county import load_and_build
from tests.graph.test_links_judged import LINES, write

WORDS = ("--author", "王某", "--reason", "现场看过")
BODY = {"a": "c:D4", "b": "c:D1", "verdict": "confirm", "author": "王某", "reason": "现场看过"}


@pytest.fixture
def desk(tmp_path: Path, fengqiao: CommandLine) -> CommandLine:
    load_and_build(tmp_path / "data", write(tmp_path / "files", LINES))
    return fengqiao


@pytest.fixture
def web(tmp_path: Path) -> Iterator[tuple[TestClient, Home]]:
    home, _ = load_and_build(tmp_path / "data", write(tmp_path / "files", LINES))
    with open_store(home.root) as store, TestClient(create_app(store, ledger=Ledger(home))) as client:
        yield client, home


def rebuilt(home: Home) -> None:
    with home.writer():
        build, _ = build_graph(home, Ledger(home))
        publish_embedded(home, build)


def test_a_link_is_judged_applied_and_undone_on_the_command_line(desk: CommandLine) -> None:
    before = desk.json("status")["builds"][-1]["graph_hash"]
    assert {row["other_case_id"] for row in desk.json("links", "list", "c:D1")["pending"]} == {"c:D2", "c:D3"}
    written = desk.json("links", "judge", "c:D4", "c:D1", "--verdict", "confirm", *WORDS)
    assert (written["seq"], written["a"], written["b"], "build" in written["note"]) == (1, "c:D1", "c:D4", True)
    desk.json("build")
    rows = desk.json("ask", "linked_disputes", "--case-id", "c:D4")["rows"]
    assert [(row["other_case_id"], row["kind"], row["judgement"]) for row in rows] == [("c:D1", "confirmed", "confirmed")]
    assert "确认有关联" in desk("links", "list", "c:D4").out
    assert desk.json("links", "undo", "1", *WORDS)["undone_by"] == "王某"
    desk.json("build")
    assert desk.json("status")["builds"][-1]["graph_hash"] == before
    assert "撤销" in desk("links", "list").out


def test_what_cannot_be_judged_is_refused_in_words(desk: CommandLine) -> None:
    same = desk("links", "judge", "c:D1", "c:D1", "--verdict", "confirm", *WORDS)
    assert (same.code, "同一件案件" in same.err) == (1, True)
    blank = desk("links", "judge", "c:D1", "c:D2", "--verdict", "reject", "--author", "王", "--reason", " ")
    assert (blank.code, "reason" in blank.err) == (1, True)
    assert desk("links", "judge", "c:D1", "c:D2", "--verdict", "maybe", *WORDS).code == 1
    assert desk("links", "undo", "7", *WORDS).code == 1
    assert desk.json("links", "list") == {"pending": [], "judgements": []}


def test_a_link_is_judged_over_http(web: tuple[TestClient, Home]) -> None:
    client, home = web
    written = client.post("/api/v1/links/judgements", json=BODY)
    assert (written.status_code, written.json()["seq"]) == (201, 1)
    rebuilt(home)
    listed = client.get("/api/v1/links", params={"case_id": "c:D4"}).json()
    assert (listed["pending"], [one["verdict"] for one in listed["judgements"]]) == ([], ["confirm"])
    answer = client.get("/api/v1/questions/dispute_clusters")
    assert answer.status_code == 200, answer.text
    rows = answer.json()["rows"]
    assert [row["case_ids"] for row in rows] == [["c:D1", "c:D2", "c:D4"]]
    undone = client.post("/api/v1/links/judgements/1/undo", json={"author": "李某", "reason": "看错"})
    assert undone.json()["undone_reason"] == "看错"
    rebuilt(home)
    last = client.get("/api/v1/questions/dispute_clusters")
    assert last.status_code == 200, last.text
    assert last.json()["rows"] == []


def test_what_is_refused_over_http_is_a_problem_and_writes_nothing(web: tuple[TestClient, Home]) -> None:
    client, home = web
    url = "/api/v1/links/judgements"
    text = client.build_request("POST", url, json=BODY).content
    refused = [
        (client.post(url, json=BODY | {"b": "c:D4"}), 409), (client.post(url, json=BODY | {"reason": " "}), 422),
        (client.post(url, json=BODY | {"verdict": "maybe"}), 422), (client.post(url, json=BODY | {"a": "c:D99"}), 404),
        (client.post(url, json=BODY | {"a": "p:330199100201" + "0000001"}), 422), (client.post(url, content=text), 415),
        (client.post(f"{url}/7/undo", json={"author": "王", "reason": "无"}), 404),
        (client.get("/api/v1/links", params={"case_id": "c:D99"}), 404),
    ]
    for answer, status in refused:
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
    assert Ledger(home).link_judgements.all() == []
