"""Questions over HTTP: the list, and one typed route for each question of the library."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from api.described import describe
from api.exports import MEDIA_TYPES, to_file
from cypher.question import Param, Question
from graph.answer import Answer
from graph.errors import UnknownQuestion, WrongParameter
from graph.store import Store

Format = Literal["json", "csv", "xlsx", "graphml", "gexf"]
_OWN = {"format"}


def router(store: Store, limit: int) -> APIRouter:
    """The routes under /questions, made from the library: adding a question adds its route and its documentation."""
    routes = APIRouter(prefix="/questions", tags=["questions"])

    @routes.get("", operation_id="list_questions", summary="可以问什么 / What may be asked")
    def list_questions() -> list[dict[str, Any]]:
        return [describe(q) for q in store.library.listed]

    for question in store.library.listed:
        routes.add_api_route(
            f"/{question.name}", _endpoint(store, question, limit), methods=["GET"],
            operation_id=f"ask_{question.name}", summary=f"{question.title_zh} / {question.title_en}",
            description=f"{question.asks_zh}\n\n{question.asks_en}", response_model=None,
        )

    @routes.get("/{name:path}", operation_id="ask_unknown_question", include_in_schema=False)
    def ask_unknown(name: str) -> None:
        raise UnknownQuestion(name, [])

    return routes


def _endpoint(store: Store, question: Question, limit: int) -> Callable[..., Response]:
    names = {p.name for p in question.params}
    several = {p.name for p in question.params if p.type in ("parties", "ids", "choices")}

    def ask(request: Request, format: Format = "json", **given: str | None) -> Response:
        if unknown := sorted(set(request.query_params) - names - _OWN):
            raise WrongParameter(unknown[0], f"这个问题没有此参数，可用：{'、'.join(sorted(names | _OWN))} / unknown parameter")
        values = {
            name: ",".join(request.query_params.getlist(name)) if name in several else value
            for name, value in given.items() if value is not None
        }
        answer = store.ask(question.name, max_rows=limit, **values)
        return render(answer, format)

    parameters = [
        inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request),
        inspect.Parameter("format", inspect.Parameter.KEYWORD_ONLY, default="json", annotation=Format),
        *(_parameter(p) for p in question.params),
    ]
    ask.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return ask


def _parameter(param: Param) -> inspect.Parameter:
    schema: dict[str, Any] = {"default": param.default} if param.default not in (None, "") else {}
    if param.type == "choice":
        schema["enum"] = list(param.of)
    query = Query(description=f"{param.zh} / {param.en}", json_schema_extra=schema or None)
    annotation = Annotated[str, query] if param.required else Annotated[str | None, query]
    default = inspect.Parameter.empty if param.required else None
    return inspect.Parameter(param.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def render(answer: Answer, format: Format) -> Response:
    """An answer in the form the caller asked for."""
    if format == "json":
        from fastapi.responses import JSONResponse

        return JSONResponse(answer.to_dict())
    content = to_file(answer, format)
    name = f"{answer.question.name}-{answer.build}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if answer.truncated:
        headers["X-Truncated"] = "true"
    return Response(content, media_type=MEDIA_TYPES[format], headers=headers)
