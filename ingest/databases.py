"""Databases as sources: which tables there are, and their rows one at a time. Reading only, and all of it at one instant.

Any SQLAlchemy address works when its driver is installed. What a database says about itself when it refuses (its
errors hold addresses, statements and values) never gets into a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from graph.databases import database_url, shown
from ingest.errors import SourceMissing, SourceUnreadable

_SELECT = re.compile(r"(SELECT|WITH)\s", re.IGNORECASE)
ROWS_AT_ONCE = 1_000
"""Rows held in memory at a time; the server keeps the rest."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One table or query result: its name, its columns with their comments, and the statement that gives its rows."""

    name: str
    columns: tuple[str, ...]
    comments: tuple[str, ...]
    statement: sa.Executable


@dataclass(frozen=True, slots=True)
class Database:
    """A database to read: `tables` (`name` or `schema.name`) or one `query`; without either, all tables of its schema."""

    address: str = field(repr=False)
    tables: Sequence[str] = ()
    query: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @contextmanager
    def connect(self) -> Iterator[sa.Connection]:
        """A connection in one transaction that can only read; raises SourceUnreadable or SourceMissing."""
        url = self._url()
        try:
            engine = sa.create_engine(url, poolclass=sa.NullPool)
            with engine.connect() as connection:
                yield _reading_only(connection)
        except ImportError:
            raise SourceUnreadable(
                f"缺少数据库 {shown(url)} 的驱动。PostgreSQL 请运行 pip install 'fengqiao[sql]'。",
                f"the driver {url.drivername} is not installed; for PostgreSQL: pip install 'fengqiao[sql]'",
            ) from None
        except (sa.exc.SQLAlchemyError, ConnectionError) as error:
            raise SourceUnreadable(
                f"数据库 {shown(url)} 读不出来（{type(error).__name__}）。请检查地址、账号、权限与查询语句。",
                "the database cannot be read; check its address, account, permissions and the query",
            ) from None

    def relations(self, connection: sa.Connection) -> Iterator[Relation]:
        """What is to be read, in order of name; raises SourceMissing for a table that is not there."""
        if self.query:
            yield self._result(connection)
            return
        inspector = sa.inspect(connection)
        for name in self.tables or sorted(inspector.get_table_names()):
            yield _table(inspector, name)

    @property
    def name(self) -> str:
        """The database's own name, wherever it stands."""
        url = self._url()
        return Path(url.database or "").name or url.get_backend_name()

    def _url(self) -> sa.URL:
        try:
            url = database_url(self.address, self.password)
            url.get_dialect()
        except (sa.exc.SQLAlchemyError, ImportError, ValueError):
            raise SourceUnreadable(
                "不是能用的数据库地址。形式：postgresql://用户@主机/库 或 sqlite:///文件。",
                "no usable database address; write postgresql://user@host/database or sqlite:///file, and install its driver",
            ) from None
        if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
            raise SourceMissing(f"找不到 {shown(url)}，请检查路径。", "the file does not exist; check the path")
        return url

    def _result(self, connection: sa.Connection) -> Relation:
        query = self.query.strip().rstrip(";").rstrip()
        if ";" in query or not _SELECT.match(query):
            raise SourceUnreadable("--query 只接受一条 SELECT 语句。", "--query takes one SELECT statement")
        statement = sa.text(query.replace(":", r"\:"))
        with connection.execution_options(stream_results=True).execute(statement) as result:
            columns = tuple(result.keys())
        return Relation("query", columns, ("",) * len(columns), statement)


def _table(inspector: sa.Inspector, name: str) -> Relation:
    schema, _, table = name.rpartition(".")
    try:
        found = inspector.get_columns(table, schema or None)
        key = inspector.get_pk_constraint(table, schema or None)["constrained_columns"]
    except sa.exc.NoSuchTableError:
        raise SourceMissing(f"数据库里没有表 {name}。", f"the database has no table {name}") from None
    columns: list[sa.ColumnClause[object]] = [sa.column(column["name"]) for column in found]
    order: list[sa.ColumnClause[object]] = [sa.column(column) for column in key] or columns
    statement = sa.select(*columns).select_from(sa.table(table, schema=schema or None)).order_by(*order)
    names = tuple(column["name"] for column in found)
    return Relation(name, names, tuple((column.get("comment") or "").strip() for column in found), statement)


def _reading_only(connection: sa.Connection) -> sa.Connection:
    """One instant of the database, and nothing can be written."""
    kind = connection.dialect.name
    if kind == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    if kind == "sqlite":
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.exec_driver_sql("BEGIN")
    elif kind in ("mysql", "mariadb"):
        connection.exec_driver_sql("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
    return connection


def rows(connection: sa.Connection, relation: Relation) -> Iterator[Sequence[Sequence[object]]]:
    """The rows in batches of `ROWS_AT_ONCE`, fetched from the server as they are asked for."""
    streaming = connection.execution_options(yield_per=ROWS_AT_ONCE)
    with streaming.execute(relation.statement) as result:
        for batch in result.partitions():
            yield [tuple(row) for row in batch]
