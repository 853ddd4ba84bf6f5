"""Evidence as files for other programs: GraphML and GEXF are read back by networkx, and GEXF keeps to the structure of 1.3."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

import networkx as nx
import pytest

from graph.drawing import GEXF, GRAPHML, clean, to_gexf, to_graphml
from graph.opening import open_store
from graph.store import Store
from tests.county import load_and_build
from tests.factory import NASTY

PLACES = {
    "gexf": ["meta", "graph"], "meta": ["creator"], "graph": ["attributes", "attributes", "nodes", "edges"],
    "attributes": ["attribute"], "nodes": ["node"], "edges": ["edge"], "node": ["attvalues"], "edge": ["attvalues"],
    "attvalues": ["attvalue"], "attribute": [], "attvalue": [], "creator": [],
}
"""Element → what may stand in it, in this order (gexf.net/1.3/gexf.xsd and data.xsd)."""
NEEDED = {
    "gexf": {"version"}, "attributes": {"class"}, "attribute": {"id", "title", "type"}, "node": {"id", "label"},
    "edge": {"id", "source", "target"}, "attvalue": {"for", "value"},
}
"""Element → the attributes it must have."""
ALLOWED = {
    "gexf": {"version"}, "graph": {"defaultedgetype", "mode", "idtype"}, "edge": {"id", "source", "target", "type", "kind", "label"},
}
TYPES = {"string", "long", "double", "boolean"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home, _ = load_and_build(tmp_path_factory.mktemp("drawing"))
    with open_store(home.root) as opened:
        yield opened


@pytest.fixture(scope="module")
def drawn(store: Store) -> nx.MultiDiGraph:
    graph = store.ask("prior_disputes", parties="h:H01,h:H02").to_networkx()
    assert len(graph) > 5
    assert graph.number_of_edges() > 5
    return graph


def name(element: Xml.Element) -> str:
    assert element.tag.startswith(f"{{{GEXF}}}")
    return element.tag.partition("}")[2]


def check_gexf(content: bytes) -> None:
    """Every element where, and every attribute as, GEXF 1.3 has it; types declared; ids that are used exist, and once."""
    root = Xml.fromstring(content)
    assert (name(root), root.get("version")) == ("gexf", "1.3")
    for element in root.iter():
        inside = [name(child) for child in element]
        assert set(inside) <= set(PLACES[name(element)])
        assert inside == sorted(inside, key=PLACES[name(element)].index)
        assert set(element.keys()) >= NEEDED.get(name(element), set())
        if (allowed := ALLOWED.get(name(element))) is not None:
            assert set(element.keys()) <= allowed
    nodes = [one.get("id") for one in root.iter(f"{{{GEXF}}}node")]
    edges = list(root.iter(f"{{{GEXF}}}edge"))
    assert len(set(nodes)) == len(nodes)
    assert len({one.get("id") for one in edges}) == len(edges)
    assert {one.get(end) for one in edges for end in ("source", "target")} <= set(nodes)
    for declared, owner in zip(root.iter(f"{{{GEXF}}}attributes"), ("node", "edge"), strict=True):
        assert declared.get("class") == owner
        types = {str(one.get("id")): str(one.get("type")) for one in declared}
        assert set(types.values()) <= TYPES
        for one in root.iter(f"{{{GEXF}}}{owner}"):
            for value in one.iter(f"{{{GEXF}}}attvalue"):
                assert types[str(value.get("for"))] != "boolean" or value.get("value") in ("true", "false")


def test_graphml_is_read_back_as_it_was(drawn: nx.MultiDiGraph) -> None:
    read = nx.read_graphml(io.BytesIO(to_graphml(drawn)), force_multigraph=True)
    assert dict(read.nodes(data=True)) == dict(drawn.nodes(data=True))
    assert sorted(map(str, read.edges(keys=True, data=True))) == sorted(
        str((a, b, key, dict(sorted(values.items())))) for a, b, key, values in drawn.edges(keys=True, data=True)
    )


def test_gexf_keeps_to_its_schema_and_is_read_back(drawn: nx.MultiDiGraph) -> None:
    content = to_gexf(drawn)
    check_gexf(content)
    read = nx.read_gexf(io.BytesIO(content), version="1.3")
    for node, values in drawn.nodes(data=True):
        assert {key: read.nodes[node][key] for key in values} == values
        assert read.nodes[node]["label"] == values["name"]
    found = {key: values for *_, key, values in read.edges(keys=True, data=True)} if read.is_multigraph() else {
        values["id"]: values for _, _, values in read.edges(data=True)
    }
    for _, _, key, values in drawn.edges(keys=True, data=True):
        assert {one: found[key][one] for one in values} == values


def test_chinese_stands_as_itself_and_edges_tell_what_is_known(drawn: nx.MultiDiGraph) -> None:
    assert "张建国".encode() in to_graphml(drawn)
    assert "当事人".encode() in to_gexf(drawn)
    kinds = {values["kind"]: values for _, _, values in drawn.edges(data=True)}
    assert kinds["PARTY_TO"]["role"]
    assert kinds["HOLDS"]["since"]
    assert all(isinstance(values["asked"], bool) for _, values in drawn.nodes(data=True))
    assert {node for node, values in drawn.nodes(data=True) if values["asked"]} <= {"h:H01", "h:H02"}


def test_nothing_but_names_and_what_edges_say_is_drawn(store: Store, drawn: nx.MultiDiGraph) -> None:
    """No number, phone, address or birth date: the file says no more than the answer's own rows may."""
    assert {key for _, values in drawn.nodes(data=True) for key in values} == {"kind", "kind_zh", "name", "asked"}
    allowed = {"kind", "kind_zh", "since", "until", "on_date", "role", "relation", "tier", "blood", "seq"}
    assert {key for _, _, values in drawn.edges(data=True) for key in values} <= allowed
    (person,) = store.ask("search", text="陈志明", kinds="Resident").rows
    content = store.ask("person", id=person["id"]).to_graphml().decode()
    assert store.get(person["id"]).properties["phone"] not in content


