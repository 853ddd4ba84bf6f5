"""Links of cases over HTTP: what awaits a judgement, and judgements with their author and reason."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from api.routes.identities import Judging, Undoing, only_json, written
from graph.store import Store


def router(store: Store, most: int) -> APIRouter:
    """The routes under /links. Writing a judgement changes no graph; the answer says that the next build does."""
    routes = APIRouter(prefix="/links", tags=["links"])

    @routes.get("", operation_id="list_links", summary="判断，及一件案件尚未判断的关联 / Judgements, and links of a case not judged yet")
    def list_links(
        case_id: Annotated[str, Query(description="案件标识；不给则列出全部判断 / id of a case, or all judgements")] = "",
        limit: Annotated[int | None, Query(ge=1, description="最多几条 / at most so many")] = None,
    ) -> dict[str, Any]:
        so_many = most if limit is None else min(limit, most)
        pending = store.links.pending(case_id, so_many) if case_id else []
        judged = store.links.judgements(case_id)[-so_many:]
        return {"pending": pending, "judgements": [one.to_dict() for one in judged]}

    @routes.post(
        "/judgements", operation_id="judge_link", status_code=201, dependencies=[Depends(only_json)],
        summary="确认或否认两件案件有关联 / Confirm or reject a link of two cases",
    )
    def judge_link(body: Judging) -> dict[str, Any]:
        return written(store.links.judge(body.a, body.b, body.verdict, author=body.author, reason=body.reason))

    @routes.post(
        "/judgements/{number}/undo", operation_id="undo_link_judgement", dependencies=[Depends(only_json)],
        summary="撤销一条关联判断 / Undo a judgement about a link",
    )
    def undo_link_judgement(number: int, body: Undoing) -> dict[str, Any]:
        return written(store.links.undo(number, author=body.author, reason=body.reason))

    return routes
