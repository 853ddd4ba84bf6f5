"""Names and values inside generated SQL, each through one function."""

from __future__ import annotations

import re

from graph.values import EMPTY

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_BLANKS = "' \t\r\n\u3000\u00a0\ufeff'"


def name(identifier: str) -> str:
    """A relation or column name that this package made up itself, quoted."""
    if not _NAME.match(identifier):
        raise ValueError(f"no name for SQL: {identifier!r}")
    return f'"{identifier}"'


def literal(text: str) -> str:
    """A text value as a SQL string; the only way a text from outside gets into a statement."""
    if "\0" in text:
        raise ValueError("a text with a NUL character is no SQL string")
    return "'" + text.replace("'", "''") + "'"


ALL_FIRST = f"LIMIT {1 << 60}"
"""At the end of an inner query: the database works it out before it applies the conditions of the outer one."""

NOTHING = ", ".join(literal(text) for text in sorted(EMPTY))
"""The texts that say nothing, as a list of SQL strings."""


def said(column: str) -> str:
    """The trimmed text of a cell, NULL for one that says nothing."""
    trimmed = f"trim({column}, {_BLANKS})"
    return f"CASE WHEN lower({trimmed}) IN ({NOTHING}) THEN NULL ELSE {trimmed} END"
