"""A made-up county from a seed: like a real one where questions look, and hard on engines everywhere else.

Cases have roles, days, matters and custody steps in order; but values are missing, names hold what breaks texts, edges
run in parallel, in circles and from a thing to itself, and a person may belong to several households. `random_graph` of
`tests/factory.py` is wilder and answers no question.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from graph.model import MODEL
from graph.opening import DEFAULT_ID_KEY
from graph.schema import Kind, Property
from graph.values import token
from tests.factory import Row, edge

NAMES = (
    "张三", "李四", "张建国", "欧阳·买买提", "王\U00020bb7", "ＡＢＣ～", "\uffee", "😀👨‍👩‍👧", "a'b\"c`d", "\\", "\\u0060", "$id",
    "'; MATCH (n) DETACH DELETE n //", "{a: 1}", "null", "[1]", "line\nbreak", "\u2028", "a\x00b", "é", "e\u0301", "ß", "x" * 300,
)
"""Names of people and things: alike, with characters beyond the first plane, or made to be misread."""

KEYS = ("", "'", "`}", "$id", "\\", "\U00020bb7", "～", "é", "{a:1}", "//")
"""What some ids have after their number; a department's key may hold anything but white space."""

AREAS = ("330000000000", "330100000000", "330199000000", "330199101000", "330199102000", "330199101201", "330199101202", "330199102201")
LEVELS = ("province", "city", "county", "township", "township", "village", "village", "village")

WORDS: Mapping[str, Sequence[str]] = {
    "Household.kind": ("family", "family", "family", "collective"), "Case.kind": ("petition", "petition", "dispute"),
    "Step.kind": ("register", "transfer", "assign", "return", "accept", "handle", "reply", "urge"),
    "FOLLOWS.kind": ("declared", "review", "re_review", "repeat"), "SAME_MATTER.test": ("declared", "parcel", "category_place_text"),
    "MEMBER_OF.relation": ("02", "10", "20", "30", "51", "73"), "KIN.relation": ("spouse", "child", "parent", "sibling"),
    "KIN.degree": ("near", "near", "other"), "POSSIBLY_SAME.tier": ("probable", "possible"), "POSSIBLY_SAME.judgement": ("", "unsure", "review"),
    "LINK_JUDGED.verdict": ("confirm", "reject", "unsure"),
    "PARTY_TO.role": ("petitioner", "petitioner", "representative", "participant", "agent", "respondent", "applicant", "third_party"),
    "RESPONSIBLE_FOR.role": ("handler", "handler", "first_handler", "supervisor", "lead_leader", "mediator", "stability", "local"),
    "HOLDS.right": ("contract", "homestead"), "ADJOINS.side": ("east", "south", "west", "north"), "SERVES_IN.post": ("主任", "副主任", "干事"),
    "Organ.level": ("county", "township", "village", "department"), "Agreement.performed": ("yes", "partly", "no", "unknown"),
    "Clock.clock": ("declared", "handling", "acceptance", "objection", "review"), "Clock.flags": ("", "", "rule_unknown", "extension_too_long"), "Clock.article": ("第三十四条", "来源表所载"),
    "gender": ("1", "2", "0", "9"), "category": ("征地", "噪音", "欠薪"), "timeliness": ("in_time", "overdue"), "status": ("办理中", "办结"),
    "outcome": ("settled", "unsettled"), "rating": ("满意", "不满意"), "Step.flags": ("", "", "loop", "late_objection transfer_just_before_due", "late_return"), 
    "not_counted": ("", "", "", "urging@2023-09-01", "art19@2023-03-01@2023-10-01 urging@2023-10-01"),
    "faults": ("returned", "missed_deadline@2023-03-01@2023-09-01 no_reply@2023-12-01", "owner_changed@2023-06-01"),
    "repeated": ("", "again@2023-06-01", "again@2023-03-01@2023-09-01 again@2023-11-01"),
    "area_code": AREAS,
}
"""Coded values by type and property, or by property alone."""

