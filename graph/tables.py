"""Rows as an engine gives them, made equal on every engine: lists that are sets sorted, empty text and null as null."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from cypher.question import Column, Part


def shape(part: Part, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with exactly the declared columns, values normalised, equal rows once."""
    return distinct({c.name: _value(c, row.get(c.name)) for c in part.columns} for row in rows)


def distinct(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows in their order, equal ones once."""
    return list({repr(row): row for row in rows}.values())


def united(part: Part, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for all with the same values of the columns that the part has one row per.

    Lists read as sets are united, a yes or no is yes only when all are; of the rest the row counts that comes first: with
    the fewest yes, then the shortest path, then in the order of all values.
    """
    if not part.one_per:
        return rows
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(repr([row[name] for name in part.one_per]), []).append(row)
    return [_one(part, group) for group in groups.values()]


def _one(part: Part, group: list[dict[str, Any]]) -> dict[str, Any]:
    flags, paths = ([c.name for c in part.columns if c.type == kind] for kind in ("bool", "path"))
    best = min(group, key=lambda row: (
        [row[name] for name in flags], [len(row[name]) for name in paths], repr([row[c.name] for c in part.columns]),
    ))
    sets = {c.name: sorted({x for row in group for x in row[c.name]}) for c in part.columns if c.type in ("ids", "words")}
    return best | sets | {name: all(row[name] for row in group) for name in flags}


def cut(rows: list[dict[str, Any]], most: int, by: str = "rows") -> list[dict[str, Any]]:
    """At most so many of the rows, the first ones; or so many for each value of the column `by`."""
    seen: Counter[Any] = Counter()
    kept = []
    for row in rows:
        seen[key := row.get(by)] += 1
        if seen[key] <= most:
            kept.append(row)
    return kept


def _value(column: Column, value: Any) -> Any:
    if column.type == "words":
        texts = [value] if isinstance(value, str) else value or []
        return sorted({word for text in texts if text for word in str(text).split()})
    if column.type == "ids":
        return sorted({str(item) for item in value or [] if item})
    if column.type == "path":
        return ["" if item is None else str(item) for item in value or []]
    if column.type in ("id", "text", "date"):
        return value or None
    return value
