"""Pages made from the code are what the code says."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import typer

DOCS = Path(__file__).parent.parent / "docs"


def test_generated_pages_are_up_to_date() -> None:
    assert runpy.run_path(str(DOCS / "generate.py"))["stale"]() == []


def test_the_commands_of_the_readme_exist() -> None:
    from api.cli import app

    group: Any = typer.main.get_command(app)
    known = set(group.list_commands(typer.Context(group)))
    for readme in ("README.md", "README.zh-CN.md"):
        text = (DOCS.parent / readme).read_text(encoding="utf-8")
        used = {line.split()[1] for line in text.splitlines() if line.strip().startswith("fengqiao ")}
        assert used
        assert used <= known
