"""The ledger: which loads and builds exist and count. A few small tables, SQLite by default, PostgreSQL by URL.

Folders are made final before their row is written, so a row always has its folder; a folder without a row is a
leftover of a killed writer, never counted, and replaced by the next attempt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from graph.build.artifact import BuildCard
from graph.checks import CheckBook, check_table
from graph.databases import database_url
from graph.home import Home, HomeError, settle
from graph.judgements import JudgementBook, judgement_table

ACTIVE, WITHDRAWN = "active", "withdrawn"
_meta = sa.MetaData()
_loads = sa.Table(
    "loads", _meta,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("load_id", sa.String(32), nullable=False, unique=True),
    sa.Column("mapping", sa.String(200), nullable=False),
    sa.Column("provider", sa.String(200), nullable=False),
    sa.Column("rules", sa.String(64), nullable=False),
    sa.Column("loaded_at", sa.String(32), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
)
_parts = sa.Table(
    "parts", _meta,
    sa.Column("load_id", sa.ForeignKey("loads.load_id"), primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True),
    sa.Column("file", sa.String(1000), nullable=False),
    sa.Column("sheet", sa.String(200), nullable=False),
    sa.Column("table", sa.String(200), nullable=False),
    sa.Column("read", sa.BigInteger, nullable=False),
    sa.Column("loaded", sa.BigInteger, nullable=False),
    sa.Column("merged", sa.BigInteger, nullable=False),
    sa.Column("quarantined", sa.BigInteger, nullable=False),
)
_supersessions = sa.Table(
    "supersessions", _meta,
    sa.Column("load_id", sa.ForeignKey("loads.load_id"), primary_key=True),
    sa.Column("table", sa.String(200), primary_key=True),
    sa.Column("superseded_by", sa.ForeignKey("loads.load_id"), primary_key=True),
)
_corrections = sa.Table(
    "corrections", _meta,
    sa.Column("load_id", sa.ForeignKey("loads.load_id"), primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True),
    sa.Column("corrects", sa.ForeignKey("loads.load_id"), nullable=False),
    sa.Column("corrects_part", sa.Integer, nullable=False),
)
_builds = sa.Table(
    "builds", _meta,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("graph_hash", sa.String(64), nullable=False),
    sa.Column("inputs_hash", sa.String(64), nullable=False),
    sa.Column("created_at", sa.String(32), nullable=False),
)


_judgements = judgement_table(_meta, "judgements")
_link_judgements = judgement_table(_meta, "link_judgements")
_checks = check_table(_meta)


class LedgerError(HomeError):
    """The ledger cannot be reached or used; the text says what to do."""


@dataclass(frozen=True, slots=True)
class PartRecord:
    """One sheet or file of a load, and what became of its rows: read = loaded + merged + quarantined."""

    part: int
    file: str
    sheet: str
    table: str
    read: int
    loaded: int
    merged: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class LoadRecord:
    """One load. `rules` is the version of the loading rules; `mapping` is `native` for the native tables.

    `replaces` are the (older load, table) pairs of which this load declared itself the complete new version;
    `replaced` names, for each table that no longer counts, the newest *active* load that replaced it. A correction
    has in `corrects` the load whose refused rows it mends, and in `corrected_parts` the part there of each part here.
    """

    load_id: str
    mapping: str
    provider: str
    rules: str
    parts: tuple[PartRecord, ...]
    loaded_at: str = ""
    state: str = ACTIVE
    seq: int = 0
    replaces: tuple[tuple[str, str], ...] = ()
    replaced: Mapping[str, str] = field(default_factory=dict)
    corrects: str = ""
    corrected_parts: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """One finished build as the ledger knows it."""

    number: int
    graph_hash: str
    inputs_hash: str
    created_at: str


def now() -> str:
    """This moment in UTC as ISO text, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")


