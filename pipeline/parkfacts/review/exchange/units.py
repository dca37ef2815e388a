"""Offsets in code points, as ours, and in UTF-16 units, as JavaScript counts them: an emoji is two."""

from __future__ import annotations

from bisect import bisect_left


class Units:
    """Translates the offsets of one text."""

    def __init__(self, text: str) -> None:
        self._wide = [at for at, char in enumerate(text) if ord(char) > 0xFFFF]
        self._units = [at + before + 1 for before, at in enumerate(self._wide)]  # where the second unit of each stands
        self._size = len(text)

    def to_utf16(self, offset: int) -> int:
        """A code point's offset in UTF-16 units."""
        return offset + bisect_left(self._wide, offset)

    def from_utf16(self, offset: int) -> int:
        """The code point that a unit's offset stands before. Raises ``ValueError`` within a character and outside the
        text."""
        before = bisect_left(self._units, offset)
        if before < len(self._units) and self._units[before] == offset:
            raise ValueError(f"offset {offset} stands within a character")
        if not 0 <= offset - before <= self._size:
            raise ValueError(f"offset {offset} stands outside the text")
        return offset - before
