"""The command check: ask, keep the answer under a number, and show it again."""

from __future__ import annotations

from typing import Annotated

import typer

from api.check_text import printed
from api.commands.asking import parameters
from api.commands.options import Data, Engine, Json, settings, store
from api.console import fail, out, print_json
from graph.checks import CHECKED


def check(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="问题名称，或 show / a question, or show", show_default=False)] = "",
    author: Annotated[str, typer.Option(help="核查人 / who checks")] = "",
    engine: Engine = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """提问并留存，得到编号；以后按编号再看当时的回答。 / Keep an answer under a number, and show it again.

    例 examples: [bold]fengqiao check prior_disputes --parties r:…,r:… --author 王某[/bold] ·
    [bold]fengqiao check show 核-20261124-0001[/bold]
    """
    if not what or {"--help", "-h"} & {what, *context.args}:
        out.print(
            f"用法 usage: fengqiao check [{'|'.join(CHECKED)}] --参数 值 … [--author 核查人] [--json]\n"
            "            fengqiao check show 编号 [--json]", markup=False,
        )
        return
    config = settings(data)
    with store(config, engine) as opened:
        if what == "show":
            if len(context.args) != 1:
                fail("请给出一个编号：fengqiao check show 核-20261124-0001。 / Give one number.")
            shown = opened.checks.show(context.args[0])
            print_json(shown.to_dict()) if json else out.print(printed(shown.check, shown), markup=False, highlight=False, end="")
            return
        args = [what, *context.args] if what.startswith("--") else context.args
        question = opened.question("prior_disputes" if what.startswith("--") else what)
        kept = opened.check(question.name, author=author, max_rows=config.limit, **parameters(question, args))
        print_json(kept.to_dict()) if json else out.print(printed(kept), markup=False, highlight=False, end="")
