"""What the file's format says of its blocks, which nothing needs to guess: kinds, clutter, and that it knows their
order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from parkfacts.facts import BlockKind
from parkfacts.repair.blocks import Block
from parkfacts.text import Mark, Source, Text

_KINDS = ("title", "heading", "caption", "table row")
_CLUTTER = ("page number", "running head")
MARKUP = "markup"


@dataclass(frozen=True)
class Told:
    """The marks of a source, asked for by offsets of the source or of a ``text`` that was made of it."""

    marks: Sequence[Mark] = ()
    ordered: bool = False
    text: Text | None = None

    @classmethod
    def by(cls, source: Source) -> Told:
        """What a source's format says."""
        return cls([mark for mark in source.marks if mark.kind != MARKUP], source.ordered)

    def on(self, text: Text) -> Told:
        """The same for a text that repair made of the source."""
        return Told(self.marks, self.ordered, text)

    @cached_property
    def _starts(self) -> list[int]:
        return [mark.start for mark in self.marks]

    def classify(self, blocks: Sequence[Block]) -> None:
        """Gives blocks that are marked their kind, and clutter its reason."""
        if not self.marks:
            return
        for block in blocks:
            kind = self._at(block.start)
            if kind in _KINDS:
                block.kind = cast(BlockKind, kind)
            elif kind in _CLUTTER:
                block.kind, block.reason = "boilerplate", kind

    def _at(self, start: int) -> str | None:
        if self.text is not None:
            start = self.text.origin(start, start + 1)[0].start
        at = bisect_right(self._starts, start) - 1
        return self.marks[at].kind if at >= 0 and start < self.marks[at].end else None


NOTHING = Told()
