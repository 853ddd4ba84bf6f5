"""What can go wrong with a question, as facts. Faces turn these into exit codes, statuses and pages.

The texts are for the person who asked, Chinese first; they name parameters and ids, never values of persons.
"""

from __future__ import annotations


class AskError(Exception):
    """A question could not be answered as it was put."""


class UnknownQuestion(AskError):
    """There is no question with this name."""

    def __init__(self, name: str, near: list[str]) -> None:
        hint = f"是否想问 {'、'.join(near)}？" if near else "运行 fengqiao questions 可列出全部问题。"
        super().__init__(f"没有名为 {name!r} 的问题。{hint} / No question has this name; list them with: fengqiao questions")
        self.name = name


class WrongParameter(AskError):
    """A parameter is missing, unknown or of the wrong form; the text says what it takes."""

    def __init__(self, name: str, takes: str) -> None:
        super().__init__(f"参数 {name}：{takes}")
        self.name = name
        self.takes = takes


class NotFound(AskError):
    """No such thing in the graph, or none that the caller may see: the two are never told apart."""

    def __init__(self, what: str) -> None:
        super().__init__(f"没有找到 {what}。 / Not found.")
        self.what = what


class CannotJudge(AskError):
    """A judgement could never hold, or was undone before; the text says why."""


class NoHistory(AskError):
    """The store is over a server and was given no data directory, so nobody can say which rows said what."""

    def __init__(self) -> None:
        super().__init__(
            "来历与未能对应的引用要从数据目录里查，这里只连着图数据库。请用 --data 或 graph.open(数据目录)。"
            " / History and unresolved references are read from the data directory; open the graph with it."
        )
