"""Human judgements about who is who and which cases are linked: confirm, reject or unsure, with an author, a time and a reason.

Each kind has a book of its own, with numbers of its own.

A judgement is a row of the ledger that is never deleted; undoing it is data too. Of a pair, the newest judgement that
was not undone is the active one. Only active judgements reach a build, so undoing leaves no trace in the graph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

CONFIRM, REJECT, UNSURE = "confirm", "reject", "unsure"
VERDICTS: dict[str, str] = {CONFIRM: "确认是同一人", REJECT: "否认是同一人", UNSURE: "存疑"}
"""Verdict about two persons → what a person calls it."""
LINK_VERDICTS: dict[str, str] = {CONFIRM: "确认有关联", REJECT: "否认有关联", UNSURE: "存疑"}
"""Verdict about two cases → what a person calls it."""

Connected = Callable[[], AbstractContextManager[sa.Connection]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement about two persons or two cases, `a` before `b`, by the ids they had then.

    `evidence` is what spoke for and against the pair at that time, as JSON text. `accepted` are the two contradicting
    birth dates the author saw and judged in spite of, `''` where there were none.
    """

    seq: int
    a: str
    b: str
    verdict: str
    author: str
    at: str
    reason: str
    evidence: str = ""
    accepted: str = ""
    undone_by: str | None = None
    undone_at: str | None = None
    undone_reason: str | None = None

    @property
    def pair(self) -> tuple[str, str]:
        return self.a, self.b

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


def judgement_table(meta: sa.MetaData, name: str) -> sa.Table:
    """A table of the ledger that holds judgements of one kind."""
    return sa.Table(
        name, meta,
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("a", sa.String(200), nullable=False), sa.Column("b", sa.String(200), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False), sa.Column("author", sa.String(200), nullable=False),
        sa.Column("at", sa.String(32), nullable=False), sa.Column("reason", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False), sa.Column("accepted", sa.String(64), nullable=False),
        sa.Column("undone_by", sa.String(200)), sa.Column("undone_at", sa.String(32)), sa.Column("undone_reason", sa.Text),
    )


class JudgementBook:
    """The judgements of one kind in a ledger. Each write is one short transaction; the writer's lock is not needed."""

    def __init__(self, table: sa.Table, reading: Connected, writing: Connected) -> None:
        self._table = table
        self._reading = reading
        self._writing = writing

    def add(
        self, a: str, b: str, verdict: str, *, author: str, at: str, reason: str, evidence: str = "", accepted: str = "",
    ) -> Judgement:
        """Write a judgement down; returns it with its number."""
        a, b = sorted((a, b))
        row = {
            "a": a, "b": b, "verdict": verdict, "author": author, "at": at, "reason": reason, "evidence": evidence,
            "accepted": accepted,
        }
        with self._writing() as connection:
            seq = connection.execute(self._table.insert(), row).inserted_primary_key
            assert seq is not None
            return Judgement(seq=int(seq[0]), **row)

    def undo(self, seq: int, *, author: str, at: str, reason: str) -> bool:
        """Mark a judgement as undone; False when there is none with this number that still stands."""
        stands = (self._table.c.seq == seq) & self._table.c.undone_at.is_(None)
        change = {"undone_by": author, "undone_at": at, "undone_reason": reason}
        with self._writing() as connection:
            return connection.execute(self._table.update().where(stands).values(change)).rowcount == 1

    def all(self) -> list[Judgement]:
        """Every judgement that was ever made, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(sa.select(self._table).order_by(self._table.c.seq)).mappings()
            return [Judgement(**row) for row in rows]

    def get(self, seq: int) -> Judgement | None:
        """The judgement with this number, undone or not."""
        return next((one for one in self.all() if one.seq == seq), None)

    def active(self) -> list[Judgement]:
        """Of each pair the newest judgement that was not undone, in the order of the pairs."""
        return active(self.all())


def active(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Of each pair the newest judgement that was not undone, in the order of the pairs."""
    newest = {one.pair: one for one in sorted(judgements, key=lambda one: one.seq) if one.undone_at is None}
    return [newest[pair] for pair in sorted(newest)]


def canonical(judgements: Iterable[Judgement]) -> list[str]:
    """What of judgements a graph depends on, as lines that do not tell who judged, when, why or in which order."""
    return sorted(
        f"judged {one.verdict} {one.a} {one.b} {hashlib.sha256(one.accepted.encode()).hexdigest() if one.accepted else ''}"
        for one in judgements
    )
