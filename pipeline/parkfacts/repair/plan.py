"""The plan: what is dropped, joined and moved, decided on a text alone; and the ranges that carry it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace

from parkfacts.repair import blocks as lines_of
from parkfacts.repair import duplicates, joins, kinds, order, wraps
from parkfacts.repair.blocks import Block
from parkfacts.repair.joins import Joined
from parkfacts.repair.lexical import Lexicon
from parkfacts.text import Dropped, Source, Text

ROUNDS = 5  # a plan that does not come to rest by then is taken back


@dataclass(frozen=True, slots=True)
class Plan:
    """All decisions about a text: its blocks (with their kinds and copies), joins, open ends and reading order."""

    blocks: tuple[Block, ...]
    joins: tuple[Joined, ...]
    open: tuple[int, ...]
    order: tuple[int, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether the text stands as it was written: nothing to drop, to join or to move."""
        whole = all(b.in_text and len(b.lines) == 1 for b in self.blocks)
        return whole and not self.joins and list(self.order) == sorted(self.order)


def make(source: str, lexicon: Lexicon) -> Plan:
    """Blocks, their kinds, copies, joins, order."""
    blocks = wraps.unwrap(lines_of.lines(source), source)
    kinds.classify(blocks)
    duplicates.mark(blocks)
    found, ends = joins.find(blocks, lexicon)
    sequence, usable = order.arrange(blocks, found)
    return Plan(tuple(blocks), tuple(usable), tuple(ends), tuple(sequence))


def settle(source: Source, lexicon: Lexicon) -> tuple[Plan, Text] | None:
    """The plan that comes to rest: repairing its text again would change nothing. None where there is none."""
    plan = make(source.text, lexicon)
    for _ in range(ROUNDS):
        text = carry_out(source, plan)
        if plan.changes_nothing:
            return plan, text
        after = make(text.content, lexicon)
        if after.changes_nothing:
            joined = {j.left for j in plan.joins}
            ends = tuple(at for at in plan.open if at not in joined and plan.blocks[at].in_text)
            return replace(plan, open=ends), text
        further = refine(plan, after)
        if further is None:
            return None
        plan = further
    return None


def refine(plan: Plan, after: Plan) -> Plan | None:
    """A plan with the decisions of another one, made on the text that it leads to.

    Every block of that text is a chain of this plan's blocks, joined. None where the two don't match: the second
    wraps lines, or takes two chains of several blocks for copies.
    """
    chains = _chains(plan)
    if len(chains) != len(after.blocks) or any(len(b.lines) > 1 for b in after.blocks):
        return None
    blocks = [copy(b) for b in plan.blocks]
    for n, block in enumerate(after.blocks):
        if block.copy_of is not None:
            if not _copied(blocks, chains, n, block.copy_of):
                return None
        elif block.kind == "boilerplate":
            for at in chains[n]:
                blocks[at].kind, blocks[at].reason = "boilerplate", block.reason
    _resolve(blocks)
    joins = [j for j in plan.joins if blocks[j.left].in_text and blocks[j.right].in_text]
    joins += [j._replace(left=chains[j.left][-1], right=chains[j.right][0]) for j in after.joins]
    sequence = [at for n in after.order for at in chains[n]]
    return Plan(tuple(blocks), tuple(sorted(joins)), plan.open, tuple(_with_clutter(plan, sequence, blocks)))


def _copied(blocks: Sequence[Block], chains: list[list[int]], n: int, original: int) -> bool:
    """Marks a chain as the copy of another, block by block. Where one of them is whole and the other in pieces, the
    whole one is kept, in the place of the first."""
    if len(chains[n]) == 1 < len(chains[original]):
        chains[n], chains[original] = chains[original], chains[n]
    kept = chains[original] * len(chains[n]) if len(chains[original]) == 1 else chains[original]
    for at, one in zip(chains[n], kept, strict=False):
        blocks[at].copy_of, blocks[at].kind = one, blocks[one].kind
    return len(chains[n]) == len(kept)


def _resolve(blocks: Sequence[Block]) -> None:
    """Copies of copies are copies of what is kept."""
    for one in blocks:
        while one.copy_of is not None and (root := blocks[one.copy_of].copy_of) is not None:
            one.copy_of = root


def _chains(plan: Plan) -> list[list[int]]:
    """The places of the blocks in the text, joined ones together."""
    continued = {j.right for j in plan.joins}
    chains: list[list[int]] = []
    for at in plan.order:
        if plan.blocks[at].in_text:
            if at in continued:
                chains[-1].append(at)
            else:
                chains.append([at])
    return chains


def _with_clutter(plan: Plan, sequence: Sequence[int], blocks: Sequence[Block]) -> Iterator[int]:
    """The order of the text with the boilerplate put back behind what it stood behind."""
    behind: dict[int, list[int]] = {}
    last = -1
    for at in plan.order:
        if plan.blocks[at].in_text:
            last = at
        else:
            behind.setdefault(last, []).append(at)
    for at in (-1, *sequence):
        yield from (one for one in ([at] if at >= 0 else []) if blocks[one].copy_of is None)
        yield from behind.get(at, ())


def nothing(source: str) -> Plan:
    """A plan that leaves the text as it is."""
    blocks = lines_of.lines(source)
    return Plan(tuple(blocks), (), (), tuple(b.at for b in blocks))


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
