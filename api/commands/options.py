"""Options that several commands share, and what they open."""

from __future__ import annotations

from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError

from api.console import fail
from api.settings import Settings
from graph.address import is_server
from graph.home import Home
from graph.ledger import Ledger

if TYPE_CHECKING:
    from graph.store import Store

Data = Annotated[
    Path | None, typer.Option("--data", help="数据目录，默认取 FENGQIAO_DATA 或 ./data / data directory", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档 / print one JSON document")]
Engine = Annotated[
    str, typer.Option("--engine", help="由谁回答：embedded、neo4j 或 bolt:// 地址 / which engine", show_default=False)
]

ASK_CONTEXT: dict[str, Any] = {
    "context_settings": {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
}
"""How a command is registered whose options are the parameters of a question."""


def settings(data: Path | None = None) -> Settings:
    """The settings, with the data directory of the command line if one was given."""
    try:
        found = Settings()
    except ValidationError as error:
        names = "、".join(f"FENGQIAO_{str(e['loc'][0]).upper()}" for e in error.errors())
        fail(f"设置有误：{names}。请检查环境变量或 .env 文件。 / Wrong settings; check the environment.")
    return found.model_copy(update={"data": data}) if data else found


def home_and_ledger(config: Settings) -> tuple[Home, Ledger]:
    """The data directory and its ledger; the directory is made if it is not there."""
    home = Home(config.data)
    return home, Ledger(home, config.ledger_url)


def store(config: Settings, engine: str = "") -> AbstractContextManager[Store]:
    """A store on the engine that is asked for, by default the one that is set. The engines are slow to import."""
    from graph.opening import open_store

    chosen = engine or config.engine
    server = config.server
    id_key = config.id_key.get_secret_value()
    if chosen == "embedded":
        return closing(open_store(
            config.data, id_key=id_key, timeout=config.timeout, ledger_url=config.ledger_url, law_packs=config.packs,
        ))
    if chosen == "neo4j" and server is None:
        fail("没有设定 FENGQIAO_NEO4J_URL。请设定，或用 --engine embedded。 / FENGQIAO_NEO4J_URL is not set.")
    if chosen != "neo4j" and not is_server(chosen):
        fail("--engine 应为 embedded、neo4j 或 bolt:// 地址 / takes embedded, neo4j or a bolt:// address")
    url = server.url if chosen == "neo4j" and server else chosen
    user, password = (server.user, server.password) if server else ("", "")
    database = server.database if server else "neo4j"
    return closing(
        open_store(
            url, user=user, password=password, database=database, id_key=id_key, timeout=config.timeout,
            data=config.data, ledger_url=config.ledger_url, law_packs=config.packs,
        )
    )
