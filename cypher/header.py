"""The header of a question file: YAML in a block comment, read into records. Every mistake says what it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

import yaml

from cypher import anatomy
from cypher.question import AUDIENCES, COLUMN_TYPES, PARAM_TYPES, Column, InvalidQuestion, Param, Part, Question
from cypher.yamlloader import LOADER

_FILE = re.compile(r"\A\s*/\*(?P<header>.*?)\*/(?P<body>.*)\Z", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{(.*?)\}")
_PART = re.compile(r"^// part: *(\w+) *$", re.MULTILINE)
_FOUND = re.compile(r"^// found: *(\w+) *$(.*?)(?=^// (?:found|part): )", re.MULTILINE | re.DOTALL)
_KEYS = frozenset((
    "title", "asks", "asks_en", "params", "columns", "rule", "for", "evidence", "sentence", "order", "parts", "law",
    "beside", "one_per", "needs",
))
_PART_KEYS = frozenset(("zh", "columns", "order", "evidence", "sentence", "one_per"))
_PARAM_KEYS = frozenset(("type", "default", "required", "of", "min", "max", "zh", "en", "as", "cuts"))
_DEFAULTS: dict[str, type] = {
    "text": str, "date": str, "area": str, "choice": str, "id": str, "int": int, "bool": bool,
    "choices": list, "ids": list, "rule": str,
}


def read(name: str, group: str, source: str, siblings: Mapping[str, str]) -> Question:
    """A question from its file's text and the texts of its sibling files by dialect; raises InvalidQuestion."""
    header, body = _header(source)
    found = {name: text.strip() for name, text in _FOUND.findall(body)}
    texts = parts_of(_FOUND.sub("", body))
    others = {dialect: parts_of(text) for dialect, text in siblings.items()}
    declared = {"main": {k: header[k] for k in _PART_KEYS if k in header}, **_mapping(header, "parts")}
    if set(texts) != set(declared):
        raise InvalidQuestion(f"parts {sorted(set(texts) ^ set(declared))} are not both declared and written")
    for dialect, own in others.items():
        if strange := sorted(set(own) - set(texts)):
            raise InvalidQuestion(f"the {dialect} text has an undeclared part {strange[0]}")
    if strange := sorted(found.keys() - texts):
        raise InvalidQuestion(f"what is found for {strange[0]} has no part {strange[0]}")
    own_texts = {part: {d: own[part] for d, own in others.items() if part in own} for part in texts}
    title = _mapping(header, "title")
    params = tuple(_param(key, value) for key, value in _mapping(header, "params").items())
    return Question(
        name=name, group=group, internal=group == "internal",
        title_zh=_text(title, "zh"), title_en=_text(title, "en"),
        asks_zh=_text(header, "asks"), asks_en=_text(header, "asks_en"),
        params=params,
        parts=tuple(_part(part, declared[part], texts[part], own_texts[part], found.get(part, "")) for part in declared),
        rule=_rule(header, params), audience=_audience(header),
        law=tuple(str(kind) for kind in header.get("law") or ()),
        needs=tuple(str(name) for name in header.get("needs") or ()),
        beside=tuple(str(name) for name in header.get("beside") or ()),
    )


def parts_of(body: str) -> dict[str, str]:
    """The text of each part; a text before the first `// part:` line is the main part."""
    first, *rest = _PART.split(body)
    parts = {"main": first.strip()} if first.strip() else {}
    for name, text in zip(rest[::2], rest[1::2], strict=True):
        if name in parts:
            raise InvalidQuestion(f"part {name} is written twice")
        parts[name] = text.strip()
    return parts


