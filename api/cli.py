"""The command `fengqiao`: files in, a graph, questions answered, a service."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from api.commands.options import ASK_CONTEXT
from api.console import fail
from graph.build.export import BuildError
from graph.engines.base import EngineError
from graph.errors import AskError
from graph.home import HomeError
from graph.law.book import InvalidLaw
from ingest.errors import LoadError


class _Commands(TyperGroup):
    """The commands, each module imported when its command is run: a load need not wait for the libraries of the service."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return list(_PLACES)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        if cmd_name not in _PLACES:
            return None
        module = import_module(f"api.commands.{_PLACES[cmd_name]}")
        if isinstance(group := getattr(module, "app", None), typer.Typer):
            command: Any = typer.main.get_command(group)
        else:
            alone = typer.Typer(add_completion=False, rich_markup_mode="rich")
            alone.command(cmd_name, **(ASK_CONTEXT if cmd_name in _TAKE_ANY else {}))(getattr(module, cmd_name))
            command = typer.main.get_command(alone)
        command.name = cmd_name
        return command


_PLACES = {
    "sample": "sampling", "inspect": "loading", "load": "loading", "loads": "versions", "withdraw": "versions",
    "build": "building", "publish": "building", "questions": "asking", "ask": "asking", "check": "checking",
    "history": "history", "unresolved": "unresolved", "identities": "identities", "links": "links", "tour": "tour",
    "verify": "service", "serve": "service", "status": "service", "doctor": "service",
}
"""The module of every command, in the order they are listed."""
_TAKE_ANY = {"ask", "check"}
"""Commands whose options are the parameters of a question."""

app = typer.Typer(
    name="fengqiao", cls=_Commands, no_args_is_help=True, add_completion=False, rich_markup_mode="rich",
    help="枫桥：基层治理知识图谱。先 load 载入各部门的表，再 build 构图，然后 ask 提问或 serve 提供服务。\n\n"
    "A knowledge graph of grassroots governance: load files, build the graph, ask questions, serve answers.",
    epilog="第一次使用：fengqiao sample county && fengqiao load county && fengqiao build && "
    "fengqiao ask repeat_petitioners",
)


@app.callback()
def _root() -> None:
    """Without a command of its own, so that Typer makes a group."""


def main() -> None:
    """Run the command; a domain error becomes one clear sentence and exit code 1."""
    try:
        app()
    except (AskError, EngineError, HomeError, BuildError, LoadError, InvalidLaw) as error:
        fail(str(error))
    except KeyboardInterrupt:
        fail("已中断，已完成的部分不受影响，可以重新运行。 / Interrupted; run it again.", code=130)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        fail(f"磁盘或文件出错（{error.strerror}）。请检查磁盘空间与权限后重新运行。 / Check disk space and permissions, then run again.")
