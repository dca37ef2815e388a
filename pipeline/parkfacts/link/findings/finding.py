"""What a check tells."""

from __future__ import annotations

from typing import NamedTuple

from parkfacts.text import Span


class Finding(NamedTuple):
    """``facts`` are the first letters of ids (a, d, m) with the index among their kind; ``evidence`` stands in the
    repaired text."""

    kind: str
    message: str
    facts: tuple[tuple[str, int], ...]
    evidence: tuple[Span, ...]
