"""Facts of the statutes, one by one, and the shipped rule that says each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from graph.build.clocks import CLOCKS
from graph.law import kinds
from graph.law.book import InvalidLaw, Law, shipped_packs
from graph.workdays import Calendar
from tests.test_docs import DOCS

Facts = dict[str, tuple[str, str, str, dict[str, Any]]]

FACTS: Facts = {
    "代表不超过五人": ("national", "representatives", "第二十条", {"most": 5}),
    "信访部门登记并转送交办，十五日": ("national", "dispatch", "第二十二条", {"days": 15}),
    "收到转送交办的机关书面告知是否受理，十五日": ("national", "acceptance", "第二十三条第三款", {"days": 15}),
    "不属于职权的提出异议，五个工作日": ("national", "objection", "第二十三条第三款", {"working_days": 5, "right": True}),
    "第六项途径的申诉求决自受理起六十日，延长不超过三十日": ("national", "handling", "第三十四条", {"days": 60, "extension": 30}),
    "请求复查，自书面答复起三十日": ("national", "review_request", "第三十五条", {"days": 30, "right": True}),
    "复查意见，自收到起三十日": ("national", "review", "第三十五条", {"days": 30}),
    "请求复核，自书面答复起三十日": ("national", "re_review_request", "第三十六条", {"days": 30, "right": True}),
    "复核意见，三十日，听证时间除外": ("national", "re_review", "第三十六条", {"days": 30, "pause": "hearing"}),
    "共同申请司法确认，自生效起三十日": ("national", "confirmation", "第三十三条", {"days": 30, "right": True}),
    "宁波调解一个月，双方同意可延长": ("ningbo", "mediation", "第二十七条", {"months": 1, "extension_agreed": True}),
    "深圳调解三十日，另有约定除外": ("shenzhen", "mediation", "第二十五条", {"days": 30, "extension_agreed": True}),
    "浙江十人以下不超过三名代表": ("zhejiang", "representatives", "第十五条", {"most": 3, "up_to_people": 10}),
    "浙江十人以上不超过五名代表": ("zhejiang", "representatives_over_ten", "第十五条", {"most": 5, "above_people": 10}),
    "2005 年条例：代表不超过五人": ("regulation_2005", "representatives", "第十八条第二款", {"most": 5}),
    "2005 年条例：登记并转送交办，十五日": ("regulation_2005", "dispatch", "第二十一条第一款", {"days": 15}),
    "2005 年条例：收到转送交办的决定是否受理，十五日": ("regulation_2005", "acceptance", "第二十一条第二款", {"days": 15}),
    "2005 年条例：六十日办结，延长不超过三十日": ("regulation_2005", "handling", "第三十三条", {"days": 60, "extension": 30}),
    "2005 年条例：请求复查三十日": ("regulation_2005", "review_request", "第三十四条", {"days": 30, "right": True}),
    "2005 年条例：复查意见三十日": ("regulation_2005", "review", "第三十四条", {"days": 30}),
    "2005 年条例：请求复核三十日": ("regulation_2005", "re_review_request", "第三十五条第一款", {"days": 30, "right": True}),
    "2005 年条例：复核意见三十日，听证除外": ("regulation_2005", "re_review", "第三十五条", {"days": 30, "pause": "hearing"}),
    "山东首办责任": ("shandong", "first_handler", "第三十七条", {"duty": "first_handler"}),
}


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_of_the_statutes_is_a_rule(fact: str) -> None:
    pack, name, article, given = FACTS[fact]
    rules = [rule for rule in shipped_packs()[pack] if rule.id == name]
    assert rules
    for rule in rules:
        assert rule.article.startswith(article)
        assert {key: value for key, value in rule.given.items() if key != "clock"} == given


def test_every_shipped_period_is_among_the_facts() -> None:
    told = {(pack, name) for pack, name, _, _ in FACTS.values()}
    shipped = {(pack.name, rule.id) for pack in shipped_packs().values() for rule in pack if rule.kind == "clock"}
    assert shipped <= told


def test_what_nobody_verified_is_never_on_unasked() -> None:
    for pack in shipped_packs().values():
        assert pack.optional == (pack.name not in {"national", "national_recusal", "repeat"})
        assert all(rule.verified for rule in pack) or pack.optional


def test_every_optional_pack_says_what_it_was_compared_with_and_marks_what_it_was_not() -> None:
    optional = {name: pack for name, pack in shipped_packs().items() if pack.optional}
    page = (DOCS / "law.md").read_text(encoding="utf-8")
    assert all(pack.compared and pack.compared in page for pack in optional.values())
    unseen = {name for name, pack in optional.items() if not any(rule.verified for rule in pack)}
    assert unseen == {"ningbo"}
    amended = {(rule.pack, rule.valid_from) for name in ("shenzhen", "shenzhen_recusal") for rule in optional[name] if not rule.verified}
    assert amended == {("shenzhen", "2024-05-10"), ("shenzhen_recusal", "2024-05-10")}
    assert all(rule.verified for name in ("regulation_2005", "land_arbitration_recusal") for rule in optional[name])


def test_the_petition_regulation_holds_from_the_first_of_may_2022() -> None:
    rules = [rule for rule in Law.load().rules("clock") if rule.statute == "信访工作条例"]
    assert len(rules) == 8
    assert {rule.valid_from for rule in rules} == {"2022-05-01"}
    assert {rule.id for rule in Law.load().in_force("clock", "2022-04-30")} == {"confirmation"}
    old = Law.load(packs=("regulation_2005",)).in_force("clock", "2022-04-30")
    assert {rule.pack for rule in old if rule.id != "confirmation"} == {"regulation_2005"}
    assert "objection" not in {rule.id for rule in old}, "the regulation of 2005 sets no period for it"


def test_every_period_of_a_pack_has_a_name_and_says_whether_it_bounds_a_right() -> None:
    packs = tuple(name for name, pack in shipped_packs().items() if pack.optional)
    for rule in Law.load(packs=packs).rules("clock"):
        clock = str(rule.given["clock"])
        assert bool(rule.given.get("right")) == CLOCKS[clock][1]
        assert len({"days", "working_days", "months"} & rule.given.keys()) == 1
    assert set(CLOCKS) == set(kinds.CLOCKS)


def test_the_examples_of_the_page_really_load(tmp_path: Path) -> None:
    blocks = dict(re.findall(r"```(yaml|csv)\n(.*?)```", (DOCS / "law.md").read_text(encoding="utf-8"), re.DOTALL))
    (tmp_path / "hangzhou.yaml").write_text(blocks["yaml"], encoding="utf-8")
    (tmp_path / "workdays.csv").write_text(blocks["csv"], encoding="utf-8")
    held = {rule.id: rule.pack for rule in Law.load(tmp_path).in_force("clock", "2024-06-01", "330106001001")}
    assert (held["acceptance"], held["dispatch"]) == ("hangzhou", "national")
    assert len(Calendar.load(tmp_path).said) == 3


@pytest.mark.parametrize(("old", "new", "said"), [
    ("clock: acceptance", "clock: accepting", "clock 应为"), ("working_days: 7", "working_days: 7\n    days: 7", "只写一个"),
    ("working_days: 7", "working_days: 0", "大于 0"), ("    working_days: 7\n", "", "应写"), ("working_days: 7", "days: 7\n    pause: lunch", "pause"),
])
def test_a_period_that_cannot_be_computed_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", (DOCS / "law.md").read_text(encoding="utf-8"), re.DOTALL)
    assert old in text
    (tmp_path / "hangzhou.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InvalidLaw, match=said):
        Law.load(tmp_path)


def test_a_local_rule_holds_from_the_day_its_text_came_into_force() -> None:
    packs = shipped_packs()
    assert {rule.valid_from for rule in packs["zhejiang"]} == {"2016-08-01"}
    assert {rule.valid_from for rule in packs["shandong"]} == {"2016-01-01"}
