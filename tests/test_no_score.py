"""People are never scored: no number about a person is named or made like a score, and no list of people is ordered by a number.

Walks the model, every question's columns and order, the answers of random graphs (which columns really hold people), the HTTP
interface's schema and what it says of a person. A number that may stand in a row with a person needs a line in `ALLOWED` with the
reason; an order by a number needs a line in `RANKED` that says what is ranked. Whoever adds one here answers for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from api.app import create_app
from cypher.library import load as load_library
from cypher.question import Part, Question
from graph.errors import AskError
from graph.model import MODEL
from graph.opening import DEFAULT_ID_KEY, open_store
from graph.readers import FixedReaders
from graph.schema import Kind
from graph.store import Store
from tests.county import load_and_build
from tests.engines import Embedded
from tests.factory import build_of
from tests.random_asking import asks
from tests.random_county import random_county

LIBRARY = load_library()
PEOPLE = {"Resident", "Official"}
PREFIXES = tuple(f"{MODEL.node(label).prefix}:" for label in sorted(PEOPLE))
NUMBERS = ("int", "float")
LIKE_A_SCORE = re.compile(
    r"(^|_)(scores?|risk|rank|ranking|level|weight|count|rating|grade|danger|dangerous|priority|points|credit|index|likelihood|severity)(_|\Z)"
)
OF_TWO = "it belongs to a pair of records that may be one person, not to a person"
OF_MATTER = "registrations of one matter that stayed unresolved"
OF_CASE = "it belongs to a case and its handling; the official is named as who handled it"
OF_DUTY = "cases in an official's charge, a measure of how duties were done; the rows stand in the order of ids"
OF_NOBODY = {"hub_over": "the operator's threshold of a hub, the same figure on every hub of a build"}
"""Properties of people that are numbers and say nothing about the person, with the reason."""
ALLOWED = {
    "pending_identities/main.cases_a": OF_TWO, "pending_identities/main.cases_b": OF_TWO,
    "pending_identities/main.cases_joined": OF_TWO, "pending_identities/main.same_matters": OF_TWO,
    "repeat_petitioners/main.certain": OF_MATTER, "repeat_petitioners/main.possible": OF_MATTER, "repeat_households/main.certain": OF_MATTER,
    "neighbours/main.hop": "how far from what was asked about, always 1", "paths/main.length": "steps of a path between two things",
    "neighbours/counts.things": "how many edges of a kind, so that a cut list is seen to be cut",
    "person/links.things": "how many edges of a kind, so that a cut list is seen to be cut",
    "official/links.things": "how many edges of a kind, so that a cut list is seen to be cut",
    "responsibility_chain/main.seq": OF_CASE, "responsibility_chain/main.days": OF_CASE,
    "responsibility_chain/upward.level": "how many steps above the unit that owns the case",
    "overdue_cases/main.days_over": OF_CASE, "case_clocks/main.days_used": OF_CASE, "case_clocks/main.days_left": OF_CASE,
    "leader_load/main.*": OF_DUTY, "linked_disputes/main.hub_over": "the operator's threshold of a hub, equal for everybody",
    "timeline/main.days": "days without a record around a case",
}
"""Question/part.column, or `*` for a part's numbers → why this number may stand in a row with a person."""
RANKED = {
    "pending_identities/main": "pair", "repeat_petitioners/main": "matter", "repeat_households/main": "matter", "joint_matters/main": "matter",
    "timeliness/main": "Organ", "organ_performance/main": "Organ", "repeat_causes/main": "Organ", "first_petition_quality/main": "Organ",
    "area/cases": "Case", "overdue_cases/main": "Case", "handoffs/main": "Case", "ownerless/main": "Case", "dispute_clusters/main": "Case",
    "responsibility_chain/main": "step", "responsibility_chain/upward": "Organ", "paths/main": "path", "load_issues/main": "file",
    "unresolved_references/main": "file",
}
"""Question/part that is ordered by a number → what is put in order. Never a person: a test below checks the word."""
RANKABLE = {"Case", "matter", "Organ", "step", "path", "pair", "file"}
KEYS = {"repeat_petitioners/main": "case_ids", "repeat_households/main": "case_ids", "pending_identities/main": "b_id", "timeliness/main": "case_ids",
        "responsibility_chain/main": "step_id", "responsibility_chain/upward": "organ_id", "paths/main": "node_ids"}
