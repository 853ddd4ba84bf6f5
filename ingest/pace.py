"""How far a load is: rows told as they are read, with their rate, and work left that a bar can show.

A sheet says beforehand about how many rows it has; what was really read takes the place of that guess. Sheets may be
read side by side. Comparing and writing at the end count as a fixed part more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import RLock

from graph.engines.base import Progress

WRITING = 0.25
"""The work at the end, as a share of the work on all rows; measured on a county of a million."""


@dataclass
class Pace:
    """Tells a Progress about sheets of which `expected` are the rows; done and total are in rows' worth of work."""

    progress: Progress
    expected: Sequence[int]
    clock: Callable[[], float] = time.monotonic
    _rows: list[float] = field(init=False)
    _done: list[float] = field(init=False)
    _names: list[str] = field(init=False)
    _started: float = field(init=False)
    _lock: RLock = field(init=False, default_factory=RLock)

    def __post_init__(self) -> None:
        self._rows = [float(rows) for rows in self.expected]
        self._done = [0.0] * len(self._rows)
        self._names = [""] * len(self._rows)
        self._started = self.clock()

    def begin(self, part: int, what: str) -> None:
        """Part number `part`, from 1, is taken up."""
        self._names[part - 1] = what
        self.reached(part, 0.0)

    def read(self, part: int, rows: int) -> None:
        """This part really has so many rows."""
        self._rows[part - 1] = float(rows)

    def reached(self, part: int, share: float) -> None:
        """So much of a part is done, 0 to 1."""
        with self._lock:
            self._done[part - 1] = share
            done = sum(share * rows for share, rows in zip(self._done, self._rows, strict=True))
            seconds = self.clock() - self._started
            rate = f" · {done / seconds:,.0f} 行/秒 rows/s" if done and seconds >= 1 else ""
            self._tell(f"载入 {self._names[part - 1]} · {done:,.0f} 行 rows{rate}", done)

    def writing(self, share: float) -> None:
        """All parts are read; so much of the rest is done, 0 to 1."""
        self._tell(f"核对与写出 writing · {sum(self._rows):,.0f} 行 rows", sum(self._rows) * (1 + WRITING * share))

    def _tell(self, what: str, done: float) -> None:
        self.progress(what, round(done), round(sum(self._rows) * (1 + WRITING)))
