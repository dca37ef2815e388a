"""Milestones: dated events with their type, status, actor and level.

In order: the triggers of a sentence are gathered by clause and one is chosen; each takes the date that governs its
clause; a sentence that sets aims becomes one target; a dated past clause without trigger or figures is ``other``; an
event told again is folded into its first telling; each event gets the firms, the project and the figures that belong
to it, with its
place, the other side of a signing and the board of a listing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from parkfacts.facts import MilestoneType
from parkfacts.link.calendar import DateValue
from parkfacts.link.entities import Entities
from parkfacts.link.milestones.circumstances import circumstances
from parkfacts.link.milestones.event import Detail, Event
from parkfacts.link.milestones.fold import fold
from parkfacts.link.milestones.scene import Scene
from parkfacts.link.milestones.teller import Teller
from parkfacts.link.reference import Reference
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

__all__ = ["Detail", "Event", "link"]


def link(
    doc: Document,
    triggers: Sequence[Mention[MilestoneType]],
    dates: Sequence[Mention[DateValue]],
    figures: Sequence[Span],
    reference: Reference | None,
    who: Entities,
) -> list[Event]:
    """The milestones of a document in the order of its text. ``figures`` are the spans of its amounts."""
    scene = Scene(doc, triggers, dates, figures, reference, who)
    teller = Teller(scene)
    told = chain.from_iterable(teller.tell(index) for index in range(len(doc.sentences)))
    return [circumstances(scene, event) for event in fold(doc, list(told), dates)]
