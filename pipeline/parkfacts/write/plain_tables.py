"""Tables as text: CSV for Excel and a Markdown table for a mail."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from parkfacts.facts import plain
from parkfacts.write.tables import Told, Value, tables

# what a spreadsheet would take for a formula
_FORMULA = re.compile(r"[=+\-@\t\r]")
_MAILED = ("milestones", "amounts", "companies", "projects")


def csv_files(records: Sequence[Told], language: str) -> Mapping[str, bytes]:
    """A file a table, UTF-8 with a byte order mark; text that begins like a formula has an apostrophe before it."""
    files: dict[str, bytes] = {}
    for table in tables(records):
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(column.title if language == "zh" else column.name for column in table.columns)
        writer.writerows([_harmless(value) for value in row] for row in table.rows)
        files[f"{table.name}.csv"] = out.getvalue().encode("utf-8-sig")
    return files


def markdown(records: Sequence[Told], language: str) -> Mapping[str, bytes]:
    """One file with a table a type; columns that are empty throughout are left out."""
    parts: list[str] = []
    for table in (one for one in tables(records) if one.name in _MAILED and one.rows):
        used = [i for i, _ in enumerate(table.columns) if any(row[i] not in (None, "") for row in table.rows)]
        heads = [table.columns[i].title if language == "zh" else table.columns[i].name for i in used]
        lines = [heads, ["---"] * len(used), *([_cell(row[i]) for i in used] for row in table.rows)]
        parts.append(f"## {table.title if language == 'zh' else table.name}\n")
        parts.append("".join(f"| {' | '.join(line)} |\n" for line in lines))
    return {"": "\n".join(parts).encode("utf-8")}


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
