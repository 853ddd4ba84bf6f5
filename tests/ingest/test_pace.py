"""Progress of a load: rows, rate and the share that is left."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api import console
from graph.home import Home
from graph.ledger import Ledger
from ingest.load import load
from ingest.pace import Pace
from tests.county import VILLAGE

Told = list[tuple[str, int, int]]


def ticking(*seconds: float) -> Iterator[float]:
    yield from seconds


def pace(told: Told, expected: list[int], *seconds: float) -> Pace:
    clock = ticking(*seconds)
    return Pace(lambda what, done, total: told.append((what, done, total)), expected, lambda: next(clock))


def test_rows_and_their_rate_are_told() -> None:
    told: Told = []
    one = pace(told, [1000, 1000], 0, 0, 2, 4)
    one.begin(1, "居民.csv")
    one.reached(1, 1.0)
    one.begin(2, "户.csv")
    assert told == [
        ("载入 居民.csv · 0 行 rows", 0, 2500), ("载入 居民.csv · 1,000 行 rows · 500 行/秒 rows/s", 1000, 2500),
        ("载入 户.csv · 1,000 行 rows · 250 行/秒 rows/s", 1000, 2500),
    ]


def test_what_was_really_read_takes_the_place_of_the_guess() -> None:
    told: Told = []
    one = pace(told, [1000], 0, 0, 1)
    one.begin(1, "居民.csv")
    one.read(1, 40)
    one.reached(1, 0.5)
    one.writing(1.0)
    assert [(done, total) for _, done, total in told] == [(0, 1250), (20, 50), (50, 50)]


def test_a_load_tells_more_and_more_until_all_is_done(tmp_path: Path) -> None:
    told: Told = []
    home = Home(tmp_path)
    load(home, Ledger(home), [VILLAGE], progress=lambda *step: told.append(step))
    loading = [step for step in told if step[0].startswith(("载入", "核对"))]
    shares = [done / total for _, done, total in loading]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert {what.split()[1] for what, _, _ in loading if what.startswith("载入")} == {path.name for path in VILLAGE.iterdir()}


def test_a_log_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(console, "LINE_SECONDS", 0.0)
    with console.progress(quiet=False) as report:
        report("载入 居民.csv · 500 行", 500, 2000)
    assert "载入 居民.csv · 500 行 · 25%" in capsys.readouterr().err
    with console.progress(quiet=True) as report:
        report("载入 居民.csv · 500 行", 500, 2000)
    assert capsys.readouterr() == ("", "")
