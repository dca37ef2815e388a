"""A workbook for people: a sheet a type, a line a fact."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from parkfacts.write.tables import Column, Table, Told, Value, tables

_WIDTHS = {"text": 40, "description": 60, "title": 40, "name": 28, "indicator": 24, "companies": 28, "document": 24}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MOST = 32_767  # characters of a cell


def xlsx(records: Sequence[Told], language: str) -> Mapping[str, bytes]:
    """One workbook. Numbers are numbers, days are days, and text is text whatever it begins with."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables(records):
        _sheet(book, table, language)
    out = io.BytesIO()
    book.save(out)
    return {"": out.getvalue()}


def _sheet(book: Workbook, table: Table, language: str) -> None:
    sheet = book.create_sheet(table.title if language == "zh" else table.name)
    for at, column in enumerate(table.columns, 1):
        head = sheet.cell(1, at, column.title if language == "zh" else column.name)
        head.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(column.name, 12)
    for line, row in enumerate(table.rows, 2):
        for at, (column, value) in enumerate(zip(table.columns, row, strict=True), 1):
            if value is not None:
                _fill(sheet.cell(line, at), column, value)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions


def _fill(cell: Cell, column: Column, value: Value) -> None:
    if isinstance(value, str):
        cell.value = _CONTROL.sub("", value)[:_MOST]
        cell.data_type = "s"  # never a formula
        cell.alignment = Alignment(vertical="top", wrap_text=column.name in ("text", "description"))
        return
    cell.value = value
    cell.alignment = Alignment(vertical="top")
    if column.kind == "date":
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, Decimal):  # the longer format shows a whole number as "38."
        cell.number_format = "#,##0" if value == value.to_integral_value() else "#,##0.##########"
