"""Writes the pages of docs/ that are made from the code: model, questions, settings, commands, tables, loading, law.

    python docs/generate.py            write them
    python docs/generate.py --check    exit 1 when one of them is out of date
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from api.cli import app
from api.settings import Settings
from cypher.library import load
from cypher.question import Column, Question
from graph.model import MODEL
from graph.register import TABLES
from graph.schema import Property
from ingest.tables import table_specs

DOCS = Path(__file__).parent
_NOTE = "<!-- written by docs/generate.py; change the code instead -->"


def model() -> str:
    """docs/model.md: every node and edge with its properties."""
    lines = [_NOTE, "# 图模型 / The graph model", "", "日期均为 ISO 文本，保留原有精度。 Dates are ISO text with honest precision.", ""]
    lines.append("## 节点 / Nodes")
    for node in MODEL.nodes:
        lines += ["", f"### {node.label} {node.zh}", "", f"标识 id：`{node.prefix}:…`", "", *_properties(node.properties)]
    lines += ["", "## 边 / Edges"]
    for edge in MODEL.edges:
        ends = "、".join(f"{a} → {b}" for a, b in edge.ends)
        lines += ["", f"### {edge.name} {edge.zh}", "", ends, "", *_properties(edge.properties)]
    return "\n".join(lines) + "\n"


def _properties(properties: tuple[Property, ...]) -> list[str]:
    rows = [f"| `{p.name}` | {p.zh} | {p.kind.value} | {'✓' if p.personal else ''} |" for p in properties]
    return ["| property | 含义 | kind | 个人信息 personal |", "|---|---|---|---|", *rows]


def questions() -> str:
    """docs/questions.md: every question with its parameters and columns."""
    lines = [_NOTE, "# 问题库 / The question library", ""]
    for question in load().listed:
        lines += _question(question)
    return "\n".join(lines) + "\n"


def _question(question: Question) -> list[str]:
    lines = [f"## {question.group}/{question.name} · {question.title_zh} / {question.title_en}", ""]
    lines += [question.asks_zh.strip(), "", question.asks_en.strip(), ""]
    if question.rule:
        lines += [f"规则 rule：`{question.rule}`", ""]
    lines += ["| 参数 parameter | 取值 takes | 默认 default | 含义 meaning |", "|---|---|---|---|"]
    for p in question.params:
        takes = p.type + (f" ({', '.join(p.of)})" if p.of else "")
        default = "必填 required" if p.required else f"`{p.default}`" if p.default not in (None, "", [], ()) else ""
        lines.append(f"| `{p.name}` | {takes} | {default} | {p.zh} / {p.en} |")
    for part in question.parts:
        title = "列 columns" if part.name == "main" else f"`{part.name}` {part.zh}"
        lines += ["", f"**{title}**: {'; '.join(_column(c) for c in part.columns)}"]
    return [*lines, ""]


def _column(column: Column) -> str:
    values = f" ({', '.join(column.values)})" if column.values else ""
    return f"`{column.name}` {column.zh}{values}"


def settings() -> str:
    """docs/settings.md: every environment variable."""
    lines = [_NOTE, "# 设置 / Settings", "", "| 变量 variable | 默认 default | 含义 meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        secret = "Secret" in str(field.annotation)
        default = "" if secret or field.default in (None, "") else f"`{field.default}`"
        lines.append(f"| `FENGQIAO_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    """docs/commands.md: every command and its options."""
    group: Any = typer.main.get_command(app)
    context = typer.Context(group, info_name="fengqiao")
    lines = [_NOTE, "# 命令 / Commands", "", str(group.help), ""]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        lines += _command(name, command, context)
        for under, one in getattr(command, "commands", {}).items():
            lines += _command(f"{name} {under}", one, context)
    return "\n".join(lines) + "\n"


def _command(name: str, command: Any, context: typer.Context) -> list[str]:
    lines = [f"## fengqiao {name}", "", (command.help or "").replace("[bold]", "`").replace("[/bold]", "`").strip(), ""]
    for param in command.get_params(context):
        usage = " ".join(param.opts) if param.param_type_name == "option" else (param.name or "").upper()
        if help_text := getattr(param, "help", None):
            lines.append(f"- `{usage}` {help_text}")
    return [*lines, ""]


def tables() -> str:
    """docs/tables.md: the native tables, their headers and synonyms."""
    lines = [_NOTE, "# 输入表 / Input tables", "", "按表头识别，与文件名无关。`*` 为必填。 Recognised by header, never by file name.", ""]
    for name, spec in table_specs().items():
        table = TABLES[name]
        lines += [f"## {table.name} {table.zh}", "", "| 字段 field | 表头 headers | 取值 kind |", "|---|---|---|"]
        for field in table.fields:
            headers = spec.headers.get(field.name, ())
            if headers:
                star = "*" if field.required else ""
                kind = f"{field.kind.value}({field.codes})" if field.codes else field.kind.value
                lines.append(f"| `{field.name}`{star} | {'、'.join(headers)} | {kind} |")
        lines.append("")
    return "\n".join(lines) + "\n"


def loading() -> str:
    """docs/loading.md: worked examples of loading, each really loaded."""
    return _page_of("loading_page")


def law() -> str:
    """docs/law.md: how rules of law are kept, and each shipped one."""
    return _page_of("law_page")


def _page_of(module_name: str) -> str:
    spec = importlib.util.spec_from_file_location(module_name, DOCS / f"{module_name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text: str = module.page(_NOTE)
    return text


PAGES: dict[str, Callable[[], str]] = {
    "model.md": model, "questions.md": questions, "settings.md": settings, "commands.md": commands, "tables.md": tables,
    "loading.md": loading, "law.md": law,
}
"""File in docs/ → what makes it."""


def stale() -> list[str]:
    """Pages whose file is not what the code says."""
    return [
        name for name, make in PAGES.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text(encoding="utf-8") != make()
    ]


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(f"out of date: {', '.join(found)}; run python docs/generate.py" if (found := stale()) else 0)
    for page, render in PAGES.items():
        (DOCS / page).write_text(render(), encoding="utf-8")
