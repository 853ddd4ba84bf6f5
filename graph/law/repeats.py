"""What counts as a repeat, by the rule that a caller names: one of the shipped ones, or the operator's own."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date

from cypher.question import Param, Question
from graph.errors import WrongParameter
from graph.law.book import Law
from graph.law.rule import Rule
from graph.parameters import Bound

KIND = "repeat"
REASONS = ("review", "re_review", "litigation", "urging", "added_material", "art19", "art36")
"""Why a petition is no registration of its own, as `Case.not_counted` says it."""
CHANNELS = ("visit", "letter", "online", "phone", "fax", "hotline")
_NO_WINDOW = 0


def settle_rule(law: Law, question: Question, bound: Bound) -> Question:
    """The question with the rule that applies, named with its version; its text gets what the rule says.

    Without a parameter of type `rule` the question is returned as it is. Raises WrongParameter for a rule that nobody
    wrote, that does not hold on the day or in the area, or that is about people where households are asked for.
    """
    for param in question.params:
        if param.type == "rule":
            rule = _chosen(law, question, param, bound)
            bound.values.update(_said(param, rule))
            if rule.given.get("matter") == "any":
                bound.values["matter"] = "any"
            name = bound.shown[param.name]
            return replace(question, rule=f"{KIND}/{name}@{_version(rule)}")
    return question


def _chosen(law: Law, question: Question, param: Param, bound: Bound) -> Rule:
    wanted = str(bound.shown[param.name])
    day = str(bound.values.get("as_of") or date.today().isoformat())
    held = {str(rule.given["name"]): rule for rule in law.in_force(KIND, day, str(bound.values.get("area") or ""))}
    fitting = {name: rule for name, rule in held.items() if _fits(question, rule)}
    if wanted not in fitting:
        raise WrongParameter(param.name, f"没有此规则，可用：{'、'.join(sorted(fitting))} / no such rule here; takes one of these")
    rule = fitting[wanted]
    for key, allowed in (("channels", CHANNELS), ("excluded", REASONS), ("matter", ("same", "any")), ("who", ("person", "household"))):
        value = rule.given.get(key, ())
        for word in [value] if isinstance(value, str) else value:
            if word not in allowed:
                raise WrongParameter(param.name, f"规则 {wanted} 的 {key} 应取自 {'、'.join(allowed)} / the rule's {key} takes these words")
    return rule


def _fits(question: Question, rule: Rule) -> bool:
    who = rule.given.get("who") or ""
    return not who or (who == "household") == question.name.endswith("households")


def _said(param: Param, rule: Rule) -> dict[str, object]:
    """What the text takes; no list is empty, for engines must know what is in it."""
    given = rule.given
    return {
        f"{param.bound_as}_excluded": list(given.get("excluded", REASONS)) or ["nothing"],
        f"{param.bound_as}_channels": list(given.get("channels", ())) or ["any"],
        f"{param.bound_as}_window": int(given.get("window_days", _NO_WINDOW)),
        f"{param.bound_as}_answered": bool(given.get("after_opinion", False)),
    }


def _version(rule: Rule) -> str:
    """The version that the rule states, else a hash of what it says."""
    if "version" in rule.given:
        return str(rule.given["version"])
    return hashlib.sha256(json.dumps(rule.row(), sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:8]
