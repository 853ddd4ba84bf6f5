"""The command `fengqiao`: files in, a graph, questions answered, a service."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import typer

from api.commands import asking, checking, history, identities, links, loading, service, tour, unresolved, versions
from api.console import fail
from graph.build.export import BuildError
from graph.engines.base import EngineError
from graph.errors import AskError
from graph.home import HomeError
from graph.law.book import InvalidLaw
from ingest.errors import LoadError

app = typer.Typer(
    name="fengqiao", no_args_is_help=True, add_completion=False, rich_markup_mode="rich",
    help="枫桥：基层治理知识图谱。先 load 载入各部门的表，再 build 构图，然后 ask 提问或 serve 提供服务。\n\n"
    "A knowledge graph of grassroots governance: load files, build the graph, ask questions, serve answers.",
    epilog="第一次使用：fengqiao sample county && fengqiao load county && fengqiao build && "
    "fengqiao ask repeat_petitioners",
)
_COMMANDS: tuple[tuple[str, Callable[..., Any], dict[str, Any]], ...] = (
    ("sample", loading.sample, {}),
    ("inspect", loading.inspect, {}),
    ("load", loading.load, {}),
    ("loads", versions.loads, {}),
    ("withdraw", versions.withdraw, {}),
    ("build", loading.build, {}),
    ("publish", loading.publish, {}),
    ("questions", asking.questions, {}),
    ("ask", asking.ask, asking.ASK_CONTEXT),
    ("check", checking.check, asking.ASK_CONTEXT),
    ("history", history.history, {}),
    ("unresolved", unresolved.unresolved, {}),
    ("tour", tour.tour, {}),
    ("verify", service.verify, {}),
    ("serve", service.serve, {}),
    ("status", service.status, {}),
    ("doctor", service.doctor, {}),
)
for _name, _function, _context in _COMMANDS:
    app.command(_name, **_context)(_function)
app.add_typer(identities.app, name="identities")
app.add_typer(links.app, name="links")


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
