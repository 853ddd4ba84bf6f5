"""The files of a sample county, read as a stranger would read them."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

Row = dict[str, str]

CONTRACT = {
    "行政区划": "区划代码* 名称* 上级代码 级别",
    "网格": "网格编码* 网格名称* 所属村(社区) 网格员",
    "居民": (
        "公民身份号码 姓名* 曾用名 性别 出生日期 民族 联系方式 户籍地 户籍门（楼）详址 现住地 "
        "现住门（楼）详址 人户一致标识 户号 户主公民身份号码 户主姓名 与户主关系 死亡日期 迁入日期 "
        "迁出日期"
    ),
    "户": "户号* 户主姓名 户主公民身份号码 地址 户类型",
    "地块": (
        "宗地代码* 不动产单元号 坐落 宗地面积 面积单位 用途 权利类型 权利性质 权利人 权利人证件号码 户号 "
        "承包方编码 承包合同编号 起始日期 终止日期 东至 西至 南至 北至"
    ),
    "机构": "机构编码* 机构名称* 层级 上级机构编码",
    "干部": "干部编号* 姓名* 公民身份号码 联系方式 机构编码 职务 任职日期 免职日期 直接领导编号",
    "信访件": (
        "信访件编号* 信访人姓名 信访人证件号码 联系电话 住址 信访形式 信访日期* 登记日期 受理日期 标题 "
        "内容 问题类别 信访目的 问题属地 涉及宗地代码 被反映单位 被反映人 人数 原信访件编号 办理途径 状态 "
        "答复日期 答复意见 处理结论 办结日期 延期至 评价"
    ),
    "矛盾纠纷": (
        "事件编号* 事件名称 发生日期* 发生地点 事件规模 事件类别 涉及人数 涉及金额 事件简述 涉及单位 "
        "涉及宗地代码 主要当事人姓名 主要当事人证件号码 化解时限 化解方式 化解组织 化解责任人姓名 "
        "化解责任人编号 化解责任人联系方式 化解是否成功 化解情况 化解日期 原事件编号"
    ),
    "当事人": "事件编号* 姓名* 证件号码 联系电话 住址 角色* 机构编码",
    "办理流程": "事件编号* 序号 处置环节* 来源单位编码 处理单位编码 处理人编号 处理时间* 办理时限 处理意见",
    "责任落实": "事件编号* 责任类型* 机构编码 干部编号 起始日期 截止日期",
    "调解协议": (
        "协议编号* 事件编号* 调解组织 调解员编号 调解员姓名 达成日期* 履行期限 履行日期 履行情况 "
        "司法确认日期 协议内容"
    ),
}
"""Every table and the headers it may have; `*` marks what no row may lack."""


@dataclass(frozen=True)
class Files:
    """The files of one sample, read as a stranger would read them."""

    folder: Path

    def table(self, name: str) -> list[Row]:
        return self._tables[name]

    @cached_property
    def _tables(self) -> dict[str, list[Row]]:
        return {name: self._read(name) for name in CONTRACT}

    def _read(self, name: str) -> list[Row]:
        with (self.folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def planted(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "planted.json").read_text(encoding="utf-8"))
        return found

    def stories(self, kind: str) -> list[dict[str, Any]]:
        return [story for story in self.planted["stories"] if story["kind"] == kind]

    @cached_property
    def cases(self) -> dict[str, Row]:
        petitions = {row["信访件编号"]: row for row in self.table("信访件")}
        return petitions | {row["事件编号"]: row for row in self.table("矛盾纠纷")}

    @cached_property
    def residents(self) -> dict[str, Row]:
        return {row["公民身份号码"]: row for row in self.table("居民")}

    @cached_property
    def _by_phone(self) -> dict[tuple[str, str], str]:
        return {(row["姓名"], row["联系方式"]): number for number, row in self.residents.items() if row["联系方式"]}

    def person(self, name: str, number: str, phone: str) -> str:
        """The id number of somebody known by it, or by name and phone."""
        return number or self._by_phone[name, phone]

    def petitioner(self, case: str) -> str:
        row = self.cases[case]
        return self.person(row["信访人姓名"], row["信访人证件号码"], row["联系电话"])

    def parties(self, case: str, *roles: str) -> list[str]:
        rows = [row for row in self.rows_of("当事人", case) if not row["机构编码"]]
        return [self.person(r["姓名"], r["证件号码"], r["联系电话"]) for r in rows if not roles or r["角色"] in roles]

    def rows_of(self, table: str, case: str) -> list[Row]:
        return self._by_case[table].get(case, [])

    @cached_property
    def _by_case(self) -> dict[str, dict[str, list[Row]]]:
        found: dict[str, dict[str, list[Row]]] = {name: {} for name in ("当事人", "办理流程", "责任落实", "调解协议")}
        for name, rows in found.items():
            for row in self.table(name):
                rows.setdefault(row["事件编号"], []).append(row)
        return found

    def steps(self, case: str, kind: str = "") -> list[Row]:
        return [row for row in self.rows_of("办理流程", case) if not kind or row["处置环节"] == kind]


def days(first: str, last: str) -> int:
    """Days from the first day to the last."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
