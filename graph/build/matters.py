"""Which cases are one matter: the connected groups of SAME_MATTER, named after their earliest case."""

from __future__ import annotations

import duckdb
import networkx as nx
import pyarrow as pa


def find_matters(connection: duckdb.DuckDBPyConnection) -> None:
    """Create table `matters` (id, matter_id) for every case that shares its matter with another."""
    pairs = connection.execute('SELECT from_id, to_id FROM graph."SAME_MATTER.Case.Case"').fetchall()
    ids = {case for pair in pairs for case in pair}
    connection.register("matter_ids", pa.table({"id": pa.array(sorted(ids), pa.string())}))
    first_on = dict(connection.execute("SELECT id, on_day FROM matter_order JOIN matter_ids USING (id)").fetchall())
    cases: list[str] = []
    matters: list[str] = []
    for group in nx.connected_components(nx.Graph(pairs)):
        known = [case for case in group if case in first_on]
        earliest = min(known, key=lambda case: (first_on[case], case))
        cases += known
        matters += [earliest] * len(known)
    table = pa.table({"id": pa.array(cases, pa.string()), "matter_id": pa.array(matters, pa.string())})
    connection.register("found_matters", table)
    connection.execute("CREATE TABLE matters AS SELECT * FROM found_matters")
    connection.unregister("found_matters")
    connection.unregister("matter_ids")
