"""Which kinds of rules there are, and what a rule of each kind must and may say beside its article and dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A kind of rule: the keys it needs and may have, each with the type of its value.

    `words` are the values that a key takes; of the keys in `one_of` exactly one is given, and it is a number above zero.
    """

    zh: str
    needs: Mapping[str, type] = field(default_factory=dict)
    may: Mapping[str, type] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()

    def problem(self, given: Mapping[str, Any]) -> str:
        """What is wrong with these keys and values, '' when nothing."""
        allowed = {**self.needs, **self.may}
        if missing := sorted(self.needs.keys() - given.keys()):
            return f"缺少 {missing[0]} / {missing[0]} is missing"
        for key, value in given.items():
            if key not in allowed:
                return f"不认识的键 {key} / unknown key {key}"
            if not isinstance(value, allowed[key]) or (isinstance(value, bool) and allowed[key] is not bool):
                return f"{key} 的值应为 {allowed[key].__name__} / {key} takes a value of type {allowed[key].__name__}"
            if value not in self.words.get(key, (value,)):
                return f"{key} 应为 {'、'.join(self.words[key])} 之一 / {key} takes one of these"
        if self.one_of and [1 for key in self.one_of if given.get(key, 0) > 0] != [1]:
            return f"{'、'.join(self.one_of)} 应写且只写一个，大于 0 / give exactly one of these, above zero"
        return ""


CLOCKS = (
    "dispatch", "acceptance", "objection", "handling", "review_request", "review", "re_review_request", "re_review", "confirmation",
    "mediation",
)
"""The periods that a build can compute."""

KINDS: Mapping[str, RuleKind] = {
    "clock": RuleKind("期限", {"clock": str}, {
        "days": int, "working_days": int, "months": int, "extension": int, "extension_agreed": bool, "pause": str, "right": bool,
    }, {"clock": CLOCKS, "pause": ("hearing",)}, ("days", "working_days", "months")),
    "duty": RuleKind("责任", {"duty": str}),
    "recusal": RuleKind("回避", {"ground": str}, {"who": str}),
    "repeat": RuleKind("重复", {"name": str}, {
        "who": str, "matter": str, "window_days": int, "after_opinion": bool, "channels": list, "excluded": list,
        "version": int,
    }),
    "limit": RuleKind("限额", {"most": int}, {"above_people": int, "up_to_people": int}),
}
"""Every kind by its name in a pack."""
