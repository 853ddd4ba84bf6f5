"""One command as a process of its own: how long it took and how much memory it held at most."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass

MIB = 1 << 20


class Failed(Exception):
    """A measured command did not end well; the text is what it printed."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process cost: `seconds` of wall clock, `peak` bytes resident at most, and what it printed."""

    seconds: float
    peak: int
    output: str


def python(*arguments: str) -> list[str]:
    """A command of this interpreter."""
    return [sys.executable, *arguments]


def fengqiao(*arguments: str) -> list[str]:
    """The application's command, in this interpreter."""
    return python("-c", "from api.cli import main; main()", *arguments)


def measured(command: Sequence[str]) -> Run:
    """Run a command to its end; raises Failed when it fails."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=errors, text=True)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode:
            raise Failed(f"{' '.join(command[-6:])}\n{output.read()}{errors.read()}")
        return Run(seconds, usage.ru_maxrss * 1024, output.read())
