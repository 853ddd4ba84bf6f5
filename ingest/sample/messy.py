"""The sample county as departments really hand it over, and the truth about what was done to it.

Nothing is said that the clean county does not say; what had to be lost (rows that lack something required, id numbers
that a spreadsheet broke) is written down in `messy.json` with the address in the messy files and in the clean ones.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from graph.register import FieldKind
from graph.values import EMPTY
from ingest.headers import read_header
from ingest.recognise import Match, recognise
from ingest.sample.damage import break_id, other_unit, vary
from ingest.tables import TableSpec

MESSY = "messy.json"
_VARIED = 0.3
_ROWS_PER_REFUSAL, _ROWS_PER_BROKEN_ID, _ROWS_PER_REPEAT = 300, 150, 40
_FEWEST = 15
_KEPT_WHOLE = ("areas", "grids", "organs", "officials")


@dataclass(frozen=True, slots=True)
class Row:
    """A damaged row: its cells by header of the clean file, its line there, and what must happen to it."""

    line: int
    cells: dict[str, str]
    rule: str = ""
    column: str = ""
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of one table under one header, as they will stand in a sheet or file."""

    spec: TableSpec
    table: str
    headers: dict[str, str]
    rows: tuple[Row, ...]
    total: bool


@dataclass(slots=True)
class Truth:
    """What must come of the messy files. `clean_row` is the line in the clean file, 0 for a line that is no data."""

    refused: list[dict[str, str | int]] = field(default_factory=list)
    cells: list[dict[str, str | int]] = field(default_factory=list)
    merged: int = 0
    read: int = 0

    def note(self, piece: Piece, row: Row, file: str, sheet: str, number: int) -> None:
        """Take down a row that was written at this address."""
        self.read += 1
        self.merged += row.repeat
        where: dict[str, str | int] = {
            "file": file, "sheet": sheet, "row": number, "rule": row.rule, "table": piece.table, "clean_row": row.line,
        }
        if row.rule and not row.column:
            self.refused.append(where)
        elif row.rule:
            self.cells.append({**where, "column": piece.headers[row.column], "clean_column": row.column})

    def total(self, piece: Piece, file: str, sheet: str, number: int) -> None:
        """Take down a total or footer line."""
        self.note(piece, Row(0, {}, "row.total"), file, sheet, number)

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / MESSY).write_text(text + "\n", encoding="utf-8")


def damaged_pieces(clean: Path, dice: random.Random) -> Iterator[Piece]:
    """Every table of a clean county in one to three pieces, damaged."""
    named = _ids_named_elsewhere(clean)
    for path in sorted(clean.glob("*.csv")):
        headers, rows = _read(path)
        match = recognise([headers])
        if not isinstance(match, Match):
            raise ValueError(f"{path.name} is no native table")
        yield from _pieces(match.spec, path.stem, headers, rows, named, dice)


def _read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        headers = next(reader)
        return headers, [dict(zip(headers, row, strict=True)) for row in reader]


def _ids_named_elsewhere(clean: Path) -> set[str]:
    """Id numbers that cases, land and posts name: a lost row of these people would leave what others say about them."""
    named: set[str] = set()
    for path in clean.glob("*.csv"):
        if path.stem not in ("居民", "户"):
            headers, rows = _read(path)
            named |= {row[header] for header in headers if "号码" in header for row in rows}
    return named


def _pieces(
    spec: TableSpec, table: str, headers: Sequence[str], clean: list[dict[str, str]], named: set[str], dice: random.Random
) -> Iterator[Piece]:
    rows = list(_spoil(spec, clean, named, dice))
    dice.shuffle(rows)
    count = 1 if len(rows) < 2 * _FEWEST else dice.randint(1, 3)
    for part in range(count):
        share = rows[part::count]
        repeats = _repeats(share, dice)
        written = [_written(spec, row, row in repeats, dice) for row in share]
        written += [_written(spec, Row(row.line, row.cells, repeat=True), True, dice) for row in repeats]
        dice.shuffle(written)
        renamed = {header: _header(spec, header, dice) for header in headers}
        yield Piece(spec, table, renamed, tuple(written), total=dice.random() < 0.5)


