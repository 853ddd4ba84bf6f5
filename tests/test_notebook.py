"""The analyst's notebook runs from its first cell to its last, in a fresh kernel, and is kept without outputs."""

from __future__ import annotations

import re
import resource
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from cypher.library import load as load_library

NOTEBOOK = Path(__file__).parent.parent / "docs" / "notebooks" / "analyst.ipynb"
SECONDS = 60
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def notebook() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)


def test_it_is_valid_chinese_first_and_kept_without_outputs(notebook: Any) -> None:
    nbformat.validate(notebook)
    told = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    assert len(told) > 8
    for cell in told:
        assert CHINESE.search(cell.source.splitlines()[0]), cell.source
        assert re.search("[a-z]{4}", cell.source.splitlines()[-1]), "English beside it"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)


def test_it_asks_what_may_be_asked(notebook: Any) -> None:
    asked = {name for cell in notebook.cells for name in re.findall(r'\.ask\(\s*"(\w+)"', cell.source)}
    assert len(asked) > 5
    assert asked <= {question.name for question in load_library().listed}


def test_it_runs_from_the_first_cell_to_the_last(notebook: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    NotebookClient(notebook, timeout=5 * SECONDS, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    outputs = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    texts = "".join(str(out) for cell in outputs for out in cell)
    for said in ("repeat_petitioners", "当事人", "repeat/default@2", "未发现记录", "已写出", "Int64"):
        assert said in texts, said
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SECONDS, "of the processor: others may be busy too"
    assert not list(tmp_path.glob("tmp*/data")), "the last cell takes the county away again"