"""The evidence column that shows what is ranked."""

PARTS: list[tuple[Question, Part]] = [(question, part) for question in LIBRARY.listed for part in question.parts]


def name_of(question: Question, part: Part) -> str:
    return f"{question.name}/{part.name}"


def numbers(part: Part) -> set[str]:
    return {column.name for column in part.columns if column.type in NUMBERS}


def unexplained(question: Question, part: Part) -> set[str]:
    """The numbers of a part that have no reason to stand beside a person."""
    name = name_of(question, part)
    return set() if f"{name}.*" in ALLOWED else {column for column in numbers(part) if f"{name}.{column}" not in ALLOWED}


def test_no_property_of_a_person_is_a_number_or_sounds_like_a_score() -> None:
    for label in PEOPLE:
        for prop in MODEL.node(label).properties:
            if prop.name in OF_NOBODY:
                continue
            assert prop.kind not in (Kind.INT, Kind.FLOAT), f"{label}.{prop.name}"
            assert not LIKE_A_SCORE.search(prop.name), f"{label}.{prop.name}"


def test_an_edge_at_a_person_has_no_number_but_the_likeness_of_a_pair() -> None:
    """`POSSIBLY_SAME.score` says how alike two records are; it is about neither person, merges nothing and is drawn in no file."""
    found = {
        f"{edge.name}.{prop.name}" for edge in MODEL.edges for prop in edge.properties
        if any(PEOPLE & set(ends) for ends in edge.ends) and (prop.kind in (Kind.INT, Kind.FLOAT) or LIKE_A_SCORE.search(prop.name))
    }
    assert found == {"POSSIBLY_SAME.score"}
    assert MODEL.edge("POSSIBLY_SAME").ends == (("Resident", "Resident"),)


def test_no_column_sounds_like_a_score() -> None:
    """`level` is that of an organ or area, or a step upward in the chain of responsibility."""
    sounding = {f"{name_of(q, part)}.{c.name}" for q, part in PARTS for c in part.columns if LIKE_A_SCORE.search(c.name)}
    assert sounding <= {"area/main.level", "organ/main.level", "responsibility_chain/upward.level"}


def test_every_reason_is_about_a_number_that_is_there() -> None:
    there = {f"{name_of(q, part)}.{column}" for q, part in PARTS for column in numbers(part)}
    known = {q.name for q in LIBRARY.listed}
    stale = [name for name in ALLOWED if name.partition("/")[0] in known and not name.endswith("*") and name not in there]
    assert stale == []


def test_what_is_summed_up_of_a_person_has_no_unexplained_number() -> None:
    for question, part in PARTS:
        if question.params and question.params[0].of and set(question.params[0].of) <= PEOPLE:
            assert unexplained(question, part) == set(), name_of(question, part)


def test_what_is_ordered_by_a_number_is_named_and_is_no_person() -> None:
    assert set(RANKED.values()) <= RANKABLE
    for question, part in PARTS:
        name = name_of(question, part)
        ordered = [column for column, _ in part.order if column in numbers(part)]
        assert not ordered or name in RANKED, f"{name} is ordered by {ordered}: say in RANKED what is put in order"
        if ordered and name in KEYS:
            assert KEYS[name] in part.evidence, f"{name}: a ranking shows what it rests on"
        if name in RANKED and ordered:
            assert part.evidence or not any(c.type in ("id", "ids") for c in part.columns), f"{name}: a ranking shows what it rests on"


