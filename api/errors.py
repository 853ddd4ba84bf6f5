"""One table from what went wrong to what a caller of the HTTP interface sees (RFC 9457)."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from graph.engines.base import EngineDown, EngineError, NothingPublished, QuestionTimeout
from graph.errors import AskError, CannotJudge, NoHistory, NotFound, UnknownQuestion, WrongParameter
from graph.home import HomeError, WriterBusy

PROBLEMS: dict[type[Exception], tuple[int, str, str]] = {
    UnknownQuestion: (404, "unknown-question", "没有这个问题 / No such question"),
    NotFound: (404, "not-found", "没有找到 / Not found"),
    WrongParameter: (422, "wrong-parameter", "参数有误 / Wrong parameter"),
    CannotJudge: (409, "cannot-judge", "不能这样判断 / This judgement cannot hold"),
    NoHistory: (501, "no-history", "这里查不到来历 / No history here"),
    AskError: (400, "bad-request", "请求有误 / Bad request"),
    NothingPublished: (503, "nothing-published", "还没有可用的图 / No graph yet"),
    EngineDown: (503, "engine-down", "图引擎不可用 / The graph engine is not available"),
    QuestionTimeout: (504, "question-timeout", "问题超时 / The question took too long"),
    EngineError: (500, "engine-error", "图引擎出错 / The graph engine failed"),
    WriterBusy: (409, "writer-busy", "正在写入 / Another process is writing"),
    HomeError: (500, "data-directory", "数据目录不可用 / The data directory cannot be used"),
}
"""Class of an error → status, last part of the problem type, title. The nearest class counts."""


def problem(status: int, kind: str, title: str, detail: str, **more: Any) -> JSONResponse:
    """An `application/problem+json` answer."""
    body = {"type": f"urn:fengqiao:problem:{kind}", "title": title, "status": status, "detail": detail, **more}
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Make every error of the domain, of validation and of routing a problem document."""
    for error_class in PROBLEMS:
        app.add_exception_handler(error_class, _domain)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _domain(_request: Request, error: Exception) -> JSONResponse:
    nearest = next(c for c in type(error).__mro__ if c in PROBLEMS)
    status, kind, title = PROBLEMS[nearest]
    more = {"parameter": error.name} if isinstance(error, WrongParameter) else {}
    return problem(status, kind, title, str(error), **more)


def _validation(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    places = sorted({str(e["loc"][-1]) for e in error.errors()})
    return problem(
        422, "wrong-parameter", "参数有误 / Wrong parameter", f"请检查参数：{'、'.join(places)}", parameter=places[0]
    )


def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, "http", "请求有误 / Bad request", str(error.detail))


def _unexpected(_request: Request, _error: Exception) -> JSONResponse:
    return problem(500, "internal", "内部错误 / Internal error", "请稍后再试；若反复出现，请把时间告诉管理员。")
