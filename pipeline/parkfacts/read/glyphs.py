"""The characters of a PDF's page, with their boxes, as lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from ctypes import c_int
from math import isfinite
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from parkfacts.read.pages import Box, Line, around

SAME = 0.2  # of the type size, and half of its width: a character drawn again this near is fake bold
APART = 1.0  # of the type size: white that ends a run
BLANK = 0.75  # of the type size: white that stands for a blank
WORDS = 0.18  # of the type size: white between Latin words and figures, where it is twice what stands beside it
GRID = 4.0  # points
_FINE = 100  # device pixels a point, where the page's transformation is asked for


class Glyph(NamedTuple):
    """A character, its box from the page's top left corner as the page is shown, whether its code is sure, and its
    number on the page."""

    char: str
    box: Box
    size: float
    known: bool
    number: int = -1


def glyphs(page: Any, text: Any) -> Iterator[Glyph]:
    """The page's characters in the order of its content, fake bold folded."""
    turn = turned(page)
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    for n in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, n) == 1:
            continue
        char = _char(pdfium.FPDFText_GetUnicode(text, n))
        known = pdfium.FPDFText_HasUnicodeMapError(text, n) != 1
        if not all(map(isfinite, box := turn(_box(text, n)))):
            continue  # drawn nowhere, by a matrix of numbers beyond any page
        one = Glyph(char, box, 0.0, known, n)
        one = one._replace(size=max(one.box[3] - one.box[1], 1.0))
        if char.isspace() or not _drawn_before(one, seen):
            yield one


def _char(code: int) -> str:
    """The character of a code; one that is none, or half of one, is replaced."""
    return "\ufffd" if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)


def _box(text: Any, n: int) -> Box:
    """The box with the line's full height, where that is believable: some versions make it endless."""
    tight: Box = text.get_charbox(n)
    loose: Box = text.get_charbox(n, loose=True)
    size = pdfium.FPDFText_GetFontSize(text, n)
    high, wide = loose[3] - loose[1], loose[2] - loose[0]
    believable = 0 < high <= 4 * max(tight[3] - tight[1], tight[2] - tight[0], size) and wide <= 4 * high
    return loose if believable else tight


def turned(page: Any) -> Callable[[Box], Box]:
    """From the page's own coordinates to points from the top left corner of the page as shown (rotation, crop box)."""
    width, height = page.get_size()
    size = (min(int(width * _FINE), 2**28), min(int(height * _FINE), 2**28))

    def shown(x: float, y: float) -> tuple[float, float]:
        at = c_int(), c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, *at)
        return at[0].value / _FINE, at[1].value / _FINE

    origin, right, up = shown(0, 0), shown(100, 0), shown(0, 100)
    a, b = (right[0] - origin[0]) / 100, (right[1] - origin[1]) / 100
    c, d = (up[0] - origin[0]) / 100, (up[1] - origin[1]) / 100

    def turn(box: Box) -> Box:
        corners = [(a * x + c * y + origin[0], b * x + d * y + origin[1]) for x in box[::2] for y in box[1::2]]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    return turn


def _drawn_before(one: Glyph, seen: dict[tuple[str, int, int], list[Glyph]]) -> bool:
    column, row = int(one.box[0] // GRID), int(one.box[1] // GRID)
    near = min(SAME * one.size, 0.5 * (one.box[2] - one.box[0]))
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            for other in seen.get((one.char, column + dx, row + dy), ()):
                if abs(other.box[0] - one.box[0]) < near and abs(other.box[1] - one.box[1]) < near:
                    return True
    seen.setdefault((one.char, column, row), [])[:] = [one]
    return False


def runs(found: Sequence[Glyph]) -> list[Line]:
    """Characters to lines: a run ends where the next character stands on another line or far off."""
    groups: list[list[Glyph]] = []
    for one in found:
        if groups and (one.char.isspace() or _follows(groups[-1], one)):
            groups[-1].append(one)
        elif not one.char.isspace():
            groups.append([one])
    lines = [_line(group) for group in groups]
    return list(_vertical([line for line in lines if line.text]))


def _follows(group: Sequence[Glyph], one: Glyph) -> bool:
    last = next(glyph for glyph in reversed(group) if not glyph.char.isspace())
    middle = (one.box[1] + one.box[3]) / 2
    size = max(last.size, one.size)
    if abs(middle - (last.box[1] + last.box[3]) / 2) > 0.4 * size:
        return False
    return -0.5 * size < one.box[0] - last.box[2] < APART * size


def _line(group: Sequence[Glyph]) -> Line:
    while group and group[-1].char.isspace():
        group = group[:-1]
    kept = [one for n, one in enumerate(group) if not _idle(group, n)]
    text = "".join(_white(kept, n) + one.char for n, one in enumerate(kept))
    sizes = sorted(one.size for one in group)
    return Line(text, around([one.box for one in group]), sizes[len(sizes) // 2])


def _idle(group: Sequence[Glyph], n: int) -> bool:
    """A blank beside a Chinese character, which print puts there to fill the line; soft hyphens and the like."""
    char = group[n].char
    if char in "\u00ad\u200b\ufeff\x00\x02\ufffe":
        return True
    if char == "\u3000" or not char.isspace():
        return False
    return not (group[n - 1].char.isascii() and group[n + 1].char.isascii() and char == " ")


def _white(group: Sequence[Glyph], n: int) -> str:
    """A blank, where nothing but white stands for it: of a character's width, or between Latin words and figures."""
    if n == 0:
        return ""
    one, before = group[n], group[n - 1]
    gap, size = one.box[0] - before.box[2], max(one.size, before.size)
    if gap > BLANK * size and one.char.isalnum() and before.char.isalnum():
        return "\u3000"
    latin = one.char.isascii() and before.char.isascii() and not (one.char.isspace() or before.char.isspace())
    return " " if latin and gap > max(WORDS * size, 2 * _usual(group, n)) else ""


def _usual(group: Sequence[Glyph], n: int) -> float:
    """The larger white beside that before a character: type that is spaced out has it everywhere."""
    beside = (pair for pair in ((n - 2, n - 1), (n, n + 1)) if pair[0] >= 0 and pair[1] < len(group))
    return max((group[two].box[0] - group[one].box[2] for one, two in beside), default=0.0)


def _vertical(lines: Sequence[Line]) -> Iterator[Line]:
    """Single characters one under the other are a column of vertical writing."""
    stack: list[Line] = []
    for line in lines:
        if stack and not _under(stack[-1], line):
            yield from _stacked(stack)
            stack = []
        stack.append(line)
    yield from _stacked(stack)


def _under(one: Line, other: Line) -> bool:
    if len(one.text) > 1 or len(other.text) > 1:
        return False
    straight = abs((one.box[0] + one.box[2]) - (other.box[0] + other.box[2])) < 0.6 * one.size
    return straight and 0.5 * one.size < other.box[1] - one.box[1] < 2 * one.size


def _stacked(stack: Sequence[Line]) -> Iterator[Line]:
    if len(stack) < 3:
        yield from stack
        return
    yield Line("".join(one.text for one in stack), around([one.box for one in stack]), stack[0].size, vertical=True)
