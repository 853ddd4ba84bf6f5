"""What a graph model is made of: properties, node types, edge types, and the model that holds them.

Everything here is frozen data that checks itself on construction, so a wrong model cannot be built: an edge
whose end does not exist, a caption that is no property or a repeated name fails at import of `graph.model`,
not at the first load. Engine schema, batch text, mapping checks and `docs/model.md` are all derived from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_LABEL = re.compile(r"[A-Z][A-Za-z]*\Z")
_EDGE = re.compile(r"[A-Z][A-Z_]*\Z")


class InvalidModel(ValueError):
    """The model contradicts itself; the message names the type and the property."""


class Kind(StrEnum):
    """How a property is stored. A date is ISO text, so that it keeps its honest precision.

    `1976`, `1976-03` and `1976-03-05` are all dates and sort in time order as text; a moment has the form
    `2024-03-05T14:30:00`. Both engines compare text alike, so no question depends on an engine's date type.
    """

    TEXT = "text"
    DATE = "date"
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"


@dataclass(frozen=True, slots=True)
class Property:
    """One named value of a node or an edge.

    `fact` is false for values that say who told us (provenance): they are stored and verified, but the graph
    hash, which answers "is this the same graph?", leaves them out. `personal` values never reach a log.
    """

    name: str
    zh: str
    kind: Kind = Kind.TEXT
    fact: bool = True
    personal: bool = False

    def __post_init__(self) -> None:
        if not _NAME.match(self.name):
            raise InvalidModel(f"property {self.name!r}: use lower case, digits and underscores")


ID = Property("id", "标识")
SOURCE = Property("source", "来源行", fact=False)


@dataclass(frozen=True, slots=True)
class NodeType:
    """A kind of thing. Its id is `prefix` + `:` + business key; `caption` is the property a person reads.

    `fact` is false for a type that only tells where facts came from: the graph hash leaves it out.
    """

    label: str
    prefix: str
    zh: str
    own: tuple[Property, ...]
    caption: str = "name"
    fact: bool = True

    def __post_init__(self) -> None:
        if not _LABEL.match(self.label):
            raise InvalidModel(f"node label {self.label!r}: write it in CamelCase letters")
        _check_distinct(self.label, self.properties)
        if self.caption not in {p.name for p in self.properties}:
            raise InvalidModel(f"{self.label}: caption {self.caption!r} is no property of it")

    @property
    def properties(self) -> tuple[Property, ...]:
        """All properties in storage order: id first, provenance last."""
        return (ID, *self.own, SOURCE)


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A kind of relation between listed pairs of labels.

    `key` names the properties that, with the two ends, make an edge the same edge in the next build.
    """

    name: str
    zh: str
    ends: tuple[tuple[str, str], ...]
    own: tuple[Property, ...] = ()
    key: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _EDGE.match(self.name):
            raise InvalidModel(f"edge {self.name!r}: write it in UPPER_CASE letters")
        if not self.ends or len(set(self.ends)) != len(self.ends):
            raise InvalidModel(f"{self.name}: needs at least one pair of ends, each listed once")
        _check_distinct(self.name, self.properties)
        for name in self.key:
            if name not in {p.name for p in self.own}:
                raise InvalidModel(f"{self.name}: key {name!r} is no property of it")

    @property
    def properties(self) -> tuple[Property, ...]:
        """All properties in storage order: id first, provenance last."""
        return (ID, *self.own, SOURCE)


@dataclass(frozen=True)
class Model:
    """All node and edge types of one graph."""

    nodes: tuple[NodeType, ...]
    edges: tuple[EdgeType, ...]
    _by_prefix: dict[str, NodeType] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        labels = [n.label for n in self.nodes]
        prefixes = [n.prefix for n in self.nodes]
        names = [e.name for e in self.edges]
        for what, values in (("label", labels), ("prefix", prefixes), ("edge", names)):
            if len(set(values)) != len(values):
                raise InvalidModel(f"a {what} is declared twice among {values}")
        for edge in self.edges:
            for end in {end for pair in edge.ends for end in pair}:
                if end not in labels:
                    raise InvalidModel(f"{edge.name}: end {end!r} is no node type")
        self._by_prefix.update({n.prefix: n for n in self.nodes})

    def node(self, label: str) -> NodeType:
        """The node type with this label; KeyError if there is none."""
        for node in self.nodes:
            if node.label == label:
                return node
        raise KeyError(label)

    def edge(self, name: str) -> EdgeType:
        """The edge type with this name; KeyError if there is none."""
        for edge in self.edges:
            if edge.name == name:
                return edge
        raise KeyError(name)

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(n.label for n in self.nodes)

    def label_of(self, node_id: str) -> str | None:
        """The label an id belongs to, read from its prefix (`r:…` is a Resident), or None."""
        prefix, colon, key = node_id.partition(":")
        found = self._by_prefix.get(prefix)
        return found.label if found and colon and key else None

    def relations(self) -> Iterator[tuple[EdgeType, str, str]]:
        """Every (edge type, from label, to label): one table each in a build."""
        for edge in self.edges:
            for start, end in edge.ends:
                yield edge, start, end


def _check_distinct(owner: str, properties: tuple[Property, ...]) -> None:
    names = [p.name for p in properties]
    if len(set(names)) != len(names):
        raise InvalidModel(f"{owner}: a property is declared twice among {names}")

