"""The whole way once: files, register, build, both engines, answer, HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.build.artifact import Build
from graph.build.run import build_graph
from graph.engines.ladybug import LadybugReader
from graph.engines.neo4j import Neo4jReader
from graph.home import Home
from graph.ledger import Ledger
from graph.opening import ServerAddress, open_store, publish_embedded, publish_to_server
from graph.verify import verify
from ingest.load import load
from ingest.report import LoadReport
from tests.county import VILLAGE
from tests.engines import wipe

COMPENSATION = "2023-01-01"
"""From this day on the village's only repeat is about the compensation."""


@dataclass(frozen=True)
class Office:
    """A data directory, a Neo4j beside it, and the service over the first."""

    home: Home
    ledger: Ledger
    server: str
    inbox: Path

    def load(self, files: Path) -> LoadReport:
        return load(self.home, self.ledger, [files])

    def build(self) -> tuple[Build, bool]:
        with self.home.writer():
            return build_graph(self.home, self.ledger)

    def publish(self, build: Build) -> None:
        with self.home.writer():
            publish_embedded(self.home, build)
            publish_to_server(self.home, build, ServerAddress(self.server))

    def opened(self) -> Build:
        """The village loaded, built and published on both engines."""
        self.load(VILLAGE)
        build, _ = self.build()
        self.publish(build)
        return build

    def third_petition(self) -> Path:
        """A file with one petition more: the second about the compensation, registered again four months later."""
        header, *lines = (VILLAGE / "信访件.csv").read_text(encoding="utf-8").splitlines()
        second = next(line for line in lines if line.startswith("X2,"))
        third = second.replace("X2,", "X20,").replace("2023-08-01", "2023-12-01")
        file = self.inbox / "新信访件.csv"
        file.write_text(f"{header}\n{third}\n", encoding="utf-8")
        return file


@pytest.fixture
def office(tmp_path: Path, neo4j_url: str) -> Office:
    wipe(neo4j_url)
    home = Home(tmp_path / "data")
    (tmp_path / "inbox").mkdir()
    return Office(home, Ledger(home), neo4j_url, tmp_path / "inbox")


def repeats(client: TestClient) -> tuple[int, list[list[str]]]:
    """The build that answered, and the cases of every repeat since the compensation."""
    answer = client.get("/api/v1/questions/repeat_petitioners", params={"since": COMPENSATION}).json()
    return answer["build"], [row["case_ids"] for row in answer["rows"]]


def test_every_row_is_accounted_for(office: Office) -> None:
    report = office.load(VILLAGE)
    assert report.parts
    assert all(part.read == part.loaded + part.merged + part.quarantined for part in report.parts)


def test_the_same_files_again_change_nothing(office: Office) -> None:
    first = office.opened()
    office.load(VILLAGE)
    again, new = office.build()
    assert (new, again.card.graph_hash) == (False, first.card.graph_hash)


def test_a_new_file_reaches_the_answers_of_a_running_service(office: Office) -> None:
    office.opened()
    with open_store(office.home.root) as store, TestClient(create_app(store, ledger=office.ledger)) as client:
        assert repeats(client) == (1, [["c:X1", "c:X2"]])
        office.load(office.third_petition())
        office.publish(office.build()[0])
        assert repeats(client) == (2, [["c:X1", "c:X2", "c:X20"]])
        with open_store(office.server) as other:
            assert other.ask("repeat_petitioners").rows == store.ask("repeat_petitioners").rows


def test_both_engines_hold_the_new_build_whole(office: Office) -> None:
    first = office.opened()
    office.load(office.third_petition())
    second, new = office.build()
    office.publish(second)
    assert new
    for reader in (LadybugReader(second.embedded_file), Neo4jReader(office.server)):
        result = verify(reader)
        reader.close()
        assert result.equal
        assert result.graph_hash == second.card.graph_hash != first.card.graph_hash
