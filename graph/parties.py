"""Parties as a mediator knows them, found in the graph: by id, by id number, or by name with a phone or an address.

No message repeats what was given: it says how many fit and which further key would tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graph.archive import Entity
from graph.errors import NotFound
from graph.parameters import Party
from graph.values import token

Row = Mapping[str, Any]
_KEYS = {"id_number": "证件号码 id_number", "phone": "联系电话 phone", "address": "住址 address"}


def find_party(
    number: int, party: Party, id_key: str, get: Callable[[str], Entity], search: Callable[[Mapping[str, str]], Sequence[Row]],
) -> Entity:
    """The thing that party no. `number` (from 1) is; raises NotFound when nobody, or more than one, fits.

    An id number decides alone; whether the registered name differs from the given one is left to `name_note`.
    """
    if party.id:
        return get(party.id)
    if party.id_number:
        try:
            return get("r:" + token(party.id_number.strip().upper(), id_key))
        except NotFound:
            raise NotFound(f"第{number}方当事人：没有这个证件号码的人，请核对号码，或改用联系电话、住址") from None
    rows = search({
        "name": party.name, "phone_token": token(party.phone, id_key) if party.phone else "", "address": party.address,
    })
    if not rows:
        given = "、".join(_KEYS[key].split()[0] for key in ("phone", "address") if getattr(party, key))
        raise NotFound(f"第{number}方当事人：没有姓名与{given}都相符的人，请核对，或改用证件号码")
    if len({row["id"] for row in rows}) > 1:
        raise NotFound(f"能确定的第{number}方当事人：有{len({row['id'] for row in rows})}人符合，{_apart(party, rows)}")
    return get(str(rows[0]["id"]))


def name_note(number: int, party: Party, found: Entity) -> str:
    """What to tell who gave an id number with a name that is not the registered one; '' when nothing."""
    names = {found.properties.get("name"), found.properties.get("former_name")}
    if not (party.id_number and party.name) or party.name in names:
        return ""
    return f"第{number}方：所给姓名与该证件号码登记的姓名不同，请核对。 / The name given is not the registered one."


def _apart(party: Party, rows: Sequence[Row]) -> str:
    """Which key that was not given would leave one of several."""
    keys = ["id_number"] if all(row["id_number"] for row in rows) else []
    keys += [
        key for key, column in (("phone", "phone_token"), ("address", "address"))
        if not getattr(party, key) and len({row["id"] for row in rows}) == len({row[column] for row in rows if row[column]})
    ]
    if not keys:
        return "证件号码、联系电话或住址都分不清，请先查出各人标识（search），再以标识提问"
    return f"请补充{'或'.join(_KEYS[key] for key in keys)}即可区分"
