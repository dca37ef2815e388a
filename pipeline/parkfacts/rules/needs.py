"""Characters without which a pattern cannot match, and how far ahead they must stand.

第三季度 needs 季 as its third character: where the text ahead has none, a rule need not be tried, and a look for a
character is far cheaper than a try. The walk is over the parse tree of the standard library's ``re``, as it is for
``openings``; what it does not know needs nothing, so a rule is never passed over wrongly.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from re import _constants  # type: ignore[attr-defined]  # isort: skip

_LONGEST = 60  # characters that a part without a bound (a number) is taken to have at most
_COMMON = frozenset("0123456789一二三四五六七八九十百千万亿")  # the numbers themselves tell nothing
_FREQUENT = frozenset("年月日个天")
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_ZERO_WIDTH = (_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT)
_Ends = dict[str, int]


class Need(NamedTuple):
    """``char`` stands within the first ``within`` characters of every match."""

    char: str
    within: int


def needs(tree: Any) -> tuple[Need, ...]:
    """What a parsed pattern needs, of that what must come first: at most a rare character, and one of 年, 月 and 日."""
    ends, _ = _sequence(tree)
    known = sorted((within, char) for char, within in ends.items() if char not in _COMMON)
    rare = [Need(char, within) for within, char in known if char not in _FREQUENT][:1]
    return (*rare, *[Need(char, within) for within, char in known if char in _FREQUENT][:1])


def _sequence(items: Any) -> tuple[_Ends, int]:
    """The characters that stand in every match, by where they end at the latest; and the longest width."""
    ends: _Ends = {}
    width = 0
    for item in items:
        inner, size = _item(*item)
        for char, end in inner.items():
            ends[char] = min(ends.get(char, width + end), width + end)
        width += size
    return ends, width


def _item(op: Any, argument: Any) -> tuple[_Ends, int]:
    if op in _ZERO_WIDTH:
        return {}, 0
    if op is _constants.LITERAL:
        return {chr(argument): 1}, 1
    if op is _constants.SUBPATTERN:
        return _sequence(argument[-1])
    if op is _constants.ATOMIC_GROUP:
        return _sequence(argument)
    if op in _REPEATS:
        least, most, repeated = argument
        ends, width = _sequence(repeated)
        return (ends if least else {}), min(_LONGEST, width * int(most))
    if op is _constants.BRANCH:
        return _either([_sequence(option) for option in argument[1]])
    if op is _constants.IN:
        only = argument[0] if len(argument) == 1 else None
        return ({chr(only[1]): 1} if only and only[0] is _constants.LITERAL else {}), 1
    return {}, 1 if op in (_constants.ANY, _constants.NOT_LITERAL) else _LONGEST


def _either(options: list[tuple[_Ends, int]]) -> tuple[_Ends, int]:
    shared = set.intersection(*(set(ends) for ends, _ in options))
    return {char: max(ends[char] for ends, _ in options) for char in shared}, max(width for _, width in options)
