"""Answers as files: CSV and Excel workbooks that carry text as text, so that no cell can become a formula; GraphML and GEXF."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

import xlsxwriter

from graph.answer import Answer, Table

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def to_file(answer: Answer, form: str) -> bytes:
    """An answer in one of the forms of `MEDIA_TYPES`; the drawn ones hold the evidence as a graph."""
    return WRITERS[form](answer)


def to_csv(answer: Answer) -> bytes:
    """The main part, UTF-8 with a byte order mark for Excel; lists joined with `;`. Formula-like text gets a `'`."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    table = answer.parts["main"]
    writer.writerow(_headers(table))
    for row in _rows(table):
        writer.writerow([_harmless(value) for value in row])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def to_xlsx(answer: Answer) -> bytes:
    """One sheet a part; text cells are written as text, never as formulas or links."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        for name, table in answer.parts.items():
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 0)
            for at, row in enumerate([_headers(table), *_rows(table)]):
                for column, value in enumerate(row):
                    _write(sheet, at, column, value)
    return buffer.getvalue()


def _headers(table: Table) -> list[str]:
    return [*table.columns, "evidence", "sources", "sentence"]


def _rows(table: Table) -> list[list[Any]]:
    return [
        [*(_flat(row[name]) for name in table.columns), ";".join(e.ids), ";".join(e.sources), sentence]
        for row, e, sentence in zip(table.rows, table.evidence, table.sentences, strict=True)
    ]


def _flat(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return ";".join(str(item) for item in value)
    return "" if value is None else value


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, (bool, str)):
        sheet.write_string(row, column, str(value)[:32767])
    else:
        sheet.write_number(row, column, value)


WRITERS: Mapping[str, Callable[[Answer], bytes]] = {
    "csv": to_csv, "xlsx": to_xlsx, "graphml": Answer.to_graphml, "gexf": Answer.to_gexf,
}
"""Form → what writes it."""
