"""What an operator chooses for a build beside the data: the rules of law, and the limits of the rules of the graph."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.address import DEFAULT_ID_KEY
from graph.law.book import Law
from graph.values import token
from graph.workdays import Calendar

HUB_THRESHOLD = 12
"""More cases than this make a party, phone or parcel a hub."""

CIVIL_CODE, PLAIN = "civil_code", "plain"
"""How a term ends: on the next working day when its last day is a day off (民法典 201–203), or on its last day as counted."""

@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of a build; equal loads, judgements and choices give an equal graph.

    `id_key` makes the ids of persons and the tokens of phones (`graph.tokens`).
    """

    law: Law = field(default_factory=Law.load)
    hub_threshold: int = HUB_THRESHOLD
    calendar: Calendar = field(default_factory=Calendar)
    counting: str = CIVIL_CODE
    id_key: str = field(default=DEFAULT_ID_KEY, repr=False)

    @property
    def lines(self) -> list[str]:
        """The choices as lines of the hash of inputs."""
        return [
            f"law {self.law.version}", f"hub_threshold {self.hub_threshold}", f"calendar {self.calendar.version}",
            f"counting {self.counting}", f"id key {key_mark(self.id_key)}",
        ]


def key_mark(id_key: str) -> str:
    """Tells one key from another without showing it."""
    return token("id key", id_key)
