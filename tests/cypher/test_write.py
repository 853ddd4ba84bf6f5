"""Text of schemas and batches: names cannot leave their quotes, values never enter, every column has its place."""

from __future__ import annotations

import pytest

from cypher import write

COLUMNS = [("id", "text"), ("born_on", "date"), ("seq", "int"), ("score", "float"), ("hub", "bool")]


@pytest.mark.parametrize("name", ["Case", "a`b", "``", "x`}) DETACH DELETE n //", "名 称", "a'b\"c"])
def test_a_quoted_name_holds_no_lone_backtick(name: str) -> None:
    quoted = write.quote(name)
    assert quoted[0] == quoted[-1] == "`"
    assert quoted[1:-1].replace("``", "").count("`") == 0
    assert quoted[1:-1].replace("``", "`") == name


@pytest.mark.parametrize("name", ["\\u0060", "a\\", "\\u0060}) DETACH DELETE n //"])
def test_a_name_with_a_backslash_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="backslash"):
        write.quote(name)


def test_ladybug_tables_have_types_and_a_key() -> None:
    assert write.ladybug_node_table("Case", COLUMNS) == (
        "CREATE NODE TABLE `Case`(`id` STRING, `born_on` STRING, `seq` INT64, `score` DOUBLE, `hub` BOOL, PRIMARY KEY(`id`))"
    )
    assert write.ladybug_edge_table("HOLDS", [("Resident", "Parcel"), ("Organ", "Parcel")], COLUMNS[:1]) == (
        "CREATE REL TABLE `HOLDS`(FROM `Resident` TO `Parcel`, FROM `Organ` TO `Parcel`, `id` STRING)"
    )


def test_a_path_stays_inside_its_literal_and_names_one_file() -> None:
    text = write.ladybug_copy_nodes("Case", ["id", "name"], "/a'b/c\\d/e[1]*.parquet")
    assert text == r"COPY `Case`(`id`, `name`) FROM '/a\'b/c\\d/e[[]1][*].parquet'"
    text = write.ladybug_copy_edges("KIN", "Resident", "Resident", ["id"], "/x.parquet")
    assert text == "COPY `KIN`(`id`) FROM '/x.parquet' (from='Resident', to='Resident')"


def test_batches_take_each_column_from_its_parameter() -> None:
    assert write.neo4j_merge_nodes("Case", ["id", "name"]) == (
        "UNWIND range(0, size($c0) - 1) AS i MERGE (n:`Case` {id: $c0[i]})"
        " SET n = {`id`: $c0[i], `name`: $c1[i]} RETURN count(*) AS n"
    )
    assert write.neo4j_create_edges("KIN", "Resident", "Resident", ["from_id", "to_id", "id", "relation"]) == (
        "UNWIND range(0, size($c0) - 1) AS i MATCH (a:`Resident` {id: $c0[i]}) MATCH (b:`Resident` {id: $c1[i]})"
        " WITH i, a, b CREATE (a)-[e:`KIN` {`id`: $c2[i], `relation`: $c3[i]}]->(b) RETURN count(*) AS n"
    )


def test_reading_gives_columns_their_names() -> None:
    assert write.neo4j_nodes("Case", ["id", "name"]) == "MATCH (n:`Case`) RETURN n.`id` AS `id`, n.`name` AS `name`"
    assert write.ladybug_edges("KIN", "Resident", "Resident", ["id"]).endswith(
        "RETURN a.id AS from_id, b.id AS to_id, e.`id` AS `id`"
    )
