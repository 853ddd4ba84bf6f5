"""The contract of an engine, asked of each: what was published comes back, whatever it holds and whatever happened."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.build.artifact import Build
from graph.engines.base import EngineError, QuestionTimeout
from graph.verify import verify
from tests.engines import Embedded, Engine, read_back, written
from tests.factory import NASTY, Row, build_of, edge, random_graph

PUBLISH = """
import sys
from pathlib import Path
from graph.build.artifact import Build
from graph.engines.ladybug import LadybugTarget
from graph.engines.neo4j import Neo4jTarget
kind, url, path = sys.argv[1:]
target = LadybugTarget(buffer_pool=256 << 20) if kind == "ladybug" else Neo4jTarget(url)
print("begun", flush=True)
target.publish(Build.read(Path(path)))
"""
NAMED = "MATCH (n:Resident) WHERE n.name = $name RETURN n.id AS id"
BOUNDED = "MATCH (p:Parcel) WHERE p.bounds = $bounds RETURN p.id AS id"


def changed(nodes: dict[str, list[Row]], edges: list[Row], seed: int) -> tuple[dict[str, list[Row]], list[Row]]:
    """About a third of the graph withdrawn, a third with other values, and some things new."""
    dice = random.Random(seed)
    more_nodes, _ = random_graph(seed)
    after = {}
    for label, rows in nodes.items():
        kept = [row | ({"source": f"L2:0:{n}"} if n % 3 else {}) for n, row in enumerate(rows) if dice.random() < 0.7]
        ids = {row["id"] for row in rows}
        after[label] = kept + [row for row in more_nodes[label] if row["id"] not in ids]
    ids = {row["id"] for rows in after.values() for row in rows}
    kept = [e for e in edges if e["from_id"] in ids and e["to_id"] in ids and dice.random() < 0.8]
    return after, [e | {"source": "L2"} if dice.random() < 0.4 else e for e in kept]


def large(tmp_path: Path, number: int, rows: int = 15_000) -> Build:
    """Enough rows for a kill to find the work half done; every third row differs between numbers."""
    def source(n: int) -> str:
        return f"L{number}" if n % 3 else "L0"

    first = number * 1_000
    residents = [{"id": f"r:{n}", "name": f"居民{n}", "source": source(n)} for n in range(first, first + rows)]
    households = [{"id": f"h:{n}", "source": source(n)} for n in range(0, rows, 10)]
    members = [
        edge("MEMBER_OF", row["id"], f"h:{n // 10 * 10}", registered=True, source=source(n))
        for n, row in enumerate(residents)
    ]
    return build_of(tmp_path, {"Resident": residents, "Household": households}, members, number)


def killed(engine: Engine, build: Build, after: float) -> bool:
    """Publish in another process and kill it after some seconds; whether it was still at work."""
    url = "" if isinstance(engine, Embedded) else engine.url
    process = subprocess.Popen(
        [sys.executable, "-c", PUBLISH, engine.kind, url, str(build.path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "begun\n"
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


class TestEveryEngine:
    @pytest.mark.parametrize("seed", range(3))
    def test_what_was_published_comes_back(self, engine: Engine, tmp_path: Path, seed: int) -> None:
        build = build_of(tmp_path, *random_graph(seed))
        engine.publish(build)
        with engine.reader() as reader:
            assert read_back(reader) == written(build)
            assert verify(reader).equal

    def test_an_empty_build_is_a_build(self, engine: Engine, tmp_path: Path) -> None:
        build = build_of(tmp_path, {}, number=3)
        engine.publish(build)
        with engine.reader() as reader:
            assert read_back(reader) == written(build)
            assert reader.mark().number == 3

    @pytest.mark.parametrize("seed", range(2))
    def test_the_next_build_replaces_the_one_before(self, engine: Engine, tmp_path: Path, seed: int) -> None:
        before = random_graph(seed)
        first = build_of(tmp_path, *before, number=1)
        second = build_of(tmp_path, *changed(*before, seed=seed + 100), number=2)
        for build in (first, second, first, first):
            engine.publish(build)
            with engine.reader() as reader:
                assert read_back(reader) == written(build)
                assert reader.mark().number == build.card.number

    def test_an_edge_may_change_its_ends_and_keep_its_id(self, engine: Engine, tmp_path: Path) -> None:
        people = {"Resident": [{"id": f"r:{n}"} for n in range(3)]}
        ends = [("r:0", "r:1"), ("r:1", "r:0"), ("r:2", "r:2")]
        builds = [
            build_of(tmp_path, people, [edge("KIN", *pair, id="e:1", relation="兄弟")], number)
            for number, pair in enumerate(ends, 1)
        ]
        for build in builds:
            engine.publish(build)
            with engine.reader() as reader:
                assert read_back(reader) == written(build)

    def test_the_empty_text_is_not_null(self, engine: Engine, tmp_path: Path) -> None:
        engine.publish(build_of(tmp_path, {"Resident": [{"id": "r:1", "name": ""}, {"id": "r:2"}]}))
        with engine.reader() as reader:
            assert reader.run(NAMED, {"name": ""}, timeout=5) == [{"id": "r:1"}]
            unnamed = "MATCH (n:Resident) WHERE n.name IS NULL RETURN n.id AS id"
            assert reader.run(unnamed, {}, timeout=5) == [{"id": "r:2"}]

    def test_a_parameter_is_a_value_whatever_it_says(self, engine: Engine, tmp_path: Path) -> None:
        parcels = [{"id": f"p:{n}", "bounds": text} for n, text in enumerate(NASTY)]
        engine.publish(build_of(tmp_path, {"Parcel": parcels}))
        with engine.reader() as reader:
            for n, text in enumerate(NASTY):
                assert reader.run(BOUNDED, {"bounds": text}, timeout=5) == [{"id": f"p:{n}"}]

    def test_values_are_plain_python(self, engine: Engine, tmp_path: Path) -> None:
        engine.publish(build_of(tmp_path, {"Resident": [{"id": "r:1", "hub": True}]}))
        text = (
            "MATCH (n:Resident) RETURN n, properties(n) AS p, date('2024-03-05') AS d, [1, 2] AS l, sum(1) AS s, $x AS x"
        )
        with engine.reader() as reader:
            (row,) = reader.run(text, {"x": ["a", "b"]}, timeout=5)
        assert row == {
            "n": {"id": "r:1", "hub": True}, "p": {"id": "r:1", "hub": True}, "d": "2024-03-05", "l": [1, 2], "s": 1,
            "x": ["a", "b"],
        }
        assert type(row["s"]) is int

    def test_one_text_is_one_statement(self, engine: Engine, tmp_path: Path) -> None:
        engine.publish(build_of(tmp_path, {}))
        with engine.reader() as reader, pytest.raises(EngineError):
            reader.run("RETURN 1 AS x; RETURN 2 AS x", {}, timeout=5)

    def test_a_reader_does_not_write(self, engine: Engine, tmp_path: Path) -> None:
        build = build_of(tmp_path, {"Resident": [{"id": "r:1"}]})
        engine.publish(build)
        with engine.reader() as reader:
            with pytest.raises(EngineError):
                reader.run("MATCH (n:Resident) SET n.name = 'x'", {}, timeout=5)
            assert read_back(reader) == written(build)

    def test_a_question_that_takes_too_long_is_stopped(self, engine: Engine, tmp_path: Path) -> None:
        engine.publish(build_of(tmp_path, {"Step": [{"id": f"s:{n}", "seq": n} for n in range(3_000)]}))
        text = "MATCH (a:Step), (b:Step), (c:Step) WHERE a.seq + b.seq + c.seq = -1 RETURN count(*) AS n"
        begun = time.monotonic()
        with engine.reader() as reader:
            with pytest.raises(QuestionTimeout):
                reader.run(text, {}, timeout=0.5)
            assert time.monotonic() - begun < 10
            assert reader.run("MATCH (a:Step) RETURN count(*) AS n", {}, timeout=5) == [{"n": 3_000}]

    def test_errors_speak_of_the_text_and_never_of_a_value(self, engine: Engine, tmp_path: Path) -> None:
        engine.publish(build_of(tmp_path, {}))
        with engine.reader() as reader:
            with pytest.raises(EngineError, match="RETRUN"):
                reader.run("RETRUN 1", {}, timeout=5)
            with pytest.raises(EngineError) as caught:
                reader.run("RETURN date($x) AS d", {"x": "张三的秘密"}, timeout=5)
        assert "张三" not in str(caught.value)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__

    def test_threads_share_a_reader(self, engine: Engine, tmp_path: Path) -> None:
        engine.publish(build_of(tmp_path, {"Resident": [{"id": f"r:{n}", "name": f"{n}"} for n in range(200)]}))
        with engine.reader() as reader, ThreadPoolExecutor(12) as threads:
            found = list(threads.map(lambda n: reader.run(NAMED, {"name": f"{n}"}, timeout=30), range(200)))
        assert found == [[{"id": f"r:{n}"}] for n in range(200)]

    def test_an_edge_into_nowhere_stops_the_publication(self, engine: Engine, tmp_path: Path) -> None:
        good = build_of(tmp_path, {"Resident": [{"id": "r:1"}]}, number=1)
        kin = [edge("KIN", "r:1", "r:秘密", relation="父子")]
        bad = build_of(tmp_path, {"Resident": [{"id": "r:1"}]}, kin, number=2)
        engine.publish(good)
        with pytest.raises(EngineError, match="fengqiao build") as caught:
            engine.publish(bad)
        assert "秘密" not in str(caught.value)
        with engine.reader() as reader:
            assert reader.mark().complete
            assert read_back(reader) == written(good)

    def test_a_build_with_a_missing_file_is_refused(self, engine: Engine, tmp_path: Path) -> None:
        build = build_of(tmp_path, {})
        (build.path / "nodes" / "Resident.parquet").unlink()
        with pytest.raises(EngineError, match="fengqiao build"):
            engine.publish(build)

    def test_a_kill_at_any_instant_is_made_good_by_publishing_again(self, engine: Engine, tmp_path: Path) -> None:
        dice = random.Random(7)
        builds = [large(tmp_path, number) for number in (1, 2, 3)]
        hits = 0
        for build in (builds[0], builds[1], builds[2], builds[1]):
            hits += killed(engine, build, dice.uniform(0.05, 0.9))
        engine.publish(builds[2])
        assert hits, "no kill found the work unfinished"
        with engine.reader() as reader:
            assert reader.mark().complete
            assert read_back(reader) == written(builds[2])

    def test_a_kill_while_a_build_is_replaced_is_made_good(self, engine: Engine, tmp_path: Path) -> None:
        dice = random.Random(8)
        first, second, third = (large(tmp_path, number) for number in (1, 2, 3))
        engine.publish(first)
        killed(engine, second, dice.uniform(0.3, 1.2))
        killed(engine, second, dice.uniform(0.3, 1.2))
        killed(engine, third, dice.uniform(0.3, 1.2))
        engine.publish(second)
        with engine.reader() as reader:
            assert read_back(reader) == written(second)
            assert verify(reader).equal
