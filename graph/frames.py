"""Tables of answers as pandas frames: every column has the type its question declares, also in an empty frame."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from cypher.question import Column
from graph.answer import Table

DTYPES: Mapping[str, str] = {
    "id": "str", "text": "str", "date": "str", "int": "Int64", "float": "Float64", "bool": "boolean",
    "ids": "object", "words": "object", "path": "object", "properties": "object",
}
"""Column type → dtype of a frame."""
DAY = "datetime64[s]"


def frame(table: Table, *, dates: bool = False, evidence: bool = False) -> pd.DataFrame:
    """A table as a frame; see `Answer.to_pandas`."""
    columns = {column.name: _series(column, [row[column.name] for row in table.rows], dates) for column in table.part.columns}
    if evidence:
        columns["evidence"] = pd.Series([list(one.ids) for one in table.evidence], dtype="object")
        columns["sources"] = pd.Series([list(one.sources) for one in table.evidence], dtype="object")
        columns["sentence"] = pd.Series(table.sentences, dtype="str")
    return pd.DataFrame(columns)


def _series(column: Column, values: list[Any], dates: bool) -> pd.Series[Any]:
    if column.type == "date" and dates:
        return pd.Series(np.array([_day(value) for value in values], dtype=DAY))
    return pd.Series(values, dtype=DTYPES[column.type])


def _day(value: str | None) -> str:
    """The day of an ISO text, `NaT` for one that is missing or no whole day."""
    try:
        return date.fromisoformat((value or "")[:10]).isoformat()
    except ValueError:
        return "NaT"
