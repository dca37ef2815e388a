"""Whether a clause tells of something done, under way, planned or denied; the words are in ``rules/modality.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _words() -> dict[str, re.Pattern[str]]:
    with (files("parkfacts.rules") / "modality.toml").open("rb") as file:
        data: dict[str, list[str]] = tomllib.load(file)
    never = data.pop("never")
    # a longer word that is no marker swallows the marker in it
    return {
        name: re.compile("|".join([*(f"(?:{w})" for w in never if w not in words), *(f"(?P<hit>{'|'.join(words)})",)]))
        for name, words in data.items()
    }


def _hit(name: str, view: str, start: int, end: int) -> re.Match[str] | None:
    for match in _words()[name].finditer(view, start, end):
        if match["hit"]:
            return match
    return None


def planned(view: str, start: int, end: int) -> bool:
    """Whether ``view[start:end]`` speaks of something to come."""
    return _hit("planned", view, start, end) is not None


def ongoing(view: str, start: int, end: int) -> bool:
    """Whether it speaks of something under way."""
    return _hit("ongoing", view, start, end) is not None


def denied(view: str, start: int, end: int) -> bool:
    """Whether it is negated or a condition."""
    return _hit("negated", view, start, end) is not None or _hit("conditional", view, start, end) is not None
