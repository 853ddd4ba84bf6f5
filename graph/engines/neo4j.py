"""Neo4j as the engine: a build is applied as the difference from the one the database holds, and can be resumed.

Text comes back as it went in; a null is a property that is not there. The database belongs to Fengqiao alone: one
that holds anything else is refused, and nothing but types of our model is ever deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from cypher import write
from cypher.dialects import NEO4J
from graph.build.artifact import Build
from graph.engines.base import BuildMark, EngineError, NothingPublished, Progress, Shortcut, silent
from graph.engines.layout import EdgeTable, NodeTable, fits, row_counts, tables
from graph.engines.neo4j_changes import Action, Batch, Change, difference, everything
from graph.engines.neo4j_driver import Server
from graph.engines.neo4j_journal import MARK_NAMES, Journal, Stamp, State
from graph.model import MODEL
from graph.schema import EdgeType, NodeType

if TYPE_CHECKING:
    import neo4j

BATCH_ROWS = 5_000
SMALL_ROWS = 20_000
"""A difference of at most so many rows is applied in one transaction, so that readers see either build."""
WIPE_ROWS = 20_000
INDEX_SECONDS = 3_600
READER_PATIENCE = 2.0
WRITER_PATIENCE = 30.0

WORD_INDEXES = (("Resident", "name"), ("Official", "name"))
VALUE_INDEXES = (
    ("Resident", "phone_token"), ("Resident", "area_code"), ("Case", "number"), ("Case", "matter_id"),
    ("Case", "area_code"), ("Case", "opened_on"), ("Parcel", "code"), ("Step", "case_id"),
)
"""Only values that the register keeps short are indexed: an index refuses a text of more than 8 kB."""


class Neo4jReader:
    """A Neo4j database open for reading, shared by threads; it connects when first asked.

    `url` is `bolt://host:port` or `neo4j://host:port` (`+s` for TLS); without `user` no login is attempted.
    """

    dialect = NEO4J

    def __init__(self, url: str, user: str = "", password: str = "", database: str = "neo4j") -> None:
        """Raises EngineDown when the driver is not installed or the address is none."""
        self._server = Server(url, user, password, database, patience=READER_PATIENCE)

    def mark(self) -> BuildMark:
        """The build in the database, `complete` or being applied; raises NothingPublished, EngineDown."""
        journal = _journal(self.run(write.mark_read(MARK_NAMES), {}, timeout=10))
        if journal is None:
            raise NothingPublished("Neo4j 里还没有图，请先发布。 / Neo4j holds no graph yet: publish first.")
        return journal.mark()

    def run(
        self, text: str, params: Mapping[str, Any], *, timeout: float, wide: bool = True
    ) -> list[dict[str, Any]]:
        """Rows of one reading text; `timeout` in seconds; the server decides on cores itself.

        Raises QuestionTimeout, EngineDown, EngineError.
        """
        return self._server.read(text, params, timeout)

    def shortcut(self, question: str) -> Shortcut | None:
        """None: every question is answered by its text here."""
        return None

    def nodes(self, node: NodeType) -> Iterator[pa.RecordBatch]:
        """All nodes of a type, columns as in the build."""
        table = NodeTable(node)
        return self._server.stream(write.neo4j_nodes(node.label, table.names), table.schema)

    def edges(self, edge: EdgeType, start: str, end: str) -> Iterator[pa.RecordBatch]:
        """All edges of a type between two labels, columns as in the build."""
        table = EdgeTable(edge, start, end)
        return self._server.stream(write.neo4j_edges(edge.name, start, end, table.names[2:]), table.schema)

    def close(self) -> None:
        self._server.close()


class Neo4jTarget:
    """Publishes builds to a Neo4j database; one process at a time, a second one is refused."""

    def __init__(self, url: str, user: str = "", password: str = "", database: str = "neo4j") -> None:
        """Raises EngineDown when the driver is not installed or the address is none."""
        self._server = Server(url, user, password, database, patience=WRITER_PATIENCE)

    def publish(self, build: Build, *, held: Build | None = None, progress: Progress = silent) -> None:
        """Make the database hold exactly `build`.

        Other builds the database may hold a part of are looked for beside `build`; if one is gone, the database
        is emptied and filled anew. Raises EngineDown, and EngineError when the database is not ours to write.
        """
        counts = row_counts(build)
        target = Stamp.of(build)
        journal = self._open(target)
        if journal.state is State.FILLING and journal.target == target:
            self._fill(journal, build, counts, progress)
            return
        possible = _found(journal, build, held)
        if possible is None:
            self._fill(self._wipe(journal, target, progress), build, counts, progress)
        else:
            self._change(journal, possible, build, progress)

    def close(self) -> None:
        self._server.close()

    def _open(self, target: Stamp) -> Journal:
        """The journal of the database; an empty database gets one. Raises EngineError when it is somebody else's."""
        rows = self._server.read(write.mark_read(MARK_NAMES), {}, WRITER_PATIENCE)
        journal = _journal(rows)
        if journal is None and self._server.read(write.neo4j_any_node(), {}, WRITER_PATIENCE):
            raise EngineError(
                "这个 Neo4j 数据库里有不是枫桥写入的数据，不会改动它；请指定一个空的数据库。"
                " / The database holds data of somebody else and is left alone: name an empty database."
            )
        for label in (write.MARK, *(node.label for node in MODEL.nodes)):
            self._server.define(write.neo4j_constraint(label))
        if journal is None:
            journal = _fresh(target)
            properties = journal.properties()
            self._server.write(lambda tx: tx.run(write.mark_create(MARK_NAMES), properties).consume())
        return journal

    def _wipe(self, journal: Journal, target: Stamp, progress: Progress) -> Journal:
        """An empty database, ready to be filled with `target`."""
        wiping = replace(journal, state=State.WIPING, target=target, between=(), stage="", done=0)
        journal = self._commit(journal, wiping)
        fresh = _fresh(target)
        written = {*journal.tables, *fresh.tables}
        texts = [write.neo4j_wipe_edges(name) for name in sorted({name.split(".")[0] for name in written if "." in name})]
        texts += [write.neo4j_wipe_nodes(name) for name in sorted(name for name in written if "." not in name)]
        gone = 0
        for text in texts:
            while number := self._server.write(lambda tx, text=text: _number(tx, text, {"limit": WIPE_ROWS})):  # type: ignore[misc]
                gone += number
                progress("清空 Neo4j 中的旧图", gone, 0)
        return self._commit(journal, fresh)

    def _fill(self, journal: Journal, build: Build, counts: dict[str, int], progress: Progress) -> None:
        journal = self._apply(journal, everything(build, counts), progress)
        for label, prop in WORD_INDEXES:
            self._server.define(write.neo4j_index(label, prop, words=True))
        for label, prop in VALUE_INDEXES:
            self._server.define(write.neo4j_index(label, prop, words=False))
        self._server.define(write.neo4j_await_indexes(), {"seconds": INDEX_SECONDS})
        self._commit(journal, _complete(journal))

    def _change(self, journal: Journal, possible: Sequence[Build], build: Build, progress: Progress) -> None:
        """Apply the difference, at once when it is small, otherwise in batches that leave a trace in the journal."""
        target = Stamp.of(build)
        progress("比较两个版本", 0, 0)
        resumed = journal.state is State.APPLYING and journal.target == target
        between = journal.between if resumed else journal.possible
        with difference(possible, build) as changes:
            if sum(change.rows for change in changes) <= SMALL_ROWS:
                self._commit(journal, _complete(replace(journal, target=target)), *_batches(changes))
                return
            if not resumed:
                begun = replace(journal, state=State.APPLYING, target=target, between=between, stage="", done=0)
                journal = self._commit(journal, begun)
            journal = self._apply(journal, changes, progress)
        self._commit(journal, _complete(journal))

    def _apply(self, journal: Journal, changes: Sequence[Change], progress: Progress) -> Journal:
        """Write all batches after the place the journal names."""
        names = [change.name for change in changes]
        first = names.index(journal.stage) if journal.stage in names else 0
        done, total = sum(change.rows for change in changes[:first]), sum(change.rows for change in changes)
        for change in changes[first:]:
            at = journal.done if journal.stage == change.name else 0
            for batch in change.read(at, BATCH_ROWS):
                at += len(batch[0])
                journal = self._commit(journal, replace(journal, stage=change.name, done=at), (change, batch))
                progress(f"写入 Neo4j {change.table.name}", done + at, total)
            done += change.rows
        return journal

    def _commit(self, old: Journal, new: Journal, *batches: tuple[Change, Batch]) -> Journal:
        """One transaction: the batches, and the journal moved on from the revision it was read at."""
        new = replace(new, revision=old.revision + 1)

        def work(tx: neo4j.ManagedTransaction) -> None:
            moved = _number(tx, write.mark_advance(), {"revision": old.revision, "mark": new.properties()})
            if moved != 1:
                raise EngineError(
                    "另一个进程正在向这个 Neo4j 发布，请等它结束后重试。 / Another process is publishing to this Neo4j."
                )
            for change, batch in batches:
                _write(tx, change, batch)

        self._server.write(work)
        return new


