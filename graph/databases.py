"""Addresses of databases: read, given a driver that is free to ship, and shown without anything secret."""

from __future__ import annotations

import sqlalchemy as sa

_DRIVERS = {"postgresql": "postgresql+pg8000", "postgres": "postgresql+pg8000"}
"""The driver of an address that names none."""


def is_database(text: str) -> bool:
    """Whether a text is meant as a database address and not as a path."""
    return "://" in text


def database_url(text: str, password: str = "") -> sa.URL:
    """A SQLAlchemy address; `password` fills in where it has a user but no password. sqlalchemy ArgumentError if it is none."""
    url = sa.make_url(text)
    if url.drivername in _DRIVERS:
        url = url.set(drivername=_DRIVERS[url.drivername])
    return url.set(password=password) if password and url.username and not url.password else url


def shown(url: sa.URL) -> str:
    """The address for people: kind, host and database; never user, password or options."""
    if url.get_backend_name() == "sqlite":
        return f"sqlite:///{url.database or ''}"
    port = f":{url.port}" if url.port else ""
    return f"{url.get_backend_name()}://{url.host or ''}{port}/{url.database or ''}"
