"""A workbook for people: a sheet a type, a line a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from parkfacts.errors import WriteError
from parkfacts.write.forms import Style
from parkfacts.write.tables import TABLES, Column, Row, Table, Told, Value

_WIDTHS = {"text": 40, "description": 60, "title": 40, "name": 28, "indicator": 24, "companies": 28, "document": 24}
_WRAPPED = ("text", "description")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOST_CHARACTERS, _MOST_ROWS = 32_767, 1_048_576  # of a cell, of a sheet
_SOME_DAY = datetime(2000, 1, 1)  # the file's own time: the same facts give the same bytes


def xlsx(records: Iterable[Told], out: Path, style: Style) -> None:
    """One workbook. Numbers are numbers, days are days, and text is text whatever it begins with; what a cell cannot
    hold is told. Raises ``WriteError`` for more rows than a sheet has."""
    with Workbook(str(out), {"constant_memory": True}) as book:
        book.set_properties({"created": _SOME_DAY})
        sheets = [_Sheet(book, table, style) for table in TABLES]
        for told in records:
            for sheet in sheets:
                for row in sheet.table.rows(told):
                    sheet.add(row)
        for sheet in sheets:
            sheet.close()


class _Sheet:
    """A sheet that is written row by row."""

    def __init__(self, book: Workbook, table: Table, style: Style) -> None:
        self.table, self.style, self.line = table, style, 0
        self.sheet: Worksheet = book.add_worksheet(table.title if style.language == "zh" else table.name)
        top = {"valign": "top"}
        self.formats: dict[str, Format] = {
            "": book.add_format(top),
            "wrapped": book.add_format({**top, "text_wrap": True}),
            "date": book.add_format({**top, "num_format": "yyyy-mm-dd"}),
            "whole": book.add_format({**top, "num_format": "#,##0"}),
            "decimal": book.add_format({**top, "num_format": "#,##0.##########"}),  # shows a whole number as "38."
        }
        bold = book.add_format({"bold": True})
        for at, (column, head) in enumerate(zip(table.columns, table.heads(style.language), strict=True)):
            self.sheet.set_column(at, at, _WIDTHS.get(column.name, 12))
            self.sheet.write_string(0, at, head, bold)
        self.sheet.freeze_panes(1, 2)

    def add(self, row: Row) -> None:
        """Writes a row under the last one."""
        self.line += 1
        if self.line >= _MOST_ROWS:
            raise WriteError(self.table.name, f"has more than the {_MOST_ROWS} rows of a sheet", "take parquet or csv")
        for at, (column, value) in enumerate(zip(self.table.columns, row, strict=True)):
            if value is not None:
                self._fill(at, column, value, f"{row[0]} {row[1]}, {column.name}")

    def close(self) -> None:
        """Sets the filter over all rows."""
        self.sheet.autofilter(0, 0, self.line, len(self.table.columns) - 1)

    def _fill(self, at: int, column: Column, value: Value, where: str) -> None:
        formats = self.formats
        if isinstance(value, str):
            kind = "wrapped" if column.name in _WRAPPED else ""
            self.sheet.write_string(self.line, at, self._held(value, where), formats[kind])
        elif isinstance(value, bool):
            self.sheet.write_boolean(self.line, at, value, formats[""])
        elif isinstance(value, date):
            self.sheet.write_datetime(self.line, at, value, formats["date"])
        elif isinstance(value, Decimal):
            kind = "whole" if value == value.to_integral_value() else "decimal"
            self.sheet.write_number(self.line, at, value, formats[kind])
        elif value is not None:
            self.sheet.write_number(self.line, at, value, formats[""])

    def _held(self, text: str, where: str) -> str:
        """What a cell can hold of a text."""
        clean = _NOT_XML.sub("", text)
        if len(clean) < len(text):
            self.style.warn(f"{where}: {len(text) - len(clean)} control characters left out of the cell")
        if len(clean) > _MOST_CHARACTERS:
            self.style.warn(f"{where}: a text of {len(clean)} characters cut to the {_MOST_CHARACTERS} of a cell")
        return clean[:_MOST_CHARACTERS]
