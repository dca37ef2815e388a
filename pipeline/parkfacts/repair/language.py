"""How likely characters follow each other: a model of four characters, counted over texts of ours (``texts.txt``).

``texts.txt`` is made by ``tests/fit_joins.py`` from corpus/dev, corpus/ner, the tests' prose and the rules' examples, a
paragraph a line. A context is counted when it is first asked for, so that only pages with severed sentences pay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import log
from typing import NamedTuple

ORDER = 4  # characters that are counted together
DISCOUNT = 0.75  # of every count, kept for what was not seen
CHARACTERS = 6000  # that a text may hold
CONTEXTS = 1 << 15  # that are remembered
REACH = ORDER - 1  # characters on either side of a cut that the model sees across it


class Seen(NamedTuple):
    """What follows a context: how often each character does, and all together; ``spared`` is what counts give up."""

    counts: Counter[str]
    total: int
    spared: float


class Language:
    """The model of a text whose paragraphs are lines."""

    def __init__(self, text: str) -> None:
        self._text = "\n" + text
        self._alone = _seen(Counter(self._text))
        self.after = lru_cache(CONTEXTS)(self._after)
        self._behind = lru_cache(CONTEXTS)(self._places)

    def _after(self, context: str) -> Seen:
        """The characters that follow a context of one character or more."""
        counts = Counter([self._text[at] for at in self._behind(context)])
        del counts["\n"]
        return _seen(counts)

    def _places(self, context: str) -> Sequence[int]:
        """The places behind a context, found among those behind all but its last character."""
        text, last = self._text, context[-1]
        if len(context) > 1:
            return [at + 1 for at in self._behind(context[:-1]) if text[at] == last and at + 1 < len(text)]
        found, at = [], text.find(context)
        while 0 <= at < len(text) - 1:
            found.append(at + 1)
            at = text.find(context, at + 1)
        return found

    def likely(self, context: str, char: str) -> float:
        """The probability of a character behind a context; of longer ones the last three characters count.

        Absolute discounting: what every count gives up goes to the shorter context."""
        counts, total, spared = self._alone
        found = (max(counts.get(char, 0) - DISCOUNT, 0.0) + spared * (1 / CHARACTERS)) / total
        for size in range(1, min(len(context), REACH) + 1):
            counts, total, spared = self.after(context[-size:])
            if not total:
                break
            found = (max(counts.get(char, 0) - DISCOUNT, 0.0) + spared * found) / total
        return found

    def alone(self, right: str) -> tuple[float, ...]:
        """Log probabilities of the first characters of a text that stands for itself."""
        head = right[:REACH]
        return tuple(log(self.likely(head[:n], char)) for n, char in enumerate(head))

    def starting(self, right: str) -> tuple[float, ...]:
        """The same of a text that a paragraph begins with."""
        return tuple(log(self.likely("\n" + right[:n], char)) for n, char in enumerate(right[:REACH]))

    def gain(self, left: str, right: str, alone: tuple[float, ...]) -> float:
        """How much likelier, in nats, a left end makes the characters that a right one begins with."""
        tail = left[-REACH:]
        total = log(self.likely(tail, right[0])) - alone[0]
        for n, char in enumerate(right[1:REACH], 1):
            if right[n - 1] not in self.after(tail[-1] + right[: n - 1]).counts:
                break  # from here on the left end is forgotten
            total += log(self.likely((tail + right[:n])[-REACH:], char)) - alone[n]
        return total


def _seen(counts: Counter[str]) -> Seen:
    return Seen(counts, counts.total(), DISCOUNT * len(counts))


@cache
def language() -> Language:
    """The shipped one."""
    return Language((files(__package__) / "texts.txt").read_text(encoding="utf-8"))
