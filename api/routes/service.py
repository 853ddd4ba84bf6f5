"""The service itself over HTTP: which builds exist, whether it lives, whether it can answer."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from graph.ledger import Ledger
from graph.store import Store


def builds_router(store: Store, ledger: Ledger | None) -> APIRouter:
    """The route /builds: the build being served, and all builds of the data directory."""
    routes = APIRouter(tags=["builds"])

    @routes.get("/builds", operation_id="list_builds", summary="图的各个版本 / Builds of the graph")
    def list_builds() -> dict[str, Any]:
        known = [asdict(b) for b in ledger.builds()] if ledger else []
        return {"current": asdict(store.mark()), "builds": known}

    return routes


def health_router(store: Store) -> APIRouter:
    """/livez says the process answers; /readyz says it can answer questions (503 with a reason when not)."""
    routes = APIRouter(tags=["health"])

    @routes.get("/livez", operation_id="livez", summary="进程是否存活 / Is the process alive")
    def livez() -> dict[str, str]:
        return {"status": "ok"}

    @routes.get("/readyz", operation_id="readyz", summary="能否回答问题 / Can it answer questions")
    def readyz() -> dict[str, Any]:
        mark = store.mark()
        return {"status": "ok", "build": mark.number, "complete": mark.complete}

    return routes
