"""Source nodes: which file and sheet a row address points into."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from graph.ledger import LoadRecord

_SCHEMA = pa.schema([
    ("id", pa.string()), ("name", pa.string()), ("load_id", pa.string()), ("part", pa.int64()), ("file", pa.string()),
    ("sheet", pa.string()), ("table", pa.string()), ("provider", pa.string()), ("rows", pa.int64()),
    ("loaded_at", pa.string()), ("refs", pa.list_(pa.string())),
])


def describe_sources(connection: duckdb.DuckDBPyConnection, loads: Sequence[LoadRecord]) -> None:
    """Create table `graph."Source"`: one node per file or sheet, with the id `d:<load id>-<part>`."""
    rows = [
        {
            "id": f"d:{load.load_id}-{part.part}", "name": f"{part.file} {part.sheet}".strip(), "load_id": load.load_id,
            "part": part.part, "file": part.file, "sheet": part.sheet, "table": part.table,
            "provider": load.provider, "rows": part.read, "loaded_at": load.loaded_at, "refs": [],
        }
        for load in loads
        for part in load.parts
    ]
    connection.register("described_sources", pa.Table.from_pylist(rows, _SCHEMA))
    connection.execute('CREATE TABLE graph."Source" AS SELECT * FROM described_sources')
    connection.unregister("described_sources")
