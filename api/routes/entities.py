"""Things in the graph over HTTP: one by its id, its summary, and search."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from api.routes.questions import Format, render
from graph.errors import NotFound
from graph.model import MODEL
from graph.store import Store

SUMMARIES = {
    "Resident": "person", "Household": "household", "Case": "case", "Parcel": "parcel",
    "Official": "official", "Organ": "organ", "Area": "area",
}
"""Which summary question serves which label."""

EntityId = Annotated[str, Path(description="标识，如 r:…、c:… / id", examples=["c:XF2024000001"])]

AsOf = Annotated[str | None, Query(description="截至哪一天，默认今天 / as of which day, today by default")]


def router(store: Store, limit: int) -> APIRouter:
    """The routes /entities/{id}, /entities/{id}/summary, /entities/{id}/history and /search."""
    routes = APIRouter(tags=["entities"])

    @routes.get("/entities/{id}", operation_id="get_entity", summary="一个事物 / One thing")
    def get_entity(id: EntityId) -> dict[str, Any]:
        entity = store.get(id)
        told = {"id": entity.id, "kind": entity.label, "zh": MODEL.node(entity.label).zh, "properties": entity.properties}
        return told | ({"former_id": entity.former_id, "notes": [entity.note]} if entity.former_id else {})

    @routes.get("/entities/{id}/summary", operation_id="summarise_entity", summary="关系概要 / Relationship summary")
    def summarise_entity(id: EntityId, as_of: AsOf = None) -> dict[str, Any]:
        label = MODEL.label_of(id)
        if label not in SUMMARIES:
            raise NotFound(id)
        return store.ask(SUMMARIES[label], max_rows=limit, id=id, as_of=as_of).to_dict()

    @routes.get(
        "/entities/{id}/history", operation_id="entity_history", summary="来历：哪一行说了什么、怎样变化 / Who said what, and changes",
    )
    def entity_history(id: EntityId) -> dict[str, Any]:
        return store.history(id).to_dict()

    @routes.get("/search", operation_id="search", summary="查找 / Search", response_model=None)
    def search(
        text: Annotated[str, Query(description="姓名的一部分、案件编号、宗地代码、机构名称 / part of a name, or a number")],
        kinds: Annotated[str | None, Query(description="类型，逗号分隔 / kinds")] = None,
        area: Annotated[str | None, Query(description="区划代码 / division code")] = None,
        as_of: AsOf = None,
        format: Format = "json",
    ) -> Response:
        given = {"text": text, "kinds": kinds, "area": area, "as_of": as_of}
        return render(store.ask("search", max_rows=limit, **{k: v for k, v in given.items() if v}), format)

    return routes
