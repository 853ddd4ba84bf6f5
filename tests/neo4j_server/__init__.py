"""A real Neo4j for tests."""

from tests.neo4j_server.server import Neo4jServer, NoServer, newest_that_runs, start

__all__ = ["Neo4jServer", "NoServer", "newest_that_runs", "start"]
