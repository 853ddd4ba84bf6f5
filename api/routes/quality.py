"""What is still wrong or missing in the data, over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from graph.store import Store
from graph.unresolved import KINDS


def router(store: Store, most: int) -> APIRouter:
    """The route /quality/unresolved_references; at most `most` are listed, the counts are whole."""
    routes = APIRouter(prefix="/quality", tags=["quality"])

    @routes.get(
        "/unresolved_references", operation_id="unresolved_references",
        summary="未能对应的引用：谁提到了还没有的东西 / Who names what is not there",
    )
    def unresolved_references(
        kind: Annotated[str, Query(description=f"类型 / one of {', '.join(KINDS)}")] = "",
        limit: Annotated[int | None, Query(ge=0, description="最多几条 / at most so many")] = None,
    ) -> dict[str, Any]:
        return store.unresolved(kind, limit=most if limit is None else min(limit, most)).to_dict()

    return routes
