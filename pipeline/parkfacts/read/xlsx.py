"""XLSX: sheets of statistics, a line a row, each cell as its number format shows it (``Sheet1!B7``).

The values of formulas are those that the file holds; nothing is calculated. Needs openpyxl.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from parkfacts.errors import Damaged, MissingExtra, unquoted
from parkfacts.read.limits import Limits, Meter
from parkfacts.read.maker import Cell, Maker, again
from parkfacts.read.package import Package, parse
from parkfacts.read.reading import Reading
from parkfacts.read.xlsx_format import shown

_UNNAMED = re.compile(r"(?:sheet|工作表|表) ?\d*", re.IGNORECASE)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
_UNKNOWN = re.compile(rb"</f>(?:<v\s*/>|<v></v>)?</c>")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_WIDEST, _LONGEST = 1000, 100_000  # of a merged range


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The visible sheets. Raises ``MissingExtra`` without openpyxl, ``Damaged``, ``Encrypted`` or ``OverLimit``."""
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra(name, "reading xlsx needs openpyxl", "pip install 'parkfacts[export]'") from None
    meter = Meter(limits, name)
    merged, unknown = _inspected(data, meter)
    maker, warnings = Maker(meter), []
    if unknown:
        warnings.append(f"{unknown} formulas hold no value: open it in Excel or WPS and save it again")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                warnings.append(f"the hidden sheet {sheet.title!r} is left out")
                continue
            _sheet(sheet, merged.get(sheet._worksheet_path.lstrip("/"), {}), maker, meter)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError) as error:
        advice = "open it in Excel or WPS and save it again"
        raise Damaged(name, f"no readable workbook ({unquoted(error)})", advice) from None
    return maker.reading(warnings)


Merged = dict[tuple[int, int], tuple[int, int]]
"""By the first cell (row, column), the last one."""


def _inspected(data: bytes, meter: Meter) -> tuple[dict[str, Merged], int]:
    """The merged ranges by sheet, and how many formulas were never calculated. Every part is unpacked within bounds and
    looked at for entities, before openpyxl sees it."""
    package = Package(data, meter)
    found: dict[str, Merged] = {}
    unknown = 0
    for part in package.members:
        if part.endswith((".xml", ".rels")):
            content = package.read(part)
            if b"<!DOCTYPE" in content or b"<!\x00D\x00" in content or b"\x00<\x00!\x00D" in content:
                parse(content, f"{meter.name} > {part}")  # raises: no Office file declares anything
                raise Damaged(f"{meter.name} > {part}", "declares a DTD, which no Office file does", "do not trust it")
            if part.endswith(("haredStrings.xml", "styles.xml")):  # openpyxl keeps these in memory
                meter.spend("elements", content.count(b"<") - content.count(b"</"), part)
            if part.startswith("xl/worksheets/"):
                meter.spend("cells", len(_CELL.findall(content)), part)
                found[part] = dict(_merges(content))
                unknown += len(_UNKNOWN.findall(content))
    return found, unknown


def _merges(content: bytes) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for match in _MERGED.finditer(content):
        left, right = _column(match[1]), _column(match[3])
        top, bottom = int(match[2]), int(match[4])
        if 0 <= right - left < _WIDEST and 0 <= bottom - top < _LONGEST:
            yield (top, left), (bottom, right)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet(sheet: Any, merged: Merged, maker: Maker, meter: Meter) -> None:
    if not _UNNAMED.fullmatch(sheet.title):
        maker.write(" ".join(sheet.title.split()), sheet.title)
        maker.end("heading")
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    below: dict[int, tuple[int, Cell]] = {}  # by column: up to which row, and what
    rows: list[list[Cell]] = []
    for number, row in enumerate(sheet.iter_rows(), 1):
        meter.check("cells", 0, f"{sheet.title}!{number}")
        if cells := list(_row(sheet.title, number, row, merged, below)):
            meter.spend("cells", len(cells) - len(row), f"{sheet.title}!{number}")
            rows.append(cells)
    for cells in _trimmed(rows):
        maker.row(cells)


def _row(title: str, number: int, row: Any, merged: Merged, below: dict[int, tuple[int, Cell]]) -> Iterator[Cell]:
    """The row's cells, in every column; those of merged ranges in each that they go over."""
    right, goes_on = 0, Cell("", "")
    for column, cell in enumerate(row, 1):
        if cell.value is not None:
            path = f"{title}!{cell.coordinate}"
            made = Cell(shown(cell.value, cell.number_format), path)
            if (number, column) in merged:
                bottom, right = merged[number, column]
                goes_on = again(made)
                below |= {at: (bottom, goes_on) for at in range(column, right + 1) if bottom > number}
            yield made
        elif column <= right:
            yield goes_on
        elif column in below and number <= below[column][0]:
            yield below[column][1]
        else:
            yield Cell("", "")
    if any(cell.value is not None for cell in row):  # a file leaves out the cells of a range at a row's end
        yield from _at_the_end(len(row), number, right, goes_on, below)


def _at_the_end(
    size: int, number: int, right: int, goes_on: Cell, below: dict[int, tuple[int, Cell]]
) -> Iterator[Cell]:
    """What goes on behind a row's last cell: of the range that it ends with, and of those from the rows above."""
    from_above = {column: cell for column, (bottom, cell) in below.items() if column > size and number <= bottom}
    for column in range(size + 1, max([right, *from_above]) + 1):
        yield goes_on if column <= right else from_above.get(column, Cell("", ""))


def _trimmed(rows: list[list[Cell]]) -> Iterator[list[Cell]]:
    """Without the empty columns on the left of all rows, and the empty cells at each one's end."""
    margin = min((next((n for n, cell in enumerate(row) if cell.text), len(row)) for row in rows), default=0)
    for row in rows:
        while row and not row[-1].text:
            row.pop()
        yield row[margin:]
