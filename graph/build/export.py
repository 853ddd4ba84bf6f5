"""The last step of a build: computed tables to sorted Parquet files with exactly the columns of the model."""

from __future__ import annotations

import duckdb

from graph.build.artifact import SQL_TYPES, Build
from graph.build.hashing import TableDigest, digest
from graph.schema import EdgeType, Model, NodeType, Property


class BuildError(Exception):
    """The build's own SQL and the model disagree, or the machine refused; the text says which."""


def export(connection: duckdb.DuckDBPyConnection, model: Model, build: Build) -> list[TableDigest]:
    """Write every node and edge table of the model; tables nobody computed become empty files."""
    computed = _computed_columns(connection)
    _check_names(model, set(computed))
    (build.path / "nodes").mkdir()
    (build.path / "edges").mkdir()
    digests = []
    for node in model.nodes:
        select = _node_select(node, computed.get(node.label))
        digests.append(_write(connection, select, "id", str(build.node_file(node)), node, node.label))
    for edge, start, end in model.relations():
        name = f"{edge.name}.{start}.{end}"
        select = _edge_select(edge, start, end, computed.get(name))
        path = str(build.edge_file(edge, start, end))
        digests.append(_write(connection, select, "from_id, to_id, id", path, edge, name))
    return digests


def _write(
    connection: duckdb.DuckDBPyConnection, select: str, order: str, path: str, kind: NodeType | EdgeType, name: str
) -> TableDigest:
    connection.execute(f"COPY ({select} ORDER BY {order}) TO '{_quoted(path)}' (FORMAT parquet)")
    return digest(connection, f"read_parquet('{_quoted(path)}')", kind, name)


def _computed_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    rows = connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'graph'"
    ).fetchall()
    columns: dict[str, set[str]] = {}
    for table, column in rows:
        columns.setdefault(table, set()).add(column)
    return columns


def _check_names(model: Model, computed: set[str]) -> None:
    known = {n.label for n in model.nodes} | {f"{e.name}.{a}.{b}" for e, a, b in model.relations()}
    if unknown := computed - known:
        raise BuildError(f"the build computes tables that the model does not have: {sorted(unknown)}")


def _value(prop: Property, columns: set[str], expression: str) -> str:
    if prop.name not in columns:
        return f'NULL::{SQL_TYPES[prop.kind]} AS "{prop.name}"'
    return f'{expression}::{SQL_TYPES[prop.kind]} AS "{prop.name}"'


def _node_select(node: NodeType, columns: set[str] | None) -> str:
    if columns is None:
        empty = ", ".join(_value(p, set(), "") for p in node.properties)
        return f"SELECT {empty} WHERE false"
    values = [_value(p, columns, f'"{p.name}"') for p in node.own]
    return f"SELECT id, {', '.join(values)}, source_of(refs) AS source FROM graph.\"{node.label}\""


def _edge_select(edge: EdgeType, start: str, end: str, columns: set[str] | None) -> str:
    """One row per (ends, key): the newest row's other properties, the addresses of all. Both ends must exist."""
    if columns is None:
        empty = ", ".join(_value(p, set(), "") for p in edge.properties)
        return f"SELECT NULL::VARCHAR AS from_id, NULL::VARCHAR AS to_id, {empty} WHERE false"
    keys = ["from_id", "to_id", *(f'"{k}"' for k in edge.key)]
    values = [_value(p, columns, f'"{p.name}"' if p.name in edge.key else f'max_by("{p.name}", ord)') for p in edge.own]
    texts = ", ".join(f"coalesce({k}::VARCHAR, '')" for k in keys)
    edge_id = f"'e:' || left(md5(concat_ws('|', '{edge.name}', {texts})), 16)"
    listed = ", ".join(["from_id", "to_id", f"{edge_id} AS id", *values])
    return (
        f"SELECT {listed}, coalesce(source_of(list(ref ORDER BY ord DESC) FILTER (ref IS NOT NULL)), '') AS source"
        f' FROM graph."{edge.name}.{start}.{end}"'
        f' WHERE from_id IN (SELECT id FROM graph."{start}") AND to_id IN (SELECT id FROM graph."{end}")'
        f" GROUP BY {', '.join(keys)}"
    )


def _quoted(path: str) -> str:
    return path.replace("'", "''")
