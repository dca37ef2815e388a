"""What a check tells."""

from __future__ import annotations

from typing import Literal, NamedTuple

from parkfacts.text import Span

Kind = Literal[
    "two values",
    "wrong scale",
    "part exceeds whole",
    "parts do not add up",
    "end before start",
    "wrong order",
    "told as past",
]


class Finding(NamedTuple):
    """``facts`` are the first letters of ids (a, d, m) with the index among their kind; ``evidence`` stands in the
    repaired text."""

    kind: Kind
    message: str
    facts: tuple[tuple[str, int], ...]
    evidence: tuple[Span, ...]
