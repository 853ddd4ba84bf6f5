"""Every shipped question against the model: what it names exists, what it offers is complete."""

from itertools import pairwise

import pytest

from cypher import anatomy
from cypher.compile import compile
from cypher.dialects import DIALECTS
from cypher.library import Question, check_against, load
from cypher.tokens import tokenise
from graph.model import MODEL

LIBRARY = load()
LABELS = {n.label: {p.name for p in n.properties} for n in MODEL.nodes}
EDGES = {e.name: {p.name for p in e.properties} for e in MODEL.edges}

every = pytest.mark.parametrize("question", LIBRARY.values(), ids=LIBRARY.keys())
every_listed = pytest.mark.parametrize("question", LIBRARY.listed, ids=[q.name for q in LIBRARY.listed])


def test_the_headline_questions_are_there() -> None:
    assert {
        "repeat_petitioners", "repeat_households", "linked_disputes", "dispute_clusters", "disputes_on_parcel", "agreements_of", "prior_disputes", "responsibility_chain",
        "responsible_on", "timeliness", "neighbours", "paths", "search", "person", "household", "case", "parcel",
        "official", "organ", "area",
    } <= {q.name for q in LIBRARY.listed}


@every
def test_it_names_only_what_the_model_has(question: Question) -> None:
    check_against(question, LABELS, EDGES)


@every
def test_it_compiles_for_every_engine(question: Question) -> None:
    for part in question.parts:
        labels = dict.fromkeys(anatomy.label_parameters(part.text), "Resident")
        for name, dialect in DIALECTS.items():
            assert compile(part.text_for(name), dialect, labels=labels)


@every
def test_case_is_always_quoted(question: Question) -> None:
    """`Case` is a word of the embedded engine's language."""
    for part in question.parts:
        for text in (part.text, *part.texts.values()):
            tokens = tokenise(text)
            assert not [a for a, b in pairwise(tokens) if a.text == ":" and b.text == "Case"]


@every_listed
def test_it_is_described_in_both_languages(question: Question) -> None:
    assert question.title_zh
    assert question.title_en
    assert question.asks_zh
    assert question.asks_en
    assert question.audience
    assert all(p.zh and p.en for p in question.params)
    assert all(c.zh for part in question.parts for c in part.columns)


@every_listed
def test_rows_have_one_order_on_every_engine(question: Question) -> None:
    """Some id, or all columns of a count, must decide between rows, or a cut would depend on the engine."""
    for part in question.parts:
        if part.order:
            ordered = {name for name, _ in part.order}
            kinds = {part.column(name).type for name in ordered}
            assert kinds & {"id", "path"} or ordered >= {c.name for c in part.columns if c.type == "text"}, part.name


@every_listed
def test_no_column_rates_a_person(question: Question) -> None:
    for part in question.parts:
        assert not {c.name for c in part.columns} & {"score", "risk", "rank", "danger"}, part.name


@every
def test_labels_and_edge_kinds_it_offers_exist(question: Question) -> None:
    for param in question.params:
        if param.type in ("id", "ids", "parties"):
            assert set(param.of) <= set(LABELS), param.name
        elif param.name == "kinds" and question.group == "explore":
            assert set(param.of) <= set(EDGES) | set(LABELS)


@every_listed
def test_ids_and_phones_are_not_searchable_text(question: Question) -> None:
    """Only the internal look-up of parties touches tokens; no listed question compares them."""
    for part in question.parts:
        read = {name for _, name in anatomy.properties(part.text)}
        assert question.name == "person" or not read & {"phone_token", "id_number", "phone"}


def test_a_neighbour_may_be_of_any_kind() -> None:
    assert set(LIBRARY["neighbours"].param("kinds").of) == set(EDGES)
