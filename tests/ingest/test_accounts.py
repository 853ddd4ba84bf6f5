"""Whatever is done to a workbook, every row read is loaded, merged or quarantined, and the register holds it."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.home import Home
from graph.ledger import Ledger
from graph.register import TABLES
from ingest.accounts import AccountsDoNotBalance, balance
from ingest.errors import LoadError
from ingest.load import load
from tests.ingest.desk import Desk, id_number

HEADER = ["姓名", "公民身份号码", "联系电话", "户号", "出生日期", "与户主关系", "联系电话"]
Rows = list[list[object]]


def people(number: int) -> Rows:
    return [["张三", id_number(i), f"1380000{i:04d}", f"H{i // 3}", "1980-01-01", "02 户主", ""] for i in range(number)]


def _blank_cell(rng: random.Random, rows: Rows) -> None:
    row = rng.choice(rows)
    row[rng.randrange(len(row))] = ""


def _odd_cell(rng: random.Random, rows: Rows) -> None:
    row = rng.choice(rows)
    row[rng.randrange(len(row))] = rng.choice(["=1+1", 3.3e17, True, "无", "合计", "　", "\"", "a\nb", 1e-9, "x" * 500])


def _repeat_row(rng: random.Random, rows: Rows) -> None:
    rows.insert(rng.randrange(len(rows)), list(rng.choice(rows)))


def _blank_row(rng: random.Random, rows: Rows) -> None:
    rows.insert(rng.randrange(len(rows)), [])


def _total_row(rng: random.Random, rows: Rows) -> None:
    rows.insert(rng.randrange(len(rows)), ["合计", len(rows)])


def _header_again(rng: random.Random, rows: Rows) -> None:
    rows.insert(rng.randrange(len(rows)), list(HEADER))


def _wide_row(rng: random.Random, rows: Rows) -> None:
    rng.choice(rows).extend(["", "多"])


MUTATIONS = [_blank_cell, _odd_cell, _repeat_row, _blank_row, _total_row, _header_again, _wide_row]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), steps=st.lists(st.sampled_from(MUTATIONS), max_size=12), as_text=st.booleans())
def test_every_row_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, seed: int, steps: list[object], as_text: bool
) -> None:
    rng, rows = random.Random(seed), people(6)
    for step in steps:
        step(rng, [row for row in rows if row] if step in (_blank_cell, _odd_cell, _wide_row) else rows)  # type: ignore[operator]
    desk = Desk(tmp_path_factory.mktemp("accounts"))
    if as_text:
        desk.csv("1.csv", [HEADER, *[[_quoted(c) for c in row] for row in rows]])
    else:
        desk.workbook("1.xlsx", S=[["名册"], HEADER, *rows])
    report = desk.load()
    part = report.parts[0]
    loaded = desk.rows(report, "residents")
    assert part.read == part.loaded + part.merged + part.quarantined
    assert part.loaded == len(loaded) == len({row["row"] for row in loaded})
    assert part.quarantined == sum(part.refusals.values())
    assert sum(part.cell_issues.values()) == len(desk.issues(report))
    assert {row for _, row, _, _ in desk.issues(report)} <= {row["row"] for row in loaded}
    assert all(row["name"] for row in loaded)
    assert part.read >= 5


def _quoted(cell: object) -> str:
    return '"' + str(cell).replace('"', '""') + '"' if cell not in ("", None) else ""


@settings(max_examples=25, deadline=None)
@given(at=st.integers(0, 10**6), new=st.binary(max_size=3), cut=st.integers(0, 3))
def test_a_damaged_file_loads_whole_or_not_at_all(
    tmp_path_factory: pytest.TempPathFactory, at: int, new: bytes, cut: int
) -> None:
    desk = Desk(tmp_path_factory.mktemp("damage"))
    path = desk.workbook("1.xlsx", S=[HEADER, *people(3)])
    content = path.read_bytes()
    at %= len(content)
    path.write_bytes(content[:at] + new + content[at + cut:])
    try:
        report = desk.load()
    except LoadError:
        assert desk.ledger.loads() == []
        assert list(desk.home.loads.iterdir()) == []
    else:
        assert report.read == report.loaded + report.merged + report.quarantined


def test_accounts_that_do_not_balance_are_a_defect() -> None:
    with duckdb.connect() as con:
        for table in ("refused", "merged", "prints"):
            con.execute(f"CREATE TABLE {table} (part INTEGER, row BIGINT, rule VARCHAR)")
        con.execute("INSERT INTO prints VALUES (1, 2, NULL)")
        assert balance(con, [1])[0].loaded == 1
        with pytest.raises(AccountsDoNotBalance):
            balance(con, [2])


def test_written_tables_have_the_columns_of_the_register(desk: Desk) -> None:
    desk.csv("1.csv", [HEADER, *people(2)])
    path = desk.home.load_dir(desk.load().load_id) / "residents.parquet"
    with duckdb.connect() as con:
        described = con.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    assert tuple((name, kind) for name, kind, *_ in described) == TABLES["residents"].columns


def test_the_same_files_of_another_source_are_another_load(tmp_path: Path) -> None:
    file = tmp_path / "机构.csv"
    file.write_text("机构编码,机构名称\nZF,镇政府\n", encoding="utf-8")
    home = Home(tmp_path / "data")
    ids = [load(home, Ledger(home), [file], provider=name).load_id for name in ("", "甲", "乙", "甲")]
    assert len(set(ids)) == 3
    assert ids[1] == ids[3]
