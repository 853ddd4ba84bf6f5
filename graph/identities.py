"""Who is who, told and judged: why two people are one, may be one or are two; which rows make a person; judging.

Everything is asked of one `Desk`: a store for what the graph holds, and the records behind it for rows and judgements.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graph.answer import Answer
from graph.build.judged import contradicting_births
from graph.errors import CannotJudge, WrongParameter
from graph.identityrows import Finding, Made
from graph.judgements import CONFIRM, UNSURE, VERDICTS, Judgement, JudgementBook
from graph.judging import said, take_back
from graph.ledger import now

ONE, MAYBE, APART = "one", "maybe", "apart"
STANDINGS = {ONE: "是同一人", MAYBE: "疑似同一人", APART: "不是同一人，或没有依据"}


class Person(Protocol):
    """A thing of the graph, as the store gives it."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def properties(self) -> dict[str, Any]: ...
    @property
    def note(self) -> str: ...


class Graph(Protocol):
    """What is asked of the graph."""

    def get(self, node_id: str) -> Person: ...
    def pair(self, a: str, b: str) -> Mapping[str, Any] | None: ...
    def number(self) -> int: ...
    def ask(self, name: str, *, max_rows: int, **params: Any) -> Answer: ...


class Records(Protocol):
    """What is asked of the data directory, about the build with a number."""

    def book(self) -> JudgementBook: ...
    def made(self, number: int, node_id: str) -> list[Made]: ...
    def findings(self, number: int, kind: str, limit: int) -> list[Finding]: ...
    def present(self, number: int, ids: Iterable[str]) -> dict[str, str]: ...


