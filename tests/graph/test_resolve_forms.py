"""Normal forms of names and addresses: what is one name written two ways, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.resolve.addresses import door_of
from graph.resolve.model import read_model, shipped_model
from graph.resolve.names import all_forms, forms_of


@pytest.mark.parametrize(("name", "pinyin"), [
    ("单小明", "shan xiao ming"), ("仇英", "qiu ying"), ("曾国强", "zeng guo qiang"), ("任家萱", "ren jia xuan"), ("解晓东", "xie xiao dong"),
    ("尉迟恭", "yu chi gong"), ("尉健行", "wei jian xing"), ("万俟卨", "mo qi xie"), ("單小明", "shan xiao ming"), ("区文", "ou wen"),
])
def test_surnames_are_read_as_surnames(name: str, pinyin: str) -> None:
    forms = forms_of(name)
    assert forms is not None
    assert forms.pinyin == pinyin


def test_a_polyphone_is_read_so_only_in_the_surname() -> None:
    one, other = forms_of("王单"), forms_of("单王")
    assert one is not None
    assert other is not None
    assert (one.pinyin, other.pinyin) == ("wang dan", "shan wang")


@pytest.mark.parametrize(("one", "other", "same_key", "same_variant", "same_pinyin"), [
    ("张偉", "张伟", True, True, True), ("王喆", "王哲", False, True, True), ("尤文煇", "尤文辉", False, True, True),
    ("李玮", "李伟", False, False, True), ("李强", "李刚", False, False, False), ("热合曼·阿不都", "热合曼阿不都", True, True, True),
])
def test_ways_of_writing(one: str, other: str, same_key: bool, same_variant: bool, same_pinyin: bool) -> None:
    a, b = forms_of(one), forms_of(other)
    assert a is not None
    assert b is not None
    assert (a.key == b.key, a.variant == b.variant, a.pinyin == b.pinyin) == (same_key, same_variant, same_pinyin)


@pytest.mark.parametrize("name", ["张某", "张*", "张**", "张某某", "张先生", "欧阳女士", "张×"])
def test_a_masked_name_keeps_only_its_surname(name: str) -> None:
    forms = forms_of(name)
    assert forms is not None
    assert (forms.masked, forms.pinyin) == (True, None)
    assert name.startswith(forms.surname)


@pytest.mark.parametrize("name", ["匿名", "未具名", "***", "先生", "某某", " "])
def test_nobody_is_nobody(name: str) -> None:
    assert forms_of(name) is None
    assert all_forms([name]) == []


@given(st.text(max_size=12))
def test_any_text_has_forms_or_none(name: str) -> None:
    forms = forms_of(name)
    assert forms is None or forms.name == name


@pytest.mark.parametrize(("address", "door"), [
    ("枫溪县云岭镇上塘村12号", "上塘村#12"), ("上塘村3组十二号", "上塘村#12"), ("云岭镇上塘村第2村民小组12号", "上塘村#12"),
    ("某市某区中山路一百零五号2幢3单元401室", "中山路#105-2-3-401"), ("上塘村二十三号", "上塘村#23"), ("上塘村１２号", "上塘村#12"),
    ("云岭镇上塘村", None), ("12号", None), ("上塘村二〇号", "上塘村#20"), ("", None),
])
def test_doors(address: str, door: str | None) -> None:
    assert door_of(address) == door


@given(st.text("枫溪县镇村路号组〇零一二三四五六七八九十百0123456789第-", max_size=15))
def test_any_address_has_a_door_or_none(address: str) -> None:
    door = door_of(address)
    assert door is None or "#" in door


def test_the_shipped_model_weighs_every_level_and_says_what_it_was_trained_on() -> None:
    model = shipped_model()
    assert "labelled" in model.trained
    assert model.possible < model.probable
    assert all(0 < m <= 1 and 0 < u <= 1 for levels in model.weights.values() for m, u in levels.values())


def test_a_model_that_weighs_other_levels_is_refused() -> None:
    with pytest.raises(ValueError, match="levels"):
        read_model('{"weights": {"name": {"exact": [0.9, 0.1]}}}')
