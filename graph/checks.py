"""Checks: answers that were kept under a number, to be shown again as they were, also after newer builds.

A check is a row of the ledger and never changes: which question, with the ids its parties settled to, by whom and when,
on which build, the whole answer, and a hash over all of it. Id numbers, phones and names that were given to find a
party are not kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Protocol
from uuid import uuid4

import sqlalchemy as sa

from graph.answer import Answer
from graph.errors import AskError, NotFound, WrongParameter

CHECKED = ("prior_disputes", "mediator_neutrality", "recusal_conflicts")
"""Questions whose answers may be kept; none takes free text."""
LONGEST_AUTHOR = 200
_NUMBER = re.compile(r"核-(\d{8})-(\d{4,9})\Z")
Connected = Callable[[], AbstractContextManager[sa.Connection]]


@dataclass(frozen=True, slots=True)
class Check:
    """A kept answer. `params` and `answer` are JSON texts; `at` is UTC; `most` how many rows a part could have.

    `sha256` is taken over everything else; see `intact`.
    """

    number: str
    at: str
    author: str
    question: str
    params: str
    most: int
    build: int
    graph_hash: str
    answer: str
    sha256: str = ""

    @property
    def intact(self) -> bool:
        """Whether the record is what was written down then."""
        return self.sha256 == seal(self)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; `answer` is the answer exactly as it was given."""
        return {
            "number": self.number, "at": self.at, "author": self.author, "question": self.question,
            "params": json.loads(self.params), "build": self.build, "graph_hash": self.graph_hash,
            "answer": json.loads(self.answer), "sha256": self.sha256, "intact": self.intact,
        }


def seal(check: Check) -> str:
    """The hash over everything a check says."""
    said = [getattr(check, field.name) for field in fields(check) if field.name != "sha256"]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Shown:
    """A check shown again, and whether the present graph answers the same question otherwise.

    `added` and `gone` are rows (with the name of their part) that only the present, or only the kept answer has;
    `problem` says why the question cannot be asked any more, '' when it can.
    """

    check: Check
    build: int
    differs: bool
    added: tuple[Mapping[str, Any], ...] = ()
    gone: tuple[Mapping[str, Any], ...] = ()
    problem: str = ""

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        now = {
            "build": self.build, "differs": self.differs, "added": list(self.added), "gone": list(self.gone),
            "problem": self.problem,
        }
        return {**self.check.to_dict(), "now": now}


def check_table(meta: sa.MetaData) -> sa.Table:
    """The table of the ledger that holds checks."""
    texts = ("params", "answer")
    strings = {"number": 64, "at": 32, "author": LONGEST_AUTHOR, "question": 64, "graph_hash": 64, "sha256": 64}
    return sa.Table(
        "checks", meta,
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.String(size), nullable=False, unique=name == "number") for name, size in strings.items()),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("most", sa.Integer, nullable=False), sa.Column("build", sa.Integer, nullable=False),
    )


class CheckBook:
    """The checks of one ledger. Each write is one short transaction; the writer's lock is not needed."""

    def __init__(self, table: sa.Table, reading: Connected, writing: Connected) -> None:
        self._table = table
        self._reading = reading
        self._writing = writing

    def add(self, draft: Check) -> Check:
        """Write a check down under the next number, which also names the day on this machine; returns it sealed."""
        row = {field.name: getattr(draft, field.name) for field in fields(draft)} | {"number": uuid4().hex}
        with self._writing() as connection:
            key = connection.execute(self._table.insert(), row).inserted_primary_key
            assert key is not None
            seq = int(key[0])
            row["number"] = f"核-{date.today():%Y%m%d}-{seq:04d}"
            row["sha256"] = seal(Check(**row))
            changed = {"number": row["number"], "sha256": row["sha256"]}
            connection.execute(self._table.update().where(self._table.c.seq == seq).values(changed))
        return Check(**row)

    def get(self, number: str) -> Check | None:
        """The check with this number, None when there is none."""
        columns = [self._table.c[field.name] for field in fields(Check)]
        with self._reading() as connection:
            row = connection.execute(sa.select(*columns).where(self._table.c.number == number)).mappings().first()
        return Check(**row) if row is not None else None


class Graph(Protocol):
    """What is asked of the graph."""

    def number(self) -> int: ...
    def ask(self, name: str, *, max_rows: int, **params: Any) -> Answer: ...


class CheckDesk:
    """Keeps and shows checks over a graph and a book of them."""

    def __init__(self, graph: Graph, book: CheckBook) -> None:
        self._graph = graph
        self._book = book

    def keep(self, question: str, *, author: str, at: str, max_rows: int, **params: Any) -> Check:
        """Ask a question and keep its answer; raises what asking raises, and WrongParameter for another question or author."""
        short = question.rpartition("/")[2]
        if short not in CHECKED:
            raise WrongParameter("question", f"可以留存的是 {'、'.join(CHECKED)} / one of these can be kept")
        author = author.strip()
        if len(author) > LONGEST_AUTHOR or not author.isprintable():
            raise WrongParameter("author", f"不超过 {LONGEST_AUTHOR} 字，不含控制字符 / at most so many characters")
        answer = self._graph.ask(short, max_rows=max_rows, **params)
        return self._book.add(Check(
            "", at, author, short, _json(answer.params), max_rows, answer.build, answer.graph_hash, _json(answer.to_dict()),
        ))

    def get(self, number: str) -> Check:
        """A check as it was kept; raises NotFound."""
        found = self._book.get(number.strip()) if _NUMBER.match(number.strip()) else None
        if found is None:
            raise NotFound("这个编号的核查，编号形如 核-20261124-0001")
        return found

    def show(self, number: str) -> Shown:
        """A check as it was kept, compared with what the present graph answers; raises NotFound."""
        check = self.get(number)
        try:
            answer = self._graph.ask(check.question, max_rows=check.most, **json.loads(check.params))
        except AskError as error:
            return Shown(check, self._graph.number(), True, problem=str(error))
        before, now = _rows(json.loads(check.answer)), _rows(json.loads(_json(answer.to_dict())))
        added = tuple(row for key, row in now.items() if key not in before)
        gone = tuple(row for key, row in before.items() if key not in now)
        return Shown(check, answer.build, bool(added or gone), added, gone)


def _rows(answer: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The rows of all parts by all they say; the addresses of source rows may change without the answer changing."""
    parts = {"main": answer, **answer["parts"]}
    rows = [{"part": name, **row} for name, part in parts.items() for row in part["rows"]]
    return {_json({key: value for key, value in row.items() if key != "evidence"}): row for row in rows}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
