"""The forms that facts are taken away in: one row a form."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from parkfacts.errors import WriteError
from parkfacts.write.files import write_together
from parkfacts.write.record import dump_line
from parkfacts.write.tables import Told

Render = Callable[[Sequence[Told], str], Mapping[str, bytes]]


class Form(NamedTuple):
    """``function`` of ``module`` gives the files by name, or under "" the only one; ``folder``: it gives several."""

    module: str
    function: str
    folder: bool = False


FORMS: Mapping[str, Form] = {
    "json": Form("forms", "json_array"),
    "jsonl": Form("forms", "json_lines"),
    "csv": Form("plain_tables", "csv_files", folder=True),
    "md": Form("plain_tables", "markdown"),
    "w3c": Form("w3c", "w3c"),
    "xlsx": Form("xlsx", "xlsx"),
    "parquet": Form("parquet", "parquet", folder=True),
    "duckdb": Form("duck", "duck"),
}


def export(records: Sequence[Told], form: str, out: Path, language: str = "zh") -> None:
    """Writes the records to the file or folder ``out``: all of it, or nothing. ``language``: zh or en headings.

    Raises ``WriteError``, also where the form needs a library that is not installed.
    """
    files = _render(form)(records, language)
    write_together({out / name if name else out: data for name, data in files.items()})


def _render(form: str) -> Render:
    row = FORMS[form]
    try:
        render: Render = getattr(import_module(f"parkfacts.write.{row.module}"), row.function)
    except ModuleNotFoundError as error:
        advice = "pip install 'parkfacts[export]'"
        raise WriteError(form, f"needs the library {error.name}, which is not installed", advice) from error
    return render


def json_array(records: Sequence[Told], language: str) -> Mapping[str, bytes]:
    """One JSON array of ``{"name": …, "report": …}``."""
    rows = [{"name": name, "report": report.model_dump(mode="json")} for name, report in records]
    return {"": (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode("utf-8")}


def json_lines(records: Sequence[Told], language: str) -> Mapping[str, bytes]:
    """A record a line, as ``extract --format jsonl`` writes them."""
    return {"": "".join(dump_line(report) for _, report in records).encode("utf-8")}
