"""A tour: the headline questions, asked one after the other of whatever graph is there."""

from __future__ import annotations

from typing import Any

from api.commands.options import Data, Engine, settings, store
from api.console import out, print_answer
from graph.store import Store

ROWS = 5


def tour(data: Data = None, engine: Engine = "") -> None:
    """依次问几个主要问题，每个后面的问题都由前面的答案引出。 / Ask the headline questions one after another."""
    config = settings(data)
    with store(config, engine) as opened:
        _walk(opened)


def _walk(opened: Store) -> None:
    repeats = _show(opened, "repeat_petitioners")
    _show(opened, "repeat_households")
    if not repeats:
        out.print("没有重复信访，换一个县再看。 / No repeats here.", markup=False)
        return
    case_id = repeats[0]["case_ids"][0]
    _show(opened, "responsibility_chain", case_id=case_id)
    _show(opened, "linked_disputes", case_id=case_id)
    _show(opened, "person", id=repeats[0]["petitioner_id"])
    if parties := _two_parties(opened, repeats):
        _show(opened, "prior_disputes", parties=parties)


def _show(opened: Store, name: str, **params: Any) -> list[dict[str, Any]]:
    given = " ".join(f"--{k.replace('_', '-')} {','.join(v) if isinstance(v, list) else v}" for k, v in params.items())
    out.rule(f"fengqiao ask {name} {given}".rstrip(), align="left")
    answer = opened.ask(name, max_rows=ROWS, **params)
    print_answer(answer)
    return answer.rows


def _two_parties(opened: Store, repeats: list[dict[str, Any]]) -> list[str]:
    """Two people who stand against each other in a dispute that a repeated matter is linked to."""
    for row in repeats:
        for link in opened.ask("linked_disputes", case_id=row["case_ids"][0]).rows:
            parties = opened.ask("case", id=link["other_case_id"]).parts["parties"].rows
            ids = [p["party_id"] for p in parties if p["role"] in ("applicant", "respondent") and p["kind"] == "Resident"]
            if len(set(ids)) > 1:
                return list(dict.fromkeys(ids))[:2]
    return []
