"""A check on the command line and over HTTP: kept under a number, shown again, printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.opening import open_store
from tests.api.command_line import CommandLine
from tests.county import load_and_build

PARTIES = "h:H01,h:H02"


@pytest.fixture
def village(fengqiao: CommandLine) -> CommandLine:
    load_and_build(fengqiao.data)
    return fengqiao


@pytest.fixture
def web(tmp_path: Path) -> Iterator[TestClient]:
    load_and_build(tmp_path / "data")
    with open_store(tmp_path / "data") as store, TestClient(create_app(store)) as client:
        yield client


def test_a_check_is_kept_printed_and_shown_by_its_number(village: CommandLine) -> None:
    kept = village.json("check", "prior_disputes", "--parties", PARTIES, "--as-of", "2024-01-11", "--author", "王某")
    assert (kept["question"], kept["author"], kept["intact"]) == ("prior_disputes", "王某", True)
    assert kept["answer"]["rows"]
    shown = village.json("check", "show", kept["number"])
    assert shown["answer"] == kept["answer"] == village.json("ask", "prior_disputes", "--parties", PARTIES, "--as-of", "2024-01-11")
    assert shown["now"]["differs"] is False
    printed = village("check", "show", kept["number"]).out
    assert kept["number"] in printed
    assert "回答相同" in printed
    assert kept["answer"]["rows"][0]["sentence"] in printed.replace("\n", "")


def test_the_question_may_be_left_out_and_mistakes_are_clear(village: CommandLine) -> None:
    assert village.json("check", "--parties", PARTIES)["question"] == "prior_disputes"
    assert village("check", "--parties", "h:H01,h:H09", "--as-of", "1990-01-01").out.count("未发现记录") >= 1
    for words in (("check", "show"), ("check", "show", "核-20200101-0001"), ("check", "search", "--text", "张"), ("check", "--parties", "h:H01")):
        said = village(*words)
        assert (said.code, said.out) == (1, "")
        assert said.err
    assert "show" in village("check").out


def test_over_http_a_check_is_made_and_found(web: TestClient) -> None:
    made = web.post("/api/v1/checks", json={"parties": PARTIES, "author": "王某"})
    assert made.status_code == 201
    kept = made.json()
    asked = web.get("/api/v1/questions/prior_disputes", params={"parties": PARTIES}).json()
    assert kept["answer"] == asked
    shown = web.get(f"/api/v1/checks/{kept['number']}").json()
    assert {key: shown[key] for key in kept} == kept
    assert shown["now"] == {"build": kept["build"], "differs": False, "added": [], "gone": [], "problem": ""}
    text = web.get(f"/api/v1/checks/{kept['number']}", params={"format": "text"})
    assert text.headers["content-type"].startswith("text/plain")
    assert kept["sha256"] in text.text


@pytest.mark.parametrize(("body", "status"), [
    ({"parties": "h:H01"}, 422), ({"question": "search", "text": "张"}, 422), ({}, 422),
    ({"parties": "h:H01,h:NOPE"}, 404), ({"parties": PARTIES, "author": "a\nb"}, 422), ({"parties": PARTIES, "colour": "red"}, 422),
])
def test_what_cannot_be_checked_is_a_problem(web: TestClient, body: dict[str, str], status: int) -> None:
    assert web.post("/api/v1/checks", json=body).status_code == status
    assert web.get("/api/v1/checks/核-20200101-0001").status_code == 404
