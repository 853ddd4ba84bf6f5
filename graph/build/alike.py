"""How alike two texts are: the pairs of characters they share, counted as often as they occur.

The score is the cosine of Ochiai, |A ∩ B| / √(|A|·|B|), over multisets of neighbouring characters. It depends on the two
texts and on nothing else in the graph, so a later load never changes an earlier verdict. rapidfuzz counts what is shared.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

_GAP = re.compile(r"[\W_]+")
_ROOM, _FIRST = 1_000_003, 0x10000
_MOST = 8
"""A pair that occurs more often counts so often."""
_SHINGLE, _SKETCH = 6, 6


def encode(text: str) -> str:
    """The pairs of a text as characters in order, one for each occurrence, so that comparing is fast."""
    units = _units(text)
    if len(units) < 2:
        return ""
    first, second = units[:-1], units[1:]
    pairs = np.sort((first * 0x110000 + second)[(first != 32) & (second != 32)])
    if not len(pairs):
        return ""
    nth = np.arange(len(pairs)) - np.searchsorted(pairs, pairs)
    pairs, nth = pairs[nth < _MOST], nth[nth < _MOST]
    codes = np.sort((pairs * 31 + nth * 7919) % _ROOM + _FIRST)
    return codes.astype("<u4").tobytes().decode("utf-32-le")


def sketch(text: str) -> list[int]:
    """A few numbers made of runs of six characters; nearly equal texts share one almost surely, others hardly ever."""
    units = _units(_GAP.sub("", text))
    if len(units) < _SHINGLE:
        return [int(x) for x in units[:1]]
    total = np.zeros(len(units) - _SHINGLE + 1, dtype=np.uint64)
    for place in range(_SHINGLE):
        total = total * np.uint64(1_099_511_628_211) + units[place:place + len(total)].astype(np.uint64)
    total ^= total >> np.uint64(29)
    total *= np.uint64(0xBF58476D1CE4E5B9)
    return [int(x) for x in np.unique(total >> np.uint64(2))[:_SKETCH]]


def alike(left: Sequence[str], right: Sequence[str]) -> list[float]:
    """For each place of two lists of encoded texts how alike they are, 0 … 1."""
    from rapidfuzz.distance import LCSseq
    from rapidfuzz.process import cpdist

    shared = cpdist(left, right, scorer=LCSseq.similarity, workers=-1)
    return [
        round(float(count) / math.sqrt(len(a) * len(b)), 4) if a and b else 0.0
        for count, a, b in zip(shared, left, right, strict=True)
    ]


def _units(text: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The characters of a text as numbers; whatever is no letter or digit is one gap."""
    return np.frombuffer(_GAP.sub(" ", text).encode("utf-32-le"), dtype="<u4").astype(np.int64)
