"""A desk for loading tests: write small files, load them into a data directory of their own, read the register."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import xlsxwriter

from graph.home import Home
from graph.ledger import Ledger
from graph.values import id_check_digit
from ingest.limits import Limits
from ingest.load import load
from ingest.report import LoadReport

Cell = str | int | float | None


def id_number(serial: int, day: str = "19800101", region: str = "330127") -> str:
    """A valid made-up id number."""
    first = f"{region}{day}{serial:03d}"
    return first + id_check_digit(first)


class Desk:
    """Files in `folder`, a data directory beside it."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "in"
        self.folder.mkdir(parents=True)
        self.home = Home(root / "data")
        self.ledger = Ledger(self.home)

    def text(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def csv(self, name: str, rows: Sequence[Sequence[Cell]], encoding: str = "utf-8") -> Path:
        return self.text(name, "".join(",".join("" if c is None else str(c) for c in row) + "\n" for row in rows), encoding)

    def workbook(self, name: str, **sheets: Sequence[Sequence[Any]]) -> Path:
        path = self.folder / name
        with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return path

    def load(
        self, *paths: Path, mapping: str | Path | None = None, max_reject_share: float = 1.0, provider: str = "",
        limits: Limits | None = None, replaces: bool = False, dry_run: bool = False,
    ) -> LoadReport:
        return load(
            self.home, self.ledger, paths or (self.folder,), mapping=mapping, provider=provider,
            max_reject_share=max_reject_share, limits=limits, replaces=replaces, dry_run=dry_run,
        )

    def rows(self, report: LoadReport, table: str) -> list[dict[str, Any]]:
        """The loaded rows of a register table in the order of their sources, without empty values."""
        path = self.home.load_dir(report.load_id) / f"{table}.parquet"
        if not path.exists():
            return []
        return [{k: v for k, v in row.items() if v is not None} for row in pq.read_table(path).sort_by([("part", "ascending"), ("row", "ascending")]).to_pylist()]

    def issues(self, report: LoadReport) -> list[tuple[int, int, str, str]]:
        """(part, row, column, rule) of every cell that did not load."""
        path = self.home.load_dir(report.load_id) / "issues.parquet"
        with duckdb.connect() as con:
            return con.execute('SELECT part, row, "column", rule FROM read_parquet(?)', [str(path)]).fetchall()
