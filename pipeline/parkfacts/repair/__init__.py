"""Blocks, clutter, duplicates and joins: the source in reading order, with a reason for every change.

``repair`` makes a plan (:mod:`.plan`): lines → paragraphs (:mod:`.wraps`) → kinds (:mod:`.kinds`, :mod:`.clutter`) →
copies (:mod:`.duplicates`) → severed sentences (:mod:`.joins`, their reasons in :mod:`.votes`) → order (:mod:`.order`,
:mod:`.sections`); carries it out by keeping, dropping and moving ranges of the source, and looks again until nothing
changes (:mod:`.settle`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from parkfacts.facts import Join, Layout, Open, Warned
from parkfacts.repair import joins
from parkfacts.repair import plan as planning
from parkfacts.repair.blocks import Block, lines
from parkfacts.repair.copies import Copies
from parkfacts.repair.decisions import Decisions
from parkfacts.repair.ends import Ends
from parkfacts.repair.joins import Joined
from parkfacts.repair.lexical import Lexicon, Words
from parkfacts.repair.markup import at_source, composed, moved, without_markup
from parkfacts.repair.plan import Plan
from parkfacts.repair.settle import settle
from parkfacts.repair.told import MARKUP
from parkfacts.text import Source, Span, Text

__all__ = ["Decisions", "Plan", "Repaired", "Words", "repair"]

_UNSETTLED = "the layout was left as it stands: repaired, it would be repaired anew"
EDGE = 10  # characters of either side of a cut that the record shows


@dataclass(frozen=True)
class Repaired:
    """A text in reading order, the record of its layout, and what could not be done."""

    text: Text
    layout: Layout
    warnings: tuple[Warned, ...] = ()
    plan: Plan = field(repr=False, compare=False, default=Plan((), (), (), ()))

    @cached_property
    def _copies(self) -> Copies:
        return Copies(self.plan.blocks)

    def copies(self, spans: Sequence[tuple[int, int]]) -> tuple[tuple[Span, ...], ...]:
        """Where the same words stand in duplicated blocks: an evidence's ``also``. ``spans`` lie in kept blocks."""
        return self._copies.of(spans)


def repair(source: Source, words: Words, decisions: Decisions | None = None) -> Repaired:
    """Puts a source into reading order.

    Repairing the result again changes nothing. A layout whose repair does not come to rest is left as it stands, and a
    warning says so. ``decisions`` of a person go before what is found; their ids are those of the layout without any.
    Raises :class:`parkfacts.errors.DecisionError` for decisions that do not fit it.
    """
    if any(mark.kind == MARKUP for mark in source.marks):
        bare = without_markup(source)
        return _on(bare, repair(moved(bare), words, decisions))
    ends, decided = Ends(Lexicon(words), lambda: joins.judge().model), planning.NONE
    settled = settle(source, ends, decided)
    blocks = lines(source.text) if settled is None else planning.paragraphs(source.text) if decisions else []
    if decisions:
        decided = decisions.at(_names(blocks), source.id)
        settled = settled and settle(source, ends, decided)
    if settled is None:
        plan = planning.nothing(blocks, decided)
        return Repaired(planning.carry_out(source, plan), _layout(plan), (Warned(message=_UNSETTLED),), plan)
    plan, text = settled
    return Repaired(text, _layout(plan), (), plan)


def _on(bare: Text, inner: Repaired) -> Repaired:
    """What was made of the bare text, told of its source."""
    blocks = tuple(
        block.model_copy(update={"start": bare.origin(block.start, block.end)[0].start,
                                 "end": bare.origin(block.start, block.end)[-1].end})
        for block in inner.layout.blocks
    )  # fmt: skip
    plan = replace(inner.plan, blocks=tuple(at_source(bare, block) for block in inner.plan.blocks))
    layout = inner.layout.model_copy(update={"blocks": blocks})
    return Repaired(composed(bare, inner.text), layout, inner.warnings, plan)


def _names(blocks: Sequence[Block]) -> list[str]:
    """Ids of blocks, by their places."""
    digits = max(2, len(str(len(blocks))))
    return [f"b{n:0{digits}}" for n in range(1, len(blocks) + 1)]


def _layout(plan: Plan) -> Layout:
    names = _names(plan.blocks)
    continues = {j.right: names[j.left] for j in plan.joins}
    open_ends = set(plan.open)
    blocks = [
        {
            "id": names[b.at],
            "kind": b.kind,
            "start": b.start,
            "end": b.end,
            "status": "duplicate" if b.copy_of is not None else "open" if b.at in open_ends else "kept",
            "duplicate_of": None if b.copy_of is None else names[b.copy_of],
            "continues": continues.get(b.at),
            "reason": b.reason,
            "note": b.note,
        }
        for b in plan.blocks
    ]
    joins, suggested = (tuple(_join(j, plan, names) for j in tier) for tier in (plan.joins, plan.suggested))
    ends = tuple(Open(id=names[at], left=plan.blocks[at].text[-EDGE:]) for at in plan.open)
    order = tuple(names[at] for at in plan.order)
    return Layout.model_validate(
        {"blocks": blocks, "joins": joins, "suggested": suggested, "open": ends, "reading_order": order}
    )


def _join(join: Joined, plan: Plan, names: Sequence[str]) -> Join:
    return Join(
        from_=names[join.left],
        to=names[join.right],
        left=plan.blocks[join.left].text[-EDGE:],
        right=plan.blocks[join.right].text[:EDGE],
        score=join.score,
        votes=join.votes,
    )
