from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import openpyxl
import pytest
from fastapi.testclient import TestClient

from api import errors
from api.app import create_app
from cypher.library import load as load_library
from graph.engines.base import EngineError
from graph.errors import AskError
from graph.home import Home, HomeError
from graph.ledger import Ledger
from graph.opening import open_store
from tests.county import load_and_build


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home, _ = load_and_build(tmp_path_factory.mktemp("http"))
    with open_store(home.root) as store, TestClient(create_app(store, ledger=Ledger(home))) as client:
        yield client


def test_questions_are_listed_and_each_has_a_documented_route(client: TestClient) -> None:
    names = {q["name"] for q in client.get("/api/v1/questions").json()}
    assert names == {q.name for q in load_library().listed}
    operations = {
        operation["operationId"]
        for path in client.get("/api/v1/openapi.json").json()["paths"].values() for operation in path.values()
    }
    assert {f"ask_{name}" for name in names} <= operations
    assert {"list_identities", "explain_identity", "judge_identity", "undo_judgement", "get_entity", "summarise_entity", "entity_history", "unresolved_references", "search", "list_builds", "livez", "readyz", "list_questions"} <= operations


def test_an_answer_as_json_csv_and_workbook(client: TestClient) -> None:
    url = "/api/v1/questions/repeat_petitioners?min_count=2&since=2023-01-01"
    (row,) = client.get(url).json()["rows"]
    assert row["case_ids"] == ["c:X1", "c:X2"]
    assert row["evidence"]["sources"]
    assert row["sentence"].startswith("“反映西坡地")
    raw = client.get(url + "&format=csv").content
    assert raw.startswith(b"\xef\xbb\xbf")
    (line,) = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
    assert line["case_ids"] == "c:X1;c:X2"
    book = openpyxl.load_workbook(io.BytesIO(client.get(url + "&format=xlsx").content))
    assert book["main"]["B2"].value == "陈志明"


def test_unresolved_references_are_listed_with_their_row(client: TestClient) -> None:
    url = "/api/v1/quality/unresolved_references"
    found = client.get(url).json()
    assert found["total"] == sum(found["counts"].values()) == len(found["references"])
    assert all(r["address"]["file"] and r["address"]["row"] >= 2 for r in found["references"])
    assert client.get(url, params={"limit": 0}).json()["references"] == []
    refused = client.get(url, params={"kind": "person"})
    assert (refused.status_code, refused.json()["parameter"]) == (422, "kind")


def test_unresolved_references_are_a_question_too(client: TestClient) -> None:
    url = "/api/v1/questions/unresolved_references"
    found = client.get(url, params={"kind": "bound_ambiguous"}).json()
    assert {(row["file"], row["row"], row["value"]) for row in found["rows"]} == {("地块.csv", 8, "李大山宅"), ("地块.csv", 9, "张建国宅")}
    assert sum(row["references"] for row in found["parts"]["counts"]["rows"]) == 2
    refused = client.get(url, params={"kind": "person"})
    assert (refused.status_code, refused.json()["parameter"]) == (422, "kind")


def test_entities_summaries_search_and_builds(client: TestClient) -> None:
    case = client.get("/api/v1/entities/c:X1").json()
    assert (case["kind"], case["properties"]["matter_id"]) == ("Case", "c:X1")
    summary = client.get("/api/v1/entities/c:X1/summary").json()
    assert {p["role"] for p in summary["parts"]["parties"]["rows"]} == {"petitioner"}
    found = client.get("/api/v1/search", params={"text": "张建国"}).json()["rows"]
    assert [r["kind"] for r in found] == ["Household", "Resident"]
    assert client.get("/api/v1/builds").json()["current"]["number"] == 1


def test_a_question_may_have_a_limit_of_its_own(client: TestClient) -> None:
    found = client.get("/api/v1/questions/neighbours", params={"id": "c:X1", "limit": 1}).json()
    assert len(found["rows"]) == 2
    assert found["truncated"]


def test_history_over_http(client: TestClient) -> None:
    found = client.get("/api/v1/entities/c:X1/history").json()
    assert (found["id"], found["label"], found["in_graph"]) == ("c:X1", "Case", True)
    number = next(p for p in found["properties"] if p["name"] == "number")
    assert [(a["file"], a["row"]) for a in number["said_by"]] == [("信访件.csv", 2)]
    assert {e["type"] for e in found["edges"]} >= {"PARTY_TO", "HAS_STEP", "RESPONSIBLE_FOR"}
    assert client.get("/api/v1/entities/c:NOPE/history").status_code == 404


def test_health(client: TestClient) -> None:
    assert client.get("/livez").json() == {"status": "ok"}
    assert client.get("/readyz").json()["build"] == 1


@pytest.mark.parametrize(("path", "status"), [
    ("/api/v1/questions/nope", 404), ("/api/v1/questions/repeat_petitioners?min_count=x", 422),
    ("/api/v1/questions/repeat_petitioners?colour=red", 422), ("/api/v1/questions/responsibility_chain", 422),
    ("/api/v1/questions/repeat_petitioners?format=pdf", 422), ("/api/v1/entities/c:NOPE", 404),
    ("/api/v1/entities/nonsense/summary", 404), ("/api/v1/search", 422), ("/nowhere", 404),
])
def test_errors_are_problem_documents(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_a_service_without_a_graph_lives_but_is_not_ready(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = Home(tmp_path_factory.mktemp("empty"))
    with open_store(home.root) as store, TestClient(create_app(store)) as client:
        assert client.get("/livez").status_code == 200
        assert client.get("/readyz").status_code == 503
        assert "fengqiao" in client.get("/api/v1/search?text=x").json()["detail"]


def _all(base: type[Exception]) -> set[type[Exception]]:
    return {base}.union(*(_all(child) for child in base.__subclasses__()))


@pytest.mark.parametrize("base", [AskError, EngineError, HomeError])
def test_every_error_of_the_domain_has_a_status(base: type[Exception]) -> None:
    for error in _all(base):
        assert any(c in errors.PROBLEMS for c in error.__mro__)


def test_names_do_not_reach_the_log(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="fengqiao.http")
    client.get("/api/v1/search", params={"text": "张建国"})
    lines = [r.getMessage() for r in caplog.records if r.name == "fengqiao.http"]
    assert lines
    assert "张建国" not in "".join(lines)
