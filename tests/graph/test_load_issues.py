"""What was wrong in the files, asked of both engines: counts by rule that agree with the account of the load."""

from __future__ import annotations

import pytest

from graph.opening import ServerAddress, open_store, publish_to_server
from tests.county import load_and_build
from tests.ingest.desk import id_number

RESIDENTS = f"""姓名,公民身份号码,联系电话,户号,爱好
李小明,{id_number(1)},13800000001,H0,下棋
周文,3.20311E+17,13800000002,H1,
,{id_number(3)},,H2,
"""
PETITIONS = """信访件编号,信访人,联系电话,信访日期,信访目的,办理途径
X1,李小明,13800000001,2024-01-01,申诉求决,
X2,李小明,13800000001,2024-01-02,申诉求决,（六）
X3,李小明,13800000001,2024-01-03,意见建议,
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory, neo4j_url: str) -> list[list[dict[str, object]]]:
    """The rows of load_issues on the embedded engine and on the server."""
    from tests.engines import wipe

    root = tmp_path_factory.mktemp("issues")
    files = root / "files"
    files.mkdir()
    (files / "居民.csv").write_text(RESIDENTS, encoding="utf-8")
    (files / "信访件.csv").write_text(PETITIONS, encoding="utf-8")
    home, build = load_and_build(root / "data", files)
    wipe(neo4j_url)
    publish_to_server(home, build, ServerAddress(neo4j_url))
    with open_store(root / "data") as embedded, open_store(neo4j_url) as server:
        return [list(store.ask("load_issues").rows) for store in (embedded, server)]


def test_both_engines_say_the_same(answers: list[list[dict[str, object]]]) -> None:
    assert answers[0] == answers[1]


def test_every_kind_of_issue_is_counted_by_rule(answers: list[list[dict[str, object]]]) -> None:
    found = {(str(row["file"]), str(row["rule"])): (row["rows"], row["cells"]) for row in answers[0]}
    assert {(file.removesuffix(".csv"), count) for (file, rule), count in found.items() if rule == "route_unknown"} == {("信访件", (1, 0))}
    assert ("居民.csv", "unknown_columns") in found
    others = [count for (file, rule), count in found.items() if file == "居民.csv" and rule != "unknown_columns"]
    assert sorted(others) == [(0, 1), (1, 0)]


def test_rows_in_are_rows_accounted_for(answers: list[list[dict[str, object]]]) -> None:
    for row in answers[0]:
        assert row["read"] == row["loaded"] + row["merged"] + row["quarantined"]  # type: ignore[operator]


def test_no_value_of_a_cell_is_told(answers: list[list[dict[str, object]]]) -> None:
    said = str(answers)
    assert "李小明" not in said
    assert "3.20311E+17" not in said
    assert "下棋" not in said
