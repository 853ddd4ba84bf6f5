"""Who is certainly the same person: an id number, or the full name with a personal phone; nothing else."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from graph.build.run import build_graph
from graph.errors import CannotJudge
from graph.home import Home
from graph.ledger import Ledger
from graph.opening import open_store, publish_embedded
from ingest.load import load
from tests.county import load_and_build
from tests.ingest.desk import id_number

RESIDENTS = "姓名,公民身份号码,出生日期,联系电话,户号\n"
PETITIONS = "信访件编号,信访人,信访人证件号码,联系电话,信访日期\n"
PHONE, OTHER = "13800000001", "13800000002"


def petitioners(root: Path, residents: list[str], petitions: list[str]) -> dict[str, str]:
    """Case to petitioner, in the graph of these rows; the residents are named by their order: r0, r1 …"""
    folder = root / "files"
    folder.mkdir()
    (folder / "居民.csv").write_text(RESIDENTS + "\n".join(residents) + "\n", encoding="utf-8")
    (folder / "信访件.csv").write_text(PETITIONS + "\n".join(petitions) + "\n", encoding="utf-8")
    _, build = load_and_build(root / "data", folder)
    tables = {path.stem: pq.read_table(path).to_pylist() for path in build.path.rglob("*.parquet")}
    homes = {row["from_id"]: "r" + row["to_id"][-1] for row in tables["MEMBER_OF.Resident.Household"]}
    found = {row["to_id"][2:]: homes.get(row["from_id"], row["from_id"]) for row in tables["PARTY_TO.Resident.Case"]}
    assert {row["number"] for row in tables["Case"]} == {line.partition(",")[0] for line in petitions}
    return found


@pytest.mark.parametrize(("residents", "petition", "joined"), [
    ([f"李小明,{id_number(1)},,{PHONE},H0"], f"李小明,,{PHONE}", True),
    ([f"李小明,,1980-01-01,{PHONE},H0"], f"李小明,,{PHONE}", True),
    ([f"李小明,,1980,{PHONE},H0"], f"李小明,{id_number(1)},{PHONE}", True),
    ([f"李小明,{id_number(1)},,{PHONE},H0"], "李小明,,", False),
    ([f"李小明,{id_number(1)},,{PHONE},H0"], f"李小明,,{OTHER}", False),
    ([f"李小明,{id_number(1)},,{PHONE},H0"], f"李大明,,{PHONE}", False),
    ([f"李小明,{id_number(1)},,{PHONE},H0"], f"李小明,{id_number(2)},{PHONE}", False),
    ([f"李小明,,1976-03-05,{PHONE},H0"], f"李小明,{id_number(1)},{PHONE}", False),
    ([f"李小明,{id_number(1)},,{PHONE},H0", f"李小明,{id_number(2)},,{PHONE},H1"], f"李小明,,{PHONE}", False),
    ([f"李先生,{id_number(1)},,{PHONE},H0"], f"李先生,,{PHONE}", False),
    ([f"李小明,{id_number(1)},,{PHONE},H0", *(f"周{x}文,,,{PHONE},H1" for x in "甲乙丙丁")], f"李小明,,{PHONE}", True),
    ([f"李小明,{id_number(1)},,{PHONE},H0", *(f"周{x}文,,,{PHONE},H1" for x in "甲乙丙丁戊")], f"李小明,,{PHONE}", False),
], ids=[
    "name and phone", "registered without a number", "the petition has the number", "a name alone", "another phone",
    "another name", "two numbers", "a birth date contradicts", "two of that name share the phone", "no full name",
    "a phone of five names", "a phone of six names",
])
def test_a_petitioner_is_a_resident_only_when_it_is_certain(
    tmp_path: Path, residents: list[str], petition: str, joined: bool
) -> None:
    found = petitioners(tmp_path, residents, [f"X1,{petition},2024-01-01"])
    assert (found["X1"] == "r0") == joined


def test_a_hotline_joins_nobody(tmp_path: Path) -> None:
    calls = [f"X{n},{'李小明' if n % 2 else '周文'},,{PHONE},2024-01-01" for n in range(14)]
    assert len(set(petitioners(tmp_path, [f"陈二,,,{OTHER},H0"], calls).values())) == 14


def test_somebody_known_by_two_phones_and_no_number_stays_apart(tmp_path: Path) -> None:
    residents = [f"李小明,{id_number(1)},,{PHONE},H0", f"李小明,{id_number(2)},,{OTHER},H1"]
    found = petitioners(tmp_path, residents, [f"X1,李小明,,{PHONE},2024-01-01", f"X2,李小明,,{OTHER},2024-01-02"])
    assert found == {"X1": "r0", "X2": "r1"}


NICKNAMES = """name: nicknames
title: 网上留言
files: {messages: {when: [编号, 昵称, 电话, 时间]}}
rows:
  - table: petitions
    from: messages
    fields: {number: "web-{编号}", petitioner: 昵称, person_key: "web:{昵称}", phone: 电话, petitioned_on: 时间}
