"""A few offices, officials and cases, each case for one decision about who owned it and how it was handed on."""

from __future__ import annotations

ORGANS = """机构编码,机构名称,层级,上级机构编码,区划代码
XJ,县政府,县,,330199000000
XF,县信访局,部门,XJ,330199000000
A,甲局,部门,XJ,330199000000
B,乙局,部门,XJ,330199000000
Z1,甲镇政府,乡镇,XJ,330199101000
Z2,乙镇政府,乡镇,XJ,330199102000
C1,甲村委会,村,Z1,330199101201
C2,乙村委会,村,Z2,330199102201
T2,乙村调委会,村,XF,330199102201
"""
AREAS = """区划代码,名称
330199000000,某县
330199101000,甲镇
330199102000,乙镇
330199101201,甲村
330199102201,乙村
"""
OFFICIALS = """干部编号,姓名,机构编码,职务,任职日期,免职日期,直接领导编号
G1,王一,A,科员,2020-01-01,2024-03-10,G3
G2,李二,B,科员,2020-01-01,,
G3,赵三,A,局长,2020-01-01,,G4
G4,孙四,XJ,副县长,2020-01-01,,
"""
RESIDENTS = """姓名,公民身份号码,出生日期,联系电话,户号,区划代码
周五,,1970-01-01,13800000001,H1,330199101201
"""

CASES: dict[str, str] = {
    "handed": "register:XF:01-01 transfer:A:01-05",
    "nobody": "register:XF:01-01 transfer:A:01-05 return::01-12 assign:B:01-20",
    "objected": "register:XF:01-01 transfer:A:01-05 objection<A:XF:01-08",
    "loop": "register:XF:01-01 transfer:A:01-03 transfer:B:01-05 return:A:01-09",
    "line": "register:XF:01-01 transfer:A:01-03 transfer:B:01-05 transfer:Z1:01-09",
    "same": "register:XF:01-01 transfer:A:01-03 return::01-05 assign:A:01-09",
    "limit3": "register:XF:01-01 transfer:A:01-05/01-20 transfer:B:01-17",
    "limit4": "register:XF:01-01 transfer:A:01-05/01-20 transfer:B:01-16",
    "limit0": "register:XF:01-01 transfer:A:01-05/01-20 transfer:B:01-20",
    "limit_past": "register:XF:01-01 transfer:A:01-05/01-12 accept:A:01-10 transfer:B:01-13",
    "clock3": "register:XF:01-01 transfer:A:01-05 transfer:B:01-19",
    "clock4": "register:XF:01-01 transfer:A:01-05 transfer:B:01-18",
    "fifth": "register:XF:02-26 transfer:A:03-01 objection<A:XF:03-08",
    "sixth": "register:XF:02-26 transfer:A:03-01 objection<A:XF:03-11",
    "saturday": "register:XF:02-26 transfer:A:03-01 objection<A:XF:03-09",
    "festival5": "register:XF:02-05 transfer:A:02-08 objection<A:XF:02-21",
    "festival6": "register:XF:02-05 transfer:A:02-08 accept:A:02-09 objection<A:XF:02-22",
    "may_day5": "register:XF:02-05 transfer:A:04-24 objection<A:XF:04-30",
    "may_day": "register:XF:02-05 transfer:A:04-24 objection<A:XF:05-02",
    "made_up5": "register:XF:02-05 transfer:A:04-22 objection<A:XF:04-28",
    "made_up6": "register:XF:02-05 transfer:A:04-22 objection<A:XF:04-29",
    "urged": "register:XF:02-05 transfer:A:04-22 objection<A:XF:04-24 objection<A:XF:05-20",
    "passed_over": "register:XF:02-05 transfer:A:04-22 transfer:B:04-26 objection<A:XF:05-06",
    "passed_to": "register:XF:02-05 transfer:A:04-15 transfer:B:04-26 objection<B:XF:05-08",
    "sent_again": "register:XF:02-05 transfer:A:04-01 assign:A:04-22 objection<A:XF:04-28",
    "prompt": "register:XF:02-05 transfer:A:03-01 return:XF:03-08",
    "weekend": "register:XF:02-05 transfer:A:03-01 return:XF:03-09",
    "tardy": "register:XF:02-05 transfer:A:03-01 return:XF:03-11 transfer:B:03-12",
    "consented": "register:XF:02-05 transfer:A:03-01 objection<A:XF:03-06 return:XF:03-20",
    "protested": "register:XF:02-05 transfer:A:03-01 objection<A:XF:03-13 return:XF:03-20",
    "reversed": "register:XF:02-05 transfer:A:03-01 return:XF:03-11 objection<A:XF:03-13",
    "stranger": "register:XF:02-05 transfer:A:02-08 objection<B:XF:03-22",
    "vacated": "register:XF:01-01 transfer:A:01-05 accept:A:01-10:G1 handle:A:01-15:G1 reply:A:05-01",
    "earlier": "register:XF:01-01 transfer:A:01-05/01-20 accept:A:01-10/03-10 handle:A:01-15 reply:A:04-01",
    "in_time": "register:XF:01-01 transfer:A:01-05/01-20 accept:A:01-10/03-10 handle:A:01-15 reply:A:03-10 close:A:05-01",
    "extended": "register:XF:01-01 transfer:A:01-05/01-20 accept:A:01-10/03-10 handle:A:01-15 extend:A:03-05/04-05 reply:A:04-01",
    "passed_on": "register:XF:01-01 transfer:A:01-05/02-20 handle:A:01-15 transfer:B:02-10 handle:B:02-12 reply:B:05-01",
    "accepted": "register:XF:01-01 transfer:A:01-05/01-20 accept:A:01-12 reply:A:05-01",
    "accepted_late": "register:XF:01-01 transfer:A:01-05/01-20 accept:A:01-22 reply:A:05-01",
    "away": "register:XF:01-01",
    "at_home": "register:XF:01-01",
    "other_town": "register:Z1:01-01",
    "other_town_owned": "register:XF:01-01 transfer:Z2:01-03",
    "unknown_unit": "register:XF:01-01 transfer:NOPE:01-05",
    "led": "register:XF:01-01 transfer:A:01-05 return:XF:01-08 transfer:B:01-10 reply:B:03-30 close:B:04-01",
    "led_again": "register:XF:05-01",
    "led_open": "register:XF:02-01 transfer:A:02-03 accept:A:02-05/04-05",
    "duties": "",
    "unclaimed": "",
    "late_steps": "transfer:A:01-08",
}
"""Case to its steps: `step:to_organ:day`, then `/limit`, then `:official`; `step<from_organ`. The year is 2024."""

