"""A real Neo4j for tests."""

from tests.neo4j_server.server import Neo4jServer, NoServer, start

__all__ = ["Neo4jServer", "NoServer", "start"]
