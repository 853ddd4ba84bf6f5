"""References that point at nothing (yet): listed with their address, never dropped in silence."""

from __future__ import annotations

from pathlib import Path

import duckdb

from graph.register import TABLES


def find_unresolved(connection: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write (table, field, refers, value, ref) of every unresolved reference; returns counts by `table.field`."""
    branches = []
    for table in TABLES.values():
        for field in table.fields:
            if field.refers:
                branches.append(
                    f"SELECT '{table.name}' AS \"table\", '{field.name}' AS field, '{field.refers}' AS refers,"
                    f' "{field.name}" AS value, ref FROM register."{table.name}"'
                    f' WHERE "{field.name}" IS NOT NULL AND "{field.name}" NOT IN ({_keys_of(field.refers)})'
                )
    connection.execute(f"CREATE TABLE unresolved AS {' UNION ALL '.join(branches)}")
    path = str(out).replace("'", "''")
    connection.execute(f"COPY (SELECT * FROM unresolved ORDER BY ref, field) TO '{path}' (FORMAT parquet)")
    rows = connection.execute('SELECT "table" || \'.\' || field, count(*) FROM unresolved GROUP BY ALL').fetchall()
    return dict(sorted(rows))


def _keys_of(refers: str) -> str:
    if refers == "cases":
        return "SELECT number FROM register.petitions UNION SELECT number FROM register.disputes"
    if refers == "households":
        return "SELECT household_no FROM households"
    if refers == "areas":
        return "SELECT code FROM area_codes"
    key = TABLES[refers].key[0]
    return f'SELECT "{key}" FROM register."{refers}"'
