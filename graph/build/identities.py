"""What a build says about identity beside the graph: conflicts and reviews, and which step made each row a person.

    identities.parquet   kind, why, a, b, refs: what a person must look at
    namings.parquet      id, ref, step, said_in, before: rows that no id number of their own made a person, sorted by id
"""

from __future__ import annotations

from pathlib import Path

import duckdb

IDENTITIES, NAMINGS = "identities.parquet", "namings.parquet"
NAME_CONFLICT, PHONE_CONFLICT, REVIEW = "name_conflict", "phone_conflict", "review"

_NAME_FORM = "regexp_replace(lower(nfc_normalize({0})), '[^\\p{{L}}\\p{{N}}]+', '', 'g')"
"""A name without dots, spaces and marks; `full_name` leaves out what is no whole name."""

_CONFLICTS = f"""
WITH said AS (
    SELECT id, {_NAME_FORM.format("name")} AS form, ref FROM namings WHERE numbered AND full_name(name)),
former AS (
    SELECT id, {_NAME_FORM.format("former_name")} AS form FROM resident_rows WHERE former_name IS NOT NULL),
names AS (
    SELECT id, form, list(ref ORDER BY ref) AS refs FROM said WHERE (id, form) NOT IN (SELECT (id, form) FROM former)
    GROUP BY id, form)
SELECT '{NAME_CONFLICT}' AS kind, 'names' AS why, id AS a, NULL::VARCHAR AS b, flatten(list(refs[1:2] ORDER BY form)) AS refs
FROM names GROUP BY id HAVING count(*) > 1
UNION ALL
SELECT '{PHONE_CONFLICT}', CASE WHEN numbers > 1 THEN 'two_numbers' ELSE 'two_births' END, min(x.id), max(x.id),
    list(DISTINCT x.ref ORDER BY x.ref)[1:5]
FROM callers c JOIN calls x USING (name, phone_token) WHERE c.ids > 1 AND (c.numbers > 1 OR c.births > 1)
GROUP BY name, phone_token, numbers
UNION ALL
SELECT '{REVIEW}', why, a, b, []::VARCHAR[] FROM reviews
"""


def find_identities(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """Write both files into `folder`; returns how many findings there are by `identities.kind`."""
    connection.execute(f"CREATE TABLE identities AS {_CONFLICTS}")
    _copy(connection, "SELECT * FROM identities ORDER BY kind, a, b, why", folder / IDENTITIES)
    _copy(
        connection,
        "SELECT coalesce(m.person, n.id) AS id, n.ref, n.step, n.said_in, CASE WHEN m.id IS NULL THEN '' ELSE n.id END AS before"
        " FROM namings n LEFT JOIN merged m USING (id) WHERE n.step <> 'id_number' ORDER BY 1, 2",
        folder / NAMINGS,
    )
    rows = connection.execute("SELECT kind, count(*) FROM identities GROUP BY kind ORDER BY kind").fetchall()
    return {f"identities.{kind}": count for kind, count in rows}


def _copy(connection: duckdb.DuckDBPyConnection, select: str, path: Path) -> None:
    connection.execute(f"COPY ({select}) TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")
