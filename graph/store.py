"""The one door: ask a question by name, get a thing by its id. Everything outside asks through here."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import partial
from itertools import count
from typing import Any

import networkx as nx

from cypher.library import Library
from cypher.library import load as load_library
from cypher.question import Part, Question
from graph.answer import NOTHING_FOUND, Answer, Coverage, Table
from graph.archive import Archive, Entity
from graph.checks import Check, CheckDesk
from graph.engines.base import BuildMark, EngineError, Reader
from graph.errors import NoHistory, NotFound, UnknownQuestion
from graph.evidence import Gatherer
from graph.history import History
from graph.identities import Desk, How, Why
from graph.law.book import Law
from graph.law.repeats import settle_rule
from graph.ledger import now
from graph.links import LinkDesk
from graph.model import FORMER_ID, MODEL
from graph.parameters import Bound, bind
from graph.parties import find_party, name_note
from graph.readers import Readers
from graph.tables import cut, shape, united
from graph.texts import Texts
from graph.unresolved import DEFAULT_LIMIT as LIST_LIMIT
from graph.unresolved import Unresolved

DEFAULT_LIMIT, DEFAULT_TIMEOUT = 500, 30.0


class Store:
    """Asks one engine. Safe for several threads; close it when done."""

    def __init__(
        self, readers: Readers, *, id_key: str, library: Library | None = None, timeout: float = DEFAULT_TIMEOUT,
        archive: Archive | None = None, law: Law | None = None,
    ) -> None:
        self._readers = readers
        self._archive = archive
        self.law = law or Law.load()
        self._id_key = id_key
        self.library = library or load_library()
        self._texts = Texts(self.library, timeout)
        self._coverage: dict[str, Coverage] = {}

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._readers.close()

    def mark(self) -> BuildMark:
        """The build the engine holds now; raises NothingPublished."""
        with self._readers.lease() as reader:
            return reader.mark()

    def question(self, name: str) -> Question:
        """A listed question by its name, with or without its group (`person`, `summary/person`)."""
        group, _, short = name.rpartition("/")
        found = self.library.get(short)
        if found is None or found.internal or (group and group != found.group):
            names = [q.name for q in self.library.listed]
            raise UnknownQuestion(name, difflib.get_close_matches(short, names, n=3))
        return found

    def ask(self, name: str, *, max_rows: int = DEFAULT_LIMIT, **params: Any) -> Answer:
        """Answer a question. Raises UnknownQuestion, WrongParameter, NotFound, the engine's errors, and NoHistory where the
        question rests on a list beside the build and the store is over a server, which has none.

        At most `max_rows` rows a part are returned; `truncated` says when there were more.
        """
        question = self.question(name)
        bound = bind(question, params)
        question = settle_rule(self.law, question, bound)
        with self._readers.lease() as reader:
            mark = reader.mark()
            things, notes = self._settle_ids(reader, question, bound)
            there = all(thing.there_by(bound.as_of) for thing in things)
            tables = self._tables(reader, question, bound, max_rows, there)
            coverage = self._coverage_of(reader, mark)
        if not tables["main"].rows:
            notes.append(f"{NOTHING_FOUND}（数据截至{coverage.latest_day}）")
        if any(table.truncated for table in tables.values()):
            notes.append(f"每一部分最多 {max_rows} 行，其余未列出。 / At most {max_rows} rows a part; there are more.")
        as_of = str(bound.shown.get("as_of") or coverage.latest_day)
        return Answer(
            question, bound.shown, as_of, mark.number, mark.graph_hash, tables, coverage, tuple(notes),
            partial(self._subgraph, bound.as_of),
        )

    def get(self, node_id: str) -> Entity:
        """The thing with this id, or the person whose id it was before; raises NotFound."""
        with self._readers.lease() as reader:
            return self._entity(reader, node_id)

    def history(self, node_id: str) -> History:
        """Which rows said each property and edge of a thing, and how values changed from load to load.

        Raises NotFound, and NoHistory for a store over a server, which has no loads.
        """
        number = self.mark().number
        self.get(node_id)
        return self._records().history(number, node_id)

    def unresolved(self, kind: str = "", *, limit: int = LIST_LIMIT) -> Unresolved:
        """What rows name that nobody handed over yet (a case, an organ, a parcel …), with file, sheet and row.

        `kind` is a key of `graph.unresolved.KINDS`, or '' for all. Raises WrongParameter, and NoHistory for a store
        over a server, which has no loads.
        """
        return self._records().unresolved(self.mark().number, kind, limit)

    @property
    def identities(self) -> Desk:
        """Who is who, told and judged; raises NoHistory for a store over a server, which has no records."""
        return Desk(self, self._records())

    @property
    def links(self) -> LinkDesk:
        """Links of two cases, judged; raises NoHistory for a store over a server, which has no records."""
        return LinkDesk(self, self._records().link_book())

    @property
    def checks(self) -> CheckDesk:
        """Answers kept and shown again; raises NoHistory for a store over a server, which has no ledger."""
        return CheckDesk(self, self._records().checks())

    def check(self, question: str = "prior_disputes", *, author: str = "", max_rows: int = DEFAULT_LIMIT, **params: Any) -> Check:
        """Ask and keep the answer under a number; raises what `ask` raises, NoHistory, and the ledger's errors."""
        return self.checks.keep(question, author=author, at=now(), max_rows=max_rows, **params)

    def why(self, a: str, b: str) -> Why:
        """Why two ids are one person, may be one or are two. Raises NotFound, WrongParameter, NoHistory."""
        return self.identities.why(a, b)

    def how(self, node_id: str) -> How:
        """Which rows make a person, by which step each. Raises NotFound, WrongParameter, NoHistory."""
        return self.identities.how(node_id)

    def pair(self, a: str, b: str) -> Mapping[str, Any] | None:
        """What the graph says of two people being possibly the same, None when nothing."""
        with self._readers.lease() as reader:
            found = self._texts.internal(reader, "possible_pair", {"a": a, "b": b}, {})
        return min(found, key=str) if found else None

    def number(self) -> int:
        """The number of the build the engine holds now; raises NothingPublished."""
        return self.mark().number

    def _records(self) -> Archive:
        if self._archive is None:
            raise NoHistory()
        return self._archive

    def _entity(self, reader: Reader, node_id: str) -> Entity:
        label = MODEL.label_of(node_id)
        if label is None:
            raise NotFound(node_id)
        known = self._properties(reader, node_id, label)
        if known is None and label == "Resident":
            now = self._now(reader, node_id)
            known = self._properties(reader, now, label) if now else None
            if known is not None:
                return Entity(now, label, known, node_id)
        if known is None:
            raise NotFound(node_id)
        return Entity(node_id, label, known)

    def _now(self, reader: Reader, node_id: str) -> str:
        """The present id of who had this one before; '' when nobody had, also in a build from before former ids."""
        try:
            former = self._properties(reader, f"{FORMER_ID.prefix}:{node_id}", FORMER_ID.label)
        except EngineError as error:
            if type(error) is not EngineError:
                raise
            return ""
        return str((former or {}).get("now") or "")

    def _properties(self, reader: Reader, node_id: str, label: str) -> dict[str, Any] | None:
        rows = self._texts.internal(reader, "entity", {"id": node_id}, {"id": label})
        if not rows:
            return None
        known = dict(rows[0]["properties"])
        return {p.name: known.get(p.name) for p in MODEL.node(label).properties}

    def _settle_ids(self, reader: Reader, question: Question, bound: Bound) -> tuple[list[Entity], list[str]]:
        """The things that were given, and what must be said of them: each must exist; a former id becomes the present one;
        parties become ids."""
        found: list[Entity] = []
        for param in question.params:
            if param.name in bound.ids:
                here = [self._entity(reader, node_id) for node_id in bound.ids[param.name]]
                found += here
                bound.ids[param.name] = [entity.id for entity in here]
                bound.values[param.bound_as or param.name] = bound.ids[param.name] if param.type == "ids" else here[0].id
        get, search = partial(self._entity, reader), partial(self._by_name, reader)
        parties = [find_party(number, party, self._id_key, get, search) for number, party in enumerate(bound.parties, 1)]
        if parties:
            bound.values["ids"] = [entity.id for entity in parties]
            bound.shown.update({p.name: bound.values["ids"] for p in question.params if p.type == "parties"})
        things = [*found, *parties]
        notes = [note for thing in things for note in thing.notes(bound.as_of)]
        notes += map(name_note, count(1), bound.parties, parties)
        return things, [note for note in dict.fromkeys(notes) if note]

    def _by_name(self, reader: Reader, params: Mapping[str, str]) -> list[dict[str, Any]]:
        return self._texts.internal(reader, "party_by_token", params, {})

    def _tables(self, reader: Reader, question: Question, bound: Bound, max_rows: int, there: bool) -> dict[str, Table]:
        """The rows of every part, none unless what is asked about is `there`, and what they all rest on, looked up together."""
        kept = [self._kept(reader, question, part, bound, max_rows) if there else ([], False) for part in question.parts]
        gatherer = Gatherer(lambda name, params, labels: self._texts.internal(reader, name, params, labels))
        evidence = gatherer.gather(zip(question.parts, [rows for rows, _ in kept], strict=True))
        return {
            part.name: Table(part, rows, rests_on, truncated)
            for part, (rows, truncated), rests_on in zip(question.parts, kept, evidence, strict=True)
        }

    def _kept(
        self, reader: Reader, question: Question, part: Part, bound: Bound, max_rows: int
    ) -> tuple[list[dict[str, Any]], bool]:
        """The rows of a part in order, as many as may be told, and whether there were more."""
        labels = {p.bound_as: MODEL.label_of(bound.ids[p.name][0]) or "" for p in question.params if p.name in bound.ids}
        cutting = [p for p in question.params if p.cuts and (p.bound_as in part.uses or p.cuts == "rows")]
        limits = [(int(bound.values[p.bound_as]), p.cuts) for p in cutting] + [(max_rows, "rows")]
        wanted = {name: bound.values[name] for name in part.uses if name in bound.values}
        wanted |= {f"law_{kind}": self.law.rows(kind) for kind in question.law if f"law_{kind}" in part.uses}
        beside = self._beside(reader, question, part)
        wanted |= beside
        wanted |= {p.bound_as: wanted[p.bound_as] + 1 for p in cutting if p.bound_as in wanted}
        if not all(beside.values()):
            return [], False
        if shortcut := reader.shortcut(question.name):
            rows = shortcut(wanted, 1 + min(most for most, by in limits if by == "rows"))
        else:
            rows = self._texts.rows(reader, question, part, wanted, labels, bound.values.get("ids", ()))
        kept = rows = united(part, shape(part, rows))
        part.sort(rows)
        for most, by in limits:
            kept = cut(kept, most, by)
        return kept, len(kept) < len(rows)

    def _beside(self, reader: Reader, question: Question, part: Part) -> dict[str, list[dict[str, Any]]]:
        """The lists beside the build that a part takes. Without a data directory there are none: the main part cannot be
        answered then, another has no rows."""
        names = [name for name in question.beside if name in part.uses]
        if not names or (self._archive is None and part.name != "main"):
            return {name: [] for name in names}
        archive, number = self._records(), reader.mark().number
        return {name: archive.beside(number, name) for name in names}

    def _coverage_of(self, reader: Reader, mark: BuildMark) -> Coverage:
        known = self._coverage.get(mark.full_hash)
        if known is None:
            sources = self._texts.internal(reader, "coverage", {}, {})
            latest = self._texts.internal(reader, "latest_day", {}, {})
            sources.sort(key=lambda s: (s["file"] or "", s["sheet"] or "", s["id"]))
            known = Coverage(tuple(sources), str(latest[0]["latest_day"] or "") if latest else "")
            self._coverage = {mark.full_hash: known}
        return known

    def _subgraph(self, as_of: str, ids: tuple[str, ...]) -> nx.MultiDiGraph:
        with self._readers.lease() as reader:
            return Gatherer(
                lambda name, params, labels: self._texts.internal(reader, name, params, labels)
            ).subgraph(ids, as_of)
