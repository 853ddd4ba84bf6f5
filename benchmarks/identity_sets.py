"""The English sets of record linkage: their columns, and for each Splink's documented example beside our settings.

A mapping is a few lines: which columns are the name, the birth date, the place and the other identifiers. The settings of
Splink are those of its own documentation for the same (or the nearest) set; ours are the comparisons of the build, the
name with its frequency, the birth date with slips of the pen, adapted to the columns. Both learn without labels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd


@dataclass(frozen=True, slots=True)
class Recipe:
    """Settings of Splink without labels: comparisons, blocking, rules that are nearly sure with their recall, and EM."""

    comparisons: tuple[Any, ...]
    blocking: tuple[Any, ...]
    sure: tuple[Any, ...]
    recall: float
    passes: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class LinkageSet:
    """One set: how it is read (columns id, cluster, given, family, born and its own), rules and the two recipes.

    `others` are the further columns, the strongest first; `exact` are the columns of dedupe-style exact rules.
    """

    name: str
    read: Callable[[Path], pd.DataFrame]
    others: tuple[str, ...]
    exact: tuple[tuple[str, ...], ...]
    documented: Callable[[], Recipe]
    born: str = "born"
    given: str = "given"
    family: str = "family"
    frequent: tuple[str, ...] = field(default=())


def ours(one: LinkageSet) -> Recipe:
    """The comparisons of the build on the columns of this set."""
    from splink import block_on

    comparisons = (_name(one), _born(one.born), *(_other(column, column in one.frequent) for column in one.others))
    keys = (
        ("family",), ("given",), ("born",), (one.others[0],),
        *((column, f"substr(born,1,{long})") for column in one.others[1:] for long in (4, 7)),
        ("substr(given,1,2)", "substr(family,1,2)"),
    )
    sure = (block_on("given", "family", "born"), block_on("born", "family"), block_on("born", "given"))
    passes = [("born",), ("given", "family"), *([(one.others[0],)] if one.others[1:] else [])]
    return Recipe(comparisons, tuple(block_on(*key) for key in keys), sure, 0.8, tuple(block_on(*key) for key in passes))


def _name(one: LinkageSet) -> dict[str, Any]:
    g, f = one.given, one.family
    close = "jaro_winkler_similarity"
    return {"output_column_name": "name", "comparison_levels": [
        _null(f"({g}_l IS NULL AND {f}_l IS NULL) OR ({g}_r IS NULL AND {f}_r IS NULL)"),
        {"sql_condition": f"{g}_l = {g}_r AND {f}_l = {f}_r", "label_for_charts": "exact", "tf_adjustment_column": "whole_name",
         "disable_tf_exact_match_detection": True},
        {"sql_condition": f"{g}_l = {f}_r AND {f}_l = {g}_r", "label_for_charts": "turned"},
        {"sql_condition": f"{f}_l = {f}_r AND {close}({g}_l, {g}_r) >= 0.85", "label_for_charts": "given close"},
        {"sql_condition": f"{g}_l = {g}_r AND {close}({f}_l, {f}_r) >= 0.85", "label_for_charts": "family close"},
        {"sql_condition": f"{close}({f}_l, {f}_r) >= 0.85 AND {close}({g}_l, {g}_r) >= 0.85", "label_for_charts": "close"},
        {"sql_condition": f"{f}_l = {f}_r", "label_for_charts": "family", "tf_adjustment_column": f},
        {"sql_condition": f"{g}_l = {g}_r", "label_for_charts": "given", "tf_adjustment_column": g},
        {"sql_condition": f"{close}({f}_l, {f}_r) >= 0.85 OR {close}({g}_l, {g}_r) >= 0.85", "label_for_charts": "one close"},
        {"sql_condition": "ELSE", "label_for_charts": "differs"},
    ]}


def _born(column: str) -> dict[str, Any]:
    left, right = f"{column}_l", f"{column}_r"
    turned = f"left({left}, 4) || substr({left}, 9, 2) || substr({left}, 6, 2) = replace({right}, '-', '')"
    return {"output_column_name": "born", "comparison_levels": [
        _null(f"{left} IS NULL OR {right} IS NULL"),
        {"sql_condition": f"{left} = {right}", "label_for_charts": "day"},
        {"sql_condition": f"damerau_levenshtein({left}, {right}) = 1 OR {turned}", "label_for_charts": "typo"},
        {"sql_condition": f"left({left}, 7) = left({right}, 7)", "label_for_charts": "month"},
        {"sql_condition": f"left({left}, 4) = left({right}, 4)", "label_for_charts": "year"},
        {"sql_condition": f"damerau_levenshtein({left}, {right}) = 2", "label_for_charts": "two slips"},
        {"sql_condition": "ELSE", "label_for_charts": "differs"},
    ]}


def _other(column: str, frequent: bool) -> dict[str, Any]:
    left, right = f"{column}_l", f"{column}_r"
    exact: dict[str, Any] = {"sql_condition": f"{left} = {right}", "label_for_charts": "exact"}
    if frequent:
        exact["tf_adjustment_column"] = column
    return {"output_column_name": column, "comparison_levels": [
        _null(f"{left} IS NULL OR {right} IS NULL"), exact,
        {"sql_condition": f"damerau_levenshtein({left}, {right}) <= 1 OR jaro_winkler_similarity({left}, {right}) >= 0.9",
         "label_for_charts": "close"},
        {"sql_condition": "ELSE", "label_for_charts": "differs"},
    ]}


def _null(condition: str) -> dict[str, Any]:
    return {"sql_condition": condition, "label_for_charts": "missing", "is_null_level": True}


def _fake_documented() -> Recipe:
    """Splink's "Evaluation when you have fully labelled data" (docs/demos/examples/duckdb/accuracy_analysis_from_labels_column)."""
    import splink.comparison_library as cl
    from splink import block_on

    near = "levenshtein(r.born, l.born) <= 1"
    return Recipe(
        (cl.ForenameSurnameComparison("given", "family"), cl.DateOfBirthComparison("born", input_is_string=True),
         cl.ExactMatch("city").configure(term_frequency_adjustments=True), cl.EmailComparison("email")),
        tuple(block_on(column) for column in ("given", "family", "born", "email")),
        (f"l.given = r.given and {near}", f"l.family = r.family and {near}",
         "l.given = r.given and levenshtein(r.family, l.family) <= 2", "l.email = r.email"), 0.7,
        (block_on("born"), block_on("email"), block_on("given", "family")),
    )


