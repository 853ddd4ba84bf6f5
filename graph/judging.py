"""What every desk of judgements does alike: words that must be given, taking a judgement back, and what happens next."""

from __future__ import annotations

from unicodedata import category

from graph.errors import CannotJudge, NotFound, WrongParameter
from graph.judgements import Judgement, JudgementBook
from graph.ledger import now

NEXT_BUILD = "判断已记下，下次 fengqiao build 生效。 / Written down; the next build applies it."
LONGEST = 2000
"""A reason or a name of an author is at most so many characters long."""


def said(name: str, text: str) -> str:
    """A reason or an author as given, without blanks around it; raises WrongParameter when it is missing or too long."""
    text = text.strip()
    if not text or len(text) > LONGEST or any(category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text):
        raise WrongParameter(name, f"必须写明，不超过 {LONGEST} 字，不含控制字符 / must be given, without control characters")
    return text


def take_back(book: JudgementBook, seq: int, *, author: str, reason: str) -> Judgement:
    """Take a judgement back; it stays written down. Raises NotFound, WrongParameter, CannotJudge when it is undone already."""
    author, reason = said("author", author), said("reason", reason)
    if book.get(seq) is None:
        raise NotFound(f"第{seq}号判断")
    if not book.undo(seq, author=author, at=now(), reason=reason):
        raise CannotJudge("这条判断已经撤销过了。 / It was undone before.")
    undone = book.get(seq)
    assert undone is not None
    return undone
