"""The steps that an expression of a mapping may apply to a value, one after the other.

    split: {by: "（", index: 1}     the n-th piece (from 1; -1 is the last)
    pattern: "^(.+?)街道"           what the one group of a regular expression (RE2) finds
    map: {按期办结: in_time, else: unknown}     another value; without `else` anything else becomes empty
    first: 2   last: 3   slice: [1, 6]   pad: 12     characters; pad fills with zeros on the left

A step that finds nothing gives an empty value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import duckdb

from graph.machine import open_duckdb
from ingest.sql import literal
from ingest.yamlnodes import Item


@dataclass(frozen=True, slots=True)
class Step:
    """SQL in, SQL out; `outcomes` are all values it can give, when they are known beforehand."""

    sql: Callable[[str], str]
    outcomes: tuple[str, ...] = ()


def read_step(key: str, item: Item) -> Step:
    """A step from its YAML; raises MappingError."""
    if key not in _READERS:
        raise item.place.error(f"不认识步骤“{key}”，可用：{'、'.join(_READERS)}", f"unknown step; use {', '.join(_READERS)}")
    return _READERS[key](item)


def _split(item: Item) -> Step:
    entries = item.entries("by", "index")
    by, index = item.need("by", entries).text(), item.need("index", entries).number()
    if not by or index == 0:
        raise item.place.error("by 不能为空，index 从 1 数起", "by must not be empty and index counts from 1")
    return Step(lambda sql: f"nullif(trim(split_part({sql}, {literal(by)}, {index})), '')")


def _pattern(item: Item) -> Step:
    pattern = item.text()
    if not _has_one_group(pattern):
        raise item.place.error("正则表达式应合法（RE2）且恰有一个括号组", "a valid RE2 pattern with exactly one group is needed")
    return Step(lambda sql: f"nullif(regexp_extract({sql}, {literal(pattern)}, 1), '')")


@cache
def _has_one_group(pattern: str) -> bool:
    try:
        groups = re.compile(pattern).groups
        with open_duckdb() as con:
            con.execute("SELECT regexp_extract('', ?)", [pattern])
    except (re.error, duckdb.Error):
        return False
    return groups == 1


def _map(item: Item) -> Step:
    entries = {key: value.text() for key, value in item.entries().items()}
    otherwise = entries.pop("else", "")
    if not entries:
        raise item.place.error("map 至少要有一个对应", "map needs at least one pair")
    cases = " ".join(f"WHEN {literal(key)} THEN {literal(value)}" for key, value in entries.items())
    outcomes = tuple(value for value in (*entries.values(), otherwise) if value)
    return Step(lambda sql: f"nullif(CASE {sql} {cases} ELSE {literal(otherwise)} END, '')", outcomes)


def _positive(item: Item) -> int:
    number = item.number()
    if not 0 < number <= 1000:
        raise item.place.error("应是 1 到 1000 的整数", "a whole number from 1 to 1000 is needed")
    return number


def _slice(item: Item) -> Step:
    ends = [_positive(end) for end in item.items()]
    if len(ends) != 2 or ends[0] > ends[1]:
        raise item.place.error("slice 是 [起, 止]，都从 1 数起", "slice is [first, last], both counted from 1")
    return Step(lambda sql: f"nullif(substr({sql}, {ends[0]}, {ends[1] - ends[0] + 1}), '')")


def _first(item: Item) -> Step:
    number = _positive(item)
    return Step(lambda sql: f"left({sql}, {number})")


def _last(item: Item) -> Step:
    number = _positive(item)
    return Step(lambda sql: f"right({sql}, {number})")


def _pad(item: Item) -> Step:
    number = _positive(item)
    return Step(lambda sql: f"lpad({sql}, greatest(length({sql}), {number})::INTEGER, '0')")


_READERS: dict[str, Callable[[Item], Step]] = {
    "split": _split, "pattern": _pattern, "map": _map, "first": _first, "last": _last, "slice": _slice, "pad": _pad,
}
