"""What is given with a document: ``<stem>.meta.json`` beside it, ``{"reference_date": "2023-10-08"}``."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from parkfacts.errors import BadMetadata

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def reference_date(value: object, where: str = "reference date") -> str:
    """The value, if it is a year, a month or a day of the calendar in ISO 8601; ``BadMetadata`` otherwise."""
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    try:
        if match is None:
            raise ValueError
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise BadMetadata(where, f"{value!r} is no date", "write YYYY, YYYY-MM or YYYY-MM-DD") from None
    return match[0]


def beside(path: Path) -> str | None:
    """The reference date that the document's sidecar gives, or None where there is no sidecar."""
    file = path.with_name(f"{path.stem}.meta.json")
    name = file.as_posix()
    try:
        data = json.loads(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise BadMetadata(name, f"no readable JSON ({error})", 'write {"reference_date": "2023-10-08"}') from None
    if not isinstance(data, dict) or set(data) - {"reference_date"}:
        raise BadMetadata(name, "holds something other than a reference_date", 'write {"reference_date": "2023-10-08"}')
    return None if data.get("reference_date") is None else reference_date(data["reference_date"], name)
