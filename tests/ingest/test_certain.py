"""What SQL calls certainly clean is exactly what `graph.values.clean` makes of it."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.register import Field, FieldKind
from graph.values import BadValue, clean
from ingest.certain import CERTAIN
from tests.ingest.desk import id_number

_DIGITS = st.text("0123456789", min_size=1, max_size=21)
_TRICKY = st.text(
    "0123456789-:/. TeExX张无空不详知\u3000\u00a0\u200b\ufeff\u2003\x1c\x85\nＡ１nulaNoe年月日+'", min_size=1, max_size=24
)
_DATES = st.builds(
    "{:04d}-{:02d}-{:02d}{}{:02d}:{:02d}:{:02d}".format, st.integers(1700, 2300), st.integers(0, 13), st.integers(0, 32),
    st.sampled_from([" ", "T", ""]), st.integers(0, 25), st.integers(0, 61), st.integers(0, 61),
)
_DAYS = st.dates().map(str)
_ID_NUMBERS = st.builds(
    id_number, st.integers(0, 999), st.dates().map(lambda d: d.strftime("%Y%m%d").zfill(8)), st.sampled_from(["330127", "990101"])
)
_TEXTS = st.one_of(st.text(min_size=1, max_size=30), _TRICKY, _DIGITS, _DATES, _DAYS, _ID_NUMBERS, st.just("无\u200b\u200b\u200b\u200b"))


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize("kind", list(CERTAIN))
@settings(max_examples=300, deadline=None)
@given(texts=st.lists(_TEXTS, min_size=1, max_size=20))
def test_a_certain_cell_is_what_clean_makes_of_it(
    con: duckdb.DuckDBPyConnection, kind: FieldKind, texts: list[str]
) -> None:
    texts = [text for text in texts if "\0" not in text]
    form = CERTAIN[kind]
    query = f"SELECT v, {form.result('v')} FROM (SELECT unnest(?::VARCHAR[]) AS v) WHERE {form.test('v')}"
    for text, value in con.execute(query, [texts]).fetchall():
        assert clean(Field("f", kind), text) == value


@pytest.mark.parametrize(("kind", "text"), [
    (FieldKind.ID_NUMBER, id_number(7)), (FieldKind.PHONE, "13800138000"), (FieldKind.DATE, "2024-03-05"),
    (FieldKind.DATE, "2024-03-05 14:30:00"), (FieldKind.DATE, "2024-03-05T00:00:00"), (FieldKind.NAME, "张三"),
    (FieldKind.KEY, "XF2024-0001"), (FieldKind.AREA, "330127101203"), (FieldKind.TEXT, "反映宅基地与邻居的边界"),
    (FieldKind.NUMBER, "1200"), (FieldKind.SIZE, "1.01"),
])
def test_the_usual_forms_are_certain(con: duckdb.DuckDBPyConnection, kind: FieldKind, text: str) -> None:
    assert con.execute(f"SELECT {CERTAIN[kind].test('v')} FROM (SELECT ? AS v)", [text]).fetchone() == (True,)


@settings(max_examples=300, deadline=None)
@given(text=_TEXTS, kind=st.sampled_from([k for k in FieldKind if k is not FieldKind.CODE]))
def test_clean_refuses_with_a_rule_and_without_the_value(text: str, kind: FieldKind) -> None:
    try:
        clean(Field("f", kind), text)
    except BadValue as refused:
        assert refused.rule
        assert len(text) < 6 or text not in str(refused)
