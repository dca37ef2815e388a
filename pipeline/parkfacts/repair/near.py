"""Copies that are no longer the same: misread by an OCR, cut short, or wrapped anew.

What the document says is laid out as one string of squashed characters (:func:`.duplicates.squash`). Clauses that begin
alike anchor a block in it; from there the two are read side by side (:mod:`.align`). A block is covered where all of it
stands earlier, digits and all; covered blocks that follow each other there too are a run, and runs need weight.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parkfacts.repair.align import walk
from parkfacts.repair.blocks import Block
from parkfacts.repair.duplicates import ALONE, copy, quoted_again, squash

WEIGHT = 36  # characters of a run, marks apart
ANCHOR = 6  # characters of a clause that tell where it may stand
SHARE = 0.12  # of a block's characters may be slips
ANCHORS = 12  # anchors of a block that are looked up
STARTS = 2  # places that they point to which are tried
OFTEN = 6  # earlier places that are looked up for one anchor
PASSED = 60  # characters of headings and captions that a copy may leave out
NEARBY = 4  # characters between the cover of one block and that of the next
_CLAUSE = re.compile(rf"(?:^|[，。；：、！？,;:!?”“（(])([^，。；：、！？,;:!?”“（(\s]{{{ANCHOR}}})")


class Cover(NamedTuple):
    """Where a block stands earlier in the string of all blocks."""

    start: int
    end: int


class _Said:
    """The blocks' squashed texts, one behind the other."""

    def __init__(self, said: Sequence[Block]) -> None:
        self.blocks = said
        self.parts = [squash(b.text) for b in said]
        self.starts: list[int] = []
        size = 0
        for part in self.parts:
            self.starts.append(size)
            size += len(part)
        self.text = "".join(self.parts)

    def end(self, n: int) -> int:
        return self.starts[n] + len(self.parts[n])


def mark(blocks: Sequence[Block]) -> None:
    """Sets ``copy_of`` of the copies that :mod:`.duplicates` left, to the place of the block that is kept."""
    said = [b for b in blocks if b.kind != "boilerplate"]
    anchors = [_CLAUSE.findall(b.text) if b.kind != "table row" and b.copy_of is None else () for b in said]
    counts = Counter(anchor for found in anchors for anchor in set(found))
    if not any(count > 1 for count in counts.values()):
        return
    shared = [[a for a in found if counts[a] > 1] for found in anchors]
    _decide(_Said(said), shared, blocks)


def _decide(said: _Said, shared: Sequence[Sequence[str]], blocks: Sequence[Block]) -> None:
    covers: dict[int, Cover] = {}
    known: dict[str, list[int]] = defaultdict(list)
    for n, anchors in enumerate(shared):
        if said.blocks[n].copy_of is not None or not (anchors or n - 1 in covers):
            continue  # nothing tells where it may stand earlier
        cover = _cover(said, n, _starts(said, n, anchors, known, covers.get(n - 1)))
        if cover:
            covers[n] = cover
            _lines_before(said, n, covers)
        elif (short := _cut_short(said, n, anchors, known)) is not None:
            _keep_instead(said.blocks, short, n)
        for anchor in anchors:
            if len(known[anchor]) < OFTEN and (at := said.parts[n].find(anchor)) >= 0:
                known[anchor].append(said.starts[n] + at)
    for run in _runs(said, covers):
        if _weighs(said, run, covers):
            _mark_run(said, run, covers, blocks)


def _starts(
    said: _Said, n: int, anchors: Sequence[str], known: dict[str, list[int]], before: Cover | None
) -> Iterator[int]:
    """Where the block may begin earlier: behind what the block before it covers, and as its anchors tell."""
    if before:
        yield before.end
    votes: Counter[int] = Counter()
    first: dict[int, int] = {}
    for anchor in anchors[:ANCHORS]:
        at = said.parts[n].find(anchor)
        for place in known.get(anchor, ()) if at >= 0 else ():
            votes[(place - at) >> 3] += 1
            first.setdefault((place - at) >> 3, place - at)
    for bucket, _ in votes.most_common(STARTS):
        yield from (first[bucket], first[bucket] - 1, first[bucket] + 1)


