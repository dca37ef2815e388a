"""Reasons for and against reading one end on into another: small functions that measure, or abstain with 0.

What a function measures, times its weight in ``weights.toml``, is its vote: a log likelihood ratio, in nats (3 is
twenty times), so that votes add up. The weights are fitted on newspapers made of clean prose (tests/fit_joins.py).
To add a reason, write a function, list it in ``LEFT``, ``RIGHT`` or ``PAIR``, and fit.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from math import log
from typing import Any

from parkfacts.repair.counts import Table
from parkfacts.repair.ends import Cut, Left, Right
from parkfacts.repair.numbers import fits


def _read(name: str) -> dict[str, Any]:
    with (files(__package__) / name).open("rb") as file:
        return tomllib.load(file)


# ---- constructions ----------------------------------------------------------------------------------------------

_DATA = _read("constructions.toml")
_FRAMES = [(re.compile(row["opens"]), re.compile(row["closes"])) for row in _DATA.pop("frames")]
_KNOWN = {name: re.compile("(?:" + "|".join(rows) + ")") for name, rows in _DATA.items()}
_TAILS, _UNITS, _OPENERS = _KNOWN["tails"], _KNOWN["units"], _KNOWN["openers"]
_PREDICATES, _PASSIVES = _KNOWN["predicates"], _KNOWN["passives"]
_ASKS, _QUANTITY = re.compile(_KNOWN["asks"].pattern + "(?:了|约|近|超|过)?$"), _KNOWN["quantities"]
HANGS = re.compile(_KNOWN["hanging"].pattern + "$")
_VERBS = re.compile(_KNOWN["verbs"].pattern + "(?:了|起|出|成)?$")
_NOMINAL = ("n", "m", "a", "b", "j", "l", "eng", "x")  # tags of words that an object begins with
_LEADING = ("p", "c", "r", "t", "nt")  # prepositions, conjunctions, pronouns and times lead a sentence
_NUMBER_END = re.compile(r"[0-9零一二三四五六七八九十百千万亿两数几][余多]?$")
_DIGITS_GO_ON = re.compile(r"\d+(?!\d{0,3}年)[\u4e00-\u9fff%]")
_POINT = re.compile(r"\d[.．]$")


# ---- the left end alone -----------------------------------------------------------------------------------------


def heading(left: Left) -> float:
    """It looks like a heading or caption, and those break off nowhere."""
    return float(left.heading)


def hangs(left: Left) -> float:
    """It hangs on a word or mark that asks for more."""
    return float(HANGS.search(left.text) is not None or _POINT.search(left.text) is not None)


def comma(left: Left) -> float:
    """It ends in a comma: the rest can be any clause."""
    return float(left.text[-1] in "，,")


def verbless(left: Left) -> float:
    """Its last clause has no verb yet."""
    return float(bool(left.clause) and not left.has_verb)


# ---- the right end alone ----------------------------------------------------------------------------------------


def tail(right: Right) -> float:
    """It begins with what no sentence begins with."""
    if _TAILS.match(right.text) or _UNITS.match(right.text):
        return 1.0
    return float(right.text.startswith("被")) or (0.3 if _PREDICATES.match(right.text) else 0.0)


def opener(right: Right) -> float:
    """It begins as a sentence of its own does."""
    if _OPENERS.match(right.text):
        return 1.0
    return 0.4 if not tail(right) and right.words and right.words[0][1] in _LEADING else 0.0


def start(right: Right) -> float:
    """How much likelier its first characters are at the start of a paragraph than anywhere, in nats."""
    return sum(right.starting) - sum(right.alone)


def closer(right: Right) -> float:
    """It closes a quotation or bracket that nothing opened."""
    return float(bool(right.closed))


def size(right: Right) -> float:
    """The longer, the likelier whole."""
    return log(right.size)


def first_clause(right: Right) -> float:
    """How long its first clause is, in tens of characters."""
    return min(len(right.clause), 20) / 10


def stands(right: Right) -> dict[str, float]:
    """What stands before it on the page: in the middle of a column nothing goes on."""
    return {"behind " + right.before: 1.0} if right.before else {}


# ---- the pair ---------------------------------------------------------------------------------------------------


def word(cut: Cut) -> float:
    """A word of the dictionary runs across the cut; how much likelier it makes the text, in nats."""
    return min(cut.gain, 14.0)


def whole_word(cut: Cut) -> float:
    """The first nats of it count more."""
    return min(cut.gain, 3.0)


def characters(cut: Cut) -> float:
    """How much likelier the left end makes the characters that the right one begins with, in nats."""
    return cut.language


def characters_between_words(cut: Cut) -> float:
    """The same, where no word of the dictionary runs across."""
    return 0.0 if cut.gain else cut.language


def numeral(cut: Cut) -> float:
    """Digits on the left, on the right what a number can go on with."""
    return max(fits(cut.left.text, cut.right.text), 0.0)


def no_numeral(cut: Cut) -> float:
    """Digits on the left, on the right what no number goes on with (37. | 6月, 202 | 2024年)."""
    return max(-fits(cut.left.text, cut.right.text), 0.0)


def digits(cut: Cut) -> float:
    """A number that goes on in digits."""
    return numeral(cut) * cut.right.text[0].isdigit()


def brackets(cut: Cut) -> float:
    """A quotation or bracket opened on the left is closed on the right; one left alone speaks against the pair."""
    opened, closed = cut.left.opened[:1], cut.right.closed[:1]
    return float(bool(opened) and opened == closed) or -float(bool(opened or closed))


def enumeration(cut: Cut) -> float:
    """A list, and its 等."""
    return float(cut.right.text[0] == "等" and "、" in cut.left.clause and "等" not in cut.left.clause[-4:])


def number(cut: Cut) -> float:
    """A number on the left, its unit or the rest of its digits on the right; a unit without a number is against."""
    if _POINT.search(cut.left.text):
        return 1.5 if cut.right.text[0].isdigit() else -2.0
    if _UNITS.match(cut.right.text):
        return 1.0 if _NUMBER_END.search(cut.left.text[-2:]) else -1.0 if not cut.gain else 0.0
    if cut.left.text[-1].isdigit():
        return 0.5 if _DIGITS_GO_ON.match(cut.right.text) else -0.6
    return 0.0


def predicate(cut: Cut) -> float:
    """A subject on the left, its predicate on the right."""
    lacks_verb = bool(cut.left.clause) and not cut.left.has_verb
    return float(lacks_verb and _PREDICATES.match(cut.right.text) is not None)


def passive(cut: Cut) -> float:
    """A subject on the left, and on the right what was done to it: no sentence begins with 被评为, 获批."""
    lacks_verb = bool(cut.left.clause) and not cut.left.has_verb
    return float(lacks_verb and _PASSIVES.match(cut.right.text) is not None)


def frame(cut: Cut) -> float:
    """A construction that the left begins and the right ends: 列入…名单, 由…提高到, 不仅…还."""
    return float(any(a.search(cut.left.sentence) and b.match(cut.right.clause) for a, b in _FRAMES))


def object_(cut: Cut) -> float:
    """A verb that lacks its object on the left, a noun or a number on the right."""
    starts = bool(cut.right.words) and cut.right.words[0][1].startswith(_NOMINAL)
    return float(starts and _VERBS.search(cut.left.text) is not None)


def quantity(cut: Cut) -> float:
    """A word that asks for a number on the left, and on the right one with its unit."""
    return float(_ASKS.search(cut.left.clause) is not None and _QUANTITY.match(cut.right.text) is not None)


def new_clause(cut: Cut) -> float:
    """Behind a comma a clause may begin as a sentence does."""
    return comma(cut.left) * opener(cut.right)


def long_clause(cut: Cut) -> float:
    """The clause that the two make is longer than clauses are; in tens of characters."""
    return min(max(len(cut.left.clause) + len(cut.right.clause) - 18, 0), 30) / 10 if cut.left.clause else 0.0


def adjoins(cut: Cut) -> float:
    """It stands right behind the left end."""
    return float(cut.adjoining)


def follows(cut: Cut) -> float:
    """It is the next paragraph, with a heading or a caption between."""
    return float(cut.steps == 1 and not cut.adjoining)


def backwards(cut: Cut) -> float:
    """It stands before the left end: newspapers flow forward."""
    return float(cut.steps < 0)


def page(cut: Cut) -> float:
    """A sentence runs over the turn of a page, or the page says where it goes on."""
    return float(cut.page or (cut.left.note and cut.right.note))


LEFT: Sequence[Callable[[Left], float]] = (heading, hangs, comma, verbless)
RIGHT: Sequence[Callable[[Right], float]] = (tail, opener, start, closer, size, first_clause)
PAIR: Sequence[Callable[[Cut], float]] = (
    word, whole_word, characters, characters_between_words, numeral, no_numeral, digits, brackets, enumeration,
    number, predicate, passive, frame, object_, quantity, new_clause, long_clause, adjoins, follows, backwards, page,
)  # fmt: skip


# ---- counted votes ----------------------------------------------------------------------------------------------


class Counted:
    """What the counts say; see :func:`.counts.counts` for the tables."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.word, self.tag, self.tags, self.tagged = tables["word"], tables["tag"], tables["tags"], tables["tagged"]
        self.start, self.starts = tables["start"], tables["starts"]
        self.words = max(sum(self.tag.values()), 1)
        self.paragraphs = max(sum(self.start.values()), 1)

    def right(self, right: Right) -> dict[str, float]:
        """How much oftener its first word, and that word's tag, stand inside a paragraph than at the start of one."""
        if not right.words:
            return {}
        first, tag = right.words[0]
        inside = (self.tag.get(tag, 0) + 1) / self.words
        begins = (self.start.get(tag, 0) + 8 * inside) / (self.paragraphs + 8)
        found = {"start tag": log(inside / begins)}
        often, starts = self.word.get(first, 0), self.starts.get(first, 0)
        if often or starts:
            found["start word"] = log((often + 0.5) / self.words * self.paragraphs / (starts + 0.3))
        return found

    def cut(self, cut: Cut) -> dict[str, float]:
        """How much oftener the tags around the cut follow each other than by chance."""
        if not cut.left.words or not cut.right.words:
            return {}
        one, two = cut.left.words[-1][1], cut.right.words[0][1]
        share = (self.tag.get(two, 0) + 1) / self.words
        both = self.tags.get(f"{one} {two}", 0)
        found = {"tags": log((both + 6 * share) / (self.tag.get(one, 0) + 6) / share)}
        if len(cut.right.words) > 1:
            three = cut.right.words[1][1]
            usual = (self.tags.get(f"{two} {three}", 0) + 0.3) / (self.tag.get(two, 0) + 10)
            found["tags on"] = log((self.tagged.get(f"{one} {two} {three}", 0) + 4 * usual) / (both + 4) / usual)
        return found


