"""The page docs/law.md: how rules of law are kept, and every shipped rule with its article."""

from __future__ import annotations

from graph.law.book import shipped_packs
from graph.law.kinds import KINDS
from graph.law.rule import FOREVER, Rule

_TOP = """# 法规与期限 / Law and statutory periods

法规写成数据：`graph/law/packs/*.yaml` 是随系统提供的规则包，写明法规、条文、地区和起止日期。条文为大意，以公布文本为准。
`national` 始终启用；其余默认不启用，启用写 `FENGQIAO_LAW_PACKS=ningbo,regulation_2005`。带 † 的规则没有与公布文本核对过，启用前请核对；
每个包之下写明与什么文本核对过，没有找到文本的也写明。

Rules are data: packs in YAML with statute, article, jurisdiction and dates. `national` is always on, the others are switched on by
`FENGQIAO_LAW_PACKS`. Rules marked † were not compared with the published text; each pack
says with which text it was compared, or that none was found.

## 期限怎样计算 / How periods are computed

构图时为每件案件算出 `Clock` 节点（`graph/build/clocks.py`、`sql/08_clock_events.sql`、`sql/08_clocks.sql`），`case_clocks` 和
`overdue_cases` 按某一天回答。

| 期限 | 起算 | 完成 | 不再适用 |
|---|---|---|---|
| `dispatch` 转送交办 | 登记 | 首次转送、交办、受理、不予受理、答复或办结 | 催办件不另起算 |
| `acceptance` 受理告知 | 每次收到转送、交办 | 受理或不予受理 | 退回、再转出、办结 |
| `objection` 异议（权利） | 每次收到转送、交办 | 该单位提出异议，或退回 | 受理、再转出 |
| `handling` 办理 | 受理（`受理日期`，没有的取受理环节） | 答复日期；没有的取办结日期 | 不予受理；非第三十一条第六项途径、非申诉求决 |
| `review_request` 申请复查（权利） | 书面答复 | 复查申请 | |
| `review` 复查 | 复查申请 | 复查 | |
| `re_review_request` 申请复核（权利） | 复查 | 复核申请 | |
| `re_review` 复核 | 复核申请 | 复核；听证所占的日子扣除 | |
| `confirmation` 申请司法确认（权利） | 协议达成 | 司法确认日期 | |
| `mediation` 调解（只有地方规则） | 受理 | 化解日期，没有的取办结 | |
| `declared` 来源所载时限 | 登记 | 答复、办结 | |

- 首日不计，最后一日是休息日的顺延到下一个工作日（民法典 201—203 条）。条例的期限是否适用民法典的计算，没有明文，因此是一项设置：
  `FENGQIAO_COUNTING=plain` 则不顺延。`unrolled_on` 是未顺延的届满日。设置改变后须重新 `fengqiao build`。
- “工作日”以国务院公布的安排为准，含调休；没有公布的年份按周一至周五推算，并标明 `holidays_estimated`（安排未公布，按周末推算）。
- 延期自准予之日（延期环节）起计入，至多 30 日，只算一次；超过的标 `extension_too_long`。只有 `延期至` 而没有延期环节的，
  准予之日不明，标 `extension_undated`。
- 异议属于提出单位最近一次收到的转送、交办（来源未写提出单位的，属于最近一次）；届满之后提出的是 `met_late`，届满后的休息日提出也是。
  责任链与流转异常的“超过期限提出异议”取自这一期限，不另行计算。
- 权利期满未行使不是逾期（标 `lapsed`），`overdue_cases` 只列职责。
- 用起算日当天、案件所在地有效的规则，地区最具体的优先。全国有这种期限而当天没有规则的（2022-05-01 以前起算的信访期限），
  不作计算，标 `rule_unknown`；来源在受理环节写明时限的，另有 `declared`。
- 没有流转记录、也没有受理日期的来源，不推断转送交办逾期：没有数据不是证据。
- 土地承包仲裁、行政复议的期限没有收录：输入表没有这些事件。

## 增加规则 / Adding rules

在数据目录建 `law/hangzhou.yaml`，写法与随附的包相同，`fengqiao build` 时采用；有误则整个不用，并说明文件和第几条：

```yaml
pack: hangzhou
jurisdiction: '3301'
rules:
  - id: acceptance
    kind: clock
    clock: acceptance
    statute: 某市信访工作办法
    article: 第八条
    text: 七个工作日内告知是否受理。
    valid_from: 2024-01-01
    working_days: 7
```

期限写 `days`、`working_days` 或 `months` 之一；`extension` 是延期至多几天，`extension_agreed: true` 是各方同意即可延长，
`right: true` 是权利而非职责，`pause: hearing` 是扣除听证时间。同一 `id` 在同一地区、同一时间只能写一次。

限额（`kind: limit`，`id` 以 `representatives` 开头）写 `most`；只约束某种人数的，写 `above_people`（超过几人）、
`up_to_people`（至多几人）。没有说到的人数适用上一级的限额。

A pack of one's own lies in `<data>/law/*.yaml`. A period has `days`, `working_days` or `months`. A limit of representatives has `most`, and
`above_people` or `up_to_people` where it speaks of such groups only; of others the rule of the wider place holds.

## 增加工作日 / Adding working days

数据目录的 `law/workdays.csv`（UTF-8 或 GB18030），三列都要有：

```csv
日期,是否工作日,依据
2027,,国务院办公厅关于2027年部分节假日安排的通知
2027-02-08,否,同上
2027-02-14,是,同上
2026-08-20,否,台风停工通知
```

写明的日子优先于已收录的安排。只写年份的一行表示该年的安排已经写全，该年不再按周末推算。任何一行有误，整张表不用，并说明行号。
`fengqiao doctor` 列出收录到哪一年、表中补了多少。

`law/workdays.csv` overrides single days; a row that names only a year says that the year is complete. One wrong row, and nothing is used.

## 随附的规则 / Shipped rules
"""


def page(note: str) -> str:
    """The whole page."""
    lines = [note, _TOP.rstrip("\n"), ""]
    for name, pack in shipped_packs().items():
        state = "可选 optional" if pack.optional else "始终启用 always on"
        lines += [f"### {name}（{state}）", ""]
        lines += [f"核对：{pack.compared}", ""] if pack.compared else []
        lines += ["| 规则 | 种类 | 地区 | 依据 | 内容 | 数值 | 起止 |", "|---|---|---|---|---|---|---|"]
        lines += [_row(rule) for rule in pack]
        lines.append("")
    return "\n".join(lines)


def _row(rule: Rule) -> str:
    values = "，".join(f"{key} {_value(value)}" for key, value in rule.given.items() if key not in ("clock", "duty"))
    until = "" if rule.valid_to == FOREVER else rule.valid_to
    cells = [
        f"`{rule.id}`{'' if rule.verified else ' †'}", KINDS[rule.kind].zh, rule.jurisdiction or "全国", rule.cited, rule.text, values,
        f"{rule.valid_from}—{until}",
    ]
    return f"| {' | '.join(cells)} |"


def _value(value: object) -> str:
    return "是" if value is True else "、".join(map(str, value)) if isinstance(value, list) else str(value)
