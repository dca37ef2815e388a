"""Milestones of many reports, the same event folded into one, in the order of time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date as Day

from parkfacts.facts import Date, Milestone, MilestoneType, Status
from parkfacts.history.choose import Choice
from parkfacts.history.source import Quote, Read
from parkfacts.text import LETTER

# what happens once to one thing: told at two times, it is delayed or contradicted
_ONCE: frozenset[MilestoneType] = frozenset(
    ("groundbreaking", "completion", "production", "establishment", "unveiling", "listing")
)
_ALIKE = 0.5
_MUCH = 0.7
_STAGE = re.compile(r"[一二三四五]期|[一二三四五]号")
_NO_WORDS = re.compile(rf"(?:[^{LETTER}]|[\d年月日底初今明去])+")


@dataclass
class Told:
    """One telling of an event."""

    milestone: Milestone
    date: Date
    start: Day
    end: Day
    quote: Quote
    forms: frozenset[str]
    park: frozenset[str]
    written: str
    words: frozenset[str]

    @property
    def general(self) -> bool:
        """Whether nobody in particular is told of."""
        return not self.forms or bool(self.forms & self.park)


@dataclass
class Happening:
    """One event with all that tells it, the earliest report first; its time is the finest that is told as done."""

    told: list[Told] = field(default_factory=list)

    @property
    def best(self) -> Told:
        """The telling to go by: done before promised, the finer date, the later report."""
        return min(self.told, key=lambda t: (t.milestone.status != "achieved", t.end - t.start, _back(t.written)))

    @property
    def type(self) -> MilestoneType:
        """The type of milestone."""
        return self.best.milestone.type

    @property
    def status(self) -> Status:
        """Done, if any report tells so."""
        return self.best.milestone.status

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Where it is told."""
        return tuple(t.quote for t in self.told)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Other times that reports give: planned for …, told as ….."""
        best = self.best
        other: dict[str, None] = {}
        for t in self.told:
            if not _meet(t, best):
                verb = "told as" if t.milestone.status == best.milestone.status else "planned for"
                other[f"{verb} {t.date.edtf} ({t.quote.report})"] = None
        return tuple(other)


def happenings(reads: Iterable[Read], choice: Choice) -> list[Happening]:
    """The events of the reports that are chosen."""
    found: list[Happening] = []
    places: dict[MilestoneType, list[Happening]] = {}
    for read in sorted(reads, key=lambda r: (r.written, r.name)):
        for told in _told(read, choice):
            same = places.setdefault(told.milestone.type, [])
            match = next((h for h in same if any(_one(t, told) for t in h.told)), None)
            if match is None:
                match = Happening()
                same.append(match)
                found.append(match)
            match.told.append(told)
    return sorted(found, key=lambda h: (h.best.start, h.best.end, h.best.quote))


def _told(read: Read, choice: Choice) -> Iterator[Told]:
    if not choice.report(read):
        return
    for milestone in read.report.milestones:
        date = read.dates.get(milestone.date or "")
        if date is None or date.start is None or date.end is None or not choice.milestone(read, milestone):
            continue
        forms = read.forms(milestone.actor)
        words = _pairs(milestone.description)
        yield Told(milestone, date, date.start, date.end, read.quote(milestone), forms, read.park, read.written, words)


def _one(a: Told, b: Told) -> bool:
    """Whether two tellings are of one event: of the same thing at the same time, or of what happens to it but once."""
    if a.milestone.type == "target":
        return _meet(a, b) and _alike(a, b) >= _ALIKE
    same_thing = _same_thing(a, b)
    if _meet(a, b):
        near = min(a.end - a.start, b.end - b.start).days < 32 or _alike(a, b) >= _ALIKE
        return (same_thing and near and _alike(a, b) > 0.2) or _alike(a, b) >= 0.7
    if a.quote.report == b.quote.report or a.milestone.type not in _ONCE or a.general or not same_thing:
        return False
    promised = "planned" in (a.milestone.status, b.milestone.status)
    return _stages(a) == _stages(b) and (promised or _alike(a, b) >= _ALIKE)


def _same_thing(a: Told, b: Told) -> bool:
    """Whether two tellings have one subject: by its names, by most of their characters, or the same park."""
    if a.forms & b.forms or (a.general and b.general and a.park & b.park):
        return True
    one, other = (_pairs(t.milestone.actor or "") for t in (a, b))
    return len(one & other) >= _MUCH * min(len(one), len(other)) > 2 * _MUCH


def _stages(told: Told) -> frozenset[str]:
    """一期 and 二期 are two things."""
    return frozenset(_STAGE.findall(told.quote.text + (told.milestone.actor or "")))


def _meet(a: Told, b: Told) -> bool:
    return a.start <= b.end and b.start <= a.end


def _alike(a: Told, b: Told) -> float:
    """How much of the shorter telling stands in the other."""
    return len(a.words & b.words) / max(1, min(len(a.words), len(b.words)))


def _pairs(text: str) -> frozenset[str]:
    plain = _NO_WORDS.sub("", text)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def _back(written: str) -> tuple[int, ...]:
    """Sorts the later report first."""
    return tuple(-int(part) for part in written.split("-") if part)
