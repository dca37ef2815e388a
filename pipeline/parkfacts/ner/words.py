"""The words of ``words.toml``: the model's classes, and what augmentation makes names of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _data() -> Mapping[str, Mapping[str, str]]:
    with (files("parkfacts.ner") / "words.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def classes() -> Mapping[str, tuple[str, ...]]:
    """Words by class, in the order of the file: where a word stands in two classes, the first has it."""
    return {name: tuple(text.split()) for name, text in _data()["classes"].items()}


@cache
def make(name: str) -> tuple[str, ...]:
    """Parts of names: words, or single characters where they stand without blanks."""
    text = _data()["make"][name]
    parts = text.split()
    return tuple("".join(parts)) if max(map(len, parts)) > 12 else tuple(parts)
