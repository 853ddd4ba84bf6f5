"""The sample county: one call that makes it up and writes it out. The same size and seed give the same bytes."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from ingest.sample import background, tables
from ingest.sample.conflicts import CONFLICTS
from ingest.sample.deadlines import DEADLINES
from ingest.sample.deck import Deck
from ingest.sample.doubles_files import BOOKS, write_doubles
from ingest.sample.headers import SOURCES
from ingest.sample.labels import LABELS
from ingest.sample.land import lay_parcels, parcel_batches
from ingest.sample.officials import appoint
from ingest.sample.organs import found_organs
from ingest.sample.people import household_columns, populate, resident_batches
from ingest.sample.places import COUNTY, COUNTY_CODE, MADE_UP, lay_out
from ingest.sample.pool import Pool
from ingest.sample.repeats import REPEATS
from ingest.sample.scene import Scene
from ingest.sample.write import prepare, write_batches, write_planted, write_rows

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, done so far, total)."""

FEWEST = 300
"""Fewer residents than this cannot carry every story."""
STORIES = (*CONFLICTS, *REPEATS, *DEADLINES, *LABELS)
_PER_PETITION, _PER_DISPUTE, _LEAST = 60, 80, 300

_ROWS: dict[str, Callable[[Scene], Iterator[tables.Row]]] = {
    "行政区划": tables.area_rows, "网格": tables.grid_rows, "机构": tables.organ_rows, "干部": tables.official_rows,
    "信访件": tables.petition_rows, "矛盾纠纷": tables.dispute_rows, "当事人": tables.party_rows, "办理流程": tables.step_rows,
    "责任落实": tables.duty_rows, "调解协议": tables.agreement_rows,
}


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """What was written: the folder, rows of every table, and how many stories of every kind were planted."""

    folder: Path
    rows: dict[str, int]
    stories: dict[str, int]


def silent(_what: str, _done: int, _total: int) -> None:
    """The progress that nobody watches."""


def write_sample(
    out: Path, residents: int = 20_000, seed: int = 19631120, progress: Progress = silent, *, overwrite: bool = False,
    doubles: int = 0,
) -> SampleSummary:
    """Writes a made-up county of so many residents (at least 300) as CSV files and `planted.json` into a folder.

    With `doubles`, about so many loose records of the same people and of others like them stand in books of their own
    (`零散登记/`), and `doubles.json` says whose each is.

    Raises FolderNotEmpty when the folder holds anything and `overwrite` is false, ValueError for too few residents.
    """
    if residents < FEWEST:
        raise ValueError(f"居民数至少为 {FEWEST}")
    prepare(out, overwrite)
    rng = np.random.default_rng(seed)
    scene = make_scene(rng, residents, seed, progress)
    rows: dict[str, int] = {}
    total = len(_ROWS) + 3
    for name, write in _writers(rng, out, scene):
        progress(f"写出{name}", len(rows), total)
        rows[name] = write()
    write_planted(out, {
        "county": COUNTY + MADE_UP, "code": COUNTY_CODE, "residents": residents, "seed": seed,
        "stories": scene.stories, "background": scene.background,
    })
    if doubles:
        rows[BOOKS] = write_doubles(out, scene.people, doubles, seed)
    progress("写出", total, total)
    return SampleSummary(out, rows, dict(Counter(story["kind"] for story in scene.stories)))


def make_scene(rng: np.random.Generator, residents: int, seed: int, progress: Progress = silent) -> Scene:
    """The county with all its cases, nothing written."""
    progress("居民", 0, residents)
    places = lay_out(rng, residents)
    people = populate(rng, places, residents)
    land = lay_parcels(rng, people)
    organs = found_organs(rng, places, residents)
    officials = appoint(rng, people, organs)
    progress("居民", residents, residents)
    dice = random.Random(seed)
    pool = Pool(people, land, officials.households, dice)
    scene = Scene(people, land, organs, officials, pool, Deck(places, dice), dice)
    for story in STORIES:
        for index in range(story.count(residents)):
            scene.stories.append({"kind": story.kind, "note": story.note, **story.plant(scene, index)})
    _fill_up(scene, residents, progress)
    return scene


def _fill_up(scene: Scene, residents: int, progress: Progress) -> None:
    """Ordinary cases up to one petition for sixty residents and one dispute for eighty."""
    least = residents // _LEAST
    petitions = max(least, residents // _PER_PETITION - len(scene.petitions))
    disputes = max(least, residents // _PER_DISPUTE - len(scene.disputes))
    for at in range(petitions):
        background.petition(scene, at % scene.villages)
    progress("案件", petitions, petitions + disputes)
    for at in range(disputes):
        background.dispute(scene, at % scene.villages)
    progress("案件", petitions + disputes, petitions + disputes)


def _writers(rng: np.random.Generator, out: Path, scene: Scene) -> Iterator[tuple[str, Callable[[], int]]]:
    people, land, source = scene.people, scene.land, SOURCES
    yield "居民", lambda: write_batches(out, "居民", resident_batches(rng, people, source["居民"]))
    yield "户", lambda: write_batches(out, "户", [household_columns(people, source["户"])])
    yield "地块", lambda: write_batches(out, "地块", parcel_batches(rng, land, source["地块"]))
    for name, rows in _ROWS.items():
        yield name, partial(_write, out, name, rows, scene)


def _write(out: Path, name: str, rows: Callable[[Scene], Iterator[tables.Row]], scene: Scene) -> int:
    return write_rows(out, name, rows(scene))
