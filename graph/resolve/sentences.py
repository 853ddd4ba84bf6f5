"""What a score is made of, as data and in words: SQL over Splink's columns, from the declared levels."""

from __future__ import annotations

from graph.resolve.comparisons import COMPARISONS, Comparison


def scored_sql() -> str:
    """Create `identity_scored` from `identity_predicted`: weight, level keys, `features`, `why`, `why_not`, `missing`."""
    keys = ", ".join(f"{_case(c, [level.key for level in c.levels])} AS {c.name}" for c in COMPARISONS)
    parts = ", ".join(_feature(c) for c in COMPARISONS)
    missing = ", ".join(f"CASE WHEN gamma_{c.name} = -1 THEN '{c.zh}' END" for c in COMPARISONS if c.name != "gender")
    return (
        "CREATE TABLE identity_scored AS SELECT p.unique_id_l AS a, p.unique_id_r AS b, round(match_weight, 2) AS weight, "
        f"{keys}, '[' || concat_ws(',', {parts}) || ']' AS features, concat_ws('；', {_told('+')}) AS why, "
        f"concat_ws('；', {_told('-')}) AS why_not, concat_ws('、', {missing}) AS missing, l.loose AS loose_a, "
        "r.loose AS loose_b, coalesce(l.namesakes, 0) AS namesakes_a, coalesce(r.namesakes, 0) AS namesakes_b "
        "FROM identity_predicted p JOIN identity_records l ON l.unique_id = p.unique_id_l "
        "JOIN identity_records r ON r.unique_id = p.unique_id_r"
    )


def _case(comparison: Comparison, texts: list[str | None]) -> str:
    whens = " ".join(
        f"WHEN {comparison.gamma(level.key)} THEN '{text}'"
        for level, text in zip(comparison.levels, texts, strict=True) if text
    )
    return f"CASE gamma_{comparison.name} {whens} END" if whens else "NULL"


def _told(speaks: str) -> str:
    return ", ".join(_case(c, [x.sentence if x.speaks == speaks else None for x in c.levels]) for c in COMPARISONS)


def _feature(comparison: Comparison) -> str:
    adjusted = f" + mw_tf_adj_{comparison.name}" if any(level.by_frequency for level in comparison.levels) else ""
    key = _case(comparison, [level.key for level in comparison.levels])
    weight = f"round(mw_{comparison.name}{adjusted}, 1)"
    return (
        f"CASE WHEN gamma_{comparison.name} >= 0 THEN "
        f"'[\"{comparison.name}\",\"' || {key} || '\",' || {weight} || ']' END"
    )
