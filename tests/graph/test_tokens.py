from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.build.choices import Choices
from graph.build.run import build_graph
from graph.tokens import define_tokens
from graph.values import token
from tests.ingest.desk import Desk, id_number


@pytest.mark.parametrize("key", ["k", "", "钥匙" * 40, "a'b\\x00$1"])
@settings(max_examples=30, deadline=None)
@given(text=st.text(min_size=1, max_size=30).filter(lambda text: "\0" not in text))
def test_a_token_is_the_same_in_sql(key: str, text: str) -> None:
    with duckdb.connect() as connection:
        define_tokens(connection, key)
        assert connection.execute("SELECT token_of(?), token_of(NULL)", [text]).fetchone() == (token(text, key), None)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.load(made.csv("1.csv", [["姓名", "公民身份号码", "联系电话"], ["张三", id_number(1), "13900000001"]]))
    return made


def test_the_build_makes_the_tokens_so_a_new_key_needs_no_new_load(desk: Desk) -> None:
    first, _ = build_graph(desk.home, desk.ledger, choices=Choices(id_key="one"))
    assert build_graph(desk.home, desk.ledger, choices=Choices(id_key="one")) == (first, False)
    second, new = build_graph(desk.home, desk.ledger, choices=Choices(id_key="two"))
    assert new
    for build, key in ((first, "one"), (second, "two")):
        told = duckdb.sql(f"SELECT id, phone_token FROM '{build.path}/nodes/Resident.parquet'").fetchall()
        assert told == [(f"r:{token(id_number(1), key)}", token("13900000001", key))]


def test_a_load_holds_no_token_and_a_build_no_key(desk: Desk) -> None:
    (record,) = desk.ledger.loads()
    columns = duckdb.sql(f"FROM '{desk.home.load_dir(record.load_id)}/residents.parquet'").columns
    assert not [column for column in columns if column.endswith("_token")]
    build, _ = build_graph(desk.home, desk.ledger, choices=Choices(id_key="a key that nobody may read"))
    files = [path for path in build.path.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"a key that nobody" in path.read_bytes()]
    assert "a key that nobody" not in repr(Choices(id_key="a key that nobody may read"))
