"""Question files: what makes a record, and what is refused with which words."""

from pathlib import Path

import pytest

from cypher.library import InvalidQuestion, Library, Question, check_against, load

HEADER = """title: {zh: 熟人, en: Acquaintances}
asks: 谁认识谁？
asks_en: Who knows whom?
params:
  id: {type: id, required: true, of: [Person], zh: 人, en: the person}
  since: {type: date, default: '', zh: 自, en: since}
columns:
  other_id: {type: id, zh: 熟人}
  name: {type: text, zh: 姓名}
rule: know/default@1
for: [api]
evidence: [other_id]
sentence: "认识{name}。"
order: [-name, other_id]
"""
TEXT = """MATCH (p:Person {id: $id})-[e:KNOWS]->(o:Person)
WHERE e.since >= $since AND visible(p) AND visible(o)
RETURN o.id AS other_id, o.name AS name
"""


def write(folder: Path, header: str = HEADER, text: str = TEXT, name: str = "people/acquaintances.cypher") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"/*\n{header}*/\n{text}", encoding="utf-8")
    return folder


def only(library: Library) -> Question:
    (question,) = library.values()
    return question


def test_a_file_becomes_a_record(tmp_path: Path) -> None:
    question = only(load(write(tmp_path)))
    assert (question.name, question.group, question.title_zh, question.rule) == (
        "acquaintances", "people", "熟人", "know/default@1",
    )
    assert [p.name for p in question.params] == ["id", "since"]
    assert question.param("id").required
    assert question.param("id").of == ("Person",)
    assert [c.name for c in question.main.columns] == ["other_id", "name"]
    assert question.main.order == (("name", True), ("other_id", False))
    assert question.main.uses == {"id", "since"}
    assert question.main.text == TEXT.strip()


def test_the_rule_applied_is_the_one_that_was_chosen(tmp_path: Path) -> None:
    header = HEADER.replace("know/default@1", "know/{how}@1").replace("type: date, default: ''", "type: choice, of: [well], default: well")
    question = only(load(write(tmp_path, header.replace("since: {type: choice", "how: {type: choice"), TEXT.replace("$since", "$how"))))
    assert question.rule_applied({"id": "p:1", "how": "well"}) == "know/well@1"


def test_parts_have_their_own_columns_and_parameters(tmp_path: Path) -> None:
    header = HEADER + "parts:\n  counts:\n    columns: {people: {type: int, zh: 人数}}\n"
    counts = "// part: counts\nMATCH (p:Person {id: $id})-[:KNOWS]->(o:Person) WHERE visible(p) AND visible(o)\n"
    question = only(load(write(tmp_path, header, TEXT + counts + "RETURN count(o.id) AS people\n")))
    assert [p.name for p in question.parts] == ["main", "counts"]
    assert question.part("counts").uses == {"id"}


def test_a_sibling_replaces_the_text_of_one_engine(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "people/acquaintances.neo4j.cypher").write_text(TEXT.replace("o.name AS", "o.nick AS"), encoding="utf-8")
    main = only(load(tmp_path)).main
    assert "o.nick" in main.text_for("neo4j")
    assert main.text_for("ladybug") == TEXT.strip()


def test_internal_questions_are_not_offered(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, name="internal/entity.cypher")
    library = load(tmp_path)
    assert set(library) == {"acquaintances", "entity"}
    assert [q.name for q in library.listed] == ["acquaintances"]


def test_parties_are_bound_as_ids_and_may_be_asked_one_by_one(tmp_path: Path) -> None:
    header = HEADER.replace("id: {type: id, required: true, of: [Person]", "people: {type: parties, of: [Person]")
    text = TEXT.replace("{id: $id}", "{id: $party}").replace("WHERE", "WHERE o.id IN $ids AND")
    question = only(load(write(tmp_path, header, text)))
    assert question.param("people").bound_as == "ids"
    assert question.main.per_party


