"""What the commands of judgements share: who judges and why, and how a judgement is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from api.console import out, print_json, print_rows
from graph.judgements import Judgement
from graph.judging import NEXT_BUILD

Author = Annotated[str, typer.Option(help="谁判断的 / who judges")]
Reason = Annotated[str, typer.Option(help="理由，必填 / why; must be given")]


def print_written(one: Judgement, verdicts: Mapping[str, str], json: bool) -> None:
    """A judgement that was just written down, and when it takes effect."""
    if json:
        print_json({**one.to_dict(), "note": NEXT_BUILD})
    else:
        print_judgements([one], verdicts)
        out.print(NEXT_BUILD, markup=False)


def print_judgements(judged: list[Judgement], verdicts: Mapping[str, str]) -> None:
    """A table of judgements; `verdicts` has the words of each verdict."""
    rows = [
        [x.seq, x.a, x.b, verdicts[x.verdict], x.author, x.at, x.reason,
         f"{x.undone_at} {x.undone_by}：{x.undone_reason}" if x.undone_at else ""]
        for x in judged
    ]
    print_rows("判断 judgements", ["编号 no.", "甲 a", "乙 b", "结论", "谁 by", "何时 at", "理由 why", "撤销 undone"], rows)
