"""Neo4j alone: differences, resumption, and databases that are not ours or do not answer."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.build.artifact import Build
from graph.engines.base import EngineDown, EngineError, NothingPublished
from graph.engines.neo4j import Neo4jReader, Neo4jTarget
from graph.model import MODEL
from tests.engines import Server, read_back, wipe, written
from tests.factory import build_of, edge
from tests.graph.test_engines import large

SELF_KILLER = """
import os, signal, sys
from pathlib import Path
from graph.build.artifact import Build
from graph.engines.neo4j import Neo4jTarget
url, path, what, calls = sys.argv[1:]
left = int(calls)
def progress(said, done, total):
    global left
    left -= what in said
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
Neo4jTarget(url).publish(Build.read(Path(path)), progress=progress)
"""


@pytest.fixture
def server(neo4j_empty: str) -> Server:
    return Server(neo4j_empty)


def query(url: str, text: str, **params: Any) -> list[dict[str, Any]]:
    with neo4j.GraphDatabase.driver(url, notifications_min_severity="OFF") as driver:
        return [record.data() for record in driver.execute_query(text, params).records]


def killed_at(url: str, build: Build, what: str, calls: int) -> None:
    """Publish in another process that kills itself at the n-th report of some work."""
    command = [sys.executable, "-c", SELF_KILLER, url, str(build.path), what, str(calls)]
    process = subprocess.run(command, timeout=120, check=False)
    assert process.returncode == -9


def publish(url: str, build: Build) -> list[tuple[str, int, int]]:
    """Publish and give what progress was reported of writing and wiping."""
    told: list[tuple[str, int, int]] = []
    target = Neo4jTarget(url)
    target.publish(build, progress=lambda *said: told.append(said))
    target.close()
    return told


def holds(server: Server, build: Build) -> bool:
    with server.reader() as reader:
        mark = reader.mark()
        assert (mark.number, mark.full_hash) == (build.card.number, build.card.full_hash)
        return mark.complete and read_back(reader) == written(build)


def test_an_empty_database_holds_nothing(server: Server) -> None:
    with server.reader() as reader, pytest.raises(NothingPublished):
        reader.mark()


def test_an_interrupted_fill_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    build = large(tmp_path, 1)
    killed_at(server.url, build, "写入", 2)
    with server.reader() as reader:
        assert not reader.mark().complete
    told = publish(server.url, build)
    assert min(done for _, done, _ in told) > 10_000
    assert holds(server, build)


def test_an_interrupted_fill_is_given_up_for_another_build(server: Server, tmp_path: Path) -> None:
    first, second = large(tmp_path, 1), large(tmp_path, 2)
    killed_at(server.url, first, "写入", 2)
    publish(server.url, second)
    assert holds(server, second)


def test_an_interrupted_difference_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    first, second = large(tmp_path, 1), large(tmp_path, 2)
    publish(server.url, first)
    killed_at(server.url, second, "写入", 3)
    with server.reader() as reader:
        assert not reader.mark().complete
    told = [said for said in publish(server.url, second) if said[0].startswith("写入")]
    assert min(done for _, done, _ in told) > 5_000
    assert holds(server, second)


@pytest.mark.parametrize("calls", [1, 3, 5])
def test_an_interrupted_difference_can_lead_to_any_build(server: Server, tmp_path: Path, calls: int) -> None:
    first, second, third = (large(tmp_path, number) for number in (1, 2, 3))
    publish(server.url, first)
    killed_at(server.url, second, "写入", calls)
    killed_at(server.url, third, "写入", calls)
    told = publish(server.url, first)
    assert not any("清空" in said for said, _, _ in told)
    assert holds(server, first)


def test_an_interrupted_wipe_is_finished(server: Server, tmp_path: Path) -> None:
    first, second = large(tmp_path, 1), large(tmp_path, 2)
    publish(server.url, first)
    shutil.rmtree(first.path)
    killed_at(server.url, second, "清空", 1)
    publish(server.url, second)
    assert holds(server, second)


def test_without_the_files_of_the_build_it_holds_the_database_is_filled_anew(server: Server, tmp_path: Path) -> None:
    first = build_of(tmp_path, {"Resident": [{"id": "r:1"}, {"id": "r:2"}]}, [edge("KIN", "r:1", "r:2")], number=1)
    second = build_of(tmp_path, {"Resident": [{"id": "r:3"}]}, number=2)
    publish(server.url, first)
    shutil.rmtree(first.path)
    told = publish(server.url, second)
    assert any("清空" in said for said, _, _ in told)
    assert holds(server, second)


def test_files_that_are_not_those_of_the_mark_are_not_trusted(server: Server, tmp_path: Path) -> None:
    first = build_of(tmp_path, {"Resident": [{"id": "r:1"}, {"id": "r:2"}]}, number=1)
    publish(server.url, first)
    shutil.rmtree(first.path)
    impostor = build_of(tmp_path, {"Resident": [{"id": "r:1"}]}, number=1)
    second = build_of(tmp_path, {"Resident": [{"id": "r:1"}]}, number=2)
    Neo4jTarget(server.url).publish(second, held=impostor)
    assert holds(server, second)


def test_a_small_difference_is_seen_whole_or_not_at_all(server: Server, tmp_path: Path) -> None:
    people = [{"id": f"r:{n}"} for n in range(100)]
    first = build_of(tmp_path, {"Resident": people}, number=1)
    second = build_of(tmp_path, {"Resident": people[50:]}, [edge("KIN", "r:60", "r:99"), edge("KIN", "r:60", "r:404")], number=2)
    publish(server.url, first)
    with pytest.raises(EngineError, match="不存在的点"):
        publish(server.url, second)
    assert holds(server, first)


def test_only_what_changed_is_written(server: Server, tmp_path: Path) -> None:
    people = [{"id": f"r:{n}", "name": f"{n}"} for n in range(10)]
    publish(server.url, build_of(tmp_path, {"Resident": people}, number=1))
    query(server.url, "MATCH (n:Resident) SET n.untouched = true")
    people[3] = people[3] | {"name": "改名"}
    publish(server.url, build_of(tmp_path, {"Resident": people}, number=2))
    rewritten = query(server.url, "MATCH (n:Resident) WHERE n.untouched IS NULL RETURN n.id AS id")
    assert rewritten == [{"id": "r:3"}]


def test_a_database_of_somebody_else_is_refused_and_left_alone(server: Server, tmp_path: Path) -> None:
    query(server.url, "CREATE (:Film {title: 'x'})")
    with pytest.raises(EngineError, match="空的数据库"):
        publish(server.url, build_of(tmp_path, {"Resident": [{"id": "r:1"}]}))
    assert query(server.url, "MATCH (n) RETURN labels(n) AS l") == [{"l": ["Film"]}]


def test_our_labels_without_our_mark_are_somebody_elses(server: Server, tmp_path: Path) -> None:
    query(server.url, "CREATE (:Resident {id: 'r:9'})")
    with pytest.raises(EngineError, match="空的数据库"):
        publish(server.url, build_of(tmp_path, {"Resident": [{"id": "r:1"}]}))


def test_a_wipe_deletes_nothing_but_ours(server: Server, tmp_path: Path) -> None:
    first = build_of(tmp_path, {"Resident": [{"id": "r:1"}]}, number=1)
    publish(server.url, first)
    query(server.url, "CREATE (:Film {title: 'x'})")
    shutil.rmtree(first.path)
    publish(server.url, build_of(tmp_path, {"Resident": [{"id": "r:2"}]}, number=2))
    assert query(server.url, "MATCH (f:Film) RETURN f.title AS t") == [{"t": "x"}]


def test_types_that_left_the_model_are_removed(server: Server, tmp_path: Path) -> None:
    first = build_of(tmp_path, {"Resident": [{"id": "r:1"}]}, number=1)
    publish(server.url, first)
    query(
        server.url,
        "MATCH (m:FengqiaoBuild), (r:Resident) SET m.tables = m.tables + ['Old', 'WAS.Resident.Old']"
        " CREATE (r)-[:WAS {id: 'e'}]->(:Old {id: 'x'})",
    )
    second = build_of(tmp_path, {"Resident": [{"id": "r:1"}]}, number=2)
    publish(server.url, second)
    assert query(server.url, "MATCH (o:Old) RETURN o") == []
    assert holds(server, second)


def test_a_second_publisher_is_refused(server: Server, tmp_path: Path) -> None:
    first, second = large(tmp_path, 1), build_of(tmp_path, {"Resident": [{"id": "r:1"}]}, number=2)
    other = Neo4jTarget(server.url)

    def cut_in(_said: str, done: int, _total: int) -> None:
        if done == 10_000:
            other.publish(second)

    with pytest.raises(EngineError, match="另一个进程"):
        Neo4jTarget(server.url).publish(first, progress=cut_in)
    assert holds(server, second)
    other.close()


def test_both_schemes_reach_the_server(server: Server, tmp_path: Path) -> None:
    build = build_of(tmp_path, {"Resident": [{"id": "r:1"}]})
    url = server.url.replace("bolt://", "neo4j://")
    publish(url, build)
    reader = Neo4jReader(url)
    assert reader.run("MATCH (r:Resident) RETURN r.id AS id", {}, timeout=5) == [{"id": "r:1"}]
    reader.close()


def test_a_large_answer_streams_in_batches(server: Server, tmp_path: Path) -> None:
    build = large(tmp_path, 1)
    publish(server.url, build)
    with server.reader() as reader:
        batches = list(reader.nodes(MODEL.node("Resident")))
    assert [batch.num_rows for batch in batches] == [10_000, 5_000]


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_that_is_not_there_is_down_within_seconds(scheme: str, tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{unused.getsockname()[1]}"
    begun = time.monotonic()
    reader = Neo4jReader(f"{scheme}://{address}", "neo4j", "不能说的密码")
    with pytest.raises(EngineDown, match=address) as caught:
        reader.mark()
    assert time.monotonic() - begun < 15
    assert "不能说的密码" not in str(caught.value)
    reader.close()


def test_a_port_that_never_answers_is_down_within_seconds() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        begun = time.monotonic()
        reader = Neo4jReader(f"bolt://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(EngineDown):
            reader.mark()
        assert time.monotonic() - begun < 30
        reader.close()


@pytest.mark.parametrize("url", ["http://localhost:7474", "localhost", "bolt://me:secret@localhost:7687", ""])
def test_an_address_that_is_none_is_explained_without_secrets(url: str) -> None:
    with pytest.raises(EngineDown, match="bolt://") as caught:
        Neo4jReader(url)
    assert "secret" not in str(caught.value)


def test_a_database_that_does_not_exist_is_down(server: Server) -> None:
    reader = Neo4jReader(server.url, database="nowhere")
    with pytest.raises(EngineDown):
        reader.mark()
    reader.close()


def test_the_mark_of_the_same_rows_under_a_new_number_moves_on(server: Server, tmp_path: Path) -> None:
    build = build_of(tmp_path, {"Resident": [{"id": "r:1"}]}, number=1)
    publish(server.url, build)
    again = replace(build, card=replace(build.card, number=9))
    publish(server.url, again)
    assert holds(server, again)


def test_a_wiped_database_is_filled_again(server: Server, tmp_path: Path) -> None:
    build = build_of(tmp_path, {"Resident": [{"id": "r:1"}]})
    publish(server.url, build)
    wipe(server.url)
    publish(server.url, build)
    assert holds(server, build)