def _write(tx: neo4j.ManagedTransaction, change: Change, batch: Batch) -> None:
    params = {f"c{place}": column for place, column in enumerate(batch)}
    if change.action is Action.WITHDRAW:
        tx.run(change.text, params).consume()
    elif _number(tx, change.text, params) != len(batch[0]):
        raise EngineError(
            f"{change.table.name} 有边指向不存在的点，发布已停止；请重新运行 fengqiao build。"
            " / Edges point to nodes that do not exist: run fengqiao build again."
        )


def _number(tx: neo4j.ManagedTransaction, text: str, params: dict[str, Any]) -> int:
    record = tx.run(text, params).single(strict=True)
    return int(record["n"])


def _batches(changes: Sequence[Change]) -> list[tuple[Change, Batch]]:
    return [(change, batch) for change in changes for batch in change.read(0, BATCH_ROWS)]


def _journal(rows: list[dict[str, Any]]) -> Journal | None:
    return Journal.parse(rows[0]) if rows else None


def _fresh(target: Stamp) -> Journal:
    return Journal(State.FILLING, target, tuple(table.name for table in tables()))


def _complete(journal: Journal) -> Journal:
    return replace(journal, state=State.COMPLETE, between=(), stage="", done=0)


def _found(journal: Journal, build: Build, held: Build | None) -> list[Build] | None:
    """The builds whose rows the database may hold, or None when that cannot be known any more."""
    if journal.state in (State.FILLING, State.WIPING) or set(journal.tables) != {table.name for table in tables()}:
        return None
    found = [_find(stamp, build, held) for stamp in journal.possible]
    known = [one for one in found if one is not None]
    return known if len(known) == len(found) else None


def _find(stamp: Stamp, build: Build, held: Build | None) -> Build | None:
    """A build by its stamp: one of the two at hand, or the one in the numbered folder beside them."""
    beside = build.path.parent / f"{stamp.number:06d}"
    try:
        candidates = [build, *([held] if held else []), Build.read(beside)]
    except (OSError, ValueError, KeyError, TypeError):
        candidates = [build, *([held] if held else [])]
    return next((one for one in candidates if Stamp.of(one) == stamp and fits(one)), None)
