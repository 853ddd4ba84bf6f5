"""One rule of a pack: what it says, where it is written, where and when it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FOREVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its article. `jurisdiction` is a prefix of division codes, '' for the whole country.

    `valid_from` and `valid_to` are ISO days, both included. `given` holds what the kind needs (days, ground, …).
    `verified` is false where nobody has compared it with the text of the law.
    """

    id: str
    kind: str
    pack: str
    jurisdiction: str
    statute: str
    article: str
    text: str
    valid_from: str
    valid_to: str
    verified: bool = True
    given: Mapping[str, Any] = field(default_factory=dict)

    def holds(self, day: str, area_code: str = "") -> bool:
        """Whether it is in force on an ISO day in a division."""
        return self.valid_from <= day <= self.valid_to and area_code.startswith(self.jurisdiction)

    @property
    def cited(self) -> str:
        """The statute and article, as an answer names them."""
        return f"《{self.statute}》{self.article}" if self.statute else self.article

    def row(self) -> dict[str, Any]:
        """The rule as one flat mapping, as a question's text takes it."""
        own = {
            "id": self.id, "pack": self.pack, "jurisdiction": self.jurisdiction, "statute": self.statute,
            "article": self.article, "text": self.text, "valid_from": self.valid_from, "valid_to": self.valid_to,
            "cited": self.cited,
        }
        return {**own, **self.given}
