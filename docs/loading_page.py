"""docs/loading.md: every native table, a mapping, a look and a round of quarantine, each really loaded to write it."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

from graph.build.artifact import Build
from graph.build.run import build_graph
from graph.engines.layout import NodeTable
from graph.engines.layout import tables as graph_tables
from graph.home import Home
from graph.ledger import Ledger
from graph.values import mask_id_number, mask_phone
from ingest.corrections import ADDRESS
from ingest.load import load, preview
from ingest.report import LoadReport
from ingest.tables import TableSpec, table_specs

_WENZHENG = (
    ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "一级分类"),
    ("900001", "A99999001", "反映路灯不亮", "2024/2/28 11:25:05", "小区门口的路灯坏了两个月。", "城乡建设"),
)
_ROUND = (
    ("工单编号", "信访人", "信访日期", "标题", "信访人证件号码"),
    ("12345-001", "张三", "2024-03-05", "路灯不亮", "3.30199E+17"),
    ("", "王五", "2024-03-06", "井盖破损", ""),
    ("12345-003", "李四", "待核实", "噪声扰民", ""),
    ("合计", "3", "", "", ""),
)
Rows = Sequence[Sequence[str]]


def page(note: str) -> str:
    """The whole page."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        sections = (_tables(root / "tables"), _look(root / "look"), _mapping(root / "mapping"), _round(root / "round"))
        lines = [note, *_INTRO, *(line for section in sections for line in section)]
    return "\n".join(lines) + "\n"


_INTRO = (
    "# 载入 / Loading", "",
    "下面每个例子在写这一页时都真的载入过；数据全是虚构的。表头与同义词见 [tables.md](tables.md)。", "",
    "Every example below was really loaded to write this page; all data are made up. Headers and synonyms: [tables.md](tables.md).",
    "",
    "数据库也能载入：`fengqiao load postgresql://reader@host/county`（`--table` 只取一张表或视图，`--query` 取一条 SELECT 的结果；"
    "密码放在 `FENGQIAO_SOURCE_PASSWORD`）。列名或列注释是中文表头即可识别。只读，同一时刻，逐批读取；"
    "行号是按主键排序后的次序加一。地址与密码不进入台账、报告和日志。", "",
    "A database loads too: `fengqiao load postgresql://reader@host/county` (`--table` for one table or view, `--query` for one",
    "SELECT; the password goes into `FENGQIAO_SOURCE_PASSWORD`). Column names or column comments tell the table. Reading is",
    "read-only, at one instant, batch by batch; a row's number is its place in the order of the primary key, the names being",
    "row 1. Address and password are kept nowhere.", "",
)


def _load(root: Path, name: str, rows: Rows, mapping: str | None = None) -> tuple[Home, Ledger, LoadReport]:
    _write(root / "in" / name, rows)
    home = Home(root / "data")
    ledger = Ledger(home)
    return home, ledger, load(home, ledger, [root / "in"], mapping=mapping, max_reject_share=1.0)


def _write(path: Path, rows: Rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_text(rows), encoding="utf-8")


def _text(rows: Rows) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _fenced(text: str, kind: str = "") -> list[str]:
    return [f"```{kind}", *text.rstrip("\n").split("\n"), "```", ""]


def _example(spec: TableSpec) -> Rows:
    return [spec.header(field) for field, _ in spec.example], [text for _, text in spec.example]


def _tables(root: Path) -> list[str]:
    """All native tables, loaded together as one small county."""
    for name, spec in table_specs().items():
        _write(root / "in" / f"{name}.csv", _example(spec))
    home = Home(root / "data")
    ledger = Ledger(home)
    report = load(home, ledger, [root / "in"], max_reject_share=0.0)
    with home.writer():
        build, _ = build_graph(home, ledger)
    lines = ["## 各表的例子 / One row of every table", ""]
    parts = {part.table: part.part for part in report.parts}
    for name, spec in table_specs().items():
        lines += [f"### {name} {spec.zh}", "", *_fenced(_text(_example(spec)), "csv")]
        lines += ["登记为 the register holds:", "", _register(home, report, name), ""]
        lines += ["图中 the graph says:", "", *_fenced("\n".join(_said(build, parts[name])) or "（没有新的点和边）")]
    return lines


