"""`fengqiao load` and `inspect` on the command line: what goes together, and a database that is a file."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = tmp_path / "county.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE organs (机构编码 TEXT, 机构名称 TEXT)")
        connection.execute("INSERT INTO organs VALUES ('A1', '甲')")
    connection.close()
    return f"sqlite:///{path}"


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.output


def test_a_database_is_looked_at_and_loaded(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGQIAO_SOURCE_PASSWORD", "unused")
    code, told = run("inspect", database, "--json")
    assert (code, [found["table"] for found in json.loads(told)]) == (0, ["organs"])
    data = str(tmp_path / "data")
    code, told = run("load", database, "--table", "organs", "--provider", "编办", "--data", data, "--json")
    assert (code, json.loads(told)["totals"]["loaded"]) == (0, 1)
    code, told = run("load", database, "--query", "SELECT * FROM organs", "--data", data, "--json")
    assert (code, json.loads(told)["parts"][0]["file"]) == (0, "county.db/query")


@pytest.mark.parametrize("words", [
    ["x.csv", "--table", "t"], ["x.csv", "--query", "SELECT 1"], ["sqlite:///x", "x.csv"],
    ["sqlite:///x", "--table", "t", "--query", "SELECT 1"],
])
def test_words_that_do_not_go_together_are_refused(words: list[str], tmp_path: Path) -> None:
    assert run("load", *words, "--data", str(tmp_path))[0] == 1
    assert list(tmp_path.iterdir()) == []


def test_a_messy_sample_is_written_and_loads(tmp_path: Path) -> None:
    folder = tmp_path / "county"
    code, told = run("sample", str(folder), "--messy", "--residents", "300", "--json")
    assert (code, json.loads(told)["rows"]["居民"]) == (0, 300)
    truth = json.loads((folder / "messy.json").read_text(encoding="utf-8"))
    code, told = run("load", str(folder), "--data", str(tmp_path / "data"), "--json")
    totals = json.loads(told)["totals"]
    assert (code, totals["read"], totals["quarantined"]) == (0, truth["read"], len(truth["refused"]))
    assert run("sample", str(tmp_path / "x"), "--messy", "--residents", "200001")[0] == 1
    assert not (tmp_path / "x").exists()


def test_a_look_may_be_through_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "留言.csv"
    path.write_text("留言编号,留言用户,留言主题,留言时间,留言详情,反对数,点赞数\n1,A1,路灯,2020-01-02,不亮,0,1\n", encoding="utf-8")
    code, told = run("inspect", str(path), "--mapping", "wenzheng", "--json")
    assert (code, [found["table"] for found in json.loads(told)]) == (0, ["petitions"])
    assert run("inspect", str(path), "--mapping", "nowhere")[0] == 1
