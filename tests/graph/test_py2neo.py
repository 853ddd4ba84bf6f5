"""py2neo objects from an answer and back, on plain objects and against a real server, where its age shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import networkx as nx
import py2neo
import pytest
from py2neo import Node, Relationship, Subgraph

from graph.engines import py2neo_exchange
from graph.engines.base import EngineDown
from graph.engines.py2neo_exchange import from_py2neo, to_py2neo
from graph.opening import open_store
from tests.county import load_and_build
from tests.engines import wipe


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Iterator[nx.MultiDiGraph]:
    home, _ = load_and_build(tmp_path_factory.mktemp("py2neo"))
    with open_store(home.root) as store:
        yield store.ask("prior_disputes", parties="h:H01,h:H02").to_networkx()


def edges(graph: nx.MultiDiGraph) -> list[tuple[Any, ...]]:
    return sorted((a, b, key, sorted(values.items())) for a, b, key, values in graph.edges(keys=True, data=True))


def test_an_answer_becomes_py2neo_and_comes_back_as_it_was(evidence: nx.MultiDiGraph) -> None:
    made = to_py2neo(evidence)
    assert isinstance(made, Subgraph)
    assert (len(made.nodes), len(made.relationships)) == (len(evidence), evidence.number_of_edges())
    (case,) = [node for node in made.nodes if node["id"] == "c:D1"]
    assert (set(case.labels), case["name"]) == ({"Case"}, evidence.nodes["c:D1"]["name"])
    assert made.types() >= {"PARTY_TO", "HOLDS", "MEMBER_OF"}
    back = from_py2neo(made)
    assert dict(back.nodes(data=True)) == dict(evidence.nodes(data=True))
    assert edges(back) == edges(evidence)


def test_an_old_script_with_objects_of_its_own_is_read() -> None:
    person, post = Node("Person", "Resident", name="张三", born=date(1976, 3, 5), phones=["a", "b"], note=None), Node("PoliceStation", name="所")
    read = from_py2neo(person | post | Relationship(person, "VISITED", post, times=3) | Relationship(post, "KNOWS", person))
    ids = {values["name"]: node for node, values in read.nodes(data=True)}
    assert {node.partition(":")[0] for node in read} == {"Resident", "PoliceStation"}
    assert read.nodes[ids["张三"]] == {
        "kind": "Resident", "kind_zh": "居民", "labels": "Person Resident", "name": "张三", "born": "1976-03-05", "phones": "a;b",
    }
    assert "kind_zh" not in read.nodes[ids["所"]]
    assert sorted((values["kind"], values.get("times")) for _, _, values in read.edges(data=True)) == [("KNOWS", None), ("VISITED", 3)]


def test_a_node_or_a_relationship_alone_is_a_graph_too() -> None:
    a, b = Node("Case", id="c:1", name="争地"), Node("Parcel", id="p:1")
    assert dict(from_py2neo(a).nodes(data=True)) == {"c:1": {"kind": "Case", "kind_zh": "案件", "name": "争地"}}
    read = from_py2neo(Relationship(a, "CONCERNS", b, id="e:1"))
    assert edges(read) == [("c:1", "p:1", "e:1", [("kind", "CONCERNS"), ("kind_zh", "涉及")])]
    assert len(to_py2neo(nx.MultiDiGraph()).nodes) == 0


def test_too_much_is_refused() -> None:
    with pytest.raises(ValueError, match="More than 1 "):
        from_py2neo(Node("Case", id="c:1") | Node("Case", id="c:2"), most=1)


def test_without_py2neo_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(py2neo_exchange, "_INSTALLED", False)
    with pytest.raises(EngineDown, match=r"fengqiao\[py2neo\]"):
        to_py2neo(nx.MultiDiGraph())


def test_against_a_real_server(neo4j_url: str, evidence: nx.MultiDiGraph) -> None:
    """Reading, writing and merging by id work over py2neo's old Bolt; its schema calls do not (docs/analysts.md)."""
    wipe(neo4j_url)
    graph = py2neo.Graph(neo4j_url)
    graph.create(to_py2neo(evidence))
    back = from_py2neo(graph)
    assert dict(back.nodes(data=True)) == dict(evidence.nodes(data=True))
    assert edges(back) == edges(evidence)
    graph.merge(to_py2neo(evidence))
    assert len(from_py2neo(graph)) == len(evidence), "merged by id: nothing twice"
    some = graph.run("MATCH (n:Case)-[r]->(m) RETURN n, r, m LIMIT 3").to_subgraph()
    assert set(from_py2neo(some)) <= set(evidence)
    with pytest.raises(ValueError, match="read a part at a time"):
        from_py2neo(graph, most=2)
    for call in (lambda: graph.schema.get_indexes("Case"), lambda: graph.schema.create_index("Case", "id")):
        with pytest.raises(Exception, match=r"(?i)syntax|invalid|procedure|not found|no such"):
            call()
    wipe(neo4j_url)
