"""Texts that make a regular expression work hard: what it repeats, repeated, and no match at the end of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

MANY = 6  # a repeat that may go on at least so long is pumped
TAILS = ("", "。x")
Tree = Sequence[tuple[Any, Any]]
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


class Pump(NamedTuple):
    """``lead`` once, ``body`` again and again, ``tail`` once."""

    lead: str
    body: str
    tail: str

    def text(self, size: int) -> str:
        """About ``size`` characters."""
        return self.lead + self.body * (max(0, size - len(self.lead) - len(self.tail)) // len(self.body)) + self.tail


def pumps(source: str, flags: int = 0) -> list[Pump]:
    """For each long repeat of a pattern the texts that lead up to it and go on and on in it, and each of these parts,
    and the shortest match of the whole, again and again; each with ends that let it fail."""
    tree = parser.parse(source, flags)
    parts = list(dict.fromkeys([*_pumps(tree, ""), ("", least(tree))]))
    made: dict[tuple[str, str], None] = {}
    for lead, body in parts:
        for pump in ((lead, body), ("", lead + body), ("", lead), ("", body)):
            if pump[1]:
                made[pump] = None
    return [Pump(lead, body, tail) for lead, body in made for tail in TAILS]


def _pumps(tree: Tree, before: str) -> Iterator[tuple[str, str]]:
    for at, (code, argument) in enumerate(tree):
        lead = before + least(tree[:at])
        for inner in _inner(code, argument):
            yield from _pumps(inner, lead)
        if code in _REPEATS and argument[1] >= MANY:
            yield from ((lead, body) for body in bodies(argument[2]))


def _inner(code: Any, argument: Any) -> list[Tree]:
    if code is op.SUBPATTERN:
        return [argument[-1]]
    if code is op.BRANCH:
        return list(argument[1])
    if code in _REPEATS:
        return [argument[2]]
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [argument[1]]
    return [argument] if code is op.ATOMIC_GROUP else []


def bodies(tree: Tree) -> list[str]:
    """What a repeat takes in once: its shortest match, and for a class or a choice one of each kind that it holds."""
    if len(tree) == 1:
        code, argument = tree[0]
        if code is op.SUBPATTERN:
            return bodies(argument[-1])
        if code is op.BRANCH:
            return list(dict.fromkeys(filter(None, map(least, argument[1]))))[:8]
        if code in (op.IN, op.ANY, op.NOT_LITERAL):
            held = re.compile(_written(argument) if code is op.IN else ".", re.DOTALL)
            return [char for char in "园0，a 一" if held.fullmatch(char)][:3] or [least(tree)]
    return [body] if (body := least(tree)) else []


def least(tree: Tree) -> str:
    """A short text that the tree matches, its look-arounds left out of account."""
    return "".join(_least(code, argument) for code, argument in tree)


def _least(code: Any, argument: Any) -> str:
    if code is op.LITERAL:
        return chr(argument)
    if code is op.NOT_LITERAL:
        return "园" if argument != ord("园") else "区"
    if code is op.ANY:
        return "园"
    if code is op.IN:
        return _member(argument)
    if code is op.BRANCH:
        return min((least(branch) for branch in argument[1]), key=len)
    if code in (op.SUBPATTERN, op.ATOMIC_GROUP):
        return least(argument[-1] if code is op.SUBPATTERN else argument)
    if code in _REPEATS:
        return least(argument[2]) * min(argument[0], 50)
    return ""


def _member(items: Sequence[tuple[Any, Any]]) -> str:
    pattern = re.compile(_written(items))
    tried = [chr(at) for code, at in items if code is op.LITERAL]
    tried += [chr(at[0]) for code, at in items if code is op.RANGE]
    return next((char for char in [*tried, *"园0a，。 、A\n"] if pattern.fullmatch(char)), "园")


_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s", op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _written(items: Sequence[tuple[Any, Any]]) -> str:
    """A class of characters, written again."""
    parts = []
    for code, value in items:
        if code is op.NEGATE:
            parts.append("^")
        elif code is op.LITERAL:
            parts.append(re.escape(chr(value)))
        elif code is op.RANGE:
            parts.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        else:
            parts.append(_CATEGORIES[value])
    return f"[{''.join(parts)}]"
