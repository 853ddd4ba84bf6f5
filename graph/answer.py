"""An answer: one record with many faces (table, JSON, pandas, networkx). What `questions` promise to carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cypher.question import Part, Question

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

NOTHING_FOUND = "未发现记录"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a row rests on: ids of nodes and edges, and addresses of source rows (`load:part:row`)."""

    ids: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One part of an answer: rows as mappings, in order, each with its evidence and a sentence."""

    part: Part
    rows: list[dict[str, Any]]
    evidence: list[Evidence]
    truncated: bool

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.part.columns)

    @property
    def sentences(self) -> list[str]:
        return [self.part.say(row) for row in self.rows]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        rows = [
            {**row, "evidence": {"ids": list(e.ids), "sources": list(e.sources)}, "sentence": sentence}
            for row, e, sentence in zip(self.rows, self.evidence, self.sentences, strict=True)
        ]
        columns = [{"name": c.name, "type": c.type, "zh": c.zh, "en": c.en} for c in self.part.columns]
        return {"columns": columns, "rows": rows, "truncated": self.truncated}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which sources the graph held: (provider, table, rows, loaded at), and the last day any of them speaks of."""

    sources: tuple[Mapping[str, Any], ...]
    latest_day: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `rule` names the rule set applied, `build` the graph it was read from."""

    question: Question
    params: dict[str, Any]
    as_of: str
    build: int
    graph_hash: str
    parts: dict[str, Table]
    coverage: Coverage
    notes: tuple[str, ...] = ()
    _subgraph: Callable[[tuple[str, ...]], nx.MultiDiGraph] | None = field(default=None, repr=False, compare=False)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the main part."""
        return self.parts["main"].rows

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the main part."""
        return self.parts["main"].columns

    @property
    def truncated(self) -> bool:
        """Whether a limit cut any part."""
        return any(table.truncated for table in self.parts.values())

    @property
    def rule(self) -> str:
        """The rule set and version that was applied, '' when the question has none."""
        return self.question.rule_applied(self.params)

    @property
    def sentences(self) -> list[str]:
        """One Chinese sentence a row of the main part."""
        return self.parts["main"].sentences

    def to_pandas(self, part: str = "main", *, dates: bool = False, evidence: bool = False) -> pd.DataFrame:
        """A part as a frame, one column each, typed as declared also when it is empty; lists stay lists.

        Ids and texts are text, whole numbers `Int64`, truth values `boolean`, all with `<NA>` for what is unknown. Dates stay
        ISO text with honest precision; with `dates` they become days, and what is known to the month or year only becomes
        `NaT`. `evidence` adds the columns `evidence`, `sources` (lists) and `sentence`. `frame.attrs` says which question,
        day, rule and build it came from. KeyError for a part the answer does not have.
        """
        from graph.frames import add_evidence, frame

        table = self.parts[part]
        made = frame(table.part.columns, table.rows, dates=dates)
        if evidence:
            add_evidence(made, [one.ids for one in table.evidence], [one.sources for one in table.evidence], table.sentences)
        made.attrs = {
            "question": self.question.name, "part": part, "as_of": self.as_of, "rule": self.rule, "build": self.build,
            "graph_hash": self.graph_hash, "truncated": table.truncated,
        }
        return made

    def to_networkx(self) -> nx.MultiDiGraph:
        """The evidence as a graph: the nodes the rows rest on, and every edge between them that had begun by the day asked about.

        Node attributes: `kind`, `kind_zh`, `name`, and `asked` for what was asked about. Edge keys are edge ids; attributes
        `kind`, `kind_zh`, and where known `since`, `until`, `on_date`, `role`, `relation`, `tier` (text), `blood`, `seq`.
        """
        if self._subgraph is None:
            raise TypeError("this answer was not read from a store")
        ids = {i for table in self.parts.values() for e in table.evidence for i in e.ids}
        graph = self._subgraph(tuple(sorted(ids)))
        asked = {str(item) for value in self.params.values() for item in (value if isinstance(value, list) else [value])}
        for node, values in graph.nodes(data=True):
            values["asked"] = node in asked
        return graph

    def to_graphml(self) -> bytes:
        """The evidence as a GraphML file (`graph.drawing`)."""
        from graph.drawing import to_graphml

        return to_graphml(self.to_networkx())

    def to_gexf(self) -> bytes:
        """The evidence as a GEXF 1.3 file for Gephi (`graph.drawing`)."""
        from graph.drawing import to_gexf

        return to_gexf(self.to_networkx())

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for JSON: the main part at the top, further parts under `parts`."""
        further = {name: table.to_dict() for name, table in self.parts.items() if name != "main"}
        return {
            "question": self.question.name,
            "title": {"zh": self.question.title_zh, "en": self.question.title_en},
            "params": self.params,
            "rule": self.rule,
            "as_of": self.as_of,
            "build": self.build,
            "graph_hash": self.graph_hash,
            **self.parts["main"].to_dict(),
            "truncated": self.truncated,
            "parts": further,
            "coverage": {"sources": [dict(s) for s in self.coverage.sources], "latest_day": self.coverage.latest_day},
            "notes": list(self.notes),
        }
