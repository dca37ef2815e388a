"""What a model is asked of a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from parkfacts.text import Span


class Asked(NamedTuple):
    """``unsure`` are places whose names are wanted in any case; in ``settled`` ranges a name would change nothing."""

    unsure: Sequence[int]
    settled: Sequence[Span]
