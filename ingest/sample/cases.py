"""A case as the sample writes it: petition or dispute with its people, its handling, its owners, its agreement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

FIRST_DAY = date(2021, 1, 1)
LAST_DAY = date(2025, 12, 31)
"""The county is told from the first to the last day; what would happen later is not written."""


@dataclass(slots=True)
class Step:
    """One act in handling a case: `by` sends, `to` receives (organ codes), `due` is the time limit it sets."""

    kind: str
    on: date
    by: str = ""
    to: str = ""
    official: str = ""
    due: date | None = None
    opinion: str = ""


@dataclass(slots=True)
class Party:
    """Somebody in a case: a resident by index, or a body by its code."""

    role: str
    resident: int = -1
    organ: str = ""
    show_id: bool = True


@dataclass(slots=True)
class Duty:
    """Who answers for a case, in which way, in which days."""

    kind: str
    organ: str = ""
    official: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(slots=True)
class Agreement:
    """What the parties signed; `performed` is a label of 履行情况 or empty when it is not known."""

    number: str
    organ: str
    mediator: str
    signed: date
    due: date
    text: str
    performed_on: date | None = None
    performed: str = ""
    confirmed: date | None = None


@dataclass(slots=True, kw_only=True)
class Case:
    """What petitions and disputes have in common; `household` is where it arises, `parcel` a parcel index or -1."""

    number: str
    opened: date
    household: int
    title: str
    text: str
    category: str
    parcel: int = -1
    origin: str = ""
    people: int = 1
    steps: list[Step] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)

    def day_of(self, kind: str) -> date | None:
        """The day of the first step of this kind that lies inside the told time."""
        return next((s.on for s in self.steps if s.kind == kind and s.on <= LAST_DAY), None)


@dataclass(slots=True, kw_only=True)
class Petition(Case):
    """A petition (信访件)."""

    petitioner: int
    show_id: bool
    channel: str
    purpose: str
    route: str
    organ_accused: str = ""
    official_accused: str = ""
    conclusion: str = ""
    reply: str = ""
    rating: str = ""


@dataclass(slots=True, kw_only=True)
class Dispute(Case):
    """A dispute (矛盾纠纷) with the mediating organ and mediator."""

    party: int
    organ: str = ""
    amount: int = 0
    method: str = "人民调解"
    body: str = ""
    mediator: str = ""
    success: bool = True
    agreement: Agreement | None = None


class Trail:
    """Writes the steps of a case one after another, the day moving on with each."""

    def __init__(self, case: Case, day: date) -> None:
        self.case = case
        self.day = day

    def go(
        self, kind: str, after: int, *, by: str = "", to: str = "", official: str = "", limit: int = 0,
        opinion: str = "",
    ) -> Trail:
        """A step `after` days later, which sets a time limit of `limit` days when that is not 0."""
        self.day += timedelta(days=after)
        due = self.day + timedelta(days=limit) if limit else None
        self.case.steps.append(Step(kind, self.day, by, to, official, due, opinion))
        return self