def test_a_parameter_with_a_reserved_name_is_bound_as_another(tmp_path: Path) -> None:
    header = HEADER.replace("since: {type: date,", "'on': {type: date, as: day,")
    question = only(load(write(tmp_path, header, TEXT.replace("$since", "$day"))))
    assert question.param("on").bound_as == "day"


def test_all_choices_are_the_default_where_it_says_so(tmp_path: Path) -> None:
    header = HEADER.replace("since: {type: date, default: ''", "since: {type: choices, default: all, of: [old, new]")
    question = only(load(write(tmp_path, header, TEXT.replace("e.since >= $since", "e.since IN $since"))))
    assert question.param("since").default == ["old", "new"]


BAD_TEXTS = {
    "a parameter nobody declared": ("$since", "$until", r"\$until is used but not declared"),
    "a parameter nobody uses": ("e.since >= $since AND ", "", "since is declared but not used"),
    "a column too few": (", o.name AS name", "", "not the columns as declared"),
    "columns in another order": ("o.id AS other_id, o.name AS name", "o.name AS name, o.id AS other_id", "as declared"),
    "a column without a name": ("o.name AS name", "o.name", "needs a name"),
    "no result": ("RETURN", "WITH", "no RETURN"),
    "a node nobody may be hidden from": (" AND visible(o)", "", r"visible\(o\) is missing"),
    "a node without a variable": ("(o:Person)", "(:Person)-[:KNOWS]->(o:Person)", "no variable"),
    "an empty node": ("(o:Person)", "()-[:KNOWS]->(o:Person)", "no variable"),
    "a node in between without a variable": (
        "-[e:KNOWS]->(o:Person)", "(()-[e:KNOWS WHERE e.since > '']->(q WHERE visible(q))){1,6}(o:Person)", "no variable",
    ),
    "a hidden node in between": (
        "-[e:KNOWS]->(o:Person)", "((n WHERE n.name = '')-[e:KNOWS]->(q WHERE visible(q))){1,6}(o:Person)", r"visible\(n\) is missing",
    ),
    "a hidden node inside EXISTS": (
        "WHERE", "WHERE EXISTS { MATCH (o)-[:KNOWS]->(q:Person) } AND", r"visible\(q\) is missing",
    ),
    "a write": ("WHERE", "SET o.name = 'x' WITH o, e, p WHERE", "SET is not allowed"),
    "a write in small letters": ("WHERE", "detach delete o WITH o, e, p WHERE", "detach is not allowed"),
    "a procedure": ("MATCH", "CALL db.labels() MATCH", "is not allowed"),
    "a file": ("MATCH", "LOAD FROM 'x.csv' MATCH", "LOAD is not allowed"),
    "a function nobody allowed": ("o.name AS name", "apoc.load.json(o.name) AS name", "function"),
    "a function with a space before its bracket": ("o.name AS name", "read_csv ('x') AS name", "read_csv is not allowed"),
    "a quoted function": ("o.name AS name", "`dbms.x`(o.name) AS name", "function dbms.x"),
    "a second statement": ("AS name\n", "AS name;\n", "; is not allowed"),
    "an escape that could spell anything": ("WHERE", "\\u0053ET o.name = 'x' WITH o, e, p WHERE", "is not allowed"),
    "an open bracket": ("visible(p)", "visible(p", "not closed"),
    "an open string": ("$since", "$since + 'x", "quotation mark"),
    "another column in a branch": (
        "AS name\n", "AS name\nUNION MATCH (o:Person) WHERE visible(o) RETURN o.id AS other_id, o.nick AS nick\n", "as declared",
    ),
    "a branch that hides nobody": (
        "AS name\n", "AS name\nUNION MATCH (o:Person) RETURN o.id AS other_id, o.name AS name\n", r"visible\(o\) is missing",
    ),
    "a label of an unknown parameter": ("(p:Person", "(p:@who", "label parameter who"),
    "an undeclared part": ("MATCH", "// part: more\nMATCH", "not both declared and written"),
}


