"""References that point at nothing (yet): listed with their address, never dropped in silence."""

from __future__ import annotations

from pathlib import Path

import duckdb

from graph.register import TABLES, FieldKind, Table

BOUND_AMBIGUOUS = "bound_ambiguous"
"""What `refers` says of a bound that names a holder of several parcels: possible, and no edge."""

_COLUMNS = ('"table"', "field", "refers", "value", "said_by", "candidates", "ref")


def find_unresolved(connection: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write every unresolved reference and ambiguous bound; returns counts by `unresolved.table.field`.

    `said_by` is the key of the row that names `value`; `candidates` how many things an ambiguous name may mean.
    """
    branches = [
        f"SELECT '{table.name}', '{field.name}', '{field.refers}', \"{field.name}\", {_said_by(table)}, 0, ref"
        f' FROM register."{table.name}"'
        f' WHERE "{field.name}" IS NOT NULL AND "{field.name}" NOT IN ({_keys_of(field.refers)})'
        for table in TABLES.values() for field in table.fields if field.refers
    ]
    branches.append("SELECT 'parcels', side, 'parcels', bound, code, 0, ref FROM unknown_bounds")
    branches.append(f"SELECT 'parcels', side, '{BOUND_AMBIGUOUS}', bound, code, candidates, ref FROM ambiguous_bounds")
    columns = ", ".join(_COLUMNS)
    connection.execute(f"CREATE TABLE unresolved AS SELECT * FROM ({' UNION ALL '.join(branches)}) AS t({columns})")
    path = str(out).replace("'", "''")
    connection.execute(f"COPY (SELECT * FROM unresolved ORDER BY ref, field, value) TO '{path}' (FORMAT parquet)")
    rows = connection.execute('SELECT "table" || \'.\' || field, count(*) FROM unresolved GROUP BY ALL').fetchall()
    return {f"unresolved.{name}": count for name, count in sorted(rows)}


def _said_by(table: Table) -> str:
    key = table.field(table.key[0])
    return f'mask_id_number("{key.name}")' if key.kind is FieldKind.ID_NUMBER else f'"{key.name}"'


def _keys_of(refers: str) -> str:
    if refers == "cases":
        return "SELECT number FROM register.petitions UNION SELECT number FROM register.disputes"
    if refers == "households":
        return "SELECT household_no FROM households"
    if refers == "areas":
        return "SELECT code FROM area_codes"
    key = TABLES[refers].key[0]
    return f'SELECT "{key}" FROM register."{refers}"'
