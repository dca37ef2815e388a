"""What can go wrong with one document; every message is one line that names the file and says what to do next.

Messages are logged, so they hold nothing that stands in a document: they tell where it stands (docs/privacy.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def printable(text: str) -> str:
    """Text on one line that every terminal takes: what is neither (a line end in a file's name) as Python writes it."""
    return _UNPRINTED.sub(lambda match: repr(match[0])[1:-1], text)


def unquoted(error: BaseException) -> str:
    """A library's error by its kind, and its line where it tells one: its own words may quote the document."""
    line = getattr(error, "lineno", None)
    return f"{type(error).__name__} in line {line}" if line else type(error).__name__


class ParkfactsError(Exception):
    """``name`` is the document, ``offset`` the byte of it where that is known; ``str()`` is the whole line."""

    def __init__(self, name: str, problem: str, advice: str, offset: int | None = None) -> None:
        super().__init__(printable(f"{name}: {problem}; {advice}"))
        self.name = name
        self.offset = offset

    @property
    def code(self) -> str:
        """The kind of the error, for machines: ``over-limit`` of :class:`OverLimit`."""
        return re.sub("(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()


class ReadError(ParkfactsError):
    """A document that cannot be read."""


class MissingFile(ReadError):
    """No such file, or a pattern that matches none."""


class IsFolder(ReadError):
    """A folder where a file is wanted, or one without a readable file in it."""


class Unreadable(ReadError):
    """The system refuses to give the file's bytes."""


class EmptyFile(ReadError):
    """No bytes, or nothing but blanks."""


class BinaryFile(ReadError):
    """Bytes that are no text: NUL and control bytes."""


class UnreadFormat(ReadError):
    """A format that is known and that no reader reads yet."""


class Encrypted(ReadError):
    """A file that opens with a password only."""


class Damaged(ReadError):
    """A file that is not what its format asks for: cut off, broken, or with what no such file has."""


class OverLimit(ReadError):
    """A file that needs more than the limits of reading allow (``parkfacts.read.Limits``)."""


class MissingExtra(ReadError):
    """A format whose reader needs a library that is not installed."""


class Undecodable(ReadError):
    """Text in none of the encodings that are read, or with damaged bytes."""


class BadMetadata(ReadError):
    """A reference date or a ``.meta.json`` that does not say what it should."""


class WriteError(ParkfactsError):
    """A result that cannot be written."""


class ReportError(ParkfactsError):
    """A written report that does not load: not the record of its source, or no record at all."""


class DecisionError(ParkfactsError):
    """Decisions of a person about a layout that do not fit it; ``blocks`` are the ids that they name."""

    def __init__(self, name: str, blocks: Sequence[str], problem: str, advice: str) -> None:
        super().__init__(name, problem, advice)
        self.blocks = tuple(blocks)


class UnknownBlock(DecisionError):
    """A decision about blocks that the document does not have."""

    def __init__(self, name: str, blocks: Sequence[str], known: Sequence[str]) -> None:
        has = f"has {known[0]} to {known[-1]}" if known else "has no blocks"
        advice = "decide anew on the record of this very source"
        super().__init__(name, blocks, f"the decisions name {', '.join(blocks)}, the document {has}", advice)


class Contradiction(DecisionError):
    """Decisions that cannot all be followed."""

    def __init__(self, name: str, blocks: Sequence[str], what: str) -> None:
        super().__init__(name, blocks, f"by the decisions {', '.join(blocks)} {what}", "take one of them back")


class LedgerError(ParkfactsError):
    """A ledger of firms that cannot be read; the message names its rows."""


class RunError(ParkfactsError):
    """A run over many documents that cannot start, go on, or be told as complete."""


class ModelError(ParkfactsError):
    """A model of names that cannot be had."""
