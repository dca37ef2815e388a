"""Where a clause has its subject."""

from __future__ import annotations

from parkfacts.link.calendar import DateValue
from parkfacts.link.milestones.phrase.general import skip
from parkfacts.link.milestones.scene import Scene
from parkfacts.link.milestones.wording import ADVERBS, EDGE, LEAD
from parkfacts.text import Mention, Span


def subject_range(view: str, clause: Span, verb: int, date: Mention[DateValue]) -> tuple[int, int]:
    """Where the subject stands: behind a date that opens the clause, before one that stands within it."""
    start, end = clause.start, verb
    if clause.start <= date.start < verb:
        start, end = (clause.start, date.start) if date.start - clause.start >= 2 else (date.end, verb)
        if end == date.start and not ADVERBS.sub("", LEAD.sub("", view[start:end])).strip(EDGE):
            start, end = date.end, verb
    return start, end


def after_date(scene: Scene, start: int, end: int) -> int:
    """Behind what introduces a clause, and behind a date in front."""
    start = skip(scene.view, start, end)
    for date in scene.dates_in(start, min(end, start + 1)):
        start = skip(scene.view, min(end, scene.dates[date].end), end)
    return start
