"""A town of three residents and some cases whose petitioners may be they: judged, and built again after each judgement."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from graph.build.run import build_graph
from graph.judgements import CONFIRM
from graph.ledger import Ledger
from graph.opening import publish_embedded
from tests.county import load_and_build
from tests.ingest.desk import id_number

PHONE, OTHER, THIRD = "13800000001", "13800000002", "13800000003"
RESIDENTS = f"""姓名,公民身份号码,出生日期,联系电话,户号
李小明,{id_number(1)},,{PHONE},H0
周文,{id_number(2)},,{OTHER},H1
陈二,,1970-01-01,,H2
"""
PETITIONS = f"""信访件编号,信访人,信访人证件号码,联系电话,信访日期
X1,李晓明,,{THIRD},2024-01-01
X2,李小明,,,2024-01-02
X3,周文,,{OTHER},2024-01-03
X4,陈二,,,2024-01-04
"""


class Town:
    """A few people and cases, built again after each judgement."""

    def __init__(self, root: Path) -> None:
        folder = root / "files"
        folder.mkdir()
        (folder / "居民.csv").write_text(RESIDENTS, encoding="utf-8")
        (folder / "信访件.csv").write_text(PETITIONS, encoding="utf-8")
        self.home, self.first = load_and_build(root / "data", folder)
        self.ledger = Ledger(self.home)
        self.book = self.ledger.judgements

    def judge(self, a: str, b: str, verdict: str = CONFIRM, accepted: str = "") -> int:
        return self.book.add(a, b, verdict, author="王", at="2024-02-01T00:00:00", reason="看过", accepted=accepted).seq

    def undo(self, seq: int) -> bool:
        return self.book.undo(seq, author="王", at="2024-02-02T00:00:00", reason="看错")

    def build(self) -> dict[str, list[dict[str, Any]]]:
        with self.home.writer():
            self.latest, _ = build_graph(self.home, self.ledger)
            publish_embedded(self.home, self.latest)
        return {path.stem: pq.read_table(path).to_pylist() for path in self.latest.path.rglob("*.parquet")}

    def who(self) -> dict[str, str]:
        """Case to petitioner; residents by the name of their household."""
        rows = pq.read_table(self.first.path / "edges" / "PARTY_TO.Resident.Case.parquet").to_pylist()
        homes = pq.read_table(self.first.path / "edges" / "MEMBER_OF.Resident.Household.parquet").to_pylist()
        return {r["to_id"][2:]: r["from_id"] for r in rows} | {h["to_id"][2:]: h["from_id"] for h in homes}
