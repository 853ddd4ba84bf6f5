"""Question text to engine text: pseudo-functions and labels of parameters are replaced, everything else stays.

    visible(x)      what the caller may see of x; `true` unless a predicate is given
    within(x)       x lies in the area the question is asked about (`$area`, a prefix of division codes)
    kind(x)         the label of a node
    edge(e)         the type of an edge
    during(e, d)    edge e, with `since` and `until` (both included), holds on day d
    by_then(a, d)   ISO text a is missing or no later than day d
    known(a, d)     the day of ISO text a when it is no later than day d, else ''
    standing(t, d)  the words of text t that stand on day d, each `word`, `word@since` or `word@since@until` (`until` not included)
    matter_of(c, d) the matter of case c on day d: the earliest case of those that were one matter by then
    days(a, b)      whole days from ISO text a to ISO text b, null when one is missing or less precise than a day
    in_order(a, …)  after WHERE: walk the pattern's nodes and edges in this order, where the engine must be told
    (n:@id)         the label that the value of parameter `id` belongs to

Values never pass through here: they travel as parameters. Labels do, and only names that look like labels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cypher.dialects import Dialect
from cypher.tokens import InvalidText, Token, closing, joined, solid, split, tokenise

Visible = Callable[[str, str], str]
"""A predicate's text for (variable, label); the label is '' where the text leaves it open."""

PSEUDO_FUNCTIONS = {
    "visible": 1, "within": 1, "kind": 1, "edge": 1, "days": 2, "during": 2, "by_then": 2, "known": 2, "standing": 2, "matter_of": 2,
    "in_order": 0,
}
"""Each pseudo-function and how many arguments it takes; 0 means any number."""

_LABEL = re.compile(r"[A-Z][A-Za-z]*\Z")
_WITHIN = "($area = '' OR {0}.area_code STARTS WITH $area)"
_DURING = (
    "(coalesce({0}.since, '') <= {1} AND (coalesce({0}.until, '') = '' OR {0}.until >= left({1}, size({0}.until))))"
)
_BY_THEN = "(left(coalesce({0}, ''), 10) <= {1})"
_KNOWN = "(CASE WHEN left({0}, 10) <= {1} THEN left({0}, 10) ELSE '' END)"
_MATTER_OF = "(CASE WHEN {{0}}.matter_history IS NULL THEN coalesce({{0}}.matter_id, {{0}}.id) ELSE {0} END)"


def all_visible(_variable: str, _label: str) -> str:
    """The predicate of a caller who may see everything."""
    return "true"


def compile(
    text: str, dialect: Dialect, *, labels: Mapping[str, str] | None = None, visible: Visible = all_visible
) -> str:
    """Text an engine accepts; raises InvalidText.

    `labels` maps parameters to the labels of their values: it gives the label of `:@name`, and a branch of a UNION
    that looks for `(x:Label {id: $name})` among things of another label is left out, since it would find nothing.
    """
    return "\nUNION\n".join(_expanded(text, dialect, labels, visible))


@dataclass(frozen=True, slots=True)
class Statement:
    """Text an engine accepts, and the parameters that it takes."""

    text: str
    params: frozenset[str]


def statements(
    text: str, dialect: Dialect, *, labels: Mapping[str, str] | None = None, visible: Visible = all_visible
) -> tuple[Statement, ...]:
    """A text as the statements to run, whose rows are to be united: the branches of a UNION one by one where the
    engine plans a long UNION anew each time, else the whole. Raises InvalidText."""
    branches = _expanded(text, dialect, labels, visible)
    texts = branches if dialect.unions_apart else ["\nUNION\n".join(branches)]
    return tuple(Statement(t, frozenset(token.name for token in tokenise(t) if token.kind == "param")) for t in texts)


def _expanded(text: str, dialect: Dialect, labels: Mapping[str, str] | None, visible: Visible) -> list[str]:
    known = labels or {}
    return [_Expansion(dialect, known, visible).run(branch).strip() for branch in _possible(tokenise(text), known)]


