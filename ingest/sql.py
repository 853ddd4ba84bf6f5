"""Names and values inside generated SQL, each through one function."""

from __future__ import annotations

import re

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


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
