"""Files that would hurt: bombs, giants, formulas, links, macros. Bounded, refused where they must be, never executed.

The large ones (a 2 GB text file, a full sheet) are run by `python -m tests.faults.giants`.
"""

from __future__ import annotations

import re
import socket
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from ingest.errors import LoadError, SourceTooLarge, SourceUnreadable
from ingest.limits import Limits
from tests.ingest.desk import Desk
from tests.ingest.test_sources import _ods

ORGANS = ["机构编码", "机构名称"]
MB = 1 << 20


def repacked(path: Path, changes: dict[str, str | bytes | None]) -> Path:
    """The same archive with members replaced, added or (None) left out."""
    with zipfile.ZipFile(path) as archive:
        members: dict[str, str | bytes | None] = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**members, **changes}.items():
            if content is not None:
                archive.writestr(name, content)
    return path


def test_a_cell_of_ten_megabytes_loads_and_one_beyond_the_limit_is_refused(desk: Desk) -> None:
    long = "长" * (10 * MB // 3)
    report = desk.load(desk.text("a.csv", f"机构编码,机构名称,备注\nA1,甲,{long}\nA2,\"乙\n丙\",x\n"))
    rows = desk.rows(report, "organs")
    assert [(row["code"], len(row["remark"])) for row in rows] == [("A1", len(long)), ("A2", 1)]
    with pytest.raises(LoadError) as raised:
        desk.load(desk.text("b.csv", f"机构编码,机构名称,备注\nA1,甲,{'x' * (17 * MB)}\n"))
    assert len(str(raised.value)) < 300


def test_a_text_shared_by_many_cells_counts_for_each(desk: Desk) -> None:
    path = desk.workbook("a.xlsx", S=[ORGANS, *([f"A{n}", "长" * 10_000] for n in range(3_000))])
    assert path.stat().st_size < MB
    with pytest.raises(SourceTooLarge):
        desk.load(path, limits=Limits(workbook_text=80 * MB))
    assert desk.load(path, limits=Limits(workbook_text=100 * MB)).loaded == 3_000


def test_repetitions_of_a_long_text_in_an_open_document_count_for_each(desk: Desk) -> None:
    path = _ods(desk.folder / "a.ods", 1_000, 10)
    with pytest.raises(SourceTooLarge):
        desk.load(path, limits=Limits(workbook_text=10_000))


def test_the_last_row_of_a_sheet_keeps_its_number(desk: Desk) -> None:
    path = desk.folder / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row, cells in ((0, ORGANS), (1, ["A1", "甲"]), (1_048_575, ["A2", "乙"])):
            sheet.write_row(row, 0, cells)
    assert [(r["code"], r["row"]) for r in desk.rows(desk.load(path), "organs")] == [("A1", 2), ("A2", 1_048_576)]


def test_a_list_of_too_many_members_is_refused_before_it_is_read(desk: Desk) -> None:
    path = desk.workbook("a.xlsx", S=[ORGANS, ["A1", "甲"]])
    repacked(path, {f"x/{n}": b"" for n in range(500)})
    with pytest.raises(SourceTooLarge):
        desk.load(path, limits=Limits(directory_size=20_000))
    assert desk.load(path).loaded == 1


def test_a_member_that_unpacks_to_more_than_it_says_is_damaged(desk: Desk) -> None:
    path = repacked(desk.workbook("a.xlsx", S=[ORGANS, ["A1", "甲"]]), {"xl/worksheets/sheet1.xml": b" " * (5 * MB)})
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<I", 5 * MB), struct.pack("<I", 1000)))
    with pytest.raises(SourceUnreadable, match="损坏"):
        desk.load(path)


def test_an_archive_without_an_end_is_damaged(desk: Desk) -> None:
    path = desk.workbook("a.xlsx", S=[ORGANS])
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(SourceUnreadable, match="损坏"):
        desk.load(path)


ENTITIES = {
    "laughs": "<!DOCTYPE d [<!ENTITY a 'ha'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 40}'>" for n in range(8)) + "]>",
    "a file of the machine": "<!DOCTYPE d [<!ENTITY i SYSTEM 'file:///etc/passwd'>]>",
}


