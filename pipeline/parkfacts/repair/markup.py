"""Markup within the text of a source (Markdown): left out before anything else is looked at, with exact origins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from parkfacts.repair.blocks import Block
from parkfacts.repair.told import MARKUP
from parkfacts.text import Dropped, Mark, Source, Text


def without_markup(source: Source) -> Text:
    """The source without the ranges that its reader marked as markup."""
    dropped = [Dropped(mark.start, mark.end, MARKUP) for mark in source.marks if mark.kind == MARKUP]
    starts = [0, *(one.end for one in dropped)]
    ends = [*(one.start for one in dropped), len(source.text)]
    return Text.from_ranges(source, zip(starts, ends, strict=True), dropped)


def moved(bare: Text) -> Source:
    """The bare text as a source, its marks where their blocks stand in it."""
    source = bare.source
    starts = [piece.src for piece in bare.pieces]

    def place(at: int) -> int:
        """Where in the bare text a place of the source is, or what follows it."""
        n = bisect_right(starts, at) - 1
        if n < 0:
            return 0
        piece = bare.pieces[n]
        return piece.out + min(at - piece.src, piece.size)

    told = (Mark(place(m.start), place(m.end), m.kind) for m in source.marks if m.kind != MARKUP)
    marks = tuple(mark for mark in told if mark.start < mark.end)
    return Source(source.id, bare.content, source.sha256, source.encoding, source.format, (), marks, source.ordered)


def composed(bare: Text, text: Text) -> Text:
    """A text that was made of the bare text, as one of its source."""
    ranges = (span for piece in text.pieces for span in bare.origin(piece.src, piece.src + piece.size))
    return Text.from_ranges(bare.source, ranges, [*bare.dropped, *_dropped(bare, text)])


def _dropped(bare: Text, text: Text) -> Iterator[Dropped]:
    for one in text.dropped:
        for span in bare.origin(one.start, one.end):
            yield Dropped(span.start, span.end, one.reason)


def at_source(bare: Text, block: Block) -> Block:
    """A block of the bare text, its lines told of the source."""
    return replace(block, lines=tuple(span for line in block.lines for span in bare.origin(line.start, line.end)))
