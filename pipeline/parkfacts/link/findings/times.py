"""Times that contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from parkfacts.facts import MilestoneType
from parkfacts.link.calendar import DateValue
from parkfacts.link.findings.finding import Finding
from parkfacts.link.milestones import Event
from parkfacts.link.reference import Reference
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

_DAY = r"(?P<{0}>\d{{4}}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?)"
_RANGE = re.compile(_DAY.format("left") + r"(?:至|到|[—–\-~]{1,2})" + _DAY.format("right"))
_ORDER: dict[MilestoneType, int] = {"groundbreaking": 0, "completion": 1, "production": 2}
_STAGE = re.compile(r"[一二三四五首]期|[一二三四五六七八九]号|东区|西区|南区|北区|扩建|技改|主厂房|厂房|主体|产线")
_PAST = re.compile(r"已(?!有)(?:经|于|在)?|圆满|完成了|实现了")
_TO_COME = re.compile(r"就要|即将|要在|将|计划|预计|拟|力争|目标|有望|原定|争取|确保")


def reversed_ranges(doc: Document) -> Iterator[Finding]:
    """2021年5月至2020年3月: an end before its start. Such a range is no date of the record."""
    for match in _RANGE.finditer(doc.view):
        left, right = ([int(n) for n in re.findall(r"\d+", match[side])] for side in ("left", "right"))
        size = min(len(left), len(right))
        if right[:size] < left[:size]:
            message = f"{match['right']} is before {match['left']}"
            yield Finding("end before start", message, (), (Span(*match.span()),))


def wrong_order(doc: Document, events: Sequence[Event], dates: Sequence[Mention[DateValue]]) -> Iterator[Finding]:
    """A project that is finished or produces before ground is broken for it. Stages are told apart (一期, 二期)."""
    lives: dict[tuple[int, frozenset[str]], list[int]] = {}
    for index, event in enumerate(events):
        if event.project is not None and event.type in _ORDER:
            stages = _stages(doc, event)
            lives.setdefault((event.project, stages), []).append(index)
    for life in lives.values():
        for one, other in combinations(life, 2):
            first, later = sorted((one, other), key=lambda i: _ORDER[events[i].type])
            if _ORDER[events[first].type] < _ORDER[events[later].type] and _before(events, dates, later, first):
                message = f"{events[later].type} before {events[first].type}"
                spans = tuple(Span(events[i].start, events[i].end) for i in (first, later))
                yield Finding("wrong order", message, (("m", first), ("m", later)), spans)


def _stages(doc: Document, event: Event) -> frozenset[str]:
    """The stages that an event is told of: in its words, else the last of its sentence (一期5月开工，次年投产)."""
    own = _STAGE.findall(doc.view, event.start, event.end)
    sentence = doc.sentence_at(event.start)
    return frozenset(own or _STAGE.findall(doc.view, sentence.start, event.start)[-1:])


def _before(events: Sequence[Event], dates: Sequence[Mention[DateValue]], one: int, other: int) -> bool:
    """Whether one event ends before the other begins."""
    end, start = dates[events[one].date].value.end, dates[events[other].date].value.start
    return end is not None and start is not None and end < start


def told_too_early(
    doc: Document, events: Sequence[Event], dates: Sequence[Mention[DateValue]], reference: Reference | None
) -> Iterator[Finding]:
    """An event behind the document's own day that is told as done (已于…投产)."""
    if reference is None or reference.basis == "inferred":
        return
    for index, event in enumerate(events):
        date = dates[event.date]
        begins, view = date.value.start, doc.view
        if begins is None or begins <= reference.period.end or event.type == "target":
            continue
        if not event.start <= date.start < event.end:
            continue  # told by another sentence: it may be another time
        if _PAST.search(view, date.end, event.end) and not _TO_COME.search(view, event.start, event.end):
            message = f"{doc.text.content[date.start : date.end]} is after {reference.period.edtf}"
            yield Finding("told as past", message, (("m", index), ("d", event.date)), (Span(event.start, event.end),))