def _possible(tokens: Sequence[Token], labels: Mapping[str, str]) -> list[list[Token]]:
    """The branches of a UNION without those that cannot find anything; one always stays."""
    branches = split(tokens, "UNION")
    return [branch for branch in branches if not _impossible(solid(branch), labels)] or branches[:1]


def _impossible(branch: Sequence[Token], labels: Mapping[str, str]) -> bool:
    """Whether it begins with `MATCH (x:Label {id: $name})` and the value of `name` has another label."""
    if len(branch) < 10 or not branch[0].is_word("MATCH") or branch[3].text != ":":
        return False
    label, key, parameter = branch[4].name, branch[6].name, branch[8].name
    return key == "id" and bool(label) and labels.get(parameter, label) != label


class _Expansion:
    def __init__(self, dialect: Dialect, labels: Mapping[str, str], visible: Visible) -> None:
        self._templates = {
            "within": _WITHIN, "during": _DURING, "by_then": _BY_THEN, "known": _KNOWN, "kind": dialect.kind, "edge": dialect.edge,
            "days": dialect.days, "standing": dialect.standing,
            "matter_of": _MATTER_OF.format(dialect.standing.replace("{0}", "{0}.matter_history")),
        }
        self._hints = dialect.hints
        self._labels = labels
        self._visible = visible
        self._label_of: dict[str, str] = {}

    def run(self, tokens: Sequence[Token]) -> str:
        out: list[str] = []
        index = 0
        while index < len(tokens):
            if is_call(tokens, index) and tokens[index].text in PSEUDO_FUNCTIONS:
                end = closing(tokens, index + 1)
                out.append(self._call(tokens[index].text, tokens[index + 2 : end]))
                index = end + 1
            elif label_parameter(tokens, index):
                out.append(f":`{self._label(tokens[index + 2].text)}`")
                index += 3
            else:
                self._remember(tokens, index)
                out.append(tokens[index].text)
                index += 1
        return "".join(out)

    def _call(self, name: str, inside: Sequence[Token]) -> str:
        arguments = [self.run(part).strip() for part in split(inside, ",")]
        if len(arguments) != (PSEUDO_FUNCTIONS[name] or len(arguments)) or not all(arguments):
            raise InvalidText(f"{name}({joined(inside)}) takes {PSEUDO_FUNCTIONS[name]} argument(s)")
        if name == "in_order":
            return f"HINT {_joins(arguments)}" if self._hints else ""
        if name == "visible":
            return self._visible(arguments[0], self._label_of.get(arguments[0], ""))
        return self._templates[name].format(*arguments)

    def _label(self, parameter: str) -> str:
        label = self._labels.get(parameter, "")
        if not _LABEL.match(label):
            raise InvalidText(f"no label is known for parameter {parameter!r}")
        return label

    def _remember(self, tokens: Sequence[Token], index: int) -> None:
        """Note the label of a pattern's variable, for predicates that depend on it."""
        if tokens[index].text != "(" or index + 1 >= len(tokens) or not (variable := tokens[index + 1].name):
            return
        following = tokens[index + 2 : index + 5]
        if label_parameter(tokens, index + 2):
            self._label_of[variable] = self._labels.get(following[2].text, "")
        elif len(following) > 1 and following[0].text == ":":
            self._label_of[variable] = following[1].name


def _joins(names: Sequence[str]) -> str:
    """`((a JOIN b) JOIN c)` for a, b, c."""
    text = names[0]
    for name in names[1:]:
        text = f"({text} JOIN {name})"
    return text


def is_call(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word at `index` is called: a bracket follows it at once and it is no property or label."""
    return (
        tokens[index].kind == "word"
        and index + 1 < len(tokens)
        and tokens[index + 1].text == "("
        and (index == 0 or tokens[index - 1].text not in (".", ":"))
    )


def label_parameter(tokens: Sequence[Token], index: int) -> bool:
    """Whether `:@name` stands at `index`."""
    return joined(tokens[index : index + 2]) == ":@" and index + 2 < len(tokens) and tokens[index + 2].kind == "word"
