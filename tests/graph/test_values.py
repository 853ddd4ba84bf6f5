from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.register import TABLES, Field, FieldKind
from graph.values import (
    BadValue,
    area_prefix,
    clean,
    clean_area,
    clean_date,
    clean_id_number,
    clean_key,
    clean_name,
    clean_phone,
    id_check_digit,
    mask_id_number,
    mask_phone,
    token,
)


@pytest.mark.parametrize(("written", "kept"), [
    ("2024-03-05", "2024-03-05"), ("2024/3/5", "2024-03-05"), ("20240305", "2024-03-05"), ("2024年3月5日", "2024-03-05"),
    ("2024.3.5", "2024-03-05"), ("45356", "2024-03-05"), ("45356.0", "2024-03-05"), ("２０２４－０３－０５", "2024-03-05"),
    ("2019/2/28 11:25:05", "2019-02-28T11:25:05"), ("2024-03-05 00:00:00", "2024-03-05"),
    ("20240305143000", "2024-03-05T14:30:00"), ("45356.5", "2024-03-05T12:00:00"),
    ("2024年3月", "2024-03"), ("2024-03", "2024-03"), ("202403", "2024-03"), ("1976", "1976"), ("1976年", "1976"),
])
def test_dates_keep_their_honest_precision(written: str, kept: str) -> None:
    assert clean_date(written) == kept


@pytest.mark.parametrize("written", ["2023-02-29", "2024-13-01", "2024-00-10", "明天", "3/5", "2024-3-5-7", "99991399"])
def test_days_that_do_not_exist_are_refused(written: str) -> None:
    with pytest.raises(BadValue):
        clean_date(written)


def number(first17: str) -> str:
    return first17 + id_check_digit(first17)


def test_id_numbers_of_the_standard_are_accepted() -> None:
    assert clean_id_number("11010519491231002X") == "11010519491231002X"  # the example of GB 11643-1999
    assert clean_id_number("11010519491231002x") == "11010519491231002X"
    assert clean_id_number("１１０１０５１９４９１２３１００２Ｘ") == "11010519491231002X"


def test_fifteen_digits_are_upgraded() -> None:
    assert clean_id_number("110105491231002") == "11010519491231002X"


@pytest.mark.parametrize(("written", "rule"), [
    ("3.20311E+17", "id_number.float"), ("1.101011990030778e+17", "id_number.float"), ("110105194912310021", "id_number.check"),
    ("1101051949123100", "id_number.form"), ("99010519491231002X", "id_number.province"),
    ("11010519490231002X", "id_number.date"), ("张三", "id_number.form"),
])
def test_broken_id_numbers_are_refused_by_a_named_rule_without_the_value(written: str, rule: str) -> None:
    with pytest.raises(BadValue) as refused:
        clean_id_number(written)
    assert refused.value.rule == rule
    assert written not in str(refused.value)


@given(st.integers(0, 998), st.integers(1930, 2020), st.integers(1, 12), st.integers(1, 28), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(serial: int, year: int, month: int, day: int, place: int, shift: int) -> None:
    good = number(f"330199{year}{month:02d}{day:02d}{serial:03d}")
    assert clean_id_number(good) == good
    bad = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1:]
    with pytest.raises(BadValue):
        clean_id_number(bad)


@pytest.mark.parametrize(("written", "kept"), [
    ("138 0000 0101", "13800000101"), ("+86-13800000101", "13800000101"), ("13800000101.0", "13800000101"),
    ("0571-88880000", "057188880000"), ("88880000", "88880000"), ("12345", "12345"),
])
def test_phones(written: str, kept: str) -> None:
    assert clean_phone(written) == kept


@pytest.mark.parametrize("written", ["1.38E+10", "123", "138000001", "电话"])
def test_broken_phones_are_refused(written: str) -> None:
    with pytest.raises(BadValue):
        clean_phone(written)


def test_names_lose_their_inner_spaces_and_keep_the_dot() -> None:
    assert clean_name(" 张　三 ") == "张三"
    assert clean_name("阿依古丽•买买提") == "阿依古丽·买买提"
    assert clean_name("John Smith") == "John Smith"


def test_keys_and_areas() -> None:
    assert clean_key("188006.0") == "188006"
    assert clean_area("330199") == "330199000000"
    assert clean_area("330199101201001") == "330199101201001"
    assert [area_prefix(c) for c in ("330000000000", "330100000000", "330199000000", "330199101000", "330199101201")] == [
        "33", "3301", "330199", "330199101", "330199101201",
    ]


def test_empty_cells_are_nothing() -> None:
    field = Field("born_on", FieldKind.DATE)
    assert [clean(field, text) for text in (None, "", " ", "-", "无", "NULL", "　")] == [None] * 7


@given(st.text(max_size=30), st.sampled_from([f for t in TABLES.values() for f in t.fields]))
def test_any_text_is_cleaned_or_refused_and_never_crashes(text: str, field: Field) -> None:
    try:
        clean(field, text)
    except BadValue as refused:
        assert refused.rule


def test_tokens_depend_on_the_key_and_hide_the_value() -> None:
    assert token("13800000101", "a") != token("13800000101", "b")
    assert len(token("13800000101", "a")) == 16


def test_masks_show_little() -> None:
    assert mask_id_number("11010519491231002X") == "110105********002X"
    assert mask_phone("13800000101") == "138****0101"
    assert mask_phone("88880000") == "******00"


@pytest.mark.parametrize("written", ["inf", "-Infinity", "1e999", "三"])
def test_what_is_no_finite_number_is_refused(written: str) -> None:
    for kind in (FieldKind.INT, FieldKind.NUMBER, FieldKind.SIZE):
        with pytest.raises(BadValue):
            clean(Field("size", kind), written)
