"""What can stop a load. Every message is a Chinese sentence that says where and what to do, then English."""

from __future__ import annotations


class LoadError(Exception):
    """A load was stopped before anything was committed. The text never holds a cell's value."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


class SourceMissing(LoadError):
    """A path does not exist, or a folder holds no table file."""


class SourceUnreadable(LoadError):
    """A file is damaged, protected, or not what its suffix says."""


class SourceTooLarge(LoadError):
    """A file goes beyond a limit of `sources.Limits`."""


class SeveralUnreadable(LoadError):
    """More than one file cannot be read; the message has what is wrong with each."""


class BadEncoding(LoadError):
    """A text file is neither UTF-8 nor GB18030; the message names the line."""


class NothingRecognised(LoadError):
    """No sheet of the load has the header of a known table."""


class InvalidTables(LoadError):
    """A file in `tables/` contradicts the register."""


class MappingError(LoadError):
    """A mapping is wrong, or does not fit the files; the message names the mapping file and line."""


class TooManyRejected(LoadError):
    """More rows were refused than the load allows; the message names the folder with the report."""


class WrongCorrection(LoadError):
    """A corrected quarantine workbook does not fit the load it corrects; the message names rows, never values."""
