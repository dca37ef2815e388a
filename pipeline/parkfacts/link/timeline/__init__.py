"""The time line: what the written dates mean, told in the order of the text.

A point that lacks its year takes, in this order: the year named before it in its paragraph; the year of the section's
heading; where the reference day is not known, the year that an earlier paragraph began with, or that of the title; the
reference year.
The fields that the context gave are in ``implied``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parkfacts.find.dates import Expression
from parkfacts.link.calendar import DateValue
from parkfacts.link.open_ends import mod
from parkfacts.link.reference import Reference, is_dispatch
from parkfacts.link.timeline.clock import Clock
from parkfacts.link.timeline.memory import Memory
from parkfacts.segment import Document
from parkfacts.text import LETTER, Mention

__all__ = ["resolve"]

_LETTER = re.compile(f"[{LETTER}]")
_QUESTION = 60  # characters


def resolve(
    doc: Document, mentions: Sequence[Mention[Expression]], reference: Reference | None
) -> list[Mention[DateValue]]:
    """The dates of a document with their values. A day or month word that nothing can place is left out."""
    clock = Clock(Memory(doc, reference, alone=_alone(doc, mentions)))
    found = []
    for mention in mentions:
        value = clock.read(mention)
        if value is not None and not is_dispatch(doc, mention):
            if value.kind == "date" and (beside := mod(doc.view, mention.start, mention.end)):
                value = value._replace(mod=beside)
            found.append(Mention(mention.start, mention.end, mention.rule, value, mention.score))
    return found


def _alone(doc: Document, mentions: Sequence[Mention[Expression]]) -> bool:
    """Whether the text is nothing but dates, as in a question or the field of a form: it tells of no past."""
    if len(doc.view) > _QUESTION:
        return False
    return len(_LETTER.findall(doc.view)) <= sum(m.end - m.start for m in mentions)
