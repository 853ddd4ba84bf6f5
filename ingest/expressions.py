"""Value expressions of a mapping: how the value of a field is made from the columns of a row.

    number: 留言编号                                    a column
    person_key: "wenzheng:{留言用户}"                   columns inside a text; empty when one of them is empty
    channel: {const: online}                            a fixed value
    place: {first_of: [社区, 街道]}                     the first that is not empty
    code: {concat: ["440310{street_id}", {column: community_id, last: 3}]}
    case_number: {ref: petition}                        the key of another target of the same row
    name: {column: 单位, split: {by: "（", index: 1}}   and then steps, in the order written

A cell that says nothing (`-`, `无`, `不详` …) is empty. An expression is checked when the mapping is read, and
becomes one SQL expression; nothing in it is executed in any other way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from ingest.sql import literal
from ingest.steps import Step, read_step
from ingest.yamlnodes import Item, Place

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


class Scope(Protocol):
    """What an expression stands in: the columns of a row and the targets beside it."""

    def column(self, name: str, place: Place) -> str:
        """The SQL of a cell; raises MappingError when the file has no such column."""

    def key_of(self, target: str, place: Place) -> str:
        """The SQL of the key of another target."""


@dataclass(frozen=True, slots=True)
class Expression:
    """One value: a kind, its arguments, and the steps applied to the result."""

    kind: str
    place: Place
    text: str = ""
    parts: tuple[Expression, ...] = ()
    steps: tuple[Step, ...] = ()

    def sql(self, scope: Scope) -> str:
        """The expression as SQL over the columns of `scope`."""
        made = _SQL[self.kind](self, scope)
        for step in self.steps:
            made = step.sql(made)
        return made

    def columns(self) -> Iterator[str]:
        """The columns it reads."""
        if self.kind == "column":
            yield self.text
        for part in self.parts:
            yield from part.columns()

    def refs(self) -> Iterator[Expression]:
        """The references to other targets in it."""
        if self.kind == "ref":
            yield self
        for part in self.parts:
            yield from part.refs()

    def outcomes(self) -> tuple[str, ...]:
        """All values it can have, when they stand in the mapping itself (constants, value maps); else nothing."""
        if self.steps:
            return self.steps[-1].outcomes
        return (self.text,) if self.kind == "const" else ()


_SQL: dict[str, Callable[[Expression, Scope], str]] = {
    "column": lambda e, scope: scope.column(e.text, e.place),
    "const": lambda e, scope: literal(e.text),
    "concat": lambda e, scope: "(" + " || ".join(part.sql(scope) for part in e.parts) + ")",
    "first_of": lambda e, scope: "coalesce(" + ", ".join(part.sql(scope) for part in e.parts) + ")",
    "ref": lambda e, scope: scope.key_of(e.text, e.place),
}


def read_expression(item: Item) -> Expression:
    """An expression from its YAML; raises MappingError."""
    if item.is_text:
        return _read_text(item.text(), item.place)
    entries = item.entries()
    kinds = [key for key in entries if key in _READERS]
    if len(kinds) != 1 or next(iter(entries)) not in _READERS:
        raise item.place.error(
            f"取值要以其中之一开头：{'、'.join(_READERS)}", f"a value begins with one of {', '.join(_READERS)}"
        )
    made = _READERS[kinds[0]](entries.pop(kinds[0]))
    steps = tuple(read_step(key, value) for key, value in entries.items())
    return Expression(made.kind, item.place, made.text, made.parts, steps)


def _read_text(text: str, place: Place) -> Expression:
    if not _PLACEHOLDER.search(text):
        return Expression("column", place, text)
    parts: list[Expression] = []
    end = 0
    for match in _PLACEHOLDER.finditer(text):
        if match.start() > end:
            parts.append(Expression("const", place, text[end:match.start()]))
        parts.append(Expression("column", place, match[1]))
        end = match.end()
    if end < len(text):
        parts.append(Expression("const", place, text[end:]))
    return Expression("concat", place, parts=tuple(parts))


def _read_list(kind: str) -> Callable[[Item], Expression]:
    def read(item: Item) -> Expression:
        parts = tuple(read_expression(member) for member in item.items())
        if not parts:
            raise item.place.error("列表不能为空", "the list is empty")
        return Expression(kind, item.place, parts=parts)
    return read


_READERS: dict[str, Callable[[Item], Expression]] = {
    "column": lambda item: Expression("column", item.place, item.text()),
    "template": lambda item: _read_text(item.text(), item.place),
    "const": lambda item: Expression("const", item.place, item.text()),
    "ref": lambda item: Expression("ref", item.place, item.text()),
    "concat": _read_list("concat"),
    "first_of": _read_list("first_of"),
}
