"""The matcher is loaded only where it works, and says nothing into our output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from ingest.sample import write_sample


def test_the_command_starts_without_what_few_commands_need() -> None:
    heavy = "{'splink', 'opencc', 'pypinyin', 'sqlglot', 'neo4j', 'pandas', 'fastapi', 'faker', 'networkx'}"
    text = f"import sys, api.commands.loading, api.cli; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_a_build_with_candidates_prints_only_its_answer(tmp_path: Path) -> None:
    write_sample(tmp_path / "files", 300, 5, doubles=60)
    command = [sys.executable, "-c", "from api.cli import main; main()"]
    for step in (["load", str(tmp_path / "files")], ["build", "--json"]):
        done = subprocess.run([*command, *step, "--data", str(tmp_path / "data")], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)
    assert "splink" not in (done.stdout + done.stderr).lower()
    assert done.stderr.strip() == ""
