"""Ten thousand mutations of valid files; `python -m tests.ingest.mutations` makes a hundred thousand."""

from __future__ import annotations

from tests.ingest.mutations import PER_EXAMPLE, SPACES, data_rows, run


def test_ten_thousand_mutations_crash_nothing_and_lose_no_row() -> None:
    count = run(10_000, seed=2024)
    assert count.mutations >= 10_000
    assert count.mutations == count.examples * PER_EXAMPLE
    assert count.refused_files < count.examples / 4
    assert count.rows > 20 * count.examples
    assert count.rules >= {"row.total", "required.missing", "id_number.form", "date.form", "key.form", "code.unknown", "number.form"}


def test_the_rows_that_must_be_accounted_for_are_counted_from_what_was_written() -> None:
    header = ["机构编码", "", "机构名称"]
    grid = [["册"], header, ["A1", "", "甲"], [], ["", SPACES], header, [" 机构编码", "x", "机构名称 "], ["合计", "1"], ["机构编码"]]
    assert data_rows(grid, 1) == 3
