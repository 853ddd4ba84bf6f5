"""The books in which doubles stand, written as they are: an old register, letters, and who signed them.

Their folder sorts behind all other files, so that what the register says wins wherever both speak of one person.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from ingest.sample.doubles import Double, Doubles
from ingest.sample.people import People

BOOKS, DOUBLES = "零散登记", "doubles.json"
_REGISTER = ["姓名", "曾用名", "性别", "出生日期", "联系方式", "现住门（楼）详址", "户号", "户主姓名", "区划代码", "数据来源"]
_LETTERS = ["信访件编号", "信访人姓名", "联系电话", "住址", "信访形式", "信访日期", "标题", "内容", "问题类别", "区划代码", "数据来源"]
_SIGNERS = ["事件编号", "姓名", "联系电话", "住址", "角色", "区划代码", "数据来源"]
_MADE_UP = "合成数据（零散登记）"
_ABOUT = ("道路积水", "路灯不亮", "水费计量", "垃圾清运", "公交班次")
_REGISTERED = 0.55


def write_doubles(out: Path, people: People, count: int, seed: int) -> int:
    """Writes `零散登记/*.csv` with about so many loose records and `doubles.json`; the number of rows written.

    The truth says of every row: file, row, whose it is (`person`), whom it only resembles (`like`), and how. Letters know
    no birth date, sex or household, only who signed with whom.
    """
    dice = random.Random(seed)
    drawn = Doubles(people, dice).draw(count)
    registered = [one for one in drawn if one.former or dice.random() < _REGISTERED]
    held = set(map(id, registered))
    letters = [one for one in drawn if id(one) not in held]
    (out / BOOKS).mkdir(exist_ok=True)
    codes = [village.code for village in people.places.villages]
    truth: list[dict[str, object]] = []
    numbers = [f"LX{at:07d}" for at in range(1, len(letters) + 1)]
    signers = [(number, one) for number, one in zip(numbers, letters, strict=True) if one.with_name]
    _write(out, "旧人口登记.csv", _REGISTER, [
        _register_row(one, codes[one.village], people.places.villages[one.village].address) for one in registered])
    _write(out, "来信登记.csv", _LETTERS, [_letter(n, one, codes, dice) for n, one in zip(numbers, letters, strict=True)])
    _write(out, "来信署名.csv", _SIGNERS, [
        (number, one.with_name, "", one.with_address, "参与人", codes[one.village], _MADE_UP) for number, one in signers])
    for name, rows in (("旧人口登记.csv", registered), ("来信登记.csv", letters)):
        truth += [{"file": f"{BOOKS}/{name}", "row": at, "person": one.person, "like": one.like, "how": one.how}
                  for at, one in enumerate(rows, start=2)]
    truth += [{"file": f"{BOOKS}/来信署名.csv", "row": at, "person": one.with_person, "like": "", "how": ["signer"]}
              for at, (_, one) in enumerate(signers, start=2)]
    (out / DOUBLES).write_text(json.dumps({"records": truth}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(truth)


def _register_row(one: Double, code: str, place: str) -> tuple[str, ...]:
    address = one.address or ("" if one.phone or one.household else place)  # the table wants one of the three
    return (one.name, one.former, one.gender, one.born, one.phone, address, one.household, one.head, code, _MADE_UP)


def _letter(number: str, one: Double, codes: Sequence[str], dice: random.Random) -> tuple[str, ...]:
    day = date(2021, 1, 1) + timedelta(days=dice.randrange(1800))
    about = f"反映{dice.choice(_ABOUT)}（{number}）"
    return (number, one.name, one.phone, one.address, "来信", day.isoformat(), about, about, "城乡建设", codes[one.village], _MADE_UP)


def _write(out: Path, name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with (out / BOOKS / name).open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])
