"""What `fengqiao doctor` looks at. Each finding says what was found and, when it is bad, what to do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from api.settings import Settings
from graph.engines.base import EngineError, NothingPublished
from graph.engines.ladybug import LadybugReader
from graph.engines.neo4j import Neo4jReader
from graph.home import Home, HomeError
from graph.ledger import Ledger
from graph.opening import DEFAULT_ID_KEY

LOW_SPACE = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    ok: bool
    says: str


def examine(config: Settings) -> list[Finding]:
    """All findings, in the order a newcomer would mend them."""
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _versions, _directory, _ledger, _embedded, _server, _settings,
    )
    return [finding for check in checks for finding in check(config)]


def _versions(_config: Settings) -> Iterator[Finding]:
    packages = " · ".join(f"{name} {version(name)}" for name in ("fengqiao", "ladybug", "duckdb", "fastapi"))
    yield Finding("版本 versions", sys.version_info >= (3, 11), f"Python {sys.version.split()[0]} · {packages}")


def _directory(config: Settings) -> Iterator[Finding]:
    home = Home(config.data)
    try:
        home.create()
    except HomeError as error:
        yield Finding("数据目录 data", False, str(error))
        return
    free = shutil.disk_usage(home.root).free
    says = f"{home.root.resolve()} · 可用空间 free {free / 1024**3:.1f} GiB"
    yield Finding("数据目录 data", free > LOW_SPACE, says + ("" if free > LOW_SPACE else "，空间不足，请清理 / low space"))


def _ledger(config: Settings) -> Iterator[Finding]:
    try:
        ledger = Ledger(Home(config.data), config.ledger_url)
        loads = ledger.loads()
    except HomeError as error:
        yield Finding("台账 ledger", False, str(error))
        return
    missing = [x.load_id for x in loads if not Home(config.data).load_dir(x.load_id).exists()]
    says = f"批次 {len(loads)} · 图 {len(ledger.builds())}"
    yield Finding("台账 ledger", not missing, says if not missing else f"{says}，缺少文件夹：{'、'.join(missing)}，请从备份恢复")


def _embedded(config: Settings) -> Iterator[Finding]:
    home = Home(config.data)
    number = home.current_number()
    if number is None:
        yield Finding("内嵌引擎 embedded", True, "还没有图：先 fengqiao load，再 fengqiao build / no graph yet")
        return
    try:
        reader = LadybugReader(home.build_dir(number) / "graph.lbug")
        mark = reader.mark()
        reader.close()
        yield Finding("内嵌引擎 embedded", True, f"图 build {mark.number} · {mark.graph_hash[:16]}")
    except EngineError as error:
        yield Finding("内嵌引擎 embedded", False, f"{error} 可运行 fengqiao publish 重新发布。")


def _server(config: Settings) -> Iterator[Finding]:
    server = config.server
    if server is None:
        yield Finding("Neo4j", True, "未设定（FENGQIAO_NEO4J_URL） / not set")
        return
    try:
        reader = Neo4jReader(server.url, server.user, server.password, server.database)
        mark = reader.mark()
        reader.close()
        says = f"图 build {mark.number}" + ("" if mark.complete else "，发布未完成，请运行 fengqiao publish")
        yield Finding("Neo4j", mark.complete, says)
    except NothingPublished:
        yield Finding("Neo4j", True, "已连接，尚未发布 / reachable, nothing published")
    except EngineError as error:
        yield Finding("Neo4j", False, str(error))


def _settings(config: Settings) -> Iterator[Finding]:
    default = config.id_key.get_secret_value() == DEFAULT_ID_KEY
    says = "默认密钥：正式使用前请设定 FENGQIAO_ID_KEY / default key: set your own before real use" if default else "已设定 / set"
    yield Finding("散列密钥 id key", True, says)
