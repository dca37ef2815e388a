"""The characters that a match of a pattern can begin with: its openings, the first two.

A table has dozens of rules, and at one place hardly any can begin: 350亿 concerns those that begin with two digits. The
walk is over the parse tree of the standard library's ``re`` (as old as Python 2); what it does not know begins with
anything, so a pattern is never passed over wrongly.
"""

from __future__ import annotations

from collections.abc import Mapping
from re import escape
from typing import Any

from re import _constants, _parser  # type: ignore[attr-defined]  # isort: skip

ANY = "\0"  # in an opening: any character
DIGIT, SPACE = "\1", "\2"  # one of those that are no ASCII
_SIZE = 2
_LARGEST = 100  # members of a class that is told; a larger one is any character

Openings = frozenset[str]  # strings of at most two characters; a shorter one is a whole match
ByFirst = Mapping[str, set[str]]  # what stands behind each first character, "" for nothing

_NOTHING = frozenset(("",))
_UNKNOWN = frozenset(("", ANY, ANY + ANY))
_CATEGORIES = {_constants.CATEGORY_DIGIT: "0123456789" + DIGIT, _constants.CATEGORY_SPACE: " \t\n\r\f\v" + SPACE}
_ZERO_WIDTH = (_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT)
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


def openings(tree: Any, size: int = _SIZE) -> Openings:
    """What matches of a parsed pattern can begin with, ``size`` characters at most."""
    found: Openings = _NOTHING
    for op, argument in tree:
        if all(len(one) == size for one in found):
            break
        found = _joined(found, _item(op, argument, size), size)
    return found


def by_first(found: Openings) -> ByFirst:
    """The same, by the first character; "" stands for an empty match."""
    told: dict[str, set[str]] = {}
    for one in found:
        told.setdefault(one[:1], set()).add(one[1:])
    return told


def beginning(pattern: str) -> str | None:
    """The first characters of a pattern's matches as a class of ``re``, or None where any may be the first. Raises
    ``re.error`` for a malformed pattern."""
    found = openings(_parser.parse(pattern), 1)
    if not found or found & {"", ANY}:
        return None
    return "[" + escape("".join(sorted(found))).replace(DIGIT, r"\d").replace(SPACE, r"\s") + "]"


def seconds(found: ByFirst, first: str) -> frozenset[str] | None:
    """What can stand behind a first character, or None where anything may."""
    kind = None if first.isascii() else DIGIT if first.isdecimal() else SPACE if first.isspace() else None
    behind = frozenset[str]().union(*(found.get(one, ()) for one in (first, ANY, kind) if one is not None))
    return None if "" in found or behind & {"", ANY, DIGIT, SPACE} else behind


def _joined(left: Openings, right: Openings, size: int) -> Openings:
    heads = {two[:1] for two in right}
    found = {one + head for one in left if 0 < len(one) < size for head in heads}
    found |= {one for one in left if len(one) == size}
    return frozenset(found | right if "" in left else found)


def _item(op: Any, argument: Any, size: int) -> Openings:
    if op in _ZERO_WIDTH:
        return _NOTHING
    if op is _constants.LITERAL:
        return frozenset(chr(argument))
    if op is _constants.IN:
        return _class(argument)
    if op in (_constants.ANY, _constants.NOT_LITERAL):
        return frozenset(ANY)
    if op is _constants.SUBPATTERN:
        return openings(argument[-1], size)
    if op is _constants.ATOMIC_GROUP:
        return openings(argument, size)
    if op in _REPEATS:
        least, most, repeated = argument
        return _repeated(least, most, openings(repeated, size), size)
    if op is _constants.BRANCH:
        return frozenset[str]().union(*(openings(option, size) for option in argument[1]))
    return frozenset(one for one in _UNKNOWN if len(one) <= size)


def _repeated(least: int, most: int, one: Openings, size: int) -> Openings:
    power, found = _NOTHING, set(() if least else _NOTHING)
    for times in range(1, min(most, size) + 1):
        power = _joined(power, one, size)
        if times >= min(least, size):
            found |= power
    return frozenset(found)


def _class(items: Any) -> Openings:
    found: set[str] = set()
    for op, argument in items:
        if op is _constants.LITERAL:
            found.add(chr(argument))
        elif op is _constants.CATEGORY and argument in _CATEGORIES:
            found.update(_CATEGORIES[argument])
        elif op is _constants.RANGE and argument[1] - argument[0] < _LARGEST:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return frozenset(ANY)
    return frozenset(found)
