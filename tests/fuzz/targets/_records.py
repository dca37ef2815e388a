"""A record and its text, made once, and a folder of one's own."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from parkfacts.facts import Report
from parkfacts.pipeline import extract
from parkfacts.text import Source
from review_folder import TEXT


@cache
def folder() -> Path:
    """Removed when the process ends."""
    made = Path(tempfile.mkdtemp(prefix="parkfacts-fuzz-"))
    atexit.register(shutil.rmtree, made, True)
    return made


@cache
def record() -> Report:
    """A record with every kind of fact, two copies and a severed sentence."""
    return extract(Source.from_text(TEXT), reference_date="2023-10-08")
