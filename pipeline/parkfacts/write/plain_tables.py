"""Tables as text: CSV for Excel and a Markdown table for a mail."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path

from parkfacts.facts import plain
from parkfacts.write.forms import Style
from parkfacts.write.tables import TABLES, Row, Table, Told, Value

# what a spreadsheet would take for a formula
_FORMULA = re.compile(r"[=+\-@\t\r]")
_MAILED = ("milestones", "amounts", "companies", "projects")


def csv_files(records: Iterable[Told], out: Path, style: Style) -> None:
    """A file a table, UTF-8 with a byte order mark; text that begins like a formula has an apostrophe before it."""
    out.mkdir()
    with ExitStack() as stack:
        writers = {}
        for table in TABLES:
            file = (out / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="")
            writers[table.name] = csv.writer(stack.enter_context(file))
            writers[table.name].writerow(table.heads(style.language))
        for told in records:
            for table in TABLES:
                writers[table.name].writerows([_harmless(value) for value in row] for row in table.rows(told))


def markdown(records: Iterable[Told], out: Path, style: Style) -> None:
    """One file with a table a type; columns that are empty throughout are left out, so all rows are held at once."""
    found: dict[str, list[Row]] = {table.name: [] for table in TABLES if table.name in _MAILED}
    for told in records:
        for table in TABLES:
            if table.name in found:
                found[table.name].extend(table.rows(told))
    parts = [_section(table, found[table.name], style) for table in TABLES if found.get(table.name)]
    out.write_bytes("\n".join(parts).encode("utf-8"))


def _section(table: Table, rows: Sequence[Row], style: Style) -> str:
    used = [i for i, _ in enumerate(table.columns) if any(row[i] not in (None, "") for row in rows)]
    heads = table.heads(style.language)
    lines = [[heads[i] for i in used], ["---"] * len(used), *([_cell(row[i]) for i in used] for row in rows)]
    return f"## {table.title if style.language == 'zh' else table.name}\n\n" + "".join(_lines(lines))


def _lines(lines: Iterable[Sequence[str]]) -> Iterator[str]:
    return (f"| {' | '.join(line)} |\n" for line in lines)


def written(value: Value) -> str:
    """A value as text: a decimal without exponent, a day as in ISO 8601, nothing for None."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _harmless(value: Value) -> str:
    text = written(value)
    return f"'{text}" if isinstance(value, str) and _FORMULA.match(text) else text


def _cell(value: Value) -> str:
    text = re.sub(r"\s*\n\s*", " ", written(value))
    return re.sub(r"([\\|<`*_\[\]])", r"\\\1", text)
