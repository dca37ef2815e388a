"""The plan: what is dropped, joined and moved, decided on a text alone; and the ranges that carry it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parkfacts.repair import blocks as lines_of
from parkfacts.repair import duplicates, joins, kinds, near, order, sections, wraps
from parkfacts.repair.blocks import Block
from parkfacts.repair.decisions import Decided
from parkfacts.repair.ends import Ends
from parkfacts.repair.joins import Joined
from parkfacts.repair.told import NOTHING, Told
from parkfacts.text import Dropped, Source, Text


@dataclass(frozen=True, slots=True)
class Plan:
    """All decisions about a text: its blocks (kinds, copies), joins, open ends, reading order, suggestions."""

    blocks: tuple[Block, ...]
    joins: tuple[Joined, ...]
    open: tuple[int, ...]
    order: tuple[int, ...]
    suggested: tuple[Joined, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether the text stands as it was written: nothing to drop, to join or to move."""
        whole = all(b.in_text and len(b.lines) == 1 for b in self.blocks)
        return whole and not self.joins and list(self.order) == sorted(self.order)


NONE = Decided({})


def paragraphs(source: str) -> list[Block]:
    """The source's blocks; no decision changes them. Lines that break off at a margin are wrapped whatever the format
    says: people paste printed text into documents."""
    return wraps.unwrap(lines_of.lines(source), source)


def make(source: str, ends: Ends, decided: Decided = NONE, told: Told = NOTHING) -> Plan:
    """Blocks, their kinds, copies, joins, order; what a person ``decided`` goes before what is found, and what the
    format ``told`` before what is guessed."""
    blocks = paragraphs(source)
    kinds.classify(blocks, told)
    found_kinds = [b.kind for b in blocks]
    duplicates.mark(blocks)
    near.mark(blocks)
    decided.decide_copies(blocks, found_kinds)
    found = joins.find(blocks, ends, decided, told.ordered)
    sequence = sections.arrange(order.arrange(blocks, found.joins), blocks)
    return Plan(tuple(blocks), tuple(found.joins), tuple(found.open), tuple(sequence), tuple(found.suggested))


def nothing(blocks: Sequence[Block], decided: Decided = NONE) -> Plan:
    """A plan that leaves blocks as they are, but for what a person ``decided``."""
    decided.decide_copies(blocks, [b.kind for b in blocks])
    made = joins.decided_joins(decided)
    return Plan(tuple(blocks), tuple(made), (), tuple(order.arrange(blocks, made)))


# ---- carrying it out --------------------------------------------------------------------------------------------


def carry_out(source: Source, plan: Plan) -> Text:
    """The text that a plan makes of its source."""
    if plan.changes_nothing:
        return Text.whole(source)
    blocks = plan.blocks
    sequence = [at for at in plan.order if blocks[at].in_text]
    breaks = _breaks(len(source.text), plan, sequence)
    head = (0, blocks[0].start)
    ranges = [head]
    for at in sequence:
        ranges += blocks[at].lines
        if at in breaks:
            ranges.append(breaks[at])
    return Text.from_ranges(source, ranges, list(_dropped(plan, breaks, len(source.text))))


def _gap(plan: Plan, at: int, size: int) -> tuple[int, int]:
    """The blanks behind a block, up to the next one."""
    return plan.blocks[at].end, plan.blocks[at + 1].start if at + 1 < len(plan.blocks) else size


def _breaks(size: int, plan: Plan, sequence: Sequence[int]) -> dict[int, tuple[int, int]]:
    """The blanks that stand behind each block in the text: its own, none within a joined sentence.

    The source's last block may have no line end of its own; moved into the middle it gets one that is free there.
    """
    joined = {j.left for j in plan.joins}
    own = {at: _gap(plan, at, size) for at in sequence if at not in joined}
    last = len(plan.blocks) - 1
    if last in own and sequence[-1] != last and not _gap(plan, last, size)[1] > _gap(plan, last, size)[0]:
        spare = sequence[-1]
        own[last] = own.pop(spare, own[last]) if spare in own else own[last]
    return {at: gap for at, gap in own.items() if gap[0] < gap[1]}


def _dropped(plan: Plan, breaks: dict[int, tuple[int, int]], size: int) -> Iterator[Dropped]:
    used = set(breaks.values())
    for block in plan.blocks:
        reason = "duplicate" if block.copy_of is not None else "boilerplate" if block.kind == "boilerplate" else "join"
        gap = _gap(plan, block.at, size)
        if not block.in_text:
            yield Dropped(block.start, gap[1], reason)
            continue
        for line, after in zip(block.lines, block.lines[1:], strict=False):
            yield Dropped(line.end, after.start, "wrap")
        if gap[0] < gap[1] and gap not in used:
            yield Dropped(*gap, reason)
