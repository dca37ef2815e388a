"""Reading order: columns chained by the joins, as a newspaper flows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from parkfacts.repair.blocks import Block
from parkfacts.repair.joins import Joined


def arrange(blocks: Sequence[Block], joins: Sequence[Joined]) -> list[int]:
    """Places of the blocks that are no copies, in reading order.

    A join cuts the page behind its left end and before its right one, and so does a heading, which begins a section;
    what lies between two cuts is a column, and the column that goes on with another follows it. Captions between the
    two wait for the end of the section. Without joins the order is that of the source.
    """
    kept = sorted((b for b in blocks if b.copy_of is None), key=lambda b: (b.stands, b.at))
    following = {j.left: j.right for j in joins}
    apart: set[int] = set()
    while True:
        columns = _columns(kept, joins, apart)
        order = list(_flow(columns, following, blocks))
        if len(order) == len(kept):
            return order
        apart |= set(_cuts(columns, following, set(order)))


def _cuts(columns: Sequence[list[int]], following: Mapping[int, int], reached: Set[int]) -> Iterator[int]:
    """Where the columns that run in circles come apart: two columns of the page stand one under the other there, with
    no broken sentence between. One cut a circle, behind a continued sentence."""
    lost = {column[0]: column for column in columns if column[0] not in reached}
    while lost:
        at, circle = next(iter(lost)), []
        while at in lost:
            circle.append(lost.pop(at))
            at = following[circle[-1][-1]]
        yield next(column[1] for column in circle if len(column) > 1)


def _columns(kept: Sequence[Block], joins: Sequence[Joined], apart: Set[int]) -> list[list[int]]:
    ends = {j.left for j in joins}
    starts = {j.right for j in joins}
    columns: list[list[int]] = []
    cut = True
    for block in kept:
        if cut or block.at in starts or block.kind == "heading" or block.at in apart:
            columns.append([])
        columns[-1].append(block.at)
        cut = block.at in ends
    return columns


def _flow(columns: Sequence[list[int]], joined: Mapping[int, int], blocks: Sequence[Block]) -> Iterator[int]:
    place = {column[0]: n for n, column in enumerate(columns)}
    following = {left: place[right] for left, right in joined.items()}
    done = set(following.values())  # these are read when the column before them ends
    for n in range(len(columns)):
        if n in done:
            continue
        waiting: list[int] = []
        at: int | None = n
        while at is not None:
            yield from columns[at]
            after = following.get(columns[at][-1])
            if after is not None and _waits(columns, at + 1, blocks) and at + 1 > n and at + 1 not in done:
                waiting += columns[at + 1]
                done.add(at + 1)
            at = after
        yield from waiting


def _waits(columns: Sequence[list[int]], at: int, blocks: Sequence[Block]) -> bool:
    """Whether a column holds nothing but captions, so that it does not belong into the sentence that runs past it."""
    return at < len(columns) and all(blocks[n].kind in ("caption", "boilerplate") for n in columns[at])
