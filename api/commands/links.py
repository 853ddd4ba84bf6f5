"""The commands links list, judge and undo: which cases people confirmed or rejected as linked."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from api.commands.judged import Author, Reason, print_judgements, print_written
from api.commands.options import Data, Engine, Json, settings, store
from api.console import print_json, print_rows
from graph.judgements import LINK_VERDICTS

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode="rich",
    help="案件之间的关联：列出、确认或否认、撤销。 / Links of cases: list, confirm or reject, undo.\n\n"
    "确认的关联是强关联，可使纠纷成群；否认的关联写明，不成群，文字相似也不算同一事项。下次 build 生效，undo 可完全撤销。",
    epilog="例 example: fengqiao links list c:… && fengqiao links judge c:… c:… --verdict confirm --author 王某 --reason 同一水渠",
)


@app.command("list")
def list_(
    case: Annotated[str, typer.Argument(help="案件标识；不给则列出全部判断 / a case, or all judgements", show_default=False)] = "",
    limit: Annotated[int, typer.Option(min=1, help="最多列出几条 / at most so many")] = 50,
    engine: Engine = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """列出已作的判断；给出案件时，并列出其尚未判断的关联。 / Judgements made, and of a case its links not judged yet.

    例 examples: [bold]fengqiao links list[/bold] · [bold]fengqiao links list c:XF2024000001 --json[/bold]
    """
    with store(settings(data), engine) as opened:
        pending = opened.links.pending(case, limit) if case else []
        judged = opened.links.judgements(case)[-limit:]
    if json:
        print_json({"pending": pending, "judgements": [one.to_dict() for one in judged]})
        return
    if case:
        _print_pending(pending)
    print_judgements(judged, LINK_VERDICTS)


@app.command()
def judge(
    a: Annotated[str, typer.Argument(help="一件案件的标识 c:… / id of a case")],
    b: Annotated[str, typer.Argument(help="另一件案件的标识 / id of the other")],
    verdict: Annotated[str, typer.Option(help="、".join(f"{k} {v}" for k, v in LINK_VERDICTS.items()))],
    author: Author,
    reason: Reason,
    engine: Engine = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """确认或否认两件案件有关联，记入台账；下次 build 生效。 / Confirm or reject a link; the next build applies it.

    例 example: [bold]fengqiao links judge c:… c:… --verdict reject --author 王某 --reason 两条不同的水渠[/bold]
    """
    with store(settings(data), engine) as opened:
        print_written(opened.links.judge(a, b, verdict, author=author, reason=reason), LINK_VERDICTS, json)


@app.command()
def undo(
    number: Annotated[int, typer.Argument(help="判断的编号，见 list / number of a judgement")],
    author: Author,
    reason: Reason,
    engine: Engine = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """撤销一条判断：下次 build 与从未判断过完全相同；撤销本身留有记录。 / Undo a judgement without a trace in the graph.

    例 example: [bold]fengqiao links undo 3 --author 王某 --reason 看错了[/bold]
    """
    with store(settings(data), engine) as opened:
        print_written(opened.links.undo(number, author=author, reason=reason), LINK_VERDICTS, json)


def _print_pending(rows: list[dict[str, Any]]) -> None:
    shown = [[row["other_case_id"], row["strength"], row["kind"], row["sentence"]] for row in rows]
    print_rows(f"尚未判断的关联 pending（{len(rows)}）", ["案件 case", "强度", "种类 kind", "说明"], shown)
