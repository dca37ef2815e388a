"""Characters that a PDF's page holds and does not show: white on white, drawn invisibly, or outside of the page.

Scans come with invisible text over their picture, which is what was recognized in it: it is kept, since something is to
be seen where it stands. The page is drawn only where there are such characters, and no font counts for the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ctypes import addressof, byref, c_uint
from itertools import groupby
from typing import Any

import pypdfium2.raw as pdfium

from parkfacts.read.glyphs import Glyph

WHITE = 0xF0  # the least of red, green and blue: what is darker can be seen on paper
CONTRAST = 16  # steps of grey between what can be told apart
CORE = 0.2  # of a character's box on each side that may hold parts of its neighbours
MOST = 0.8  # of the characters that stand together: so many must be unseen, and then all are
PIXELS = 4_000_000  # of the page, drawn to be looked at

Look = Callable[[Glyph], tuple[int, int]]


def shown(page: Any, text: Any, found: Sequence[Glyph]) -> list[Glyph]:
    """The characters that can be seen, or might be."""
    size = page.get_size()
    inside = [one for one in found if _is_inside(one, size)]
    doubted = _doubted(text, inside)
    if not any(doubted):
        return inside
    look = _drawn(page, size)
    kept: list[Glyph] = []
    for doubt, pairs in groupby(zip(inside, doubted, strict=True), key=lambda pair: pair[1]):
        group = [one for one, _ in pairs]
        if doubt is None or not _is_unseen(group, look, doubt == "white"):
            kept += group
    return kept


def _is_inside(one: Glyph, size: tuple[float, float]) -> bool:
    x, y = (one.box[0] + one.box[2]) / 2, (one.box[1] + one.box[3]) / 2
    return 0 <= x <= size[0] and 0 <= y <= size[1]


def _doubted(text: Any, found: Sequence[Glyph]) -> list[str | None]:
    """Of each character why it may be unseen: ``invisible``, ``white``; None for most."""
    known: dict[int, str | None] = {}
    return [_doubt(text, one.number, known) for one in found]


def _doubt(text: Any, n: int, known: dict[int, str | None]) -> str | None:
    drawn = pdfium.FPDFText_GetTextObject(text, n)
    if not drawn:
        return None
    key = addressof(drawn.contents)
    if key not in known:
        known[key] = _of_object(drawn)
    return known[key]


def _of_object(drawn: Any) -> str | None:
    mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
    if mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP):
        return "invisible"
    if mode != pdfium.FPDF_TEXTRENDERMODE_FILL:
        return None
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not pdfium.FPDFPageObj_GetFillColor(drawn, byref(red), byref(green), byref(blue), byref(alpha)):
        return None
    if alpha.value == 0:
        return "invisible"
    return "white" if min(red.value, green.value, blue.value) >= WHITE else None


def _drawn(page: Any, size: tuple[float, float]) -> Look:
    """The darkest and the lightest grey within a character's box."""
    scale = min(2.0, (PIXELS / max(size[0] * size[1], 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    grey = bitmap.to_numpy().copy().reshape(bitmap.height, bitmap.width)
    bitmap.close()

    def look(one: Glyph) -> tuple[int, int]:
        x0, y0, x1, y1 = (edge * scale for edge in one.box)
        dx, dy = CORE * (x1 - x0), CORE * (y1 - y0)
        part = grey[int(max(y0 + dy, 0)) : int(y1 - dy) + 1, int(max(x0 + dx, 0)) : int(x1 - dx) + 1]
        return (int(part.min()), int(part.max())) if part.size else (0, 255)

    return look


def _is_unseen(group: Sequence[Glyph], look: Look, white: bool) -> bool:
    said = [one for one in group if not one.char.isspace()]
    return sum(_stands_on_its_own_grey(look(one), white) for one in said) >= MOST * len(said)


def _stands_on_its_own_grey(seen: tuple[int, int], white: bool) -> bool:
    darkest, lightest = seen
    return darkest >= WHITE - CONTRAST if white else lightest - darkest <= CONTRAST
