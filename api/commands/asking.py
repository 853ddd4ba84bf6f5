"""Commands that ask: questions, ask."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.options import Data, Engine, Json, settings, store
from api.console import err, fail, out, print_answer, print_json, print_rows
from api.described import describe
from api.exports import to_file
from cypher.library import load as load_library
from cypher.question import Question
from graph.errors import WrongParameter


class Form(StrEnum):
    """How an answer is written."""

    table = "table"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"
    graphml = "graphml"
    gexf = "gexf"


def questions(
    name: Annotated[str, typer.Argument(help="只看这一个问题 / only this one", show_default=False)] = "",
    json: Json = False,
) -> None:
    """列出可以问的问题；给出名称则说明它的参数。 / List the questions, or explain one."""
    library = load_library()
    listed = [q for q in library.listed if not name or name in (q.name, f"{q.group}/{q.name}")]
    if not listed:
        fail(f"没有名为 {name!r} 的问题。运行 fengqiao questions 可列出全部。 / No such question.")
    if json:
        print_json([describe(q) for q in listed])
    elif name:
        explain(listed[0])
    else:
        rows = [[q.group, q.name, q.title_zh, q.title_en] for q in listed]
        print_rows("可以问的问题 questions", ["组 group", "名称 name", "标题", "title"], rows)
        out.print("说明一个问题 explain one: fengqiao ask NAME --help", markup=False)


def explain(question: Question) -> None:
    """Print what a question asks, takes and answers."""
    out.print(f"{question.title_zh} / {question.title_en}", style="bold", markup=False)
    out.print(f"{question.asks_zh}\n{question.asks_en}\n", markup=False, highlight=False)
    params = [
        [f"--{p.name.replace('_', '-')}", "必填 required" if p.required else _default(p.default),
         p.type + (f"（{'、'.join(p.of)}）" if p.of else ""), f"{p.zh} / {p.en}"]
        for p in question.params
    ]
    print_rows("参数 parameters", ["参数", "默认 default", "取值 takes", "含义 meaning"], params)
    columns = [[c.name, c.type, f"{c.zh} / {c.en}"] for c in question.main.columns]
    print_rows("列 columns", ["列", "类型 type", "含义 meaning"], columns)


def _default(value: Any) -> str:
    return "、".join(value) if isinstance(value, (list, tuple)) else str(value if value is not None else "")


def ask(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="问题名称 / name of a question", show_default=False)] = "",
    form: Annotated[Form, typer.Option("--format", help="table、json、csv、xlsx，证据图 evidence as a graph: graphml、gexf")] = Form.table,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写到文件 / write to a file")] = None,
    rows: Annotated[int | None, typer.Option("--rows", min=1, help="最多几行 / at most so many rows")] = None,
    engine: Engine = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """提问。参数写作 --名称 值；加 --help 看该问题的参数。 / Ask a question; --help shows its parameters.

    例 examples: [bold]fengqiao ask repeat_petitioners --min-count 3[/bold] ·
    [bold]fengqiao ask prior_disputes --parties r:…,r:…[/bold]
    """
    if not name or name in ("--help", "-h"):
        out.print("用法 usage: fengqiao ask NAME [--参数 值 …] [--format table|json|csv|xlsx|graphml|gexf] [--output FILE] "
                  "[--rows N] [--engine embedded|neo4j|bolt://…] [--data DIR]", markup=False)
        questions()
        return
    if {"--help", "-h"} & set(context.args):
        questions(name)
        return
    config = settings(data)
    form = Form.json if json else form
    with store(config, engine) as opened:
        question = opened.question(name)
        answer = opened.ask(name, max_rows=rows or config.limit, **parameters(question, context.args))
        if form is Form.table:
            print_answer(answer)
        elif form is Form.json and output is None:
            print_json(answer.to_dict())
        else:
            _write(answer, form, output)


def parameters(question: Question, args: list[str]) -> dict[str, Any]:
    """`--min-count 3 --kinds=kin` as a mapping; a repeated option becomes a list."""
    given: dict[str, Any] = {}
    rest = list(args)
    while rest:
        option = rest.pop(0)
        if not option.startswith("--"):
            raise WrongParameter(option, "参数应写作 --名称 值 / write parameters as --name value")
        key, equals, value = option[2:].partition("=")
        if not equals:
            if not rest:
                raise WrongParameter(key, "后面缺少值 / a value is missing")
            value = rest.pop(0)
        key = key.replace("-", "_")
        given[key] = f"{given[key]},{value}" if key in given else value
    return given


def _write(answer: Any, form: Form, output: Path | None) -> None:
    if form is Form.json:
        import json

        content = json.dumps(answer.to_dict(), ensure_ascii=False, indent=1).encode()
    else:
        content = to_file(answer, form.value)
    if output is not None:
        output.write_bytes(content)
        out.print(f"已写出 written: {output}", markup=False)
        if answer.truncated:
            err.print("只写出一部分行，加 --rows 可多写。 / Not all rows were written; add --rows.", style="yellow", markup=False)
    elif form is Form.xlsx and sys.stdout.isatty():
        fail("Excel 文件不能显示在终端，请加 --output 文件名。 / Add --output FILE.")
    else:
        sys.stdout.buffer.write(content)
