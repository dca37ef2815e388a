"""Reading order: columns chained by the joins, as a newspaper flows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parkfacts.repair.blocks import Block
from parkfacts.repair.joins import Joined


def arrange(blocks: Sequence[Block], joins: Sequence[Joined]) -> tuple[list[int], list[Joined]]:
    """Places of the blocks that are no copies, in reading order, and the joins that an order exists for.

    A join cuts the page behind its left end and before its right one; what lies between two cuts is a column, and the
    column that goes on with another follows it. Captions between the two wait for the end of the section.
    """
    kept = [b for b in blocks if b.copy_of is None]
    usable = list(joins)
    while True:
        columns = _columns(kept, usable)
        order = list(_flow(columns, usable, blocks))
        if len(order) == len(kept):
            return order, usable
        # columns that run in a circle were not reached: the weakest join among them is wrong
        lost = {b.at for b in kept}.difference(order)
        usable.remove(min((j for j in usable if j.left in lost), key=lambda j: (j.score, j.left)))


def _columns(kept: Sequence[Block], joins: Sequence[Joined]) -> list[list[int]]:
    ends = {j.left for j in joins}
    starts = {j.right for j in joins}
    columns: list[list[int]] = []
    cut = True
    for block in kept:
        if cut or block.at in starts:
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
            yield from _past(columns[at], waiting, blocks)
            after = following.get(columns[at][-1])
            if (
                after is not None
                and at + 1 < len(columns)
                and at + 1 not in done
                and _pictures(columns[at + 1], blocks)
            ):
                waiting += columns[at + 1]
                done.add(at + 1)
            at = after
        yield from waiting


def _past(column: Sequence[int], waiting: list[int], blocks: Sequence[Block]) -> Iterator[int]:
    """A column; what waits is read before its next heading."""
    for at in column:
        if waiting and at != column[0] and blocks[at].kind == "heading":
            yield from waiting
            waiting.clear()
        yield at


def _pictures(column: Sequence[int], blocks: Sequence[Block]) -> bool:
    return all(blocks[at].kind in ("caption", "boilerplate") for at in column)