def _historical_documented() -> Recipe:
    """Splink's "Linking a dataset of real historical persons" (docs/demos/examples/duckdb/deduplicate_50k_synthetic)."""
    import splink.comparison_library as cl
    from splink import block_on

    rules = (
        ("substr(given,1,3)", "substr(family,1,4)"), ("family", "born"), ("given", "born"), ("postcode", "given"),
        ("postcode", "family"), ("born", "birth_place"), ("substr(postcode,1,3)", "born"),
        ("substr(postcode,1,3)", "given"), ("substr(postcode,1,3)", "family"),
        ("substr(given,1,2)", "substr(family,1,2)", "substr(born,1,4)"),
    )
    return Recipe(
        (cl.ForenameSurnameComparison("given", "family", forename_surname_concat_col_name="whole_name"),
         cl.DateOfBirthComparison("born", input_is_string=True), cl.PostcodeComparison("postcode"),
         cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
         cl.ExactMatch("occupation").configure(term_frequency_adjustments=True)),
        tuple(block_on(*rule) for rule in rules),
        (block_on("given", "family", "born"), block_on("substr(given,1,2)", "family", "substr(postcode,1,2)"),
         block_on("born", "postcode")), 0.6, (block_on("given", "family"), block_on("born")),
    )


def _febrl_documented() -> Recipe:
    """Splink's "Deduplicating the febrl3 dataset" (docs/demos/examples/duckdb/febrl3), asked of FEBRL 1."""
    import splink.comparison_library as cl
    from splink import block_on

    return Recipe(
        (cl.NameComparison("given"), cl.NameComparison("family"), cl.DateOfBirthComparison("born", input_is_string=True),
         cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
         cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
         cl.ExactMatch("postcode").configure(term_frequency_adjustments=True)),
        tuple(block_on(column) for column in ("soc_sec_id", "given", "family", "born", "postcode")),
        (block_on("soc_sec_id"), block_on("given", "family", "born"),
         "l.given = r.family and l.family = r.given and l.born = r.born"), 0.9, (block_on("born"), block_on("postcode")),
    )


