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
STORY = 0.6  # of the type size: the white over or under a heading that stands over columns
LARGE = 1.25  # times the usual size: a heading's
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
        return [ordered(lines)] if lines else []
    parts = _stories(lines, best) or list(_parts(lines, best))
    return [column for part in parts for column in columns(part)]


def _stories(lines: Sequence[Line], x: float) -> list[list[Line]]:
    """Above and below the widest white that runs across the page beside a heading, or a byline; none without one."""
    rows = sorted(lines, key=lambda line: line.box[1])
    usual = median(line.size for line in rows)
    widest, at, low = 0.0, 0, rows[0].box[3]
    for n, line in enumerate(rows[1:], 1):
        white = line.box[1] - low
        if white > max(widest, STORY * line.size):
            above = [one for one in rows[:n] if one.box[3] > low - one.size]
            below = [one for one in rows[n:] if one.box[1] < line.box[1] + one.size]
            if _heads(above, x, usual) or _heads(below, x, usual):
                widest, at = white, n
        low = max(low, line.box[3])
    if not at and _middle(rows[1]) > rows[0].box[3] and _is_byline(rows[0], lines):
        at = 1
    return [rows[:at], rows[at:]] if at else []


def _heads(row: Sequence[Line], x: float, usual: float) -> bool:
    """Whether a row is a heading over columns: it crosses the cut, or stands alone in larger type."""
    return any(_crosses(one, x) for one in row) or (len(row) == 1 and row[0].size > LARGE * usual)


def _is_byline(line: Line, lines: Sequence[Line]) -> bool:
    """Whether what stands alone above columns belongs to all of them: in their middle, at the edge of none."""
    around_all = around([one.box for one in lines])
    middle = (line.box[0] + line.box[2]) - (around_all[0] + around_all[2])
    return abs(middle) < 2 * line.size and all(
        abs(one.box[0] - line.box[0]) > line.size for one in lines if one is not line
    )


def _parts(lines: Sequence[Line], x: float) -> Iterator[list[Line]]:
    """The two sides of each band that x divides, and what stands between such bands."""
    rest: list[Line] = []
    for band in _bands(lines, x):
        left, right = _sides(band, x)
        if not _divides(left, right):
            rest += band
            continue
        yield from (rest, left, right) if rest else (left, right)
        rest = []
    if rest:
        yield rest


def _crosses(line: Line, x: float) -> bool:
    return line.box[0] < x - 2 and line.box[2] > x + 2


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
        if _crosses(line, x):
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


def ordered(lines: Sequence[Line]) -> Column:
    """One column from top to bottom, pieces of a line joined; columns of vertical writing from right to left."""
    if 2 * sum(line.vertical for line in lines) > len(lines):
        return sorted(lines, key=lambda one: (-one.box[0], one.box[1]))
    rows: list[list[Line]] = []
    for line in sorted(lines, key=_middle):
        if rows and _same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    made = [_joined(sorted(row, key=lambda one: one.box[0])) for row in rows]
    return [line if _in_table(made, n) else _plain(line) for n, line in enumerate(made)]


def _in_table(lines: Sequence[Line], n: int) -> bool:
    """Whether a row has another one beside it."""
    beside = [*lines[max(n - 1, 0) : n], *lines[n + 1 : n + 2]]
    return any(other.kind == "table row" for other in beside)


def _plain(line: Line) -> Line:
    """A line with white in it that is no row of cells."""
    return line._replace(text=line.text.replace("\t", "\u3000"), kind=None) if line.kind == "table row" else line


def _same_row(one: Line, other: Line) -> bool:
    if one.vertical or other.vertical or one.kind or other.kind:
        return False
    return abs(_middle(one) - _middle(other)) < 0.4 * min(one.size, other.size)


def _joined(row: Sequence[Line]) -> Line:
    """A row of pieces as one line, tabs between its cells; letters spaced out (关 于) are no cells."""
    if len(row) == 1:
        return row[0]
    spaced = all(len(piece.text) == 1 for piece in row)
    glues = ["" if spaced or not any(map(str.isalnum, piece.text)) else "\t" for piece in row]
    text = "".join(glue * (n > 0) + piece.text for n, (glue, piece) in enumerate(zip(glues, row, strict=True)))
    scores = [piece.score for piece in row if piece.score is not None]
    kind = "table row" if "\t" in text else None
    return Line(text, around([piece.box for piece in row]), max(p.size for p in row), min(scores, default=None), kind)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2
