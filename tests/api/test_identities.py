"""Judging on the command line and over HTTP: listed, explained, written down, applied by the next build, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.opening import open_store
from tests.api.command_line import CommandLine
from tests.town import Town

WORDS = ("--author", "王某", "--reason", "电话核实")


@pytest.fixture
def desk(tmp_path: Path, fengqiao: CommandLine) -> tuple[CommandLine, dict[str, str]]:
    """The command line over the town, and who is who in it."""
    town = Town(tmp_path)
    return fengqiao, town.who()


@pytest.fixture
def web(tmp_path: Path) -> Iterator[tuple[TestClient, Town]]:
    town = Town(tmp_path)
    with open_store(town.home.root) as store, TestClient(create_app(store, ledger=town.ledger)) as client:
        yield client, town


def test_a_judgement_from_the_command_line_is_applied_and_undone(desk: tuple[CommandLine, dict[str, str]]) -> None:
    fengqiao, who = desk
    before = fengqiao.json("status")["builds"][0]["graph_hash"]
    written = fengqiao.json("identities", "judge", who["X1"], who["H0"], "--verdict", "confirm", *WORDS)
    assert (written["seq"], written["author"], written["verdict"]) == (1, "王某", "confirm")
    assert "build" in written["note"]
    fengqiao.json("build")
    how = fengqiao.json("identities", "explain", who["X1"])
    assert (how["id"], [row["step_zh"] for row in how["rows"]]) == (who["H0"], ["有效证件号码", "同一姓名与个人电话，再经人工判断"])
    assert fengqiao.json("identities", "explain", who["X1"], who["H0"])["standing"] == "one"
    shown = fengqiao("identities", "explain", who["X1"])
    assert shown.code == 0
    assert "已并入" in shown.out
    assert "信访件.csv" in shown.out
    assert fengqiao("identities", "list", "--kind", "judgements").out.count("王某") == 1
    assert fengqiao.json("identities", "undo", "1", *WORDS)["undone_by"] == "王某"
    fengqiao.json("build")
    assert fengqiao.json("status")["builds"][-1]["graph_hash"] == before


def test_conflicts_reviews_and_the_work_list_are_shown(desk: tuple[CommandLine, dict[str, str]]) -> None:
    fengqiao, who = desk
    for end in ("H0", "H1"):
        assert fengqiao("identities", "judge", who["X1"], who[end], "--verdict", "confirm", *WORDS).code == 0
    assert fengqiao("build").code == 0
    assert [x["why"] for x in fengqiao.json("identities", "list", "--kind", "review")] == ["two_numbers"] * 2
    assert "待复核" in fengqiao("identities", "list", "--kind", "review").out
    assert fengqiao.json("identities", "list", "--kind", "conflicts") == []
    assert fengqiao.json("identities", "list") == []
    assert "待判断 pending（0）" in fengqiao("identities", "list").out


def test_a_judgement_that_cannot_hold_is_refused_in_words(desk: tuple[CommandLine, dict[str, str]]) -> None:
    fengqiao, who = desk
    said = fengqiao("identities", "judge", who["H0"], who["H1"], "--verdict", "confirm", *WORDS)
    assert (said.code, "不同的有效证件号码" in said.err) == (1, True)
    blank = fengqiao("identities", "judge", who["X1"], who["H0"], "--verdict", "confirm", "--author", "王", "--reason", " ")
    assert (blank.code, "reason" in blank.err) == (1, True)
    assert fengqiao("identities", "judge", who["X1"], who["H0"], "--verdict", "confirm", "--author", "王").code != 0
    assert fengqiao.json("identities", "list", "--kind", "judgements") == []


def test_history_on_the_command_line_follows_a_former_id(desk: tuple[CommandLine, dict[str, str]]) -> None:
    fengqiao, who = desk
    fengqiao.json("identities", "judge", who["X1"], who["H0"], "--verdict", "confirm", *WORDS)
    fengqiao.json("build")
    found = fengqiao.json("history", who["X1"])
    assert (found["id"], found["former_id"]) == (who["H0"], who["X1"])
    assert "已并入" in fengqiao("history", who["X1"]).out


def test_a_judgement_over_http(web: tuple[TestClient, Town]) -> None:
    client, town = web
    who = town.who()
    body = {"a": who["X1"], "b": who["H0"], "verdict": "confirm", "author": "王某", "reason": "电话核实"}
    written = client.post("/api/v1/identities/judgements", json=body)
    assert (written.status_code, written.json()["seq"]) == (201, 1)
    assert "build" in written.json()["note"]
    assert client.get(f"/api/v1/entities/{who['X1']}").json()["id"] == who["X1"]
    town.build()
    entity = client.get(f"/api/v1/entities/{who['X1']}").json()
    assert (entity["id"], entity["former_id"]) == (who["H0"], who["X1"])
    assert "已并入" in client.get(f"/api/v1/entities/{who['X1']}/summary").json()["notes"][0]
    assert client.get(f"/api/v1/entities/{who['X1']}/history").json()["former_id"] == who["X1"]
    assert client.get("/api/v1/identities/explain", params={"a": who["X1"]}).json()["id"] == who["H0"]
    assert client.get("/api/v1/identities/explain", params={"a": who["X1"], "b": who["H0"]}).json()["standing"] == "one"
    assert len(client.get("/api/v1/identities", params={"kind": "judgements"}).json()["items"]) == 1
    undone = client.post("/api/v1/identities/judgements/1/undo", json={"author": "李某", "reason": "认错人"})
    assert undone.json()["undone_reason"] == "认错人"
    town.build()
    assert client.get(f"/api/v1/entities/{who['X1']}").json()["id"] == who["X1"]
    for kind in ("pending", "conflicts", "review"):
        assert client.get("/api/v1/identities", params={"kind": kind}).json() == {"kind": kind, "items": []}


def test_what_is_refused_over_http_is_a_problem_and_writes_nothing(web: tuple[TestClient, Town]) -> None:
    client, town = web
    who = town.who()
    url = "/api/v1/identities/judgements"
    body = {"a": who["H0"], "b": who["H1"], "verdict": "confirm", "author": "王某", "reason": "看过"}
    text = client.build_request("POST", url, json=body).content
    refused = [
        (client.post(url, json=body), 409), (client.post(url, json=body | {"reason": "  "}), 422),
        (client.post(url, json={k: v for k, v in body.items() if k != "author"}), 422),
        (client.post(url, json=body | {"verdict": "maybe"}), 422), (client.post(url, json=body | {"a": "r:nobody"}), 404),
        (client.post(url, json=body | {"a": "c:X1"}), 422), (client.post(url, content=text), 415),
        (client.post(url, content=text, headers={"content-type": "text/plain"}), 415), (client.post(url, data=body), 415),
        (client.post(f"{url}/7/undo", json={"author": "王", "reason": "无"}), 404),
        (client.get("/api/v1/identities", params={"kind": "nonsense"}), 422),
        (client.get("/api/v1/identities/explain"), 422),
    ]
    for answer, status in refused:
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
    assert town.book.all() == []


def test_a_judgement_does_not_wait_for_a_running_load(web: tuple[TestClient, Town]) -> None:
    client, town = web
    who = town.who()
    body = {"a": who["X1"], "b": who["H0"], "verdict": "unsure", "author": "王某", "reason": "再看看"}
    with town.home.writer():
        assert client.post("/api/v1/identities/judgements", json=body).status_code == 201
    assert [one.verdict for one in town.book.active()] == ["unsure"]
