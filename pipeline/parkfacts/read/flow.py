"""Pages of lines become a reading: lines to paragraphs, over columns and pages, each line with its place.

A line's end is no end of a paragraph in Chinese print. A paragraph ends where the next line is indented, set in another
size or further off, or where its last line leaves room. What stands at the same place of several pages is clutter; it
goes behind the paragraph that it interrupts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from parkfacts.read.pages import Column, Line, Page, columns
from parkfacts.read.reading import Mark, Place, Reading

EDGE = 0.1  # of a page's height, in which running heads stand
INDENT = 1.2  # of the type size
ROOM = 2.0  # of the type size, that a paragraph's last line may leave
OTHER_SIZE = 1.12
LEADING = 1.5  # times the usual distance of lines
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"[-—–·•\s]*+(?:第\s*+)?\d{1,4}(?:\s*+页)?(?:\s*+(?:[,，/／]\s*+)?(?:共\s*+)?\d{1,4}(?:\s*+页)?)?[-—–·•\s]*+"
)
_SURELY_NUMBER = re.compile(
    r"[-—–·•]++\s*+\d{1,4}\s*+[-—–·•]++|第\s*+\d{1,4}\s*+页(?:\s*+(?:[,，/／]\s*+)?共\s*+\d{1,4}\s*+页)?"
)
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
    heads = _running_heads(pages)
    going: Paragraph = []
    waiting: list[Placed] = []
    for page in pages:
        waiting += [Placed(one, page.number, why) for one in page.lines if (why := _clutter(one, page, heads))]
        kept = [one for one in page.lines if not _clutter(one, page, heads)]
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


# ---- clutter ----------------------------------------------------------------------------------------------------


def _key(line: Line, page: Page) -> tuple[str, int] | None:
    """What a running head has in common on all its pages: its words and its height; None for the middle of a page."""
    middle = (line.box[1] + line.box[3]) / 2
    if EDGE * page.height < middle < (1 - EDGE) * page.height:
        return None
    return _DIGITS.sub("0", line.text), round(middle / 6)


def _running_heads(pages: Sequence[Page]) -> set[tuple[str, int]]:
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({key for line in page.lines if len(line.text) <= 60 and (key := _key(line, page)) is not None})
    return {key for key, count in seen.items() if count >= max(2, 0.3 * len(pages))}


def _clutter(line: Line, page: Page, heads: set[tuple[str, int]]) -> str | None:
    key = _key(line, page)
    if key is None:
        return None
    if _SURELY_NUMBER.fullmatch(line.text) or (key in heads and _NUMBER.fullmatch(line.text)):
        return "page number"
    return "running head" if key in heads else None


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
