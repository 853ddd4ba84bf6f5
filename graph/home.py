"""The data directory: where loads, builds and the ledger live, who may write, and which build is current.

    ledger.db          the ledger (unless a database URL says otherwise)
    writer.lock        held by the one process that loads, builds or publishes
    loads/<load id>/   one immutable folder a load
    builds/<number>/   one immutable folder a build
    law/               rule packs of the operator's own, if any
    current            the number of the build that readers of the embedded engine open

Folders appear whole: they are filled under a name that begins with a dot and renamed when finished.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.build.artifact import CARD, Build
from graph.register import TABLES

_STAGING = ".staging-"


class HomeError(Exception):
    """The data directory cannot be used; the text says what to do."""


class WriterBusy(HomeError):
    """Another process is writing; the text names its process number."""


class Home:
    """Paths and the writer's lock of one data directory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._writing: int | None = None

    @property
    def loads(self) -> Path:
        return self.root / "loads"

    @property
    def builds(self) -> Path:
        return self.root / "builds"

    @property
    def law(self) -> Path:
        """Where an operator puts rule packs of their own."""
        return self.root / "law"

    @property
    def ledger_url(self) -> str:
        """The SQLAlchemy URL of the ledger that lives in the directory itself."""
        return f"sqlite:///{self.root / 'ledger.db'}"

    def create(self) -> None:
        """Make the directory if it is not there; raises HomeError when that is not possible."""
        with _on_disk(self.root):
            for folder in (self.root, self.loads, self.builds):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    @contextmanager
    def writer(self) -> Iterator[None]:
        """Hold the writer's lock; raises WriterBusy at once when another process has it.

        The lock is the kernel's and goes with the process, however it ends. Leftovers of a killed writer are
        cleared on the way in. A thread that holds it already may ask again.
        """
        if self._writing == threading.get_ident():
            yield
            return
        self.create()
        with _on_disk(self.root):
            lock = os.open(self.root / "writer.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._own(lock)
            self._writing = threading.get_ident()
            yield
        finally:
            self._writing = None
            os.close(lock)

    def _own(self, lock: int) -> None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.pread(lock, 20, 0).decode() or "?"
            raise WriterBusy(
                f"另一个进程（PID {owner}）正在写入，请等它结束后再试。 / Process {owner} is writing; try again later."
            ) from None
        with _on_disk(self.root):
            self._clear_leftovers()
            os.ftruncate(lock, 0)
            os.pwrite(lock, str(os.getpid()).encode(), 0)

    def _clear_leftovers(self) -> None:
        for parent in (self.loads, self.builds):
            for leftover in parent.glob(f"{_STAGING}*"):
                shutil.rmtree(leftover)

    def load_dir(self, load_id: str) -> Path:
        return self.loads / load_id

    def tables_of(self, load_id: str) -> tuple[str, ...]:
        """The register tables that a load brought, in order of name."""
        return tuple(sorted(path.stem for path in self.load_dir(load_id).glob("*.parquet") if path.stem in TABLES))

    def stage_load(self, load_id: str) -> Path:
        """An empty folder to fill with a load; `Ledger.commit_load` makes it final."""
        return _fresh(self.loads / f"{_STAGING}{load_id}")

    def stage_build(self) -> Path:
        """An empty folder to fill with a build."""
        return _fresh(self.builds / f"{_STAGING}build")

    def build_dir(self, number: int) -> Path:
        return self.builds / f"{number:06d}"

    def build(self, number: int) -> Build | None:
        """A finished build, or None when there is none with this number (any more)."""
        path = self.build_dir(number)
        return Build.read(path) if (path / CARD).exists() else None

    def current_number(self) -> int | None:
        """The number of the build that readers open, or None before the first publication."""
        try:
            return int((self.root / "current").read_text())
        except FileNotFoundError:
            return None

    def make_current(self, number: int) -> None:
        """Point readers to a build, in one atomic step."""
        pending = self.root / "current.new"
        with _on_disk(self.root):
            with pending.open("w") as file:
                file.write(str(number))
                file.flush()
                os.fsync(file.fileno())
            pending.replace(self.root / "current")
            _sync(self.root)


@contextmanager
def _on_disk(root: Path) -> Iterator[None]:
    """Whatever the operating system refuses in the data directory becomes a HomeError that says what to do."""
    try:
        yield
    except OSError as error:
        raise HomeError(
            f"数据目录不能写入（{error.strerror}）：{root}。请检查权限与磁盘空间，或用 --data 指定别处。"
            " / The data directory cannot be written; check permissions and disk space, or choose another with --data."
        ) from None


def _fresh(path: Path) -> Path:
    if path.exists():
        shutil.rmtree(path)
    path.mkdir(parents=True)
    return path


def settle(staging: Path, final: Path) -> None:
    """Make a filled staging folder final: contents to disk, then one rename. A folder in the way is replaced."""
    for path in staging.rglob("*"):
        _sync(path)
    _sync(staging)
    if final.exists():
        shutil.rmtree(final)
    staging.rename(final)
    _sync(final.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
