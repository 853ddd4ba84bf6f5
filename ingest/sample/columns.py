"""Columns of text built by numpy and Arrow, a million rows at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.integer[Any]]
Bytes = npt.NDArray[np.uint8]
Days = npt.NDArray[np.datetime64]


def digits(numbers: Ints, width: int) -> Bytes:
    """The decimal digits of each number as ASCII, one row a number, filled with zeros on the left."""
    rest = numbers.astype(np.int64)
    out = np.empty((len(rest), width), np.uint8)
    for place in range(width - 1, -1, -1):
        out[:, place] = rest % 10 + ord("0")
        rest //= 10
    return out


def letters(texts: list[str], pick: Ints) -> Bytes:
    """Row i holds the ASCII bytes of `texts[pick[i]]`; all texts are equally long."""
    table = np.frombuffer("".join(texts).encode("ascii"), np.uint8).reshape(len(texts), -1)
    return table[pick]


def fixed(*parts: Bytes) -> Any:
    """A string array, each value the bytes of one row of the parts set side by side."""
    matrix = np.ascontiguousarray(np.hstack(parts))
    count, width = matrix.shape
    offsets = np.arange(count + 1, dtype=np.int32) * np.int32(width)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(matrix))


def numerals(numbers: Ints) -> Any:
    """Each number as text without leading zeros."""
    return pc.cast(pa.array(numbers), pa.string())


def join(*parts: Any) -> Any:
    """String arrays and constants put together row by row; an empty (null) part makes the row empty."""
    return pc.binary_join_element_wise(*parts, "")


def picked(texts: list[str], pick: Ints) -> Any:
    """`texts[pick[i]]` in each row."""
    return pa.array(texts, pa.string()).take(pa.array(pick))


def only(mask: npt.NDArray[np.bool_], values: Any) -> Any:
    """The values where the mask is true, empty elsewhere."""
    return pc.if_else(pa.array(mask), values, pa.scalar(None, values.type))


def rank_within(keys: Ints) -> npt.NDArray[np.int64]:
    """For each row, how many earlier rows have the same key: 0 for the first."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    place = np.arange(len(keys), dtype=np.int64)
    begins = np.ones(len(keys), bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    rank = np.empty(len(keys), np.int64)
    rank[order] = place - np.maximum.accumulate(np.where(begins, place, 0))
    return rank
