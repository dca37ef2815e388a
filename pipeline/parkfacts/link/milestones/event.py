"""What a milestone is before its references are ids."""

from __future__ import annotations

from typing import NamedTuple

from parkfacts.facts import Level, MilestoneType, Status
from parkfacts.text import Span


class Detail(NamedTuple):
    """A circumstance of an event: what it stands for, and the range that says so."""

    name: str
    start: int
    end: int


class Event(NamedTuple):
    """``content[start:end]`` tells it. ``date``, ``companies``, ``amounts`` and ``project`` are indices into the dates,
    the companies, the amounts and the projects; ``restated`` are the other places that tell it."""

    start: int
    end: int
    date: int
    type: MilestoneType
    status: Status
    rule: str
    actor: str | None = None
    level: Level | None = None
    implied: tuple[str, ...] = ()
    companies: tuple[int, ...] = ()
    amounts: tuple[int, ...] = ()
    project: int | None = None
    restated: tuple[Span, ...] = ()
    place: Detail | None = None
    counterpart: tuple[Detail, ...] = ()
    board: Detail | None = None
