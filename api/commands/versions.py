"""Commands about loads as versions: loads, withdraw."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from api.commands.options import Data, Json, home_and_ledger, settings
from api.console import fail, out, print_json, print_rows
from graph.home import Home
from graph.ledger import Ledger, LoadRecord
from graph.versions import (
    PARTLY_REPLACED,
    REPLACED,
    WITHOUT_BASE,
    Refusals,
    Support,
    find_load,
    mended_by,
    refusals,
    restored_by,
    standing,
    support,
    switch,
)

_STANDING = {
    "active": "有效 active", "withdrawn": "已撤回 withdrawn", REPLACED: "已被代替 replaced",
    PARTLY_REPLACED: "部分被代替 partly replaced", WITHOUT_BASE: "所更正的批次已撤回 base withdrawn",
}


def loads(data: Data = None, json: Json = False) -> None:
    """列出全部批次：谁的、何时、哪些表、多少行、拒收的补正了没有、是否算数。 / List the loads and whether they count.

    例 example: [bold]fengqiao loads[/bold]，再用批次编号撤回其中一个 then [bold]fengqiao withdraw 3f2a[/bold]
    """
    home, ledger = home_and_ledger(settings(data))
    described = describe_loads(home, ledger)
    if json:
        print_json(described)
        return
    rows = [
        [x["load_id"], x["loaded_at"], x["provider"], "、".join(x["tables"]), x["read"], x["loaded"],
         x["refused"], x["open_refusals"], _STANDING[x["standing"]], _relation(x)]
        for x in described
    ]
    headers = ["批次 load", "时间 at", "来源 provider", "表 tables", "读 read", "载入 loaded", "拒收 refused",
               "未补 open", "状态", "关系"]
    print_rows("批次 loads", headers, rows)


def _relation(load: dict[str, Any]) -> str:
    said = [f"{table} → {by}" for table, by in load["replaced"].items()]
    said += [f"代替 {older}" for older in load["replaces"]]
    return "；".join([*said, *([f"更正 {load['corrects']}"] if load["corrects"] else [])])


def describe_loads(home: Home, ledger: Ledger) -> list[dict[str, Any]]:
    """Every load as plain data, in the order they came; `standing` says whether it counts.

    `refused` are the data rows that did not load, `open_refusals` those that no correction has mended.
    """
    known = ledger.loads()
    stand = {x.load_id: refusals(home, x, known) for x in known if not x.corrects and any(p.quarantined for p in x.parts)}
    none = Refusals(0, 0)
    return [
        {
            "load_id": x.load_id, "loaded_at": x.loaded_at, "provider": x.provider, "mapping": x.mapping,
            "tables": list(home.tables_of(x.load_id)), "files": list(dict.fromkeys(p.file for p in x.parts)),
            "read": sum(p.read for p in x.parts), "loaded": sum(p.loaded for p in x.parts),
            "merged": sum(p.merged for p in x.parts), "quarantined": sum(p.quarantined for p in x.parts),
            "refused": stand.get(x.load_id, none).refused, "open_refusals": stand.get(x.load_id, none).open,
            "state": x.state, "standing": standing(home, x, known), "replaced": dict(x.replaced),
            "replaces": list(dict.fromkeys(older for older, _ in x.replaces)), "corrects": x.corrects,
        }
        for x in known
    ]


def withdraw(
    load: Annotated[str, typer.Argument(help="批次编号，或其开头至少四位 / id of a load, or how it begins")],
    undo: Annotated[bool, typer.Option("--undo", help="恢复已撤回的批次 / bring a withdrawn load back")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问 / do not ask")] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """撤回一个批次：下次构图等于从未载入过它；它所代替的批次随之恢复。 / Withdraw a load, exactly and reversibly.

    例 examples: [bold]fengqiao withdraw 3f2a[/bold] · [bold]fengqiao withdraw 3f2a --undo[/bold] ·
    然后 then [bold]fengqiao build[/bold]
    """
    home, ledger = home_and_ledger(settings(data))
    found = find_load(ledger, load)
    rests = None if undo else resting_on(home, ledger, found)
    restored = [] if undo else restored_by(found, ledger.loads())
    if not json:
        _print_plan(found, undo, rests, restored, mended_by(found, ledger.loads()))
    if not yes and not undo:
        if json or not sys.stdin.isatty():
            fail("请加 --yes 确认撤回。 / Add --yes to withdraw.")
        typer.confirm("撤回这个批次？ / Withdraw this load?", abort=True)
    changed = switch(home, ledger, found.load_id, withdraw=not undo)
    if json:
        print_json({
            "load_id": found.load_id, "state": "active" if undo else "withdrawn", "changed": changed,
            "rows": sum(p.loaded for p in found.parts), "restores": restored,
            "corrections": mended_by(found, ledger.loads()),
            "only_here": None if rests is None else {"nodes": rests.nodes, "edges": rests.edges, "unsure": rests.unsure},
        })
        return
    did = ("已恢复 restored" if undo else "已撤回 withdrawn") if changed else "本来就是如此，没有变化 nothing to change"
    out.print(f"{did}：{found.load_id}。下一步 next: fengqiao build", markup=False)


def resting_on(home: Home, ledger: Ledger, load: LoadRecord) -> Support | None:
    """What of the current build only this load and its corrections say; None without a build."""
    number = home.current_number()
    build = home.build(number) if number is not None else None
    return support(build, [load.load_id, *mended_by(load, ledger.loads())]) if build else None




def _print_plan(load: LoadRecord, undo: bool, rests: Support | None, restored: list[str], mends: list[str]) -> None:
    files = "、".join(dict.fromkeys(p.file for p in load.parts))
    out.print(f"批次 {load.load_id}（{load.loaded_at}，{load.provider or '来源未写明'}）：{files}，"
              f"{sum(p.loaded for p in load.parts)} 行", markup=False, highlight=False)
    if undo:
        return
    if rests is not None:
        rows = [[kind, number] for kind, number in (*rests.nodes.items(), *rests.edges.items())]
        print_rows("当前图中只有它支持的 only this load says", ["类型 type", "数量 count"], rows)
        if rests.unsure:
            out.print(f"另有 {rests.unsure} 项来源行太多，没有逐一核对 / not told one by one", markup=False)
    if mends:
        out.print(f"它的更正随之不再算数 its corrections go with it: {'、'.join(mends)}", markup=False)
    if restored:
        out.print(f"随之恢复的批次 brings back: {'、'.join(restored)}", markup=False)
