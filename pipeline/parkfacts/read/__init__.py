"""One module a format: a file becomes a Source.

``READERS`` says which module reads which suffix. A format is added by one module with
``read(data: bytes, name: str) -> tuple[str, str]`` (the text, its encoding) and one row here.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from parkfacts.errors import EmptyFile, IsFolder, MissingFile, Unreadable, UnreadFormat
from parkfacts.read import magic, txt
from parkfacts.text import Source


class Reader(NamedTuple):
    """A format's name in ``source.format``, and what turns its bytes into text and tells the encoding."""

    format: str
    read: Callable[[bytes, str], tuple[str, str]]


PLAIN = Reader("txt", txt.read)
READERS = {".txt": PLAIN}
"""By suffix; these are what a folder is searched for. A file named itself, of a suffix not known, is plain text."""


def read(path: Path) -> Source:
    """The file as a source whose id is its path. Raises ``ReadError`` in one of its kinds."""
    return read_bytes(load(path), path.as_posix(), path.suffix)


def read_stdin() -> Source:
    """Standard input, which is plain text, as a source."""
    return read_bytes(load_stdin(), "stdin")


def load_stdin() -> bytes:
    """All of standard input."""
    return sys.stdin.buffer.read()


def read_bytes(data: bytes, name: str, suffix: str = ".txt") -> Source:
    """A source from bytes; ``name`` is what messages call it, ``suffix`` chooses the reader."""
    suffix = suffix.lower()
    if not data:
        raise EmptyFile(name, "empty, 0 bytes", "there is nothing to extract", 0)
    if suffix not in READERS and suffix in magic.SUFFIXES:
        raise UnreadFormat(name, f"{magic.SUFFIXES[suffix]} is not read yet", "save its text as a .txt file")
    reader = READERS.get(suffix, PLAIN)
    text, encoding = reader.read(data, name)
    if not text.strip():
        raise EmptyFile(name, f"nothing but blanks in {len(data)} bytes", "there is nothing to extract", 0)
    return Source(name, text, hashlib.sha256(data).hexdigest(), encoding, reader.format)


def is_folder(path: Path) -> bool:
    """Whether it is a folder; False where the system does not tell."""
    return os.path.isdir(path)  # noqa: PTH112  Path.is_dir raises for names that are too long or not permitted


def load(path: Path, shown: str | None = None) -> bytes:
    """The file's bytes; ``shown`` is what messages call it. Raises ``ReadError`` in one of its kinds."""
    name = shown or path.as_posix()
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise MissingFile(name, "no such file", "check the path") from None
    except OSError as error:
        if is_folder(path):
            raise IsFolder(name, "a folder, not a file", "name a file in it") from None
        raise Unreadable(name, f"cannot be read ({error.strerror or error})", "check its permissions") from error
