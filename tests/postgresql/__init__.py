"""A real PostgreSQL for tests."""

from tests.postgresql.server import Cluster, NoServer, start

__all__ = ["Cluster", "NoServer", "start"]
