"""Which words of a message name a place. A name is what stands before an ending: 阳光花城|小区.

Endings have a level: 3 a compound, school, company or works; 2 a road, village or community; 1 a town or street office.
It is no parser of addresses: a name that is missed leaves the place unknown, and then only nearly equal texts are alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONG = {
    3: (
        "安置小区 小区 花园 家园 公寓 山庄 别墅 新城 国际 大厦 广场 公馆 安置房 楼盘 学院 大学 学校 中学 小学 幼儿园 医院"
        " 卫生院 有限责任公司 股份有限公司 有限公司 公司 集团 合作社 市场 公园 水库 煤矿 世家 名邸 嘉园 华府 酒店 宾馆 超市"
        " 养殖场 采石场 砖厂 电站 工业园 产业园"
    ),
    2: "大道 公路 高速 大桥 社区 胡同 隧道 立交桥 号线",
    1: "街道 新区 开发区 高新区",
}
"""Endings of two characters and more; what stands before them is the name."""
_SHORT = {3: "厂 城 苑 府 湾 郡 庭 墅 园 寺", 2: "路 街 巷 村 屯 寨", 1: "镇 乡"}
"""Endings of one character; they belong to the name, which needs two characters more."""
_NEVER = (
    "人民政府 政府 法院 检察院 派出所 道路 马路 公路局 城市 城区 县城 农村 乡村 新村民 村民 村里 村委会 村委 村上 村级 村组"
    " 路口 路面 路灯 路段 路线 街头 街上 乡镇 乡亲 在线 城管 城乡 城建 城镇 城投 厂家 厂房 园区 府第 拆迁 小学生 中学生"
    " 大学生 大学校 学校长 公办 民办 公立 私立 民营 私营 配套 附属 周边 业主 物业 开发商 学生 居民 市民 群众 业委会 整个"
    " 所有 多个 各个 全部 部分 城东 城西 城南 城北 城中 城关 城厢 查处 请求 要求 希望 建议 反映 投诉 举报 咨询 关于 加快"
    " 加强 推进 提高 解决 改善 完善 规范 整治 建设 修建 新建 扩建 违规 违法 非法 涉嫌 强制 组织 安装 拖欠 严重 长期 一直"
    " 至今 公交公司 自来水公司 燃气公司 供电公司 电力公司 物业公司 开发公司 房地产公司 培训学校 培训机构 配套小学 配套学校"
    " 农贸市场 中央公园 中央花园 城市广场 隔壁 附近 旁边 对面 门口 里面 外面 楼下 楼上 本人 我们 他们 你们 大家"
)
"""Words that hold an ending and name nothing, and words that stand before names."""
_BREAKS = (
    "的了在是我们请到和与及对从向把被有为于位住这那个些你您他她它也都就不能"
    "让给将由因或但并而且再又更很太如何候否自以过去家说没无该某各本此其每几等"
)
"""Characters that end whatever name stands before them."""
_ENDS_OF_DIVISIONS = "区县州市省"


_LEVEL = {ending: level for table in (_LONG, _SHORT) for level, words in table.items() for ending in words.split()}
_FOUND = re.compile("|".join(sorted({*_LEVEL, *_NEVER.split()}, key=lambda word: (-len(word), word))))
_BREAK = re.compile(rf"[\W_{_BREAKS}{_ENDS_OF_DIVISIONS}](?!.*[\W_{_BREAKS}{_ENDS_OF_DIVISIONS}])", re.DOTALL)
_LONGEST = 8
_DISTRICT = re.compile(r"([A-Z]\d*|[\u4e00-\u9fff]{1,3})[区县](?!政府|城)")
_NO_DISTRICT = "小社地辖市郊城山校园片厂新老"
_HIDDEN = re.compile(r"[A-Z]\d*[市区县省州]|西地省")
"""Divisions as published messages hide their names; they say nothing about a matter."""


def places(text: str) -> Iterator[tuple[int, str, int, int]]:
    """Every name in a text: its level, the name, where it begins and ends. A name of three characters is without the kind
    of place that follows it (阳光花城小区 is 阳光花城); a shorter one keeps it, for 中央 is no name (实验小学, 东方小区)."""
    floor = 0
    for found in _FOUND.finditer(text):
        if found.start() < floor:
            continue
        level, end = _LEVEL.get(found.group()), found.end()
        if level is None:
            floor = end
            continue
        start = max(floor, found.start() - _LONGEST)
        if broken := _BREAK.search(text, start, found.start()):
            start = broken.end()
        long = end - found.start() > 1
        if found.start() - start >= 2:
            name = text[start:found.start() if long and found.start() - start > 2 else end]
            if not long and (kind := _FOUND.match(text, end)) and len(kind.group()) > 1 and kind.group() in _LEVEL:
                level, end = _LEVEL[kind.group()], kind.end()
            yield level, name, start, end
        if long or found.start() - start >= 2:
            floor = end


def districts(text: str) -> frozenset[str]:
    """Counties and districts that a text names: 城关, or A3 where the name was hidden."""
    return frozenset(found.group(1) for found in _DISTRICT.finditer(text) if found.group(1)[-1:] not in _NO_DISTRICT)


def without_places(text: str) -> str:
    """The text without the names of places, so that two texts are compared by what they say."""
    kept, at = [], 0
    for _, _, start, end in places(text):
        kept.append(text[at:start])
        at = end
    return _HIDDEN.sub(" ", " ".join([*kept, text[at:]]))
