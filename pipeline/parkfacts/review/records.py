"""The records of an outputs folder: nothing outside of it, or reached by a link that leads out, is ever read."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from parkfacts.errors import ReportError
from parkfacts.review.state import Extraction
from parkfacts.write import load_report, text_beside

HELD = 32  # documents in memory


@dataclass(frozen=True, slots=True)
class Entry:
    """A record: ``id`` is what an address calls it, ``name`` its path within the folder, without suffix."""

    id: str
    name: str
    path: Path


@dataclass(frozen=True)
class Listed:
    """A record as it was read, or why it cannot be."""

    entry: Entry
    extraction: Extraction | None
    error: str | None = None


class Records:
    """The records of a folder, each read again when its file changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._found: dict[str, Entry] = {}
        self._read: OrderedDict[str, tuple[str, Listed]] = OrderedDict()

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

    def signature(self, entry: Entry) -> str:
        """What changes when one of the record's files does. Raises ``OSError``."""
        stats = [path.stat() for path in (entry.path, text_beside(entry.path))]
        return " ".join(f"{stat.st_mtime_ns} {stat.st_size} {stat.st_ino}" for stat in stats)

    def read(self, entry: Entry) -> Listed:
        """The record, validated against its source; the last ``HELD`` of them are held in memory."""
        try:
            signature = self.signature(entry)
        except OSError as error:
            return Listed(entry, None, f"{entry.name}: {error.strerror}")
        known = self._read.get(entry.id)
        if known is None or known[0] != signature:
            known = self._read[entry.id] = (signature, self._load(entry))
        self._read.move_to_end(entry.id)
        while len(self._read) > HELD:
            self._read.popitem(last=False)
        return known[1]

    def _load(self, entry: Entry) -> Listed:
        try:
            load_report(entry.path)
            return Listed(entry, Extraction.of(entry.path.read_bytes(), text_beside(entry.path).read_bytes().decode()))
        except (ReportError, OSError, ValueError) as error:
            return Listed(entry, None, str(error))
