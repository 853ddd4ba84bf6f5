"""Hashes of graph tables that do not depend on the order of rows or on the engine they are read from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from graph.schema import EdgeType, NodeType


@dataclass(frozen=True, slots=True)
class TableDigest:
    """Number of rows, sum of row hashes over the facts, and over where they came from."""

    name: str
    rows: int
    facts: int
    sources: int
    is_fact: bool = True


def digest(
    connection: duckdb.DuckDBPyConnection, relation: str, kind: NodeType | EdgeType, name: str
) -> TableDigest:
    """The digest of one table, view or Parquet scan with the columns of a build's table."""
    ends = ["from_id", "to_id"] if isinstance(kind, EdgeType) else []
    facts = [*ends, *(p.name for p in kind.properties if p.fact)]
    told = [p.name for p in kind.properties if not p.fact]
    rows, fact_sum, told_sum = connection.execute(
        f"SELECT count(*), coalesce(sum({_row_hash(facts)}::HUGEINT), 0), "
        f"coalesce(sum({_row_hash(['id', *told])}::HUGEINT), 0) FROM {relation}"
    ).fetchall()[0]
    is_fact = kind.fact if isinstance(kind, NodeType) else True
    return TableDigest(name, rows, int(fact_sum), int(told_sum), is_fact)


def _row_hash(columns: list[str]) -> str:
    cells = ", ".join(f"coalesce(\"{c}\"::VARCHAR, chr(1))" for c in columns)
    return f"md5_number_lower(concat_ws(chr(31), {cells}))"


def combine(digests: Iterable[TableDigest]) -> tuple[str, str]:
    """(graph hash, full hash) of a whole graph from the digests of its tables."""
    ordered = sorted((d for d in digests if d.rows), key=lambda d: d.name)
    facts = "\n".join(f"{d.name} {d.rows} {d.facts}" for d in ordered if d.is_fact)
    everything = "\n".join(f"{d.name} {d.rows} {d.facts} {d.sources}" for d in ordered)
    return hashlib.sha256(facts.encode()).hexdigest(), hashlib.sha256(everything.encode()).hexdigest()
