"""Whether the ledger and the folders of a data directory say the same: every row has its whole folder, no folder is left over."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

from graph.build.artifact import BuildCard
from graph.home import Home
from graph.ledger import BuildRecord, Ledger, LoadRecord, PartRecord
from graph.model import MODEL
from graph.versions import REFUSED
from ingest.report import read_report


def agree(data: Path, *, leftovers: bool = False) -> None:
    """AssertionError where they differ. `leftovers`: a writer was killed, and what it did not finish may lie about."""
    home = Home(data)
    ledger = Ledger(home)
    loads, builds = ledger.loads(), ledger.builds()
    for load in loads:
        _load_is_whole(home, load)
    for build in builds:
        _build_is_whole(home, build)
    numbers = [build.number for build in builds]
    assert home.current_number() in (None, *numbers)
    extra = _folders(home.loads) - {load.load_id for load in loads}
    extra |= _folders(home.builds) - {home.build_dir(number).name for number in numbers}
    if leftovers:
        assert len({name for name in extra if not name.startswith(".staging-")}) <= 1, extra
    else:
        assert not extra, extra


def _folders(parent: Path) -> set[str]:
    return {path.name for path in parent.iterdir()}


def _load_is_whole(home: Home, load: LoadRecord) -> None:
    """The report says what the ledger says, and the tables hold the rows that both say."""
    folder = home.load_dir(load.load_id)
    report = read_report(folder)
    names = list(PartRecord.__dataclass_fields__)
    assert [tuple(part[n] for n in names) for part in report["parts"]] == [
        tuple(getattr(part, n) for n in names) for part in load.parts
    ]
    assert set(home.tables_of(load.load_id)) == set(report["tables"])
    loaded: Counter[int] = Counter()
    for table, rows in report["tables"].items():
        parts = pq.read_table(folder / f"{table}.parquet", columns=["part"])["part"].to_pylist()
        assert len(parts) == rows
        loaded.update(parts)
    refused = Counter(pq.read_table(folder / f"{REFUSED}.parquet", columns=["part"])["part"].to_pylist())
    for part in load.parts:
        assert part.read == part.loaded + part.merged + part.quarantined
        assert (loaded[part.part], refused[part.part]) == (part.loaded, part.quarantined)
    assert (folder / "quarantine.xlsx").exists() == bool(refused)
    if load.corrects:
        assert home.load_dir(load.corrects).is_dir()
        assert (folder / "mended.parquet").exists()


def _build_is_whole(home: Home, record: BuildRecord) -> None:
    """The card says what the ledger says, and the tables hold the rows that the card says."""
    build = home.build(record.number)
    assert build is not None
    card: BuildCard = build.card
    assert (card.number, card.graph_hash, card.inputs_hash) == (record.number, record.graph_hash, record.inputs_hash)
    files = {node.label: build.node_file(node) for node in MODEL.nodes}
    files |= {f"{edge.name}.{start}.{end}": build.edge_file(edge, start, end) for edge, start, end in MODEL.relations()}
    assert {name: pq.read_metadata(file).num_rows for name, file in files.items()} == {name: card.counts[name] for name in files}
