"""The pseudo-functions about days, asked of both engines' languages where they run without a graph."""

from __future__ import annotations

import pytest

from cypher.compile import compile
from cypher.dialects import DIALECTS


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_a_period_includes_its_first_and_last_day(dialect: object) -> None:
    text = compile("RETURN during(e, $as_of) AS x", dialect)  # type: ignore[arg-type]
    assert "e.since, '') <= $as_of" in text
    assert "e.until >= left($as_of, size(e.until))" in text


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_what_came_later_is_not_known(dialect: object) -> None:
    text = compile("RETURN by_then(c.closed_on, $d) AS a, known(c.closed_on, $d) AS b", dialect)  # type: ignore[arg-type]
    assert "left(coalesce(c.closed_on, ''), 10) <= $d" in text
    assert "CASE WHEN left(c.closed_on, 10) <= $d THEN left(c.closed_on, 10) ELSE '' END" in text


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_words_stand_on_a_day_that_both_engines_are_given(dialect: object) -> None:
    text = compile("RETURN standing(c.faults, $as_of) AS x", dialect)  # type: ignore[arg-type]
    assert "coalesce(c.faults, '')" in text
    assert "$as_of" in text
    assert "standing(" not in text
