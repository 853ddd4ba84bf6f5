"""The desk of this room's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty folder for files and an empty data directory."""
    return Desk(tmp_path)
