"""Checks every question must pass: with itself when it is loaded, with a model when one is at hand.

The model comes as plain mappings, label or edge type to property names: this room knows no resident and no case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from string import Formatter

from cypher import anatomy
from cypher.compile import PSEUDO_FUNCTIONS, compile
from cypher.dialects import DIALECTS
from cypher.question import InvalidQuestion, Part, Question
from cypher.tokens import Token, solid, tokenise

WRITING = frozenset((
    "CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "DROP", "ALTER", "LOAD", "CALL", "COPY", "EXPORT",
    "IMPORT", "INSTALL", "UNINSTALL", "UPDATE", "ATTACH", "FOREACH", "INSERT", "BEGIN", "COMMIT", "ROLLBACK",
    "CHECKPOINT", "USE", "GRANT", "EXPLAIN", "PROFILE",
))
"""Words that do more than read."""
FUNCTIONS = frozenset((
    "count", "sum", "collect", "min", "max", "size", "left", "coalesce", "properties", "nodes", "rels", "relationships",
    "length", "range",
)) | frozenset(PSEUDO_FUNCTIONS)
"""All functions a text may call: what both engines have, and what one engine needs in its own text."""


def check(question: Question) -> None:
    """Raise InvalidQuestion for the first contradiction within a question, InvalidText for text that cannot be read."""
    for part in question.parts:
        for text in part.all_texts:
            _check_text(question, part, text)
        _check_found(part)
        _check_references(part)
    _check_params(question)


def _check_text(question: Question, part: Part, text: str) -> None:
    where = f"part {part.name}"
    tokens = solid(tokenise(text))
    if unknown := sorted(anatomy.calls(text) - FUNCTIONS):
        raise InvalidQuestion(f"{where}: function {unknown[0]} is not allowed")
    for before, token in zip([Token("symbol", ";"), *tokens], tokens, strict=False):
        if token.text in (";", "\\") or (token.is_word(*WRITING) and before.text not in (".", ":")):
            raise InvalidQuestion(f"{where}: {token.text} is not allowed, a question only reads")
    for branch in anatomy.branches(text):
        if text != part.found and anatomy.returned(branch) != [c.name for c in part.columns]:
            raise InvalidQuestion(f"{where}: returns {anatomy.returned(branch)}, not the columns as declared")
    _check_visible(where, text)
    labels = dict.fromkeys(anatomy.label_parameters(text), "Label")
    for dialect in DIALECTS.values():
        compile(text, dialect, labels=labels)
    known = {p.name for p in question.params} | {p.bound_as for p in question.params} | {"party"}
    if strange := sorted(set(labels) - known):
        raise InvalidQuestion(f"{where}: label parameter {strange[0]} is not declared")


def _check_found(part: Part) -> None:
    """What is found is used, and all its branches give the same columns."""
    given = {tuple(anatomy.returned(branch)) for branch in anatomy.branches(part.found)} if part.found else set()
    if len(given) > 1:
        raise InvalidQuestion(f"part {part.name}: the branches of what is found give different columns")
    if ("found" in anatomy.parameters(part.text)) != bool(part.found):
        raise InvalidQuestion(f"part {part.name}: $found and `// found: {part.name}` need each other")


def _check_visible(where: str, text: str) -> None:
    """Every node of every branch must be subject to what the caller may see."""
    for branch in anatomy.branches(text):
        seen = anatomy.arguments(branch, "visible")
        for pattern in anatomy.nodes(branch):
            if not pattern.variable:
                raise InvalidQuestion(f"{where}: a node pattern has no variable, so visible() cannot be asked of it")
            if pattern.variable not in seen:
                raise InvalidQuestion(f"{where}: visible({pattern.variable}) is missing")


def _check_references(part: Part) -> None:
    names = [c.name for c in part.columns]
    if len(set(names)) != len(names):
        raise InvalidQuestion(f"part {part.name}: a column is declared twice")
    fields = [field for _, field, _, _ in Formatter().parse(part.sentence) if field is not None]
    uses: dict[str, Sequence[str]] = {
        "evidence": part.evidence, "order": [name for name, _ in part.order], "sentence": fields,
        "one_per": part.one_per,
    }
    for where, used in uses.items():
        for name in used:
            if name not in names:
                raise InvalidQuestion(f"part {part.name}: {where} names {name!r}, which is no column of it")
    for name in part.evidence:
        if part.column(name).type not in ("id", "ids", "path"):
            raise InvalidQuestion(f"part {part.name}: evidence {name!r} holds no ids")


def _check_params(question: Question) -> None:
    declared = {p.bound_as: p for p in question.params}
    if strange_names := sorted(set(question.needs) - {p.name for p in question.params if not p.required}):
        raise InvalidQuestion(f"needs: {strange_names[0]} is no parameter that may be left out")
    used = {name for part in question.parts for name in part.uses} - {"found"}
    rules = {f"law_{kind}" for kind in question.law}
    if idle := sorted(rules - used):
        raise InvalidQuestion(f"the rules ${idle[0]} are declared but not used")
    used -= rules
    if idle := sorted(set(question.beside) - used):
        raise InvalidQuestion(f"the list ${idle[0]} is declared but not used")
    used -= set(question.beside)
    free = {"party"} if any(p.type == "parties" for p in question.params) else set()
    named = {p.bound_as for p in question.params if p.type == "rule"}
    said = {name for name in used if name.rpartition("_")[0] in named}
    used = (used - said) | {name.rpartition("_")[0] for name in said}
    if missing := sorted(used - declared.keys() - free):
        raise InvalidQuestion(f"${missing[0]} is used but not declared")
    if free & used:
        used |= {p.bound_as for p in question.params if p.type == "parties"}
    columns = {"", "rows", *(c.name for c in question.main.columns)}
    if strange := [p for p in question.params if p.cuts not in columns or (p.cuts and p.type != "int")]:
        raise InvalidQuestion(f"parameter {strange[0].name} cuts {strange[0].cuts!r}, which is no column of the main part")
    if idle := sorted(name for name in declared.keys() - used if declared[name].cuts != "rows"):
        raise InvalidQuestion(f"parameter {declared[idle[0]].name} is declared but not used")


def check_against(
    question: Question, labels: Mapping[str, Collection[str]], edges: Mapping[str, Collection[str]]
) -> None:
    """Raise InvalidQuestion when a text names a label, an edge type or a property that the model does not have."""
    for part in question.parts:
        for text in part.all_texts:
            for problem in _strange_names(question, text, labels, edges):
                raise InvalidQuestion(f"{question.name}, part {part.name}: {problem}")


def _strange_names(
    question: Question, text: str, labels: Mapping[str, Collection[str]], edges: Mapping[str, Collection[str]]
) -> Iterator[str]:
    offered: dict[str, set[str]] = {}
    tokens = tokenise(text)
    patterns = [(p, labels, "label") for p in anatomy.nodes(tokens)]
    patterns += [(p, edges, "edge") for p in anatomy.edges(tokens)]
    for pattern, known, what in patterns:
        names = [name for given in pattern.names for name in _resolved(question, given)]
        for name in names:
            if name not in known:
                yield f"the model has no {what} {name}"
        owned = {p for name in names or known for p in known.get(name, ())}
        if names or pattern.variable not in offered:
            offered.setdefault(pattern.variable, set()).update(owned)
        for key in pattern.keys:
            if key not in owned:
                yield f"{'|'.join(names) or what} has no property {key}"
    for variable, name in anatomy.properties(text):
        if variable in offered and name not in offered[variable]:
            yield f"{variable} has no property {name}"


def _resolved(question: Question, given: str) -> tuple[str, ...]:
    """A label as written, or the labels its parameter may have."""
    if not given.startswith("@"):
        return (given,)
    owners = [p for p in question.params if given[1:] in (p.name, p.bound_as)] or list(question.params)
    return owners[0].of if owners else ()
