"""The source as it is read: blocks in reading order, severed ones run together, copies behind what they stood behind.

A passage's parts are runs of text under the same facts, and seams. Every character of the blocks stands in just one
run.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from parkfacts.facts import Block, Join, Named, Report, Spans


@dataclass(frozen=True)
class Place:
    """One unbroken piece of a fact's evidence; ``number`` counts a fact's pieces from 1, ``copy``: in repeated text."""

    start: int
    end: int
    fact: str
    number: int
    copy: bool


@dataclass(frozen=True)
class Run:
    """Text under the same places, the shortest first; ``opens`` are those that begin with it."""

    text: str
    under: tuple[Place, ...] = ()
    opens: tuple[Place, ...] = ()


@dataclass
class Passage:
    """A paragraph of the page: its first block, and parts that are runs or the joins between two blocks."""

    block: Block
    parts: list[Run | Join] = field(default_factory=list)
    open: bool = False
    suggested: tuple[str, ...] = ()


def places(report: Report) -> dict[str, list[Place]]:
    """Where each fact stands, by id: first where it is told, then where it is told again."""
    found: dict[str, list[Place]] = {}
    for fact in report.facts():
        quotes: list[tuple[Spans, bool]] = []
        told = fact.mentions if isinstance(fact, Named) else (fact, *getattr(fact, "restated", ()))
        for quote in told:
            quotes += [(quote.spans, False), *((copy, True) for copy in quote.also)]
        pieces = dict.fromkeys((start, end, copy) for spans, copy in quotes for start, end in spans)
        found[fact.id] = [Place(start, end, fact.id, n, copy) for n, (start, end, copy) in enumerate(pieces, 1)]
    return found


def passages(report: Report, text: str, where: dict[str, list[Place]]) -> list[Passage]:
    """The passages of a report in reading order."""
    blocks = {block.id: block for block in report.layout.blocks}
    held = _held(report.layout.blocks, where)
    joins = {join.from_: join for join in report.layout.joins}
    inner = {join.to for join in report.layout.joins}
    open_ = {one.id for one in report.layout.open}
    found = []
    for id in _order(report):
        if id in inner:
            continue
        passage = Passage(blocks[id])
        last = id
        passage.parts += _runs(blocks[id], text, held[id])
        while join := joins.get(last):
            last = join.to
            passage.parts += [join, *_runs(blocks[last], text, held[last])]
        passage.open = last in open_
        passage.suggested = tuple(join.to for join in report.layout.suggested if join.from_ == last)
        found.append(passage)
    return found


def _order(report: Report) -> Iterator[str]:
    """The reading order, and behind each block those of the file behind it that the order leaves out: copies."""
    layout = report.layout
    order = layout.reading_order or tuple(block.id for block in layout.blocks)
    read = set(order)
    behind: dict[str | None, list[str]] = {}
    before: str | None = None
    for block in layout.blocks:
        if block.id in read:
            before = block.id
        else:
            behind.setdefault(before, []).append(block.id)
    yield from behind.get(None, ())
    for id in order:
        yield id
        yield from behind.get(id, ())


def _held(blocks: Iterable[Block], where: dict[str, list[Place]]) -> dict[str, list[Place]]:
    """The places in each block, by their start."""
    ordered = sorted(blocks, key=lambda block: block.start)
    starts = [block.start for block in ordered]
    held: dict[str, list[Place]] = {block.id: [] for block in ordered}
    for place in sorted((p for some in where.values() for p in some), key=lambda p: (p.start, -p.end)):
        for block in ordered[max(0, bisect_right(starts, place.start) - 1) :]:
            if block.start >= place.end:
                break
            if place.start < block.end:
                held[block.id].append(place)
    return held


def _runs(block: Block, text: str, held: list[Place]) -> Iterator[Run]:
    """The text of a block, cut wherever a place begins or ends."""
    cuts = {block.start, block.end}
    for place in held:
        cuts.update(at for at in (place.start, place.end) if block.start < at < block.end)
    waiting, active = 0, list[Place]()
    for start, end in pairwise(sorted(cuts)):
        active = [place for place in active if place.end > start]
        opens = []
        while waiting < len(held) and held[waiting].start <= start:
            opens.append(held[waiting])
            waiting += 1
        active += opens
        under = tuple(sorted(active, key=lambda place: (place.end - place.start, place.fact)))
        yield Run(text[start:end], under, tuple(opens))
