"""The question library: every `questions/<group>/<name>.cypher` file as a checked, frozen record.

A file is a block comment with the header (YAML) and the text; `// part: name` begins a further part. A sibling
`<name>.<dialect>.cypher` holds only text, for the rare question that one wording cannot serve.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from cypher.check import check, check_against
from cypher.dialects import DIALECTS
from cypher.header import read
from cypher.question import Column, InvalidQuestion, Param, Part, Question
from cypher.tokens import InvalidText

__all__ = ["Column", "InvalidQuestion", "Library", "Param", "Part", "Question", "check_against", "load"]


class Library(Mapping[str, Question]):
    """Questions by name, in order of group and name."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self._questions = dict(questions)

    def __getitem__(self, name: str) -> Question:
        return self._questions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._questions)

    def __len__(self) -> int:
        return len(self._questions)

    @property
    def listed(self) -> tuple[Question, ...]:
        """The questions callers are offered, without the internal ones."""
        return tuple(q for q in self._questions.values() if not q.internal)


def load(folder: Path | None = None) -> Library:
    """All questions of a folder, by default the shipped ones; InvalidQuestion names the file that is wrong."""
    return shipped() if folder is None else _load(folder)


@cache
def shipped() -> Library:
    """The questions that come with the application, read once a process."""
    return _load(Path(str(files("cypher").joinpath("questions"))))


def _load(root: Path) -> Library:
    questions: dict[str, Question] = {}
    for path in sorted(root.glob("*/*.cypher")):
        if path.name.count(".") > 1:
            _check_sibling(path, root)
            continue
        if path.stem in questions:
            raise InvalidQuestion(f"{path.relative_to(root)}: the name is taken by group {questions[path.stem].group}")
        questions[path.stem] = _load_file(path, root)
    return Library(questions)


def _load_file(path: Path, root: Path) -> Question:
    siblings = {d: path.with_name(f"{path.stem}.{d}.cypher") for d in DIALECTS}
    texts = {d: sibling.read_text(encoding="utf-8") for d, sibling in siblings.items() if sibling.exists()}
    try:
        question = read(path.stem, path.parent.name, path.read_text(encoding="utf-8"), texts)
        check(question)
    except (InvalidQuestion, InvalidText) as error:
        raise InvalidQuestion(f"{path.relative_to(root)}: {error}") from error
    return question


def _check_sibling(path: Path, root: Path) -> None:
    """A sibling must belong to a question and to an engine, or it would be ignored in silence."""
    name, dialect, _ = path.name.split(".", 2)
    if dialect not in DIALECTS or not path.with_name(f"{name}.cypher").exists():
        raise InvalidQuestion(f"{path.relative_to(root)}: belongs to no question and engine")
