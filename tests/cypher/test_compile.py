"""Question text to engine text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypher.compile import compile, statements
from cypher.dialects import DIALECTS, LADYBUG, NEO4J, Dialect
from cypher.tokens import InvalidText


def test_visible_is_true_unless_a_predicate_is_given() -> None:
    assert compile("MATCH (n:Person) WHERE visible(n) RETURN n.id AS id", LADYBUG) == (
        "MATCH (n:Person) WHERE true RETURN n.id AS id"
    )


def test_a_predicate_is_told_the_variable_and_its_label() -> None:
    text = "MATCH (n:@id)-[e:KNOWS]->(m:`Case`)-[:AT]->(x) WHERE visible(n) AND visible(m) AND visible(x) RETURN n.id AS id"
    seen = []
    compile(text, NEO4J, labels={"id": "Person"}, visible=lambda variable, label: seen.append((variable, label)) or "true")
    assert seen == [("n", "Person"), ("m", "Case"), ("x", "")]


def test_the_label_of_a_variable_is_the_one_of_its_own_branch() -> None:
    text = "MATCH (n:Person) WHERE visible(n) RETURN n.id AS id UNION MATCH (n:Place) WHERE visible(n) RETURN n.id AS id"
    assert "see Person" in (compiled := compile(text, LADYBUG, visible=lambda _, label: f"see {label}"))
    assert "see Place" in compiled


def test_area_and_kinds() -> None:
    text = "WHERE within(n) RETURN kind(n) AS kind, edge(e) AS edge"
    assert compile(text, LADYBUG) == (
        "WHERE ($area = '' OR n.area_code STARTS WITH $area) RETURN label(n) AS kind, label(e) AS edge"
    )
    assert compile(text, NEO4J).endswith("RETURN labels(n)[0] AS kind, type(e) AS edge")


def test_days_run_from_the_first_to_the_second() -> None:
    assert compile("RETURN days(a.x, left(b.y, 10)) AS d", NEO4J) == (
        "RETURN duration.inDays(date(CASE WHEN size(a.x) >= 10 THEN left(a.x, 10) END), "
        "date(CASE WHEN size(left(b.y, 10)) >= 10 THEN left(left(b.y, 10), 10) END)).days AS d"
    )
    ladybug = compile("RETURN days(a.x, b.y) AS d", LADYBUG)
    assert ladybug.index("b.y") < ladybug.index(" - ") < ladybug.index("a.x")


@pytest.mark.parametrize("dialect", [LADYBUG, NEO4J])
def test_the_matter_of_a_day_is_looked_up_only_where_it_was_another_before(dialect: Dialect) -> None:
    text = compile("RETURN matter_of(c, $day) AS m", dialect)
    assert text.startswith("RETURN (CASE WHEN c.matter_history IS NULL THEN coalesce(c.matter_id, c.id) ELSE ")
    assert compile("RETURN standing(c.matter_history, $day) AS m", dialect)[len("RETURN ") : -len(" AS m")] in text


def test_the_order_of_a_walk_is_said_only_where_it_must_be() -> None:
    text = "MATCH (a)-[e]->(b)\nin_order(a, e, b)\nRETURN a.id AS id"
    assert "HINT ((a JOIN e) JOIN b)" in compile(text, LADYBUG)
    assert compile(text, NEO4J).split() == ["MATCH", "(a)-[e]->(b)", "RETURN", "a.id", "AS", "id"]


@pytest.mark.parametrize("kept", ["'visible(n)'", '"within(n)"', "n.kind", "`edge`(n)"])
def test_strings_properties_and_quoted_names_are_left_alone(kept: str) -> None:
    assert compile(f"RETURN {kept} AS x", LADYBUG) == f"RETURN {kept} AS x"


def test_comments_do_not_reach_the_engine() -> None:
    assert "secret" not in compile("RETURN 1 AS x // secret visible(", LADYBUG)


def test_nested_calls_are_expanded_inside_out() -> None:
    assert "left(label(n), 10)" in compile("RETURN days(kind(n), 'x') AS d", LADYBUG)


@pytest.mark.parametrize("text", ["visible()", "visible(a, b)", "days(a)", "visible(a", "RETURN 'open", "in_order(a,)"])
def test_text_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InvalidText):
        compile(text, LADYBUG)


def test_a_label_is_quoted() -> None:
    assert compile("MATCH (n:@id {id: $id})", LADYBUG, labels={"id": "Case"}) == "MATCH (n:`Case` {id: $id})"


@given(st.text(max_size=20).filter(lambda s: not (s.isascii() and s.isalpha() and s[:1].isupper())))
def test_nothing_but_a_label_passes_as_a_label(hostile: str) -> None:
    with pytest.raises(InvalidText):
        compile("MATCH (n:@id) RETURN n.id AS id", LADYBUG, labels={"id": hostile})


def test_a_branch_about_another_label_is_left_out() -> None:
    text = "MATCH (p:Person {id: $who}) RETURN p.id AS id UNION MATCH (p:Place {id: $who}) RETURN p.id AS id"
    assert compile(text, LADYBUG, labels={"who": "Place"}) == "MATCH (p:Place {id: $who}) RETURN p.id AS id"
    assert compile(text, LADYBUG).split() == text.split()
    assert compile(text, LADYBUG, labels={"who": "Thing"}).startswith("MATCH (p:Person")


def test_the_branches_of_a_union_are_run_apart_where_that_is_faster() -> None:
    text = "MATCH (p:Person {id: $who}) RETURN p.id AS id UNION MATCH (q:Place) WHERE within(q) RETURN q.id AS id"
    apart = statements(text, LADYBUG)
    assert [sorted(one.params) for one in apart] == [["who"], ["area"]]
    assert not any("UNION" in one.text for one in apart)
    (whole,) = statements(text, NEO4J)
    assert whole.text == compile(text, NEO4J)
    assert whole.params == {"who", "area"}


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS.keys())
def test_compiled_text_holds_no_pseudo_function(dialect) -> None:  # type: ignore[no-untyped-def]
    text = "MATCH (n:@id) WHERE visible(n) AND within(n) in_order(n) RETURN kind(n) AS k, edge(e) AS e, days(a, b) AS d"
    compiled = compile(text, dialect, labels={"id": "Person"})
    assert not any(f"{name}(" in compiled for name in ("visible", "within", "kind", "edge", "days", "in_order"))
