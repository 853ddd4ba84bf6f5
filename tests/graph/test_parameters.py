"""Parameters as people type them."""

from __future__ import annotations

import pytest

from cypher.library import shipped
from graph.errors import WrongParameter
from graph.parameters import bind

QUESTIONS = {question.name: question for question in shipped().listed}


def test_parties_may_be_typed_with_the_signs_of_a_chinese_keyboard() -> None:
    plain, wide = (
        bind(QUESTIONS["prior_disputes"], {"parties": text}).parties
        for text in ("name=张三;phone=13800000001,r:1", "name＝张三；phone=13800000001，r:1")
    )
    assert plain == wide
    assert (plain[0].name, plain[0].phone, plain[1].id) == ("张三", "13800000001", "r:1")


@pytest.mark.parametrize(("name", "given", "says"), [
    ("repeat_petitioners", {"min_count": "-1"}, "不能小于"), ("neighbours", {"id": "r:1", "limit": "999"}, "应在 1 至 500"),
    ("prior_disputes", {"parties": "r:1"}, "用逗号隔开"),
])
def test_a_value_out_of_bounds_is_told_with_the_bounds(name: str, given: dict[str, str], says: str) -> None:
    with pytest.raises(WrongParameter, match=says) as refused:
        bind(QUESTIONS[name], given)
    assert "  " not in str(refused.value)