def _header(source: str) -> tuple[dict[str, Any], str]:
    match = _FILE.match(source)
    if not match:
        raise InvalidQuestion("the file must begin with a /* header */")
    try:
        header = yaml.load(match["header"], Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = 1 + (error.problem_mark.line if error.problem_mark else 0)
        raise InvalidQuestion(f"line {line}: {error.problem}") from error
    if not isinstance(header, dict):
        raise InvalidQuestion("the header must be a YAML mapping")
    _only(header, _KEYS, "the header")
    return header, match["body"]


def _part(name: str, declared: Mapping[str, Any], text: str, texts: Mapping[str, str], found: str) -> Part:
    _only(declared, _PART_KEYS, f"part {name}")
    return Part(
        name=name,
        zh=str(declared.get("zh", "")),
        columns=tuple(_column(key, value) for key, value in _mapping(declared, "columns").items()),
        order=tuple((str(c).removeprefix("-"), str(c).startswith("-")) for c in declared.get("order") or ()),
        evidence=tuple(str(c) for c in declared.get("evidence") or ()),
        sentence=str(declared.get("sentence") or ""),
        text=text,
        texts=texts,
        uses=frozenset().union(*(anatomy.parameters(t) for t in (found, text, *texts.values()))),
        found=found,
        one_per=tuple(str(c) for c in declared.get("one_per") or ()),
    )


def _column(name: str, value: Any) -> Column:
    value = _is_mapping(value, f"column {name}")
    _only(value, frozenset({"type", "zh", "en", "values"}), f"column {name}")
    values = {str(k): str(v) for k, v in _mapping(value, "values").items()}
    kind = _one_of(value, "type", COLUMN_TYPES, f"column {name}")
    return Column(name, kind, _text(value, "zh"), _text(value, "en"), values)


def _param(name: str, value: Any) -> Param:
    value = _is_mapping(value, f"parameter {name}")
    where = f"parameter {name}"
    _only(value, _PARAM_KEYS, where)
    kind = _one_of(value, "type", PARAM_TYPES, where)
    of = tuple(str(word) for word in value.get("of") or ())
    required = bool(value.get("required", False)) or kind == "parties"
    default = list(of) if kind == "choices" and value.get("default") == "all" else value.get("default")
    if required == ("default" in value):
        raise InvalidQuestion(f"{where}: give either a default or required: true")
    if not required and type(default) is not _DEFAULTS[kind]:
        raise InvalidQuestion(f"{where}: the default is no {kind}")
    chosen = {"choice": [default], "choices": default}.get(kind, []) if not required else []
    if (kind in ("choice", "choices") and not of) or not set(chosen or ()) <= set(of):
        raise InvalidQuestion(f"{where}: the default is none of {list(of)}")
    bound_as = str(value.get("as") or ("ids" if kind == "parties" else name))
    return Param(
        name, kind, _text(value, "zh"), _text(value, "en"), default, required, of,
        value.get("min", 2 if kind == "parties" else None), value.get("max"), bound_as,
        str(value.get("cuts") or ""),
    )


def _rule(header: Mapping[str, Any], params: Collection[Param]) -> str:
    rule = _text(header, "rule")
    chosen = {p.name for p in params if p.type in ("choice", "rule")}
    if strange := sorted(set(_PLACEHOLDER.findall(rule)) - chosen):
        raise InvalidQuestion(f"rule: {{{strange[0]}}} is no parameter that chooses a word")
    return rule


def _audience(header: Mapping[str, Any]) -> tuple[str, ...]:
    audience = tuple(str(who) for who in header.get("for") or ())
    if strange := sorted(set(audience) - set(AUDIENCES)):
        raise InvalidQuestion(f"for: {strange[0]} is none of {list(AUDIENCES)}")
    return audience


def _is_mapping(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InvalidQuestion(f"{where} must be a mapping")
    return value


def _mapping(owner: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = _is_mapping(owner.get(key) or {}, key)
    if strange := [name for name in found if not isinstance(name, str)]:
        raise InvalidQuestion(f"{key}: YAML reads a name as {strange[0]!r}, put it in quotes")
    return found


def _text(owner: Mapping[str, Any], key: str) -> str:
    return str(owner.get(key) or "").strip()


def _only(owner: Mapping[str, Any], allowed: Collection[str], where: str) -> None:
    if strange := sorted(str(key) for key in owner.keys() - set(allowed)):
        raise InvalidQuestion(f"{where} has an unknown key {strange[0]!r}")


def _one_of(owner: Mapping[str, Any], key: str, allowed: Collection[str], where: str) -> str:
    value = str(owner.get(key))
    if value not in allowed:
        raise InvalidQuestion(f"{where}: {key} {value!r} is none of {list(allowed)}")
    return value
