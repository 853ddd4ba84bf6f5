"""Connections to one finished file of the embedded engine, lent to one thread at a time.

A connection keeps its prepared statements, so the pool lends the one used last. Nothing but finished files is
opened here, read-only: such a handle takes no lock and writes nothing, whatever else the process has open.

A prepared statement keeps the memory it once needed (the longest questions: over 100 MB of the buffer pool), and only
closing its connection gives it back. When a question finds no memory, idle connections are closed and it is asked again.
"""

from __future__ import annotations

import math
import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any

import ladybug as lb

from graph.engines.base import EngineDown, EngineError, QuestionTimeout

MAX_STATEMENTS = 500
"""Different texts after which a connection is replaced, so that kept statements do not grow without end."""

CORES = os.cpu_count() or 1
WATCH_SECONDS = 0.05
"""How often it is looked whether a statement is late."""
PAUSES = (0.0, 0.3, 1.0)
"""Seconds to wait, each time a question finds no memory, before it is asked again: others may be giving theirs back."""

_NO_PARAMS = {"none": ""}
"""Given when a text has no parameters: only a text with parameters is prepared, and thereby one statement."""
_READS = re.compile(r"\s*(MATCH|OPTIONAL\s+MATCH|UNWIND|WITH|RETURN)\b", re.IGNORECASE)
"""How a reading text begins. Read-only is no sandbox: a CHECKPOINT, for one, leaves files that bar the next reader."""
_SPEAKS_OF_TEXT = ("Parser exception", "Binder exception", "Catalog exception", "Parameter ")


class PoolExhausted(EngineError):
    """The buffer pool has no room for what a question needs."""


def explain(error: RuntimeError) -> EngineError:
    """The error in our words; the engine's own only when they speak of the text and not of a value."""
    told = str(error)
    if "Interrupted" in told:
        return QuestionTimeout("查询超过时间上限，已停止；请缩小范围。 / The question took too long; narrow it.")
    if told.startswith(_SPEAKS_OF_TEXT):
        return EngineError(f"图引擎不接受这段查询：{told.splitlines()[0]} / The engine refused the text.")
    if "uffer" in told and "pool" in told:
        return PoolExhausted(
            "查询需要的内存超过图引擎的缓冲池；请缩小范围或增大缓冲池。"
            " / The question needs more memory than the buffer pool has."
        )
    return EngineError("图引擎执行失败；请用 fengqiao doctor 检查图文件。 / The engine failed; run fengqiao doctor.")


def open_finished(path: Path, buffer_pool: int) -> lb.Database:
    """A finished file, read-only; tried twice, the second time with twice the memory. Raises EngineDown."""
    if not path.is_file() or path.stat().st_size == 0:
        raise EngineDown(f"图文件不存在：{path}；请运行 fengqiao build 重新发布。 / The graph file is missing: run fengqiao build.")
    for pool in (buffer_pool, 2 * buffer_pool):
        with suppress(RuntimeError):
            return lb.Database(str(path), read_only=True, buffer_pool_size=pool)
    raise EngineDown(
        f"图文件打不开（损坏、无权读取或由别的版本写成）：{path}；请删除它并运行 fengqiao build 重新发布。"
        " / The graph file cannot be opened: delete it and run fengqiao build."
    )


@dataclass(slots=True)
class Lent:
    """One place of the pool: its connection once it was needed, and the texts that connection has prepared."""

    database: lb.Database
    make_room: Callable[[], None]
    connection: lb.Connection | None = None
    texts: set[str] = field(default_factory=set)
    _cores: int = 0
    _until: float = math.inf
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def execute(
        self, text: str, params: Mapping[str, Any], timeout: float, *, wide: bool = True
    ) -> lb.QueryResult:
        """The result of one reading statement; raises EngineError. `timeout` is in seconds.

        A narrow statement stays on one core: to wake a second one costs more than the whole of it.
        """
        if not _READS.match(text):
            raise EngineError(f"只能执行查询，不能以 {text.split()[:1]} 开头。 / Only reading texts are run.")
        for pause in PAUSES:
            try:
                return self._run(text, params, timeout, wide)
            except PoolExhausted:
                self.close()
                self.make_room()
                time.sleep(pause)
        return self._run(text, params, timeout, wide)

    def _run(self, text: str, params: Mapping[str, Any], timeout: float, wide: bool) -> lb.QueryResult:
        if self.connection is None or len(self.texts) >= MAX_STATEMENTS:
            self.close()
            self.connection = lb.Connection(self.database)
        self.texts.add(text)
        if self._cores != (cores := CORES if wide else 1):
            self.connection.set_max_threads_for_exec(cores)
            self._cores = cores
        self._allow(time.monotonic() + timeout)
        try:
            return self.connection.execute(text, dict(params) or _NO_PARAMS)
        except RuntimeError as error:
            raise explain(error) from None
        finally:
            self._allow(math.inf)

    def _allow(self, until: float) -> None:
        with self._guard:
            self._until = until

    def stop_if_late(self) -> None:
        """Interrupt the statement that runs longer than it may; never the one after it."""
        with self._guard:
            if time.monotonic() > self._until:
                self.interrupt()

    def interrupt(self) -> None:
        if self.connection is not None:
            self.connection.interrupt()

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None
        self._cores = 0
        self.texts.clear()


class Pool:
    """The connections of one file: at most `size` statements run at once, the others wait their turn."""

    def __init__(self, path: Path, buffer_pool: int, size: int) -> None:
        self._database = open_finished(path, buffer_pool)
        self._places = [Lent(self._database, self._make_room) for _ in range(size)]
        self._free: LifoQueue[Lent] = LifoQueue()
        self._closed = False
        self._ended = threading.Event()
        for place in self._places:
            self._free.put(place)
        threading.Thread(target=self._watch, name="fengqiao-timeouts", daemon=True).start()

    def _watch(self) -> None:
        """Stop what is late. The engine's own timeout does this too, but costs every statement a third of a millisecond."""
        while not self._ended.wait(WATCH_SECONDS):
            for place in self._places:
                place.stop_if_late()

    @contextmanager
    def lend(self) -> Iterator[Lent]:
        """A connection for this thread alone; raises EngineDown when the pool is closed."""
        place = self._free.get()
        try:
            if self._closed:
                raise EngineDown("图文件已经关闭。 / The graph file has been closed.")
            yield place
        finally:
            self._free.put(place)

    def _make_room(self) -> None:
        """Close the connections nobody uses at the moment; they open again when needed."""
        idle: list[Lent] = []
        with suppress(Empty):
            while True:
                idle.append(self._free.get_nowait())
        for place in reversed(idle):
            place.close()
            self._free.put(place)

    def close(self) -> None:
        """Stop what is running, wait until it has stopped, and let go of the file."""
        if self._closed:
            return
        self._closed = True
        self._ended.set()
        for place in self._places:
            place.interrupt()
        for _ in self._places:
            self._free.get().close()
        self._database.close()
        self._free.put(self._places[0])
