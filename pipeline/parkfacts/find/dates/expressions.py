"""What a date expression states, and nothing that the context would have to tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Point(NamedTuple):
    """A day, month, part of a year or year; ``None`` where the words leave it to the context.

    ``word`` is a relative year, month or day (今年, 上月, 当天). ``part`` narrows the finest unit stated: a month's ten
    days (``ten1``–``ten3``, ``tens12``, ``tens23``), half (``half1``, ``half2``) or ``last`` day, ``start``,
    ``middle``, ``end`` of a month or year, ``q1``–``q4``, ``h1``/``h2``, a season's name, or ``same`` (the
    period of the date before it, in that year).
    """

    year: int | None = None
    word: str | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None


class Range(NamedTuple):
    """From one point to another; ``right`` is None for 至今. Either side may leave fields to the other."""

    left: Point
    right: Point | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A five-year plan by its number (14 for 十四五); ``part`` is ``start``, ``end`` or None."""

    number: int
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Decade:
    """The decade that begins in ``start``; ``part`` is ``start``, ``middle``, ``end`` or None."""

    start: int
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Years:
    """``count`` calendar years up to the reference year, or after it; None: an open number (近年来)."""

    count: int | None
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Century:
    """The hundred years that begin in ``start`` (1900); ``part`` is ``start``, ``middle``, ``end`` or None."""

    start: int
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Ago:
    """``count`` units (``Y``, ``Q``, ``M``, ``W``, ``D``) before the reference date: a calendar year, quarter or
    month, or a day."""

    count: int
    unit: str = "Y"
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """``count`` units (as in ``Ago``) behind the last date named."""

    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Rolling:
    """``count`` units (as in ``Ago``) before the reference date or, ``ahead``, after it: ``whole`` calendar units
    beside the current one (前两个月), or up to the day itself (近两个月)."""

    count: int
    unit: str
    ahead: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Week:
    """The week ``shift`` weeks from that of the reference date, or its ``weekday`` (0 for Monday)."""

    shift: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Now:
    """目前, 现在: the reference date itself."""


@dataclass(frozen=True, slots=True)
class Length:
    """A duration (ISO 8601), in working days where ``business``; ``high`` is the longer one of a range (3到5天)."""

    iso: str
    business: bool = False
    approximate: bool = False
    high: str | None = None


@dataclass(frozen=True, slots=True)
class Every:
    """A set: something that recurs every ``iso`` (ISO 8601)."""

    iso: str


Expression = Point | Range | Plan | Decade | Century | Years | Ago | Later | Rolling | Week | Now | Length | Every
