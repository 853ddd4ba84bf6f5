"""What people judge about who is who: applied by the next build, undone without a trace, never joining two numbers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.build.judged import PSEUDONYM, REJECTED, SAME_NUMBER, TWO_BIRTHS, TWO_NUMBERS, Known, settle
from graph.judgements import CONFIRM, REJECT, UNSURE, VERDICTS, Judgement, active, canonical
from graph.ledger import Ledger
from ingest.load import load
from tests.postgresql import Cluster
from tests.town import THIRD, Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def test_a_confirmed_pair_is_one_person_from_the_next_build_and_undone_it_never_was(town: Town) -> None:
    who = town.who()
    seq = town.judge(who["X1"], who["H0"])
    tables = town.build()
    assert {r["from_id"] for r in tables["PARTY_TO.Resident.Case"] if r["to_id"] == "c:X1"} == {who["H0"]}
    assert who["X1"] not in {r["id"] for r in tables["Resident"]}
    assert {"id": f"was:{who['X1']}", "now": who["H0"], "source": ""} in tables["FormerId"]
    assert town.latest.card.graph_hash != town.first.card.graph_hash
    assert [town.undo(seq), town.undo(seq)] == [True, False]
    town.build()
    assert town.latest.card.graph_hash == town.first.card.graph_hash
    assert town.latest.card.full_hash == town.first.card.full_hash
    assert town.latest.card.inputs_hash == town.first.card.inputs_hash


def test_two_different_numbers_are_never_one_by_any_path(town: Town) -> None:
    who = town.who()
    town.judge(who["X1"], who["H0"])
    town.judge(who["X1"], who["X2"])
    town.judge(who["X2"], who["H1"])
    tables = town.build()
    assert {who["X1"], who["X2"], who["H0"], who["H1"]} <= {r["id"] for r in tables["Resident"]}
    reviews = [r for r in tables["identities"] if r["kind"] == "review"]
    assert [r["why"] for r in reviews] == [TWO_NUMBERS] * 3
    assert town.latest.card.counts["identities.review"] == 3


def test_a_registered_person_gives_the_id_when_nobody_has_a_number(town: Town) -> None:
    who = town.who()
    town.judge(who["X4"], who["H2"])
    town.judge(who["X2"], who["X4"])
    tables = town.build()
    assert {r["from_id"] for r in tables["PARTY_TO.Resident.Case"] if r["to_id"] in ("c:X2", "c:X4")} == {who["H2"]}


def test_a_rejection_of_what_is_one_by_number_comes_back(town: Town) -> None:
    who = town.who()
    weaker = next(r["id"][4:] for r in town.build()["FormerId"] if r["now"] == who["H0"])
    town.judge(weaker, who["H0"], REJECT)
    assert [r["why"] for r in town.build()["identities"]] == [SAME_NUMBER]


def known(**people: str) -> dict[str, Known]:
    """People by id; `n` has a number, `r` is registered, `p` is a pseudonym, anything longer is a birth date."""
    return {
        name: Known(name, "n" in said.split(), "r" in said.split(), "p" in said.split(),
                    frozenset(w for w in said.split() if len(w) > 1))
        for name, said in people.items()
    }


def judged(*lines: str) -> list[Judgement]:
    """`a b confirm` … as judgements, in order."""
    found = []
    for seq, line in enumerate(lines, 1):
        one, other, verdict, *accepted = line.split()
        found.append(Judgement(seq, min(one, other), max(one, other), verdict, "王", "", "看过", accepted=" ".join(accepted)))
    return found


def settled(people: dict[str, Known], *lines: str) -> tuple[dict[str, str], list[str], dict[tuple[str, str], str]]:
    found = settle(judged(*lines), {name: name for name in people}, people)
    return found.merged, [one.why for one in found.reviews], found.pairs


def test_birth_dates_that_contradict_undo_a_confirmation_unless_the_judge_saw_them() -> None:
    people = known(a="n 1970-01-01", b="1971-01-01", c="1970")
    assert settled(people, "a b confirm") == ({}, [TWO_BIRTHS], {("a", "b"): CONFIRM})
    assert settled(people, "a b confirm 1970-01-01|1971-01-01") == ({"b": "a"}, [], {})
    assert settled(people, "a c confirm") == ({"c": "a"}, [], {})
    more = known(a="n 1970-01-01", b="1971-01-01", c="1971-01-01", d="1972-01-01")
    assert settled(more, "a b confirm 1970-01-01|1971-01-01", "b c confirm") == ({"b": "a", "c": "a"}, [], {})
    assert settled(more, "a b confirm 1970-01-01|1971-01-01", "b d confirm")[:2] == ({}, [TWO_BIRTHS, TWO_BIRTHS])


def test_a_rejected_pair_is_not_joined_by_a_chain() -> None:
    people = known(a="n", b="", c="", d="")
    merged, why, pairs = settled(people, "a b confirm", "b c confirm", "a c reject", "c d confirm")
    assert (merged, why) == ({"d": "c"}, [REJECTED, REJECTED])
    assert pairs == {("a", "b"): CONFIRM, ("b", "c"): CONFIRM, ("a", "c"): REJECT}


def test_a_pseudonym_is_nobody_else() -> None:
    assert settled(known(a="n r", b="p"), "a b confirm") == ({}, [PSEUDONYM], {})


def test_other_pairs_follow_a_merge() -> None:
    people = known(a="n", b="", c="", d="")
    assert settled(people, "a b confirm", "b c unsure", "b d reject")[2] == {("a", "c"): UNSURE, ("a", "d"): REJECT}


LINES = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.sampled_from([CONFIRM, CONFIRM, REJECT, UNSURE])).filter(
        lambda x: x[0] != x[1]), max_size=9, unique_by=lambda x: frozenset(x[:2]),
)
PEOPLE = st.fixed_dictionaries({x: st.sampled_from(["", "n", "n", "r", "p", "1970-01-01", "n 1970-01-01", "1971-01-01"]) for x in "abcdef"})


@given(lines=LINES, people=PEOPLE, dice=st.randoms())
def test_the_order_of_judging_does_not_matter_and_nobody_ever_has_two_numbers(lines: Any, people: Any, dice: Any) -> None:
    who = known(**people)
    texts = [" ".join(line) for line in lines]
    first = settled(who, *texts)
    other = list(texts)
    dice.shuffle(other)
    assert settled(who, *other) == first
    assert canonical(judged(*other)) == canonical(judged(*texts))
    groups: dict[str, set[str]] = {}
    for name in who:
        groups.setdefault(first[0].get(name, name), set()).add(name)
    rejected = [set(line[:2]) for line in lines if line[2] == REJECT]
    for group in groups.values():
        assert sum(who[x].numbered for x in group) <= 1
        assert len({b for x in group for b in who[x].births}) <= 1
        assert not any(pair <= group for pair in rejected)
        assert len(group) == 1 or not any(who[x].pseudonym for x in group)
    assert set(first[0].values()).isdisjoint(first[0])


STEPS = st.lists(st.tuples(st.integers(0, 9), st.sampled_from([*VERDICTS, "undo", "undo"])), max_size=12)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_judging_and_undoing_whatever_was_judged_leaves_the_graph_of_never_having_judged(
    steps: list[tuple[int, str]], shared: Town
) -> None:
    who = sorted(set(shared.who().values()))
    pairs = [(a, b) for a in who for b in who if a < b]
    for number, what in steps:
        if what == "undo":
            stands = [one.seq for one in shared.book.all() if one.undone_at is None]
            if stands:
                assert shared.undo(stands[number % len(stands)])
        else:
            shared.judge(*pairs[number % len(pairs)], what)
    shared.build()
    for one in shared.book.all():
        shared.undo(one.seq)
    shared.build()
    assert shared.book.active() == []
    assert shared.latest.card.graph_hash == shared.first.card.graph_hash
    assert shared.latest.card.inputs_hash == shared.first.card.inputs_hash


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(tmp_path_factory.mktemp("shared"))


def test_the_newest_judgement_of_a_pair_that_stands_is_the_active_one(town: Town) -> None:
    first, second = town.judge("r:b", "r:a"), town.judge("r:a", "r:b", REJECT)
    assert [one.verdict for one in town.book.active()] == [REJECT]
    town.undo(second)
    assert [(one.seq, one.pair) for one in town.book.active()] == [(first, ("r:a", "r:b"))]
    assert [one.undone_reason for one in town.book.all()] == [None, "看错"]
    assert active(town.book.all()) == town.book.active()


def test_an_official_follows_the_person_that_a_judgement_made(tmp_path: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "干部.csv").write_text(f"干部编号,姓名,联系方式\nG1,李晓明,{THIRD}\n", encoding="utf-8")
    town = Town(tmp_path)
    load(town.home, town.ledger, [folder])
    who = town.who()
    assert {r["to_id"] for r in town.build()["IS.Official.Resident"]} == {who["X1"]}
    town.judge(who["X1"], who["H0"])
    assert {r["to_id"] for r in town.build()["IS.Official.Resident"]} == {who["H0"]}


def test_a_ledger_from_before_judgements_gets_the_table(town: Town) -> None:
    with closing(sqlite3.connect(town.home.root / "ledger.db")) as old:
        old.execute("DROP TABLE judgements")
    again = Ledger(town.home)
    assert again.judgements.all() == []
    assert len(again.loads()) == 1


def test_judgements_are_kept_in_postgresql(town: Town, postgresql_cluster: Cluster) -> None:
    book = Ledger(town.home, postgresql_cluster.url).judgements
    one = book.add("r:b", "r:a", REJECT, author="王", at="2024-02-01T00:00:00", reason="两人")
    assert (one.pair, book.active()) == (("r:a", "r:b"), [one])
    assert book.undo(one.seq, author="李", at="2024-02-02T00:00:00", reason="看错")
    assert not book.undo(one.seq, author="李", at="2024-02-02T00:00:00", reason="看错")
    assert book.active() == []
