"""A question as a record: what it asks, what it takes, what its answer holds. Frozen data; the library makes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PARAM_TYPES = (
    "id", "ids", "parties", "text", "int", "bool", "date", "area", "choice", "choices", "rule",
)
COLUMN_TYPES = ("id", "ids", "text", "words", "int", "float", "bool", "date", "path", "properties")
"""`ids` and `words` are lists read as sets; a `path` is a list that keeps its order."""
AUDIENCES = ("investigator", "mediator", "api")
_OPTIONAL, _FIELD = re.compile(r"\[([^\[\]]*)\]"), re.compile(r"\{(\w+)\}")


class InvalidQuestion(ValueError):
    """A question file contradicts itself or the model; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Param:
    """What a caller may give. `of` lists labels (ids) or the words of a choice; `min` and `max` bound an int.

    A `rule` is the name of a rule of the kind in `of`; its text takes what the rule says as `$<name>_<key>`.
    `bound_as` is the name the text uses: `ids` for parties, and another word where the name is reserved. An int that
    `cuts` an answer says at most how many `rows`, or how many rows with the same value of a column; the text is given
    one more, so that it shows when something was cut.
    """

    name: str
    type: str
    zh: str
    en: str
    default: Any = None
    required: bool = False
    of: tuple[str, ...] = ()
    min: int | None = None
    max: int | None = None
    bound_as: str = ""
    cuts: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an answer. `values` gives the word a person reads for a coded value, in sorting order."""

    name: str
    type: str
    zh: str
    en: str
    values: Mapping[str, str]

    def words(self, value: Any) -> str:
        """A value as it reads in a Chinese sentence: codes in words, lists with 、; null is the word for '', else nothing."""
        if value is None:
            return self.values.get("", "")
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, (list, tuple)):
            return "、".join(self.values.get(str(item), str(item)) for item in value)
        return self.values.get(str(value), str(value))

    def sort_key(self, value: Any) -> tuple[Any, ...]:
        """A key that puts nulls last and coded values in the order they are declared."""
        if value is None:
            return (1,)
        if isinstance(value, (list, tuple)):
            return (0, tuple(str(item) for item in value))
        if self.values:
            known = list(self.values)
            return (0, known.index(value) if value in known else len(known), str(value))
        return (0, value)


@dataclass(frozen=True, slots=True)
class Part:
    """One table of an answer and the text that makes it.

    `texts` holds the text of an engine that needs its own, by dialect name. `uses` are the parameters the text
    takes, as bound. A text that uses `$party` is run once for every id in `$ids`, and its rows are united.
    `found` is a text that is run before: its rows, as maps, are the list `$found` that `text` takes; without any there
    is no row. So what is looked up about each thing found is said once and not in every branch.
    Rows with the same values of `one_per` become one (`graph.tables.united`).
    """

    name: str
    zh: str
    columns: tuple[Column, ...]
    order: tuple[tuple[str, bool], ...]
    evidence: tuple[str, ...]
    sentence: str
    text: str
    texts: Mapping[str, str]
    uses: frozenset[str]
    found: str = ""
    one_per: tuple[str, ...] = ()

    @property
    def all_texts(self) -> tuple[str, ...]:
        """Every text of the part, whichever engine and step it is for."""
        return tuple(text for text in (self.found, self.text, *self.texts.values()) if text)

    def text_for(self, dialect: str) -> str:
        """The text for a dialect, before it is compiled."""
        return self.texts.get(dialect, self.text)

    @property
    def per_party(self) -> bool:
        """Whether the text is about one party and is run for each."""
        return "party" in self.uses

    def column(self, name: str) -> Column:
        """The column with this name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def say(self, row: Mapping[str, Any]) -> str:
        """The row read out as one sentence, '' when the part has none; of what stands in [ ] nothing where no field says anything."""
        words = {c.name: c.words(row[c.name]) for c in self.columns}
        told = _OPTIONAL.sub(lambda found: found[1] if any(words[name] for name in _FIELD.findall(found[1])) else "", self.sentence)
        return told.format_map(words)

    def sort(self, rows: list[dict[str, Any]]) -> None:
        """Put rows in the declared order, in place; what it leaves open is decided by all columns, never by the engine."""
        rows.sort(key=lambda row: repr([row[c.name] for c in self.columns]))
        for name, descending in reversed(self.order):
            column = self.column(name)
            missing = [row for row in rows if row[name] is None]
            present = [row for row in rows if row[name] is not None]
            present.sort(key=lambda row, c=column: c.sort_key(row[c.name]), reverse=descending)  # type: ignore[misc]
            rows[:] = present + missing


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question. An `internal` one serves the store and is not offered to callers.

    `rule` names the rule set and its version; `{parameter}` in it stands for the word chosen by the caller. `law` names
    the kinds of rules that its texts take, each as the list `$law_<kind>`; `beside` the lists that stand beside the build
    in the data directory and are no part of the graph, each as `$<name>`: a main part that takes one cannot be answered without
    that directory. Of the parameters in `needs` at least one must be given.
    """

    name: str
    group: str
    title_zh: str
    title_en: str
    asks_zh: str
    asks_en: str
    params: tuple[Param, ...]
    parts: tuple[Part, ...]
    rule: str
    audience: tuple[str, ...]
    internal: bool
    law: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def rule_applied(self, params: Mapping[str, Any]) -> str:
        """The rule set and version that these parameters choose, '' when the question has none."""
        return self.rule.format_map(params)

    @property
    def main(self) -> Part:
        """The part that answers the question itself."""
        return self.part("main")

    @property
    def about_things(self) -> bool:
        """Whether it is asked about things given by their ids, and so reads only what is near them."""
        return any(param.type in ("id", "ids", "parties") for param in self.params)

    def part(self, name: str) -> Part:
        """The part with this name; KeyError if there is none."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)

    def param(self, name: str) -> Param:
        """The parameter with this name; KeyError if there is none."""
        for param in self.params:
            if param.name == name:
                return param
        raise KeyError(name)
