"""Reasons for and against reading one end on into another: small functions that measure, or abstain with 0.

What a function measures, times its weight in ``weights.toml``, is its vote: a log likelihood ratio, in nats (3 is
twenty times), so that votes add up. The weights are fitted on newspapers made of clean prose (tests/fit_joins.py).
To add a reason, write a function, list it in ``LEFT``, ``RIGHT`` or ``PAIR``, and fit. Every pair of ends of a page is
voted on: what takes longer than a look belongs into :mod:`.ends`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from math import fsum, log  # sum adds floats up otherwise since Python 3.12

from parkfacts.repair.counts import Table
from parkfacts.repair.ends import Left, Pair, Right
from parkfacts.repair.numbers import fits, goes_on

_LEADING = ("p", "c", "r", "t", "nt")  # prepositions, conjunctions, pronouns and times lead a sentence

# ---- the left end alone -----------------------------------------------------------------------------------------


def heading(left: Left) -> float:
    """It looks like a heading or caption, and those break off nowhere."""
    return float(left.heading)


def hangs(left: Left) -> float:
    """It hangs on a word or mark that asks for more."""
    return float(left.hangs)


def comma(left: Left) -> float:
    """It ends in a comma: the rest can be any clause."""
    return float(left.comma)


def verbless(left: Left) -> float:
    """Its last clause has no verb yet."""
    return float(left.verbless)


# ---- the right end alone ----------------------------------------------------------------------------------------


def tail(right: Right) -> float:
    """It begins with what no sentence begins with."""
    if right.tail or right.unit or right.text.startswith("被"):
        return 1.0
    return 0.3 * right.predicate


def opener(right: Right) -> float:
    """It begins as a sentence of its own does."""
    if right.opener:
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


# ---- the pair ---------------------------------------------------------------------------------------------------


def word(pair: Pair) -> float:
    """A word of the dictionary runs across the cut; how much likelier it makes the text, in nats."""
    return min(pair.gain, 14.0)


def whole_word(pair: Pair) -> float:
    """The first nats of it count more."""
    return min(pair.gain, 3.0)


def characters(pair: Pair) -> float:
    """How much likelier the left end makes the characters that the right one begins with, in nats."""
    return pair.language


def characters_between_words(pair: Pair) -> float:
    """The same, where no word of the dictionary runs across."""
    return 0.0 if pair.gain else pair.language


def numeral(pair: Pair) -> float:
    """Digits on the left, on the right what a number can go on with."""
    return max(fits(pair.left.text, pair.right.text), 0.0) if pair.left.digits else 0.0


def no_numeral(pair: Pair) -> float:
    """Digits on the left, on the right what no number goes on with (37. | 6月, 202 | 2024年)."""
    return max(-fits(pair.left.text, pair.right.text), 0.0) if pair.left.digits else 0.0


def digits(pair: Pair) -> float:
    """A number that goes on in digits."""
    return numeral(pair) * pair.right.text[0].isdigit()


def brackets(pair: Pair) -> float:
    """A quotation or bracket opened on the left is closed on the right; one left alone speaks against the pair."""
    opened, closed = pair.left.opened[:1], pair.right.closed[:1]
    return float(bool(opened) and opened == closed) or -float(bool(opened or closed))


def enumeration(pair: Pair) -> float:
    """A list, and its 等."""
    return float(pair.left.listing and pair.right.text[0] == "等")


def number(pair: Pair) -> float:
    """A number on the left, its unit or the rest of its digits on the right; a unit without a number is against."""
    left, right = pair.left, pair.right
    if left.point:
        return 1.5 if right.text[0].isdigit() else -2.0
    if right.unit:
        return 1.0 if left.numeral else 0.0 if pair.gain else -1.0
    return goes_on(right.text) if left.digits and left.text[-1].isdigit() else 0.0


def predicate(pair: Pair) -> float:
    """A subject on the left, its predicate on the right."""
    return float(pair.left.verbless and pair.right.predicate)


def passive(pair: Pair) -> float:
    """A subject on the left, and on the right what was done to it: no sentence begins with 被评为, 获批."""
    return float(pair.left.verbless and pair.right.passive)


def frame(pair: Pair) -> float:
    """A construction that the left begins and the right ends: 列入…名单, 由…提高到, 不仅…还."""
    return float(any(closes.match(pair.right.clause) for closes in pair.left.frames))


def object_(pair: Pair) -> float:
    """A verb that lacks its object on the left, a noun or a number on the right."""
    return float(pair.left.transitive and pair.right.nominal)


def quantity(pair: Pair) -> float:
    """A word that asks for a number on the left, and on the right one with its unit."""
    return float(pair.left.asks and pair.right.quantity)


def new_clause(pair: Pair) -> float:
    """Behind a comma a clause may begin as a sentence does."""
    return opener(pair.right) if pair.left.comma else 0.0


def long_clause(pair: Pair) -> float:
    """The clause that the two make is longer than clauses are; in tens of characters."""
    left, right = len(pair.left.clause), len(pair.right.clause)
    return min(max(left + right - 18, 0), 30) / 10 if left else 0.0


LEFT: Sequence[Callable[[Left], float]] = (heading, hangs, comma, verbless)
RIGHT: Sequence[Callable[[Right], float]] = (tail, opener, start, closer, size, first_clause)
PAIR: Sequence[Callable[[Pair], float]] = (
    word, whole_word, characters, characters_between_words, numeral, no_numeral, digits, brackets, enumeration, number,
    predicate, passive, frame, object_, quantity, new_clause, long_clause,
)  # fmt: skip


def stands(before: str, steps: int, adjoins: bool, page: bool) -> dict[str, float]:
    """Where the right end stands: behind what (in the middle of a column nothing goes on), how many paragraphs after
    the left one (newspapers flow forward), right behind it, or behind the turn of a page."""
    found = {"adjoins": 1.0} if adjoins else {"behind " + before: 1.0} if before else {}
    if steps == 1 and not adjoins:
        found["follows"] = 1.0
    if steps < 0:
        found["backwards"] = 1.0
    if page:
        found["page"] = 1.0
    return found


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

    def pair(self, left: Left, right: Right) -> dict[str, float]:
        """How much oftener the tags around the cut follow each other than by chance."""
        if not left.words or not right.words:
            return {}
        one, two = left.words[-1][1], right.words[0][1]
        share = (self.tag.get(two, 0) + 1) / self.words
        both = self.tags.get(f"{one} {two}", 0)
        found = {"tags": log((both + 6 * share) / (self.tag.get(one, 0) + 6) / share)}
        if len(right.words) > 1:
            three = right.words[1][1]
            usual = (self.tags.get(f"{two} {three}", 0) + 0.3) / (self.tag.get(two, 0) + 10)
            found["tags on"] = log((self.tagged.get(f"{one} {two} {three}", 0) + 4 * usual) / (both + 4) / usual)
        return found


def topic(left: Left, right: Right, rarity: Mapping[str, float]) -> dict[str, float]:
    """The words that both sides of the cut use, each by how rare it is in the document."""
    shared = left.topic & right.topic
    if not shared:
        return {}
    size = 0.02 * min(len(left.text), len(right.text))
    return {"topic": round(fsum(rarity[word] for word in sorted(shared)) / (1 + size), 6)}


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

    def sum(self, measured: Mapping[str, float]) -> float:
        """The votes, added up."""
        known = self.weights
        return fsum([known[name] * value for name, value in measured.items() if name in known])

    def votes(self, measured: Mapping[str, float]) -> dict[str, float]:
        """The votes, by name."""
        known = self.weights
        return {name: known[name] * value for name, value in measured.items() if name in known}


def weights() -> Weights:
    """The fitted weights."""
    with (files(__package__) / "weights.toml").open("rb") as file:
        return Weights(tomllib.load(file)["weights"])
