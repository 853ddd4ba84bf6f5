"""What the rows of a build name and nobody has handed over yet, each with the file, sheet and row that names it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.build.artifact import Build
from graph.engines.base import NothingPublished
from graph.errors import WrongParameter
from graph.home import Home
from graph.ledger import Ledger
from graph.machine import open_duckdb
from graph.model import MODEL
from graph.saidrows import Address, Rows
from graph.values import mask_id_number, mask_phone

KINDS: dict[str, tuple[str, str]] = {
    "case": ("cases", "案件"), "organ": ("organs", "机构"), "official": ("officials", "干部"),
    "parcel": ("parcels", "地块"), "household": ("households", "户"), "area": ("areas", "区划"),
    "bound_ambiguous": ("bound_ambiguous", "四至所指不止一块"),
}
"""Kind → what the build calls it, what a person calls it. An ambiguous bound names a holder of several parcels."""
_KIND = {name: kind for kind, (name, _) in KINDS.items()}

DEFAULT_LIMIT = 500
FIRST = 1000
"""At most so many of each kind stand in the list that a question takes, those of the oldest files first."""
_ID_NUMBER = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?![\dXx])")
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{9,11})(?!\d)")
_COLUMNS = ("table", "field", "refers", "value", "said_by", "candidates", "ref")
_EMPTY = (
    "SELECT ''::VARCHAR AS \"table\", '' AS field, '' AS refers, '' AS value, '' AS said_by, 0 AS candidates,"
    " '' AS ref WHERE false"
)
_SOURCE = f"(SELECT * FROM read_parquet(?) UNION ALL BY NAME {_EMPTY})"
_PLACED = f"""(
    SELECT *, 'd:' || split_part(ref, ':', 1) || '-' || split_part(ref, ':', 2) AS source_id,
        split_part(ref, ':', 3)::BIGINT AS "row"
    FROM {_SOURCE})"""
_FIRST = f"""
    SELECT u.refers, u."table", u.field, u.value, coalesce(u.said_by, '') AS said_by, coalesce(u.candidates, 0) AS candidates,
        u.source_id, u."row"
    FROM {_PLACED} u LEFT JOIN read_parquet(?) d ON d.id = u.source_id
    QUALIFY row_number() OVER (PARTITION BY u.refers ORDER BY d.loaded_at, u.source_id, u."row", u.field, u.value) <= {FIRST}
    ORDER BY ALL"""
_COUNTED = f'SELECT refers, "table", field, source_id, count(*) AS "references" FROM {_PLACED} GROUP BY ALL ORDER BY ALL'
_GROUP = ("kind", "table", "field", "source_id")

Maps = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Reference:
    """One row names `value`, and it is not there. `said_by` is the key of that row; both are masked where needed.

    `candidates` is how many parcels an ambiguous bound may mean, 0 for every other kind. `address` is None when the
    load was withdrawn from the ledger since.
    """

    kind: str
    table: str
    field: str
    value: str
    said_by: str
    candidates: int
    address: Address | None


@dataclass(frozen=True, slots=True)
class Unresolved:
    """The references of one build: how many of each kind in all, and the first of those asked for."""

    build: int
    counts: Mapping[str, int]
    references: tuple[Reference, ...]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "build": self.build, "total": self.total, "counts": dict(self.counts),
            "references": [asdict(one) for one in self.references],
        }


def unresolved(home: Home, ledger: Ledger, build: Build, *, kind: str = "", limit: int = DEFAULT_LIMIT) -> Unresolved:
    """What the loads of a build name that is not in it, of one kind (a key of KINDS) or of all, at most `limit`.

    Raises WrongParameter for a kind that does not exist.
    """
    if kind and kind not in KINDS:
        raise WrongParameter("kind", f"应为 {'、'.join(KINDS)} 之一 / one of these")
    wanted = KINDS[kind][0] if kind else None
    path = str(_file(build))
    names = ", ".join(f'"{name}"' for name in _COLUMNS)
    with open_duckdb() as connection:
        counted = dict(connection.execute(f"SELECT refers, count(*) FROM {_SOURCE} GROUP BY 1", [path]).fetchall())
        found = connection.execute(
            f"SELECT {names} FROM {_SOURCE} WHERE refers = coalesce(?, refers) ORDER BY refers, ref, field, value LIMIT ?",
            [path, wanted, limit],
        ).fetchall()
    rows = Rows(home, ledger.loads())
    try:
        listed = tuple(
            Reference(_KIND[refers], table, field, hidden(value), hidden(said_by or ""), candidates or 0, rows.address(ref))
            for table, field, refers, value, said_by, candidates, ref in found
        )
    finally:
        rows.close()
    counts = {shown: counted[name] for shown, (name, _) in KINDS.items() if name in counted}
    return Unresolved(build.card.number, counts, listed)


def first_unresolved(build: Build) -> Maps:
    """The list `$unresolved` of questions: of each kind the FIRST of the oldest files, keys masked where needed.

    Whatever the day that is asked about, a kind that was named by then is in it. Raises NothingPublished.
    """
    return _beside(_file(build), build.node_file(MODEL.node("Source")))[0]


def unresolved_counts(build: Build) -> Maps:
    """The list `$unresolved_counts`: how many of each kind, table, field and source in all, and how many of them are not
    in the list of the first. Raises NothingPublished."""
    return _beside(_file(build), build.node_file(MODEL.node("Source")))[1]


def _beside(*paths: Path) -> tuple[Maps, Maps]:
    return _read(*((str(path), path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=2)
def _read(unresolved_file: tuple[str, int], source_file: tuple[str, int]) -> tuple[Maps, Maps]:
    """Both lists, read once as long as the files stay as they are. Nobody changes them."""
    with open_duckdb() as connection:
        first = connection.sql(_FIRST, params=[unresolved_file[0], source_file[0]]).to_arrow_table().to_pylist()
        counts = connection.sql(_COUNTED, params=[unresolved_file[0]]).to_arrow_table().to_pylist()
    for row in (*first, *counts):
        row["kind"] = _KIND[row.pop("refers")]
    for row in first:
        row |= {"value": hidden(row["value"]), "said_by": hidden(row["said_by"])}
    listed = Counter(tuple(row[name] for name in _GROUP) for row in first)
    for row in counts:
        row["unlisted"] = row["references"] - listed[tuple(row[name] for name in _GROUP)]
    return first, counts


def _file(build: Build) -> Path:
    path = build.path / "unresolved.parquet"
    if not path.exists():
        raise NothingPublished("这个图缺少未能对应的引用。请重新 fengqiao build。 / The build lacks its list; build again.")
    return path


def hidden(key: str) -> str:
    """A key as it may be shown: whatever in it could be an id number or a phone is masked."""
    return _PHONE.sub(lambda found: mask_phone(found[0]), _ID_NUMBER.sub(lambda found: mask_id_number(found[0]), key))
