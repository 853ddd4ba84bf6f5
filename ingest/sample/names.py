"""Made-up Chinese names: surnames and given names of faker's zh_CN lists, combined."""

from __future__ import annotations

from functools import cache
from itertools import permutations
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from faker.providers.person.zh_CN import Provider

from ingest.sample.columns import Ints, join

_SINGLE, _LISTED = 0.22, 0.18
"""Shares of given names of one character, and of two characters as listed; the rest joins two single ones."""


@cache
def surnames() -> tuple[str, ...]:
    """All surnames, the most frequent first."""
    ranked = sorted(Provider.last_names.items(), key=lambda item: (-float(item[1]), item[0]))
    return tuple(name for name, _ in ranked)


@cache
def _surname_shares() -> npt.NDArray[np.float64]:
    weights = np.array([float(Provider.last_names[name]) for name in surnames()])
    shares: npt.NDArray[np.float64] = weights / weights.sum()
    return shares


@cache
def given_names() -> tuple[tuple[str, ...], npt.NDArray[np.float64]]:
    """All given names (men's first, then women's) with the share of each inside its own half."""
    names: list[str] = []
    shares: list[float] = []
    for listed in (Provider.first_names_male, Provider.first_names_female):
        single = sorted({name for name in listed if len(name) == 1})
        double = sorted({name for name in listed if len(name) == 2})
        pairs = sorted({a + b for a, b in permutations(single, 2)} - set(double))
        for group, share in ((single, _SINGLE), (double, _LISTED), (pairs, 1 - _SINGLE - _LISTED)):
            names += group
            shares += [share / len(group)] * len(group)
    return tuple(names), np.array(shares)


def draw_surnames(rng: np.random.Generator, count: int) -> npt.NDArray[np.int16]:
    """Indexes into `surnames()`, drawn by their national frequency."""
    return rng.choice(len(surnames()), count, p=_surname_shares()).astype(np.int16)


def draw_given(rng: np.random.Generator, female: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
    """Indexes into the names of `given_names()`, men's and women's names by the mask."""
    _, shares = given_names()
    ends = np.cumsum(shares)
    at = np.searchsorted(ends, rng.random(len(female)) * 0.999999 + female)
    return np.minimum(at, len(shares) - 1).astype(np.int32)


def full_names(surname: Ints, given: Ints) -> Any:
    """A string array of whole names."""
    family = pa.array(surnames()).take(pa.array(surname))
    return join(family, pa.array(given_names()[0]).take(pa.array(given)))
