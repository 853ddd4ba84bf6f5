from __future__ import annotations

from pathlib import Path

from tests.faults.kills import STAGES, Faults


def test_a_few_kills_lose_nothing(tmp_path: Path) -> None:
    tallies = Faults(tmp_path, rounds=1, residents=300, seed=3).run()
    assert tuple(tallies) == STAGES
