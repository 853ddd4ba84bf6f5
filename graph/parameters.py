"""What a caller gives, turned into what the text takes: checked, converted, defaulted."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cypher.question import Param, Question
from graph.errors import WrongParameter
from graph.model import MODEL
from graph.values import BadValue, area_prefix, clean_area

PARTY_KEYS = ("id", "name", "id_number", "phone", "address")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")
_TRUE, _FALSE = {"true", "1", "yes", "是"}, {"false", "0", "no", "否"}


@dataclass(frozen=True, slots=True)
class Party:
    """A party as a mediator knows it: an id, or a name with an id number, a phone or an address."""

    id: str = ""
    name: str = ""
    id_number: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """Checked parameters: `values` as the text takes them, `shown` as the caller gave or left them."""

    values: dict[str, Any]
    shown: dict[str, Any]
    ids: dict[str, list[str]]
    parties: list[Party]

    @property
    def as_of(self) -> str:
        """The day whose facts are asked for, '' for a question that knows none."""
        return str(self.values.get("as_of", self.values.get("day", "")))


def bind(question: Question, given: Mapping[str, Any]) -> Bound:
    """Check parameters against a question; raises WrongParameter naming the first wrong one and what it takes."""
    known = {p.name for p in question.params}
    if unknown := sorted(set(given) - known):
        takes = "、".join(sorted(known)) or "（无参数）"
        raise WrongParameter(unknown[0], f"这个问题没有此参数，可用：{takes} / unknown parameter")
    bound = Bound({}, {}, {}, [])
    for param in question.params:
        value = given.get(param.name)
        if value is None or value == "":
            if param.required:
                raise WrongParameter(param.name, f"必须给出（{param.zh}） / required")
            value = _default(param)
        else:
            value = _READERS[param.type](param, value)
        _place(bound, param, value)
    if question.needs and not any(given.get(name) for name in question.needs):
        raise WrongParameter(question.needs[0], f"至少给出 {'、'.join(question.needs)} 之一 / give at least one of these")
    return bound


def _place(bound: Bound, param: Param, value: Any) -> None:
    if param.type == "parties":
        bound.parties.extend(value)
        bound.shown[param.name] = [party.id for party in value]
        return
    if param.name == "as_of":
        value = _last_day(value)
    bound.shown[param.name] = list(value) if isinstance(value, tuple) else value
    bound.values[param.bound_as or param.name] = area_prefix(value) if param.type == "area" and value else value
    if param.type in ("id", "ids") and value:
        bound.ids[param.name] = value if isinstance(value, list) else [value]


def _default(param: Param) -> Any:
    if param.name == "as_of" and not param.default:
        return date.today().isoformat()
    if param.type in ("choices", "ids"):
        return list(param.default or param.of if param.type == "choices" else param.default or [])
    return "" if param.default is None else param.default


def _last_day(period: str) -> str:
    """The last day of an ISO year or month; a day is itself."""
    if len(period) == 4:
        return f"{period}-12-31"
    return period if len(period) == 10 else f"{period}-{monthrange(int(period[:4]), int(period[5:]))[1]:02}"


def _wrong(param: Param, takes: str) -> WrongParameter:
    return WrongParameter(param.name, takes)


def _id(param: Param, value: Any) -> str:
    text = str(value).strip()
    label = MODEL.label_of(text)
    if label is None or (param.of and label not in param.of):
        wanted = "、".join(f"{MODEL.node(n).prefix}:…（{MODEL.node(n).zh}）" for n in param.of) or "r:…、c:… 等"
        raise _wrong(param, f"应为标识，形如 {wanted} / takes an id")
    return text


def _ids(param: Param, value: Any) -> list[str]:
    return [_id(param, item) for item in _list(value)]


def _list(value: Any) -> list[Any]:
    items = value.split(",") if isinstance(value, str) else list(value)
    return [item.strip() if isinstance(item, str) else item for item in items if item not in ("", None)]


def _int(param: Param, value: Any) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,9}", text):
        raise _wrong(param, "应为整数 / takes a whole number")
    number = int(text)
    low, high = param.min, param.max
    if (low is not None and number < low) or (high is not None and number > high):
        raise _wrong(param, _bounds(low, high))
    return number


def _bounds(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return f"不能小于 {low} / takes at least {low}" if low is not None else f"不能大于 {high} / takes at most {high}"
    return f"应在 {low} 至 {high} 之间 / takes {low} to {high}"


def _bool(param: Param, value: Any) -> bool:
    text = str(value).strip().lower()
    if text in _TRUE | _FALSE:
        return text in _TRUE
    raise _wrong(param, "应为 true 或 false / takes true or false")


def _date(param: Param, value: Any) -> str:
    text = str(value).strip()
    try:
        if _DAY.match(text):
            date.fromisoformat(text + "-01-01"[: 10 - len(text)] if len(text) < 10 else text)
            return text
    except ValueError:
        pass
    raise _wrong(param, "应为日期，如 2024-03-05 / takes a date")


def _area(param: Param, value: Any) -> str:
    try:
        return clean_area(str(value).removeprefix("a:"))
    except BadValue:
        raise _wrong(param, "应为区划代码，如 330199101201 / takes a division code") from None


def _choice(param: Param, value: Any) -> str:
    text = str(value).strip()
    if text not in param.of:
        raise _wrong(param, f"应为 {'、'.join(param.of)} 之一 / takes one of these")
    return text


def _rule(param: Param, value: Any) -> str:
    text = str(value).strip()
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", text):
        raise _wrong(param, "应为规则名，如 default / takes the name of a rule")
    return text


def _choices(param: Param, value: Any) -> list[str]:
    return [_choice(param, item) for item in _list(value)] or list(param.of)


def _text(param: Param, value: Any) -> str:
    text = str(value).strip()
    if not text or len(text) > 200:
        raise _wrong(param, "应为 1 至 200 字的文字 / takes 1 to 200 characters")
    return text


def _parties(param: Param, value: Any) -> list[Party]:
    parties = [_party(param, item) for item in (re.split("[,，]", value) if isinstance(value, str) else value)]
    if len(parties) < (param.min or 2):
        raise _wrong(param, "至少给出两方，用逗号隔开 / needs at least two parties, separated by commas")
    return parties


def _party(param: Param, item: Any) -> Party:
    """An id; or `name=张三;phone=138…` (also a mapping with these keys) with one of id_number, phone, address."""
    if isinstance(item, str) and MODEL.label_of(item.strip()) in ("Resident", "Household", "Organ"):
        return Party(id=item.strip())
    fields = dict(p.replace("＝", "=").partition("=")[::2] for p in re.split("[;；]", item)) if isinstance(item, str) else dict(item)
    known = {str(k).strip(): str(v).strip() for k, v in fields.items() if v}
    enough = "id" in known or ("name" in known and any(k in known for k in PARTY_KEYS[2:]))
    if not enough or set(known) - set(PARTY_KEYS):
        raise _wrong(param, "每一方应为标识，或 name=…;phone=…（或 id_number、address） / id, or name with another key")
    return Party(**known)


_READERS: dict[str, Callable[[Param, Any], Any]] = {
    "id": _id, "ids": _ids, "parties": _parties, "text": _text, "int": _int, "bool": _bool,
    "date": _date, "area": _area, "choice": _choice, "choices": _choices, "rule": _rule,
}
