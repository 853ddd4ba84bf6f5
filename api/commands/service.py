"""Commands about the system itself: verify, serve, status, doctor."""

from __future__ import annotations

import logging
import socket
from dataclasses import replace
from typing import Annotated, Any

import typer

from api.commands.options import Data, Engine, Json, home_and_ledger, settings, store
from api.commands.versions import describe_loads
from api.console import err, fail, out, print_json, print_rows, progress
from api.doctor import examine
from api.settings import Settings
from graph.engines.ladybug import LadybugReader
from graph.home import Home
from graph.ledger import ACTIVE
from graph.opening import ServerAddress, is_server, server_reader
from graph.verify import Verification
from graph.verify import verify as verify_engine

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def verify(data: Data = None, engine: Engine = "", json: Json = False) -> None:
    """把引擎里的图读回来，与构图时的散列核对；不一致则退出码为 1。 / Read an engine back and compare hashes."""
    config = settings(data)
    reader = _reader(config, engine or config.engine)
    try:
        with progress(quiet=json) as report:
            result = verify_engine(reader, progress=report)
    finally:
        reader.close()
    _print_verification(result, json)
    if not result.equal:
        raise SystemExit(1)


def _reader(config: Settings, engine: str) -> Any:
    if engine == "embedded":
        home = Home(config.data)
        number = home.current_number()
        if number is None:
            fail("还没有可用的图，请先运行 fengqiao build。 / No graph yet; run fengqiao build.")
        return LadybugReader(home.build_dir(number) / "graph.lbug")
    server = config.server
    if engine == "neo4j" and server is None:
        fail("没有设定 FENGQIAO_NEO4J_URL。 / FENGQIAO_NEO4J_URL is not set.")
    if engine != "neo4j" and not is_server(engine):
        fail("--engine 应为 embedded、neo4j 或 bolt:// 地址 / takes embedded, neo4j or a bolt:// address")
    url = server.url if engine == "neo4j" and server else engine
    return server_reader(replace(server, url=url) if server else ServerAddress(url))


def _print_verification(result: Verification, json: bool) -> None:
    if json:
        print_json({
            "equal": result.equal, "build": result.mark.number, "rows": result.rows,
            "said": {"graph_hash": result.mark.graph_hash, "full_hash": result.mark.full_hash},
            "found": {"graph_hash": result.graph_hash, "full_hash": result.full_hash},
        })
    elif result.equal:
        out.print(f"一致 equal：图 {result.mark.number}，{result.rows} 行，{result.graph_hash}", style="green", markup=False)
    else:
        err.print(f"不一致 NOT equal：图 {result.mark.number}。请运行 fengqiao publish 重新发布。", style="bold red", markup=False)


def serve(
    data: Data = None,
    engine: Engine = "",
    host: Annotated[str, typer.Option(help="监听地址 / listening address", show_default=False)] = "",
    port: Annotated[int, typer.Option(help="监听端口 / listening port", show_default=False)] = 0,
    allow_remote: Annotated[bool, typer.Option(help="允许监听本机以外的地址 / allow other than loopback")] = False,
) -> None:
    """在本机提供 HTTP 服务。尚无账号，任何能连上的人都能看到全部数据，故默认只监听 127.0.0.1。 / Serve over HTTP."""
    import uvicorn

    from api.app import create_app

    config = settings(data)
    host, port = host or config.host, port or config.port
    if host not in LOOPBACK and not allow_remote:
        fail("系统尚无账号与权限，监听本机以外的地址会让任何人看到全部数据。确有其他防护时加 --allow-remote。"
             " / There are no accounts yet; add --allow-remote only behind other protection.")
    _check_port(host, port)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    _, ledger = home_and_ledger(config)
    hosts = ("*",) if host not in LOOPBACK else ("127.0.0.1", "localhost", "[::1]")
    with store(config, engine) as opened:
        mark = opened.mark()
        out.print(f"图 build {mark.number} · http://{host}:{port}/api/v1/questions · Ctrl-C 结束 to stop", markup=False)
        application = create_app(opened, ledger=ledger, limit=config.limit, allowed_hosts=hosts)
        uvicorn.run(application, host=host, port=port, access_log=False, log_level="warning")


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            fail(f"不能监听 {host}:{port}（{error.strerror}）。请用 --port 换一个端口。 / Choose another port with --port.")


def status(data: Data = None, json: Json = False) -> None:
    """数据目录里有什么：批次、图、当前版本。 / What the data directory holds."""
    config = settings(data)
    home, ledger = home_and_ledger(config)
    loads, builds, current = describe_loads(home, ledger), ledger.builds(), home.current_number()
    still_open = sum(x["open_refusals"] for x in loads if x["state"] == ACTIVE)
    if json:
        print_json({
            "data": str(home.root), "current": current, "open_refusals": still_open,
            "loads": [{**{k: x[k] for k in ("load_id", "mapping", "provider", "state", "loaded_at", "open_refusals")},
                       "rows": x["read"]} for x in loads],
            "builds": [{"number": b.number, "graph_hash": b.graph_hash, "created_at": b.created_at} for b in builds],
        })
        return
    rows = [[x[k] for k in ("load_id", "mapping", "provider", "standing", "loaded_at", "read", "open_refusals")] for x in loads]
    print_rows("批次 loads", ["批次", "映射 mapping", "来源 provider", "状态 state", "时间 at", "行 rows", "未补正 open"], rows)
    if still_open:
        out.print(f"还有 {still_open} 条被拒收的行没有补正 / refused rows still open", markup=False)
    shown = [["→" if b.number == current else "", b.number, b.graph_hash[:16], b.created_at] for b in builds]
    print_rows("图 builds", ["当前 current", "编号 number", "散列 hash", "时间 at"], shown)


def doctor(data: Data = None, json: Json = False) -> None:
    """检查数据目录、版本、引擎与设置，并说明该怎么办；有错则退出码为 1。 / Check everything and say what to do."""
    config = settings(data)
    findings = examine(config)
    if json:
        print_json([{"what": f.what, "ok": f.ok, "says": f.says} for f in findings])
    else:
        rows = [["✓" if f.ok else "✗", f.what, f.says] for f in findings]
        print_rows("检查 doctor", ["", "项目 what", "结果 result"], rows)
    if not all(f.ok for f in findings):
        raise SystemExit(1)


