"""Checks over HTTP: an answer kept under a number, and shown again."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field

from api.check_text import printed
from graph.checks import CHECKED
from graph.store import Store


class Asked(BaseModel):
    """What is to be asked and kept: a question and its parameters, each under its name."""

    model_config = ConfigDict(extra="allow")

    question: str = Field("prior_disputes", description=f"{'、'.join(CHECKED)}")
    author: str = Field("", description="核查人 / who checks")


def router(store: Store, limit: int) -> APIRouter:
    """The routes under /checks."""
    routes = APIRouter(prefix="/checks", tags=["checks"])

    @routes.post("", operation_id="keep_check", status_code=201, summary="提问并留存，得到编号 / Ask, and keep the answer under a number")
    def keep(asked: Asked) -> dict[str, Any]:
        params = dict(asked.model_extra or {})
        params.pop("max_rows", None)
        return store.check(asked.question, author=asked.author, max_rows=limit, **params).to_dict()

    @routes.get(
        "/{number}", operation_id="show_check", response_model=None, summary="按编号再看当时的回答，并与现在比较 / Show a kept answer again"
    )
    def show(
        number: str, format: Annotated[Literal["json", "text"], Query(description="json，或可打印的 text")] = "json"
    ) -> Response:
        shown = store.checks.show(number)
        return PlainTextResponse(printed(shown.check, shown)) if format == "text" else JSONResponse(shown.to_dict())

    return routes
