"""Opening the graph, wherever it is: a data directory of the embedded engine, or the address of a Neo4j."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.address import DEFAULT_ID_KEY, ServerAddress, is_server
from graph.build.artifact import Build
from graph.build.joined import joined
from graph.checks import CheckBook
from graph.engines.base import BuildMark, NothingPublished, Progress, silent
from graph.engines.ladybug import LadybugTarget
from graph.history import History, history
from graph.home import Home
from graph.identityrows import Finding, Made, findings, made, present
from graph.judgements import JudgementBook
from graph.law.book import Law
from graph.ledger import Ledger
from graph.readers import FixedReaders, FollowingReaders, Readers
from graph.store import DEFAULT_TIMEOUT, Store
from graph.unresolved import Unresolved, first_unresolved, unresolved, unresolved_counts

if TYPE_CHECKING:
    from graph.engines.neo4j import Neo4jReader

BESIDE = {"joined": joined, "unresolved": first_unresolved, "unresolved_counts": unresolved_counts}
"""The lists beside a build that questions may take, by name."""


def open_store(
    where: str | Path, *, user: str = "", password: str = "", database: str = "neo4j",
    id_key: str = DEFAULT_ID_KEY, timeout: float = DEFAULT_TIMEOUT, data: str | Path = "",
    ledger_url: str = "", law_packs: Iterable[str] = (),
) -> Store:
    """A store over a data directory or a server; raises EngineDown or NothingPublished when first asked.

    The history of things is read from the data directory, which `data` names when `where` is a server; `ledger_url`
    says where its ledger is when that is not in the directory itself. `law_packs` are optional rule packs to switch on,
    beside the operator's own in the data directory; raises InvalidLaw.
    """
    home = Home(Path(data or where)) if data or not is_server(str(where)) else None
    readers: Readers
    if is_server(str(where)):
        readers = FixedReaders(server_reader(ServerAddress(str(where), user, password, database)))
    else:
        readers = FollowingReaders(Home(Path(where)))
    archive = _LoadArchive(home, ledger_url, id_key) if home else None
    return Store(readers, id_key=id_key, timeout=timeout, archive=archive, law=Law.load(home.law if home else None, law_packs))


@dataclass(frozen=True)
class _LoadArchive:
    """The loads and judgements of a data directory."""

    home: Home
    ledger_url: str
    id_key: str = field(repr=False)

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self.home, self.ledger_url)

    def history(self, number: int, node_id: str) -> History:
        return history(self.home, self._ledger, self._build(number), node_id, id_key=self.id_key)

    def unresolved(self, number: int, kind: str, limit: int) -> Unresolved:
        return unresolved(self.home, self._ledger, self._build(number), kind=kind, limit=limit)

    def beside(self, number: int, name: str) -> list[dict[str, Any]]:
        return BESIDE[name](self._build(number))

    def checks(self) -> CheckBook:
        return self._ledger.checks

    def book(self) -> JudgementBook:
        return self._ledger.judgements

    def link_book(self) -> JudgementBook:
        return self._ledger.link_judgements

    def made(self, number: int, node_id: str) -> list[Made]:
        return made(self.home, self._ledger, self._build(number), node_id)

    def findings(self, number: int, kind: str, limit: int) -> list[Finding]:
        return findings(self.home, self._ledger, self._build(number), kind=kind, limit=limit)

    def present(self, number: int, ids: Iterable[str]) -> dict[str, str]:
        return present(self._build(number), ids)

    def _build(self, number: int) -> Build:
        build = self.home.build(number)
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
    from graph.engines.neo4j import Neo4jTarget

    held = _held(home, server)
    target = Neo4jTarget(server.url, server.user, server.password, server.database)
    try:
        target.publish(build, held=held, progress=progress)
    finally:
        target.close()


def server_reader(server: ServerAddress) -> Neo4jReader:
    """A reader of a server. Its driver is slow to import, so whoever speaks to no server does without it."""
    from graph.engines.neo4j import Neo4jReader

    return Neo4jReader(server.url, server.user, server.password, server.database)


def _held(home: Home, server: ServerAddress) -> Build | None:
    reader = server_reader(server)
    try:
        mark: BuildMark = reader.mark()
    except NothingPublished:
        return None
    finally:
        reader.close()
    build = home.build(mark.number)
    return build if build is not None and build.card.full_hash == mark.full_hash else None


__all__ = [
    "BESIDE", "DEFAULT_ID_KEY", "ServerAddress", "is_server", "open_store", "publish_embedded", "publish_to_server", "server_reader",
]
