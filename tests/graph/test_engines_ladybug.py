"""The embedded engine alone: its file appears whole or not at all, and errors say what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from graph.engines import ladybug
from graph.engines.base import EngineDown, EngineError, NothingPublished
from graph.engines.ladybug import LadybugReader, LadybugTarget
from graph.model import MODEL
from graph.readers import FixedReaders
from graph.store import Store
from tests.engines import SMALL_POOL, Embedded, read_back, written
from tests.factory import build_of, random_graph
from tests.random_county import random_county

LIMITED = """
import resource, sys
from pathlib import Path
from graph.build.artifact import Build
from graph.engines.base import EngineError
from graph.engines.ladybug import LadybugTarget
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    LadybugTarget(buffer_pool=256 << 20).publish(Build.read(Path(sys.argv[1])))
except EngineError as error:
    print(error)
"""


def publish(tmp_path: Path, **nodes: list[dict[str, object]]) -> Path:
    build = build_of(tmp_path, nodes)
    Embedded().publish(build)
    return build.embedded_file


def test_only_the_finished_file_is_left(tmp_path: Path) -> None:
    file = publish(tmp_path, Resident=[{"id": "r:1"}])
    assert sorted(path.name for path in file.parent.iterdir()) == ["build.json", "edges", "graph.lbug", "graph.paths", "nodes"]


def test_leftovers_of_a_killed_publication_are_removed(tmp_path: Path) -> None:
    build = build_of(tmp_path, {"Resident": [{"id": "r:1"}]})
    for ending in ("", ".wal", ".shadow"):
        (build.path / f"graph.lbug.tmp{ending}").write_bytes(b"half of a file")
    engine = Embedded()
    engine.publish(build)
    assert list(build.path.glob("*.tmp*")) == []
    with engine.reader() as reader:
        assert read_back(reader) == written(build)


@pytest.mark.parametrize("name", ["it's", "br[1]", "st*r", "q?", "back\\slash", 'do"uble', "枫桥 经验"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    build = build_of(tmp_path / name, {"Resident": [{"id": "r:1", "name": "张三"}]})
    engine = Embedded()
    engine.publish(build)
    with engine.reader() as reader:
        assert read_back(reader) == written(build)


def test_a_wildcard_in_a_path_names_no_other_file(tmp_path: Path) -> None:
    publish(tmp_path / "star", Resident=[{"id": "r:1"}])
    build = build_of(tmp_path / "s*r", {"Resident": [{"id": "r:2"}]})
    engine = Embedded()
    engine.publish(build)
    with engine.reader() as reader:
        assert read_back(reader) == written(build)


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path) -> None:
    build = build_of(tmp_path, {"Resident": [{"id": f"r:{n}", "name": f"居民{n}"} for n in range(20_000)]})
    build.embedded_file.write_bytes(b"the old file")
    told = subprocess.run(
        [sys.executable, "-c", LIMITED, str(build.path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert "磁盘已满" in told.stdout
    assert build.embedded_file.read_bytes() == b"the old file"
    assert list(build.path.glob("*.tmp*")) == []


def test_a_damaged_table_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    build = build_of(tmp_path, {"Resident": [{"id": f"r:{n}"} for n in range(1000)]})
    file = build.path / "nodes" / "Resident.parquet"
    whole = file.read_bytes()
    file.write_bytes(whole[:4] + b"\xff" * 400 + whole[404:])
    with pytest.raises(EngineError, match="fengqiao build"):
        LadybugTarget(buffer_pool=SMALL_POOL).publish(build)
    assert not build.embedded_file.exists()


@pytest.mark.parametrize("content", [None, b"", b"no database", b"\x00" * 100_000])
def test_a_missing_or_broken_file_is_down(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "graph.lbug"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(EngineDown, match="fengqiao build"):
        LadybugReader(file)


def test_half_a_file_is_down(tmp_path: Path) -> None:
    file = publish(tmp_path, Resident=[{"id": "r:1"}])
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(EngineDown, match="fengqiao build"):
        LadybugReader(file)


def test_reading_changes_nothing_on_disk(tmp_path: Path) -> None:
    file = publish(tmp_path, Resident=[{"id": "r:1"}])
    before = file.read_bytes()
    reader = LadybugReader(file, buffer_pool=SMALL_POOL)
    assert reader.mark().number == 1
    for text in (
        "CHECKPOINT", "CALL timeout=0", f"EXPORT DATABASE '{tmp_path}/out'", "LOAD FROM '/etc/passwd' RETURN *",
        "MATCH (n:Resident) SET n.name = 'x'", "MATCH (n:Resident) DELETE n", "WITH 1 AS x CREATE (n:Resident {id: 'r:2'})",
        "RETURN 1; CHECKPOINT",
    ):
        with pytest.raises(EngineError):
            reader.run(text, {}, timeout=5)
    reader.close()
    assert not (tmp_path / "out").exists()
    assert file.read_bytes() == before
    assert sorted(path.name for path in file.parent.glob("graph*")) == ["graph.lbug", "graph.paths"]


def test_two_readers_of_one_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    file = publish(tmp_path, Resident=[{"id": "r:1"}])
    first, second = (LadybugReader(file, buffer_pool=SMALL_POOL) for _ in range(2))
    first.close()
    assert second.mark().number == 1
    second.close()


def test_a_reader_keeps_its_file_when_the_build_is_published_again(tmp_path: Path) -> None:
    build = build_of(tmp_path, *random_graph(1))
    engine = Embedded()
    engine.publish(build)
    with engine.reader() as reader:
        engine.publish(build)
        assert read_back(reader) == written(build)
    shutil.rmtree(build.path)


def test_a_large_table_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ladybug, "ROWS_A_PART", 100)
    build = build_of(tmp_path, {"Resident": [{"id": f"r:{n}"} for n in range(1_000)]})
    engine = Embedded()
    engine.publish(build)
    with engine.reader() as reader:
        batches = list(reader.nodes(MODEL.node("Resident")))
        assert len(batches) >= 10
        assert read_back(reader) == written(build)


def test_a_file_without_a_mark_holds_nothing(tmp_path: Path) -> None:
    import ladybug as driver

    file = publish(tmp_path)
    file.unlink()
    with driver.Database(str(file), buffer_pool_size=SMALL_POOL) as database, driver.Connection(database) as connection:
        connection.execute("CREATE NODE TABLE Other(id STRING, PRIMARY KEY(id))")
    reader = LadybugReader(file, buffer_pool=SMALL_POOL)
    with pytest.raises(NothingPublished):
        reader.mark()
    reader.close()


def test_closing_stops_a_running_question_and_later_ones_are_refused(tmp_path: Path) -> None:
    file = publish(tmp_path, Step=[{"id": f"s:{n}", "seq": n} for n in range(3_000)])
    reader = LadybugReader(file, buffer_pool=SMALL_POOL)
    caught: list[Exception] = []

    def ask() -> None:
        try:
            text = "MATCH (a:Step), (b:Step), (c:Step) WHERE a.seq + b.seq + c.seq = -1 RETURN count(*) AS n"
            reader.run(text, {}, timeout=60)
        except EngineError as error:
            caught.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.5)
    begun = time.monotonic()
    reader.close()
    thread.join()
    assert time.monotonic() - begun < 5
    assert len(caught) == 1
    with pytest.raises(EngineDown):
        reader.mark()


def test_long_questions_in_turn_leave_room_for_each_other(tmp_path: Path) -> None:
    """Each keeps over 100 MB in its prepared statement; together they need more than the pool has."""
    nodes, edges = random_county(100, 8)
    build = build_of(tmp_path, nodes, edges)
    Embedded().publish(build)
    parties = [[row["id"] for row in nodes[label][:2]] for label in ("Resident", "Household", "Organ")]
    with Store(FixedReaders(LadybugReader(build.embedded_file, buffer_pool=SMALL_POOL)), id_key="k") as store:
        for pair in parties * 3:
            assert not store.ask("prior_disputes", parties=pair).truncated