class Ledger:
    """Reads and writes the ledger of one data directory."""

    def __init__(self, home: Home, url: str = "") -> None:
        home.create()
        self._home = home
        try:
            self._engine = sa.create_engine(database_url(url or home.ledger_url))
            _meta.create_all(self._engine)
        except (sa.exc.SQLAlchemyError, ImportError, ValueError) as error:
            raise LedgerError(
                f"台账打不开（{type(error).__name__}）。请检查数据目录的权限、磁盘空间或台账数据库地址。"
                " / The ledger cannot be opened; check permissions, disk space or the database URL."
            ) from None

    @property
    def home(self) -> Home:
        """The data directory whose loads and builds it lists."""
        return self._home

    @property
    def judgements(self) -> JudgementBook:
        """What people judged about who is who."""
        return JudgementBook(_judgements, self._reading, self._writing)

    @property
    def link_judgements(self) -> JudgementBook:
        """What people judged about links of two cases."""
        return JudgementBook(_link_judgements, self._reading, self._writing)

    @property
    def checks(self) -> CheckBook:
        """Answers that were kept under a number."""
        return CheckBook(_checks, self._reading, self._writing)

    def commit_load(self, record: LoadRecord, staging: Path) -> LoadRecord:
        """Make a staged load final and active; returns it with its number and time."""
        settle(staging, self._home.load_dir(record.load_id))
        row = {
            "load_id": record.load_id, "mapping": record.mapping, "provider": record.provider,
            "rules": record.rules, "loaded_at": record.loaded_at or now(), "state": ACTIVE,
        }
        names = [c.name for c in _parts.columns if c.name != "load_id"]
        with self._writing() as connection:
            connection.execute(_loads.insert(), row)
            parts = [{"load_id": record.load_id, **{n: getattr(p, n) for n in names}} for p in record.parts]
            if parts:
                connection.execute(_parts.insert(), parts)
            _insert_supersessions(connection, record.load_id, record.replaces)
            mended = [
                {"load_id": record.load_id, "part": part, "corrects": record.corrects, "corrects_part": there}
                for part, there in record.corrected_parts.items()
            ]
            if mended:
                connection.execute(_corrections.insert(), mended)
        committed = self.load(record.load_id)
        assert committed is not None
        return committed

    def load(self, load_id: str) -> LoadRecord | None:
        """One load by its id, whatever its state, or None."""
        found = self._read_loads(_loads.c.load_id == load_id)
        return found[0] if found else None

    def loads(self, *, active_only: bool = False) -> list[LoadRecord]:
        """All loads in the order they came."""
        return self._read_loads(_loads.c.state == ACTIVE if active_only else sa.true())

    def supersede(self, load_id: str, replaces: Sequence[tuple[str, str]]) -> None:
        """Record that a load is the complete new version of these (older load, table) pairs; known pairs stay."""
        known = self.load(load_id)
        with self._writing() as connection:
            _insert_supersessions(connection, load_id, [pair for pair in replaces if not known or pair not in known.replaces])

    def set_state(self, load_id: str, state: str) -> None:
        """Withdraw a load, or make it active again."""
        with self._writing() as connection:
            connection.execute(_loads.update().where(_loads.c.load_id == load_id).values(state=state))

    def commit_build(self, card: BuildCard, staging: Path) -> None:
        """Make a staged build final under its number."""
        settle(staging, self._home.build_dir(card.number))
        with self._writing() as connection:
            connection.execute(_builds.insert(), {
                "number": card.number, "graph_hash": card.graph_hash,
                "inputs_hash": card.inputs_hash, "created_at": card.created_at,
            })

    def builds(self) -> list[BuildRecord]:
        """All builds, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(sa.select(_builds).order_by(_builds.c.number)).mappings()
            return [BuildRecord(**row) for row in rows]

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        """A connection to read with; raises LedgerError when the database does not answer."""
        try:
            with self._engine.connect() as connection:
                yield connection
        except sa.exc.SQLAlchemyError as error:
            raise LedgerError(
                f"台账读不出来（{type(error).__name__}）。请检查台账数据库，然后重新运行。"
                " / The ledger cannot be read; check its database, then run again."
            ) from None

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """One transaction; raises LedgerError when the database refuses it, and then nothing was recorded."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.SQLAlchemyError as error:
            raise LedgerError(
                f"台账写不进去（{type(error).__name__}），没有记账。请检查磁盘空间或台账数据库，然后重新运行。"
                " / The ledger cannot be written; check disk space or its database, then run again."
            ) from None

    def _read_loads(self, where: sa.ColumnElement[bool]) -> list[LoadRecord]:
        with self._reading() as connection:
            rows = connection.execute(sa.select(_loads).where(where).order_by(_loads.c.seq)).mappings().all()
            replaces, replaced = _supersessions_of(connection)
            corrects = _corrections_of(connection)
            return [
                LoadRecord(
                    **row, parts=_parts_of(connection, row["load_id"]), replaces=tuple(replaces.get(row["load_id"], ())),
                    replaced=replaced.get(row["load_id"], {}), corrects=corrects.get(row["load_id"], ("", {}))[0],
                    corrected_parts=corrects.get(row["load_id"], ("", {}))[1],
                )
                for row in rows
            ]


def _parts_of(connection: sa.Connection, load_id: str) -> tuple[PartRecord, ...]:
    query = sa.select(_parts).where(_parts.c.load_id == load_id).order_by(_parts.c.part)
    rows: Sequence[sa.RowMapping] = connection.execute(query).mappings().all()
    return tuple(PartRecord(**{k: v for k, v in row.items() if k != "load_id"}) for row in rows)


def _insert_supersessions(connection: sa.Connection, load_id: str, replaces: Sequence[tuple[str, str]]) -> None:
    rows = [{"load_id": older, "table": table, "superseded_by": load_id} for older, table in replaces]
    if rows:
        connection.execute(_supersessions.insert(), rows)


def _supersessions_of(connection: sa.Connection) -> tuple[dict[str, list[tuple[str, str]]], dict[str, dict[str, str]]]:
    """By newer load what it replaces, active or not; by older load the tables that an active load replaced."""
    newer = _loads.alias()
    query = (
        sa.select(_supersessions, newer.c.state).join(newer, newer.c.load_id == _supersessions.c.superseded_by)
        .join(_loads, _loads.c.load_id == _supersessions.c.load_id)
        .order_by(newer.c.seq, _loads.c.seq, _supersessions.c.table)
    )
    replaces: dict[str, list[tuple[str, str]]] = {}
    replaced: dict[str, dict[str, str]] = {}
    for older, table, by, state in connection.execute(query):
        replaces.setdefault(by, []).append((older, table))
        if state == ACTIVE:
            replaced.setdefault(older, {})[table] = by
    return replaces, replaced


def _corrections_of(connection: sa.Connection) -> dict[str, tuple[str, dict[int, int]]]:
    found: dict[str, tuple[str, dict[int, int]]] = {}
    for load_id, part, corrects, there in connection.execute(sa.select(_corrections).order_by(_corrections.c.part)):
        found.setdefault(load_id, (corrects, {}))[1][part] = there
    return found
