"""Commands that make the graph: build, publish."""

from __future__ import annotations

import time
from typing import Annotated, Any

import typer

from api.commands.options import Data, Json, home_and_ledger, settings
from api.console import fail, out, print_json, print_rows, progress
from api.settings import Settings
from graph.address import ServerAddress, is_server
from graph.build.artifact import Build
from graph.build.run import build_graph
from graph.home import Home
from graph.opening import publish_embedded, publish_to_server

To = Annotated[str, typer.Option("--to", help="另发布到这个 Neo4j 地址 / also publish to this Neo4j", show_default=False)]


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
