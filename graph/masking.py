"""Id numbers and phones that stand in a free text are masked before anybody sees it; `hide_numbers` in
`build/sql/01_names.sql` is the same in SQL, for texts that go into the graph."""

from __future__ import annotations

import re

from graph.values import mask_id_number, mask_phone

_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_ID_NUMBER = re.compile(
    rf"(?<![0-9A-Za-z])[0-9]{{6}}(?:(?:18|19|20)[0-9]{{2}}{_DAY}[0-9]{{3}}[0-9Xx]|[0-9]{{2}}{_DAY}[0-9]{{3}})(?![0-9A-Za-z])"
)
"""Whatever has the form of an id number of 18 or 15 characters with a possible day in it."""
_PHONE = re.compile(r"(?<![0-9A-Za-z])1[3-9][0-9]{9}(?![0-9A-Za-z])")


def hide_numbers(text: str) -> str:
    """A text in which whatever could be an id number or a mobile phone is masked."""
    text = _ID_NUMBER.sub(lambda found: mask_id_number(found[0]), text)
    return _PHONE.sub(lambda found: mask_phone(found[0]), text)
