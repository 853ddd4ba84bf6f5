"""The messy county's files: encodings, title lines, sheets, merged cells, headers once more, footers."""

from __future__ import annotations

import csv
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from graph.register import FieldKind
from ingest.headers import read_header
from ingest.sample.county import Progress, SampleSummary, silent, write_sample
from ingest.sample.doubles_files import BOOKS, DOUBLES
from ingest.sample.messy import Piece, Row, Truth, damaged_pieces
from ingest.sample.write import prepare

MOST_MESSY = 200_000
"""More residents than this are not damaged: every row is held and rewritten one by one."""
_SHEETS_PER_BOOK = 3
PER_DOUBLE = 20
"""One loose record for every so many residents (see `doubles_files`)."""
_DAY, _WHOLE = re.compile(r"(19[5-9]|20[0-9])[0-9]-[0-9]{2}-[0-9]{2}"), re.compile(r"[1-9][0-9]{0,8}")
_NUMBERS = (FieldKind.INT, FieldKind.NUMBER)


def write_messy(
    out: Path, residents: int = 20_000, seed: int = 19631120, progress: Progress = silent, *, overwrite: bool = False,
) -> SampleSummary:
    """Writes the county of `write_sample` as departments hand it over, and `messy.json` with what must be refused.

    The same size and seed give the same rows. Raises what `write_sample` raises, ValueError for too many residents.
    """
    if residents > MOST_MESSY:
        raise ValueError(f"居民数至多为 {MOST_MESSY}")
    prepare(out, overwrite)
    dice, truth = random.Random(seed), Truth()
    with tempfile.TemporaryDirectory() as folder:
        summary = write_sample(Path(folder) / "clean", residents, seed, progress, doubles=residents // PER_DOUBLE)
        pieces = list(damaged_pieces(Path(folder) / "clean", dice))
        truth.read += summary.rows[BOOKS]
        shutil.copytree(Path(folder) / "clean" / BOOKS, out / BOOKS, dirs_exist_ok=True)
        shutil.copy(Path(folder) / "clean" / DOUBLES, out / DOUBLES)
    dice.shuffle(pieces)
    for number, (name, group) in enumerate(_files(pieces, dice), start=1):
        progress("写出", number, len(pieces))
        path = out / name
        path.parent.mkdir(exist_ok=True)
        write = _write_book if path.suffix == ".xlsx" else _write_text
        write(path, name, group, truth, dice)
    (out / "说明.txt").write_text("各部门报送的原始表格，数据均为合成。\n", encoding="utf-8")
    truth.write(out)
    return SampleSummary(out, summary.rows, summary.stories)


def _files(pieces: list[Piece], dice: random.Random) -> Iterator[tuple[str, list[Piece]]]:
    """File names that say nothing, each with its pieces: several for a workbook, one for a text file."""
    rest, number = list(pieces), 0
    while rest:
        number += 1
        kind = ("csv", "xlsx", "csv", "tsv", "xlsx")[number % 5]
        folder = dice.choice(("", "报送/", "导出/"))
        size = dice.randint(1, _SHEETS_PER_BOOK) if kind == "xlsx" else 1
        group, rest = rest[:size], rest[size:]
        yield f"{folder}{dice.choice(('导出', '新建表格', '最终版', '报表'))}({number}).{kind}", group


def _lines(piece: Piece, dice: random.Random) -> Iterator[list[str] | Row]:
    """What stands in the sheet, line by line: titles, the header, the rows, and what is put between them."""
    header = list(piece.headers.values())
    for title in dice.choice(([], ["枫溪县登记表"], ["枫溪县登记表", "填报单位：某局", ""])):
        yield [title]
    yield header
    again = dice.randrange(len(piece.rows)) if dice.random() < 0.5 else -1
    for at, row in enumerate(piece.rows):
        if at == again:
            yield [""] * len(header)
            yield header
        yield row
    if piece.total:
        yield [dice.choice(("合计", "合　计", "合  计", "总计：")), "", str(len(piece.rows))]
        yield ["制表人：某某　　审核人：某某"]


def _cells(piece: Piece, line: list[str] | Row) -> list[str]:
    return [line.cells[header] for header in piece.headers] if isinstance(line, Row) else line


def _put(
    piece: Piece, file: str, sheet: str, truth: Truth, dice: random.Random, write: Callable[[int, list[str] | Row], None]
) -> None:
    """Write the lines of a piece and take down where each row stands."""
    body = False
    for number, line in enumerate(_lines(piece, dice), start=1):
        write(number, line)
        if isinstance(line, Row):
            body = True
            truth.note(piece, line, file, sheet, number)
        elif body and line[0].startswith(("合", "总", "制表")) and line != list(piece.headers.values()):
            truth.total(piece, file, sheet, number)


def _write_text(path: Path, name: str, group: list[Piece], truth: Truth, dice: random.Random) -> None:
    encoding = dice.choice(("utf-8", "utf-8-sig", "gb18030", "gb18030"))
    with path.open("w", encoding=encoding, newline="") as file:
        ends = dice.choice(("\r\n", "\n"))
        writer = csv.writer(file, delimiter="\t" if path.suffix == ".tsv" else ",", lineterminator=ends)
        piece, = group
        _put(piece, name, "", truth, dice, lambda _number, line: writer.writerow(_cells(piece, line)))


def _write_book(path: Path, name: str, group: list[Piece], truth: Truth, dice: random.Random) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "yyyy/m/d"})
        for at, piece in enumerate(group, start=1):
            sheet = book.add_worksheet(f"Sheet{at}")
            _put(piece, name, f"Sheet{at}", truth, dice, _sheet_writer(sheet, piece, day, dice))
        book.add_worksheet("填表说明").write_string(0, 0, "请如实填写")


def _sheet_writer(sheet: Any, piece: Piece, day: Any, dice: random.Random) -> Callable[[int, list[str] | Row], None]:
    kinds = [piece.spec.table.field(piece.spec.field_of(read_header(h).name) or "").kind for h in piece.headers]

    def write(number: int, line: list[str] | Row) -> None:
        if isinstance(line, list) and len(line) == 1 and line[0] and number < 3:
            sheet.merge_range(number - 1, 0, number - 1, len(kinds) - 1, line[0])
            return
        for column, (text, kind) in enumerate(zip(_cells(piece, line), kinds, strict=False)):
            _write_cell(sheet, number - 1, column, text, kind if isinstance(line, Row) else FieldKind.TEXT, day, dice)

    return write


def _write_cell(sheet: Any, row: int, column: int, text: str, kind: FieldKind, day: Any, dice: random.Random) -> None:
    """As a spreadsheet holds it: some dates as dates, some numbers as numbers, the rest as text."""
    typed = dice.random() < 0.5
    if typed and kind is FieldKind.DATE and _DAY.fullmatch(text):
        sheet.write_datetime(row, column, date.fromisoformat(text), day)
    elif typed and kind in _NUMBERS and _WHOLE.fullmatch(text):
        sheet.write_number(row, column, int(text))
    elif kind is FieldKind.ID_NUMBER and "E+" in text:
        sheet.write_number(row, column, float(text))
    elif text:
        sheet.write_string(row, column, text)