def _register(home: Home, report: LoadReport, name: str) -> str:
    row, = pq.read_table(home.load_dir(report.load_id) / f"{name}.parquet").to_pylist()
    shown = {k: _shown(k, v) for k, v in row.items() if v is not None and k not in ("part", "row")}
    return "`" + " · ".join(f"{key}={value}" for key, value in shown.items()) + "`"


def _shown(name: str, value: object) -> object:
    if "id_number" in name:
        return mask_id_number(str(value))
    return mask_phone(str(value)) if name == "phone" else value


def _said(build: Build, part: int) -> Iterator[str]:
    """The nodes and edges whose provenance is this part."""
    for table in graph_tables():
        if table.name == "Source":
            continue
        rows = pq.read_table(table.file(build)).to_pylist()
        told = [row for row in rows if re.search(rf":{part}:", str(row.get("source") or ""))]
        yield from sorted(_node(table.name, row) if isinstance(table, NodeTable) else _edge(row, table.name) for row in told)


def _node(label: str, row: dict[str, object]) -> str:
    return f"({label} {row['id']} {row['name']})"


def _edge(row: dict[str, object], name: str) -> str:
    ends = [str(value) for value in list(row.values())[:2]]
    return f"{ends[0]} -[{name.split('.')[0]}]-> {ends[1]}"


def _look(root: Path) -> list[str]:
    rows = (["枫溪县信访登记表"], *_ROUND[:2], ["办理人签字"])
    _write(root / "in" / "导出(1).csv", rows)
    _write(root / "in" / "名册.csv", [["姓名", "职业"], ["张三", "农民"]])
    lines = ["## 先看一看 / `fengqiao inspect`", "", "什么也不写入，只看表头。 Nothing is written; only headers are looked at.", ""]
    found = [f"{p.file} → {p.table or '（未识别）'}：{p.why}" for p in preview([root / "in"])]
    return [*lines, "`导出(1).csv`:", "", *_fenced(_text(rows[:3]), "csv"), *_fenced("\n".join(found))]


def _mapping(root: Path) -> list[str]:
    home, _, report = _load(root, "附件3.csv", _WENZHENG, "wenzheng")
    text = files("ingest").joinpath("mappings", "wenzheng.yaml").read_text(encoding="utf-8")
    return [
        "## 外来的表用映射 / A foreign shape, by a mapping", "", "`fengqiao load 附件3.csv --mapping wenzheng`", "",
        *_fenced(_text(_WENZHENG), "csv"), "映射 the mapping `wenzheng.yaml`:", "", *_fenced(text, "yaml"),
        "登记为 the register holds:", "", _register(home, report, "petitions"), "",
    ]


def _round(root: Path) -> list[str]:
    """Load, read the quarantine, correct it, load the correction."""
    home, ledger, report = _load(root, "工单.csv", _ROUND)
    book = CalamineWorkbook.from_path(str(home.load_dir(report.load_id) / "quarantine.xlsx"))
    refused = [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]
    corrected = [list(row) for row in refused]
    first = len(ADDRESS)
    corrected[1][first], corrected[2][first + 2] = "12345-002", "2024-03-07"
    _write(root / "more" / "工单更正.csv", corrected)
    again = load(home, ledger, [root / "more"])
    return [
        "## 隔离与更正 / A round of quarantine", "", *_fenced(_text(_ROUND), "csv"), "`fengqiao load 工单.csv`:", "",
        *_fenced("\n".join([_counted(report), *report.messages])),
        "拒收的行在批次文件夹的 `quarantine.xlsx`，每行写明地址、规则和原来的单元格。 The refused rows, with address and rule:", "",
        *_fenced(_text(refused), "csv"),
        "在原处改正，前七列不动，再载入：这些行回到原来的位置。 Correct the cells, leave the first seven columns, load it again:", "",
        *_fenced(_text(corrected), "csv"), *_fenced(_counted(again)),
        "映射连接了几个文件的，把被连接的文件与更正的工作簿一起载入：`fengqiao load 更正.xlsx communities.csv --mapping pingshan`。"
        " Where the mapping joins files, give the joined ones with the correction.", "",
    ]


def _counted(report: LoadReport) -> str:
    return f"读 {report.read} = 载入 {report.loaded} + 合并 {report.merged} + 拒收 {report.quarantined}"


