"""The forms that facts are taken away in: one row a form."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from textwrap import indent
from typing import NamedTuple

from parkfacts.errors import WriteError
from parkfacts.files import appearing
from parkfacts.logs import tell
from parkfacts.write.record import dump_line
from parkfacts.write.tables import Told

log = logging.getLogger(__name__)


def _to_the_log(line: str) -> None:
    tell(log, logging.WARNING, "export.loss", line)


@dataclass(frozen=True)
class Style:
    """How a form is written: headings in ``language`` (zh or en), and whom to tell what the form could not hold."""

    language: str = "zh"
    warn: Callable[[str], None] = _to_the_log


Write = Callable[[Iterable[Told], Path, Style], None]


class Form(NamedTuple):
    """``function`` of ``module`` writes the records, which come one by one, to a file, or files into a new folder;
    the path is theirs alone. ``extra`` names what must be installed for it."""

    module: str
    function: str
    folder: bool = False
    extra: str = "export"


FORMS: Mapping[str, Form] = {
    "json": Form("forms", "json_array"),
    "jsonl": Form("forms", "json_lines"),
    "csv": Form("plain_tables", "csv_files", folder=True),
    "md": Form("plain_tables", "markdown"),
    "html": Form("html", "html"),
    "w3c": Form("w3c", "w3c"),
    "xlsx": Form("xlsx", "xlsx"),
    "parquet": Form("parquet", "parquet", folder=True),
    "duckdb": Form("duck", "duck"),
}


def export(records: Iterable[Told], form: str, out: Path, style: Style | None = None) -> None:
    """Writes the records to the file or folder ``out``: all of it, or nothing.

    Raises ``WriteError``, also where the form needs a library that is not installed.
    """
    write = _writer(form)
    if out.is_dir() != FORMS[form].folder and out.exists():
        wanted = "makes a folder" if FORMS[form].folder else "makes a file"
        raise WriteError(out.as_posix(), f"stands there already, and {form} {wanted}", "choose another -o")
    with appearing(out) as part:
        write(records, part, style or Style())


def _writer(form: str) -> Write:
    row = FORMS[form]
    try:
        write: Write = getattr(import_module(f"parkfacts.write.{row.module}"), row.function)
    except ModuleNotFoundError as error:
        advice = f"pip install 'parkfacts[{row.extra}]'"
        raise WriteError(form, f"needs the library {error.name}, which is not installed", advice) from error
    return write


def json_array(records: Iterable[Told], out: Path, style: Style) -> None:
    """One JSON array of ``{"name": …, "report": …}``."""
    with out.open("w", encoding="utf-8", newline="\n") as file:
        mark = "["
        for told in records:
            row = {"name": told.name, "report": told.report.model_dump(mode="json")}
            file.write(f"{mark}\n{indent(json.dumps(row, ensure_ascii=False, indent=2), '  ')}")
            mark = ","
        file.write("\n]\n" if mark == "," else "[]\n")


def json_lines(records: Iterable[Told], out: Path, style: Style) -> None:
    """A record a line, as ``extract --format jsonl`` writes them."""
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(dump_line(told.report) for told in records)
