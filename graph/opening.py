"""Opening the graph, wherever it is: a data directory of the embedded engine, or the address of a Neo4j."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graph.build.artifact import Build
from graph.engines.base import BuildMark, NothingPublished, Progress, silent
from graph.engines.ladybug import LadybugTarget
from graph.engines.neo4j import Neo4jReader, Neo4jTarget
from graph.history import History, history
from graph.home import Home
from graph.ledger import Ledger
from graph.readers import FixedReaders, FollowingReaders, Readers
from graph.store import DEFAULT_TIMEOUT, Historian, Lister, Store
from graph.unresolved import Unresolved, unresolved

DEFAULT_ID_KEY = "fengqiao"
"""The key of the hashes that stand for id numbers and phones, unless the operator sets one."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a Neo4j answers and as whom to speak to it."""

    url: str
    user: str = ""
    password: str = ""
    database: str = "neo4j"


def is_server(where: str) -> bool:
    """Whether a text is a server's address rather than a directory."""
    return where.split(":", 1)[0] in {"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"}


def open_store(
    where: str | Path, *, user: str = "", password: str = "", database: str = "neo4j",
    id_key: str = DEFAULT_ID_KEY, timeout: float = DEFAULT_TIMEOUT, data: str | Path = "",
    ledger_url: str = "",
) -> Store:
    """A store over a data directory or a server; raises EngineDown or NothingPublished when first asked.

    The history of things is read from the data directory, which `data` names when `where` is a server; `ledger_url`
    says where its ledger is when that is not in the directory itself.
    """
    home = Home(Path(data or where)) if data or not is_server(str(where)) else None
    readers: Readers
    if is_server(str(where)):
        readers = FixedReaders(Neo4jReader(str(where), user, password, database))
    else:
        readers = FollowingReaders(Home(Path(where)))
    if home is None:
        return Store(readers, id_key=id_key, timeout=timeout)
    return Store(
        readers, id_key=id_key, timeout=timeout, historian=_historian(home, ledger_url), lister=_lister(home, ledger_url)
    )


def _historian(home: Home, ledger_url: str) -> Historian:
    def tell(node_id: str, number: int) -> History:
        return history(home, Ledger(home, ledger_url), _build(home, number), node_id)

    return tell


def _lister(home: Home, ledger_url: str) -> Lister:
    def tell(number: int, kind: str, limit: int) -> Unresolved:
        return unresolved(home, Ledger(home, ledger_url), _build(home, number), kind=kind, limit=limit)

    return tell


def _build(home: Home, number: int) -> Build:
    build = home.build(number)
    if build is None:
        raise NothingPublished("这个图的文件已不在数据目录。请重新 fengqiao build。 / The build is gone; build again.")
    return build


def publish_embedded(home: Home, build: Build, *, progress: Progress = silent) -> None:
    """Make a build the current one of the embedded engine; nothing is written when its files are there already."""
    if not (build.embedded_file.exists() and build.paths_folder.exists()):
        LadybugTarget().publish(build, held=None, progress=progress)
    if home.current_number() != build.card.number:
        home.make_current(build.card.number)


def publish_to_server(home: Home, build: Build, server: ServerAddress, *, progress: Progress = silent) -> None:
    """Bring a Neo4j from the build it holds to this one, by the difference where that is known."""
    held = _held(home, server)
    target = Neo4jTarget(server.url, server.user, server.password, server.database)
    try:
        target.publish(build, held=held, progress=progress)
    finally:
        target.close()


def _held(home: Home, server: ServerAddress) -> Build | None:
    reader = Neo4jReader(server.url, server.user, server.password, server.database)
    try:
        mark: BuildMark = reader.mark()
    except NothingPublished:
        return None
    finally:
        reader.close()
    build = home.build(mark.number)
    return build if build is not None and build.card.full_hash == mark.full_hash else None
