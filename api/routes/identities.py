"""Who is who over HTTP: the work list, explanations, and judgements with their author and reason."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from graph.identityrows import FINDINGS
from graph.judgements import Judgement
from graph.judging import LONGEST, NEXT_BUILD
from graph.store import Store

Text = Annotated[str, Field(min_length=1, max_length=LONGEST)]
PersonId = Annotated[str, Query(description="居民标识 / id of a person", examples=["r:…"])]


class Undoing(BaseModel):
    """Who undoes a judgement, and why."""

    model_config = ConfigDict(extra="forbid")
    author: Text
    reason: Text


class Judging(Undoing):
    """What somebody judged about two people or two cases, who, and why."""

    a: str
    b: str
    verdict: Literal["confirm", "reject", "unsure"]


def only_json(request: Request) -> None:
    """A write must say that it is JSON: a form of a foreign page cannot do that without asking first."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "请求体须为 application/json。 / The body must be application/json.")


def router(store: Store, most: int) -> APIRouter:
    """The routes under /identities. Writing a judgement changes no graph; the answer says that the next build does."""
    routes = APIRouter(prefix="/identities", tags=["identities"])

    @routes.get("", operation_id="list_identities", summary="待判断的疑似同一人、矛盾、判断 / Work list, conflicts, judgements")
    def list_identities(
        kind: Annotated[Literal["pending", "conflicts", "review", "judgements"], Query(description="列什么 / what")] = "pending",
        area: Annotated[str, Query(description="区划代码（仅 pending） / division code")] = "",
        limit: Annotated[int | None, Query(ge=1, description="最多几条 / at most so many")] = None,
    ) -> dict[str, Any]:
        return {"kind": kind, "items": _listed(store, kind, area, most if limit is None else min(limit, most))}

    @routes.get("/explain", operation_id="explain_identity", summary="由哪些行构成，或为什么是同一人 / How, or why")
    def explain_identity(a: PersonId, b: PersonId = "") -> dict[str, Any]:
        return store.why(a, b).to_dict() if b else store.how(a).to_dict()

    @routes.post(
        "/judgements", operation_id="judge_identity", status_code=201, dependencies=[Depends(only_json)],
        summary="判断两人是否同一人 / Judge whether two are one",
    )
    def judge_identity(body: Judging) -> dict[str, Any]:
        return written(store.identities.judge(body.a, body.b, body.verdict, author=body.author, reason=body.reason))

    @routes.post(
        "/judgements/{number}/undo", operation_id="undo_judgement", dependencies=[Depends(only_json)],
        summary="撤销一条判断 / Undo a judgement",
    )
    def undo_judgement(number: int, body: Undoing) -> dict[str, Any]:
        return written(store.identities.undo(number, author=body.author, reason=body.reason))

    return routes


def _listed(store: Store, kind: str, area: str, limit: int) -> list[dict[str, Any]]:
    desk = store.identities
    if kind == "pending":
        return desk.pending(limit, **({"area": area} if area else {}))
    if kind == "judgements":
        return [one.to_dict() for one in desk.judgements()[-limit:]]
    kinds = ["review"] if kind == "review" else [name for name in FINDINGS if name != "review"]
    return [one.to_dict() for name in kinds for one in desk.findings(name, limit)][:limit]


def written(one: Judgement) -> dict[str, Any]:
    """A judgement as it was written down, and when it takes effect."""
    return {**one.to_dict(), "note": NEXT_BUILD}
