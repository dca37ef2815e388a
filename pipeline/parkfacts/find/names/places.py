"""Where known texts stand in a document, all of them in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

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
    for at, prefix in enumerate(map(str.__add__, view, view[1:])):
        texts = known.get(prefix)
        if texts is not None:
            text = next((t for t in texts if view.startswith(t, at)), None)
            if text is not None:
                yield at, text
