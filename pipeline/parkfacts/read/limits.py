"""What reading one file may cost; a file that needs more is refused with its name and the place."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from parkfacts.errors import OverLimit


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file: ``bytes`` of it and of what it unpacks to, ``pages``, ``depth`` of elements and of archives
    within archives, ``ratio`` of unpacked to packed bytes, ``members`` of an archive, ``cells`` of tables, ``elements``
    of HTML and XML, ``chars`` of text, ``seconds`` of reading."""

    bytes: int = 256 * 2**20
    pages: int = 2000
    depth: int = 256
    ratio: int = 200
    members: int = 2000
    cells: int = 100_000
    elements: int = 600_000
    chars: int = 1_000_000
    seconds: float = 60.0

    @classmethod
    def parse(cls, settings: Sequence[str]) -> Limits:
        """The limits with ``pages=500`` and the like. Raises ``ValueError`` with what is wrong."""
        limits = cls()
        known = {field.name: field.type for field in fields(cls)}
        for setting in settings:
            name, _, value = setting.partition("=")
            if name not in known:
                raise ValueError(f"{setting}: there is no such limit; there are {', '.join(known)}")
            try:
                number = float(value) if known[name] == "float" else int(value)
            except ValueError:
                raise ValueError(f"{setting}: write a number, e.g. {name}={getattr(limits, name)}") from None
            if not number > 0:
                raise ValueError(f"{setting}: write a number above 0")
            changed: Any = {name: number}
            limits = replace(limits, **changed)
        return limits


class Meter:
    """Counts what the reading of one file costs, against its limits; every count looks at the clock too."""

    def __init__(self, limits: Limits, name: str) -> None:
        self.limits, self.name = limits, name
        self._until = time.monotonic() + limits.seconds
        self._spent: dict[str, int] = {}

    def spend(self, limit: str, count: int, place: str = "") -> None:
        """Adds to what was spent. Raises ``OverLimit``, naming the place."""
        spent = self._spent[limit] = self._spent.get(limit, 0) + count
        self.check(limit, spent, place)

    def check(self, limit: str, value: float, place: str = "") -> None:
        """Raises ``OverLimit`` where a value, or the time, is beyond its limit."""
        most = getattr(self.limits, limit)
        if value > most:
            raise self._over(limit, f"more than {most} {_WORDS[limit]}", place)
        if time.monotonic() > self._until:
            raise self._over("seconds", f"reading takes longer than {self.limits.seconds:g} s", place)

    def recognizes(self, page: str) -> None:
        """Begins the clock anew for a page that is recognized, which takes seconds where others take hundredths."""
        self.check("pages", 0, page)
        self._until = time.monotonic() + self.limits.seconds

    def _over(self, limit: str, what: str, place: str) -> OverLimit:
        where = f" at {place}" if place else ""
        return OverLimit(self.name, f"{what}{where}", f"raise --limit {limit}=…, or cut the file in parts")


_WORDS = {
    "bytes": "bytes, unpacked",
    "pages": "pages",
    "depth": "levels of nesting",
    "ratio": "times its packed size",
    "members": "members",
    "cells": "table cells",
    "elements": "elements",
    "chars": "characters",
    "seconds": "seconds",
}
