"""What is given with a document: ``<stem>.meta.json`` beside it, ``{"reference_date": "2023-10-08"}``."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path, PurePosixPath

from parkfacts.errors import BadMetadata

_ADVICE = 'write {"reference_date": "2023-10-08"}'
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_YEARS = range(1000, 9000)


def reference_date(value: object, where: str = "reference date") -> str:
    """The value, if it is a year, a month or a day of the calendar in ISO 8601, from the year 1000 to 8999, so that
    other years can be counted from it; ``BadMetadata`` otherwise."""
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    try:
        if match is None:
            raise ValueError
        if date(int(match[1]), int(match[2] or 1), int(match[3] or 1)).year not in _YEARS:
            raise ValueError
    except ValueError:
        raise BadMetadata(where, f"{_shown(value)} is no date", "write YYYY, YYYY-MM or YYYY-MM-DD") from None
    return match[0]


def _shown(value: object) -> str:
    return repr(value) if len(str(value)) <= len("2023-10-08") else f"a text of {len(str(value))} characters"


def name(document: str) -> str:
    """The sidecar's path or URL, from the document's."""
    return f"{document.removesuffix(PurePosixPath(document).suffix)}.meta.json"


def beside(path: Path) -> str | None:
    """The reference date that the document's sidecar gives, or None where there is no sidecar."""
    file = path.with_name(f"{path.stem}.meta.json")
    try:
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise BadMetadata(file.as_posix(), f"cannot be read ({error})", _ADVICE) from None
    return parse(data, file.as_posix())


def parse(data: bytes, name: str) -> str | None:
    """The reference date that a sidecar's bytes give. Raises ``BadMetadata``."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadMetadata(name, f"no readable JSON ({error})", _ADVICE) from None
    if not isinstance(content, dict) or set(content) - {"reference_date"}:
        raise BadMetadata(name, "holds something other than a reference_date", _ADVICE)
    return None if content.get("reference_date") is None else reference_date(content["reference_date"], name)
