"""Tables of answers as pandas frames: every column has the type its question declares, also in an empty frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from cypher.question import Column

DTYPES: Mapping[str, str] = {
    "id": "str", "text": "str", "date": "str", "int": "Int64", "float": "Float64", "bool": "boolean",
    "ids": "object", "words": "object", "path": "object", "properties": "object",
}
"""Column type → dtype of a frame."""
DAY = "datetime64[s]"


def frame(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], *, dates: bool = False) -> pd.DataFrame:
    """Rows as a frame, a column for each that is declared; see `Answer.to_pandas`."""
    return pd.DataFrame({column.name: _series(column, [row[column.name] for row in rows], dates) for column in columns})


def add_evidence(made: pd.DataFrame, ids: Sequence[Sequence[str]], sources: Sequence[Sequence[str]], sentences: Sequence[str]) -> None:
    """Add what each row rests on (columns `evidence` and `sources`, lists) and its `sentence`."""
    made["evidence"] = pd.Series(list(map(list, ids)), dtype="object")
    made["sources"] = pd.Series(list(map(list, sources)), dtype="object")
    made["sentence"] = pd.Series(list(sentences), dtype="str")


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
