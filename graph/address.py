"""Where a graph is: the address of a Neo4j told from a data directory, and the key that both kinds of store share."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_ID_KEY = "fengqiao"
"""The key of the hashes that stand for id numbers and phones, unless the operator sets one."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a Neo4j answers and as whom to speak to it."""

    url: str
    user: str = ""
    password: str = ""
    database: str = "neo4j"


def is_server(where: str) -> bool:
    """Whether a text is a server's address rather than a directory."""
    return where.split(":", 1)[0] in {"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"}
