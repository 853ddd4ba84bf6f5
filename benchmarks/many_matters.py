"""What finding the same matter costs among very many messages: made-up texts of the lengths of real ones.

    python -m benchmarks.many_matters --messages 100000 1000000

Each message has 60 to 400 characters, drawn with the frequencies of natural text, about a village of 2,000 and one of
20 categories; every twentieth repeats an earlier one of its village with a tenth of the characters changed. One line a
size: seconds, peak memory, and how many of these repeats were found.
"""

from __future__ import annotations

import argparse
import random
import tempfile

import duckdb
import numpy as np
import pyarrow as pa

from benchmarks.county import show
from benchmarks.processes import MIB, measured, python
from graph.build.matters import find_matters

VILLAGES, CATEGORIES, REPEATED, CHANGED = 2_000, 20, 20, 10
_FIRST, _CHARACTERS = 0x4E00, 3_000


def messages(count: int, seed: int) -> tuple[pa.Table, list[tuple[int, int]]]:
    """So many messages, and which repeats which (later, earlier)."""
    dice = np.random.default_rng(seed)
    lot = random.Random(seed)
    bodies: list[str] = []
    areas: list[str] = []
    repeats: list[tuple[int, int]] = []
    for number in range(count):
        if number % REPEATED == 0 and number:
            earlier = lot.randrange(number)
            letters = [ord(letter) for letter in bodies[earlier]]
            for at in lot.sample(range(len(letters)), len(letters) // CHANGED):
                letters[at] = _FIRST + lot.randrange(_CHARACTERS)
            repeats.append((number, earlier))
            areas.append(areas[earlier])
        else:
            drawn = dice.zipf(1.3, int(dice.integers(60, 400))) % _CHARACTERS
            letters = (drawn + _FIRST).tolist()
            areas.append(f"3301{lot.randrange(VILLAGES):08d}")
        bodies.append("".join(map(chr, letters)))
    return pa.table({
        "id": [f"c:{number}" for number in range(count)], "title": [body[:20] for body in bodies],
        "body": [body[:400] for body in bodies], "area_code": areas,
        "category": [f"{category(area)}" for area in areas], "on_day": [f"{2000 + number * 20 // count}-01-01" for number in range(count)],
    }), repeats


def category(area: str) -> int:
    """The category of a village: so that a repeat has that of the first."""
    return int(area[-4:]) % CATEGORIES


def once(count: int, seed: int) -> str:
    """Find the matters of so many messages; what share of the repeats are in the matter of the first."""
    said, repeats = messages(count, seed)
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect(config={"temp_directory": scratch}) as connection:
        connection.execute("SET memory_limit = '4GB'")
        connection.execute("CREATE SCHEMA graph; CREATE TABLE matter_order AS SELECT * FROM said")
        del said
        connection.execute("CREATE TABLE link_verdicts (a VARCHAR, b VARCHAR, verdict VARCHAR)")
        connection.execute(
            'CREATE TABLE graph."SAME_MATTER.Case.Case"'
            " (from_id VARCHAR, to_id VARCHAR, test VARCHAR, score DOUBLE, ref VARCHAR, ord BIGINT)"
        )
        find_matters(connection)
        matter = dict(connection.execute("SELECT id, matter_id FROM matters").fetchall())
    found = sum(f"c:{a}" in matter and matter[f"c:{a}"] == matter.get(f"c:{b}") for a, b in repeats)
    return f"{found / len(repeats):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many_matters", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--messages", type=int, nargs="+", default=[100_000], help="sizes, one after another")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--once", action="store_true", help="only find them, and print the share of repeats found")
    given = parser.parse_args()
    if given.once:
        print(once(given.messages[0], given.seed))
        return
    rows = []
    for count in given.messages:
        run = measured(python("-m", "benchmarks.many_matters", "--once", "--messages", str(count), "--seed", str(given.seed)))
        rows.append([f"{count:,}", f"{run.seconds:.0f} s", f"{run.peak // MIB:,} MiB", run.output.strip()])
    show("同一事项 the same matter", ["件 messages", "用时 seconds（含造文本）", "峰值内存 peak memory", "找到的重复 repeats found"], rows)


if __name__ == "__main__":
    main()
