"""Commands that bring data in: sample, inspect, load, build, publish."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.options import Data, Json, home_and_ledger, settings
from api.console import fail, out, print_json, print_rows, progress
from api.settings import Settings
from graph.build.artifact import Build
from graph.build.run import build_graph
from graph.databases import is_database
from graph.home import Home
from graph.opening import ServerAddress, is_server, publish_embedded, publish_to_server
from ingest.database_load import load_database, preview_database
from ingest.databases import Database
from ingest.load import load as load_files
from ingest.load import preview
from ingest.report import LoadReport
from ingest.sample import FolderNotEmpty, write_messy, write_sample

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
To = Annotated[str, typer.Option("--to", help="另发布到这个 Neo4j 地址 / also publish to this Neo4j", show_default=False)]


def sample(
    folder: Annotated[Path, typer.Argument(help="写到哪个新文件夹 / a new folder to write")] = Path("county"),
    residents: Annotated[int, typer.Option(min=300, max=5_000_000, help="居民人数 / number of residents")] = 20_000,
    seed: Annotated[int, typer.Option(help="随机种子，相同则文件逐字节相同 / same seed, same bytes")] = 19_631_120,
    messy: Annotated[
        bool, typer.Option("--messy", help="按部门实际报送的样子写乱；messy.json 写明哪些行必须拒收 / as departments hand it over")
    ] = False,
    overwrite: Annotated[bool, typer.Option(help="覆盖已有文件夹 / write over an existing folder")] = False,
    json: Json = False,
) -> None:
    """写出一个虚构的样例县（全部十二类表）。 / Write a made-up sample county, all tables.

    例 example: [bold]fengqiao sample county --residents 20000[/bold]
    """
    with progress(quiet=json) as report:
        try:
            write = write_messy if messy else write_sample
            summary = write(folder, residents=residents, seed=seed, overwrite=overwrite, progress=report)
        except ValueError as error:
            fail(f"{error}。 / The number of residents is out of range.")
        except FolderNotEmpty:
            fail(f"文件夹 {folder} 里已有文件。请换一个，或加 --overwrite。 / The folder is not empty; choose another.")
    if json:
        print_json({"folder": str(folder), "rows": summary.rows})
    else:
        print_rows(f"样例县 sample county → {folder}", ["表 table", "行 rows"], [[k, v] for k, v in summary.rows.items()])
        out.print(f"下一步 next: fengqiao load {folder}", markup=False)


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
            "id_key": config.id_key.get_secret_value(),
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


def build(data: Data = None, to: To = "", json: Json = False) -> None:
    """由全部已载入的批次构图并发布，旧图在新图完成前一直可用。 / Build the graph and publish it."""
    config = settings(data)
    home, ledger = home_and_ledger(config)
    started = time.perf_counter()
    with home.writer(), progress(quiet=json) as report:
        made, new = build_graph(home, ledger, choices=config.choices, progress=report)
        built = time.perf_counter()
        publish_embedded(home, made, progress=report)
        _publish_to_servers(config, home, made, to, report)
    seconds = {"build": round(built - started, 2), "publish": round(time.perf_counter() - built, 2)}
    _print_build(made, new, seconds, json)


def publish(data: Data = None, to: To = "", json: Json = False) -> None:
    """把最新的图（再次）发布到引擎；中断过的发布由此补完。 / Publish the newest build again, or finish a publication."""
    config = settings(data)
    home, ledger = home_and_ledger(config)
    with home.writer(), progress(quiet=json) as report:
        builds = ledger.builds()
        newest = home.build(builds[-1].number) if builds else None
        if newest is None:
            fail("还没有构好的图，请先运行 fengqiao build。 / Nothing built yet; run fengqiao build first.")
        publish_embedded(home, newest, progress=report)
        _publish_to_servers(config, home, newest, to, report)
    _print_build(newest, False, {}, json)


def _publish_to_servers(config: Settings, home: Home, made: Build, to: str, report: Any) -> None:
    if to and not is_server(to):
        fail("--to 应为 bolt:// 或 neo4j:// 地址 / takes a bolt:// or neo4j:// address")
    known = config.server
    server = known
    if to and (known is None or known.url != to):
        server = ServerAddress(to, known.user if known else "", known.password if known else "")
    if server is not None:
        publish_to_server(home, made, server, progress=report)


def _print_build(made: Build, new: bool, seconds: dict[str, float], json: bool) -> None:
    card = made.card
    if json:
        print_json({
            "build": card.number, "new": new, "graph_hash": card.graph_hash, "full_hash": card.full_hash,
            "counts": card.counts, "seconds": seconds,
        })
        return
    rows = [[name, n] for name, n in card.counts.items() if n and "." not in name]
    print_rows(f"图 build {card.number}（{'新' if new else '没有变化 unchanged'}）", ["节点 nodes", "数量 count"], rows)
    edges = sum(n for name, n in card.counts.items() if name.count(".") == 2 and not name.startswith("unresolved"))
    unresolved = sum(n for name, n in card.counts.items() if name.startswith("unresolved"))
    hint = "（fengqiao unresolved 可列出）" if unresolved else ""
    out.print(f"边 edges {edges} · 未能对应的引用 unresolved {unresolved}{hint} · {card.graph_hash}", markup=False)
    if seconds:
        out.print(f"构图 build {seconds['build']} s · 发布 publish {seconds['publish']} s", markup=False, style="dim")
