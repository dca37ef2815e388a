"""W3C Web Annotations, as ``parkfacts export --to w3c`` writes them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from parkfacts.write.forms import Style
from parkfacts.write.tables import Told
from parkfacts.write.w3c import w3c


def write(records: Iterable[Told], out: Path) -> None:
    """One AnnotationCollection."""
    w3c(records, out, Style())
