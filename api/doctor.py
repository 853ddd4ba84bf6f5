"""What `fengqiao doctor` looks at. Each finding says what was found and, when it is bad, what to do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version

from api.settings import Settings
from graph.build.choices import key_mark
from graph.build.inputs import inputs_hash
from graph.engines.base import EngineError, NothingPublished
from graph.engines.ladybug import LadybugReader
from graph.home import Home, HomeError
from graph.law.reading import InvalidLaw
from graph.ledger import Ledger
from graph.opening import DEFAULT_ID_KEY, server_reader
from graph.workdays import HEADER, OVERLAY, Calendar, InvalidCalendar, published_years

LOW_SPACE = 2 * 1024**3
LONGEST_PERIOD = timedelta(days=90)
"""No period of the petition rules that begins today ends later than this."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    ok: bool
    says: str


def examine(config: Settings) -> list[Finding]:
    """All findings, in the order a newcomer would mend them."""
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _versions, _directory, _ledger, _embedded, _server, _calendar, _settings,
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
    known = {x.load_id for x in loads}
    strays = sorted(x.name for x in Home(config.data).loads.glob("[!.]*") if x.name not in known)
    if strays:
        says += f"，{len(strays)} 个文件夹没有登记（载入在最后一刻中断；再载入同样的文件即补上）：{'、'.join(strays[:5])}"
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
        yield _fresh(config, home, f"图 build {mark.number} · {mark.graph_hash[:16]}")
    except EngineError as error:
        yield Finding("内嵌引擎 embedded", False, f"{error} 可运行 fengqiao publish 重新发布。")


def _fresh(config: Settings, home: Home, says: str) -> Finding:
    """Whether the current graph is made from the loads, judgements and choices as they are now; what is wrong with those is
    found elsewhere."""
    number = home.current_number()
    build = home.build(number) if number is not None else None
    try:
        ledger = Ledger(home, config.ledger_url)
        loads, judged, links = ledger.loads(active_only=True), ledger.judgements.active(), ledger.link_judgements.active()
        fresh = build is None or build.card.inputs_hash == inputs_hash(loads, judged, config.choices, links)
    except (HomeError, InvalidLaw, InvalidCalendar):
        fresh = True
    if not fresh:
        says += "；之后批次、判断、设置或规则有变，请运行 fengqiao build / loads, judgements or settings changed: run fengqiao build"
    return Finding("内嵌引擎 embedded", fresh, says)


def _server(config: Settings) -> Iterator[Finding]:
    server = config.server
    if server is None:
        yield Finding("Neo4j", True, "未设定（FENGQIAO_NEO4J_URL） / not set")
        return
    try:
        reader = server_reader(server)
        mark = reader.mark()
        reader.close()
        says = f"图 build {mark.number}" + ("" if mark.complete else "，发布未完成，请运行 fengqiao publish")
        yield Finding("Neo4j", mark.complete, says)
    except NothingPublished:
        yield Finding("Neo4j", True, "已连接，尚未发布 / reachable, nothing published")
    except EngineError as error:
        yield Finding("Neo4j", False, str(error))


def _calendar(config: Settings) -> Iterator[Finding]:
    home = Home(config.data)
    number = home.current_number()
    build = home.build(number) if number is not None else None
    try:
        own = Calendar.load(home.law)
    except InvalidCalendar as error:
        yield Finding("工作日历 calendar", False, str(error))
        return
    yield calendar(date.today(), build.card.latest_day if build else "", own)


def calendar(today: date, latest: str, own: Calendar) -> Finding:
    """Whether the days off of the years that matter are arranged: this year, that of the newest data, those ahead.

    `latest` is the newest day of the data as ISO text, or empty; a year beyond the next is taken for a slip of the pen.
    `own` has what an administrator added.
    """
    published = published_years()
    needed = {today.year, *([int(latest[:4])] if latest and int(latest[:4]) <= today.year + 1 else [])}
    missing = sorted(({(today + LONGEST_PERIOD).year} | needed) - own.years)
    says = f"节假日安排已收录 {min(published)}—{max(published)} 年"
    if own.said or own.arranged:
        years = f"，补齐 {'、'.join(map(str, sorted(own.arranged)))} 年" if own.arranged else ""
        says += f"，law/{OVERLAY} 另载 {len(own.said)} 天{years}"
    if missing:
        says += (
            f"，缺 {'、'.join(map(str, missing))} 年：届满日落在这些年份的期限按周末推算，并标明“安排未公布”。"
            "国务院办公厅通常在上一年11月公布安排，公布后请升级（pip install -U chinesecalendar），"
            f"或填写 law/{OVERLAY}（{'、'.join(HEADER)}） / periods that end then are estimated from weekdays, and say so"
        )
    return Finding("工作日历 calendar", needed <= own.years, says)


def _settings(config: Settings) -> Iterator[Finding]:
    home, key = Home(config.data), config.id_key.get_secret_value()
    number = home.current_number()
    build = home.build(number) if number is not None else None
    if build and build.card.key_mark not in ("", key_mark(key)):
        yield Finding(
            "散列密钥 id key", False,
            "与当前的图所用的密钥不同，按证件号码和电话找不到人：请改回原来的 FENGQIAO_ID_KEY，或运行 fengqiao build"
            " / not the key of the current graph, so nobody is found by number; set the former key or run fengqiao build",
        )
        return
    default = key == DEFAULT_ID_KEY
    says = "默认密钥：正式使用前请设定 FENGQIAO_ID_KEY / default key: set your own before real use" if default else "已设定 / set"
    yield Finding("散列密钥 id key", True, says)
