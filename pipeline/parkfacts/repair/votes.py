"""Reasons for and against reading one end on into another: small functions that vote, or abstain with 0.

A vote is a log likelihood ratio, in nats: how much oftener its evidence is seen at true continuations than at any other
pair of ends (3 is twenty times). So votes add up. Some look at the pair (a word across the cut, a quotation closed),
some at the right end alone (no sentence begins like that). To add a reason, write a function and list it in
``START_VOTES`` or ``PAIR_VOTES``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from importlib.resources import files

from parkfacts.repair.ends import Cut, Right

# ---- constructions ----------------------------------------------------------------------------------------------


def _read() -> tuple[dict[str, re.Pattern[str]], list[tuple[re.Pattern[str], re.Pattern[str]]]]:
    """``constructions.toml``: alternatives by name, and the frames."""
    with (files(__package__) / "constructions.toml").open("rb") as file:
        data = tomllib.load(file)
    frames = [(re.compile(row["opens"]), re.compile(row["closes"])) for row in data.pop("frames")]
    return {name: re.compile("(?:" + "|".join(rows) + ")") for name, rows in data.items()}, frames


_KNOWN, _FRAMES = _read()
_TAILS, _UNITS, _OPENERS = _KNOWN["tails"], _KNOWN["units"], _KNOWN["openers"]
_PREDICATES = _KNOWN["predicates"]
HANGS = re.compile(_KNOWN["hanging"].pattern + "$")
_LEADING = ("p", "c", "r", "t", "nt")  # prepositions, conjunctions, pronouns and times lead a sentence
_NUMBER_END = re.compile(r"[0-9零一二三四五六七八九十百千万亿两数几][余多]?$")
_DIGITS_GO_ON = re.compile(r"\d+(?!\d{0,3}年)[\u4e00-\u9fff%]")


# ---- votes on the right end alone -------------------------------------------------------------------------------


def tail(right: Right) -> float:
    """It begins with what no sentence begins with."""
    if _TAILS.match(right.text) or _UNITS.match(right.text):
        return 3.0
    return 3.0 * right.text.startswith("被") or (1.0 if _PREDICATES.match(right.text) else 0.0)


def residue(right: Right) -> float:
    """It begins with a single character that is a word only because its other half is missing."""
    if not right.words or _OPENERS.match(right.text):
        return 0.0
    first, tag = right.words[0]
    alone = len(first) == 1 and "\u4e00" <= first <= "\u9fff" and tag not in (*_LEADING, "d", "m", "uj", "f")
    return 1.2 if alone else 0.0


def opener(right: Right) -> float:
    """It begins as a sentence of its own does."""
    if _OPENERS.match(right.text):
        return -2.2
    if tail(right):
        return 0.0
    return -0.8 if right.words and right.words[0][1] in _LEADING else 0.0


def fragment(right: Right) -> float:
    """It is shorter than sentences are."""
    return 2.5 if len(right.text) <= 12 and len(right.clause) <= 6 else 0.0


def closer(right: Right) -> float:
    """It closes a quotation or bracket that nothing opened."""
    return 4.5 if right.closed else 0.0


# ---- votes on the pair ------------------------------------------------------------------------------------------


def word(cut: Cut) -> float:
    """A word of the dictionary runs across the cut."""
    return min(1.0 + 0.5 * cut.gain, 6.5) if cut.gain else -0.4


def brackets(cut: Cut) -> float:
    """A quotation or bracket opened on the left is closed on the right; one left alone speaks against the pair."""
    opened, closed = cut.left.opened[:1], cut.right.closed[:1]
    if opened and opened == closed:
        return 2.5
    return -2.5 if opened or closed else 0.0


def enumeration(cut: Cut) -> float:
    """A list, and its 等."""
    return 2.5 if cut.right.text[0] == "等" and "、" in cut.left.clause and "等" not in cut.left.clause[-4:] else 0.0


def number(cut: Cut) -> float:
    """A number on the left, its unit or the rest of its digits on the right; a unit without a number is against."""
    if _UNITS.match(cut.right.text):
        return 2.5 if _NUMBER_END.search(cut.left.text[-2:]) else -2.5 if not cut.gain else 0.0
    if cut.left.text[-1].isdigit():
        return 1.3 if _DIGITS_GO_ON.match(cut.right.text) else -1.5
    return 0.0


def predicate(cut: Cut) -> float:
    """A subject on the left, its predicate on the right."""
    lacks_verb = bool(cut.left.clause) and not cut.left.has_verb
    return 1.8 if lacks_verb and _PREDICATES.match(cut.right.text) else 0.0


def frame(cut: Cut) -> float:
    """A construction that the left begins and the right ends: 列入…名单, 由…提高到."""
    return 2.0 if any(a.search(cut.left.clause) and b.match(cut.right.clause) for a, b in _FRAMES) else 0.0


def page(cut: Cut) -> float:
    """A sentence runs over the turn of a page, or the page says where it goes on."""
    return 6.0 if cut.page or (cut.left.note and cut.right.note) else 0.0


def distance(cut: Cut) -> float:
    """How often a continuation stands that many paragraphs on: newspapers flow forward, and not far."""
    if cut.steps == 1:
        return -2.2
    return max(-3.0 - 0.05 * cut.steps, -5.0) if cut.steps > 0 else max(-4.5 + 0.05 * cut.steps, -6.0)


START_VOTES: Sequence[Callable[[Right], float]] = (tail, residue, opener, fragment, closer)
PAIR_VOTES: Sequence[Callable[[Cut], float]] = (word, brackets, enumeration, number, predicate, frame, page, distance)


def count_start(right: Right) -> dict[str, float]:
    """The votes that were given on a right end, by name."""
    given = ((vote.__name__, round(vote(right), 3)) for vote in START_VOTES)
    return {name: points for name, points in given if points}


def count_pair(cut: Cut) -> dict[str, float]:
    """The votes that were given on a pair, by name."""
    given = ((vote.__name__, round(vote(cut), 3)) for vote in PAIR_VOTES)
    return {name: points for name, points in given if points}