ALWAYS = {"Case.kind", "Case.number", "PARTY_TO.role", "RESPONSIBLE_FOR.role", "HAS_STEP.seq", "NEXT.seq"}
"""What every build fills; anything else may be missing."""

FIRST_DAY = date(2023, 1, 1)


def random_county(seed: int, size: int) -> tuple[dict[str, list[Row]], list[Row]]:
    """Nodes by label and edges: about `size` households, cases and parcels; equal arguments give the same county."""
    county = _County(random.Random(seed), size)
    county.places()
    county.bodies()
    county.people()
    county.land()
    county.matters()
    for case in county.ids("Case"):
        county.handling(case)
    county.judged()
    county.connections()
    return county.nodes, list(county.edges.values())


class _County:
    def __init__(self, dice: random.Random, size: int) -> None:
        self.dice = dice
        self.size = size
        self.nodes: dict[str, list[Row]] = {node.label: [] for node in MODEL.nodes}
        self.edges: dict[str, Row] = {}
        self.members: dict[str, list[str]] = {}
        self.families: dict[str, list[str]] = {}

    def ids(self, label: str) -> list[str]:
        return [row["id"] for row in self.nodes[label]]

    def places(self) -> None:
        for code, level in zip(AREAS, LEVELS, strict=True):
            self._node("Area", key=code, code=code, level=level)
        for number in range(3):
            source = self._node("Source", loaded_at="2024-03-05T00:00:00", load_id="L1", part=number, prefix=f"L1:{number}:")
            self._node("LoadIssue", source_id=source)
        above = self.ids("Area")
        for place, child in enumerate(above[1:]):
            self._join("IN_AREA", child, above[min(place, 2)] if place < 5 else above[3 + place % 2])
        self._join("IN_AREA", self._any("Area"), self._any("Area"))

    def bodies(self) -> None:
        for _ in range(3 + self.size // 3):
            organ = self._node("Organ", hub=self._hub(0.2))
            self._join("UNDER", organ, self._any("Organ"))
            self._join("GOVERNS", organ, self._any("Area"))
            self._join("IN_AREA", organ, self._any("Area"))
        for _ in range(3 + self.size // 2):
            official = self._node("Official")
            self._join("REPORTS_TO", official, self._any("Official"))
            for _ in range(self.dice.randint(1, 3)):
                self._join("SERVES_IN", official, self._any("Organ"), **self._period(0.4))
        for _ in range(2):
            self._join("UNDER", self._any("Organ"), self._any("Organ"))
            self._join("REPORTS_TO", self._any("Official"), self._any("Official"))

    def people(self) -> None:
        household = ""
        for number in range(self.size * 2):
            if number % 3 == 0:
                household = self._node("Household", hub=self._hub())
                self._join("IN_AREA", household, self._any("Area"))
            phone = f"1380000{self.dice.randint(0, self.size):04d}"
            person = self._node("Resident", phone=phone, phone_token=token(phone, DEFAULT_ID_KEY), hub=self._hub())
            self.members.setdefault(household, []).append(person)
            self._join("MEMBER_OF", person, household, since=self._maybe("2022", 0.5), until=None)
            if self.dice.random() < 0.4:
                self._join("MEMBER_OF", person, self._any("Household"), **self._period(0.3))
            self._join("KIN", person, self._any("Resident"))
            self._join("KIN", self._any("Resident"), person)
        for name in ("POSSIBLY_SAME", "KIN"):
            for _ in range(self.size // 2 + 1):
                self._join(name, self._any("Resident"), self._any("Resident"))
        for number in range(self.size // 2 + 1):
            self._node("FormerId", key=f"r:former{number}", now=self._any("Resident"))
        for official in self.ids("Official"):
            if self.dice.random() < 0.7:
                self._join("IS", official, self._any("Resident"))

    def land(self) -> None:
        for _ in range(self.size):
            parcel = self._node("Parcel", hub=self._hub())
            self._join("HOLDS", self._any("Household", "Household", "Resident", "Organ"), parcel, **self._period(0.1))
            self._join("ADJOINS", parcel, self._any("Parcel"))
            self._join("IN_AREA", parcel, self._any("Area"))

    def matters(self) -> None:
        """Cases; about half of them raise the matter of an earlier one."""
        for number in range(self.size * 2):
            earlier = self._any("Case") if number and self.dice.random() < 0.6 else ""
            opened = self._day()
            case = self._node(
                "Case", number=f"XF{number}", opened_on=opened, registered_on=self.dice.choice([opened, None]),
                replied_on=self._maybe(self._day(opened), 0.6), closed_on=self._maybe(self._day(opened), 0.5),
                matter_id=self._matter(earlier), owner_id=self._any("Organ"), local_organ=self._maybe(self._any("Organ"), 0.3),
            )
            matter = self.nodes["Case"][-1]["matter_id"] = self._maybe(self.nodes["Case"][-1]["matter_id"] or case, 0.9)
            alone = matter not in (None, case) and self.dice.random() < 0.2
            self.nodes["Case"][-1]["matter_history"] = f"{case}@{opened}@2024-01-01 {matter}@2024-01-01" if alone else None
            if earlier:
                self._join(self.dice.choice(["SAME_MATTER", "FOLLOWS"]), case, earlier)
            self._join("IN_AREA", case, self._any("Area"))

    def _matter(self, earlier: str) -> str | None:
        return next((row["matter_id"] for row in self.nodes["Case"] if row["id"] == earlier), None)

    def handling(self, case: str) -> None:
        """Parties, the accused, land, then steps in order of day, duties, agreement and clock of one case."""
        self._join("PARTY_TO", self._raiser(case), case, role=self.dice.choice(["petitioner", "petitioner", "representative"]))
        for _ in range(self.dice.randint(0, 2)):
            self._join("PARTY_TO", self._party(), case)
        self._join("COMPLAINS_OF", case, self._any("Organ", "Official"))
        self._join("CONCERNS", case, self._any("Parcel", "Parcel", "Household"))
        for _ in range(self.dice.randint(0, 2)):
            self._join("RESPONSIBLE_FOR", self._any("Organ", "Official"), case, **self._period(0.3))
        if self.dice.random() < 0.6:
            self._steps(case)
        if self.dice.random() < 0.8:
            self._join("SETTLED_BY", case, self._node("Agreement", case_id=case))
        if self.dice.random() < 0.7:
            running = {"met_on": self._maybe(self._day(), 0.3), "ended_on": self._maybe(self._day(), 0.1), "duty": self.dice.random() < 0.8}
            self._join("HAS_CLOCK", case, self._node("Clock", case_id=case, **running))

    def _raiser(self, case: str) -> str:
        """Mostly one of the family that raised the matter before, in turn."""
        matter = next((row["matter_id"] for row in self.nodes["Case"] if row["id"] == case), None) or case
        family = self.families.setdefault(matter, self.members[self._any("Household")])
        return self.dice.choice(family) if self.dice.random() < 0.8 else self._any("Resident")

    def _party(self) -> str:
        """Now and then an organ; mostly one of few busy people, who live in few households."""
        busy = self.ids("Resident")[: self.size // 2 + 1]
        return self.dice.choice([*busy, *busy, self._any("Resident"), self._any("Organ")])

    def _steps(self, case: str) -> None:
        days = sorted(self._day(precise=True) for _ in range(self.dice.randint(1, 5)))
        before = ""
        for seq, day in enumerate(days, 1):
            later = days[seq][:10] if seq < len(days) else None
            custody = self.dice.random() < 0.85
            step = self._node("Step", case_id=case, seq=seq, on_date=day, custody=custody, custody_until=later if custody else None)
            self._join("HAS_STEP", case, step, seq=seq)
            for name, label, chance in (("TO_ORGAN", "Organ", 0.8), ("BY_ORGAN", "Organ", 0.5), ("BY_OFFICIAL", "Official", 0.6)):
                if self.dice.random() < chance:
                    self._join(name, step, self._any(label))
            if before:
                self._join("NEXT", before, step, seq=seq)
            before = step

    def judged(self) -> None:
        """Links that people judged, clusters of cases, and what was refused of the sources."""
        for _ in range(self.size // 3 + 1):
            self._node("Cluster")
            self._node("LoadIssue", source_id=self._any("Source"))
        for case in self.ids("Case"):
            if self.dice.random() < 0.3:
                self._join("LINK_JUDGED", case, self._any("Case"))
            if self.dice.random() < 0.6:
                self._join("IN_CLUSTER", case, self._any("Cluster"), **self._period(0.3))

    def connections(self) -> None:
        """A few edges of every kind between any two things it may join, whatever sense they make."""
        for kind, start, end in MODEL.relations():
            if self.nodes[start] and self.nodes[end]:
                for _ in range(self.dice.randint(0, 1 + self.size // 8)):
                    self._join(kind.name, self._any(start), self._any(end))

    def _node(self, label: str, key: str = "", **known: Any) -> str:
        node = MODEL.node(label)
        if not key:
            key = f"{len(self.nodes[label])}{self.dice.choice(KEYS) if self.dice.random() < 0.2 else ''}"
        made = f"{node.prefix}:{key}"
        self.nodes[label].append({"id": made, **self._filled(label, node.own, known), "source": self._source()})
        return made

    def _join(self, name: str, start: str, end: str, **known: Any) -> None:
        made = edge(name, start, end, **self._filled(name, MODEL.edge(name).own, known), source=self._source())
        self.edges[made["id"]] = made

    def _any(self, *labels: str) -> str:
        found = [self.ids(label) for label in labels if self.nodes[label]]
        return str(self.dice.choice(self.dice.choice(found)))

    def _filled(self, owner: str, properties: Sequence[Property], known: Mapping[str, Any]) -> Row:
        return {p.name: known[p.name] if p.name in known else self._value(owner, p) for p in properties}

    def _value(self, owner: str, prop: Property) -> Any:
        name = f"{owner}.{prop.name}"
        if name not in ALWAYS and self.dice.random() < 0.12:
            return None
        if words := WORDS.get(name) or WORDS.get(prop.name):
            return self.dice.choice(words)
        match prop.kind:
            case Kind.TEXT:
                return self.dice.choice(NAMES)
            case Kind.DATE:
                return self._day()
            case Kind.INT:
                return self.dice.choice([0, 1, 7, 2**53 + 1])
            case Kind.FLOAT:
                return self.dice.choice([0.0, 0.1, 666.67, 1e300])
            case Kind.BOOL:
                return self.dice.random() < 0.6

    def _day(self, after: str | None = None, *, precise: bool = False) -> str:
        """A day of two years, now and then with a time, or known to the month or the year only."""
        first = date.fromisoformat(after[:10]) if after and len(after) >= 10 else FIRST_DAY
        day = (first + timedelta(days=self.dice.randint(0, 200 if after else 500))).isoformat()
        return self.dice.choice([day] * 14 + [f"{day}T09:30:00"] + ([] if precise else [day[:7], day[:4]]))

    def _period(self, ended: float) -> Row:
        since = self._day()
        return {"since": self._maybe(since, 0.8), "until": self._maybe(self._day(since), ended)}

    def _source(self) -> str | None:
        return self.dice.choice(["L1:0:1", "L1:0:2 L1:1:9", "L1:2:3 +4", None])

    def _hub(self, chance: float = 0.1) -> bool | None:
        return self.dice.random() < chance if self.dice.random() < 0.9 else None

    def _maybe(self, value: Any, chance: float) -> Any:
        return value if self.dice.random() < chance else None
