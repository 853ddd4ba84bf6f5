"""Source nodes: which file and sheet a row address points into; LoadIssue nodes: what was wrong there, counted by rule."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from graph.home import Home
from graph.ledger import LoadRecord

REPORT = "report.json"
"""The report in the folder of a load."""

_SOURCES = pa.schema([
    ("id", pa.string()), ("name", pa.string()), ("load_id", pa.string()), ("part", pa.int64()), ("file", pa.string()),
    ("sheet", pa.string()), ("table", pa.string()), ("provider", pa.string()), ("rows", pa.int64()),
    ("loaded", pa.int64()), ("merged", pa.int64()), ("quarantined", pa.int64()), ("loaded_at", pa.string()),
    ("refs", pa.list_(pa.string())),
])
_ISSUES = pa.schema([
    ("source_id", pa.string()), ("rule", pa.string()), ("name", pa.string()), ("rows", pa.int64()), ("cells", pa.int64()),
])
_UNKNOWN_COLUMNS = "unknown_columns"
_ROUTE_UNKNOWN = "route_unknown"


def describe_sources(connection: duckdb.DuckDBPyConnection, home: Home, loads: Sequence[LoadRecord]) -> None:
    """Create `graph."Source"`, one node per file or sheet with the id `d:<load id>-<part>`, and `graph."LoadIssue"`.

    Issues are what the report of the load counted by rule, and what only the build can see: petitions of which the
    route is not said, so that no 60-day clock runs. They hold counts and rules, never a value of a cell.
    """
    sources = [
        {
            "id": source_id(load.load_id, part.part), "name": f"{part.file} {part.sheet}".strip(), "load_id": load.load_id,
            "part": part.part, "file": part.file, "sheet": part.sheet, "table": part.table,
            "provider": load.provider, "rows": part.read, "loaded": part.loaded, "merged": part.merged,
            "quarantined": part.quarantined, "loaded_at": load.loaded_at, "refs": [],
        }
        for load in loads
        for part in load.parts
    ]
    connection.register("described_sources", pa.Table.from_pylist(sources, _SOURCES))
    connection.execute('CREATE TABLE graph."Source" AS SELECT * FROM described_sources')
    connection.unregister("described_sources")
    issues = [issue for load in loads for issue in _reported(home, load)]
    connection.register("reported_issues", pa.Table.from_pylist(issues, _ISSUES))
    connection.execute(f"""CREATE TABLE graph."LoadIssue" AS
        SELECT hash_id('e', source_id || '|' || rule) AS id, source_id, rule, name, rows, cells, []::VARCHAR[] AS refs
        FROM (FROM reported_issues UNION ALL
            SELECT 'd:' || split_part(refs[-1], ':', 1) || '-' || split_part(refs[-1], ':', 2), '{_ROUTE_UNKNOWN}',
                '申诉求决件没有写明办理途径，不计60日办理期限', count(*), 0
            FROM cases WHERE kind = 'petition' AND purpose = 'claim' AND route IS NULL AND len(refs) > 0 GROUP BY 1)""")
    connection.unregister("reported_issues")


def source_id(load_id: str, part: int) -> str:
    """The id of the node of one file or sheet."""
    return f"d:{load_id}-{part}"


def _reported(home: Home, load: LoadRecord) -> Iterator[dict[str, Any]]:
    path = home.load_dir(load.load_id) / REPORT
    if not path.exists():
        return
    report = json.loads(path.read_text(encoding="utf-8"))
    for part in report["parts"]:
        source = source_id(load.load_id, part["part"])
        for rule in sorted(part["refusals"].keys() | part["cell_issues"].keys()):
            yield {
                "source_id": source, "rule": rule, "name": report["sentences"].get(rule) or rule,
                "rows": part["refusals"].get(rule, 0), "cells": part["cell_issues"].get(rule, 0),
            }
        if part["unknown_columns"]:
            names = "、".join(part["unknown_columns"])
            yield {
                "source_id": source, "rule": _UNKNOWN_COLUMNS, "name": f"不认识的列，未载入：{names}", "rows": 0,
                "cells": 0,
            }
