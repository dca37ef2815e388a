"""A report as JSON, with its decoded source beside it.

``X.json`` holds the record, ``X.txt`` the text that its offsets count in (UTF-8, line ends as in the source).
"""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationError

from parkfacts.errors import ReportError
from parkfacts.facts import Report
from parkfacts.files import write_together
from parkfacts.versions import UnreadVersion, read_report

# lists of numbers, and lists of those; raw line breaks occur between the values of a JSON text, never within a string
_FLAT = r"\[\n[\s\d,]*+\]"
_PAIRS = rf"\[\n\s*+(?:{_FLAT}[\s,]*+)++\]"
_NUMBERS = re.compile(rf"{_FLAT}|{_PAIRS}|\[\n\s*+(?:{_PAIRS}[\s,]*+)++\]")


def dump(report: Report) -> str:
    """The record as JSON in the order of the model, two blanks a level, spans on one line, a line end at the end."""
    text = _NUMBERS.sub(lambda match: "".join(match[0].split()).replace(",", ", "), report.model_dump_json(indent=2))
    return text + "\n"


def dump_line(report: Report) -> str:
    """The record as one line of JSON, for JSONL."""
    return report.model_dump_json() + "\n"


def write_report(report: Report, text: str, path: Path) -> None:
    """Writes ``path`` (``X.json``) and the source text ``X.txt`` beside it, both or none. Raises ``WriteError``."""
    # the text first: a record beside another document's text would be the worse half
    write_together({text_beside(path): text.encode("utf-8"), path: dump(report).encode("utf-8")})


def text_beside(path: Path) -> Path:
    """Where the source text of the record at ``path`` stands."""
    return path.with_suffix(".txt")


def load_report(path: Path) -> Report:
    """A written report, of this version or an earlier one, every quote of it checked against ``X.txt``. Raises
    ``ReportError``."""
    return load_with_text(path)[0]


def load_with_text(path: Path) -> tuple[Report, str]:
    """As :func:`load_report`, with the source text that its offsets count in."""
    record = _bytes(path, "no report")
    data = _bytes(text_beside(path), "the source text of the record is needed beside it")
    try:
        text = data.decode("utf-8")
        return read_report(record, text), text
    except UnreadVersion as error:
        raise ReportError(path.as_posix(), error.problem, error.advice) from None
    except ValidationError as error:
        raise ReportError(path.as_posix(), f"no valid report: {invalid(error)}", "extract the document again") from None
    except UnicodeDecodeError:
        raise ReportError(text_beside(path).as_posix(), "not UTF-8", "extract the document again") from None
    except ValueError as error:
        raise ReportError(path.as_posix(), f"no valid report: {error}", "extract the document again") from None


def invalid(error: ValidationError) -> str:
    """What is wrong with a record, on one line: the first place and what it should be, without what stands there."""
    first = error.errors(include_url=False, include_input=False)[0]
    unknown = first["type"] == "extra_forbidden"
    where = ".".join(map(str, first["loc"][:-1] if unknown else first["loc"])) or "record"
    more = f", and {error.error_count() - 1} more" if error.error_count() > 1 else ""
    return " ".join(f"{where}: {'a field that it does not have' if unknown else first['msg']}{more}".split())


def _bytes(path: Path, problem: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = f"{problem} ({error.strerror or error})"
        raise ReportError(path.as_posix(), problem, "extract the document again, or check the path") from None
