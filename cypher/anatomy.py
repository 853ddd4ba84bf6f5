"""What query text is made of: patterns, parameters, calls, returned columns. Read from tokens, nothing is run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cypher.compile import label_parameter
from cypher.tokens import InvalidText, Token, closing, solid, split, tokenise

_BEFORE_BRACKET = ("MATCH", "WHERE", "AND", "OR", "XOR", "NOT", "IN", "WITH", "WHEN", "THEN", "ELSE", "RETURN", "BY", "AS", "SHORTEST")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A node or edge pattern: `(variable:name|name)` or `[variable:NAME|NAME]`; `@` marks a label parameter."""

    variable: str
    names: tuple[str, ...]
    keys: tuple[str, ...]


def branches(text: str) -> list[list[Token]]:
    """The tokens of every branch of a UNION, in order."""
    return split(tokenise(text), "UNION")


def parameters(text: str) -> frozenset[str]:
    """The parameters a text takes, with those its pseudo-functions bring along and without label parameters."""
    tokens = solid(tokenise(text))
    found = {t.name for t in tokens if t.kind == "param"}
    if any(name == "within" for name in calls(text)):
        found.add("area")
    return frozenset(found)


def label_parameters(text: str) -> frozenset[str]:
    """The parameters whose label the text asks for: `id` in `(n:@id)`."""
    tokens = solid(tokenise(text))
    return frozenset(tokens[i + 2].text for i in range(len(tokens)) if label_parameter(tokens, i))


def calls(text: str) -> frozenset[str]:
    """The names of all functions called, with or without a space before the bracket, in a namespace or not."""
    tokens = solid(tokenise(text))
    return frozenset(a.name for a, b in pairwise(tokens) if b.text == "(" and a.name and not a.is_word(*_BEFORE_BRACKET))


def arguments(branch: Sequence[Token], function: str) -> frozenset[str]:
    """The variables a branch passes alone to a function: x and y of `visible(x) AND visible(y)`."""
    tokens = solid(branch)
    return frozenset(
        tokens[i + 2].name
        for i in range(len(tokens) - 3)
        if tokens[i].text == function and tokens[i + 1].text == "(" and tokens[i + 3].text == ")"
    )


def nodes(tokens: Sequence[Token]) -> Iterator[Pattern]:
    """Every node pattern. A bare variable in brackets is one unless a function's name stands right before it."""
    for i, token in enumerate(tokens):
        called = i > 0 and tokens[i - 1].kind in ("word", "quoted")
        if token.text == "(" and not called:
            inside = solid(tokens[i + 1 : closing(tokens, i)])
            if (pattern := _pattern(inside)) is not None:
                yield pattern


def edges(tokens: Sequence[Token]) -> Iterator[Pattern]:
    """Every edge pattern `-[…]-`, also of paths (`-[e:A* ALL SHORTEST 1..6 (…)]-`)."""
    tokens = solid(tokens)
    for i, token in enumerate(tokens):
        if token.text == "[" and i > 0 and tokens[i - 1].text == "-":
            inside = tokens[i + 1 : closing(tokens, i)]
            star = next((j for j, t in enumerate(inside) if t.text == "*"), len(inside))
            if (pattern := _pattern(inside[:star])) is None:
                raise InvalidText("an edge pattern cannot be read")
            yield pattern


def properties(text: str) -> Iterator[tuple[str, str]]:
    """Every (variable, property) a text reads as `variable.property`."""
    tokens = solid(tokenise(text))
    for before, dot, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if dot.text == "." and before.kind in ("word", "quoted") and after.kind in ("word", "quoted"):
            yield before.name, after.name


def returned(branch: Sequence[Token]) -> list[str]:
    """The columns a branch returns, in order; InvalidText for one without a name."""
    _, *results = split(solid(branch), "RETURN")
    if not results:
        raise InvalidText("there is no RETURN")
    items = split(split(results[-1], "ORDER", "SKIP", "LIMIT")[0], ",")
    return [_alias(item) for item in items]


def _alias(item: Sequence[Token]) -> str:
    if item and item[0].is_word("DISTINCT"):
        item = item[1:]
    if len(item) == 1 and item[0].name:
        return item[0].name
    if len(item) > 2 and item[-2].is_word("AS") and item[-1].name:
        return item[-1].name
    raise InvalidText("every returned column needs a name (AS …)")


def _pattern(inside: Sequence[Token]) -> Pattern | None:
    """A pattern read from what stands between its brackets, None when it is an expression."""
    rest = list(inside)
    variable = rest.pop(0).name if rest and rest[0].name and rest[0].kind != "param" else ""
    names: list[str] = []
    while rest and rest[0].text in (":", "|"):
        if label_parameter(rest, 0):
            names.append("@" + rest[2].text)
            rest = rest[3:]
        elif len(rest) > 1 and rest[1].name:
            names.append(rest[1].name)
            rest = rest[2:]
        else:
            return None
    if not rest or rest[0].is_word("WHERE"):
        return Pattern(variable, tuple(names), ())
    if rest[0].text == "{" and closing(rest, 0) == len(rest) - 1:
        pairs = split(rest[1:-1], ",")
        return Pattern(variable, tuple(names), tuple(pair[0].name for pair in pairs if pair))
    return None