@pytest.mark.parametrize("kind", ENTITIES)
@pytest.mark.parametrize("suffix", ["ods", "xlsx"])
def test_entities_are_never_expanded(desk: Desk, kind: str, suffix: str) -> None:
    entity = "&i;" if "file" in kind else "&i;" * 10
    if suffix == "ods":
        path, member, at = _ods(desk.folder / "a.ods", 1, 1), "content.xml", "<text:p>A1"
    else:
        path = desk.workbook("a.xlsx", S=[ORGANS, ["A1", "甲"]])
        member, at = "xl/sharedStrings.xml", "<t>甲"
    with zipfile.ZipFile(path) as archive:
        text = re.sub(r"<\?xml[^>]*\?>\s*", "", archive.read(member).decode())
    repacked(path, {member: ENTITIES[kind] + text.replace(at, at + entity)})
    try:
        report = desk.load(path)
    except LoadError:
        return
    assert "root:" not in str(desk.rows(report, "organs"))
    assert all(len(row["name"]) < 1000 for row in desk.rows(report, "organs"))


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The network addresses anything tried to reach; trying fails."""
    tried: list[str] = []

    def refuse(_self: socket.socket, address: object) -> None:
        tried.append(str(address))
        raise OSError("offline")
    monkeypatch.setattr(socket.socket, "connect", refuse)
    return tried


def test_formulas_links_and_macros_are_never_executed(desk: Desk, offline: list[str]) -> None:
    marker = desk.folder / "executed"
    macro = desk.folder / "vba.bin"
    macro.write_bytes(b"\xd0\xcf\x11\xe0Sub Auto_Open()\nShell \"touch " + str(marker).encode() + b"\"\nEnd Sub")
    path = desk.folder / "a.xlsm"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_vba_project(str(macro))
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*ORGANS, "备注"])
        sheet.write_formula(1, 0, '="A"&1', value="A1")
        sheet.write_formula(1, 1, "='[other.xlsx]S'!A1", value="甲")
        sheet.write_formula(1, 2, '=WEBSERVICE("http://198.51.100.1/")', value="")
        sheet.write_string(2, 0, "A2")
        sheet.write_string(2, 1, f"=cmd|'/c touch {marker}'!A1")
        sheet.write_url(2, 2, "http://198.51.100.1/x", string="链接")
    repacked(path, {
        "xl/externalLinks/externalLink1.xml":
            '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
        "xl/externalLinks/_rels/externalLink1.xml.rels":
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"'
            ' Target="http://198.51.100.1/other.xlsx" TargetMode="External"/></Relationships>',
    })
    rows = desk.rows(desk.load(path), "organs")
    assert [(r["code"], r["name"], r.get("remark")) for r in rows] == [
        ("A1", "甲", None), ("A2", f"=cmd|'/c touch {marker}'!A1", "链接"),
    ]
    assert (offline, marker.exists()) == ([], False)


def _record(kind: int, content: bytes) -> bytes:
    return bytes([kind, len(content)]) + content


@pytest.mark.parametrize(("row", "column", "fits"), [(9, 3, True), (1_048_575, 3, True), (1_048_575, 16_383, False)])
def test_the_extent_of_a_binary_sheet_is_counted(desk: Desk, row: int, column: int, fits: bool) -> None:
    path = desk.folder / "a.xlsb"
    header = struct.pack("<I", row) + bytes(13)
    cell = struct.pack("<I", column) + bytes(4) + struct.pack("<I", 0)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.bin", _record(0, header) + _record(7, cell))
    with pytest.raises(SourceUnreadable if fits else SourceTooLarge):
        desk.load(path)


def test_a_shared_text_of_a_binary_workbook_counts_for_each_cell(desk: Desk) -> None:
    path = desk.folder / "a.xlsb"
    cell = b"".join(_record(7, struct.pack("<I", n) + bytes(8)) for n in range(100))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.bin", cell)
        archive.writestr("xl/sharedStrings.bin", bytes([19, 0x80 | 100, 7]) + bytes(996))
    with pytest.raises(SourceTooLarge):
        desk.load(path, limits=Limits(workbook_text=90_000))
    with pytest.raises(SourceUnreadable):
        desk.load(path, limits=Limits(workbook_text=110_000))