def test_the_drawing_knows_no_more_than_the_day(store: Store) -> None:
    later = store.ask("case", id="c:X1").to_networkx()
    early = store.ask("case", id="c:X1", as_of="2023-02-05").to_networkx()
    assert set(early) < set(later)
    assert all((values.get("since") or "") <= "2023-02-05" for _, _, values in early.edges(data=True))
    assert all((values.get("until") or "") <= "2023-02-05" for _, _, values in early.edges(data=True))


def test_what_xml_forbids_is_escaped_and_everything_else_kept() -> None:
    graph = nx.MultiDiGraph()
    for place, text in enumerate((*NASTY, "\ud800", "\x0b\x1f", "\ufffe", "]]>", "<a>&amp;</a>")):
        graph.add_node(f"r:{place}{text[:50]}", kind="Resident", name=text, asked=False)
    first, *rest = sorted(graph)
    for place, node in enumerate(rest):
        graph.add_edge(first, node, key=f"e:\x00{place}", kind="KIN", blood=True, seq=place)
    check_gexf(to_gexf(graph))
    for read in (nx.read_graphml(io.BytesIO(to_graphml(graph)), force_multigraph=True), nx.read_gexf(io.BytesIO(to_gexf(graph)), version="1.3")):
        assert {node: values["name"] for node, values in read.nodes(data=True)} == {
            clean(node): clean(values["name"]) for node, values in graph.nodes(data=True)
        }
        assert {type(values["seq"]) for *_, values in read.edges(data=True)} == {int}
        assert {values["blood"] for *_, values in read.edges(data=True)} == {True}
    assert clean("a\x00b") == "a\\u0000b"
    assert clean("张三\r\n李四") == "张三\n李四"


def test_a_file_is_the_same_every_time_and_an_empty_graph_is_one(store: Store, drawn: nx.MultiDiGraph) -> None:
    shuffled = nx.MultiDiGraph()
    shuffled.add_nodes_from(reversed(list(drawn.nodes(data=True))))
    shuffled.add_edges_from(reversed(list(drawn.edges(keys=True, data=True))))
    assert (to_gexf(shuffled), to_graphml(shuffled)) == (to_gexf(drawn), to_graphml(drawn))
    nothing = store.ask("repeat_petitioners", min_count=50)
    check_gexf(nothing.to_gexf())
    assert Xml.fromstring(nothing.to_graphml()).tag == f"{{{GRAPHML}}}graphml"


@pytest.mark.parametrize("value", [["a"], None, {"a": 1}])
def test_lists_are_refused(value: object) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("c:1", kind="Case", organs=value)
    with pytest.raises(TypeError, match="organs"):
        to_gexf(graph)


def test_one_attribute_has_one_type() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("c:1", seq=1)
    graph.add_node("c:2", seq="two")
    with pytest.raises(TypeError, match="seq"):
        to_graphml(graph)
