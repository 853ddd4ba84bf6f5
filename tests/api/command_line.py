"""The command `fengqiao` as a person runs it, inside this process: words in, exit code and both outputs out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.cli import main


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document on standard output."""
        return json.loads(self.out)


class CommandLine:
    """Runs commands on one data directory."""

    def __init__(self, data: Path, patch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[str]) -> None:
        self.data = data
        self._patch = patch
        self._captured = captured

    def __call__(self, *words: str | Path, data: bool = True) -> Said:
        self._captured.readouterr()
        self._patch.setattr("sys.argv", ["fengqiao", *map(str, words), *(["--data", str(self.data)] if data else [])])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
        said = self._captured.readouterr()
        return Said(code, said.out, said.err)

    def json(self, *words: str | Path) -> Any:
        """The document of a command that must succeed."""
        said = self(*words, "--json")
        assert said.code == 0, said.err
        return said.document
