"""The characters that a match of a pattern can begin with.

A table has dozens of rules, and at one place hardly any can begin: 350亿 concerns those that begin with a digit. The
walk is over the parse tree of the standard library's ``re`` (as old as Python 2); what it does not know begins with
anything, so a pattern is never passed over wrongly.
"""

from __future__ import annotations

from typing import Any

from re import _constants, _parser  # type: ignore[attr-defined]  # isort: skip

Firsts = frozenset[str] | None  # None: any character

_EMPTY: frozenset[str] = frozenset()
_ZERO_WIDTH = (_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT)
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


def firsts(pattern: str) -> Firsts:
    """The set of first characters, or None where any may be the first. Raises ``re.error`` for a malformed pattern."""
    found, empty = _sequence(_parser.parse(pattern))
    return None if empty else found


def _sequence(items: Any) -> tuple[Firsts, bool]:
    """First characters of a sequence, and whether it can match nothing."""
    found: Firsts = _EMPTY
    for item in items:
        one, empty = _item(*item)
        found = None if found is None or one is None else found | one
        if not empty:
            return found, False
    return found, True


def _item(op: Any, argument: Any) -> tuple[Firsts, bool]:
    if op in _ZERO_WIDTH:
        return _EMPTY, True
    if op is _constants.LITERAL:
        return frozenset(chr(argument)), False
    if op is _constants.IN:
        return _class(argument), False
    if op is _constants.SUBPATTERN:
        return _sequence(argument[-1])
    if op is _constants.ATOMIC_GROUP:
        return _sequence(argument)
    if op in _REPEATS:
        found, empty = _sequence(argument[2])
        return found, empty or argument[0] == 0
    if op is _constants.BRANCH:
        options = [_sequence(option) for option in argument[1]]
        anything = any(found is None for found, _ in options)
        union = _EMPTY.union(*(found or _EMPTY for found, _ in options))
        return None if anything else union, any(empty for _, empty in options)
    return None, False


def _class(items: Any) -> Firsts:
    found: set[str] = set()
    for op, argument in items:
        if op is _constants.LITERAL:
            found.add(chr(argument))
        elif op is _constants.RANGE:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return frozenset(found)