"""


def test_a_pseudonym_is_no_resident_even_with_the_same_name_and_phone(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "居民.csv").write_text(f"{RESIDENTS}李小明,{id_number(1)},,{PHONE},H0\n", encoding="utf-8")
    (folder / "当事人.csv").write_text(f"事件编号,姓名,联系电话,角色\nweb-1,李小明,{PHONE},参与人\n", encoding="utf-8")
    (tmp_path / "nicknames.yaml").write_text(NICKNAMES, encoding="utf-8")
    (tmp_path / "留言.csv").write_text(f"编号,昵称,电话,时间\n1,李小明,{PHONE},2024-01-01\n", encoding="utf-8")
    home = Home(tmp_path / "data")
    ledger = Ledger(home)
    load(home, ledger, [folder])
    load(home, ledger, [tmp_path / "留言.csv"], mapping=tmp_path / "nicknames.yaml")
    with home.writer():
        build, _ = build_graph(home, ledger)
        publish_embedded(home, build)
    people = {row["id"]: row for row in pq.read_table(build.path / "nodes" / "Resident.parquet").to_pylist()}
    parties = pq.read_table(build.path / "edges" / "PARTY_TO.Resident.Case.parquet").to_pylist()
    (nickname,) = [row["from_id"] for row in parties if row["role"] == "petitioner"]
    (participant,) = [row["from_id"] for row in parties if row["role"] == "participant"]
    assert (people[nickname]["anonymous"], people[nickname]["registered"]) == (True, False)
    assert (people[participant]["anonymous"], people[participant]["registered"]) == (False, True)
    with open_store(home.root) as store, pytest.raises(CannotJudge, match="化名"):
        store.identities.judge(nickname, participant, "confirm", author="王", reason="看着像")
    ledger.judgements.add(nickname, participant, "confirm", author="王", at="", reason="直接写入")
    with home.writer():
        again, _ = build_graph(home, ledger)
    assert (again.card.graph_hash, again.card.counts["identities.review"]) == (build.card.graph_hash, 1)


def test_an_anonymous_petition_is_a_case_of_nobody(tmp_path: Path) -> None:
    residents = [f"李小明,{id_number(1)},,{PHONE},H0"]
    found = petitioners(tmp_path, residents, [f"X1,,,{PHONE},2024-01-01", "X2,,,,2024-01-02", f"X3,李小明,,{PHONE},2024-01-03"])
    assert found == {"X3": "r0"}


def test_a_valid_id_number_names_the_petitioner_even_without_a_name(tmp_path: Path) -> None:
    found = petitioners(tmp_path, [f"李小明,{id_number(1)},,{PHONE},H0"], [f"X1,,{id_number(1)},,2024-01-01"])
    assert found == {"X1": "r0"}


def test_an_official_is_the_resident_of_the_same_name_and_phone(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "居民.csv").write_text(f"{RESIDENTS}李小明,{id_number(1)},,{PHONE},H0\n周文,,1980,{OTHER},H1\n", encoding="utf-8")
    officials = f"G1,李小明,{PHONE}\nG2,周文,{OTHER}\nG3,李小明,{OTHER}\nG4,周文,\n"
    (folder / "干部.csv").write_text("干部编号,姓名,联系方式\n" + officials, encoding="utf-8")
    _, build = load_and_build(tmp_path / "data", folder)
    names = {row["id"]: row["name"] for row in pq.read_table(build.path / "nodes" / "Resident.parquet").to_pylist()}
    same = pq.read_table(build.path / "edges" / "IS.Official.Resident.parquet").to_pylist()
    assert {(row["from_id"], names[row["to_id"]]) for row in same} == {("f:G1", "李小明"), ("f:G2", "周文")}
