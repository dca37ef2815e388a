"""Grids of strokes on a page: where the cells of a ruled table are.

Strokes that touch are one grid. Its lines divide the plane into units; units without a stroke between them are one
cell, so a cell may go over rows and columns. A side that nothing rules (tables open to the left and right) is where the
strokes end.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from parkfacts.read.strokes import Stroke, Strokes

NEAR = 3.0  # points between strokes that are one, or that touch
MOST = 1_500  # strokes, once those that are one are: with more it is a drawing
UNITS = 10_000  # of a grid: no page has more cells
WALL = 0.5  # of a unit's side: a stroke that covers more divides


class Unit(NamedTuple):
    """Row and column of a unit."""

    row: int
    column: int


class Grid:
    """Lines across at ``ys`` and down at ``xs``, and which units are one cell."""

    def __init__(self, across: Sequence[Stroke], down: Sequence[Stroke]) -> None:
        self.xs = _lines([one.at for one in down], [one.start for one in across], [one.end for one in across])
        self.ys = _lines([one.at for one in across], [one.start for one in down], [one.end for one in down])
        self._across, self._down = _by_line(across, self.ys), _by_line(down, self.xs)

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.ys) - 1, len(self.xs) - 1

    def unit(self, x: float, y: float) -> Unit | None:
        """The unit that holds a point."""
        row, column = bisect(self.ys, y) - 1, bisect(self.xs, x) - 1
        rows, columns = self.size
        return Unit(row, column) if 0 <= row < rows and 0 <= column < columns else None

    @cached_property
    def cells(self) -> dict[Unit, Unit]:
        """The cell of each unit, told by its first one."""
        rows, columns = self.size
        cells: dict[Unit, Unit] = {}
        for first in (Unit(row, column) for row in range(rows) for column in range(columns)):
            going = [first] if first not in cells else []
            while going:
                unit = going.pop()
                if unit not in cells:
                    cells[unit] = first
                    going += [other for other in self._open(unit) if other not in cells]
        return cells

    @cached_property
    def spans(self) -> dict[Unit, tuple[int, int]]:
        """How many rows and columns each cell goes over."""
        spans: dict[Unit, tuple[int, int]] = {}
        for unit, cell in self.cells.items():
            rows, columns = spans.get(cell, (1, 1))
            spans[cell] = max(rows, unit.row - cell.row + 1), max(columns, unit.column - cell.column + 1)
        return spans

    def _open(self, unit: Unit) -> Iterator[Unit]:
        """The units beside one that no stroke divides from it."""
        row, column = unit
        rows, columns = self.size
        for n, beside in ((column, column - 1), (column + 1, column + 1)):
            if 0 <= beside < columns and not _is_wall(self._down[n], self.ys[row], self.ys[row + 1]):
                yield Unit(row, beside)
        for n, beside in ((row, row - 1), (row + 1, row + 1)):
            if 0 <= beside < rows and not _is_wall(self._across[n], self.xs[column], self.xs[column + 1]):
                yield Unit(beside, column)


def grids(strokes: Strokes) -> list[Grid]:
    """The grids of two rows and two columns at least, from top to bottom."""
    across, down = _merged(strokes.across), _merged(strokes.down)
    if len(across) + len(down) > MOST:
        return []
    found = [Grid(*together) for together in _together(across, down)]
    found = [grid for grid in found if min(grid.size) >= 2 and grid.size[0] * grid.size[1] <= UNITS]
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _by_line(strokes: Sequence[Stroke], lines: Sequence[float]) -> list[list[Stroke]]:
    """The strokes of each line."""
    held: list[list[Stroke]] = [[] for _ in lines]
    for one in strokes:
        nearest = min(range(len(lines)), key=lambda n: abs(lines[n] - one.at))
        held[nearest].append(one)
    return held


def _is_wall(strokes: Sequence[Stroke], start: float, end: float) -> bool:
    held = sum(max(min(one.end, end) - max(one.start, start), 0) for one in strokes)
    return held > WALL * (end - start)


def _lines(at: Sequence[float], starts: Sequence[float], ends: Sequence[float]) -> list[float]:
    """Where the lines of an axis stand, those that are near each other as one."""
    lines: list[float] = []
    for one in sorted([*at, *([min(starts)] if starts else []), *([max(ends)] if ends else [])]):
        if not lines or one - lines[-1] > NEAR:
            lines.append(one)
    return lines


def _merged(strokes: Sequence[Stroke]) -> list[Stroke]:
    """The strokes, those on one line that touch as one."""
    made: list[Stroke] = []
    for line in _on_a_line(strokes):
        going: Stroke | None = None
        for one in sorted(line, key=lambda one: (one.start, one.end)):
            if going is not None and one.start <= going.end + NEAR:
                going = going._replace(end=max(going.end, one.end))
                continue
            if going is not None:
                made.append(going)
            going = one
        if going is not None:
            made.append(going)
    return made


def _on_a_line(strokes: Sequence[Stroke]) -> Iterator[list[Stroke]]:
    line: list[Stroke] = []
    for one in sorted(strokes):
        if line and one.at - line[0].at > NEAR:
            yield line
            line = []
        line.append(one)
    if line:
        yield line


def _together(across: Sequence[Stroke], down: Sequence[Stroke]) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """The strokes that touch each other, directly or over others."""
    left = set(down)
    seen: set[Stroke] = set()
    for first in across:
        if first in seen:
            continue
        seen.add(first)
        rows, columns, going = [first], [], [first]
        while going:
            one = going.pop()
            touched = [other for other in left if _touch(one, other)]
            left.difference_update(touched)
            columns += touched
            new = [other for other in across if other not in seen and any(_touch(other, it) for it in touched)]
            seen.update(new)
            rows += new
            going += new
        yield rows, columns


def _touch(across: Stroke, down: Stroke) -> bool:
    return across.start - NEAR <= down.at <= across.end + NEAR and down.start - NEAR <= across.at <= down.end + NEAR
