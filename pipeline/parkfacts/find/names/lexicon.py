"""The word classes that names are told by, read from ``rules/_lexicon.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# the letter that a word of a list gets, in the order in which the lists are asked
_CLASSES = {
    "sure_trade": "T",
    "public_trade": "T",
    "closing_trade": "T",
    "open_trade": "T",
    "board": "S",
    "stop_verb": "S",
    "stop_noun": "S",
    "role": "R",
    "head": "H",
    "form": "F",
    "term": "N",
    "direction": "N",
    "country": "P",
    "place": "P",
}


@dataclass(frozen=True)
class Lexicon:
    """``kinds`` maps a word to its class letter; the other sets are subsets that single steps ask for.

    ``terms`` finds the words that jieba's dictionary lacks and cuts wrongly; ``closings`` maps a word that closes an
    organization's name to its type; ``plain_project`` is a project that is called by its kind alone.
    """

    kinds: Mapping[str, str]
    generic: frozenset[str]
    closing: frozenset[str]
    countries: frozenset[str]
    sure: frozenset[str]
    public: frozenset[str]
    not_names: frozenset[str]
    verbs: frozenset[str]
    no_trade: frozenset[str]
    terms: re.Pattern[str]
    plain_project: re.Pattern[str]
    closings: Mapping[str, str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships."""
    with (files("parkfacts.rules") / "_lexicon.toml").open("rb") as file:
        data = tomllib.load(file)
    words = {name: text.split() for name, text in data["words"].items()}
    kinds: dict[str, str] = {}
    for name, letter in _CLASSES.items():
        for word in words[name]:
            kinds.setdefault(word, letter)
    closing = words["sure_trade"] + words["public_trade"] + words["closing_trade"]
    return Lexicon(
        kinds,
        frozenset(words["generic"]) | frozenset(closing + words["open_trade"]) | frozenset(words["term"]),
        frozenset(closing),
        frozenset(words["country"]),
        frozenset(words["sure_trade"]),
        frozenset(words["public_trade"]),
        frozenset(words["not_a_name"]),
        frozenset(words["stop_verb"]),
        frozenset(words["no_trade"]),
        re.compile("|".join(sorted(words["board"] + words["miscut"], key=len, reverse=True))),
        re.compile("(?:[第\\d一二三四五六七八九十两百千万个批期家大类首]|" + "|".join(words["plain_project"]) + ")+"),
        _closings(data["organizations"], data["organization_parts"]),
    )


def _closings(types: Mapping[str, str], parts: Mapping[str, str]) -> dict[str, str]:
    """The words that close an organization's name, each with the type that it tells."""
    found: dict[str, str] = {}
    for kind, text in types.items():
        for word in text.split():
            part = re.search(r"\{(\w+)\}", word)
            for filler in parts[part[1]].split() if part else ("",):
                found.setdefault(word.replace(part[0], filler) if part else word, kind)
    return found
