"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from parkfacts.errors import WriteError


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Writes all of the files, or none: each is written beside its place, then they are moved there in turn.

    Raises ``WriteError``; what stood in the places before is then untouched, unless the system fails between two
    moves.
    """
    parts: dict[Path, Path] = {}
    name = next(iter(contents)).as_posix()
    try:
        for place, data in contents.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.is_dir():
                raise IsADirectoryError(None, f"{place.as_posix()} is a folder")
            parts[place] = place.with_name(f".{place.name}.{os.getpid()}.part")
            parts[place].write_bytes(data)
        for place, part in parts.items():
            part.replace(place)
    except OSError as error:
        raise WriteError(name, f"cannot be written ({error.strerror or error})", "choose another -o") from error
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
