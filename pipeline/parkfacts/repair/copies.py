"""Where a fact stands once more: spans in kept blocks, told as spans in the copies of those blocks."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from parkfacts.repair.align import walk
from parkfacts.repair.blocks import Block
from parkfacts.repair.duplicates import places, squash
from parkfacts.text import Span

Spans = tuple[Span, ...]
ANCHOR = 6  # characters that tell where a copy begins


class Copies:
    """The copies of a document's blocks, in the order of the source."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._starts = [b.start for b in blocks]
        self._tables: dict[tuple[int, int], dict[int, int]] = {}
        self._copies: dict[int, list[Block]] = defaultdict(list)
        for block in blocks:
            if block.copy_of is not None:
                self._copies[block.copy_of].append(block)

    def __bool__(self) -> bool:
        return bool(self._copies)

    def of(self, spans: Sequence[tuple[int, int]]) -> tuple[Spans, ...]:
        """The same places in the copies; spans of the kept text in reading order, each within one block.

        A mention that crosses a join has a part in each of two blocks. Where copies of both adjoin in the source they
        belong together; any other copy of a part goes with the kept rest.
        """
        if not self._copies:
            return ()
        parts = self._parts(spans)
        if not any(at in self._copies for at, _ in parts):
            return ()
        kept = [spans for _, spans in parts]
        found = [self._mapped(at, spans) for at, spans in parts]
        return tuple(dict.fromkeys(_rows(kept, found)))

    def _parts(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, Spans]]:
        parts: list[tuple[int, Spans]] = []
        for start, end in spans:
            at = bisect_right(self._starts, start) - 1
            if parts and parts[-1][0] == at:
                parts[-1] = (at, (*parts[-1][1], Span(start, end)))
            else:
                parts.append((at, (Span(start, end),)))
        return parts

    def _mapped(self, at: int, spans: Spans) -> dict[int, Spans]:
        """The spans in each copy of a block, by the copy's place; copies that don't hold them are left out."""
        found = {}
        for copy in self._copies.get(at, ()):
            if told := tuple(self._map(self._blocks[at], copy, spans)):
                found[copy.at] = told
        return found

    def _map(self, block: Block, copy: Block, spans: Spans) -> Iterator[Span]:
        if len(block.lines) == len(copy.lines) == 1 and block.text == copy.text:
            shift = copy.start - block.start
            yield from (Span(start + shift, end + shift) for start, end in spans)
            return
        at = self._offsets(block, copy)
        held = sorted(at[o] for start, end in spans for o in range(start, end) if o in at)
        if held:
            yield from _within_lines(copy, held[0], held[-1] + 1)

    def _offsets(self, block: Block, copy: Block) -> dict[int, int]:
        """Where the copy has each character that it shares with a block, by source offsets."""
        known = self._tables.get((block.at, copy.at))
        if known is None:
            ours, theirs = _offsets(block), _offsets(copy)
            kept, again = places(block.text), places(copy.text)
            aligned = _aligned(squash(block.text), squash(copy.text))
            known = {ours[kept[a]]: theirs[again[b]] for a, b in aligned}
            self._tables[block.at, copy.at] = known
        return known


def _aligned(kept: str, copy: str) -> Iterator[tuple[int, int]]:
    """Places of a text, each with where its copy has the same, slips aside."""
    here, there = 0, _begins(kept, copy)
    reached = walk(copy, kept, there, len(copy))
    for start, stop, other, other_stop in (*reached.slips, (reached.end, reached.end, reached.other, reached.other)):
        yield from zip(range(there, other), range(here, start), strict=True)
        here, there = stop, other_stop


def _begins(kept: str, copy: str) -> int:
    """Where a copy begins in the text: one in pieces holds a part of it."""
    if kept[:ANCHOR] == copy[:ANCHOR]:
        return 0
    for n in range(0, max(len(copy) - ANCHOR, 1)):
        at = kept.find(copy[n : n + ANCHOR])
        if at >= 0:
            return max(at - n, 0)
    return 0


def _offsets(block: Block) -> list[int]:
    """The source offset of every character of a block's text."""
    return [offset for line in block.lines for offset in range(line.start, line.end)]


def _within_lines(block: Block, start: int, end: int) -> Iterator[Span]:
    for line in block.lines:
        if max(line.start, start) < min(line.end, end):
            yield Span(max(line.start, start), min(line.end, end))


def _rows(kept: Sequence[Spans], found: Sequence[dict[int, Spans]]) -> Iterator[Spans]:
    used: set[int] = set()
    for n, copies in enumerate(found):
        for at, spans in copies.items():
            if at in used:
                continue
            row = [*kept[:n], spans]
            for m in range(n + 1, len(kept)):
                at += 1
                if at in found[m]:
                    used.add(at)
                row.append(found[m].get(at, kept[m]))
            yield tuple(span for part in row for span in part)
