"""A pack file as rules: everything is checked before anything is used, and a mistake names its file and rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from cypher.yamlloader import LOADER
from graph.law.kinds import KINDS
from graph.law.rule import FOREVER, Rule

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_PACK_KEYS = {"pack", "title", "compared", "jurisdiction", "optional", "rules"}
_RULE_KEYS = {"id", "kind", "jurisdiction", "statute", "article", "text", "valid_from", "valid_to", "verified"}


class InvalidLaw(ValueError):
    """A pack contradicts itself; the message names the file, the rule and what is wrong."""


class Pack(tuple[Rule, ...]):
    """The rules of one file, with the pack's name, whether it must be switched on, and what its rules were compared with."""

    name: str
    optional: bool
    compared: str

    @classmethod
    def of(cls, name: str, optional: bool, compared: str, rules: list[Rule]) -> Pack:
        pack = cls(rules)
        pack.name, pack.optional, pack.compared = name, optional, compared
        return pack


def read_pack(path: Path) -> Pack:
    """The rules of a pack file; raises InvalidLaw."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
    except ValueError as error:
        raise InvalidLaw(
            f"{path.name}：有不存在的日期（valid_from、valid_to），或不是 UTF-8。 / a date that does not exist, or not UTF-8."
        ) from error
    except (yaml.YAMLError, OSError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = path.name if line is None else f"{path.name} 第{line + 1}行"
        raise InvalidLaw(f"{where}：不是可读的 YAML。 / not readable as YAML.") from None
    if not isinstance(raw, dict) or set(raw) - _PACK_KEYS or not _NAME.match(str(raw.get("pack", ""))):
        raise InvalidLaw(f"{path.name}：应有 pack、title、compared、jurisdiction、optional、rules。 / a pack has these keys and no others.")
    name, jurisdiction = str(raw["pack"]), str(raw.get("jurisdiction") or "")
    rules = [
        _rule(f"{path.name} 第{number}条规则", item, name, jurisdiction) for number, item in enumerate(raw.get("rules") or (), 1)
    ]
    return Pack.of(name, bool(raw.get("optional", False)), str(raw.get("compared") or ""), rules)


def _rule(where: str, item: Any, pack: str, jurisdiction: str) -> Rule:
    if not isinstance(item, dict):
        raise InvalidLaw(f"{where}：应为一组键值。 / a rule is a mapping.")
    where = f"{where} {item.get('id', '')}".strip()
    kind = str(item.get("kind", ""))
    if kind not in KINDS:
        raise InvalidLaw(f"{where}：kind 应为 {'、'.join(KINDS)} 之一。 / kind must be one of these.")
    if not _NAME.match(str(item.get("id", ""))):
        raise InvalidLaw(f"{where}：id 用小写字母、数字和下划线。 / an id is lower case letters, digits, underscores.")
    if not item.get("article") or not item.get("text"):
        raise InvalidLaw(f"{where}：须有 article（依据）与 text（内容）。 / a rule says its article and text.")
    given = {key: value for key, value in item.items() if key not in _RULE_KEYS}
    if problem := KINDS[kind].problem(given):
        raise InvalidLaw(f"{where}：{problem}。")
    return Rule(
        id=str(item["id"]), kind=kind, pack=pack, jurisdiction=_area(where, item.get("jurisdiction", jurisdiction)),
        statute=str(item.get("statute") or ""), article=str(item["article"]), text=str(item["text"]),
        valid_from=_day(where, item, "valid_from", ""), valid_to=_day(where, item, "valid_to", FOREVER),
        verified=bool(item.get("verified", True)), given=given,
    )


def _area(where: str, value: Any) -> str:
    text = str(value or "")
    if text and not (text.isdigit() and len(text) in (2, 4, 6, 9, 12)):
        raise InvalidLaw(f"{where}：jurisdiction 应为 2、4、6、9 或 12 位区划代码。 / jurisdiction is a division code.")
    return text


def _day(where: str, item: Mapping[str, Any], key: str, default: str) -> str:
    text = str(item.get(key) or default)
    try:
        return date.fromisoformat(text).isoformat() if text else text
    except ValueError:
        raise InvalidLaw(f"{where}：{key} 应为日期，如 2022-05-01。 / {key} takes a date.") from None
