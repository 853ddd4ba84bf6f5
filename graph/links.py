"""Judging links of two cases: a person confirms or rejects that they are linked; the next build applies it."""

from __future__ import annotations

import json
from typing import Any, Protocol

from graph.answer import Answer
from graph.errors import CannotJudge, WrongParameter
from graph.judgements import LINK_VERDICTS, Judgement, JudgementBook
from graph.judging import said, take_back
from graph.ledger import now

MOST_SEEN = 1000
"""At most so many links of a case are looked at when what spoke for a link is written down."""


class Thing(Protocol):
    """A thing of the graph, as the store gives it."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...


class Graph(Protocol):
    """What is asked of the graph."""

    def get(self, node_id: str) -> Thing: ...
    def number(self) -> int: ...
    def ask(self, name: str, *, max_rows: int, **params: Any) -> Answer: ...


class LinkDesk:
    """Lists, judges and takes back judgements about links of two cases."""

    def __init__(self, graph: Graph, book: JudgementBook) -> None:
        self._graph = graph
        self._book = book

    def judgements(self, case_id: str = "", *, standing: bool = False) -> list[Judgement]:
        """What was ever judged, oldest first, or only what stands; about one case, or about all ('')."""
        known = self._book.active() if standing else self._book.all()
        return [one for one in known if not case_id or case_id in one.pair]

    def pending(self, case_id: str, limit: int) -> list[dict[str, Any]]:
        """The links of a case that await a judgement, each with its sentence; raises NotFound, WrongParameter."""
        judged = {end for one in self._book.active() if case_id in one.pair for end in one.pair}
        return [row for row in self._links(case_id, limit + len(judged)) if row["other_case_id"] not in judged][:limit]

    def judge(self, a: str, b: str, verdict: str, *, author: str, reason: str) -> Judgement:
        """Write down what a person judged of two cases, with what linked them then. Nothing else changes.

        Raises NotFound, WrongParameter (what is no case; a verdict, author or reason that is missing or too long),
        CannotJudge for one and the same case.
        """
        if verdict not in LINK_VERDICTS:
            raise WrongParameter("verdict", f"应为 {'、'.join(LINK_VERDICTS)} 之一 / one of these")
        author, reason = said("author", author), said("reason", reason)
        one, other = self._case("a", a), self._case("b", b)
        if one == other:
            raise CannotJudge("给出的是同一件案件。 / It is one and the same case.")
        kinds = sorted({row["kind"] for row in self._links(one, MOST_SEEN) if row["other_case_id"] == other})
        evidence = json.dumps({"build": self._graph.number(), "kinds": kinds}, sort_keys=True)
        return self._book.add(one, other, verdict, author=author, at=now(), reason=reason, evidence=evidence)

    def undo(self, seq: int, *, author: str, reason: str) -> Judgement:
        """Take a judgement back; it stays written down. Raises NotFound, WrongParameter, CannotJudge when it is undone already."""
        return take_back(self._book, seq, author=author, reason=reason)

    def _links(self, case_id: str, limit: int) -> list[dict[str, Any]]:
        main = self._graph.ask("linked_disputes", max_rows=limit, case_id=case_id).parts["main"]
        return [{**row, "sentence": sentence} for row, sentence in zip(main.rows, main.sentences, strict=True)]

    def _case(self, name: str, node_id: str) -> str:
        case = self._graph.get(node_id)
        if case.label != "Case":
            raise WrongParameter(name, "应为一件案件的标识 c:… / takes the id of a case")
        return case.id
