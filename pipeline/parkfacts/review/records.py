"""The records of an outputs folder: nothing outside of it, or reached by a link that leads out, is ever read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from parkfacts.errors import ReportError
from parkfacts.review.state import Extraction
from parkfacts.write import load_report, text_beside


@dataclass(frozen=True, slots=True)
class Entry:
    """A record: ``id`` is what an address calls it, ``name`` its path within the folder, without suffix."""

    id: str
    name: str
    path: Path


@dataclass(frozen=True)
class Listed:
    """What the list of documents tells of a record, or why it cannot be read."""

    entry: Entry
    extraction: Extraction | None
    error: str | None = None


class Records:
    """The records of a folder, each read again when its file changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._found: dict[str, Entry] = {}
        self._read: dict[str, tuple[tuple[int, ...], Listed]] = {}

    def entries(self) -> Iterator[Entry]:
        """The records, in the order of their names."""
        root = self.folder.resolve()
        for path in sorted(self.folder.rglob("*.json")):
            name = path.relative_to(self.folder).with_suffix("").as_posix()
            name = name.encode("utf-8", "replace").decode("utf-8")  # a file's name need not be Unicode
            hidden = any(part.startswith(".") for part in Path(name).parts)
            if not hidden and text_beside(path).exists() and path.resolve().is_relative_to(root):
                yield Entry(hashlib.sha256(name.encode("utf-8")).hexdigest()[:16], name, path)

    def find(self, id: str) -> Entry | None:
        """A record by its id or name."""
        known = self._found.get(id)
        if known is None or not known.path.exists():
            self._found = {key: entry for entry in self.entries() for key in (entry.name, entry.id)}
        return self._found.get(id)

    def read(self, entry: Entry) -> Listed:
        """The record, validated against its source."""
        try:
            signature = tuple(
                n
                for path in (entry.path, text_beside(entry.path))
                for n in (path.stat().st_mtime_ns, path.stat().st_size)
            )
        except OSError as error:
            return Listed(entry, None, f"{entry.name}: {error.strerror}")
        known = self._read.get(entry.id)
        if known is None or known[0] != signature:
            known = self._read[entry.id] = (signature, self._load(entry))
        return known[1]

    def _load(self, entry: Entry) -> Listed:
        try:
            load_report(entry.path)
            return Listed(entry, Extraction.of(entry.path.read_bytes(), text_beside(entry.path).read_bytes().decode()))
        except (ReportError, OSError, ValueError) as error:
            return Listed(entry, None, str(error))
