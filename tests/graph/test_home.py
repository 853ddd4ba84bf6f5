from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph.home import Home, HomeError, WriterBusy, settle

HOLDER = """
import sys, time
from pathlib import Path
from graph.home import Home
with Home(Path(sys.argv[1])).writer():
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_refused_and_told_who_holds_the_lock(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        with pytest.raises(WriterBusy, match=str(holder.pid)), Home(tmp_path).writer():
            pass
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    with Home(tmp_path).writer():
        pass


def test_leftovers_of_a_killed_writer_are_cleared(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.writer():
        (home.stage_load("abc") / "half.parquet").write_text("x")
        home.stage_build()
    with home.writer():
        assert list(home.loads.iterdir()) == []
        assert list(home.builds.iterdir()) == []


def test_settling_makes_a_folder_whole_and_replaces_what_is_in_the_way(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.create()
    staging = home.stage_load("abc")
    (staging / "t.parquet").write_text("new")
    home.load_dir("abc").mkdir()
    (home.load_dir("abc") / "old").write_text("old")
    settle(staging, home.load_dir("abc"))
    assert [p.name for p in home.load_dir("abc").iterdir()] == ["t.parquet"]
    assert not staging.exists()


def test_the_current_build_is_a_number(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.create()
    assert home.current_number() is None
    home.make_current(7)
    assert home.current_number() == 7


def test_a_directory_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match="--data"):
        Home(tmp_path / "file" / "data").create()


def test_the_thread_that_writes_may_ask_again_and_no_other(tmp_path: Path) -> None:
    home = Home(tmp_path)
    refused: list[bool] = []

    def other() -> None:
        with pytest.raises(WriterBusy), home.writer():
            pass
        refused.append(True)
    with home.writer():
        with home.writer():
            staging = home.stage_load("x")
        asked = threading.Thread(target=other)
        asked.start()
        asked.join()
        assert staging.exists()
    assert refused == [True]
    with Home(tmp_path).writer():
        assert not staging.exists()
