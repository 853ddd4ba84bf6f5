"""The rules of this room beside those of `graph.values`: short stable names, and the sentence for people."""

from __future__ import annotations

MISSING = "required.missing"
ONE_OF = "required.one_of"
TOTAL = "row.total"
UNUSED = "row.unused"
SECOND = "cell.second"
SIZE_UNIT = "size.unit"

SENTENCES: dict[str, str] = {
    MISSING: "必填项是空的",
    ONE_OF: "缺少可以辨认的一项（几项中至少要有一项）",
    TOTAL: "合计、制表人一类的行，不是数据",
    UNUSED: "映射没有用到这一行",
    SECOND: "同一含义的另一列有不同的值，没有载入",
    SIZE_UNIT: "面积单位不认识，面积没有载入",
}

NOT_DATA = frozenset({TOTAL, UNUSED})
"""Rows set aside for these reasons were never data; they do not count towards the share of rejected rows."""

_S = r"[\s\x{3000}\x{a0}]*"
"""Spaces, the full-width one too: `合　计`."""

TOTAL_PATTERN = (
    f"{_S}(本页|本表|全村|全部)?{_S}(合|总|小|共|累){_S}计{_S}[:：]?{_S}"
    f"|{_S}(制{_S}表|填{_S}表|审{_S}核|填{_S}报|统{_S}计|复{_S}核|负{_S}责|单位负责){_S}(人|单位|日期|时间)?{_S}[:：].*"
    f"|{_S}(备|附)?{_S}注{_S}[:：].*|{_S}(填{_S}表)?{_S}说{_S}明{_S}[:：].*"
)
"""What the first filled cell of a total or footer line looks like (whole cell)."""

TOTAL_SIGNS = ("计", ":", "：")
"""At least one of them is in every such cell."""
