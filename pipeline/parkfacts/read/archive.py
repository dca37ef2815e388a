"""ZIP archives: each member that is read is a document of its own, and so are those of archives within it.

A member is told by the names that lead to it: ``("2023.zip", "a/b.docx")``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path, PurePosixPath

from parkfacts.errors import IsFolder, MissingFile, Unreadable
from parkfacts.read.limits import Limits, Meter
from parkfacts.read.package import Package

SUFFIXES = frozenset({".zip"})
_NESTED = 3  # archives within archives, however deep elements may be
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\\\:*?"<>|]')
_LONGEST = 60  # characters of a name's part, of which a file system may take 255 bytes


def members(path: Path, name: str, limits: Limits, suffixes: Collection[str]) -> list[tuple[str, ...]]:
    """The documents in an archive, in the order of their names; ``name`` is what messages call it. Raises ``ReadError``
    in one of its kinds, ``IsFolder`` where there is no document."""
    meter = Meter(limits, name)
    with _opened(path, name) as file:
        found = sorted(_members(Package(file, meter), (), meter, suffixes))
    if not found:
        problem = f"no file in this archive that is read ({', '.join(sorted(suffixes))})"
        raise IsFolder(name, problem, "unpack it, and name the files themselves")
    return found


def _members(
    package: Package, above: tuple[str, ...], meter: Meter, suffixes: Collection[str]
) -> Iterator[tuple[str, ...]]:
    for member in package.members:
        path = PurePosixPath(member)
        suffix = path.suffix.lower()
        if path.name.startswith(".") or "__MACOSX" in path.parts:
            continue
        if suffix in SUFFIXES:
            meter.check("depth", len(above) + 1 if len(above) < _NESTED else meter.limits.depth + 1, member)
            inner = Package(io.BytesIO(package.read(member)), meter)
            yield from _members(inner, (*above, member), meter, suffixes)
        elif suffix in suffixes:
            yield (*above, member)


def load(path: Path, member: Sequence[str], name: str, limits: Limits) -> bytes:
    """The bytes of a document in an archive. Raises ``ReadError`` in one of its kinds."""
    meter = Meter(limits, name)
    with _opened(path, name) as file:
        *archives, last = member
        package = Package(file, meter)
        for inner in archives:
            package = Package(io.BytesIO(package.read(inner)), meter)
        return package.read(last)


def _opened(path: Path, name: str) -> io.BufferedReader:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise MissingFile(name, "no such file", "check the path") from None
    except OSError as error:
        raise Unreadable(name, f"cannot be read ({error.strerror or error})", "check its permissions") from error


def safe(member: Sequence[str]) -> str:
    """A relative path for a member that stays under its folder, whatever its name says."""
    parts = (part for name in member for part in re.split(r"[/\\\\]", name))
    kept = (_short(_bare(_UNSAFE.sub("_", _bare(part)))) for part in parts)
    return "/".join(part for part in kept if part) or "_"


def _bare(part: str) -> str:
    """Without blanks of any kind (a no-break space is one) and points at its ends."""
    return re.sub(r"^[\s.]+|[\s.]+$", "", part)


def _short(part: str) -> str:
    if len(part) <= _LONGEST:
        return part
    suffix = PurePosixPath(part).suffix[:10]
    return f"{_bare(part[: _LONGEST - len(suffix)])}{_bare(suffix) and '.' + _bare(suffix)}"
