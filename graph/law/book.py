"""The law that applies: the shipped packs that are switched on, and the operator's own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any

from graph.law.kinds import KINDS
from graph.law.reading import InvalidLaw, Pack, read_pack
from graph.law.rule import Rule

__all__ = ["InvalidLaw", "Law", "Rule", "shipped_packs"]


@dataclass(frozen=True, slots=True)
class Law:
    """Rules that were checked together. `version` changes whenever any of them does."""

    all: tuple[Rule, ...]
    packs: tuple[str, ...]

    @classmethod
    def load(cls, own: Path | None = None, packs: Iterable[str] = ()) -> Law:
        """The shipped packs that are always on, the optional ones named in `packs`, and every `*.yaml` in folder `own`.

        Raises InvalidLaw for a pack that nobody knows and for anything wrong in a file.
        """
        wanted = {name.strip() for name in packs if name.strip()}
        known = shipped_packs()
        if strange := sorted(wanted - known.keys()):
            raise InvalidLaw(f"没有规则包 {strange[0]}，可选：{'、'.join(known)}。 / No such rule pack.")
        chosen = [pack for pack in known.values() if not pack.optional or pack.name in wanted]
        paths = sorted(own.glob("*.yaml")) if own is not None and own.is_dir() else []
        chosen += [read_pack(path) for path in paths]
        names = [pack.name for pack in chosen]
        if len(set(names)) != len(names):
            raise InvalidLaw(f"规则包重名：{'、'.join(sorted({n for n in names if names.count(n) > 1}))}。 / Packs share a name.")
        rules = tuple(rule for pack in chosen for rule in pack)
        _check_apart(rules)
        return cls(rules, tuple(names))

    def rules(self, kind: str) -> tuple[Rule, ...]:
        """All rules of a kind, of every day and place."""
        return tuple(rule for rule in self.all if rule.kind == kind)

    def in_force(self, kind: str, day: str, area_code: str = "") -> tuple[Rule, ...]:
        """The rules of a kind on an ISO day in a division: for each id the one of the narrowest jurisdiction."""
        found: dict[str, Rule] = {}
        for rule in self.rules(kind):
            if rule.holds(day, area_code):
                held = found.get(rule.id)
                if held is None or len(rule.jurisdiction) >= len(held.jurisdiction):
                    found[rule.id] = rule
        return tuple(found.values())

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """The rules of a kind as a question's text takes them; every row has every key of the kind, '' where unsaid."""
        rows = [rule.row() for rule in self.rules(kind)]
        known = {**KINDS[kind].needs, **KINDS[kind].may}
        keys = {key: kept() for key, kept in known.items()} | {key: type(value)() for row in rows for key, value in row.items()}
        return [{**keys, **row} for row in rows]

    @property
    def version(self) -> str:
        """A hash over all that the rules say."""
        said = [json.dumps(rule.row() | {"kind": rule.kind}, sort_keys=True, ensure_ascii=False) for rule in self.all]
        return hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()


def _check_apart(rules: Iterable[Rule]) -> None:
    """Two rules with one id hold in different places, or at different times."""
    by_id: dict[tuple[str, str, str], list[Rule]] = {}
    for rule in rules:
        by_id.setdefault((rule.kind, rule.id, rule.jurisdiction), []).append(rule)
    for (_, name, _), same in by_id.items():
        for a, b in combinations(same, 2):
            if a.valid_from <= b.valid_to and b.valid_from <= a.valid_to:
                raise InvalidLaw(
                    f"规则 {name} 在同一地区、同一时间写了两次（{a.pack}、{b.pack}）。"
                    f" / Rule {name} is written twice for one place and time."
                )


@cache
def shipped_packs() -> Mapping[str, Pack]:
    """The packs that come with the application, by name; those always on first."""
    folder = Path(str(files("graph.law").joinpath("packs")))
    packs = [read_pack(path) for path in sorted(folder.glob("*.yaml"))]
    return {pack.name: pack for pack in sorted(packs, key=lambda pack: (pack.optional, pack.name))}
