"""The commands identities list, explain, judge and undo: who is who, and what people decided about it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from api.commands.judged import Author, Reason, print_judgements, print_written
from api.commands.options import Data, Engine, Json, settings, store
from api.console import out, print_json, print_rows
from graph.identities import STANDINGS, How, Why
from graph.identityrows import FINDINGS, Finding
from graph.judgements import VERDICTS
from graph.saidrows import Address
from ingest.tables import table_specs

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode="rich",
    help="谁是谁：列出疑似同一人与矛盾、说明理由、作出与撤销判断。 / Who is who: list, explain, judge, undo.\n\n"
    "先 list 看哪一对判断了影响最大，再 explain 看理由，然后 judge；下次 build 生效，undo 可完全撤销。",
    epilog="例 example: fengqiao identities list && fengqiao identities explain r:… r:… && "
    "fengqiao identities judge r:… r:… --verdict confirm --author 王某 --reason 电话核实",
)


class Listed(StrEnum):
    """What can be listed."""

    pending = "pending"
    conflicts = "conflicts"
    review = "review"
    judgements = "judgements"


@app.command("list")
def list_(
    kind: Annotated[Listed, typer.Option(
        help="pending 待判断的，conflicts 记录间的矛盾，review 待复核的判断，judgements 已作的判断 / what to list"
    )] = Listed.pending,
    limit: Annotated[int, typer.Option(min=1, help="最多列出几条 / at most so many")] = 50,
    area: Annotated[str, typer.Option(help="只看这一区划（仅 pending） / only this division", show_default=False)] = "",
    engine: Engine = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """列出待判断的疑似同一人（影响大的在前），或矛盾、待复核、已有的判断。 / The work list, conflicts, reviews, judgements.

    例 examples: [bold]fengqiao identities list[/bold] · [bold]fengqiao identities list --kind conflicts --json[/bold]
    """
    with store(settings(data), engine) as opened:
        desk = opened.identities
        if kind is Listed.pending:
            rows = desk.pending(limit, **({"area": area} if area else {}))
            print_json(rows) if json else _print_pending(rows)
        elif kind is Listed.judgements:
            judged = desk.judgements()[-limit:]
            print_json([one.to_dict() for one in judged]) if json else print_judgements(judged, VERDICTS)
        else:
            kinds = ["review"] if kind is Listed.review else [name for name in FINDINGS if name != "review"]
            found = [one for name in kinds for one in desk.findings(name, limit)][:limit]
            print_json([one.to_dict() for one in found]) if json else _print_findings(found)


@app.command()
def explain(
    a: Annotated[str, typer.Argument(help="一位居民的标识 r:… / id of a person")],
    b: Annotated[str, typer.Argument(help="另一位；不给则说明前者由哪些行构成 / another, or nothing", show_default=False)] = "",
    engine: Engine = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """一个标识：哪些来源行、依据什么成为此人；两个标识：为什么是、可能是或不是同一人。 / How one is made up, or why two are one.

    例 examples: [bold]fengqiao identities explain r:…[/bold] · [bold]fengqiao identities explain r:… r:…[/bold]
    """
    with store(settings(data), engine) as opened:
        if b:
            why = opened.why(a, b)
            print_json(why.to_dict()) if json else _print_why(why)
        else:
            how = opened.how(a)
            print_json(how.to_dict()) if json else _print_how(how)


@app.command()
def judge(
    a: Annotated[str, typer.Argument(help="一位居民的标识 r:… / id of a person")],
    b: Annotated[str, typer.Argument(help="另一位居民的标识 / id of the other")],
    verdict: Annotated[str, typer.Option(help="、".join(f"{k} {v}" for k, v in VERDICTS.items()))],
    author: Author,
    reason: Reason,
    engine: Engine = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """判断两人是否同一人，记入台账；下次 build 生效。 / Judge whether two are one; the next build applies it.

    例 example: [bold]fengqiao identities judge r:… r:… --verdict confirm --author 王某 --reason 电话核实为同一人[/bold]
    """
    with store(settings(data), engine) as opened:
        print_written(opened.identities.judge(a, b, verdict, author=author, reason=reason), VERDICTS, json)


@app.command()
def undo(
    number: Annotated[int, typer.Argument(help="判断的编号，见 list --kind judgements / number of a judgement")],
    author: Author,
    reason: Reason,
    engine: Engine = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """撤销一条判断：下次 build 与从未判断过完全相同；撤销本身留有记录。 / Undo a judgement without a trace in the graph.

    例 example: [bold]fengqiao identities undo 3 --author 王某 --reason 认错人了[/bold]
    """
    with store(settings(data), engine) as opened:
        print_written(opened.identities.undo(number, author=author, reason=reason), VERDICTS, json)


def _print_pending(rows: list[dict[str, Any]]) -> None:
    shown = [
        [f"{r['a_name']} {r['a_id']}", f"{r['b_name']} {r['b_id']}", r["tier"], r["cases_joined"], r["same_matters"],
         r["why"], r["why_not"], {"unsure": "存疑", "review": "待复核"}.get(r["judgement"], "")]
        for r in rows
    ]
    headers = ["甲 a", "乙 b", "层级 tier", "合并后案件 cases", "同一事项 matters", "支持 why", "反对 why not", "判断"]
    print_rows(f"待判断 pending（{len(rows)}）", headers, shown)


def _print_findings(found: list[Finding]) -> None:
    rows = [
        [FINDINGS[x.kind], x.zh, " ".join(filter(None, (x.a, x.b))), "；".join(map(_place, x.addresses)),
         "、".join(map(str, x.judgements))]
        for x in found
    ]
    print_rows(f"须人工查看 findings（{len(rows)}）", ["类型 kind", "说明", "标识 ids", "出处 said by", "判断 no."], rows)


def _print_why(why: Why) -> None:
    out.print(f"{why.a} · {why.b}：{STANDINGS[why.standing]} {why.standing}", style="bold", markup=False)
    for line in (*why.notes, *why.says):
        out.print(f"  · {line}", markup=False, highlight=False)
    if why.likeness:
        rows = [[name, value] for name, value in why.likeness.items()]
        print_rows("比对 comparisons", ["项目", "值 value"], rows)


def _print_how(how: How) -> None:
    out.print(f"{how.id}（图 build {how.build}）由 {len(how.rows)} 行构成 / made of {len(how.rows)} rows", style="bold", markup=False)
    for note in how.notes:
        out.print(note, style="yellow", markup=False)
    rows = [[row.step_zh, row.before, _place(row.address), _said(row.table, dict(row.values))] for row in how.rows]
    print_rows("来源行 rows", ["依据 step", "原标识 before", "出处 said by", "内容"], rows)
    if how.judgements:
        print_judgements(list(how.judgements), VERDICTS)


def _place(address: Address) -> str:
    return f"{address.file} {address.sheet}".rstrip() + f" 第{address.row}行"


def _said(table: str, values: dict[str, Any]) -> str:
    spec = table_specs()[table]
    return "，".join(f"{spec.header(name)} {value}" for name, value in values.items() if name in _SHOWN)


_SHOWN = {
    "name", "former_name", "petitioner", "party", "holder", "id_number", "party_id_number", "holder_id_number", "phone",
    "born_on", "household_no", "number", "case_number", "code",
}
"""Fields that tell who a row speaks of."""
