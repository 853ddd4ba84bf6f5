"""Versions of loads through the command line: loads, withdraw, comparing deliveries, the share of refused rows."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.api.command_line import CommandLine
from tests.county import VILLAGE


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """The hand-made village, to be changed."""
    return Path(shutil.copytree(VILLAGE, tmp_path / "village"))


def changed_residents(village: Path, tmp_path: Path) -> Path:
    """The residents delivered again: without the last, and the first with another address."""
    lines = (village / "居民.csv").read_text(encoding="utf-8").splitlines()
    column = lines[0].split(",").index("现住址")
    first = lines[1].split(",")
    first[column] = "新搬的地方1号"
    path = tmp_path / "居民新.csv"
    path.write_text("\n".join([lines[0], ",".join(first), *lines[2:-1]]) + "\n", encoding="utf-8")
    return path


def test_a_delivery_is_rehearsed_replaced_and_taken_back(fengqiao: CommandLine, village: Path, tmp_path: Path) -> None:
    first = fengqiao.json("load", village, "--source", "某村")["load_id"]
    before = fengqiao.json("build")["graph_hash"]
    again = changed_residents(village, tmp_path)

    rehearsal = fengqiao("load", again, "--source", "某村", "--replaces", "--dry-run")
    assert rehearsal.code == 0
    assert "新增 0，变更 1，撤回 1，未变" in rehearsal.out
    assert [x["load_id"] for x in fengqiao.json("loads")] == [first]

    report = fengqiao.json("load", again, "--source", "某村", "--replaces")
    (change,) = report["changes"]
    assert (change["table"], change["added"], change["changed"], change["absent"], change["complete"]) == ("residents", 0, 1, 1, True)
    older, newer = fengqiao.json("loads")
    assert (older["standing"], older["replaced"]) == ("partly_replaced", {"residents": report["load_id"]})
    assert (newer["standing"], newer["replaces"], newer["provider"]) == ("active", [first], "某村")
    assert fengqiao.json("build")["graph_hash"] != before

    refused = fengqiao("withdraw", report["load_id"])
    assert (refused.code, fengqiao.json("loads")[1]["state"]) == (1, "active")
    assert "--yes" in refused.err
    assert first in refused.out
    done = fengqiao.json("withdraw", report["load_id"][:6], "--yes")
    assert (done["changed"], done["state"], done["restores"]) == (True, "withdrawn", [first])
    assert done["only_here"]["nodes"].keys() <= {"Resident", "Household"}
    assert fengqiao.json("build")["graph_hash"] == before
    assert fengqiao.json("withdraw", report["load_id"], "--yes")["changed"] is False
    assert fengqiao.json("withdraw", report["load_id"], "--undo")["state"] == "active"
    assert [x["standing"] for x in fengqiao.json("loads")] == ["partly_replaced", "active"]


def test_withdraw_says_what_only_this_load_says(fengqiao: CommandLine, village: Path, tmp_path: Path) -> None:
    organ = tmp_path / "机构新.csv"
    organ.write_text("机构编码,机构名称,区划代码\nNEW1,新设的所,\n", encoding="utf-8")
    fengqiao.json("load", village)
    load_id = fengqiao.json("load", organ)["load_id"]
    fengqiao.json("build")
    done = fengqiao.json("withdraw", load_id, "--yes")
    assert done["only_here"] == {"nodes": {"Organ": 1}, "edges": {}, "unsure": 0}
    organs = (village / "机构.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert fengqiao.json("build")["counts"]["Organ"] == len(organs)


def test_withdrawing_what_does_not_exist_is_a_clear_error(fengqiao: CommandLine) -> None:
    said = fengqiao("withdraw", "nothing", "--yes")
    assert said.code == 1
    assert "fengqiao loads" in said.err
    assert fengqiao.json("loads") == []


def test_a_share_of_refused_rows_stops_a_load_and_can_be_set(fengqiao: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "机构.csv"
    path.write_text("机构编码,机构名称\nA1,甲\n,乙\nA3,丙\n", encoding="utf-8")
    said = fengqiao("load", path)
    assert (said.code, "33%" in said.err, fengqiao.json("loads")) == (1, True, [])
    assert fengqiao("load", path, "--max-rejects", "2").code == 2
    assert fengqiao("load", path, "--max-rejects", "0.3").code == 1
    assert fengqiao.json("load", path, "--max-rejects", "0.34")["totals"]["quarantined"] == 1


def test_refused_rows_are_corrected_and_no_longer_open(fengqiao: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "机构.csv"
    path.write_text("机构编码,机构名称\nA1,甲\n,乙\nA3,\n合计,3\n", encoding="utf-8")
    load_id = fengqiao.json("load", path, "--max-rejects", "1")["load_id"]
    assert fengqiao.json("status")["open_refusals"] == 2
    assert "还有 2 条" in fengqiao("status").out
    book = openpyxl.load_workbook(fengqiao.data / "loads" / load_id / "quarantine.xlsx")
    book.active["H2"] = "A2"
    corrected = tmp_path / "改正.xlsx"
    book.save(corrected)
    said = fengqiao("load", corrected)
    assert said.code == 0
    assert "新补正 1 行，共已补正 1 行，仍有 1 行未补正" in said.out
    base, mend = fengqiao.json("loads")
    assert (base["refused"], base["open_refusals"], mend["corrects"], mend["standing"]) == (2, 1, load_id, "active")
    assert fengqiao.json("build")["counts"]["Organ"] == 2
    assert fengqiao.json("withdraw", mend["load_id"], "--yes")["only_here"]["nodes"] == {"Organ": 1}
    assert fengqiao.json("status")["open_refusals"] == 2


def test_history_names_file_and_row_and_what_changed(fengqiao: CommandLine, village: Path, tmp_path: Path) -> None:
    fengqiao.json("load", village, "--source", "某村")
    said = fengqiao("history", "c:X1")
    assert (said.code, "fengqiao build" in said.err) == (1, True)
    fengqiao.json("load", changed_residents(village, tmp_path), "--source", "某村", "--replaces")
    fengqiao.json("build")
    (person,) = [r for r in fengqiao.json("ask", "search", "--text", "张建国")["rows"] if r["kind"] == "Resident"]
    found = fengqiao.json("history", person["id"])
    (change,) = found["changes"]
    assert (change["field"], change["after"]) == ("live_address", "新搬的地方1号")
    assert (change["said"]["file"], change["then"]["file"], change["then"]["row"]) == ("居民.csv", "居民新.csv", 2)
    said = fengqiao("history", person["id"], "--edges", "1")
    assert "居民.csv 第2行 → 居民新.csv 第2行" in said.out
    assert f"关系 edges（1/{found['edges_total']}）" in said.out
    assert "已被代替" in said.out
    assert fengqiao("history", "c:NOPE").code == 1


def test_unresolved_lists_who_names_what_is_not_there(fengqiao: CommandLine, tmp_path: Path) -> None:
    said = fengqiao("unresolved")
    assert (said.code, "fengqiao build" in said.err) == (1, True)
    steps, case = tmp_path / "流程.csv", tmp_path / "信访件.csv"
    steps.write_text("信访件编号,处置环节,处理时间\nX1,登记,2024-03-05\nX2,登记,2024-03-06\n", encoding="utf-8")
    fengqiao.json("load", steps)
    assert "fengqiao unresolved" in fengqiao("build").out
    found = fengqiao.json("unresolved", "--kind", "case", "--limit", "1")
    (row,) = found["references"]
    assert (found["total"], found["counts"], row["value"], row["address"]["row"]) == (2, {"case": 2}, "X1", 2)
    asked = fengqiao.json("ask", "unresolved_references", "--kind", "case", "--rows", "1")
    assert ([row["value"] for row in asked["rows"]], asked["truncated"]) == (["X1"], True)
    assert "流程.csv第3行（办理流程X2）" in fengqiao("ask", "unresolved_references", "--format", "csv").out
    said = fengqiao("unresolved")
    assert "办理流程 X2" in said.out
    assert "流程.csv 第3行" in said.out
    assert fengqiao("unresolved", "--kind", "person").code == 1
    case.write_text("信访件编号,信访人,信访日期\nX1,张三,2024-03-01\nX2,李四,2024-03-01\n", encoding="utf-8")
    fengqiao.json("load", case)
    fengqiao.json("build")
    assert fengqiao.json("unresolved")["total"] == 0
    assert "所提到的都有了" in fengqiao("unresolved").out


@pytest.mark.parametrize("command", ["loads", "withdraw", "history", "unresolved"])
def test_help_teaches_with_an_example(fengqiao: CommandLine, command: str) -> None:
    said = fengqiao(command, "--help", data=False)
    assert said.code == 0
    assert f"fengqiao {command}" in said.out.replace("\n", " ")
    assert "example" in said.out
