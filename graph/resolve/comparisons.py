"""What is compared in two people's records, level by level, and what each level says in words.

The levels of a comparison are tried in order; the first whose condition holds speaks. How much it speaks for or
against is learned and stands in `model.json`; nothing here is a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Level:
    """One level: its key in `features`, its SQL over the two records (empty: all else), and its Chinese sentence.

    `speaks` is `+` when the sentence is told for, `-` when against.
    """

    key: str
    condition: str
    speaks: str
    sentence: str
    by_frequency: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison; `missing` is the SQL that nothing can be compared, `zh` what it is called then."""

    name: str
    zh: str
    missing: str
    levels: tuple[Level, ...]

    def gamma(self, key: str) -> int:
        """The number by which Splink calls a level: 0 for the last one, -1 when nothing can be compared."""
        return len(self.levels) - 1 - [level.key for level in self.levels].index(key)


def _either_null(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def _share(column: str) -> str:
    return f"list_has_any({column}_l, {column}_r)"


_DAYS = "length(born_l) >= 10 AND length(born_r) >= 10"
_SHORTER = "least(length(born_l), length(born_r))"
_TURNED = "left(born_l, 4) || substr(born_l, 9, 2) || substr(born_l, 6, 2)"

COMPARISONS = (
    Comparison("name", "姓名", "surnames_l IS NULL OR surnames_r IS NULL", (
        Level("exact", _share("written"), "+", "姓名相同", by_frequency=True),
        Level("script", _share("names"), "+", "姓名只是繁简体写法不同", by_frequency=True),
        Level("former", _share("all_names"), "+", "姓名与曾用名相同"),
        Level("variant", _share("variants"), "+", "姓名只有异体字不同"),
        Level("pinyin", _share("pinyins"), "+", "姓名读音相同、写法不同"),
        Level("masked", f"(masked_l OR masked_r) AND {_share('surnames')}", "-", "姓名被隐去，只知同姓"),
        Level("close", f"{_share('surnames')} AND length(name_l) >= 3 AND length(name_l) = length(name_r)"
              " AND one_byte_apart(name_l, name_r)", "-", "姓名有一字不同"),
        Level("differs", "", "-", "姓名不同"),
    )),
    Comparison("phone", "电话", _either_null("phones"), (
        Level("same", _share("phones"), "+", "电话相同"),
        Level("differs", "", "-", "电话不同"),
    )),
    Comparison("born", "出生日期", _either_null("born"), (
        Level("day", f"{_DAYS} AND left(born_l, 10) = left(born_r, 10)", "+", "出生日期相同"),
        Level("month", f"{_SHORTER} = 7 AND left(born_l, 7) = left(born_r, 7)", "+", "出生年月相同"),
        Level("year", f"{_SHORTER} = 4 AND left(born_l, 4) = left(born_r, 4)", "+", "出生年份相同"),
        Level("typo", f"{_DAYS} AND (damerau_levenshtein(left(born_l, 10), left(born_r, 10)) = 1"
              f" OR {_TURNED} = replace(left(born_r, 10), '-', ''))", "-", "出生日期只有一处不同，可能是笔误"),
        Level("near", f"{_SHORTER} = 4 AND abs(left(born_l, 4)::INT - left(born_r, 4)::INT) = 1", "-",
              "出生年份差一年，可能是虚岁"),
        Level("differs", "", "-", "出生日期不同"),
    )),
    Comparison("gender", "性别", _either_null("gender"), (
        Level("same", "gender_l = gender_r", "+", "性别相同"),
        Level("differs", "", "-", "性别不同"),
    )),
    Comparison("address", "住址", "(doors_l IS NULL OR doors_r IS NULL) AND (areas_l IS NULL OR areas_r IS NULL)", (
        Level("door", _share("doors"), "+", "住址到门牌都相同"),
        Level("moved", f"{_share('areas')} AND doors_l IS NOT NULL AND doors_r IS NOT NULL", "-", "住在同村，门牌不同"),
        Level("village", _share("areas"), "+", "在同一村（社区）"),
        Level("township", _share("towns"), "-", "在同一乡镇，村不同"),
        Level("differs", "", "-", "地方不同"),
    )),
    Comparison("household", "同户同案的人", _either_null("fellows"), (
        Level("several", "len(list_intersect(fellows_l, fellows_r)) >= 2", "+", "同户或同案的人有两名以上同名"),
        Level("one", _share("fellows"), "+", "同户或同案的人有一名同名"),
        Level("differs", "", "-", "同户或同案的人没有同名的"),
    )),
)
"""In the order in which they are told."""

BY_NAME = {comparison.name: comparison for comparison in COMPARISONS}
FREQUENCY = "name_at"
"""The column by whose frequency the same name weighs more or less: the name in its village."""


def splink_settings(weights: dict[str, dict[str, tuple[float, float]]], prior: float) -> dict[str, Any]:
    """The settings of Splink: these comparisons with (m, u) of every level; without weights for training."""
    return {
        "link_type": "dedupe_only", "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": prior, "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True, "blocking_rules_to_generate_predictions": [],
        "comparisons": [_comparison(comparison, weights.get(comparison.name, {})) for comparison in COMPARISONS],
    }


def _comparison(comparison: Comparison, weights: dict[str, tuple[float, float]]) -> dict[str, Any]:
    missing = {"sql_condition": comparison.missing, "label_for_charts": "missing", "is_null_level": True}
    levels = [_level(level, weights.get(level.key)) for level in comparison.levels]
    return {"output_column_name": comparison.name, "comparison_levels": [missing, *levels]}


def _level(level: Level, weight: tuple[float, float] | None) -> dict[str, Any]:
    said: dict[str, Any] = {"sql_condition": level.condition or "ELSE", "label_for_charts": level.key}
    if weight:
        said |= {"m_probability": weight[0], "u_probability": weight[1]}
    if level.by_frequency:
        said |= {"tf_adjustment_column": FREQUENCY, "disable_tf_exact_match_detection": True}
    return said
