"""A county of which a few rows are refused, and its quarantine workbook with the right cells put back."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import openpyxl

from graph.home import Home
from ingest.corrections import ADDRESS

EMPTIED = {"居民.csv": ("姓名", (3, 40, 41)), "信访件.csv": ("信访件编号", (2, 9)), "办理流程.csv": ("事件编号", (5,))}
"""The cells that are emptied: file → (column, data rows counted from 1). Without them a row is refused."""


def with_refusals(right: Path, broken: Path) -> None:
    """Write a copy of a sample county in which the cells of EMPTIED are empty."""
    shutil.copytree(right, broken)
    for file, (column, rows) in EMPTIED.items():
        lines = _read(broken / file)
        for row in rows:
            assert lines[row][lines[0].index(column)]
            lines[row][lines[0].index(column)] = ""
        with (broken / file).open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(lines)


def corrected(data: Path, load_id: str, right: Path, to: Path) -> Path:
    """The quarantine workbook of a load of the broken county, its cells put right; AssertionError when a row is missing."""
    book = openpyxl.load_workbook(Home(data).load_dir(load_id) / "quarantine.xlsx")
    mended = 0
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            lines = _read(right / str(row[1].value))
            for cell, text in zip(row[len(ADDRESS):], lines[int(str(row[3].value)) - 1], strict=True):
                cell.value = text or None
            mended += 1
    assert mended == sum(len(rows) for _, rows in EMPTIED.values())
    book.save(to)
    return to


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))
