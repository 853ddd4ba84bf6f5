"""Numbers that stand for people are masked in free text, in Python and in SQL alike."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.masking import hide_numbers
from graph.model import MODEL
from tests.county import load_and_build
from tests.ingest.desk import id_number

_PIECES = st.one_of(
    st.sampled_from([
        id_number(1), id_number(2).lower(), id_number(1)[:6] + id_number(1)[8:17], "13800138000", "19912345678", "，", " ", "\n",
        "电话", "A", "x", "1", "330199101202001", "3301991012010100001",
    ]),
    st.text("0123456789X-，张", max_size=6), st.text("0123456789", min_size=10, max_size=20),
)
_TEXTS = st.lists(_PIECES, max_size=8).map("".join)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(files("graph.build").joinpath("sql", "01_names.sql").read_text(encoding="utf-8"))
        yield connection


@settings(max_examples=500, deadline=None)
@given(text=_TEXTS)
def test_sql_and_python_hide_the_same(con: duckdb.DuckDBPyConnection, text: str) -> None:
    assert con.execute("SELECT hide_numbers(?)", [text]).fetchone() == (hide_numbers(text),)


def test_what_is_hidden_and_what_is_not() -> None:
    number = id_number(1)
    assert hide_numbers(f"本人{number}，电话13800138000。") == f"本人{number[:6]}********{number[-4:]}，电话138****8000。"
    assert hide_numbers(f"{number},{number},13800138000 13800138001").count("*") == 24
    for plain in ("地块3301991012010100001", "信访件202411061234567890123", "XF13800138000", "区划330199109902001"):
        assert hide_numbers(plain) == plain


def test_no_node_tells_a_number_that_stands_in_a_text(tmp_path: Path) -> None:
    files = {
        "信访件.csv": "信访件编号,信访人姓名,信访日期,标题,内容\nX1,张三,2024-01-02,{0}的来信,本人{0}电话{1}\n",
        "流程.csv": "信访件编号,处置环节,处理时间,处理意见\nX1,登记,2024-01-02,已电话{1}联系{0}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text.format(id_number(1), "13800138000"), encoding="utf-8")
    _, build = load_and_build(tmp_path / "data", tmp_path)
    told = "".join(str(pq.read_table(build.node_file(MODEL.node(label))).to_pylist()) for label in ("Case", "Step"))
    assert told.count(id_number(1)[:6]) == 3
    assert [secret for secret in (id_number(1), "13800138000") if secret in told] == []
