"""What a cut broke: the gain of reading two ends as one text over reading them apart.

Under a unigram model (the word frequencies of jieba's dictionary) a text is as likely as its best segmentation. Where
the cut went through a word, the joined text is likelier than its two halves, and the gain says by how much.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log
from typing import NamedTuple, Protocol

from parkfacts.text import LETTER

TOTAL = log(60_101_967)  # the counts of jieba's dictionary, summed
LONGEST = 4  # characters of a word
WINDOW = 14  # characters looked at on either side of the cut
_EDGE = re.compile(f"[^{LETTER}%％.]")

Tagged = tuple[tuple[str, str], ...]  # words and their tags


class Words(Protocol):
    """What repair asks of a dictionary."""

    def frequency(self, word: str) -> int:
        """How often a word was counted, 0 if it is unknown."""
        ...

    def cut(self, content: str) -> Sequence[tuple[int, int, str]]:
        """Words that cover the content: start, end, tag."""
        ...

    def fold(self, content: str) -> str:
        """A view of the same length in which traditional characters and full-width digits are plain."""
        ...


class End(NamedTuple):
    """One side of a cut: ``near[k]``, ``k`` characters next to it; ``rest[k]``, the log probability without them."""

    near: tuple[str, ...]
    rest: tuple[float, ...]


class Lexicon:
    """Log probabilities of words, looked up once."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._known: dict[str, float | None] = {}
        self._parts: dict[str, float] = {}
        self._cut: dict[str, Tagged] = {}

    def word(self, word: str) -> float | None:
        """The log probability of a word of the dictionary; None for any other."""
        try:
            return self._known[word]
        except KeyError:
            count = self.words.frequency(word)
            self._known[word] = log(count) - TOTAL if count else None
            return self._known[word]

    def cut(self, text: str) -> Tagged:
        """Words with their tags; each text is cut once, though plans are made twice."""
        found = self._cut.get(text)
        if found is None:
            words = self.words.cut(text)
            found = self._cut[text] = tuple([(text[start:stop], tag) for start, stop, tag in words])
        return found

    def left(self, text: str) -> End:
        """The end of a text that breaks off."""
        tail = _EDGE.split(text[-WINDOW:])[-1]
        rest = self._prefixes(tail)
        size = min(LONGEST, len(rest) - 1)
        return End(
            tuple(tail[len(tail) - k :] for k in range(size + 1)), tuple(rest[len(tail) - k] for k in range(size + 1))
        )

    def right(self, text: str) -> End:
        """The start of a text that may go on with it."""
        head = _EDGE.split(text[:WINDOW])[0]
        rest = self._suffixes(head)
        size = min(LONGEST, len(rest) - 1)
        return End(tuple(head[:k] for k in range(size + 1)), tuple(rest[k] for k in range(size + 1)))

    def gain(self, left: End, right: End) -> tuple[float, str]:
        """How much likelier the joined text is, and the word across the cut ("" where there is none)."""
        apart = left.rest[0] + right.rest[0]
        best, found, known = 0.0, "", self._known
        for i in range(1, len(left.near)):
            for j in range(1, min(len(right.near), LONGEST + 1 - i)):
                word = left.near[i] + right.near[j]
                likely = known[word] if word in known else self.word(word)
                if likely is not None and (gain := left.rest[i] + likely + right.rest[j] - apart) > best:
                    best, found = gain, word
        return best, found

    def _prefixes(self, text: str) -> list[float]:
        """Log probability of every prefix of a text."""
        found = [0.0] * (len(text) + 1)
        for stop in range(1, len(text) + 1):
            starts = range(max(0, stop - LONGEST), stop)
            found[stop] = max([found[at] + self._part(text[at:stop]) for at in starts])
        return found

    def _suffixes(self, text: str) -> list[float]:
        """Log probability of every suffix of a text, by where it begins."""
        found = [0.0] * (len(text) + 1)
        for start in range(len(text) - 1, -1, -1):
            stops = range(start + 1, min(len(text), start + LONGEST) + 1)
            found[start] = max([self._part(text[start:stop]) + found[stop] for stop in stops])
        return found

    def _part(self, part: str) -> float:
        likely = self._parts.get(part)
        if likely is None:
            likely = self._parts[part] = self._weigh(part)
        return likely

    def _weigh(self, part: str) -> float:
        likely = self.word(part)
        if likely is not None:
            return likely
        if part.isascii():  # a number or a Latin word is one token, however long
            return -10.0
        return -TOTAL if len(part) == 1 else -1e9
