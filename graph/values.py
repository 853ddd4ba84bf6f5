"""Values as they come from departments: cleaned, checked, shown. One function a kind, each explained.

`clean(kind, text)` returns the stored form or raises `BadValue` with the rule that refused it; the message never
repeats the value, because values of personal fields must not reach a log. `mask_*` give what a person may see.
"""

from __future__ import annotations

import hmac
import math
import re
from collections.abc import Callable
from datetime import date, timedelta

from graph.codes import UnknownCode, canonical
from graph.register import Field, FieldKind
from graph.text import fold


class BadValue(ValueError):
    """A value was refused. `rule` is a short stable name, the text a sentence in Chinese; never the value."""

    def __init__(self, rule: str, sentence: str) -> None:
        super().__init__(sentence)
        self.rule = rule


EMPTY = frozenset({"", "-", "—", "/", "无", "空", "null", "none", "nan", "n/a", "不详", "未知"})
_FLOATED = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d+\Z")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = re.compile(r"1[1-5]|2[123]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123]|91")


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def id_check_digit(first17: str) -> str:
    """The 18th character of a citizen id number for its first 17 digits: MOD 11-2 (GB 11643-1999)."""
    return _CHECKS[sum(w * int(d) for w, d in zip(_WEIGHTS, first17, strict=True)) % 11]


def clean_id_number(text: str) -> str:
    """An 18-character citizen id number (GB 11643); 15 digits are upgraded (19yy, check digit added).

    Refused: a number that Excel turned into a float (its last digits are lost), a wrong length, an unknown
    province, a day that does not exist, a wrong check digit. Never repaired.
    """
    folded = fold(text).replace(" ", "").lstrip("'").upper()
    if _FLOATED.match(folded):
        raise BadValue("id_number.float", "证件号码被电子表格转成了数字，末几位已丢失，请按文本重新导出")
    if re.fullmatch(r"\d{15}", folded):
        folded = folded[:6] + "19" + folded[6:]
        folded += id_check_digit(folded)
    if not re.fullmatch(r"\d{17}[\dX]", folded):
        raise BadValue("id_number.form", "证件号码应为18位（或15位）")
    if not _PROVINCES.fullmatch(folded[:2]):
        raise BadValue("id_number.province", "证件号码前两位不是省级代码")
    if not _is_day(int(folded[6:10]), int(folded[10:12]), int(folded[12:14])):
        raise BadValue("id_number.date", "证件号码中的出生日期不存在")
    if id_check_digit(folded[:17]) != folded[17]:
        raise BadValue("id_number.check", "证件号码校验位不符")
    return folded


def clean_phone(text: str) -> str:
    """Digits of a Chinese phone number: mobile (11 digits, 1…) or land line with area code; +86 is dropped."""
    folded = fold(text)
    if _FLOATED.match(folded):
        raise BadValue("phone.float", "电话被电子表格转成了科学计数，请按文本重新导出")
    digits = re.sub(r"[^\d]", "", folded.removesuffix(".0"))
    digits = re.sub(r"\A(0086|86)(?=1\d{10}\Z)", "", digits)
    if re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}|[2-9]\d{6,7}|[48]00\d{7}|12\d{3}|1\d{10}", digits):
        return digits
    raise BadValue("phone.form", "电话号码位数或号段不符")


_DATE_FORMS = (
    re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})秒?)?分?(?:\.\d+)?)?\Z"),
    re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?\Z"),
    re.compile(r"(\d{4})(\d{2})(\d{2})[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?:\.\d+)?\Z"),
)
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?\Z|(\d{4})(0[1-9]|1[0-2])\Z")
_YEAR = re.compile(r"(\d{4})年?\Z")
_SERIAL = re.compile(r"\d{5}(\.\d+)?\Z")
_EPOCH = date(1899, 12, 30)


def clean_date(text: str) -> str:
    """ISO text with honest precision: `2024`, `2024-03`, `2024-03-05` or `2024-03-05T14:30:00`.

    Accepts the forms of departments' exports, and serial day numbers of Excel (10000 to 99999, i.e. from 1927).
    """
    folded = fold(text).removesuffix(".0")
    for form in _DATE_FORMS:
        if match := form.match(folded):
            return _iso(*(int(g) if g else None for g in match.groups()))
    if match := _MONTH.match(folded):
        year, month = (g for g in match.groups() if g)
        if 1 <= int(month) <= 12 and 1800 <= int(year) <= 2200:
            return f"{year}-{int(month):02d}"
    if (match := _YEAR.match(folded)) and 1800 <= int(match[1]) <= 2200:
        return match[1]
    if _SERIAL.match(folded):
        return _from_serial(float(folded))
    raise BadValue("date.form", "日期写法不认识，请用 2024-03-05 的形式")


def _iso(
    year: int | None, month: int | None, day: int | None,
    hour: int | None = None, minute: int | None = None, second: int | None = None,
) -> str:
    if year is None or month is None or day is None or not _is_day(year, month, day) or not 1800 <= year <= 2200:
        raise BadValue("date.none", "这一天不存在")
    iso = f"{year:04d}-{month:02d}-{day:02d}"
    if hour is None:
        return iso
    if hour > 23 or (minute or 0) > 59 or (second or 0) > 59:
        raise BadValue("date.time", "时刻不存在")
    return iso if not (hour or minute or second) else f"{iso}T{hour:02d}:{minute or 0:02d}:{second or 0:02d}"


