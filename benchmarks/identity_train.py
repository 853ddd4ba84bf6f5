"""Train the model of identity on the labelled doubles of made-up counties: m and u by Splink, then the thresholds."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.identity_county import Counted, Judged, counted, judged, scored, write_county
from graph.resolve.candidates import tiers
from graph.resolve.comparisons import COMPARISONS, FREQUENCY, splink_settings
from graph.resolve.model import ResolveModel

TRAINED_ON = ((40_000, 6_000, 101), (40_000, 6_000, 102))
"""(residents, doubles, seed) of the counties that teach; others measure."""
_PRIOR = 1 / 40_000
_LEAST_M, _LEAST_U = 0.005, 1e-7
_PRECISION, _RECALL, _LOWEST, _NINETY_NINE = 0.995, 0.965, -40.0, 6.6
_ONE_IN_FIVE = -2.0
_PAIRS = 2e7


def train() -> ResolveModel:
    """The model: weights of the first county, thresholds where the second one's probable pairs are precise enough."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        homes = [write_county(where / str(seed), residents, doubles, seed) for residents, doubles, seed in TRAINED_ON]
        with counted(where / str(TRAINED_ON[0][2]), homes[0], everybody=True, threads=1) as county:
            weights = _weights(county)
        draft = ResolveModel("identity@1", _PRIOR, _LOWEST, _LOWEST, 3.0, weights, "")
        with counted(where / str(TRAINED_ON[1][2]), homes[1], threads=1) as county:
            scored(county, draft)
            tiers(county.connection, draft)
            return _with_thresholds(draft, county)


def _weights(county: Counted) -> dict[str, dict[str, tuple[float, float]]]:
    from splink import DuckDBAPI, Linker

    labels = sorted(county.truth.wanted)
    county.connection.register("label_rows", pa.table({
        "unique_id_l": [a for a, _ in labels], "unique_id_r": [b for _, b in labels]}))
    county.connection.execute("CREATE TABLE labels AS SELECT * FROM label_rows")
    api = DuckDBAPI(county.connection)
    linker = Linker(api.register("identity_records"), splink_settings({}, _PRIOR), log_level=None, validate_settings=False)
    linker.table_management.register_term_frequency_lookup(api.register("identity_frequency"), FREQUENCY)
    linker.training.estimate_u_using_random_sampling(max_pairs=_PAIRS, seed=7)
    linker.training.estimate_m_from_pairwise_labels("labels")
    learned: dict[str, Any] = linker.misc.save_model_to_json()
    return {
        comparison.name: {level.key: _rounded(said) for level, said in zip(comparison.levels, told, strict=True)}
        for comparison, told in ((c, _levels(learned, c.name)) for c in COMPARISONS)
    }


def _levels(learned: dict[str, Any], name: str) -> list[dict[str, Any]]:
    comparison = next(c for c in learned["comparisons"] if c["output_column_name"] == name)
    return [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]


def _rounded(level: dict[str, Any]) -> tuple[float, float]:
    """(m, u), never so small that one level alone decides because it was not met in training."""
    m, u = (level.get(key) for key in ("m_probability", "u_probability"))
    return (float(f"{max(m or 0.0, _LEAST_M):.3g}"), float(f"{max(u or 0.0, _LEAST_U):.3g}"))


def _with_thresholds(draft: ResolveModel, county: Counted) -> ResolveModel:
    """`possible` is the highest whole weight that finds enough, but not below one in five; `probable` is 99 percent or
    more until enough is right."""
    edges, wanted = judged(county), county.truth.wanted
    possible = _ONE_IN_FIVE
    for weight in range(int(possible), 6):
        if sum(1 for edge in edges if edge.score >= weight and edge.pair in wanted) >= _RECALL * len(wanted):
            possible = float(weight)
    probable = _NINETY_NINE
    while _precision([edge for edge in edges if edge.tier == "probable" and edge.score >= probable]) < _PRECISION:
        probable += 1
    trained = (f"{len(wanted)} labelled pairs of made-up counties: {TRAINED_ON[0][0]} residents, {TRAINED_ON[0][1]} doubles; "
               f"m by labels, u by {_PAIRS:.0e} random pairs; thresholds on another such county")
    return replace(draft, possible=possible, probable=probable, trained=trained)


def _precision(edges: Sequence[Judged]) -> float:
    known = [edge.true for edge in edges if edge.true is not None]
    return sum(known) / max(1, len(known))
