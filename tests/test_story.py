"""The whole way once: files, register, build, both engines, answer, HTTP."""

from __future__ import annotations

import shutil
from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from graph.build.run import build_graph
from graph.engines.ladybug import LadybugReader
from graph.engines.neo4j import Neo4jReader
from graph.home import Home
from graph.ledger import Ledger
from graph.opening import DEFAULT_ID_KEY, ServerAddress, open_store, publish_embedded, publish_to_server
from graph.verify import verify
from ingest.load import load
from tests.county import VILLAGE
from tests.engines import wipe


def test_from_files_to_answers(tmp_path: Path, neo4j_url: str) -> None:
    wipe(neo4j_url)
    files = tmp_path / "county"
    shutil.copytree(VILLAGE, files)
    home = Home(tmp_path / "data")
    ledger = Ledger(home)
    server = ServerAddress(neo4j_url)

    report = load(home, ledger, [files], id_key=DEFAULT_ID_KEY)
    assert all(p.read == p.loaded + p.merged + p.quarantined for p in report.parts)
    with home.writer():
        first, new = build_graph(home, ledger)
        assert new
        publish_embedded(home, first)
        publish_to_server(home, first, server)

    load(home, ledger, [files], id_key=DEFAULT_ID_KEY)
    with home.writer():
        again, new = build_graph(home, ledger)
    assert (new, again.card.graph_hash) == (False, first.card.graph_hash)

    with open_store(home.root) as store, TestClient(create_app(store, ledger=ledger)) as client:
        before = client.get("/api/v1/questions/repeat_petitioners").json()
        assert [row["case_ids"] for row in before["rows"]] == [["c:X1", "c:X2"]]

        petitions = files / "信访件.csv"
        text = petitions.read_text(encoding="utf-8")
        line = next(x for x in text.splitlines() if x.startswith("X2,"))
        more = tmp_path / "more"
        more.mkdir()
        header = text.splitlines()[0]
        (more / "新信访件.csv").write_text(f"{header}\n{line.replace('X2,', 'X20,').replace('2023-08-01', '2023-12-01')}\n")
        load(home, ledger, [more], id_key=DEFAULT_ID_KEY)
        with home.writer():
            second, new = build_graph(home, ledger)
            assert new
            publish_embedded(home, second)
            publish_to_server(home, second, server)

        after = client.get("/api/v1/questions/repeat_petitioners").json()
        assert after["build"] == 2
        assert [row["case_ids"] for row in after["rows"]] == [["c:X1", "c:X2", "c:X20"]]
        with open_store(neo4j_url) as other:
            assert other.ask("repeat_petitioners").to_dict()["rows"] == after["rows"]

    for reader in (LadybugReader(second.embedded_file), Neo4jReader(neo4j_url)):
        result = verify(reader)
        reader.close()
        assert result.equal
        assert result.graph_hash == second.card.graph_hash != first.card.graph_hash
