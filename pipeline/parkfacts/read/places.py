"""Where in its file a range of a record's text stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parkfacts.facts import Gold, Place, Report


def place(report: Report | Gold, spans: Iterable[tuple[int, int]]) -> tuple[Place, ...]:
    """The places that spans of the report's text touch, in the order of the text; none for plain text."""
    return placer(report)(spans)


def placer(report: Report | Gold) -> Callable[[Iterable[tuple[int, int]]], tuple[Place, ...]]:
    """:func:`place` for one report, to be asked often."""
    known = report.source.places
    starts = [one.span[0] for one in known]

    def found(spans: Iterable[tuple[int, int]]) -> tuple[Place, ...]:
        touched: dict[int, Place] = {}
        for start, end in spans:
            at = max(bisect_right(starts, start) - 1, 0)
            while at < len(known) and known[at].span[0] < end:
                if known[at].span[1] > start:
                    touched[at] = known[at]
                at += 1
        return tuple(touched[at] for at in sorted(touched))

    return found


def shown(places: Iterable[Place]) -> str:
    """Places in words: "page 3 (72, 90, 520, 104); paragraph 12"."""
    return "; ".join(_shown(one) for one in places)


def _shown(one: Place) -> str:
    page = f", page {one.page}" if one.page is not None and not one.path.startswith("page ") else ""
    box = "" if one.box is None else f" ({', '.join(f'{edge:g}' for edge in one.box)})"
    score = "" if one.score is None else f", recognized with {one.score:.2f}"
    return f"{one.path}{page}{box}{score}"
