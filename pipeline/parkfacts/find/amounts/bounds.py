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
    if _hint().search(view, max(0, start - _REACH), start) is None:
        return None
    for touching in (True, False):
        rows, pattern = _compiled(touching)
        match = pattern.search(view, max(0, start - _REACH), start)
        if match is None or match.lastgroup is None:
            continue
        row = rows[int(match.lastgroup[1:])]
        if bare or not row.get("bare"):
            return Before(match.start() if row["touching"] else start, row["bound"])
    return None


@cache
def _hint() -> re.Pattern[str]:
    """A look before the dear search: words that stand right before a number, and the stems of those that need not."""
    words = {word for row in data("amounts")["before"] for word in row["words"]}
    stems = {max(_CLASS.split(word), key=len) for word in words if "[" in word}
    ends = sorted({word[-1] for word in words if "[" not in word})
    return re.compile(f"[{''.join(ends)}] ?\\Z|{'|'.join(sorted(stems, key=len, reverse=True))}")


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
