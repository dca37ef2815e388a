"""Lines on pages, put into reading order by where they stand; PDF and recognized images share this.

Columns are found by cuts from top to bottom (a recursive XY-cut). A place x is a cut where bands of lines between those
that cross it (headings over several columns) have text on both sides with white between. The place that separates
most lines is cut first, each side again. Table cells are no columns: their lines are short. Chosen over the union of
white rectangles (Breuel) because a heading over some columns needs no case of its own, and over clustering left edges
because indents and centred lines do not disturb it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

Box = tuple[float, float, float, float]

LEAST_LINES = 3  # on either side of a cut
COLUMN_CHARS = 6  # characters of a usual line of a column; cells are shorter
WHITE = 0.8  # of the type size: the white between columns
CANDIDATES = 60  # right edges that are tried as cuts


class Line(NamedTuple):
    """A run of characters on one line; ``box`` is x0, y0, x1, y1 from the page's top left corner, ``size`` that of its
    type; ``kind`` is what the page itself says of it (``table row``), ``score`` that of recognition."""

    text: str
    box: Box
    size: float
    score: float | None = None
    kind: str | None = None
    vertical: bool = False


class Page(NamedTuple):
    """A page's lines, its number from 1 and its width and height."""

    number: int
    width: float
    height: float
    lines: Sequence[Line]


Column = list[Line]


def columns(lines: Sequence[Line]) -> list[Column]:
    """The lines in reading order, in groups that stand in one column each."""
    best = _best_cut(lines)
    if best is None:
        return [_ordered(lines)] if lines else []
    found: list[Column] = []
    for band in _bands(lines, best):
        left, right = _sides(band, best)
        if _divides(left, right):
            found += columns(left) + columns(right)
        else:
            found += [_ordered(band)] if band else []
    return found


def _best_cut(lines: Sequence[Line]) -> float | None:
    edges = Counter(round(line.box[2]) for line in lines)
    scored = [(_worth(lines, x + 1.0), -x) for x, _ in edges.most_common(CANDIDATES)]
    worth, at = max(scored, default=(0, 0))
    return -at + 1.0 if worth else None


def _worth(lines: Sequence[Line], x: float) -> int:
    """How many lines a cut there separates from others beside them."""
    sides = [_sides(band, x) for band in _bands(lines, x)]
    return sum(min(len(left), len(right)) for left, right in sides if _divides(left, right))


def _bands(lines: Sequence[Line], x: float) -> Iterator[list[Line]]:
    """The lines between those that cross x, and each of those, from top to bottom."""
    band: list[Line] = []
    for line in sorted(lines, key=lambda one: (_middle(one), one.box[0])):
        if line.box[0] < x - 2 and line.box[2] > x + 2:
            yield band
            yield [line]
            band = []
        else:
            band.append(line)
    yield band


def _sides(band: Sequence[Line], x: float) -> tuple[list[Line], list[Line]]:
    return [line for line in band if line.box[2] <= x + 2], [line for line in band if line.box[2] > x + 2]


def _divides(left: Sequence[Line], right: Sequence[Line]) -> bool:
    if min(len(left), len(right)) < LEAST_LINES:
        return False
    ends = sorted(line.box[2] for line in left)  # a mark may hang out of the column
    white = min(line.box[0] for line in right) - ends[int(0.85 * (len(ends) - 1))]
    if white < WHITE * median(line.size for line in (*left, *right)):
        return False
    beside = min(left[-1].box[3], right[-1].box[3]) - max(left[0].box[1], right[0].box[1])
    prose = all(any(one.vertical for one in side) or median(len(one.text) for one in side) >= COLUMN_CHARS
                for side in (left, right))  # fmt: skip
    return beside > 0 and prose


def _ordered(lines: Sequence[Line]) -> Column:
    """Top to bottom, pieces of one line joined; columns of vertical writing from right to left."""
    if 2 * sum(line.vertical for line in lines) > len(lines):
        return sorted(lines, key=lambda one: (-one.box[0], one.box[1]))
    rows: list[list[Line]] = []
    for line in sorted(lines, key=_middle):
        if rows and _same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(sorted(row, key=lambda one: one.box[0])) for row in rows]


def _same_row(one: Line, other: Line) -> bool:
    if one.vertical or other.vertical or one.kind or other.kind:
        return False
    return abs(_middle(one) - _middle(other)) < 0.4 * min(one.size, other.size)


def _joined(row: Sequence[Line]) -> Line:
    """A row of pieces as one line, tabs between its cells; letters spaced out (关 于) are no cells."""
    if len(row) == 1:
        return row[0]
    spaced = all(len(piece.text) == 1 for piece in row)
    text = ("" if spaced else "\t").join(piece.text for piece in row)
    scores = [piece.score for piece in row if piece.score is not None]
    kind = None if spaced else "table row"
    return Line(text, around([piece.box for piece in row]), max(p.size for p in row), min(scores, default=None), kind)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2
