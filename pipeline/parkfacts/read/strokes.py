"""The straight strokes of a PDF's page, from which its ruled tables are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ctypes import byref, c_float, c_int
from math import isfinite
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from parkfacts.read.pages import Box

MOST = 20_000  # segments of a page: with more it is a drawing, and no table is looked for
DEEP = 3  # forms within forms
LEAST = 4.0  # points: what is shorter is the end of a thick stroke
STRAIGHT = 1.0  # points that a stroke may lean

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Stroke(NamedTuple):
    """A stroke along an axis: where it stands on the other one, and from where to where it goes."""

    at: float
    start: float
    end: float


class Strokes(NamedTuple):
    """The strokes of a page, in points from its top left corner as it is shown."""

    across: tuple[Stroke, ...] = ()
    down: tuple[Stroke, ...] = ()


def strokes(page: Any, turn: Callable[[Box], Box]) -> Strokes:
    """What the page draws along its axes, edges of filled boxes too; none where it draws very much."""
    across, down = [], []
    for n, (one, other) in enumerate(_segments(page)):
        if n >= MOST:
            return Strokes()
        x0, y0, x1, y1 = turn(
            (min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
        )
        if not all(map(isfinite, (x0, y0, x1, y1))):
            continue
        if y1 - y0 <= STRAIGHT and x1 - x0 >= LEAST:
            across.append(Stroke((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= STRAIGHT and y1 - y0 >= LEAST:
            down.append(Stroke((x0 + x1) / 2, y0, y1))
    return Strokes(tuple(across), tuple(down))


def _segments(page: Any) -> Iterator[tuple[Point, Point]]:
    count = pdfium.FPDFPage_CountObjects(page)
    for n in range(max(count, 0)):
        yield from _of_object(pdfium.FPDFPage_GetObject(page, n), _SAME, DEEP)


def _of_object(drawn: Any, outer: Matrix, deep: int) -> Iterator[tuple[Point, Point]]:
    kind = pdfium.FPDFPageObj_GetType(drawn)
    if kind == pdfium.FPDF_PAGEOBJ_PATH and _is_drawn(drawn):
        yield from _of_path(drawn, _times(_matrix(drawn), outer))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and deep:
        matrix = _times(_matrix(drawn), outer)
        for n in range(max(pdfium.FPDFFormObj_CountObjects(drawn), 0)):
            yield from _of_object(pdfium.FPDFFormObj_GetObject(drawn, n), matrix, deep - 1)


def _is_drawn(path: Any) -> bool:
    fill, stroke = c_int(), c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))) and bool(fill.value or stroke.value)


def _of_path(path: Any, matrix: Matrix) -> Iterator[tuple[Point, Point]]:
    """The lines of a path; a closing one goes back to where its part began."""
    first = last = (0.0, 0.0)
    for n in range(max(pdfium.FPDFPath_CountSegments(path), 0)):
        segment = pdfium.FPDFPath_GetPathSegment(path, n)
        x, y = c_float(), c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        at = _moved((x.value, y.value), matrix)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, at
        elif kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = at
        last = at
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield last, first


def _matrix(drawn: Any) -> Matrix:
    made = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, byref(made)):
        return _SAME
    return made.a, made.b, made.c, made.d, made.e, made.f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """First one, then the other."""
    a, b, c, d, e, f = one
    (x, y), (z, w), (p, q) = (_moved(point, (*other[:4], 0.0, 0.0)) for point in ((a, b), (c, d), (e, f)))
    return x, y, z, w, p + other[4], q + other[5]


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
