"""Texts of questions run on a reader: compiled once an engine, with the first step and the parties that a part may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cypher.compile import Statement, statements
from cypher.library import Library
from cypher.question import Part, Question
from graph.engines.base import Reader
from graph.model import MODEL
from graph.tables import distinct


class Texts:
    """The texts of a library, each compiled when it is first needed. Safe for several threads."""

    def __init__(self, library: Library, timeout: float) -> None:
        self._library = library
        self._timeout = timeout
        self._compiled: dict[tuple[str, str, tuple[tuple[str, str], ...]], tuple[Statement, ...]] = {}

    def rows(
        self, reader: Reader, question: Question, part: Part, params: Mapping[str, Any], labels: Mapping[str, str],
        parties: Sequence[str],
    ) -> list[dict[str, Any]]:
        """The rows of a part: of its first step where it has two, and for each party where it is about one."""
        first = part.found or part.text_for(reader.dialect.name)
        if not part.per_party:
            rows = self._run(reader, question, first, params, labels)
        else:
            rows = [
                row
                for party in parties
                for row in self._run(
                    reader, question, first, {**params, "party": party},
                    {**labels, "party": MODEL.label_of(party) or ""},
                )
            ]
        if not part.found or not rows:
            return rows
        text = part.text_for(reader.dialect.name)
        return self._run(reader, question, text, {**params, "found": distinct(rows)}, labels)

    def _run(
        self, reader: Reader, question: Question, text: str, params: Mapping[str, Any], labels: Mapping[str, str]
    ) -> list[dict[str, Any]]:
        key = (text, reader.dialect.name, tuple(sorted(labels.items())))
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = self._compiled[key] = statements(text, reader.dialect, labels=labels)
        return [
            row
            for statement in compiled
            for row in reader.run(
                statement.text, {name: params[name] for name in statement.params}, timeout=self._timeout,
                wide=not question.about_things,
            )
        ]

    def internal(
        self, reader: Reader, name: str, params: Mapping[str, Any], labels: Mapping[str, str]
    ) -> list[dict[str, Any]]:
        """The rows of an internal question, which serves the store itself."""
        question = self._library[name]
        return self._run(reader, question, question.main.text_for(reader.dialect.name), params, labels)
