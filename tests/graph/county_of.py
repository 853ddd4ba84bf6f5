"""The graph of a few small files, as rows: what the rules of the build make of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tests.county import load_and_build

Row = dict[str, Any]
LAST = "9999-12-31"


class Small:
    """The nodes and edges of the graph that these tables make; a table is its text, header line first."""

    def __init__(self, root: Path, **tables: str) -> None:
        folder = root / "files"
        folder.mkdir(parents=True)
        for name, text in tables.items():
            lines = [line.strip() for line in text.strip().splitlines()]
            (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        _, self.build = load_and_build(root / "data", folder)

    def rows(self, name: str) -> list[Row]:
        """The rows of a node type (`Case`) or an edge (`KIN.Resident.Resident`)."""
        kind = "edges" if "." in name else "nodes"
        found: list[Row] = pq.read_table(self.build.path / kind / f"{name}.parquet").to_pylist()
        return found

    def pairs(self, name: str) -> set[tuple[str, str]]:
        return {(row["from_id"], row["to_id"]) for row in self.rows(name)}

    def faults(self, day: str = LAST) -> dict[str, set[str]]:
        """What went wrong as of a day, by the number of the case."""
        return {row["number"]: standing(row["faults"], day) for row in self.rows("Case")}

    def not_counted(self, day: str = LAST) -> dict[str, str]:
        """The cases that are no registration of their own as of a day, and why."""
        found = {row["number"]: standing(row["not_counted"], day) for row in self.rows("Case")}
        return {number: " ".join(labels) for number, labels in found.items() if labels}


def standing(text: str | None, day: str) -> set[str]:
    """The words of `word@since@until` that stand on a day."""
    parts = [(word + "@@").split("@") for word in (text or "").split()]
    return {word for word, since, until, *_ in parts if since <= day and (not until or until > day)}
