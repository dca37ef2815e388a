"""One module a format: a file becomes a Source.

``READERS`` says which module reads which suffix. A format is added by one module with
``read(data: bytes, name: str, limits: Limits) -> Reading`` and one row here; a module is imported when its first file
is read. What a file is called does not count where its bytes say otherwise.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from parkfacts.errors import EmptyFile, Encrypted, IsFolder, MissingFile, OverLimit, Unreadable, UnreadFormat
from parkfacts.read import archive, magic
from parkfacts.read.limits import Limits
from parkfacts.read.places import place
from parkfacts.read.reading import Reading
from parkfacts.text import Source

__all__ = ["ARCHIVES", "READERS", "Limits", "Reader", "Reading", "load", "place", "read", "read_bytes", "read_stdin"]


class Reader(NamedTuple):
    """A format's name in ``source.format``, which is that of the module that turns its bytes into a reading."""

    format: str

    def read(self, data: bytes, name: str, limits: Limits) -> Reading:
        """Raises ``ReadError`` in one of its kinds."""
        call: Callable[[bytes, str, Limits], Reading] = import_module(f"parkfacts.read.{self.format}").read
        return call(data, name, limits)


PLAIN = Reader("txt")
READERS = {
    ".pdf": Reader("pdf"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"), Reader("image")),
    ".txt": PLAIN,
    **dict.fromkeys((".html", ".htm", ".xhtml"), Reader("html")),
    **dict.fromkeys((".docx", ".docm"), Reader("docx")),
    **dict.fromkeys((".xlsx", ".xlsm"), Reader("xlsx")),
    **dict.fromkeys((".md", ".markdown"), Reader("md")),
}
"""By suffix; these are what a folder is searched for. A file named itself, of a suffix not known, is plain text, unless
its bytes begin as one of the formats do."""

ARCHIVES = archive.SUFFIXES
"""Suffixes of files that hold documents, each of which is read by itself."""


def read(path: Path, limits: Limits | None = None) -> Source:
    """The file as a source whose id is its path. Raises ``ReadError`` in one of its kinds."""
    return read_bytes(load(path, limits=limits), path.as_posix(), path.suffix, limits)


def read_stdin(limits: Limits | None = None) -> Source:
    """Standard input as a source: plain text, or a format that its first bytes tell."""
    return read_bytes(load_stdin(), "stdin", limits=limits)


def load_stdin() -> bytes:
    """All of standard input."""
    return sys.stdin.buffer.read()


def read_bytes(data: bytes, name: str, suffix: str = ".txt", limits: Limits | None = None) -> Source:
    """A source from bytes; ``name`` is what messages call it, ``suffix`` chooses the reader where the bytes do not."""
    limits = limits or Limits()
    if not data:
        raise EmptyFile(name, "empty, 0 bytes", "there is nothing to extract", 0)
    _check_size(len(data), name, limits.bytes)
    reader = _reader(data, name, suffix.lower())
    made = reader.read(data, name, limits)
    if not made.text.strip():
        raise EmptyFile(name, f"nothing but blanks in {len(data)} bytes", "there is nothing to extract", 0)
    if len(made.text) > limits.chars:
        problem = f"more than {limits.chars} characters of text"
        raise OverLimit(name, problem, "raise --limit chars=…, or cut the file in parts")
    digest = hashlib.sha256(data).hexdigest()
    made_of = (made.places, made.marks, made.ordered, made.warnings)
    return Source(name, made.text, digest, made.encoding, reader.format, *made_of)


def _reader(data: bytes, name: str, suffix: str) -> Reader:
    """By the first bytes, else by the suffix."""
    told = magic.format_of(data) or (None if suffix in READERS else magic.SUFFIXES.get(suffix))
    if told is None:
        return READERS.get(suffix, PLAIN)
    if told == "zip" and suffix in READERS:
        return READERS[suffix]  # it is broken, and its reader tells where
    if told == "encrypted":
        raise Encrypted(name, "encrypted, it opens with a password only", "save it without a password", 0)
    if Reader(told) in READERS.values():
        return Reader(told)
    problem = f"{magic.NAMES.get(told, told.upper())}, which is not read"
    raise UnreadFormat(name, problem, magic.way_out(told), 0)


def _check_size(size: int, name: str, most: int) -> None:
    if size > most:
        problem = f"{size} bytes, more than the {most} that are read"
        raise OverLimit(name, problem, "raise --limit bytes=…, or cut the file in parts")


def is_folder(path: Path) -> bool:
    """Whether it is a folder; False where the system does not tell."""
    return os.path.isdir(path)  # noqa: PTH112  Path.is_dir raises for names that are too long or not permitted


def load(path: Path, shown: str | None = None, limits: Limits | None = None) -> bytes:
    """The file's bytes; ``shown`` is what messages call it. Raises ``ReadError`` in one of its kinds."""
    name = shown or path.as_posix()
    try:
        most = (limits or Limits()).bytes
        with path.open("rb") as file:
            _check_size(os.fstat(file.fileno()).st_size, name, most)
            data = file.read(most + 1)  # a device tells no size
        _check_size(len(data), name, most)
        return data
    except FileNotFoundError:
        raise MissingFile(name, "no such file", "check the path") from None
    except OSError as error:
        if is_folder(path):
            raise IsFolder(name, "a folder, not a file", "name a file in it") from None
        raise Unreadable(name, f"cannot be read ({error.strerror or error})", "check its permissions") from error
