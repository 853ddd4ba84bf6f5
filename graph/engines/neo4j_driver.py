"""Speaking to a Neo4j server: one driver, errors in our words, values as plain Python.

No text here ever holds a password or a value: the server's own words are passed on for mistakes in the text only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pyarrow as pa

from graph.engines.base import EngineDown, EngineError, QuestionTimeout

try:
    import neo4j
    from neo4j import exceptions as failures
    from neo4j.graph import Node, Path, Relationship
except ImportError:
    _INSTALLED = False
else:
    _INSTALLED = True

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # failures are told once, in our words
SCHEMES = frozenset({"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"})
CONNECT_SECONDS = 3.0
WAIT_SECONDS = 5.0
"""How long a question waits for a connection, the login included."""
STREAM_ROWS = 10_000
_NO_ADDRESS = (
    "Neo4j 的地址不对，应为 bolt://主机:7687 或 neo4j://主机:7687，用户名和密码另外给出。"
    " / The address must be bolt://host:7687 or neo4j://host:7687, without user and password."
)
_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"
_MISTAKE_IN_TEXT = "Neo.ClientError.Statement.SyntaxError"
_REFUSED = "Neo.ClientError.Security."

Result = TypeVar("Result")
Work = Callable[["neo4j.ManagedTransaction"], Result]


class Server:
    """One Neo4j database. Its driver connects when first needed and is shared by threads.

    `patience` is how long, in seconds, work is tried again while the server is away or answers that it is busy.
    """

    def __init__(self, url: str, user: str, password: str, database: str, *, patience: float) -> None:
        """Raises EngineDown when the driver is not installed or the address is none."""
        if not _INSTALLED:
            raise EngineDown(
                "没有安装 Neo4j 驱动，请运行 pip install 'fengqiao[neo4j]'。 / The Neo4j driver is not installed."
            )
        self._database = database
        self._address = _address(url)
        try:
            self._driver = neo4j.GraphDatabase.driver(
                url, auth=(user, password) if user else None, user_agent="fengqiao",
                connection_timeout=CONNECT_SECONDS, connection_acquisition_timeout=WAIT_SECONDS,
                max_transaction_retry_time=patience, notifications_min_severity="OFF",
            )
        except (failures.ConfigurationError, ValueError):
            raise EngineDown(_NO_ADDRESS) from None

    def read(self, text: str, params: Mapping[str, Any], timeout: float) -> list[dict[str, Any]]:
        """Rows of a reading text; tried again on passing errors. `timeout` in seconds."""
        with self._speaking(), self._session(neo4j.READ_ACCESS) as session:
            try:
                return _rows(session.run(neo4j.Query(text, timeout=timeout), dict(params)))  # one round trip
            except (failures.Neo4jError, failures.DriverError) as error:
                if not error.is_retryable():
                    raise
            work = neo4j.unit_of_work(timeout=timeout)(lambda tx: _rows(tx.run(text, dict(params))))
            return session.execute_read(work)

    def stream(self, text: str, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        """Rows of a reading text as Arrow batches; only some thousand rows are in memory."""
        with self._speaking(), self._session(neo4j.READ_ACCESS) as session:
            result = session.run(neo4j.Query(text, timeout=0))
            while rows := [record.values() for record in result.fetch(STREAM_ROWS)]:
                arrays = [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)]
                yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    def write(self, work: Work[Result]) -> Result:
        """The result of `work` in one writing transaction, which is tried again on passing errors."""
        with self._speaking(), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(work)

    def define(self, text: str, params: Mapping[str, Any] | None = None) -> None:
        """Run a text that changes the schema, which needs a transaction of its own."""
        with self._speaking(), self._session(neo4j.WRITE_ACCESS) as session:
            session.run(text, dict(params or {})).consume()

    def close(self) -> None:
        self._driver.close()

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(database=self._database, default_access_mode=access, fetch_size=STREAM_ROWS)

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """Errors of the driver become EngineDown, QuestionTimeout or EngineError."""
        try:
            yield
        except (failures.Neo4jError, failures.DriverError, OSError) as error:
            raise explain(error, self._address) from None


def _rows(result: neo4j.Result) -> list[dict[str, Any]]:
    names = result.keys()
    return [dict(zip(names, map(plain, record.values()), strict=True)) for record in result]


def _address(url: str) -> str:
    """Host and port of a URL, without anything secret that may stand in it; raises EngineDown when it is none."""
    try:
        parts = urlsplit(url)
        address = f"{parts.hostname}:{parts.port or 7687}"
    except ValueError:
        raise EngineDown(_NO_ADDRESS) from None
    if parts.scheme not in SCHEMES or parts.username or parts.password:
        raise EngineDown(_NO_ADDRESS)
    return address


def explain(error: Exception, address: str) -> EngineError:
    """The driver's error in our words."""
    if not isinstance(error, failures.Neo4jError):
        return EngineDown(
            f"Neo4j（{address}）没有应答，请检查地址、网络和服务是否启动。 / Neo4j at {address} does not answer."
        )
    code = error.code or ""
    if code.startswith(_TIMED_OUT):
        return QuestionTimeout("查询超过时间上限，已停止；请缩小范围。 / The question took too long; narrow it.")
    if code.startswith(_REFUSED):
        return EngineDown(
            f"Neo4j（{address}）拒绝了登录，请检查用户名、密码和权限（{code}）。 / Neo4j refused the credentials."
        )
    if isinstance(error, failures.TransientError) or code.endswith(("DatabaseNotFound", "DatabaseUnavailable")):
        return EngineDown(f"Neo4j（{address}）暂时不能服务（{code}），请稍后重试。 / Neo4j cannot serve at the moment.")
    told = (error.message or "").splitlines()[0] if code == _MISTAKE_IN_TEXT and error.message else code
    return EngineError(f"Neo4j 不接受这次操作：{told} / Neo4j refused.")


def plain(value: Any) -> Any:
    """A value of the driver as plain Python: dates as ISO text, nodes and edges as maps; maps without their nulls."""
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, Node | Relationship):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, Path):
        return {"nodes": plain(list(value.nodes)), "relations": plain(list(value.relationships))}
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items() if item is not None}
    if hasattr(value, "iso_format"):
        return value.iso_format()
    return value
