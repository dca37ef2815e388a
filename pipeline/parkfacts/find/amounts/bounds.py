"""Words in front of a number that say how exact it is: ``[[before]]`` in rules/amounts.toml."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from parkfacts.rules.engine import data

_REACH = 7  # the longest word, and a character behind which it would be another one


class Before(NamedTuple):
    """A bound word: the mention begins at ``start`` (the word's own start if it touches, else the number's)."""

    start: int
    bound: str


def before(view: str, start: int, bare: bool = False) -> Before | None:
    """The bound word that ends where a number starts; ``bare`` numbers (千亿) have some of their own (上千亿)."""
    rows, pattern = _compiled()
    match = pattern.search(view, max(0, start - _REACH), start)
    if match is None or match.lastgroup is None:
        return None
    row = rows[int(match.lastgroup[1:])]
    if row.get("bare") and not bare:
        return None
    return Before(match.start() if row["touching"] else start, row["bound"])


@cache
def _compiled() -> tuple[list[dict[str, Any]], re.Pattern[str]]:
    rows = sorted(data("amounts")["before"], key=lambda row: -max(map(len, row["words"])))
    options = []
    for index, row in enumerate(rows):
        guard = f"(?<![{row['not_behind']}])" if "not_behind" in row else ""
        guard += f"(?<=[{row['only_behind']}])" if "only_behind" in row else ""
        options.append(f"{guard}(?P<b{index}>{'|'.join(row['words'])})")
    return rows, re.compile(f"(?:{'|'.join(options)}) ?\\Z")
