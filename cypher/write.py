"""The text that makes schemas, writes batches and reads tables back, for both engines; built from plain names.

Nothing runs here and no value ever enters a text: names are quoted, values are parameters. The one exception is
the path of a file to copy from, which Ladybug takes as a literal only; `_file` writes it.

A column is a pair (name, kind), the kind one of text, date, int, float, bool. A Neo4j batch arrives as one list
a column, `$c0`, `$c1`, … in the order of the names, which costs a third less than a list of rows.
"""

from __future__ import annotations

import glob
from collections.abc import Iterable, Sequence

Column = tuple[str, str]
Ends = tuple[str, str]

MARK = "FengqiaoBuild"
"""Label of the one node that says which build an engine holds."""

_LADYBUG_TYPES = {"text": "STRING", "date": "STRING", "int": "INT64", "float": "DOUBLE", "bool": "BOOL"}


def quote(name: str) -> str:
    """A label, type or property name as an identifier, whatever characters it has; ValueError for a backslash.

    Neo4j reads `\\u0060` as a backtick even inside backticks, so a backslash could end the name.
    """
    if "\\" in name:
        raise ValueError("a name in a query may not hold a backslash")
    return "`" + name.replace("`", "``") + "`"


def _literal(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _file(path: str) -> str:
    """A path as a literal that names this file only: wildcards in it are escaped."""
    return _literal(glob.escape(path))


def _listed(items: Iterable[str]) -> str:
    return ", ".join(items)


# Ladybug: typed tables, filled by COPY from Parquet


def ladybug_node_table(label: str, columns: Sequence[Column]) -> str:
    """Makes the table of a label; the first column is the primary key."""
    cells = _listed(f"{quote(name)} {_LADYBUG_TYPES[kind]}" for name, kind in columns)
    return f"CREATE NODE TABLE {quote(label)}({cells}, PRIMARY KEY({quote(columns[0][0])}))"


def ladybug_edge_table(edge: str, ends: Sequence[Ends], columns: Sequence[Column]) -> str:
    """Makes the table of an edge type between all its pairs of labels."""
    pairs = _listed(f"FROM {quote(start)} TO {quote(end)}" for start, end in ends)
    cells = _listed(f"{quote(name)} {_LADYBUG_TYPES[kind]}" for name, kind in columns)
    return f"CREATE REL TABLE {quote(edge)}({pairs}, {cells})"


def ladybug_copy_nodes(label: str, names: Sequence[str], path: str) -> str:
    """Fills a label from a Parquet file whose columns are `names`, in this order."""
    return f"COPY {quote(label)}({_listed(map(quote, names))}) FROM {_file(path)}"


def ladybug_copy_edges(edge: str, start: str, end: str, names: Sequence[str], path: str) -> str:
    """Fills one pair of an edge type from a Parquet file: from id, to id, then `names`."""
    pair = f"(from={_literal(start)}, to={_literal(end)})"
    return f"COPY {quote(edge)}({_listed(map(quote, names))}) FROM {_file(path)} {pair}"


def ladybug_checkpoint() -> str:
    """Brings everything into the one database file."""
    return "CHECKPOINT"


def ladybug_nodes(label: str, names: Sequence[str]) -> str:
    """Reads part `$part` of `$parts` of a label; the parts are disjoint and together whole."""
    return f"MATCH (n:{quote(label)}) WHERE hash(n.id) % $parts = $part RETURN {_read('n', names)}"


def ladybug_edges(edge: str, start: str, end: str, names: Sequence[str]) -> str:
    """Reads part `$part` of `$parts` of the edges between two labels: from_id, to_id, then `names`."""
    pattern = f"(a:{quote(start)})-[e:{quote(edge)}]->(b:{quote(end)})"
    return f"MATCH {pattern} WHERE hash(e.id) % $parts = $part RETURN {_read_ends()}, {_read('e', names)}"


def count_nodes(label: str) -> str:
    """How many nodes of a label there are, as `n`; for both engines."""
    return f"MATCH (x:{quote(label)}) RETURN count(*) AS n"


def count_edges(edge: str, start: str, end: str) -> str:
    """How many edges of a type there are between two labels, as `n`; for both engines."""
    return f"MATCH (:{quote(start)})-[x:{quote(edge)}]->(:{quote(end)}) RETURN count(*) AS n"


def _read(variable: str, names: Sequence[str]) -> str:
    return _listed(f"{variable}.{quote(name)} AS {quote(name)}" for name in names)


def _read_ends() -> str:
    return "a.id AS from_id, b.id AS to_id"


# the mark of the build that an engine holds, the same on both


def mark_create(names: Sequence[str]) -> str:
    """Makes the mark with the named properties, each from the parameter of its name."""
    return f"CREATE (m:{MARK} {{{_listed(f'{quote(name)}: ${name}' for name in names)}}})"


def mark_read(names: Sequence[str]) -> str:
    """Reads the mark; no row when there is none."""
    return f"MATCH (m:{MARK}) RETURN {_read('m', names)}"


def mark_advance() -> str:
    """Replaces the mark by `$mark` if its revision is still `$revision`; gives how many were replaced as `n`."""
    return f"MATCH (m:{MARK}) WHERE m.revision = $revision SET m = $mark RETURN count(m) AS n"


# Neo4j: constraints and batches


def neo4j_constraint(label: str) -> str:
    """One node an id; also the index that batches and questions find nodes by."""
    name = quote(f"fengqiao_{label}_id")
    return f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{quote(label)}) REQUIRE n.id IS UNIQUE"


