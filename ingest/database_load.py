"""A load from a database: its tables are copied at one instant, the copy is loaded like files, and thrown away."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from graph.engines.base import Progress, silent
from graph.home import Home
from graph.ledger import Ledger
from ingest.database_copy import copy_database
from ingest.databases import Database
from ingest.limits import Limits
from ingest.load import load
from ingest.mapping import load_mapping
from ingest.report import LoadReport
from ingest.survey import SheetPreview, preview


def load_database(
    home: Home, ledger: Ledger, source: Database, *, mapping: str | Path | None = None, progress: Progress = silent,
    limits: Limits | None = None, **options: Any,
) -> LoadReport:
    """Load tables of a database as one load; options and errors are those of `load`. The address is kept nowhere."""
    chosen = load_mapping(mapping) if mapping is not None else None
    with home.writer():
        folder = home.stage_load("database")
        try:
            found = copy_database(source, folder, chosen, limits or Limits(), progress)
            return load(home, ledger, found, mapping=mapping, progress=progress, limits=limits, **options)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def preview_database(
    source: Database, *, mapping: str | Path | None = None, limits: Limits | None = None
) -> list[SheetPreview]:
    """What every table would be loaded as, from the column names alone; no row is read."""
    chosen = load_mapping(mapping) if mapping is not None else None
    with tempfile.TemporaryDirectory() as folder:
        found = copy_database(source, Path(folder), chosen, limits or Limits(), silent, heads_only=True)
        return preview(found, mapping=mapping, limits=limits)