def _from_serial(serial: float) -> str:
    day = _EPOCH + timedelta(days=int(serial))
    seconds = round((serial - int(serial)) * 86400)
    return _iso(day.year, day.month, day.day, seconds // 3600, seconds % 3600 // 60, seconds % 60)


def clean_name(text: str) -> str:
    """A person's name: folded, the dots of minority names made one form, spaces inside a Chinese name dropped."""
    folded = re.sub(r"[•·・．.‧]", "·", fold(text))
    if re.search(r"[\u3400-\u9fff]", folded):
        folded = folded.replace(" ", "")
    if not folded or len(folded) > 100:
        raise BadValue("name.form", "姓名为空或过长")
    return folded


def clean_key(text: str) -> str:
    """A department's own number: folded, no spaces, `188006.0` of a spreadsheet read as `188006`."""
    folded = fold(text).replace(" ", "")
    if _FLOATED.match(folded):
        raise BadValue("key.float", "编号被电子表格转成了科学计数，请按文本重新导出")
    folded = re.sub(r"\A(\d+)\.0+\Z", r"\1", folded)
    if not folded or len(folded) > 200:
        raise BadValue("key.form", "编号为空或过长")
    return folded


def clean_area(text: str) -> str:
    """A division code: 2 to 12 digits are filled to 12 with zeros, longer codes (grids) stay as they are."""
    code = clean_key(text)
    if not re.fullmatch(r"\d{2,20}", code):
        raise BadValue("area.form", "区划代码应为数字（统计用区划代码12位）")
    return code if len(code) > 12 else code.ljust(12, "0")


def area_prefix(code: str) -> str:
    """The part of a division code that all its sub-divisions share: `330127000000` gives `330127`."""
    for cut in (2, 4, 6, 9):
        if len(code) == 12 and not code[cut:].strip("0"):
            return code[:cut]
    return code


def clean_text(text: str) -> str:
    """Trimmed text, line ends and other runs of white space made one space."""
    return re.sub(r"[\s\ufeff]+", " ", text).strip()


def clean_number(text: str) -> float:
    """A number, thousands separators and a trailing 元 dropped."""
    try:
        number = float(fold(text).replace(",", "").rstrip("元人户件"))
    except ValueError:
        raise BadValue("number.form", "应为数字") from None
    if not math.isfinite(number):
        raise BadValue("number.range", "数字超出范围")
    return number


def clean_size(text: str) -> float:
    """The number of a land area without the unit behind it (`1.5亩` is 1.5); the loader reads the unit by itself."""
    return clean_number(re.sub(r"\s*(亩|公顷|平方米|m2)\Z", "", fold(text), flags=re.IGNORECASE))


def clean_int(text: str) -> int:
    """A whole number; `3.0` is 3."""
    number = clean_number(text)
    if number != int(number):
        raise BadValue("number.whole", "应为整数")
    if not -(2**63) <= number < 2**63:
        raise BadValue("number.range", "数字超出范围")
    return int(number)


M2_PER_UNIT = {"mu": 10000 / 15, "m2": 1.0, "ha": 10000.0}
"""Square metres in one unit of land area: 1 亩 = 1/15 公顷."""


def clean_code(field: Field, text: str) -> str:
    """The canonical value of a code table; raises BadValue for a code it does not know."""
    try:
        return canonical(field.codes, text)
    except UnknownCode:
        raise BadValue("code.unknown", "代码表中没有这个值") from None


_CLEANERS: dict[FieldKind, Callable[[str], str | float | int]] = {
    FieldKind.TEXT: clean_text,
    FieldKind.NAME: clean_name,
    FieldKind.KEY: clean_key,
    FieldKind.ID_NUMBER: clean_id_number,
    FieldKind.PHONE: clean_phone,
    FieldKind.DATE: clean_date,
    FieldKind.AREA: clean_area,
    FieldKind.INT: clean_int,
    FieldKind.NUMBER: clean_number,
    FieldKind.SIZE: clean_size,
}


def clean(field: Field, text: str | None) -> str | float | int | None:
    """The stored form of a raw cell, None for an empty one; raises BadValue when the cell is refused."""
    if text is None or fold(text).lower() in EMPTY:
        return None
    if field.kind is FieldKind.CODE:
        return clean_code(field, text)
    return _CLEANERS[field.kind](text)


def token(value: str, key: str) -> str:
    """A keyed hash that stands for an id number or phone without showing it: 16 hex digits of HMAC-SHA256 (RFC 2104)."""
    return hmac.digest(key.encode(), value.encode(), "sha256").hex()[:16]


def mask_id_number(number: str) -> str:
    """`330127********1234`: region and last four digits, as on a printed notice."""
    return f"{number[:6]}********{number[-4:]}"


def mask_phone(phone: str) -> str:
    """`138****5678`; shorter numbers keep the last two digits."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else f"{'*' * (len(phone) - 2)}{phone[-2:]}"
