"""What a build wrote beside the graph about identity: findings that a person must look at, and the rows of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from graph.build.artifact import Build
from graph.build.identities import IDENTITIES, NAME_CONFLICT, NAMINGS, PHONE_CONFLICT, REVIEW
from graph.build.judged import NOBODY, PSEUDONYM, REJECTED, SAME_NUMBER, TWO_BIRTHS, TWO_NUMBERS
from graph.errors import WrongParameter
from graph.home import Home
from graph.judgements import Judgement
from graph.ledger import Ledger
from graph.machine import open_duckdb
from graph.model import FORMER_ID
from graph.saidrows import Address, Rows

FINDINGS = {NAME_CONFLICT: "姓名矛盾", PHONE_CONFLICT: "同名同电话而矛盾", REVIEW: "判断待复核"}
STEPS = {
    "id_number": "有效证件号码", "name_phone": "同一姓名与个人电话", "same_case": "同一案件中的同名当事人",
    "source_key": "来源系统的用户标识", "own_key": "所在表自己的键", "judgement": "人工判断",
}
"""Step that made a row a person → what a person calls it."""
_WHY = {
    (NAME_CONFLICT, "names"): "同一有效证件号码下写有不同姓名（曾用名除外）。已按号码归为一人，请核对哪一行有误。",
    (PHONE_CONFLICT, TWO_NUMBERS): "姓名与电话相同，但有不同的有效证件号码。没有合并。",
    (PHONE_CONFLICT, TWO_BIRTHS): "姓名与电话相同，但出生日期矛盾。没有合并。",
    (REVIEW, TWO_NUMBERS): "照此判断会把两个不同的有效证件号码并为一人，没有照办，请复核。",
    (REVIEW, TWO_BIRTHS): "照此判断会把出生日期完整而不同的人并为一人，没有照办，请复核。",
    (REVIEW, REJECTED): "照此判断会把另一条判断否认过的两人并为一人，没有照办，请复核。",
    (REVIEW, PSEUDONYM): "其中一人匿名或用化名，不得认定为他人，没有照办。",
    (REVIEW, SAME_NUMBER): "曾否认是同一人，现在证件号码或姓名与电话表明是同一人，请复核。",
    (REVIEW, NOBODY): "所判断的人已不在图中（记录已撤回或变更），判断暂不起作用。",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about identity that a person must look at. `b` is '' where it is about one person only."""

    kind: str
    why: str
    zh: str
    a: str
    b: str
    addresses: tuple[Address, ...]
    judgements: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Made:
    """One row of a person: the step that made it this person, and the id it had before a judgement ('' without one)."""

    address: Address
    table: str
    step: str
    before: str
    values: Mapping[str, Any]

    @property
    def step_zh(self) -> str:
        return STEPS[self.step] + (f"，再经{STEPS['judgement']}" if self.before else "")

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self) | {"step_zh": self.step_zh}


def findings(home: Home, ledger: Ledger, build: Build, *, kind: str = "", limit: int = 500) -> list[Finding]:
    """What a build found about identity, of one kind (a key of FINDINGS) or of all; raises WrongParameter."""
    if kind and kind not in FINDINGS:
        raise WrongParameter("kind", f"应为 {'、'.join(FINDINGS)} 之一 / one of these")
    found = _query(
        build, IDENTITIES, "SELECT kind, why, a, coalesce(b, '') AS b, refs FROM read_parquet(?)"
        " WHERE kind = coalesce(?, kind) ORDER BY kind DESC, a, b, why LIMIT ?", kind or None, limit,
    )
    rows = Rows(home, ledger.loads())
    judged = ledger.judgements.active() if any(row[0] == REVIEW for row in found) else []
    try:
        return [
            Finding(kind, why, _WHY[kind, why], a, b, _addresses(rows, refs), _numbers(kind, a, b, judged))
            for kind, why, a, b, refs in found
        ]
    finally:
        rows.close()


def made(home: Home, ledger: Ledger, build: Build, node_id: str) -> list[Made]:
    """The rows that make a person in a build, oldest word first; id numbers and phones are masked."""
    steps = {
        (ref, table): (step, before) for ref, table, step, before in
        _query(build, NAMINGS, "SELECT ref, said_in, step, before FROM read_parquet(?) WHERE id = ?", node_id)
    }
    rows = Rows(home, [load for load in ledger.loads() if load.load_id in build.card.inputs])
    try:
        said = rows.about("Resident", node_id, sorted({ref for ref, _ in steps}))
    finally:
        rows.close()
    places = {ref for ref, _ in steps}
    found = []
    for row in said:
        at = row.address.ref, row.table
        if row.counts and (at in steps or row.address.ref not in places):
            step, before = steps.get(at, ("id_number", ""))
            found.append(Made(row.address, row.table, step, before, row.values))
    return found


def present(build: Build, ids: Iterable[str]) -> dict[str, str]:
    """The id that each of these persons has in a build: the same, unless it is a former one."""
    asked = sorted(set(ids))
    former = build.node_file(FORMER_ID)
    if not asked or not former.exists():
        return {one: one for one in asked}
    with open_duckdb() as con:
        found = dict(con.execute(
            "SELECT substr(id, ?), now FROM read_parquet(?) WHERE id IN (SELECT unnest(?::VARCHAR[]))",
            [len(FORMER_ID.prefix) + 2, str(former), [f"{FORMER_ID.prefix}:{one}" for one in asked]],
        ).fetchall())
    return {one: str(found.get(one, one)) for one in asked}


def _query(build: Build, file: str, query: str, *given: Any) -> list[tuple[Any, ...]]:
    """Rows of a side file; none for a build from before it was written."""
    path = build.path / file
    if not path.exists():
        return []
    with open_duckdb() as con:
        found: list[tuple[Any, ...]] = con.execute(query, [str(path), *given]).fetchall()
    return found


def _addresses(rows: Rows, refs: Iterable[str]) -> tuple[Address, ...]:
    return tuple(address for ref in refs if (address := rows.address(ref)) is not None)


def _numbers(kind: str, a: str, b: str, judged: Iterable[Judgement]) -> tuple[int, ...]:
    return tuple(one.seq for one in judged if one.pair == (a, b)) if kind == REVIEW else ()
