"""Text that is made of a document, with the place of every range, in one pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parkfacts.read.limits import Meter
from parkfacts.read.reading import Mark, Place, Reading

_UNWRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef，。、；：]")
EMPTY = "—"  # what an empty cell is written as, so that every column keeps its place
_ROW = 40  # characters of a cell, on average: above, a row is prose that somebody put into a table


class Cell(NamedTuple):
    """A table's cell: its text on one line and where it stands. ``columns`` and ``rows`` are how many it goes over."""

    text: str
    path: str
    columns: int = 1
    rows: int = 1


class Maker:
    """Writes lines. What is written between two line ends is one block; a ``kind`` is what the format says it is."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._parts: list[str] = []
        self._places: list[Place] = []
        self._marks: list[Mark] = []
        self._at = self._line = 0

    def write(self, text: str, path: str) -> None:
        """Text that stands at a place; blanks are kept."""
        if not (text := _UNWRITTEN.sub("", text)):
            return
        self._meter.spend("chars", len(text), path)
        self._parts.append(text)
        if text.strip():
            self._places.append(Place(self._at, self._at + len(text), path))
        self._at += len(text)

    def end(self, kind: str | None = None) -> None:
        """Ends the line, if there is one."""
        if self._at > self._line:
            if kind is not None:
                self._marks.append(Mark(self._line, self._at, kind))
            self._parts.append("\n")
            self._at += 1
            self._line = self._at

    def row(self, cells: Sequence[Cell], kind: str | None = None) -> None:
        """A row of a table on a line, its cells apart by tabs; nothing for an empty one. What is no prose is marked as
        a table row where no other ``kind`` is told."""
        filled = [cell for cell in cells if cell.text]
        if not filled:
            return
        if len({cell.path for cell in filled}) == 1 and len(cells) == len(filled):  # one cell goes over the whole row
            cells = cells[:1]
        for n, cell in enumerate(cells):
            if n:
                self.write("\t", cell.path)
            self.write(cell.text or EMPTY, cell.path)
        self.end(kind or ("table row" if is_short(cells) else None))

    def reading(self, warnings: Sequence[str] = ()) -> Reading:
        """What was written."""
        self.end()
        places, marks = tuple(self._places), tuple(self._marks)
        return Reading("".join(self._parts), "", places, True, tuple(warnings), marks)


def one_line(lines: Sequence[str]) -> str:
    """Lines of a cell as one: no blank where Chinese goes on with Chinese, and one where there are more."""
    text = ""
    for line in lines:
        if line := _BLANKS.sub(" ", line).strip():
            apart = text and not (_CHINESE.match(text[-1]) and _CHINESE.match(line))
            text += " " + line if apart else line
    return text


_FIGURE = re.compile(r"\d(?!\d*\s*年)")


def again(cell: Cell) -> Cell:
    """What stands in the further columns and rows that a cell goes over: heads and labels do, a figure stands once."""
    return cell._replace(text="") if _FIGURE.search(cell.text) else cell


def spread(rows: Sequence[Sequence[Cell]], meter: Meter) -> list[list[Cell]]:
    """The rows with a cell in every column; what this adds to the cells that there are is counted."""
    out: list[list[Cell]] = []
    below: dict[int, tuple[int, Cell]] = {}  # by column: for how many rows more, and what
    for row in rows:
        line: list[Cell] = []
        queue = iter(row)
        cell = next(queue, None)
        while cell is not None or any(at >= len(line) for at in below):
            at = len(line)
            if at in below:
                meter.spend("cells", 1)
                left, more = below.pop(at)
                line.append(more)
                if left > 1:
                    below[at] = left - 1, more
            elif cell is None:
                line.append(Cell("", ""))
            else:
                meter.spend("cells", cell.columns - 1, cell.path)
                more = again(cell)
                line += [cell, *[more] * (cell.columns - 1)]
                if cell.rows > 1:
                    below |= {at + n: (cell.rows - 1, more) for n in range(cell.columns) if at + n not in below}
                cell = next(queue, None)
        out.append(line)
    return out


def is_short(row: Sequence[Cell]) -> bool:
    """Whether a row holds short cells, and no prose that somebody put into a table."""
    return len(row) > 1 and sum(len(cell.text) for cell in row) <= _ROW * len(row)


def is_data(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table holds data, and is no frame around prose."""
    cells = [cell for row in rows for cell in row if cell.text]
    return max(map(len, rows), default=0) > 1 and all(len(cell.text) <= 10 * _ROW for cell in cells)
