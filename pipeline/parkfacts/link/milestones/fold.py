"""An event told again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parkfacts.link.calendar import DateValue
from parkfacts.link.milestones.event import Event
from parkfacts.segment import Document
from parkfacts.text import LETTER, Mention, Span

_COUNTED = re.compile(r"[0-9]+[余多]?[个家](?:重大|重点|优质)?(?:项目|企业)")
_NO_WORDS = re.compile(rf"(?:[^{LETTER}]|[\d年月日])+")


def fold(doc: Document, events: Sequence[Event], dates: Sequence[Mention[DateValue]]) -> list[Event]:
    """The same type at the same time in much the same words, or told of a count (18个项目现场签约), is one event; the
    later telling goes into ``restated``."""
    kept: list[Event] = []
    pairs: list[set[str]] = []
    first: dict[tuple[object, ...], list[int]] = {}
    for event in events:
        value = dates[event.date].value
        same = first.setdefault((event.type, value.start, value.end), [])
        held = _pairs(doc.view[event.start : event.end])
        counted = _COUNTED.match(doc.view, event.start) is not None
        alike = (i for i in same if _alike(pairs[i], held) and not _of_another(doc, kept[i], event))
        again = same[0] if counted and same else next(alike, None)
        if again is None:
            same.append(len(kept))
            kept.append(event)
            pairs.append(held)
        else:
            kept[again] = kept[again]._replace(restated=(*kept[again].restated, Span(event.start, event.end)))
    return kept


def _of_another(doc: Document, one: Event, other: Event) -> bool:
    """Whether a paragraph tells the like of two: 一号厂房月底完工，二号厂房月底完工."""
    if not one.actor or not other.actor or one.actor in other.actor or other.actor in one.actor:
        return False
    return other.start < doc.paragraph_at(one.start).end


def _alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= 0.6 * min(len(one), len(other))


def _pairs(text: str) -> set[str]:
    plain = _NO_WORDS.sub("", text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)} or {plain}
