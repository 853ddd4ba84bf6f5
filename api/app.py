"""The HTTP application. It is handed a store; it reads no environment and opens no engine itself."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from starlette.middleware.trustedhost import TrustedHostMiddleware

from api import errors
from api.routes import checks, entities, identities, links, quality, questions, service
from graph.ledger import Ledger
from graph.store import Store

log = logging.getLogger("fengqiao.http")
PREFIX = "/api/v1"


def create_app(
    store: Store, *, ledger: Ledger | None = None, limit: int = 500, allowed_hosts: tuple[str, ...] = ("*",)
) -> FastAPI:
    """An application over a store. `allowed_hosts` are the host names it answers to; it closes the store at the end."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        store.close()

    app = FastAPI(
        title="枫桥 Fengqiao", version="1", lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url=f"{PREFIX}/openapi.json",
        description="基层治理知识图谱：重复信访、关联纠纷、责任链 / Knowledge graph of grassroots governance",
    )
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(allowed_hosts))
    app.middleware("http")(_log_request)
    errors.install(app)
    app.include_router(questions.router(store, limit), prefix=PREFIX)
    app.include_router(entities.router(store, limit), prefix=PREFIX)
    app.include_router(identities.router(store, limit), prefix=PREFIX)
    app.include_router(links.router(store, limit), prefix=PREFIX)
    app.include_router(quality.router(store, limit), prefix=PREFIX)
    app.include_router(checks.router(store, limit), prefix=PREFIX)
    app.include_router(service.builds_router(store, ledger), prefix=PREFIX)
    app.include_router(service.health_router(store))
    return app


async def _log_request(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Log the route, status and time; never the address, because it may carry a person's name or id."""
    started = time.perf_counter()
    response = await call_next(request)
    route = request.scope.get("route")
    log.info(
        "%s %s %s %.1f ms", request.method, getattr(route, "path", "-"), response.status_code,
        (time.perf_counter() - started) * 1000,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
