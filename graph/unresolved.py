"""What the rows of a build name and nobody has handed over yet, each with the file, sheet and row that names it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from graph.build.artifact import Build
from graph.errors import WrongParameter
from graph.home import Home
from graph.ledger import Ledger
from graph.machine import open_duckdb
from graph.saidrows import Address, Rows
from graph.values import mask_id_number, mask_phone

KINDS: dict[str, tuple[str, str]] = {
    "case": ("cases", "案件"), "organ": ("organs", "机构"), "official": ("officials", "干部"),
    "parcel": ("parcels", "地块"), "household": ("households", "户"), "area": ("areas", "区划"),
    "bound_ambiguous": ("bound_ambiguous", "四至所指不止一块"),
}
"""Kind → what the build calls it, what a person calls it. An ambiguous bound names a holder of several parcels."""

DEFAULT_LIMIT = 500
_ID_NUMBER = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?![\dXx])")
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{9,11})(?!\d)")
_COLUMNS = ("table", "field", "refers", "value", "said_by", "candidates", "ref")
_EMPTY = (
    "SELECT ''::VARCHAR AS \"table\", '' AS field, '' AS refers, '' AS value, '' AS said_by, 0 AS candidates,"
    " '' AS ref WHERE false"
)


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
    source = f"(SELECT * FROM read_parquet(?) UNION ALL BY NAME {_EMPTY})"
    path = str(build.path / "unresolved.parquet")
    names = ", ".join(f'"{name}"' for name in _COLUMNS)
    with open_duckdb() as connection:
        counted = dict(connection.execute(f"SELECT refers, count(*) FROM {source} GROUP BY 1", [path]).fetchall())
        found = connection.execute(
            f"SELECT {names} FROM {source} WHERE refers = coalesce(?, refers) ORDER BY refers, ref, field, value LIMIT ?",
            [path, wanted, limit],
        ).fetchall()
    known = {name: shown for shown, (name, _) in KINDS.items()}
    rows = Rows(home, ledger.loads())
    try:
        listed = tuple(
            Reference(known[refers], table, field, hidden(value), hidden(said_by or ""), candidates or 0, rows.address(ref))
            for table, field, refers, value, said_by, candidates, ref in found
        )
    finally:
        rows.close()
    counts = {shown: counted[name] for shown, (name, _) in KINDS.items() if name in counted}
    return Unresolved(build.card.number, counts, listed)


def hidden(key: str) -> str:
    """A key as it may be shown: whatever in it could be an id number or a phone is masked."""
    return _PHONE.sub(lambda found: mask_phone(found[0]), _ID_NUMBER.sub(lambda found: mask_id_number(found[0]), key))
