"""Rule packs: read whole, refused with the place of a mistake, chosen by day and jurisdiction."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.law.book import InvalidLaw, Law

RULE = """
  - id: representatives
    kind: limit
    article: 第三条
    text: 代表不超过三人。
    valid_from: 2016-01-01
    jurisdiction: '3301'
    most: 3
"""


def pack(folder: Path, text: str, name: str = "own") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(f"pack: {name}\nrules:{text}", encoding="utf-8")
    return folder


def limit(law: Law, day: str, area: str) -> int:
    return int(next(rule for rule in law.in_force("limit", day, area) if rule.id == "representatives").given["most"])


def test_the_narrowest_jurisdiction_counts(tmp_path: Path) -> None:
    law = Law.load(pack(tmp_path / "law", RULE))
    assert limit(law, "2024-01-01", "330106001001") == 3
    assert limit(law, "2024-01-01", "340106001001") == 5


def test_a_rule_holds_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    law = Law.load(pack(tmp_path / "law", RULE.replace("most: 3", "valid_to: 2023-12-31\n    most: 3")))
    assert limit(law, "2023-12-31", "330106001001") == 3
    assert limit(law, "2024-01-01", "330106001001") == 5
    assert [rule.pack for rule in law.in_force("limit", "2016-01-01", "330106001001")] == ["own"]


def test_own_rules_change_the_version(tmp_path: Path) -> None:
    assert Law.load().version == Law.load(tmp_path).version != Law.load(pack(tmp_path / "law", RULE)).version


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (RULE.replace("kind: limit", "kind: fine"), "kind"),
        (RULE.replace("    most: 3\n", ""), "most"),
        (RULE.replace("most: 3", "most: three"), "most"),
        (RULE.replace("2016-01-01", "2016-13-01"), "valid_from"),
        (RULE.replace("'3301'", "'330'"), "jurisdiction"),
        (RULE.replace("article: 第三条", "article: ''"), "article"),
        (RULE + "    least: 1\n", "least"),
        (RULE + RULE, "两次"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidLaw, match=said):
        Law.load(pack(tmp_path / "law", text))


def test_a_file_that_is_no_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InvalidLaw, match=r"own\.yaml 第\d+行"):
        Law.load(pack(tmp_path / "law", " [\n  - {"))


def test_an_unknown_pack_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(InvalidLaw, match="national"):
        Law.load(packs=("atlantis",))
