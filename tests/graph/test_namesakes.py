"""Certain means certain: people who only share a name, or all that a poor register says of them, stay apart."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from graph.build.run import build_graph
from graph.home import Home
from graph.ledger import Ledger
from ingest.load import load
from tests.county import load_and_build

PETITIONS = "信访件编号,信访人,联系电话,住址,信访日期\n"
PARTIES = "信访件编号,姓名,角色,住址\n"
DISPUTES = "事件编号,事件名称,发生日期,主要当事人姓名\n"


def edges(root: Path, name: str = "PARTY_TO.Resident.Case", **files: str) -> list[dict[str, str]]:
    folder = root / "files"
    folder.mkdir(parents=True)
    for title, text in files.items():
        (folder / f"{title}.csv").write_text(text, encoding="utf-8")
    _, build = load_and_build(root / "data", folder)
    return pq.read_table(build.path / "edges" / f"{name}.parquet").to_pylist()


def people(rows: list[dict[str, str]], role: str) -> set[str]:
    return {row["from_id"] for row in rows if row["role"] == role}


def test_a_participant_of_the_petitioners_name_is_somebody_else(tmp_path: Path) -> None:
    rows = edges(tmp_path, 信访件=PETITIONS + "X1,唐建平,,里埠村279号,2024-01-01\n", 当事人=PARTIES + "X1,唐建平,参与人,里埠村279号\n")
    assert len(people(rows, "petitioner") | people(rows, "participant")) == 2


def test_the_petitioner_listed_as_representative_is_the_same(tmp_path: Path) -> None:
    rows = edges(tmp_path, 信访件=PETITIONS + "X1,唐建平,,里埠村279号,2024-01-01\n", 当事人=PARTIES + "X1,唐建平,代表,\n")
    assert len({row["from_id"] for row in rows}) == 1


def test_two_participants_of_one_name_stay_apart_and_one_told_twice_does_not(tmp_path: Path) -> None:
    head = PETITIONS + "X1,黎明,,,2024-01-01\n"
    two = edges(tmp_path / "a", 信访件=head, 当事人=PARTIES + "X1,王伟,参与人,一组1号\nX1,王伟,参与人,二组9号\n")
    one = edges(tmp_path / "b", 信访件=head, 当事人=PARTIES + "X1,王伟,参与人,一组1号\nX1,王伟,参与人,一组1号\n")
    assert (len(people(two, "participant")), len(people(one, "participant"))) == (2, 1)


def test_both_sides_of_a_dispute_with_one_name_are_two(tmp_path: Path) -> None:
    sides = "事件编号,姓名,角色\nD1,张伟,申请人\nD1,张伟,被申请人\n"
    rows = edges(tmp_path, 纠纷=DISPUTES + "D1,田界,2024-01-01,张伟\n", 当事人=sides)
    assert len(people(rows, "applicant") | people(rows, "respondent")) == 2


def test_rows_of_one_poor_register_that_say_the_same_of_several_are_several(tmp_path: Path) -> None:
    poor = "姓名,户号,性别,区划代码\n李明,H1,1,330199101201\n李明,H1,2,330199101201\n"
    assert len({row["from_id"] for row in edges(tmp_path, "MEMBER_OF.Resident.Household", 人口=poor)}) == 2


def test_a_register_of_another_source_is_no_certain_match(tmp_path: Path) -> None:
    text = "姓名,户号,区划代码,数据来源\n李明,H1,330199101201,{}\n"
    rows = edges(tmp_path, "MEMBER_OF.Resident.Household", 甲=text.format("公安"), 乙=text.format("民政"))
    assert len({row["from_id"] for row in rows}) == 2


def test_a_register_delivered_again_speaks_of_the_same_person(tmp_path: Path) -> None:
    home = Home(tmp_path / "data")
    text = "姓名,户号,性别,区划代码,数据来源\n李明,H1,{},330199101201,公安\n"
    for year, gender in ("2023", ""), ("2024", "1"):
        file = tmp_path / year / "人口.csv"
        file.parent.mkdir()
        file.write_text(text.format(gender), encoding="utf-8")
        load(home, Ledger(home), [file])
    with home.writer():
        build, _ = build_graph(home, Ledger(home))
    (person,) = pq.read_table(build.path / "nodes" / "Resident.parquet").to_pylist()
    assert person["gender"] == "1"


def test_a_newer_year_takes_no_birthday_away(tmp_path: Path) -> None:
    home = Home(tmp_path / "data")
    text = "姓名,联系电话,出生日期,数据来源\n李明,13800000001,{},公安\n"
    for year, born in ("2023", "1988-07-23"), ("2024", "1988"):
        file = tmp_path / year / "人口.csv"
        file.parent.mkdir()
        file.write_text(text.format(born), encoding="utf-8")
        load(home, Ledger(home), [file])
    with home.writer():
        build, _ = build_graph(home, Ledger(home))
    (person,) = pq.read_table(build.path / "nodes" / "Resident.parquet").to_pylist()
    assert person["born_on"] == "1988-07-23"
