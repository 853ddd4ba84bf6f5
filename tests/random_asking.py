"""What may be asked of a graph: parameters of any question, drawn from what the graph holds and what the header takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from cypher.question import Param, Question
from tests.factory import Nodes

DAYS = ("2022", "2023", "2023-05", "2023-01-20", "2023-04-01", "2023-08-15", "2024-01-01", "2024-06-30", "2025-12-31")
LIMITS = (500, 500, 500, 3, 1)
LINKED = ("Resident", "Household", "Case", "Parcel", "Official", "Organ", "Area", "Step", "Agreement", "Clock")


@dataclass(frozen=True, slots=True)
class Ask:
    """A question put in full: its name, its parameters, and how many rows a part may have."""

    name: str
    params: Mapping[str, Any]
    limit: int


def asks(question: Question, nodes: Nodes) -> st.SearchStrategy[Ask]:
    """Ways to ask a question of a graph with these nodes; parameters that need not be given are given half the time."""
    values = {p.name: _values(p, nodes) for p in question.params}
    needed = {p.name: values[p.name] for p in question.params if p.required or p.type == "parties"}
    free = {name: strategy for name, strategy in values.items() if name not in needed}
    given = st.fixed_dictionaries(needed, optional=free)
    return st.builds(Ask, st.just(question.name), given, st.sampled_from(LIMITS))


def _values(param: Param, nodes: Nodes) -> st.SearchStrategy[Any]:
    match param.type:
        case "id":
            return st.sampled_from(_ids(nodes, param.of or LINKED))
        case "parties":
            party = st.sampled_from(_ids(nodes, param.of)) | st.sampled_from(_named(nodes))
            return st.lists(party, min_size=2, max_size=3)
        case "text" if param.name == "organ":
            return st.sampled_from(["-", *(row["owner_id"] or "-" for row in nodes["Case"])])
        case "text":
            return st.sampled_from(_texts(nodes))
        case "int":
            low = param.min or 0
            return st.sampled_from([low, low]) | st.integers(low, min(param.max or low + 3, low + 5))
        case "bool":
            return st.booleans()
        case "date":
            return st.sampled_from(DAYS)
        case "area":
            return st.sampled_from(sorted({row["code"] for row in nodes["Area"] if row["code"]}))
        case "choice":
            return st.sampled_from(param.of)
        case "rule":
            return st.sampled_from(("default", "after_opinion", "window_90d"))
        case "choices":
            return st.sets(st.sampled_from(param.of), min_size=1).map(sorted)
    raise AssertionError(f"no way to draw a parameter of type {param.type}")


def _ids(nodes: Nodes, labels: Sequence[str]) -> list[str]:
    return [row["id"] for label in labels for row in nodes[label]]


def _named(nodes: Nodes) -> list[dict[str, str]]:
    """Residents as a mediator knows them: by name and phone, or name and address."""
    named = [row for row in nodes["Resident"] if row["name"]]
    by_phone = [{"name": row["name"], "phone": row["phone"]} for row in named]
    return by_phone + [{"name": row["name"], "address": row["address"]} for row in named if row["address"]]


def _texts(nodes: Nodes) -> list[str]:
    """Names, parts of names, numbers and codes of things, and a text nothing has."""
    names = {str(row["name"]) for label in LINKED for row in nodes[label] if row["name"]}
    exact = {str(row[key]) for rows in nodes.values() for row in rows for key in ("number", "code") if row.get(key)}
    return sorted(text for text in {n[:150] for n in names} | {n[:1] for n in names} | exact | {"查无此字"} if text.strip())
