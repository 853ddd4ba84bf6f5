"""Answers as pandas frames: every column typed as its question declares, also when nothing was found."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from cypher.library import load as load_library
from cypher.question import COLUMN_TYPES, Column
from graph.frames import DTYPES, add_evidence, frame
from graph.opening import open_store
from graph.store import Store
from tests.county import load_and_build


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home, _ = load_and_build(tmp_path_factory.mktemp("frames"))
    with open_store(home.root) as opened:
        yield opened


def series(kind: str, values: list[object], *, dates: bool = False) -> pd.Series:
    return frame([Column("x", kind, "", "", {})], [{"x": value} for value in values], dates=dates)["x"]


def test_every_type_of_column_has_a_dtype() -> None:
    assert set(DTYPES) == set(COLUMN_TYPES)


def test_every_part_of_every_question_has_its_types_also_when_empty() -> None:
    for question in load_library().listed:
        for part in question.parts:
            made = frame(part.columns, [], dates=True)
            add_evidence(made, [], [], [])
            assert list(made.columns) == [*(c.name for c in part.columns), "evidence", "sources", "sentence"]
            for column in part.columns:
                expected = "datetime64[s]" if column.type == "date" else DTYPES[column.type]
                assert str(made[column.name].dtype) == expected, (question.name, part.name, column.name)


def test_unknown_values_stay_unknown_and_do_not_change_the_type() -> None:
    whole = series("int", [2, None, 2**53 + 1])
    assert str(whole.dtype) == "Int64"
    assert whole[2] == 2**53 + 1, "a float would have lost this one"
    assert whole.isna().tolist() == [False, True, False]
    truth = series("bool", [True, None])
    assert (str(truth.dtype), truth.isna().tolist()) == ("boolean", [False, True])
    assert series("text", ["张三", None]).isna().tolist() == [False, True]
    assert series("ids", [["c:1", "c:2"], []]).tolist() == [["c:1", "c:2"], []]


def test_dates_keep_their_precision_unless_days_are_wanted() -> None:
    values: list[object] = ["2023-03-05", "2023-03-05T09:30:00", "2023-03", "2023", None]
    assert series("date", values).dropna().tolist() == values[:4]
    days = series("date", values, dates=True)
    assert str(days.dtype) == "datetime64[s]"
    assert days.tolist()[:2] == [pd.Timestamp("2023-03-05")] * 2
    assert days[2:].isna().all()


def test_an_answer_becomes_frames_that_say_where_they_come_from(store: Store) -> None:
    answer = store.ask("repeat_petitioners", min_count=2)
    made = answer.to_pandas(dates=True, evidence=True)
    assert len(made) == len(answer.rows)
    assert made["certain"].dtype == "Int64"
    assert (made["first_on"] <= made["last_on"]).all()
    assert made["sentence"].tolist() == answer.sentences
    assert made.explode("case_ids")["case_ids"].str.startswith("c:").all()
    assert made.attrs == {
        "question": "repeat_petitioners", "part": "main", "as_of": answer.as_of, "rule": "repeat/default@2", "build": answer.build,
        "graph_hash": answer.graph_hash, "truncated": False,
    }
    steps = store.ask("neighbours", id="c:X1").to_pandas("counts")
    assert steps.groupby("edge")["things"].sum()["HAS_STEP"] > 3
    with pytest.raises(KeyError):
        answer.to_pandas("nothing")
