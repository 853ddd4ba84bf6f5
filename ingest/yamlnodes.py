"""YAML that remembers its lines, so that whatever is wrong in a mapping is named by file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ingest.errors import MappingError


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a mapping file."""

    file: str
    line: int

    def error(self, zh: str, en: str) -> MappingError:
        """The error to raise for what stands here."""
        return MappingError(f"映射 {self.file}:{self.line}：{zh}", f"mapping {self.file}:{self.line}: {en}")


@dataclass(frozen=True, slots=True)
class Item:
    """One YAML value and where it stands."""

    node: Node
    file: str

    @property
    def place(self) -> Place:
        return Place(self.file, self.node.start_mark.line + 1)

    @property
    def is_text(self) -> bool:
        return isinstance(self.node, ScalarNode)

    @property
    def is_block(self) -> bool:
        return isinstance(self.node, MappingNode)

    def text(self) -> str:
        """A scalar as written; numbers and booleans too are text."""
        if not isinstance(self.node, ScalarNode):
            raise self.place.error("这里应是一个文字", "a plain value is expected here")
        return str(self.node.value)

    def number(self) -> int:
        try:
            return int(self.text())
        except ValueError:
            raise self.place.error("这里应是整数", "a whole number is expected here") from None

    def flag(self) -> bool:
        text = self.text()
        if text not in ("true", "false"):
            raise self.place.error("这里应是 true 或 false", "true or false is expected here")
        return text == "true"

    def items(self) -> list[Item]:
        """The members of a list."""
        if not isinstance(self.node, SequenceNode):
            raise self.place.error("这里应是一个列表", "a list is expected here")
        return [Item(node, self.file) for node in self.node.value]

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.items())

    def entries(self, *allowed: str) -> dict[str, Item]:
        """The keys of a block in order; a key that is not allowed (when any are given) or comes twice is an error."""
        found: dict[str, Item] = {}
        for key, value in self._pairs():
            if allowed and key.text() not in allowed:
                raise key.place.error(f"不认识“{key.text()}”，可用：{'、'.join(allowed)}", f"unknown key; use one of {allowed}")
            if key.text() in found:
                raise key.place.error(f"“{key.text()}”写了两次", "a key is given twice")
            found[key.text()] = value
        return found

    def keys(self) -> dict[str, Place]:
        """Where each key of a block stands."""
        return {key.text(): key.place for key, _ in self._pairs()}

    def need(self, key: str, entries: dict[str, Item]) -> Item:
        if key not in entries:
            raise self.place.error(f"缺少“{key}”", f"{key} is missing")
        return entries[key]

    def _pairs(self) -> Iterator[tuple[Item, Item]]:
        if not isinstance(self.node, MappingNode):
            raise self.place.error("这里应是“名称: 值”的形式", "a block of key: value is expected here")
        for key, value in self.node.value:
            yield Item(key, self.file), Item(value, self.file)


def compose(text: str, file: str) -> Item:
    """The root of a YAML text; raises MappingError with the line where it is no YAML."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Place(file, line).error("不是合格的 YAML", "not well-formed YAML") from None
    except yaml.YAMLError:
        raise Place(file, 1).error("不是合格的 YAML", "not well-formed YAML") from None
    if node is None:
        raise Place(file, 1).error("文件是空的", "the file is empty")
    return Item(node, file)
