"""All that differs between the two engines' languages in the text of a question; nothing else differs.

Each text is a template for `str.format`: `{0}` and `{1}` are the arguments of the pseudo-function, already expanded.
"""

from __future__ import annotations

from dataclasses import dataclass

_DAY = "CASE WHEN size({0}) >= 10 THEN left({0}, 10) END"
_FROM, _TO = _DAY, _DAY.replace("{0}", "{1}")
_AS_OF, _WORD, _SINCE, _UNTIL = (f"split_part(w, '@', {nth})" for nth in (1, 2, 3, 4))
_STANDING_LADYBUG = (
    "list_to_string(' ', list_transform(list_filter(string_split({1} + '@' + replace(coalesce({0}, ''), ' ', ' ' + {1} + '@'), ' '), "
    f"w -> {_WORD} <> '' AND {_SINCE} <= {_AS_OF} AND ({_UNTIL} = '' OR {_UNTIL} > {_AS_OF})), w -> {_WORD}))"
)
"""The day stands before every word, for what looks at a word may know nothing else."""
_STANDING_NEO4J = (
    "reduce(found = '', w IN [x IN split(coalesce({0}, ''), ' ') WHERE x <> '' AND coalesce(split(x, '@')[1], '') <= {1}"
    " AND coalesce(split(x, '@')[2], '9999-99') > {1} | split(x, '@')[0]] | found + CASE found WHEN '' THEN '' ELSE ' ' END + w)"
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """One engine's way to say what has no common wording.

    `kind` is the label of a node, `edge` the type of an edge, `days` the whole days from one ISO text to another:
    null when either is null or less precise than a day; `standing` the words of a text that stand on a day. `hints` says
    whether it takes the order of joins; `unions_apart` whether the branches of a UNION are better run one by one.
    """

    name: str
    kind: str
    edge: str
    days: str
    standing: str
    hints: bool
    unions_apart: bool


LADYBUG = Dialect(
    "ladybug", kind="label({0})", edge="label({0})", days=f"(date({_TO}) - date({_FROM}))", hints=True,
    standing=_STANDING_LADYBUG, unions_apart=True,
)
NEO4J = Dialect(
    "neo4j", kind="labels({0})[0]", edge="type({0})", days=f"duration.inDays(date({_FROM}), date({_TO})).days", hints=False,
    standing=_STANDING_NEO4J, unions_apart=False,
)

DIALECTS: dict[str, Dialect] = {dialect.name: dialect for dialect in (LADYBUG, NEO4J)}
"""Both dialects by name."""
