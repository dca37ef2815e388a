"""The text that a record's layout tells of: what repair decided, carried out again from its written plan alone."""

from __future__ import annotations

from parkfacts.facts import Block as Told
from parkfacts.facts import Layout
from parkfacts.repair.blocks import Block, lines
from parkfacts.repair.joins import Joined
from parkfacts.repair.plan import Plan, carry_out
from parkfacts.text import Source, Span, Text


def replay(source: Source, layout: Layout) -> Text:
    """The repaired text of a source, from the layout in its record."""
    return carry_out(source, planned(source, layout))


def planned(source: Source, layout: Layout) -> Plan:
    """The plan that a layout tells of."""
    place = {block.id: at for at, block in enumerate(layout.blocks)}
    blocks = tuple(_block(source.text, at, told, place) for at, told in enumerate(layout.blocks))
    joins = tuple(Joined(place[j.from_], place[j.to], j.score or 0.0, j.votes) for j in layout.joins)
    order = tuple(place[id] for id in layout.reading_order or ())
    return Plan(blocks, joins, (), order)


def _block(source: str, at: int, told: Told, place: dict[str, int]) -> Block:
    """A block as it was planned: its lines are those of its range."""
    parts = tuple(Span(told.start + b.start, told.start + b.end) for b in lines(source[told.start : told.end]))
    copy_of = None if told.duplicate_of is None else place[told.duplicate_of]
    text = "".join(source[start:end] for start, end in parts)
    return Block(at, parts, text, 0, told.kind, told.reason, copy_of=copy_of)
