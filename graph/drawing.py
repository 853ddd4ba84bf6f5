"""Evidence drawn as a graph, and that graph as files for Gephi, yEd, Cytoscape or networkx: GraphML and GEXF 1.3.

Both files are text only as far as XML 1.0 allows: a character it forbids is written out as its escape (`\\u0000`). Every
attribute has one type for all nodes or all edges (string, boolean, long, double); what is unknown is left out. No list is
written. Equal graphs give equal bytes. GraphML: graphml.graphdrawing.org; GEXF: gexf.net/1.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree as Xml

import networkx as nx

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://gexf.net/1.3"
_FORBIDDEN = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES: Mapping[type, str] = {bool: "boolean", int: "long", float: "double", str: "string"}


def to_graphml(graph: nx.MultiDiGraph) -> bytes:
    """A graph as GraphML, UTF-8; edges keep their ids."""
    root = Xml.Element("graphml", xmlns=GRAPHML)
    keys: dict[tuple[str, str], str] = {}
    for domain, kinds in (("node", _types(_of_nodes(graph))), ("edge", _types(_of_edges(graph)))):
        for name, kind in kinds.items():
            keys[domain, name] = key = f"{domain[0]}_{name}"
            Xml.SubElement(root, "key", {"id": key, "for": domain, "attr.name": name, "attr.type": kind})
    drawn = Xml.SubElement(root, "graph", id="G", edgedefault="directed")
    for node, values in _nodes(graph):
        element = Xml.SubElement(drawn, "node", id=clean(node))
        _add_data(element, "node", values, keys)
    for start, end, edge, values in _edges(graph):
        element = Xml.SubElement(drawn, "edge", id=clean(edge), source=clean(start), target=clean(end))
        _add_data(element, "edge", values, keys)
    return _bytes(root)


def to_gexf(graph: nx.MultiDiGraph) -> bytes:
    """A graph as GEXF 1.3, UTF-8. A node's label is its `name`, an edge's its `kind`; parallel edges differ in kind or id."""
    root = Xml.Element("gexf", xmlns=GEXF, version="1.3")
    Xml.SubElement(Xml.SubElement(root, "meta"), "creator").text = "Fengqiao"
    drawn = Xml.SubElement(root, "graph", defaultedgetype="directed", mode="static", idtype="string")
    for domain, kinds in (("node", _types(_of_nodes(graph))), ("edge", _types(_of_edges(graph)))):
        declared = Xml.SubElement(drawn, "attributes", {"class": domain})
        for name, kind in kinds.items():
            Xml.SubElement(declared, "attribute", id=name, title=name, type=kind)
    nodes = Xml.SubElement(drawn, "nodes")
    for node, values in _nodes(graph):
        element = Xml.SubElement(nodes, "node", id=clean(node), label=clean(str(values.get("name") or node)))
        _add_values(element, values)
    edges = Xml.SubElement(drawn, "edges")
    for start, end, edge, values in _edges(graph):
        kind = clean(str(values.get("kind", "")))
        element = Xml.SubElement(
            edges, "edge", id=clean(edge), source=clean(start), target=clean(end), type="directed", kind=kind, label=kind
        )
        _add_values(element, values)
    return _bytes(root)


def clean(text: str) -> str:
    """A text as XML can hold it: line ends as one character, forbidden characters as their escapes."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", plain)


def _of_nodes(graph: nx.MultiDiGraph) -> Iterable[Mapping[str, Any]]:
    return (values for _, values in graph.nodes(data=True))


def _of_edges(graph: nx.MultiDiGraph) -> Iterable[Mapping[str, Any]]:
    return (values for _, _, values in graph.edges(data=True))


def _nodes(graph: nx.MultiDiGraph) -> list[tuple[str, dict[str, Any]]]:
    return sorted(((str(node), values) for node, values in graph.nodes(data=True)), key=lambda one: one[0])


def _edges(graph: nx.MultiDiGraph) -> list[tuple[str, str, str, dict[str, Any]]]:
    found = [(str(a), str(b), str(key), values) for a, b, key, values in graph.edges(keys=True, data=True)]
    return sorted(found, key=lambda one: one[:3])


def _types(owners: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The type of each attribute; TypeError for a list, or for one name with values of two types."""
    found: dict[str, str] = {}
    for values in owners:
        for name, value in values.items():
            if type(value) not in _TYPES:
                raise TypeError(f"attribute {name!r} is a {type(value).__name__}; only text, numbers and truth values are drawn")
            if found.setdefault(name, _TYPES[type(value)]) != _TYPES[type(value)]:
                raise TypeError(f"attribute {name!r} has values of two types")
    return dict(sorted(found.items()))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else clean(str(value))


def _add_data(element: Xml.Element, domain: str, values: Mapping[str, Any], keys: Mapping[tuple[str, str], str]) -> None:
    for name, value in sorted(values.items()):
        Xml.SubElement(element, "data", key=keys[domain, name]).text = _text(value)


def _add_values(element: Xml.Element, values: Mapping[str, Any]) -> None:
    if values:
        listed = Xml.SubElement(element, "attvalues")
        for name, value in sorted(values.items()):
            Xml.SubElement(listed, "attvalue", {"for": name, "value": _text(value)})


def _bytes(root: Xml.Element) -> bytes:
    Xml.indent(root, " ")
    content: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"