def _rl_documented() -> Recipe:
    """Splink documents no example for this set: its ready-made comparisons on the columns that are there."""
    import splink.comparison_library as cl
    from splink import block_on

    return Recipe(
        (cl.NameComparison("given"), cl.NameComparison("family"), cl.DateOfBirthComparison("born", input_is_string=True)),
        (block_on("given"), block_on("family"), block_on("born")),
        (block_on("given", "family"), block_on("given", "born"), block_on("family", "born")), 0.9,
        (block_on("given"), block_on("born")),
    )


def _tidy(frame: pd.DataFrame) -> pd.DataFrame:
    said = frame.apply(lambda column: column.astype("string").str.strip().str.lower().replace("", pd.NA))
    said["whole_name"] = said["given"].fillna("") + " " + said["family"].fillna("")
    return said.astype(object).where(said.notna(), None)


def _fake(folder: Path) -> pd.DataFrame:
    frame = pd.read_csv(folder / "fake_1000.csv", dtype=str)
    return _tidy(frame.rename(columns={"first_name": "given", "surname": "family", "dob": "born"}))


def _historical(folder: Path) -> pd.DataFrame:
    frame = pd.read_csv(folder / "historical_figures_dev.csv.gz", dtype=str)
    return _tidy(frame.rename(columns={"first_name": "given", "surname": "family", "dob": "born", "postcode_fake": "postcode"})
                 .drop(columns=["full_name", "first_and_surname"]))


def _febrl(folder: Path) -> pd.DataFrame:
    frame = pd.read_csv(folder / "febrl_dataset1.csv", dtype=str, skipinitialspace=True)
    frame = frame.rename(columns={"rec_id": "unique_id", "given_name": "given", "surname": "family"})
    frame["cluster"] = frame["unique_id"].str.extract(r"rec-(\d+)-")[0]
    day = frame["date_of_birth"].str.strip()
    frame["born"] = day.str[:4] + "-" + day.str[4:6] + "-" + day.str[6:8]
    return _tidy(frame)


def _rl(folder: Path) -> pd.DataFrame:
    frame = pd.read_csv(folder / "RLdata500.csv", dtype=str)
    frame["born"] = frame["by"] + "-" + frame["bm"].str.zfill(2) + "-" + frame["bd"].str.zfill(2)
    return _tidy(frame.rename(columns={"rec_no": "unique_id", "identity": "cluster", "fname_c1": "given", "lname_c1": "family",
                                       "fname_c2": "given_2", "lname_c2": "family_2"}))


SETS = (
    LinkageSet("fake_1000", _fake, ("email", "city"), (("email",), ("whole_name", "born"), ("whole_name", "city")), _fake_documented,
               frequent=("city",)),
    LinkageSet("historical figures", _historical, ("postcode", "birth_place", "occupation"),
               (("whole_name", "born"), ("whole_name", "postcode"), ("born", "postcode")), _historical_documented,
               frequent=("birth_place", "occupation")),
    LinkageSet("FEBRL 1", _febrl, ("soc_sec_id", "postcode", "address_1", "street_number", "suburb"),
               (("soc_sec_id",), ("whole_name", "born"), ("whole_name", "postcode")), _febrl_documented,
               frequent=("street_number", "suburb", "postcode")),
    LinkageSet("RLdata500", _rl, ("given_2",), (("whole_name", "born"),), _rl_documented),
)
