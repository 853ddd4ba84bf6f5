"""Pairs found in a linkage set, by four ways of looking: precision, recall and F1 against its clusters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pandas as pd

from benchmarks.identity_sets import SETS, Recipe, ours
from graph.machine import open_duckdb

Pair = tuple[str, str]
LIMIT = 0.5
"""A pair counts as one person from this probability on, for Splink's example and ours alike."""
_SAMPLED, _SEED = 2e6, 1


@dataclass(frozen=True, slots=True)
class Quality:
    """What one way found: how many pairs, the share that is right, the share of the truth that is found, and F1.

    `best` is the highest F1 over all limits of the probability, for ways that give one.
    """

    way: str
    pairs: int
    precision: float
    recall: float
    best: float

    @property
    def f1(self) -> float:
        return _f1(self.precision, self.recall)


def measure(folder: Path) -> Iterator[tuple[str, list[Quality]]]:
    """Every set of the folder and what the four ways make of it."""
    for one in SETS:
        frame = one.read(folder)
        truth = _together(frame, ("cluster",))
        exact = set().union(*(_together(frame, columns) for columns in one.exact))
        yield f"{one.name} ({len(frame)} records, {len(truth)} pairs)", [
            _quality("name and birth date equal", _scored(_together(frame, ("whole_name", "born"))), truth),
            _quality("exact rules", _scored(exact), truth),
            _quality("Splink, documented example", _splink(frame, one.documented()), truth),
            _quality("ours", _splink(frame, ours(one)), truth),
        ]


def _together(frame: pd.DataFrame, columns: tuple[str, ...]) -> set[Pair]:
    """All pairs of records that agree in all these columns."""
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in frame[["unique_id", *columns]].itertuples(index=False):
        if all(row[1:]):
            groups[tuple(row[1:])].append(row[0])
    return {pair for ids in groups.values() for pair in combinations(sorted(ids), 2)}


def _scored(pairs: Iterable[Pair]) -> dict[Pair, float]:
    return dict.fromkeys(pairs, 1.0)


def _splink(frame: pd.DataFrame, recipe: Recipe) -> dict[Pair, float]:
    """Every pair with its probability, trained without labels as the documentation does it."""
    from splink import DuckDBAPI, Linker, SettingsCreator

    with open_duckdb(threads=1) as connection:
        api = DuckDBAPI(connection)
        settings = SettingsCreator(
            link_type="dedupe_only", comparisons=list(recipe.comparisons),
            blocking_rules_to_generate_predictions=list(recipe.blocking),
        )
        linker = Linker(api.register(frame.drop(columns=["cluster"])), settings, log_level=None)
        linker.training.estimate_probability_two_random_records_match(list(recipe.sure), recall=recipe.recall)
        linker.training.estimate_u_using_random_sampling(max_pairs=_SAMPLED, seed=_SEED)
        for rule in recipe.passes:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        found = linker.inference.predict(threshold_match_probability=0.01, warning_mode="never")
        rows = connection.execute(
            f"SELECT unique_id_l, unique_id_r, match_probability FROM {found.physical_name}").fetchall()
    return {(min(a, b), max(a, b)): float(probability) for a, b, probability in rows}


def _quality(way: str, scored: dict[Pair, float], truth: set[Pair]) -> Quality:
    above = {pair for pair, probability in scored.items() if probability >= LIMIT}
    right = len(above & truth)
    best, hits = 0.0, 0
    for seen, pair in enumerate(sorted(scored, key=lambda pair: -scored[pair]), start=1):
        hits += pair in truth
        best = max(best, _f1(hits / seen, hits / len(truth)))
    return Quality(way, len(above), right / max(1, len(above)), right / len(truth), best)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
