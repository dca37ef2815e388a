"""A document as it is read in a review: where a selection of the source stands in the repaired text, and its copies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from parkfacts.facts import Layout
from parkfacts.find import dates
from parkfacts.find.dates import Expression
from parkfacts.pipeline import default_segmenter
from parkfacts.repair.copies import Copies
from parkfacts.repair.plan import carry_out
from parkfacts.repair.replay import planned
from parkfacts.review.words import ActError
from parkfacts.segment import Document, segment
from parkfacts.text import Mention, Source

Ranges = Sequence[Sequence[int]]


class Reading:
    """The repaired text of a record, made from its layout; ``place`` and ``quote`` take spans of the source."""

    def __init__(self, text: str, layout: dict[str, Any]) -> None:
        self.source = Source.from_text(text)
        self.layout = Layout.model_validate(layout)
        plan = planned(self.source, self.layout)
        self.text = carry_out(self.source, plan)
        self._copies = Copies(plan.blocks)
        self._pieces = sorted(self.text.pieces, key=lambda piece: piece.src)
        self._starts = [piece.src for piece in self._pieces]

    @cached_property
    def document(self) -> Document:
        """The repaired text with its sentences and words."""
        return segment(self.text, self.layout.blocks, default_segmenter())

    @cached_property
    def written(self) -> list[Mention[Expression]]:
        """The date expressions of the whole document, in order."""
        return dates.find(self.document)

    def place(self, spans: Ranges) -> tuple[int, int]:
        """The range of the repaired text that spans of the source hold, without blanks around it.

        Raises ``ActError`` where they hold nothing of it, or what does not stand together in reading order.
        """
        size = len(self.source.text)
        if not spans or any(len(span) != 2 or not 0 <= span[0] < span[1] <= size for span in spans):
            raise ActError.one("spans", f"选区须在 0 到 {size} 之间", f"spans must lie within 0 and {size}")
        parts = [part for start, end in spans for part in self._parts(start, end)]
        content = self.text.content
        held = sum(1 for start, end in spans for char in self.source.text[start:end] if not char.isspace())
        kept = sum(1 for start, end in parts for char in content[start:end] if not char.isspace())
        if held != kept or not kept:
            raise ActError.one(
                "spans",
                "选区含有重复段落、附注等不在正文中的文字，请在正文（首次出现处）选取",
                "the selection holds text that is left out (a duplicate, boilerplate): select it where it is kept",
            )
        for (_, end), (start, _) in pairwise(parts):
            if start < end or content[end:start].strip():
                raise ActError.one(
                    "spans", "选区在阅读顺序中不连续", "the selection does not stand together in reading order"
                )
        start, end = parts[0][0], parts[-1][1]
        start += len(content[start:end]) - len(content[start:end].lstrip())
        end = start + len(content[start:end].rstrip())
        if "\n" in content[start:end]:
            raise ActError.one("spans", "选区跨越了段落", "the selection runs over the end of a paragraph")
        return start, end

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The kept parts of a range of the source, as ranges of the text."""
        at = max(bisect_right(self._starts, start) - 1, 0)
        while at < len(self._pieces) and (piece := self._pieces[at]).src < end:
            low, high = max(start, piece.src), min(end, piece.src + piece.size)
            if low < high:
                yield low + piece.out - piece.src, high + piece.out - piece.src
            at += 1

    def quote(self, spans: Ranges) -> dict[str, Any]:
        """Evidence as a record holds it: ``text``, ``spans``, ``also``. Raises ``ActError`` as ``place`` does."""
        return self.quoted(*self.place(spans))

    def quoted(self, start: int, end: int) -> dict[str, Any]:
        """Evidence for a range of the repaired text."""
        spans = self.text.origin(start, end)
        also = [[list(span) for span in copy] for copy in self._copies.of(spans)]
        return {"text": self.text.content[start:end], "spans": [list(span) for span in spans], "also": also}
