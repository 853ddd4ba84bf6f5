"""Commands that bring data in: inspect, load."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.options import Data, Json, home_and_ledger, settings
from api.console import fail, out, print_json, print_rows, progress
from api.settings import Settings
from graph.databases import is_database
from graph.home import Home
from ingest.database_load import load_database, preview_database
from ingest.databases import Database
from ingest.load import load as load_files
from ingest.load import preview
from ingest.report import LoadReport

Paths = Annotated[
    list[str], typer.Argument(help="文件、文件夹，或一个数据库地址 / files, folders, or one database address (postgresql://…, sqlite:///…)")
]
Tables = Annotated[
    list[str] | None, typer.Option("--table", help="只读数据库的这张表，可多次 / only this table of the database", show_default=False)
]
Query = Annotated[str, typer.Option(help="读数据库的一条 SELECT / one SELECT to read from the database", show_default=False)]
Mapping = Annotated[
    str, typer.Option(help="外来表的映射：自带名称（wenzheng、pingshan…）或 YAML 文件 / mapping for foreign shapes")
]
Provider = Annotated[str, typer.Option("--provider", "--source", help="数据来源（部门名称） / who handed the data over")]
Replaces = Annotated[bool, typer.Option(
    "--replaces", "--full", help="本次是该来源这些表的全量：此前批次中的这些表不再算数 / the complete new version of these tables",
)]
DryRun = Annotated[bool, typer.Option(help="只检查和比较，什么都不写入 / check and compare, keep nothing")]
MaxRejects = Annotated[float | None, typer.Option(
    min=0, max=1, help="拒收行占比上限，默认取 FENGQIAO_MAX_REJECT_SHARE / share of refused rows that stops the load",
    show_default=False,
)]


def inspect(
    paths: Paths,
    mapping: Mapping = "",
    table: Tables = None,
    query: Query = "",
    json: Json = False,
) -> None:
    """看一看文件会被认作什么表、为什么，不写入任何东西。 / Preview what would be recognised; writes nothing.

    例 examples: [bold]fengqiao inspect 居民.xlsx[/bold] · [bold]fengqiao inspect 留言.xlsx --mapping wenzheng[/bold]
    """
    source = _database(settings(), paths, table, query)
    shape = mapping or None
    found = (
        preview_database(source, mapping=shape) if source else preview([Path(path) for path in paths], mapping=shape)
    )
    if json:
        print_json([p.to_dict() for p in found])
        return
    rows = [[p.file, p.sheet, p.table or "（未识别）", p.why] for p in found]
    print_rows("识别结果 recognised", ["文件 file", "工作表 sheet", "表 table", "依据 why"], rows)


def load(
    paths: Paths,
    mapping: Mapping = "",
    provider: Provider = "",
    table: Tables = None,
    query: Query = "",
    replaces: Replaces = False,
    dry_run: DryRun = False,
    max_rejects: MaxRejects = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """载入文件：识别、检查、逐行交代（已载入 + 合并 + 拒收 = 读到的行）。 / Load files; every row is accounted for.

    同一来源再次送来同一张表时，默认是增补：同一事物以新行为准，没有提到的保留；加 --replaces 则以本次为全量，没有提到的撤回。
    先用 --dry-run 看看会新增、变更、撤回多少。

    拒收的行在 quarantine.xlsx 中：改正单元格、另存、再 load，它们就回到原来的位置。 Correct it, load it again.

    例 examples: [bold]fengqiao load county[/bold] · [bold]fengqiao load 留言.xlsx --mapping wenzheng[/bold] ·
    [bold]fengqiao load 居民.xlsx --source 民政局 --replaces --dry-run[/bold] · [bold]fengqiao load 改正后的quarantine.xlsx[/bold]
    · [bold]fengqiao load postgresql://reader@host/county[/bold]
    """
    config = settings(data)
    source = _database(config, paths, table, query)
    home, ledger = home_and_ledger(config)
    with progress(quiet=json) as report:
        options: dict[str, Any] = {
            "mapping": mapping or None, "provider": provider, "progress": report, "replaces": replaces, "dry_run": dry_run,
            "max_reject_share": config.max_reject_share if max_rejects is None else max_rejects,
        }
        if source:
            result = load_database(home, ledger, source, **options)
        else:
            result = load_files(home, ledger, [Path(path) for path in paths], **options)
    if json:
        print_json(result.to_dict())
    else:
        _print_load(result, home)


def _database(config: Settings, paths: list[str], tables: list[str] | None, query: str) -> Database | None:
    """The database that is to be read, None for files; leaves with a message when the words do not go together."""
    databases = [path for path in paths if is_database(path)]
    if databases and len(paths) > 1:
        fail("数据库地址要单独给。 / Give a database address alone.")
    if not databases and (tables or query):
        fail("--table 和 --query 只用于数据库地址。 / --table and --query go with a database address.")
    if tables and query:
        fail("--table 和 --query 只能用一个。 / Use either --table or --query.")
    return Database(databases[0], tables or (), query, config.source_password.get_secret_value()) if databases else None


def _print_load(result: LoadReport, home: Home) -> None:
    rows = [
        [p.file, p.sheet, p.table, p.read, p.loaded, p.merged, p.quarantined, sum(p.cell_issues.values())]
        for p in result.parts
    ]
    headers = ["文件 file", "工作表 sheet", "表 table", "读 read", "载入 loaded", "合并 merged", "拒收 quarantined", "单元格 cells"]
    print_rows(f"批次 load {result.load_id}", headers, rows)
    if result.changes:
        compared = [[c.table, c.added, c.changed, c.withdrawn, c.absent - c.withdrawn, c.unchanged] for c in result.changes]
        print_rows("与该来源此前的批次相比 changes", [
            "表 table", "新增 added", "变更 changed", "撤回 withdrawn", "未提到 not named", "未变 unchanged",
        ], compared)
    for message in result.messages:
        out.print(f"  · {message}", markup=False, highlight=False)
    if result.dry_run:
        return
    if any(p.quarantined for p in result.parts):
        book = home.load_dir(result.load_id) / "quarantine.xlsx"
        out.print(f"拒收的行 quarantine: {book}（改正单元格后另存，再 fengqiao load / correct it and load it again）", markup=False)
    out.print("下一步 next: fengqiao build", markup=False)
