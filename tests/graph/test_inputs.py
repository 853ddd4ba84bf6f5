"""What a build reads: loads of an earlier version of the register stay readable."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from graph.build.run import build_graph
from tests.ingest.desk import Desk


def test_a_load_older_than_a_column_is_read_with_that_column_empty(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    report = desk.load(desk.csv("信访件.csv", [["信访件编号", "信访人", "信访日期"], ["X1", "李小明", "2024-01-01"]]))
    file = desk.home.load_dir(report.load_id) / "petitions.parquet"
    file.chmod(0o644)
    pq.write_table(pq.read_table(file).drop_columns(["own_number", "timeliness"]), file)
    with desk.home.writer():
        build, _ = build_graph(desk.home, desk.ledger)
    (case,) = pq.read_table(build.path / "nodes" / "Case.parquet").to_pylist()
    assert (case["id"], case["number"], case["timeliness"]) == ("c:X1", "X1", None)
