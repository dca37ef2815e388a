"""Plans that come to rest: what the first one brings to light, a second look decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace

from parkfacts.repair.blocks import Block
from parkfacts.repair.decisions import Decided
from parkfacts.repair.ends import Ends
from parkfacts.repair.joins import Joined
from parkfacts.repair.plan import Plan, carry_out, make
from parkfacts.repair.told import Told
from parkfacts.text import Source, Text

ROUNDS = 5  # a plan that does not come to rest by then is taken back


def settle(source: Source, ends: Ends, decided: Decided) -> tuple[Plan, Text] | None:
    """The plan that comes to rest: repairing its text again would change nothing, by what a person ``decided``. None
    where there is none."""
    told = Told.by(source)
    plan = make(source.text, ends, decided, told)
    for _ in range(ROUNDS):
        text = carry_out(source, plan)
        if plan.changes_nothing:
            return _told_once(plan, plan.suggested), text
        after = make(text.content, ends, decided.on(_chains(plan)), told.on(text))
        if after.changes_nothing:
            return _told_once(plan, tuple(_told(after.suggested, _chains(plan)))), text
        further = refine(plan, after)
        if further is None:
            return None
        plan = further
    return None


def _told_once(plan: Plan, suggested: tuple[Joined, ...]) -> Plan:
    """A plan whose ends are joined, or continued by what is suggested, or open."""
    told = {j.left for j in (*plan.joins, *suggested)}
    ends = tuple(at for at in plan.open if at not in told and plan.blocks[at].in_text)
    return replace(plan, open=ends, suggested=suggested)


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
        elif block.note:
            blocks[chains[n][0]].note = block.note
        elif block.kind == "boilerplate":
            for at in chains[n]:
                blocks[at].kind, blocks[at].reason = "boilerplate", block.reason
    _resolve(blocks)
    joins = [j for j in plan.joins if blocks[j.left].in_text and blocks[j.right].in_text]
    joins += _told(after.joins, chains)
    sequence = [at for n in after.order for at in chains[n]]
    return Plan(tuple(blocks), tuple(sorted(joins)), plan.open, tuple(_with_clutter(plan, sequence, blocks)))


def _told(joins: Sequence[Joined], chains: Sequence[Sequence[int]]) -> Iterator[Joined]:
    """Joins of chains, told of the blocks at their ends."""
    return (j._replace(left=chains[j.left][-1], right=chains[j.right][0]) for j in joins)


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
    last, placed = -1, set(sequence)
    for at in plan.order:
        if at in placed:
            last = at
        elif not plan.blocks[at].in_text:
            behind.setdefault(last, []).append(at)
    for at in (-1, *sequence):
        yield from (one for one in ([at] if at >= 0 else []) if blocks[one].copy_of is None)
        yield from behind.get(at, ())
