"""Files as they come: encodings, delimiters, workbooks, and files that are not what they say."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import BadEncoding, LoadError, SourceMissing, SourceTooLarge, SourceUnreadable
from ingest.limits import Limits
from ingest.sources import SourceFile, find, sheets
from ingest.textfiles import TextTable, open_table, records
from ingest.workbooks import release, text_of
from tests.ingest.desk import Desk, id_number

HEAD = "机构编码,机构名称\n"


@pytest.fixture(autouse=True)
def _closed() -> None:
    release()


def read(path: Path, scratch: Path, limits: Limits | None = None) -> list[list[tuple[object, ...]]]:
    """All rows of all sheets, as (row number, cells…)."""
    limits = limits or Limits()
    found = []
    with duckdb.connect() as con:
        for number, sheet in enumerate(sheets(SourceFile(path, path.name), limits)):
            sheet.read(con, f"raw_{number}", scratch, limits)
            found.append(con.execute(f"SELECT * FROM raw_{number} ORDER BY row").fetchall())
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_reads_the_same_in_every_encoding(desk: Desk, encoding: str, end: str) -> None:
    path = desk.text("a.csv", (HEAD + "A1,某某镇人民政府𠮷\nA2,二\n").replace("\n", end), encoding)
    assert read(path, desk.folder) == [[(1, "机构编码", "机构名称"), (2, "A1", "某某镇人民政府𠮷"), (3, "A2", "二")]]


def test_a_damaged_utf8_file_is_not_read_as_gb18030(desk: Desk) -> None:
    path = desk.folder / "a.csv"
    path.write_bytes((HEAD + "A1,某某镇人民政府\nA2,").encode() + b"\xe6\xb0" + "\nA3,三\n".encode())
    with pytest.raises(BadEncoding, match="第 3 行"):
        read(path, desk.folder)


def test_bytes_of_no_encoding_are_refused_with_the_line(desk: Desk) -> None:
    path = desk.folder / "a.csv"
    path.write_bytes(HEAD.encode("gb18030") + b"A1,\xff\xff\n")
    with pytest.raises(BadEncoding, match="第 2 行"):
        read(path, desk.folder)


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(desk: Desk, mark: str) -> None:
    path = desk.text("a.csv", mark.join(["机构编码", "机构名称"]) + "\n" + mark.join(["A1", "甲 乙"]) + "\n")
    assert read(path, desk.folder)[0][1] == (2, "A1", "甲 乙")


def test_rows_keep_the_number_a_spreadsheet_shows(desk: Desk) -> None:
    path = desk.text("a.csv", HEAD + '\nA1,"甲\n乙"\n\n\nA2,丙\n')
    assert [row[0] for row in read(path, desk.folder)[0]] == [1, 3, 6]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_blank_first_line_is_counted_and_no_row_is_lost_to_it(desk: Desk, encoding: str, end: str) -> None:
    path = desk.text("a.csv", ("\n" + HEAD + "A1,甲\nA2,乙\n").replace("\n", end), encoding)
    assert [row[:2] for row in read(path, desk.folder)[0]] == [(2, "机构编码"), (3, "A1"), (4, "A2")]
    report = desk.load(path)
    assert [(row["code"], row["row"]) for row in desk.rows(report, "organs")] == [("A1", 3), ("A2", 4)]


def test_quotes_short_rows_and_long_rows(desk: Desk) -> None:
    path = desk.text("a.csv", HEAD + 'A1,"说""是"",好"\nA2\nA3,丙,多\n')
    assert read(path, desk.folder)[0][1:] == [(2, "A1", '说"是",好', None), (3, "A2", None, None), (4, "A3", "丙", "多")]


def test_quotes_that_do_not_pair_name_the_record(desk: Desk) -> None:
    with pytest.raises(SourceUnreadable, match="第 3 行"):
        read(desk.text("a.csv", HEAD + 'A1,甲\nA2,"乙\nA3,丙\n'), desk.folder)


@settings(max_examples=100, deadline=None)
@given(text=st.text('ab,"\n\r ', max_size=40))
def test_the_fast_reader_agrees_with_the_slow_one(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(("h1,h2\n" + text).encode())
    table, _ = open_table(path, 20)
    try:
        slow = [[n, *row] for n, row in enumerate(records(table, 1000), start=1) if any(row)]
    except SourceUnreadable:
        with pytest.raises(SourceUnreadable):
            read(path, path.parent)
        return
    assert _plain(read(path, path.parent)[0]) == _plain(slow)


def _plain(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """Rows without empty cells at their end, and without blank rows."""
    trimmed = []
    for row in rows:
        cells = [cell or "" for cell in row]
        while cells and cells[-1] == "":
            cells.pop()
        if len(cells) > 1:
            trimmed.append(cells)
    return trimmed


@pytest.mark.parametrize(("value", "text"), [
    ("张三", "张三"), (12.0, "12"), (0.5, "0.5"), (3.30127199001011e17, "3.30127199001011E+17"),
    (999999999999999.0, "999999999999999"), (True, "是"), (None, ""), (datetime.date(2024, 3, 5), "2024-03-05"),
    (datetime.datetime(2024, 3, 5), "2024-03-05"), (datetime.datetime(2024, 3, 5, 9, 30), "2024-03-05 09:30:00"),
])
def test_a_cell_of_a_workbook_as_text(value: object, text: str) -> None:
    assert text_of(value) == text  # type: ignore[arg-type]


def test_a_workbook_gives_every_sheet_with_row_numbers(desk: Desk) -> None:
    path = desk.workbook("a.xlsx", 甲=[["机构一览表"], [], ["机构编码", "机构名称"], ["A1", "甲"]], 空=[], 乙=[["x"]])
    assert read(path, desk.folder) == [[(1, "机构一览表", None), (3, "机构编码", "机构名称"), (4, "A1", "甲")], [], [(1, "x")]]


def test_parquet_is_read_as_text_under_its_column_names(desk: Desk) -> None:
    path = desk.folder / "a.parquet"
    with duckdb.connect() as con:
        con.execute(
            f"COPY (SELECT 'A1' AS 机构编码, 12.0::DOUBLE AS n, 3.30127199001011e17::DOUBLE AS big,"
            f" DATE '2024-03-05' AS d) TO '{path}'"
        )
    rows = read(path, desk.folder)[0]
    assert rows == [(1, "机构编码", "n", "big", "d"), (2, "A1", "12", "3.30127199001011e+17", "2024-03-05")]


def test_file_names_are_never_patterns(desk: Desk) -> None:
    desk.text("a1.csv", HEAD + "B,乙\n")
    assert len(read(desk.text("a[1]*.csv", HEAD + "A,甲\n"), desk.folder)[0]) == 2


def test_a_folder_is_walked_in_order_and_strangers_are_named(desk: Desk) -> None:
    for name in ("b.csv", "a.csv", "~$a.xlsx", ".hidden.csv", "readme.txt"):
        desk.text(name, HEAD)
    (desk.folder / "z").mkdir()
    desk.text("z/c.csv", HEAD)
    found = find([desk.folder], Limits())
    assert [file.name for file in found.files] == ["a.csv", "b.csv", "z/c.csv"]
    assert set(found.ignored) == {"~$a.xlsx", ".hidden.csv", "readme.txt"}


@pytest.mark.parametrize(("name", "content", "error"), [
    ("a.xlsx", b"<html><table><tr><td>x</td></tr></table></html>", SourceUnreadable),
    ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), SourceUnreadable),
    ("a.xls", b"PK\x03\x04", SourceUnreadable),
    ("a.xlsx", b"PK\x03\x04 cut off", SourceUnreadable),
    ("a.csv", b"PK\x03\x04\x00\x00", SourceUnreadable),
    ("a.csv", b"a,b\n1,\x002\n", SourceUnreadable),
    ("a.parquet", b"PAR1 no", SourceUnreadable),
])
def test_a_file_that_is_not_what_its_suffix_says(desk: Desk, name: str, content: bytes, error: type[LoadError]) -> None:
    path = desk.folder / name
    path.write_bytes(content)
    with pytest.raises(error, match=name) as raised:
        read(path, desk.folder)
    assert "/" in str(raised.value)


def test_a_truncated_workbook_is_damaged(desk: Desk) -> None:
    path = desk.workbook("a.xlsx", S=[["机构编码", "机构名称"]] + [[f"A{i}", "甲"] for i in range(500)])
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(SourceUnreadable, match="损坏"):
        read(path, desk.folder)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(desk: Desk) -> None:
    path = desk.folder / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (80 << 20))
    with pytest.raises(SourceTooLarge):
        read(path, desk.folder)


def test_one_far_off_cell_is_refused(desk: Desk) -> None:
    path = desk.folder / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "机构编码")
        sheet.write(1_048_575, 16_383, 1)
    with pytest.raises(SourceTooLarge):
        read(path, desk.folder)


def _ods(path: Path, rows: int, columns: int) -> Path:
    office, table, text = (f"urn:oasis:names:tc:opendocument:xmlns:{part}:1.0" for part in ("office", "table", "text"))
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}"><office:body><office:spreadsheet>'
        '<table:table table:name="S"><table:table-row><table:table-cell office:value-type="string"><text:p>机构编码</text:p></table:table-cell></table:table-row>'
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}"'
        ' office:value-type="string"><text:p>A1</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>'
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/"'
        ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def test_an_open_document_sheet_is_read(desk: Desk) -> None:
    assert read(_ods(desk.folder / "a.ods", 2, 1), desk.folder) == [[(1, "机构编码"), (2, "A1"), (3, "A1")]]


def test_repetitions_of_an_open_document_are_counted(desk: Desk) -> None:
    with pytest.raises(SourceTooLarge):
        read(_ods(desk.folder / "a.ods", 1_000_000, 16_000), desk.folder)


def test_what_is_not_there_is_said(desk: Desk) -> None:
    with pytest.raises(SourceMissing, match="找不到"):
        find([desk.folder / "none.csv"], Limits())
    with pytest.raises(SourceMissing, match="没有可载入"):
        find([desk.folder], Limits())


@pytest.mark.parametrize("limits", [Limits(file_size=10), Limits(columns=1)])
def test_a_text_file_beyond_a_limit(desk: Desk, limits: Limits) -> None:
    with pytest.raises(SourceTooLarge):
        read(desk.text("a.csv", HEAD + "A1,甲\n"), desk.folder, limits)


def test_a_table_remembers_how_it_is_written(desk: Desk) -> None:
    path = desk.text("a.csv", HEAD + "\nA1,甲\n", "gb18030")
    table, _ = open_table(path, 20)
    assert table == TextTable(path, "gb18030", ",", plain=False, quoted=False, width=2, lines=3)


def test_an_old_workbook_is_read_as_it_is_meant(desk: Desk) -> None:
    """`residents.xls` is a real BIFF8 file: a title, dates, an id number and a phone as numbers, one cell merged over rows."""
    report = desk.load(Path(__file__).parents[1] / "data" / "formats" / "residents.xls")
    first, second = desk.rows(report, "residents")
    assert (report.read, report.loaded, report.parts[0].refusals) == (3, 2, {"row.total": 1})
    assert (first["id_number"], first["born_on"], first["phone"]) == (id_number(1), "1980-01-01", "13800000001")
    assert report.parts[0].cell_issues == {"id_number.float": 1}
    assert (second.get("id_number"), second["born_on"], second["phone"]) == (None, "1982-03-04", "13800000002")
    assert first["household_no"] == second["household_no"] == "H1"
