"""Cells that are certainly clean already, told in SQL, so that millions of them need no Python.

`graph.values.clean` is the only source of the rules. A form here is a condition under which `clean` provably gives
the stated SQL value; everything else goes through `clean`. Tests hold the two equal on arbitrary text.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.register import FieldKind
from ingest.sql import NOTHING, literal

_ODD_SPACE = (
    r"  |^ | $|[\t\n\x{0b}\f\r\x{1c}-\x{1f}\x{85}\x{a0}\x{1680}\x{2000}-\x{200b}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}]"
)
_PROVINCE = "(1[1-5]|2[123]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123]|91)"
_DAY = "(18|19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}"
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_PLAIN_NUMBER = r"[0-9]{1,12}(\.[0-9]{1,6})?"
_CHECK_SUM = " - ".join(["n", *(f"{2 ** (place + 2)} * (n // {10**place})" for place in range(1, 17))])
"""Half the weighted sum of MOD 11-2 (GB 11643) for n, the number of the first 17 digits. The weights are powers of two: the
sum of 2^k times digit k of n is n less the sum of 2^(k+2) times n // 10^k over k from 1, which needs no single digit."""
_CHECK_DIGIT = (  # the list of one is there to give n its name
    f"substr('10X98765432', 1 + (2 * list_transform([left({{v}}, 17)::BIGINT], lambda n: {_CHECK_SUM})[1] % 11), 1)"
)


@dataclass(frozen=True, slots=True)
class Certain:
    """SQL with `{v}` for the cell: when the condition is true, `value` is what `clean` gives."""

    condition: str
    value: str = "{v}"

    def test(self, cell: str) -> str:
        """The condition for a cell, never NULL."""
        return f"coalesce({self.condition.replace('{v}', cell)}, false)"

    def result(self, cell: str) -> str:
        return self.value.replace("{v}", cell)


def _full(pattern: str) -> str:
    return f"regexp_full_match({{v}}, {literal(pattern)})"


def _real_day(text: str) -> str:
    return f"try_cast({text} AS DATE) IS NOT NULL"


CERTAIN: dict[FieldKind, Certain] = {
    FieldKind.TEXT: Certain(f"length({{v}}) > 4 AND NOT regexp_matches({{v}}, {literal(_ODD_SPACE)})"),
    FieldKind.NAME: Certain(f"{_full('[一-龥]{2,20}')} AND {{v}} NOT IN ({NOTHING})"),
    FieldKind.KEY: Certain(
        f"length({{v}}) > 4 AND {_full('[0-9A-Za-z一-龥][0-9A-Za-z一-龥_-]{0,99}')}"
        f" AND NOT ((contains({{v}}, 'e') OR contains({{v}}, 'E')) AND {_full('[0-9]+[eE][+-]?[0-9]+')})"
    ),
    FieldKind.ID_NUMBER: Certain(
        f"CASE WHEN {_full(_PROVINCE + '[0-9]{4}(18|19|20)[0-9]{9}[0-9X]')} THEN "
        + "try_strptime(substr({v}, 7, 8), '%Y%m%d') IS NOT NULL"
        + f" AND {_CHECK_DIGIT} = right({{v}}, 1) END"
    ),
    FieldKind.PHONE: Certain(_full("1[3-9][0-9]{9}")),
    FieldKind.DATE: Certain(
        f"{_full(f'{_DAY}([ T]{_TIME})?')} AND {_real_day('left({v}, 10)')}",
        "CASE WHEN length({v}) = 10 OR right({v}, 8) = '00:00:00' THEN left({v}, 10) ELSE replace({v}, ' ', 'T') END",
    ),
    FieldKind.NUMBER: Certain(_full(_PLAIN_NUMBER), "try_cast({v} AS DOUBLE)"),
    FieldKind.SIZE: Certain(_full(_PLAIN_NUMBER), "try_cast({v} AS DOUBLE)"),
    FieldKind.AREA: Certain(_full("[0-9]{12,20}")),
}
