"""Query text as tokens, so that nothing is ever replaced inside a string, a comment or a quoted name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
    |(?P<comment>//[^\n]*|/\*.*?\*/)
    |(?P<quoted>`[^`]*`)
    |(?P<param>\$\w+)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<word>\w+)
    |(?P<space>\s+)
    |(?P<symbol>.)""",
    re.VERBOSE | re.DOTALL,
)
_OPEN, _CLOSE = "([{", ")]}"


class InvalidText(ValueError):
    """Query text that cannot be read: an open bracket or string, a pseudo-function with wrong arguments."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text; `kind` is string, comment, quoted, param, number, word, space or symbol."""

    kind: str
    text: str

    @property
    def name(self) -> str:
        """The name of a word, a quoted name or a parameter without its marks, '' for anything else."""
        return self.text.strip("`$") if self.kind in ("word", "quoted", "param") else ""

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, in any case."""
        return self.kind == "word" and self.text.upper() in words


def tokenise(text: str) -> list[Token]:
    """All tokens but comments; joined again they are the text. InvalidText for a string that never ends."""
    tokens = [Token(str(m.lastgroup), m.group()) for m in _TOKEN.finditer(text)]
    if any(t.kind == "symbol" and t.text in "'\"`" for t in tokens):
        raise InvalidText("a quotation mark is not closed")
    return [Token("space", " ") if t.kind == "comment" else t for t in tokens]


def solid(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without white space."""
    return [t for t in tokens if t.kind != "space"]


def closing(tokens: Sequence[Token], start: int) -> int:
    """The index of the bracket that closes the one at `start`; InvalidText when there is none."""
    depth = 0
    for index in range(start, len(tokens)):
        if tokens[index].kind == "symbol":
            depth += (tokens[index].text in _OPEN) - (tokens[index].text in _CLOSE)
            if depth == 0:
                return index
    raise InvalidText("a bracket is not closed")


def split(tokens: Sequence[Token], *separators: str) -> list[list[Token]]:
    """Cut at separators (symbols or keywords) that stand outside all brackets; InvalidText when one stays open."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind == "symbol":
            depth += (token.text in _OPEN) - (token.text in _CLOSE)
        if depth == 0 and (token.text in separators or token.is_word(*separators)):
            parts.append([])
        else:
            parts[-1].append(token)
    if depth:
        raise InvalidText("a bracket is not closed")
    return parts


def joined(tokens: Sequence[Token]) -> str:
    """The text of tokens."""
    return "".join(token.text for token in tokens)
