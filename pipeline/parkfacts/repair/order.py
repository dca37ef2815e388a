"""Reading order: columns chained by the joins, as a newspaper flows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from parkfacts.repair.blocks import Block
from parkfacts.repair.decisions import DECIDED
from parkfacts.repair.joins import Joined


def arrange(blocks: Sequence[Block], joins: Sequence[Joined]) -> tuple[list[int], list[Joined]]:
    """Places of the blocks that are no copies, in reading order, and the joins that an order exists for.

    A join cuts the page behind its left end and before its right one, and so does a heading, which begins a section;
    what lies between two cuts is a column, and the column that goes on with another follows it. Captions between the
    two wait for the end of the section. Without joins the order is that of the source. Joins that a person made are
    all kept: where they run in a circle, the columns come apart.
    """
    kept = sorted((b for b in blocks if b.copy_of is None), key=lambda b: (b.stands, b.at))
    usable = list(joins)
    apart: set[int] = set()
    while True:
        columns = _columns(kept, usable, apart)
        order = list(_flow(columns, usable, blocks))
        if len(order) == len(kept):
            return order, usable
        # columns that run in a circle were not reached: the weakest join among them is wrong
        lost = {b.at for b in kept}.difference(order)
        found = [j for j in usable if j.left in lost and DECIDED not in j.votes]
        if found:
            usable.remove(min(found, key=lambda j: (j.score, j.left)))
        else:
            apart |= lost


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


def _flow(columns: Sequence[list[int]], joins: Sequence[Joined], blocks: Sequence[Block]) -> Iterator[int]:
    place = {column[0]: n for n, column in enumerate(columns)}
    following = {j.left: place[j.right] for j in joins}
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
