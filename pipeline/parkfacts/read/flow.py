"""Pages of lines become a reading: lines to paragraphs, over columns and pages, each line with its place.

A line's end is no end of a paragraph in Chinese print. A paragraph ends where the next line is indented, set in another
size or further off, or where its last line leaves room. What stands at the same place of several pages is clutter; it
goes behind the paragraph that it interrupts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from parkfacts.read.furniture import clutter
from parkfacts.read.pages import Column, Line, Page, columns
from parkfacts.read.reading import Mark, Place, Reading

INDENT = 1.2  # of the type size
ROOM = 2.0  # of the type size, that a paragraph's last line may leave
OTHER_SIZE = 1.12
LEADING = 1.5  # times the usual distance of lines
_STOPS = "。！？!?；;：:"
_CLOSERS = "”’」』）)"


class Placed(NamedTuple):
    """A line, the page it stands on, and why it is clutter."""

    line: Line
    page: int
    clutter: str | None = None


Paragraph = list[Placed]


def reading(pages: Sequence[Page], warnings: Sequence[str] = (), unit: str = "page") -> Reading:
    """The pages' text, ordered, with places and marks."""
    made = _Maker(unit)
    for paragraph in paragraphs(pages):
        made.add(paragraph)
    return Reading("".join(made.parts), "", tuple(made.places), True, tuple(warnings), tuple(made.marks))


def paragraphs(pages: Sequence[Page]) -> Iterator[Paragraph]:
    """The paragraphs in reading order; clutter comes as paragraphs of a line each, behind what it interrupts."""
    why = clutter(pages)
    going: Paragraph = []
    waiting: list[Placed] = []
    for page in pages:
        told = [Placed(one, page.number, why(one, page)) for one in page.lines]
        waiting += [one for one in told if one.clutter]
        kept = [one.line for one in told if not one.clutter]
        for column in columns(kept):
            for group in _split(column):
                if going and not _goes_on(going, group, column):
                    yield going
                    yield from ([one] for one in waiting if one.page < page.number)
                    waiting = [one for one in waiting if one.page >= page.number]
                    going = []
                going += [Placed(line, page.number) for line in group]
                going[-1] = going[-1]._replace(line=_with_room(group[-1], column))
    if going:
        yield going
    yield from ([one] for one in waiting)


def _with_room(last: Line, column: Column) -> Line:
    """The line, marked where it leaves room at its column's right edge."""
    return last._replace(kind=last.kind or ("ends" if _leaves_room(last, _right(column)) else None))


def _goes_on(before: Paragraph, group: Sequence[Line], column: Column) -> bool:
    """Whether a column's first paragraph goes on with the last one of the column before."""
    last, first = before[-1].line, group[0]
    if first is not column[0] or first.kind or last.kind or last.vertical != first.vertical:
        return False
    if _indented(first, column) or _differ(last, first) or len(last.text) <= 6:
        return False
    ended = last.text.rstrip(_CLOSERS)[-1:] in _STOPS
    # where paragraphs are indented, one that is not goes on, even behind a full stop
    return not ended or (len(group) > 1 and any(_indented(line, column) for line in column))


def _split(column: Column) -> Iterator[list[Line]]:
    """The lines of a column in paragraphs."""
    right = _right(column)
    steps = [two.box[1] - one.box[1] for one, two in pairwise(column)]
    usual = median(steps) if steps else 0.0
    group: list[Line] = []
    for n, line in enumerate(column):
        if group and _begins(column, n, right, usual):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(column: Column, n: int, right: float, usual: float) -> bool:
    last, line = column[n - 1], column[n]
    if line.kind or last.kind or _differ(last, line) or last.vertical != line.vertical:
        return True
    if line.vertical:
        return False
    if line.box[1] - last.box[1] > LEADING * max(usual, last.size) or _indented(line, column):
        return True
    return _leaves_room(last, right)


def _leaves_room(line: Line, right: float) -> bool:
    return right - line.box[2] > ROOM * line.size


def _indented(line: Line, column: Column) -> bool:
    return line.box[0] - _left(column) > INDENT * line.size


def _left(column: Column) -> float:
    return min(line.box[0] for line in _prose(column))


def _prose(column: Column) -> Sequence[Line]:
    """The lines that are no rows of a table, whose edges are others; all where there are no such."""
    return [line for line in column if line.kind not in ("table row", "row")] or column


def _right(column: Column) -> float:
    """Where full lines end; a mark may hang out."""
    edges = sorted(line.box[2] for line in _prose(column))
    return edges[int(0.8 * (len(edges) - 1))]


def _differ(one: Line, other: Line) -> bool:
    return max(one.size, other.size) > OTHER_SIZE * min(one.size, other.size)


# ---- the text ---------------------------------------------------------------------------------------------------


class _Maker:
    """Puts paragraphs one under the other and keeps where each line stands."""

    def __init__(self, unit: str) -> None:
        self.unit, self.at = unit, 0
        self.parts: list[str] = []
        self.places: list[Place] = []
        self.marks: list[Mark] = []

    def add(self, paragraph: Paragraph) -> None:
        start = self.at
        for n, (line, page, _) in enumerate(paragraph):
            text, glue = line.text, ""
            if n:
                text, glue = _glued(paragraph[n - 1].line.text, text)
            self._put(glue)
            place = self.at
            self._put(text)
            box = tuple(round(edge, 1) for edge in line.box)
            self.places.append(Place(place, self.at, f"{self.unit} {page}", page, box, line.score))  # type: ignore[arg-type]
        kind = paragraph[0].clutter or ("table row" if paragraph[0].line.kind == "table row" else None)
        if kind:
            self.marks.append(Mark(start, self.at, kind))
        self._put("\n")

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text)


def _glued(before: str, text: str) -> tuple[str, str]:
    """A line and what stands between it and the one before: a blank between words of Latin letters."""
    latin = before[-1:].isascii() and text[:1].isascii() and before[-1:].isalpha() and text[:1].isalpha()
    return text, " " if latin else ""
