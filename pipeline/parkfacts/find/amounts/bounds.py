"""Words in front of a number that say how exact it is: ``[[before]]`` in rules/amounts.toml."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from parkfacts.rules.engine import data

_CLASS = re.compile(r"\[[^\]]*\](?:\{[^}]*\})?")
_REACH = 10  # the longest word, and a character behind which it would be another one


class Before(NamedTuple):
    """A bound word: the mention begins at ``start`` (the word's own start if it touches, else the number's)."""

    start: int
    bound: str


def before(view: str, start: int, bare: bool = False) -> Before | None:
    """The bound word that ends where a number starts; ``bare`` numbers (千亿) have some of their own (上千亿)."""
    for touching in (True, False):
        literals, loose = _endings(touching)
        if not view.endswith(literals, 0, start) and not any(
            view.find(word, max(0, start - _REACH), start) >= 0 for word in loose
        ):
            continue
        rows, pattern = _compiled(touching)
        match = pattern.search(view, max(0, start - _REACH), start)
        if match is None or match.lastgroup is None:
            continue
        row = rows[int(match.lastgroup[1:])]
        if bare or not row.get("bare"):
            return Before(match.start() if row["touching"] else start, row["bound"])
    return None


@cache
def _endings(touching: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a text with a bound word at its end ends with, or (for patterns) holds: a look before the search."""
    words = [word for row in data("amounts")["before"] if row["touching"] == touching for word in row["words"]]
    literals = [word for word in words if "[" not in word]
    loose = {max(_CLASS.split(word), key=len) for word in words if "[" in word}
    return (*literals, *(word + " " for word in literals)), tuple(sorted(loose))


@cache
def _compiled(touching: bool) -> tuple[list[dict[str, Any]], re.Pattern[str]]:
    rows = [row for row in data("amounts")["before"] if row["touching"] == touching]
    rows.sort(key=lambda row: -max(map(len, row["words"])))
    options = []
    for index, row in enumerate(rows):
        guard = f"(?<![{row['not_behind']}])" if "not_behind" in row else ""
        guard += f"(?<=[{row['only_behind']}])" if "only_behind" in row else ""
        options.append(f"{guard}(?P<b{index}>{'|'.join(row['words'])})")
    return rows, re.compile(f"(?:{'|'.join(options)}) ?\\Z")