def neo4j_index(label: str, prop: str, *, words: bool) -> str:
    """An index on a property: `words` for search by a part of the text, otherwise for equality and order."""
    kind, name = ("TEXT", "text") if words else ("RANGE", "range")
    return (
        f"CREATE {kind} INDEX {quote(f'fengqiao_{label}_{prop}_{name}')} IF NOT EXISTS"
        f" FOR (n:{quote(label)}) ON (n.{quote(prop)})"
    )


def neo4j_await_indexes() -> str:
    """Waits until every index answers, at most `$seconds`."""
    return "CALL db.awaitIndexes($seconds)"


def neo4j_any_node() -> str:
    """One row when the database holds any node at all."""
    return "MATCH (n) RETURN 1 AS n LIMIT 1"


_EACH_ROW = "UNWIND range(0, size($c0) - 1) AS i"


def _cells(names: Sequence[str], first: int = 0) -> str:
    """A map of the columns from `first` on, for row i of the batch."""
    return "{" + _listed(f"{quote(name)}: $c{k}[i]" for k, name in enumerate(names) if k >= first) + "}"


def neo4j_create_nodes(label: str, names: Sequence[str]) -> str:
    """Adds a batch of nodes that are known to be new."""
    return f"{_EACH_ROW} CREATE (n:{quote(label)} {_cells(names)}) RETURN count(*) AS n"


def neo4j_merge_nodes(label: str, names: Sequence[str]) -> str:
    """Adds or wholly replaces a batch of nodes by id (the first column)."""
    return f"{_EACH_ROW} MERGE (n:{quote(label)} {{id: $c0[i]}}) SET n = {_cells(names)} RETURN count(*) AS n"


def neo4j_delete_nodes(label: str) -> str:
    """Withdraws the nodes with the ids in `$c0`; those already gone are passed over."""
    return f"{_EACH_ROW} MATCH (n:{quote(label)} {{id: $c0[i]}}) DETACH DELETE n"


def _both_ends(start: str, end: str) -> str:
    """Binds both ends by index first, so that the edge is looked for from the end that has fewer."""
    return f"{_EACH_ROW} MATCH (a:{quote(start)} {{id: $c0[i]}}) MATCH (b:{quote(end)} {{id: $c1[i]}}) WITH i, a, b"


def neo4j_create_edges(edge: str, start: str, end: str, names: Sequence[str]) -> str:
    """Adds a batch of new edges; `names` begins with from_id and to_id."""
    made = f"CREATE (a)-[e:{quote(edge)} {_cells(names, 2)}]->(b)"
    return f"{_both_ends(start, end)} {made} RETURN count(*) AS n"


def neo4j_merge_edges(edge: str, start: str, end: str, names: Sequence[str]) -> str:
    """Adds or wholly replaces a batch of edges by their ends and id (the first three columns)."""
    merged = f"MERGE (a)-[e:{quote(edge)} {{id: $c2[i]}}]->(b) SET e = {_cells(names, 2)}"
    return f"{_both_ends(start, end)} {merged} RETURN count(*) AS n"


def neo4j_delete_edges(edge: str, start: str, end: str) -> str:
    """Withdraws edges by from id `$c0`, to id `$c1` and edge id `$c2`; those already gone are passed over."""
    return f"{_both_ends(start, end)} MATCH (a)-[e:{quote(edge)}]->(b) WHERE e.id = $c2[i] DELETE e"


def neo4j_wipe_edges(edge: str) -> str:
    """Deletes up to `$limit` edges of a type and gives their number as `n`."""
    return f"MATCH ()-[e:{quote(edge)}]->() WITH e LIMIT $limit DELETE e RETURN count(*) AS n"


def neo4j_wipe_nodes(label: str) -> str:
    """Deletes up to `$limit` nodes of a label and gives their number as `n`."""
    return f"MATCH (x:{quote(label)}) WITH x LIMIT $limit DETACH DELETE x RETURN count(*) AS n"


def neo4j_nodes(label: str, names: Sequence[str]) -> str:
    """Reads all nodes of a label."""
    return f"MATCH (n:{quote(label)}) RETURN {_read('n', names)}"


def neo4j_edges(edge: str, start: str, end: str, names: Sequence[str]) -> str:
    """Reads all edges between two labels: from_id, to_id, then `names`."""
    return f"MATCH (a:{quote(start)})-[e:{quote(edge)}]->(b:{quote(end)}) RETURN {_read_ends()}, {_read('e', names)}"
