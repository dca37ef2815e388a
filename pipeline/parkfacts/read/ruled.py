"""Ruled tables of a PDF's page: characters within the cells of a grid become rows, a line of a cell never a row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from parkfacts.read.glyphs import Glyph, runs
from parkfacts.read.grids import Grid, Unit, grids
from parkfacts.read.limits import Meter
from parkfacts.read.maker import EMPTY, Cell, is_data, is_short, spread
from parkfacts.read.pages import Line, ordered
from parkfacts.read.strokes import Strokes

FILLED = 0.4  # of the cells: the squares of a chart hold less
ROOM = 3.0  # of the type size: a line that leaves more in its cell is not broken by the cell's edge


def lines(found: Sequence[Glyph], strokes: Strokes, meter: Meter, where: str) -> list[Line]:
    """The page's lines; each row of a ruled table is one, with tabs between its cells."""
    rest, made = list(found), []
    for grid in grids(strokes):
        cells, outside = _held(rest, grid)
        if _is_table(grid, cells):
            meter.spend("cells", len(grid.spans), where)
            made += list(_rows(grid, cells, meter))
            rest = outside
    return [*runs(rest), *made]


def _held(found: Sequence[Glyph], grid: Grid) -> tuple[dict[Unit, list[Glyph]], list[Glyph]]:
    """The characters of each cell, in their order, and those outside."""
    cells: dict[Unit, list[Glyph]] = defaultdict(list)
    outside: list[Glyph] = []
    for one in found:
        unit = grid.unit((one.box[0] + one.box[2]) / 2, (one.box[1] + one.box[3]) / 2)
        (outside if unit is None else cells[grid.cells[unit]]).append(one)
    return cells, outside


def _is_table(grid: Grid, cells: dict[Unit, list[Glyph]]) -> bool:
    """Whether the grid holds cells, and frames no prose or pictures."""
    of_row = Counter(cell.row for cell in grid.spans)
    texts = ["".join(one.char for one in held).strip() for held in cells.values()]
    filled = [Cell(text, "") for text in texts if text]
    divided = sum(count > 1 for count in of_row.values())
    return divided >= 2 and len(filled) >= FILLED * len(grid.spans) and is_data([filled])


def _rows(grid: Grid, cells: dict[Unit, list[Glyph]], meter: Meter) -> Iterator[Line]:
    laid: list[list[Cell]] = [[] for _ in range(grid.size[0])]
    for cell in sorted(grid.spans):
        laid[cell.row].append(_cell(grid, cell, cells.get(cell, ())))
    sizes = [one.size for held in cells.values() for one in held]
    for n, row in enumerate(spread(laid, meter)):
        if any(cell.text for cell in row):
            shown = row[:1] if [cell.columns for cell in laid[n]] == [grid.size[1]] else row
            text = "\t".join(cell.text or EMPTY for cell in shown)
            box = grid.xs[0], grid.ys[n], grid.xs[-1], grid.ys[n + 1]
            yield Line(text, box, median(sizes), kind="table row" if is_short(shown) else "row")


def _cell(grid: Grid, cell: Unit, held: Sequence[Glyph]) -> Cell:
    rows, columns = grid.spans[cell]
    width = grid.xs[cell.column + columns] - grid.xs[cell.column]
    return Cell(_text(ordered(runs(held)), width), "", columns, rows)


def _text(lines: Sequence[Line], width: float) -> str:
    """The lines of a cell as one: a blank where one ends before the cell's edge, and between Latin words."""
    text = "".join(("" if n == 0 else _glue(lines[n - 1], line, width)) + line.text for n, line in enumerate(lines))
    return text.replace("\t", " ")


def _glue(before: Line, line: Line, width: float) -> str:
    left, right = before.text[-1:], line.text[:1]
    words = left.isascii() and right.isascii() and left.isalpha() and right.isalpha()
    return " " if words or width - (before.box[2] - before.box[0]) > ROOM * before.size else ""
