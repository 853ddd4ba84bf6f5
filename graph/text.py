"""Folding of text as departments type it: full width to half width, odd spaces and control marks away."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"[\s\u200b\ufeff]+")


def fold(text: str) -> str:
    """Trimmed NFKC text with runs of white space made one space: `ＡＢ　１２ ` becomes `AB 12`."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip()
