"""The command history: which load, file, sheet and row said what of a thing, and how values changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from api.commands.options import Data, Json, home_and_ledger, settings
from api.console import fail, out, print_json, print_rows
from graph import history as told
from graph.codes import label as code_label
from graph.model import MODEL
from graph.register import TABLES, FieldKind
from graph.saidrows import Address, SaidRow
from ingest.tables import table_specs


def history(
    id: Annotated[str, typer.Argument(help="标识，如 r:…、c:XF2024000001 / id of a thing")],
    edges: Annotated[int, typer.Option(min=0, help="最多列出几条关系 / at most so many edges")] = told.EDGE_LIMIT,
    data: Data = None,
    json: Json = False,
) -> None:
    """一个事物的来历：每一项是哪个批次、文件、工作表、第几行说的，后来怎样变化。 / Which row said what, and how it changed.

    证件号码与电话按图中的样子遮蔽。已被代替的批次说过的也列出，但不算数。

    例 examples: [bold]fengqiao history c:XF2024000001[/bold] · [bold]fengqiao history r:… --json[/bold]
    """
    config = settings(data)
    home, ledger = home_and_ledger(config)
    number = home.current_number()
    build = home.build(number) if number is not None else None
    if build is None:
        fail("还没有可用的图，请先运行 fengqiao build。 / No graph yet; run fengqiao build.")
    found = told.history(home, ledger, build, id, edge_limit=edges, id_key=config.id_key.get_secret_value())
    if json:
        print_json(found.to_dict())
    else:
        _print(found)


def _print(found: told.History) -> None:
    kind = MODEL.node(found.label)
    state = "" if found.in_graph else "；已不在图中，只有被代替的批次还提到它 / no longer in the graph"
    out.print(f"{kind.zh} {found.id}（图 build {found.build}{state}）", style="bold", markup=False)
    if found.former_id:
        out.print(f"标识 {found.former_id} 已并入 {found.id} / {found.former_id} is now {found.id}", style="yellow", markup=False)
    properties = [[p.zh, p.value, _places(p.said_by) or "推导 derived"] for p in found.properties]
    print_rows("属性 properties", ["属性", "值 value", "谁说的 said by"], properties)
    changed = [
        [c.then.loaded_at, _header(c.table, c.field), _word(c.table, c.field, c.before), _word(c.table, c.field, c.after),
         f"{_place(c.said)} → {_place(c.then)}"]
        for c in found.changes
    ]
    if changed:
        print_rows("变化 changes", ["时间 at", "字段 field", "原来 before", "后来 after", "出处 said by"], changed)
    out.print("来源行 source rows", style="italic")
    for row in found.rows:
        state = "" if row.counts else "，已被代替，不算数 replaced"
        out.print(f"  · {_place(row.address)}（批次 {row.address.load_id}{state}）：{_said(row)}", markup=False, highlight=False)
    listed = [
        [e.type, e.to_id if e.from_id == found.id else f"← {e.from_id}", _words(e.properties),
         (_places(e.said_by) or "推导 derived") + (f" +{e.more}" if e.more else "")]
        for e in found.edges
    ]
    print_rows(f"关系 edges（{len(listed)}/{found.edges_total}）", ["类型 type", "另一端", "内容", "谁说的 said by"], listed)


def _places(addresses: Iterable[Address]) -> str:
    return "；".join(map(_place, addresses))


def _place(address: Address) -> str:
    mended = "（更正 corrected）" if address.corrects else ""
    return f"{address.file} {address.sheet}".rstrip() + f" 第{address.row}行{mended}"


def _said(row: SaidRow) -> str:
    return "，".join(f"{_header(row.table, name)} {_word(row.table, name, value)}" for name, value in row.values.items())


def _words(properties: Any) -> str:
    return "，".join(f"{name} {value}" for name, value in properties.items())


def _header(table: str, field: str) -> str:
    return table_specs()[table].header(field)


def _word(table: str, name: str, value: Any) -> str:
    field = TABLES[table].field(name)
    if value is None:
        return "（不再提到）"
    return code_label(field.codes, str(value)) if field.kind is FieldKind.CODE else str(value)