def _cover(said: _Said, n: int, starts: Iterator[int]) -> Cover | None:
    part = said.parts[n]
    most = int(SHARE * len(part)) + 1
    for start in starts:
        if start < 0:
            continue
        reached = walk(part, said.text, start, most)
        if reached.end == len(part) and reached.wrong <= most and reached.other <= said.starts[n]:
            return Cover(start, reached.other)
    return None


def _lines_before(said: _Said, n: int, covers: dict[int, Cover]) -> None:
    """Lines without an anchor of their own, right before a covered one."""
    while n > 0 and n - 1 not in covers and said.blocks[n - 1].copy_of is None and said.parts[n - 1]:
        start = covers[n].start - len(said.parts[n - 1])
        cover = _cover(said, n - 1, iter((max(start, 0),)))
        if cover is None or abs(cover.end - covers[n].start) > NEARBY:
            return
        n -= 1
        covers[n] = cover


def _runs(said: _Said, covers: dict[int, Cover]) -> Iterator[list[int]]:
    run: list[int] = []
    for n in sorted(covers):
        if run and not (n == run[-1] + 1 and _goes_on(said, covers[run[-1]], covers[n])):
            yield run
            run = []
        run.append(n)
    if run:
        yield run


def _goes_on(said: _Said, one: Cover, two: Cover) -> bool:
    """Whether two covers follow each other, with nothing but headings and captions left out between them."""
    gap = two.start - one.end
    if -NEARBY <= gap <= NEARBY:
        return True
    first, last = _block_at(said, one.end + NEARBY), _block_at(said, two.start - NEARBY)
    return 0 < gap <= PASSED and not any(b.prose for b in said.blocks[first : last + 1])


def _weighs(said: _Said, run: Sequence[int], covers: dict[int, Cover]) -> bool:
    """Whether a run is a copy: long enough, no list quoted again, and no sentence quoted out of another paragraph."""
    first = covers[run[0]].start
    blocks = said.blocks[run[0] : run[-1] + 1]
    if sum(len(said.parts[n]) for n in run) < WEIGHT or quoted_again(
        said.blocks, run[0], _block_at(said, first), blocks
    ):
        return False
    return len(run) > 1 or any(abs(first - start) <= NEARBY for start in _near(said, first)) or _copied(said, run[0])


def _near(said: _Said, at: int) -> Iterator[int]:
    n = _block_at(said, at)
    yield said.starts[n]
    if n + 1 < len(said.starts):
        yield said.starts[n + 1]


def _copied(said: _Said, n: int) -> bool:
    """Whether a block stands among copies."""
    around = (*said.blocks[max(n - 1, 0) : n], *said.blocks[n + 1 : n + 2])
    return any(b.copy_of is not None for b in around)


def _block_at(said: _Said, at: int) -> int:
    return max(0, bisect_right(said.starts, at) - 1)


def _mark_run(said: _Said, run: Sequence[int], covers: dict[int, Cover], blocks: Sequence[Block]) -> None:
    for n in run:
        cover = covers[n]
        copy(said.blocks[n], said.blocks[_block_at(said, (cover.start + cover.end) // 2)], blocks)


def _cut_short(said: _Said, n: int, anchors: Sequence[str], known: dict[str, list[int]]) -> int | None:
    """An earlier block that breaks off, and that this one says in full."""
    for start in _starts(said, n, anchors[:3], known, None):
        first = _block_at(said, start + NEARBY)
        short = said.blocks[first]
        if short.closed or short.copy_of is not None or len(said.parts[first]) < ALONE or first == n:
            continue
        most = int(SHARE * len(said.parts[first])) + 1
        reached = walk(said.parts[first], said.text, said.starts[n], most)
        if reached.end == len(said.parts[first]) and reached.other < said.end(n) and reached.wrong <= most:
            return first
    return None


def _keep_instead(said: Sequence[Block], short: int, whole: int) -> None:
    """The whole block is kept, in the place of the one that was cut short."""
    said[whole].stands = said[short].stands
    said[short].copy_of, said[short].kind = said[whole].at, said[whole].kind