@pytest.mark.parametrize(("old", "new", "words"), BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
def test_a_wrong_text_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in TEXT
    with pytest.raises(InvalidQuestion, match=words):
        load(write(tmp_path, text=TEXT.replace(old, new, 1)))


BAD_HEADERS = {
    "not YAML": ("params:\n", "params: {\n", r"line \d+"),
    "an unknown key": ("rule:", "rules:", "unknown key 'rules'"),
    "an unknown parameter key": ("en: since", "fr: depuis", "parameter since has an unknown key"),
    "an unknown parameter type": ("type: date", "type: day", "'day' is none of"),
    "an unknown column type": ("type: text", "type: string", "'string' is none of"),
    "neither default nor required": ("default: '', zh: 自", "zh: 自", "default or required"),
    "both default and required": ("default: ''", "default: '', required: true", "default or required"),
    "a default of another type": ("default: ''", "default: 3", "the default is no date"),
    "a choice without choices": ("type: date, default: ''", "type: choice, default: a", "none of"),
    "evidence that is no column": ("evidence: [other_id]", "evidence: [edge_id]", "evidence names 'edge_id'"),
    "evidence that is no id": ("evidence: [other_id]", "evidence: [name]", "holds no ids"),
    "a sentence about no column": ("认识{name}", "认识{nick}", "sentence names 'nick'"),
    "an order by no column": ("order: [-name", "order: [-age", "order names 'age'"),
    "an audience nobody knows": ("for: [api]", "for: [press]", "'?press'? is none of"),
    "a rule about no parameter": ("know/default", "know/{how}", "rule: {how}"),
    "a rule about a parameter that is no choice": ("know/default", "know/{since}", "rule: {since}"),
    "a name YAML reads as something else": ("  name: {type", "  on: {type", "put it in quotes"),
}


@pytest.mark.parametrize(("old", "new", "words"), BAD_HEADERS.values(), ids=BAD_HEADERS.keys())
def test_a_wrong_header_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in HEADER
    with pytest.raises(InvalidQuestion, match=words) as caught:
        load(write(tmp_path, HEADER.replace(old, new, 1)))
    assert "people/acquaintances.cypher" in str(caught.value)


def test_a_file_without_a_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "people/plain.cypher").write_text(TEXT, encoding="utf-8")
    with pytest.raises(InvalidQuestion, match="must begin with"):
        load(tmp_path)


def test_a_name_is_used_once(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, name="places/acquaintances.cypher")
    with pytest.raises(InvalidQuestion, match="taken by group people"):
        load(tmp_path)


@pytest.mark.parametrize("name", ["acquaintances.oracle.cypher", "friends.neo4j.cypher"])
def test_a_sibling_that_nothing_reads_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path)
    (tmp_path / "people" / name).write_text(TEXT, encoding="utf-8")
    with pytest.raises(InvalidQuestion, match="belongs to no question"):
        load(tmp_path)


LABELS = {"Person": ["id", "name"]}
EDGES = {"KNOWS": ["id", "since"]}


def test_a_question_that_fits_the_model_passes(tmp_path: Path) -> None:
    check_against(only(load(write(tmp_path))), LABELS, EDGES)


@pytest.mark.parametrize(("old", "new", "words"), [
    ("(o:Person)", "(o:Persona)", "no label Persona"),
    (":KNOWS", ":KNEW", "no edge KNEW"),
    ("o.name AS", "o.nick AS", "o has no property nick"),
    ("e.since", "e.until", "e has no property until"),
    ("{id: $id}", "{key: $id}", "Person has no property key"),
])
def test_names_the_model_does_not_have_are_found(tmp_path: Path, old: str, new: str, words: str) -> None:
    question = only(load(write(tmp_path, text=TEXT.replace(old, new))))
    with pytest.raises(InvalidQuestion, match=words):
        check_against(question, LABELS, EDGES)