def topic(left: Left, right: Right, rarity: Mapping[str, float]) -> dict[str, float]:
    """The words that both sides of the cut use, each by how rare it is in the document."""
    shared = left.topic & right.topic
    if not shared:
        return {}
    size = 0.02 * min(len(left.text), len(right.text))
    return {"topic": round(sum(rarity[word] for word in sorted(shared)) / (1 + size), 6)}


def flow(near: float, all_: float, adjoins: float, follows: float) -> dict[str, float]:
    """Whether the other joins of the page go to the next paragraph, or far: sums of their likelihoods."""
    odds = log((near + 1) / (all_ - near + 1))
    if adjoins:  # what stands right behind an end may go on with it on a page that jumps, too
        return {"flow adjoining": max(odds, 0.0)}
    return {"flow": odds if follows else -odds}


# ---- the sum ----------------------------------------------------------------------------------------------------


class Weights:
    """``weights.toml``: nats a unit of what is measured, and the nats that every pair begins with."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = dict(weights)
        self.bias = self.weights.pop("bias", 0.0)

    def votes(self, measured: Mapping[str, float]) -> dict[str, float]:
        """The votes, by name."""
        known = self.weights
        return {name: known[name] * value for name, value in measured.items() if name in known}


def weights() -> Weights:
    """The fitted weights."""
    return Weights(_read("weights.toml")["weights"])
