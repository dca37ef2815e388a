"""Where known texts stand in a document, all of them in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import compress, count

Known = Mapping[str, tuple[str, ...]]


def by_prefix(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Texts of two characters or more by their first two, the longest first: what :func:`occurrences` reads."""
    found: dict[str, list[str]] = {}
    for text in sorted(set(texts), key=lambda text: (-len(text), text)):
        if len(text) > 1:
            found.setdefault(text[:2], []).append(text)
    return {prefix: tuple(texts) for prefix, texts in found.items()}


def occurrences(view: str, known: Known) -> Iterator[tuple[int, str]]:
    """Each place where a known text stands, with the longest one there; they may overlap."""
    firsts = {prefix[0] for prefix in known}
    for at in compress(count(), map(firsts.__contains__, view)) if firsts else ():
        for text in known.get(view[at : at + 2], ()):
            if view.startswith(text, at):
                yield at, text
                break