_ZH = {
    "register": "登记", "transfer": "转送", "assign": "交办", "return": "退回", "accept": "受理", "handle": "承办", "extend": "延期",
    "objection": "异议", "reply": "答复", "close": "办结",
}
_PLACES = {"away": "330199102201", "at_home": "330199101201", "other_town": "330199102201", "other_town_owned": "330199102201"}
_WHO = {"away": "周五,13800000001", "at_home": "周五,13800000001"}
DUTIES = """信访件编号,责任类型,机构编码,干部编号,起始日期,截止日期
led,包案领导,,G4,2024-02-01,
led_open,包案领导,,G4,2024-02-10,
duties,承办人,A,,2024-01-01,2024-02-01
duties,承办人,B,,2024-03-01,2024-04-30
"""


def tables() -> dict[str, str]:
    """The files of the county by name."""
    return {
        "机构": ORGANS, "区划": AREAS, "干部": OFFICIALS, "居民": RESIDENTS, "信访件": _petitions(), "流程": _steps(), "责任": DUTIES,
    }


def registered() -> dict[str, str]:
    """The day of registration by case."""
    first = {case: steps.split()[0].split(":")[2] for case, steps in CASES.items() if steps and case != "late_steps"}
    return {case: f"2024-{first.get(case, '01-01')}" for case in CASES}


def _petitions() -> str:
    lines = ["信访件编号,信访人,联系电话,信访日期,登记日期,标题,问题属地,办理途径,原信访件编号,评价"]
    for number, case in enumerate(CASES):
        first = registered()[case]
        who = _WHO.get(case, f"某{number},1390000{number:04d}")
        origin = "led" if case == "led_again" else ""
        rating = "满意" if case == "in_time" else "不满意" if case == "earlier" else ""
        lines.append(f"{case},{who},{first},{first},{case}的事,{_PLACES.get(case, '')},（六）,{origin},{rating}")
    return "\n".join(lines)


def _steps() -> str:
    lines = ["信访件编号,序号,处置环节,来源单位编码,处理单位编码,处理人编号,处理时间,办理时限"]
    for case, steps in CASES.items():
        for seq, text in enumerate(steps.split(), 1):
            what, to, day, *official = text.split(":")
            step, _, sender = what.partition("<")
            on, _, limit = day.partition("/")
            due = f"2024-{limit}" if limit else ""
            lines.append(f"{case},{seq},{_ZH[step]},{sender},{to},{''.join(official)},2024-{on},{due}")
    return "\n".join(lines)