@dataclass(frozen=True, slots=True)
class Why:
    """Why two ids are one person, may be one, or are two. `says` are Chinese sentences, `features` the comparisons as data."""

    a: str
    b: str
    standing: str
    says: tuple[str, ...]
    likeness: Mapping[str, Any]
    judgements: tuple[Judgement, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "a": self.a, "b": self.b, "standing": self.standing, "zh": STANDINGS[self.standing], "says": list(self.says),
            "likeness": dict(self.likeness), "judgements": [one.to_dict() for one in self.judgements], "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class How:
    """Which rows make a person, by which step each, and the judgements that joined ids to this one."""

    id: str
    build: int
    rows: tuple[Made, ...]
    judgements: tuple[Judgement, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "id": self.id, "build": self.build, "rows": [row.to_dict() for row in self.rows],
            "judgements": [one.to_dict() for one in self.judgements], "notes": list(self.notes),
        }


class Desk:
    """Explains and judges identity over a graph and the records behind it."""

    def __init__(self, graph: Graph, records: Records) -> None:
        self._graph = graph
        self._records = records

    def why(self, a: str, b: str) -> Why:
        """Why two ids are one person or not; raises NotFound, and WrongParameter for what is no person."""
        one, other = self._person("a", a), self._person("b", b)
        notes = tuple(x.note for x in (one, other) if x.note)
        judged = self._about({one.id}, {other.id})
        if one.id == other.id:
            judged = self._about({a, one.id}, {b, one.id}) or self._joining(one.id)
            return Why(a, b, ONE, tuple(self._why_one(a, b, one, judged)), {}, tuple(judged), notes)
        likeness = self._graph.pair(one.id, other.id) or {}
        standing = MAYBE if likeness else APART
        return Why(one.id, other.id, standing, tuple(_why_two(one, other, likeness, judged)), likeness, tuple(judged), notes)

    def how(self, node_id: str) -> How:
        """Which rows make a person; raises NotFound, and WrongParameter for what is no person."""
        person = self._person("id", node_id)
        number = self._graph.number()
        rows = self._records.made(number, person.id)
        return How(person.id, number, tuple(rows), tuple(self._joining(person.id)), (person.note,) if person.note else ())

    def pending(self, limit: int, **params: Any) -> list[dict[str, Any]]:
        """The work list: rows of `pending_identities` without those that the next build settles, each with its sentence.

        What came back for review stays.
        """
        settled = self._judged_pairs()
        main = self._graph.ask("pending_identities", max_rows=limit + len(settled), **params).parts["main"]
        told = [{**row, "sentence": said} for row, said in zip(main.rows, main.sentences, strict=True)]
        left = [row for row in told if row["judgement"] == "review" or _pair(row) not in settled]
        return left[:limit]

    def findings(self, kind: str, limit: int) -> list[Finding]:
        """Conflicts and judgements to look at again, of one kind or of all ('')."""
        return self._records.findings(self._graph.number(), kind, limit)

    def judgements(self, *, standing: bool = False) -> list[Judgement]:
        """What was ever judged, oldest first, or only what stands."""
        book = self._records.book()
        return book.active() if standing else book.all()

    def judge(self, a: str, b: str, verdict: str, *, author: str, reason: str) -> Judgement:
        """Write down what a person judged. The next build applies it; nothing else changes.

        Raises NotFound, WrongParameter (a verdict, author or reason that is missing or too long), CannotJudge for a
        confirmation that could never hold: two valid id numbers, a pseudonym, or one and the same person.
        """
        if verdict not in VERDICTS:
            raise WrongParameter("verdict", f"应为 {'、'.join(VERDICTS)} 之一 / one of these")
        author, reason = said("author", author), said("reason", reason)
        one, other = self._person("a", a), self._person("b", b)
        _check(one, other, verdict)
        evidence = {"build": self._graph.number(), **(self._graph.pair(one.id, other.id) or {})}
        births = contradicting_births(one.properties["born_on"], other.properties["born_on"])
        return self._records.book().add(
            one.id, other.id, verdict, author=author, at=now(), reason=reason,
            evidence=json.dumps(evidence, ensure_ascii=False, sort_keys=True), accepted=births if verdict == CONFIRM else "",
        )

    def undo(self, seq: int, *, author: str, reason: str) -> Judgement:
        """Take a judgement back; it stays written down. Raises NotFound, WrongParameter, CannotJudge when it is undone already."""
        return take_back(self._records.book(), seq, author=author, reason=reason)

    def _judged_pairs(self) -> set[tuple[str, str]]:
        """Pairs of present ids that somebody confirmed or rejected."""
        firm = [one for one in self._records.book().active() if one.verdict != UNSURE]
        now_is = self._present(firm)
        ends = [[now_is[end] for end in one.pair] for one in firm]
        return {(min(pair), max(pair)) for pair in ends}

    def _present(self, judgements: Iterable[Judgement]) -> dict[str, str]:
        return self._records.present(self._graph.number(), [end for one in judgements for end in one.pair])

    def _person(self, name: str, node_id: str) -> Person:
        person = self._graph.get(node_id)
        if person.label != "Resident":
            raise WrongParameter(name, "应为一位居民的标识 r:… / takes the id of a person")
        return person

    def _about(self, ends: set[str], others: set[str]) -> list[Judgement]:
        """The judgements, undone ones too, between present or former ids of two people."""
        known = self._records.book().all()
        now_is = self._present(known)
        found = []
        for judgement in known:
            a, b = ({end, now_is[end]} for end in judgement.pair)
            if (a & ends and b & others) or (a & others and b & ends):
                found.append(judgement)
        return found

    def _joining(self, node_id: str) -> list[Judgement]:
        firm = [one for one in self._records.book().active() if one.verdict == CONFIRM]
        now_is = self._present(firm)
        return [one for one in firm if all(now_is[end] == node_id for end in one.pair)]

    def _why_one(self, a: str, b: str, person: Person, judged: list[Judgement]) -> list[str]:
        if a == b:
            return ["给出的是同一个标识。"]
        steps = sorted({made.step_zh for made in self._records.made(self._graph.number(), person.id)})
        says = [f"两个标识现在都是 {person.id}：其记录依据{'、'.join(steps)}归于一人。"]
        return says + [_sentence(one) for one in judged]


def _pair(row: Mapping[str, Any]) -> tuple[str, str]:
    return min(row["a_id"], row["b_id"]), max(row["a_id"], row["b_id"])


def _check(one: Person, other: Person, verdict: str) -> None:
    if one.id == other.id:
        raise CannotJudge("这两个标识现在已是同一人，无须判断。 / The two ids are one person already.")
    if verdict != CONFIRM:
        return
    if one.properties["id_number"] and other.properties["id_number"]:
        raise CannotJudge("两人各有不同的有效证件号码，不能是同一人；若有一个号码登记错了，请更正来源。 / Two different valid id numbers.")
    if one.properties["anonymous"] or other.properties["anonymous"]:
        raise CannotJudge("其中一人匿名或用化名，不得认定为他人。 / An anonymous or pseudonymous petitioner is nobody else.")


def _why_two(one: Person, other: Person, likeness: Mapping[str, Any], judged: list[Judgement]) -> list[str]:
    says = []
    if one.properties["id_number"] and other.properties["id_number"]:
        says.append("两人各有不同的有效证件号码，无论其他如何相似都不是同一人。")
    if contradicting_births(one.properties["born_on"], other.properties["born_on"]):
        says.append("两人的出生日期都完整而不同。")
    if one.properties["anonymous"] or other.properties["anonymous"]:
        says.append("其中一人匿名或用化名，不与任何人合并。")
    says += [f"支持：{likeness['why']}"] if likeness.get("why") else []
    says += [f"反对：{likeness['why_not']}"] if likeness.get("why_not") else []
    says += [_sentence(one) for one in judged]
    return says or ["没有证件号码、电话或其他比对把两人连在一起，也没有人判断过。"]


def _sentence(one: Judgement) -> str:
    undone = f"；{one.undone_at} 由 {one.undone_by} 撤销（{one.undone_reason}）" if one.undone_at else ""
    return f"第{one.seq}号判断：{one.at} {one.author} {VERDICTS[one.verdict]}（{one.reason}）{undone}。"

