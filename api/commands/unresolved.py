"""The command unresolved: which rows name a case, an organ, a parcel … that nobody has handed over yet."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import Data, Json, home_and_ledger, settings
from api.console import fail, out, print_json, print_rows
from graph.saidrows import Address
from graph.unresolved import KINDS, Reference, Unresolved
from graph.unresolved import unresolved as find
from ingest.tables import table_specs


def unresolved(
    kind: Annotated[str, typer.Option("--kind", help=f"只列一种 / only one kind: {', '.join(KINDS)}")] = "",
    limit: Annotated[int, typer.Option(min=0, help="最多列出几条 / at most so many")] = 100,
    data: Data = None,
    json: Json = False,
) -> None:
    """谁提到了还没有的东西：案件、机构、地块等，在哪个文件第几行。 / Which rows name what is not there.

    这些行已经载入；所提到的东西一到，下一次 build 就自己连上。四至所指不止一块地的也在这里，不连边。

    例 examples: [bold]fengqiao unresolved[/bold] · [bold]fengqiao unresolved --kind case --json[/bold]
    """
    home, ledger = home_and_ledger(settings(data))
    number = home.current_number()
    build = home.build(number) if number is not None else None
    if build is None:
        fail("还没有可用的图，请先运行 fengqiao build。 / No graph yet; run fengqiao build.")
    found = find(home, ledger, build, kind=kind, limit=limit)
    if json:
        print_json(found.to_dict())
    else:
        _print(found)


def _print(found: Unresolved) -> None:
    if not found.total:
        out.print(f"图 build {found.build}：所提到的都有了。 / Everything that is named is there.", markup=False)
        return
    counts = "，".join(f"{KINDS[kind][1]} {kind} {n}" for kind, n in found.counts.items())
    out.print(f"图 build {found.build}：共 {found.total} 条（{counts}）", markup=False, highlight=False)
    rows = [[KINDS[r.kind][1], _named(r), _by(r), _place(r.address)] for r in found.references]
    headers = ["类型 kind", "所提到的 named", "谁提到 by", "出处 said by"]
    print_rows(f"未能对应的引用 unresolved（列出 {len(rows)}）", headers, rows)


def _named(reference: Reference) -> str:
    return reference.value + (f"（另有 {reference.candidates} 块可能 candidates）" if reference.candidates else "")


def _by(reference: Reference) -> str:
    spec = table_specs()[reference.table]
    return f"{spec.table.zh} {reference.said_by} {spec.header(reference.field)}"


def _place(address: Address | None) -> str:
    return f"{address.file} {address.sheet}".rstrip() + f" 第{address.row}行" if address else "—"
