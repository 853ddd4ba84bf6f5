"""A disk that fills up during a load: a clear error, nothing recorded, and the next attempt succeeds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph.home import Home
from graph.ledger import Ledger
from ingest.load import load
from tests.county import VILLAGE

LIMITED = """
import resource, sys
from pathlib import Path
from graph.home import Home, HomeError
from graph.ledger import Ledger
from ingest.errors import LoadError
from ingest.load import load
home = Home(Path(sys.argv[1]))
ledger = Ledger(home)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
try:
    load(home, ledger, [Path(sys.argv[2])])
except (LoadError, HomeError) as error:
    print(error)
    sys.exit(7)
"""


@pytest.mark.parametrize("size", [0, 4_000, 20_000])
def test_a_full_disk_is_a_clear_error_and_loses_nothing(tmp_path: Path, size: int) -> None:
    told = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path), str(VILLAGE), str(size)], capture_output=True, text=True, timeout=60
    )
    assert (told.returncode, told.stderr) == (7, "")
    assert "磁盘" in told.stdout
    home = Home(tmp_path)
    ledger = Ledger(home)
    assert ledger.loads() == []
    assert sum(part.loaded for part in load(home, ledger, [VILLAGE]).parts) == 146
    assert len(ledger.loads()) == 1
