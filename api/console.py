"""The terminal face: tables, progress and errors. Machine output (`--json`) is one JSON document on standard output."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table as RichTable

from graph.answer import Answer, Table
from graph.engines.base import Progress as Report
from graph.engines.base import silent

LINE_SECONDS = 10.0
"""How often a log is told about long work."""

out = Console() if sys.stdout.isatty() else Console(width=200)
err = Console(stderr=True)


def fail(message: str, *, code: int = 1) -> NoReturn:
    """Print what went wrong and what to do, and leave with an exit code."""
    err.print(f"错误 error: {message}", style="bold red", markup=False, highlight=False, soft_wrap=True)
    raise SystemExit(code)


def print_json(document: Any) -> None:
    """One JSON document, Chinese readable."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n")


@contextmanager
def progress(*, quiet: bool) -> Iterator[Report]:
    """How far long work is, on standard error: a live bar with the time left on a terminal, a line now and then elsewhere."""
    if quiet:
        yield silent
        return
    if not err.is_terminal:
        yield _lines()
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(bar_width=20), TaskProgressColumn(), TimeElapsedColumn(),
        TextColumn("剩余 left"), TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("…", total=None)

        def report(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total or None)

        yield report


def _lines() -> Report:
    """Tells a log, which nobody watches, so seldom that short work says nothing."""
    told = time.monotonic()

    def report(what: str, done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= LINE_SECONDS:
            told = time.monotonic()
            share = f" · {done / total:.0%}" if total else ""
            err.print(f"{what}{share}", markup=False, highlight=False)

    return report


def print_rows(title: str, headers: list[str], rows: list[list[Any]]) -> None:
    """A plain table."""
    table = RichTable(title=title, title_justify="left", header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    out.print(table)


def print_answer(answer: Answer) -> None:
    """An answer as a person reads it: tables, sentences, what it rests on."""
    title = f"{answer.question.title_zh} / {answer.question.title_en}"
    for name, table in answer.parts.items():
        if table.rows or name == "main":
            _print_part(title if name == "main" else f"{title} · {table.part.zh or name}", table)
    for note in answer.notes:
        out.print(note, style="yellow", markup=False)
    cut = "；结果已按上限截断 / cut at the limit" if answer.truncated else ""
    rule = f"；规则 {answer.rule}" if answer.rule else ""
    out.print(
        f"图 {answer.build} · {answer.graph_hash[:12]} · 数据截至 {answer.coverage.latest_day or '—'}{rule}{cut}",
        style="dim", markup=False, highlight=False,
    )


def _print_part(title: str, table: Table) -> None:
    headers = [c.zh or c.name for c in table.part.columns]
    rows = [[c.words(row[c.name]) for c in table.part.columns] for row in table.rows]
    print_rows(f"{title}（{len(rows)} 行）", headers, rows)
    for sentence in [s for s in table.sentences if s][:20]:
        out.print(f"  · {sentence}", markup=False, highlight=False)


def _cell(value: Any) -> str:
    from rich.markup import escape

    text = "" if value is None else str(value)
    return escape(text if len(text) <= 160 else text[:157] + "…")
