"""A kept check as a text to print: what was asked, what was found, and whether it still stands."""

from __future__ import annotations

from typing import Any

from graph.checks import Check, Shown

_NOTHING = "未发现记录"


def printed(check: Check, shown: Shown | None = None) -> str:
    """The check as lines of Chinese text; with `shown` also what the present graph says."""
    kept = check.to_dict()
    answer = kept["answer"]
    params = "；".join(f"{name}＝{_said(value)}" for name, value in kept["params"].items())
    lines = [
        f"核查 {check.number}　{answer['title']['zh']}", f"时间（UTC）{check.at}　核查人 {check.author or '未填'}", f"所问：{params}",
        f"依据：图第{check.build}版，数据截至{answer['coverage']['latest_day']}，规则 {answer['rule']}", "",
    ]
    for name, part in {"main": answer, **answer["parts"]}.items():
        rows = [row["sentence"] for row in part["rows"]]
        lines += [f"{number}. {text}" for number, text in enumerate(rows, 1)] or ([f"{_NOTHING}（不等于没有）"] if name == "main" else [])
    lines += ["", *answer["notes"]]
    if answer["truncated"]:
        lines.append("行数有限，未全部列出。")
    lines.append(f"校验 {check.sha256}" + ("" if check.intact else "　记录与留存时不符，可能被改动过。"))
    if shown is not None:
        lines += _now(shown)
    return "\n".join(lines) + "\n"


def _now(shown: Shown) -> list[str]:
    if shown.problem:
        return [f"现在（图第{shown.build}版）已不能照样提问：{shown.problem}"]
    if not shown.differs:
        return [f"现在（图第{shown.build}版）的回答相同。"]
    lines = [f"现在（图第{shown.build}版）的回答不同：多{len(shown.added)}行，少{len(shown.gone)}行。"]
    lines += [f"＋ {row['sentence']}" for row in shown.added]
    return lines + [f"－ {row['sentence']}" for row in shown.gone]


def _said(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
