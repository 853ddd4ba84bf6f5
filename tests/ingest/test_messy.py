"""The messy county says what the clean county says, less exactly what its truth says is lost."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from graph.build.artifact import Build
from graph.build.run import build_graph
from graph.home import Home
from graph.ledger import Ledger
from ingest.load import load
from ingest.report import LoadReport
from ingest.sample import write_messy, write_sample
from ingest.sample.messy_files import MOST_MESSY, PER_DOUBLE


@dataclass(frozen=True)
class Messy:
    """A messy county, what was loaded of it, and the clean county less what had to be lost."""

    folder: Path
    truth: dict[str, Any]
    home: Home
    report: LoadReport
    messy: Build
    reference: Build

    @classmethod
    def make(cls, root: Path, residents: int, seed: int) -> Messy:
        write_messy(root / "messy", residents, seed)
        write_sample(root / "clean", residents, seed, doubles=residents // PER_DOUBLE)
        truth = json.loads((root / "messy" / "messy.json").read_text(encoding="utf-8"))
        lose(root / "clean", truth)
        home, report, messy = built(root / "data", root / "messy")
        return cls(root / "messy", truth, home, report, messy, built(root / "reference", root / "clean")[2])


def lose(clean: Path, truth: dict[str, Any]) -> None:
    """Take out of the clean files the rows and cells that are lost, and nothing else."""
    gone, emptied = defaultdict(set), defaultdict(set)
    for row in truth["refused"]:
        gone[row["table"]].add(row["clean_row"])
    for cell in truth["cells"]:
        emptied[cell["table"]].add((cell["clean_row"], cell["clean_column"]))
    for table in gone.keys() | emptied.keys():
        path = clean / f"{table}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        for line, column in emptied[table]:
            rows[line - 2][header.index(column)] = ""
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *(row for line, row in enumerate(rows, start=2) if line not in gone[table])])


def built(root: Path, files: Path) -> tuple[Home, LoadReport, Build]:
    home = Home(root)
    ledger = Ledger(home)
    report = load(home, ledger, [files], max_reject_share=0.2)
    with home.writer():
        return home, report, build_graph(home, ledger)[0]


@pytest.fixture(scope="module", params=[(600, 1), (1_000, 2)], ids=["hamlet", "village"])
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Messy:
    return Messy.make(tmp_path_factory.mktemp("messy"), *request.param)


def test_its_graph_is_that_of_the_clean_county_less_what_is_lost(county: Messy) -> None:
    assert county.messy.card.graph_hash == county.reference.card.graph_hash
    assert county.messy.card.counts["Case"] > 10
    assert county.messy.card.counts["POSSIBLY_SAME.Resident.Resident"] > 10


def test_every_row_is_accounted_for(county: Messy) -> None:
    report, truth = county.report, county.truth
    assert all(part.read == part.loaded + part.merged + part.quarantined for part in report.parts)
    assert (report.read, report.merged, report.quarantined) == (truth["read"], truth["merged"], len(truth["refused"]))
    assert truth["merged"] > 10


def test_exactly_the_rows_of_the_truth_are_refused_for_its_reasons(county: Messy) -> None:
    book = CalamineWorkbook.from_path(str(county.home.load_dir(county.report.load_id) / "quarantine.xlsx"))
    found = {
        (file, sheet, int(str(row)), rule)
        for name in book.sheet_names for _, file, sheet, row, _, rule, *_ in book.get_sheet_by_name(name).to_python()[1:]
    }
    assert found == {(row["file"], row["sheet"], row["row"], row["rule"]) for row in county.truth["refused"]}
    rules = {rule for *_, rule in found}
    assert {"row.total", "required.missing"} < rules <= {"row.total", "required.missing", "required.one_of", "date.form"}


def test_exactly_the_cells_of_the_truth_are_refused(county: Messy) -> None:
    parts = {part.part: (part.file, part.sheet) for part in county.report.parts}
    issues = county.home.load_dir(county.report.load_id) / "issues.parquet"
    with duckdb.connect() as con:
        cells = con.execute('SELECT part, row, "column", rule FROM read_parquet(?)', [str(issues)]).fetchall()
    found = {(*parts[part], row, column.strip(), rule) for part, row, column, rule in cells}
    assert found == {(c["file"], c["sheet"], c["row"], c["column"].strip(), c["rule"]) for c in county.truth["cells"]}
    assert {rule for *_, rule in found} >= {"id_number.float"}


def test_files_are_of_every_kind_and_say_nothing_by_their_names(county: Messy) -> None:
    files = [path for path in county.folder.rglob("*") if path.suffix in (".csv", ".tsv", ".xlsx")]
    assert {path.suffix for path in files} == {".csv", ".tsv", ".xlsx"}
    assert any(len(CalamineWorkbook.from_path(str(path)).sheet_names) > 2 for path in files if path.suffix == ".xlsx")
    assert len({part.file for part in county.report.parts}) == len(files)
    assert len(county.report.parts) > 13
    assert {sheet.sheet for sheet in county.report.unrecognised} == {"填表说明"}
    assert "说明.txt" in county.report.ignored


def test_the_same_seed_makes_the_same_mess(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_messy(tmp_path / name, 300, 5)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.suffix != ".xlsx" and path.is_file())
    assert all((tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes() for path in files)


def test_a_county_too_large_to_be_damaged_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=str(MOST_MESSY)):
        write_messy(tmp_path / "x", MOST_MESSY + 1)
    assert not (tmp_path / "x").exists()
