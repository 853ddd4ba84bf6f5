"""How well people are told apart and together: a made-up county's doubles, linkage sets, pseudonymous messages.

    python -m benchmarks.identity                                   the doubles of made-up counties that taught nothing
    python -m benchmarks.identity --linkage DIR --teddy DIR         other sets, where they are
    python -m benchmarks.identity --residents 1000000 --doubles 300000
    python -m benchmarks.identity --train                           writes graph/resolve/model.json anew
"""

from __future__ import annotations

import argparse
import tempfile
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

from benchmarks.identity_county import Judged, blocked, counted, judged, missed, peak, scored, write_county
from benchmarks.identity_linkage import measure
from benchmarks.identity_teddy import same_second
from benchmarks.identity_train import train
from graph.resolve import model as models
from graph.resolve.candidates import tiers
from graph.resolve.model import shipped_model

_UNSEEN = (7, 11)
"""Seeds of counties that taught the model nothing."""


def main() -> None:
    """Print the table of what was asked for."""
    warnings.simplefilter("ignore")
    said = _arguments()
    if said.train:
        trained = train()
        trained.write(Path(models.__file__).with_name("model.json"))
        print(f"possible >= {trained.possible}, probable >= {trained.probable}\n{trained.trained}")
        return
    for seed in _UNSEEN if said.seed is None else (said.seed,):
        with tempfile.TemporaryDirectory() as folder:
            _county(Path(folder), said.residents, said.doubles or said.residents // 7, seed)
    if said.linkage:
        _linkage(said.linkage)
    if said.teddy:
        for line in same_second(said.teddy):
            print(line)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--residents", type=int, default=20_000)
    parser.add_argument("--doubles", type=int, default=0, help="loose records; one for seven residents without it")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--linkage", type=Path)
    parser.add_argument("--teddy", type=Path)
    parser.add_argument("--train", action="store_true")
    return parser.parse_args()


def _county(folder: Path, residents: int, doubles: int, seed: int) -> None:
    home = write_county(folder, residents, doubles, seed)
    with counted(folder, home) as county:
        recall, truth = blocked(county), county.truth
        seconds = {**county.seconds, "score": scored(county, shipped_model())}
        started = time.perf_counter()
        tiers(county.connection, shipped_model())
        seconds["tiers"] = time.perf_counter() - started
        edges, lost = judged(county), missed(county)
        print(f"\n{residents:,} residents, {truth.records:,} loose records, seed {seed}; peak {peak() / 2**30:.2f} GiB, "
              f"{sum(seconds.values()):.1f} s: " + ", ".join(f"{step} {took:.1f}" for step, took in seconds.items()))
    print(f"  certain: {truth.certain} records at their person, {truth.wrong} at another; blocking recall {recall:.4f}")
    wanted = truth.wanted
    for name, chosen in (("probable", _of(edges, "probable")), ("possible", _of(edges, "possible")), ("both", edges)):
        _row(name, chosen, len({edge.pair for edge in chosen} & wanted) / max(1, len(wanted)))
    print("  not found, by how they were written:", ", ".join(f"{how} {count}" for how, count in list(lost.items())[:6]))


def _of(edges: Sequence[Judged], tier: str) -> list[Judged]:
    return [edge for edge in edges if edge.tier == tier]


def _row(name: str, edges: Sequence[Judged], recall: float) -> None:
    known = [edge.true for edge in edges if edge.true is not None]
    precision = sum(known) / max(1, len(known))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    print(f"  {name:<9}{len(edges):>8} edges  precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}")


def _linkage(folder: Path) -> None:
    for title, ways in measure(folder):
        print(f"\n{title}")
        for way in ways:
            print(f"  {way.way:<28}{way.pairs:>8} pairs  precision {way.precision:.4f}  recall {way.recall:.4f}"
                  f"  F1 {way.f1:.4f}  best F1 {way.best:.4f}")


if __name__ == "__main__":
    main()
