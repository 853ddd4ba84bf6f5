"""The evidence of an answer as a file for Gephi and the like, from the command line and over HTTP."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.opening import open_store
from tests.api.command_line import CommandLine
from tests.county import load_and_build

ASKED = {"a": "h:H01", "b": "h:H02"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home, _ = load_and_build(tmp_path_factory.mktemp("formats"))
    return home.root


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[TestClient]:
    with open_store(data) as store, TestClient(create_app(store)) as client:
        yield client


def read(form: str, content: bytes) -> set[str]:
    """The nodes of a file."""
    graph = nx.read_graphml(io.BytesIO(content)) if form == "graphml" else nx.read_gexf(io.BytesIO(content), version="1.3")
    assert graph.number_of_edges() > 3
    return set(graph)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_the_same_file_comes_over_http_and_from_the_command(
    client: TestClient, data: Path, fengqiao: CommandLine, tmp_path: Path, form: str
) -> None:
    answer = client.get("/api/v1/questions/common_connections", params={**ASKED, "format": form})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"application/{form}+xml"
    assert answer.headers["content-disposition"] == f'attachment; filename="common_connections-1.{form}"'
    assert {"c:D1", "c:D2", "p:3301991012010100001"} <= read(form, answer.content)
    file = tmp_path / f"evidence.{form}"
    said = fengqiao("ask", "common_connections", "--a", "h:H01", "--b", "h:H02", "--format", form, "-o", file, "--data", data, data=False)
    assert said.code == 0, said.err
    assert file.read_bytes() == answer.content


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_found_things_can_be_drawn_too(client: TestClient, form: str) -> None:
    content = client.get("/api/v1/search", params={"text": "东丘", "format": form}).content
    graph = nx.read_graphml(io.BytesIO(content)) if form == "graphml" else nx.read_gexf(io.BytesIO(content), version="1.3")
    assert "p:3301991012010100001" in graph


def test_the_day_can_be_given_to_summaries_and_search(client: TestClient) -> None:
    early = client.get("/api/v1/entities/c:X1/summary", params={"as_of": "2023-02-05"}).json()
    assert (early["as_of"], early["rows"][0]["closed_on"]) == ("2023-02-05", None)
    assert client.get("/api/v1/entities/c:X1/summary").json()["rows"][0]["replied_on"]
    names = [row["id"] for row in client.get("/api/v1/search", params={"text": "东丘", "as_of": "2020-01-01"}).json()["rows"]]
    assert names
    assert not [name for name in names if name.startswith("c:")]
    refused = client.get("/api/v1/search", params={"text": "东丘", "as_of": "2020-13-01"})
    assert (refused.status_code, refused.json()["parameter"]) == (422, "as_of")
