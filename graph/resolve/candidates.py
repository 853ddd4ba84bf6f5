"""Who may be who: the step of a build that finds, scores and explains candidates of identity.

It reads what certain identity has left (`people` and the rows behind them), lets Splink score the pairs that share a
blocking key with the shipped model, and writes the edges POSSIBLY_SAME and the uncertain IS. Nothing is trained and
nothing is sampled here, so equal inputs give equal edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from string import Template

import duckdb
import pyarrow as pa

from graph.resolve.addresses import door_of
from graph.resolve.model import FEWEST, MOST, ResolveModel, shipped_model
from graph.resolve.names import all_forms
from graph.resolve.scores import score
from graph.resolve.sentences import scored_sql

_FORMS = pa.schema([
    ("name", pa.string()), ("key", pa.string()), ("variant", pa.string()), ("pinyin", pa.string()),
    ("surname", pa.string()), ("masked", pa.bool_()),
])
_EDGES = """
CREATE TABLE graph."POSSIBLY_SAME.Resident.Resident" AS
SELECT a AS from_id, b AS to_id, tier, score, why, why_not, features, NULL::VARCHAR AS ref, 0 AS ord
FROM identity_edges WHERE NOT starts_with(a, 'f:') AND NOT starts_with(b, 'f:');
INSERT INTO graph."IS.Official.Resident" (from_id, to_id, tier, ref, ord)
SELECT a, b, tier, NULL, 0 FROM identity_edges WHERE starts_with(a, 'f:');
"""
_DOORS = pa.schema([("address", pa.string()), ("door", pa.string())])


def find_candidates(connection: duckdb.DuckDBPyConnection, model: ResolveModel | None = None) -> None:
    """Create `graph."POSSIBLY_SAME.Resident.Resident"` and add to `graph."IS.Official.Resident"`.

    Needs the tables of the rules up to the households; without loose people or pairs nothing is created.
    """
    model = model or shipped_model()
    if block(connection):
        prepare(connection)
        score(connection, model)
        tiers(connection, model)
        connection.execute(_EDGES)
    forget(connection)


def block(connection: duckdb.DuckDBPyConnection) -> int:
    """Create `identity_pairs`, the pairs to be compared; returns how many."""
    _run(connection, "1_rows")
    if not _count(connection, "identity_people WHERE loose"):
        return 0
    names = _column(connection, "SELECT DISTINCT name FROM identity_written")
    heads = _column(connection, "SELECT DISTINCT head_name FROM register.residents WHERE head_name IS NOT NULL")
    forms = [(f.name, f.key, f.variant, f.pinyin, f.surname, f.masked) for f in all_forms(sorted({*names, *heads}))]
    doors = [(said, door) for said in _column(connection, "SELECT address FROM identity_addresses") if (door := door_of(said))]
    _keep(connection, "identity_forms", _FORMS, forms)
    _keep(connection, "identity_doors", _DOORS, doors)
    _run(connection, "2_keys", most=MOST)
    return _count(connection, "identity_pairs")


def prepare(connection: duckdb.DuckDBPyConnection, *, everybody: bool = False) -> None:
    """Create `identity_records`, what is compared of those in a pair (or of everybody), and the frequencies of names."""
    paired = "SELECT join_key_l AS id FROM identity_pairs UNION SELECT join_key_r FROM identity_pairs"
    connection.execute(f"CREATE TABLE identity_paired AS {'SELECT id FROM identity_people' if everybody else paired}")
    _run(connection, "3_records", fewest=FEWEST)


def tiers(connection: duckdb.DuckDBPyConnection, model: ResolveModel) -> None:
    """Create `identity_edges` from the scores: tier, reasons and features of every pair that is at least possible."""
    connection.execute(scored_sql())
    _run(connection, "4_tiers", possible=model.possible, probable=model.probable, margin=model.margin)


def forget(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the tables of this step."""
    for (name,) in connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'identity_')"
        " OR starts_with(table_name, '__splink')"
    ).fetchall():
        connection.execute(f'DROP TABLE "{name}"')


def _run(connection: duckdb.DuckDBPyConnection, name: str, **values: float) -> None:
    text = files("graph.resolve").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
    connection.execute(Template(text).substitute(values))


def _column(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [row[0] for row in connection.execute(query).fetchall()]


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {relation}").fetchall()[0][0])


def _keep(connection: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema, rows: Sequence[tuple[object, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema.names)
    table = pa.table([pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)], schema=schema)
    connection.register("kept_rows", table)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM kept_rows")
    connection.unregister("kept_rows")
