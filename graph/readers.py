"""Who holds the engine open: readers that follow the current build of a data directory, or one fixed server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from graph.engines.base import NothingPublished, Reader
from graph.engines.ladybug import LadybugReader
from graph.home import Home


class Readers(Protocol):
    """Lends an open reader for the time of one question."""

    def lease(self) -> AbstractContextManager[Reader]: ...

    def close(self) -> None: ...


class FixedReaders:
    """One reader for ever; a server holds the builds and switches by itself."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @contextmanager
    def lease(self) -> Iterator[Reader]:
        yield self._reader

    def close(self) -> None:
        self._reader.close()


class _Held:
    """A reader of one build and how many questions are using it."""

    def __init__(self, number: int, path: Path) -> None:
        self.number = number
        self.reader = LadybugReader(path)
        self.users = 0


class FollowingReaders:
    """Readers of the embedded engine: each question gets the build that is current when it begins.

    A new build is opened when it becomes current; the old one is closed when its last question has ended.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._held: _Held | None = None

    @contextmanager
    def lease(self) -> Iterator[Reader]:
        """Raises NothingPublished before the first build."""
        with self._lock:
            held = self._current()
            held.users += 1
        try:
            yield held.reader
        finally:
            with self._lock:
                held.users -= 1
                if held is not self._held and held.users == 0:
                    held.reader.close()

    def _current(self) -> _Held:
        number = self._home.current_number()
        if number is None:
            raise NothingPublished(
                "还没有可用的图，请先运行 fengqiao load 和 fengqiao build。 / No graph yet: run fengqiao load, then build."
            )
        if self._held is None or self._held.number != number:
            old, self._held = self._held, _Held(number, self._home.build_dir(number) / "graph.lbug")
            if old is not None and old.users == 0:
                old.reader.close()
        return self._held

    def close(self) -> None:
        with self._lock:
            if self._held is not None and self._held.users == 0:
                self._held.reader.close()
            self._held = None
