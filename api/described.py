"""Questions as data, for whoever lists them."""

from __future__ import annotations

from typing import Any

from cypher.question import Question


def describe(question: Question) -> dict[str, Any]:
    """A question as data: what it asks, takes and answers."""
    return {
        "name": question.name, "group": question.group,
        "title": {"zh": question.title_zh, "en": question.title_en},
        "asks": {"zh": question.asks_zh, "en": question.asks_en}, "rule": question.rule,
        "params": [
            {
                "name": p.name, "type": p.type, "required": p.required, "default": p.default, "of": list(p.of),
                "zh": p.zh, "en": p.en,
            }
            for p in question.params
        ],
        "columns": [{"name": c.name, "type": c.type, "zh": c.zh, "en": c.en} for c in question.main.columns],
    }