def test_no_pseudonym_for_a_person_is_ranked_by_descending_truths() -> None:
    """`order: [-both]` may sort pairs; a list of people is in the order of names, ids or cases."""
    for question, part in PARTS:
        truths = {c.name for c in part.columns if c.type == "bool"}
        falling = {column for column, descending in part.order if descending and column in truths}
        assert not falling or name_of(question, part) in RANKED, name_of(question, part)


def people_in(value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return any(isinstance(one, str) and one.startswith(PREFIXES) for one in values)


def test_no_row_that_really_holds_a_person_has_an_unexplained_number() -> None:
    """Random graphs are asked every question; wherever the id of a person comes back, the numbers beside it have a reason."""
    beside: dict[str, set[str]] = {}

    @settings(max_examples=3, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(seed=st.integers(0, 2**32), data=st.data())
    def look(seed: int, data: st.DataObject) -> None:
        with TemporaryDirectory() as folder:
            nodes, edges = random_county(seed, 12)
            engine = Embedded()
            engine.publish(build_of(Path(folder), nodes, edges, latest_day="2024-12-31"))
            with engine.reader() as reader:
                store = Store(FixedReaders(reader), id_key=DEFAULT_ID_KEY, timeout=120.0)
                for question in LIBRARY.listed:
                    for _ in range(3):
                        ask = data.draw(asks(question, nodes), question.name)
                        note(store, question, ask.params)

    def note(store: Store, question: Question, params: Any) -> None:
        try:
            answer = store.ask(question.name, **params)
        except AskError:
            return
        for name, table in answer.parts.items():
            if any(people_in(value) for row in table.rows for value in row.values()):
                beside.setdefault(f"{question.name}/{name}", set()).update(unexplained(question, table.part))

    look()
    assert len(beside) > 12, "people were found in hardly any answer, so nothing was tested"
    assert {name: found for name, found in beside.items() if found} == {}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home, _ = load_and_build(tmp_path_factory.mktemp("noscore"))
    with open_store(home.root) as store, TestClient(create_app(store)) as opened:
        yield opened


def names_in(schema: Any) -> Iterator[str]:
    """Every parameter, property and operation a schema names."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}) if isinstance(schema.get("properties"), dict) else ()
        yield from (one["name"] for one in schema.get("parameters", ()) if "name" in one)
        yield from [schema["operationId"]] if "operationId" in schema else []
        for value in schema.values():
            yield from names_in(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from names_in(value)


def test_the_schema_of_the_interface_names_no_score(client: TestClient) -> None:
    found = set(names_in(client.get("/api/v1/openapi.json").json()))
    assert len(found) > 40
    assert {name for name in found if LIKE_A_SCORE.search(name)} <= {"min_count"}, "min_count asks how often a matter came back"


def numbers_in(document: Any, path: str = "") -> Iterator[str]:
    """Where numbers stand in a JSON document; places in lists are left out."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield from numbers_in(value, f"{path}.{key}")
    elif isinstance(document, list):
        for value in document:
            yield from numbers_in(value, path)
    elif isinstance(document, (int, float)) and not isinstance(document, bool):
        yield path.lstrip(".")


def test_what_the_interface_says_of_a_person_holds_no_number(client: TestClient) -> None:
    (person,) = client.get("/api/v1/search", params={"text": "陈志明", "kinds": "Resident"}).json()["rows"]
    assert set(numbers_in(client.get(f"/api/v1/entities/{person['id']}").json()["properties"])) == set()
    summary = client.get(f"/api/v1/entities/{person['id']}/summary").json()
    found = set(numbers_in({"rows": summary["rows"], "parts": summary["parts"]}))
    assert found == {"parts.links.rows.things"}
    assert set(numbers_in(client.get("/api/v1/entities/f:G09").json()["properties"])) == set()


def test_people_found_are_in_the_order_of_name_and_id(client: TestClient) -> None:
    rows = client.get("/api/v1/search", params={"text": "陈", "kinds": "Resident"}).json()["rows"]
    assert len(rows) > 2
    assert [(row["name"], row["id"]) for row in rows] == sorted((row["name"], row["id"]) for row in rows)
