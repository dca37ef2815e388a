"""A fact in its sentence, for people to read."""

from __future__ import annotations

from bisect import bisect_right

from parkfacts.segment import fold, sentences

MOST = 160  # characters told on either side


class Quoter:
    """Tells spans of a source in their sentences; the sentences are cut when first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] | None = None

    def __call__(self, spans: tuple[tuple[int, int], ...]) -> list[str]:
        """Plain and marked text in turn, beginning with plain: ``["项目", "6月", "投产"]``."""
        parts = [""]
        for start, end in spans:
            left, right = self._around(start, end)
            parts[-1] += (" … " if parts[-1] else "") + self.text[left:start].lstrip()
            parts += [_shortened(self.text[start:end]), self.text[end:right].rstrip()]
        return [part.replace("\n", " ") for part in parts]

    def _around(self, start: int, end: int) -> tuple[int, int]:
        if self._starts is None:
            self._starts = [span.start for span in sentences(fold(self.text))]
        left = bisect_right(self._starts, start) - 1
        right = bisect_right(self._starts, max(start, end - 1))
        begin = self._starts[left] if left >= 0 else 0
        stop = self._starts[right] if right < len(self._starts) else len(self.text)
        return max(begin, start - MOST), min(stop, end + MOST)


def marked(parts: list[str]) -> str:
    """Quoted parts as one line, in the notation of the rules' examples: 项目【6月】投产."""
    return "".join(f"【{part}】" if index % 2 else part for index, part in enumerate(parts))


def _shortened(quote: str) -> str:
    """A whole block is told by its ends."""
    return quote if len(quote) <= 2 * MOST else f"{quote[:MOST]} … {quote[-MOST:]}"