def _spoil(spec: TableSpec, clean: list[dict[str, str]], named: set[str], dice: random.Random) -> Iterator[Row]:
    """The rows, of which a few lose what is required and a few have a broken id number."""
    rows = [Row(line, cells) for line, cells in enumerate(clean, start=2)]
    if spec.table.name in _KEPT_WHOLE or len(rows) < _FEWEST:
        yield from rows
        return
    free = [row for row in rows if spec.table.name != "residents" or row.cells["公民身份号码"] not in named]
    broken = max(1, len(rows) // _ROWS_PER_BROKEN_ID)
    chosen = dice.sample(free, min(len(free), broken + max(1, len(rows) // _ROWS_PER_REFUSAL)))
    spoilt = {row.line: row for row in (_break(spec, row, dice) for row in chosen[:broken])}
    spoilt |= {row.line: row for row in (_refuse(spec, row, dice) for row in chosen[broken:])}
    for row in rows:
        yield spoilt.get(row.line, row)


def _break(spec: TableSpec, row: Row, dice: random.Random) -> Row:
    filled = [
        header for header, text in row.cells.items()
        if text and (name := _field(spec, header)) and spec.table.field(name).kind is FieldKind.ID_NUMBER
    ]
    if not filled:
        return row
    column = dice.choice(filled)
    text, rule = break_id(row.cells[column], dice)
    return Row(row.line, {**row.cells, column: text}, rule, column)


def _refuse(spec: TableSpec, row: Row, dice: random.Random) -> Row:
    if spec.one_of and dice.random() < 0.4:
        lost = {header: "" for header in row.cells if _field(spec, header) in spec.one_of}
        return Row(row.line, {**row.cells, **lost}, "required.one_of")
    header = dice.choice([header for header in row.cells if _field(spec, header) in spec.required])
    kind = spec.table.field(_field(spec, header)).kind
    if kind is FieldKind.DATE and dice.random() < 0.5:
        return Row(row.line, {**row.cells, header: "待核实"}, "date.form")
    return Row(row.line, {**row.cells, header: dice.choice(("", "无", "/", " ", "不详"))}, "required.missing")


def _repeats(rows: Sequence[Row], dice: random.Random) -> list[Row]:
    sound = [row for row in rows if not row.rule]
    return dice.sample(sound, min(len(sound), max(1, len(rows) // _ROWS_PER_REPEAT)))


def _written(spec: TableSpec, row: Row, repeated: bool, dice: random.Random) -> Row:
    cells = dict(row.cells)
    if spec.table.name == "parcels" and not repeated and dice.random() < 0.3:
        cells["宗地面积"], cells["面积单位"] = other_unit(cells["宗地面积"], cells["面积单位"], dice)
    for header, text in cells.items():
        if dice.random() < _VARIED and header != row.column and not (row.rule and text in EMPTY | {"待核实", " "}):
            cells[header] = vary(spec.table.field(_field(spec, header)), text, dice)
    return Row(row.line, cells, row.rule, row.column, row.repeat)


def _header(spec: TableSpec, header: str, dice: random.Random) -> str:
    """A synonym, perhaps starred, spaced or in other brackets; a unit of area, which the unit of a row overrides."""
    name = _field(spec, header)
    text = dice.choice(spec.headers[name])
    if spec.table.field(name).kind is FieldKind.SIZE:
        return text + dice.choice(("", "（亩）", "/公顷", "(单位：平方米)"))
    text = text.replace("（", "(").replace("）", ")") if dice.random() < 0.3 else text
    return dice.choice((text, text, text, f"*{text}", f" {text} ", f"{text}　", f"{text[0]} {text[1:]}"))


def _field(spec: TableSpec, header: str) -> str:
    return spec.field_of(read_header(header).name) or ""
