"""Fixtures of the outside faces."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.command_line import CommandLine


@pytest.fixture
def fengqiao(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line over an empty data directory."""
    monkeypatch.setenv("COLUMNS", "200")
    return CommandLine(tmp_path / "data", monkeypatch, capsys)
