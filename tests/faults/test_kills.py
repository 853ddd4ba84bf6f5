from __future__ import annotations

from pathlib import Path

from tests.faults.kills import Faults


def test_a_few_kills_lose_nothing(tmp_path: Path) -> None:
    hits = Faults(tmp_path, rounds=2, residents=300, seed=3).run()
    assert set(hits) == {"load", "build"}
