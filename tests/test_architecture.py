"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from graph.machine import open_duckdb

ROOT = Path(__file__).parent.parent
ROOMS = ("api", "ingest", "graph", "cypher")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
CYPHER_TEXT = re.compile(r"\b(MATCH|MERGE|UNWIND|DETACH DELETE)\b[^\n]*[(\[{$`]")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


def texts(path: Path) -> list[str]:
    """String constants of a module that are not docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def test_there_is_something_to_check() -> None:
    assert len(MODULES) > 40


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_cypher_text_stands_only_in_the_cypher_room(path: Path) -> None:
    if path.is_relative_to(ROOT / "cypher"):
        return
    assert [text for text in texts(path) if CYPHER_TEXT.search(text)] == []


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_drivers_are_imported_only_by_the_engines(path: Path) -> None:
    if path.is_relative_to(ROOT / "graph" / "engines"):
        return
    assert imports(path) & {"ladybug", "neo4j", "py2neo"} == set()


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_the_environment_is_read_only_by_the_settings(path: Path) -> None:
    if path == ROOT / "api" / "settings.py":
        return
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\benviron\b|\bgetenv\b", source)


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_modules_stay_short_and_well_named(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "common", "manager", "misc"}
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_every_public_module_class_and_function_is_explained(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if tree.body:
        assert ast.get_docstring(tree), "a module says what it is for"
    unexplained = [
        node.name for node in tree.body
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert unexplained == []


def test_locks_hold_versions_and_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("==") > 20
        assert "--hash=sha256:" in text


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_duckdb_is_opened_only_where_it_is_kept_quiet(path: Path) -> None:
    opened = "duckdb.connect(" in path.read_text(encoding="utf-8")
    assert opened == (relative(path) == "graph/machine.py")


def test_our_duckdb_prints_no_progress_between_our_output() -> None:
    with open_duckdb() as connection:
        assert connection.sql("SELECT current_setting('enable_progress_bar')").fetchall() == [(False,)]
