"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from parkfacts.errors import WriteError

PARTS = ".*.*.part"  # what a writer that was killed leaves: a name, the number of its process


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


@contextmanager
def appearing(out: Path) -> Iterator[Path]:
    """A place beside ``out`` to write a file or a folder of files at; what stands there when the block ends goes to
    ``out`` (a folder's files into the folder), and nothing does where it raises. Raises ``WriteError`` for what the
    system refuses."""
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        yield part
        if part.is_dir():
            out.mkdir(exist_ok=True)
            for file in sorted(part.iterdir()):
                file.replace(out / file.name)
        else:
            part.replace(out)
    except OSError as error:
        raise WriteError(
            out.as_posix(), f"cannot be written ({error.strerror or error})", "choose another -o"
        ) from error
    except UnicodeEncodeError as error:
        if error.encoding == "utf-8":  # of what is written, not of a file's name
            raise
        problem = f"holds a record whose name this locale cannot spell ({error.encoding})"
        raise WriteError(out.as_posix(), problem, "set PYTHONUTF8=1") from None
    finally:
        shutil.rmtree(part, ignore_errors=True) if part.is_dir() else part.unlink(missing_ok=True)
