"""How large a load may be. The figures are for the machine's safety, far beyond what a department hands over."""

from __future__ import annotations

from dataclasses import dataclass

AT_ONCE = 2
"""So many text tables are checked, or written, at the same time: what one cannot do with all the machine leaves it to the other."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes unless the name says otherwise."""

    files: int = 10_000
    file_size: int = 8 << 30
    workbook_size: int = 512 << 20
    unpacked_size: int = 4 << 30
    unpack_ratio: int = 200  # unpacked : packed, beyond the first 64 MiB
    directory_size: int = 16 << 20  # the list of members in a workbook
    workbook_cells: int = 40_000_000
    workbook_text: int = 2 << 30  # of all cells together: a text that many cells share counts for each
    columns: int = 2_000
    cell_length: int = 16 << 20  # of a text file
    memory: str = "3GB"  # of the database engine
