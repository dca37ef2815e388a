"""The grammatical subject of a clause: the noun phrase at its head, in front of the first predicate.

What stands before it (dates, adverbs) is passed over; attributes end in 的, so that 由甲公司投资的装备项目签约 is
told of 装备项目. A clause that begins with its predicate (完成固定资产投资) has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from parkfacts.find.names import Name
from parkfacts.rules.engine import data, guarded
from parkfacts.segment import Document, Word

_NOUNS = frozenset("njblishgz")
_PARTS = frozenset(("一期", "二期", "三期", "四期", "首期"))
_EVENTS = ("动工", "开工", "竣工", "投产", "落户", "揭牌", "封顶")  # also where the dictionary holds them for nouns
_WITH = frozenset("与和同跟及")
_INSIDE = frozenset("、“”‘’")
_REACH = 80  # a head that stands further off is none: a clause without marks must not cost its square


class Named(Protocol):
    """A mention of a name."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """Behind the last character."""

    @property
    def value(self) -> Name:
        """What kind of name it is."""


class Head(NamedTuple):
    """The noun phrase at the head of a clause; ``name`` is the last name in it, ``verb`` where the predicate begins."""

    start: int
    end: int
    names: tuple[Named, ...]
    verb: int


def row(name: str) -> str:
    """A row of ``rules/subjects.toml``; {thing} is what things end in."""
    table = data("subjects")
    return str(table[name]).replace("{thing}", table["things"]).replace("{date}", table["date"])


@cache
def words(name: str) -> re.Pattern[str]:
    """The same, compiled."""
    return re.compile(guarded(row(name)))


def head(doc: Document, start: int, end: int, names: Sequence[Named]) -> Head | None:
    """The head of ``view[start:end]``; ``names`` are those that begin in the clause."""
    end = min(end, start + _REACH)
    tokens = list(_tokens(doc, start, end, names)) if names else doc.words_in(start, end)
    found, rest = _phrase(doc.view, tokens)
    while rest < len(tokens) and (found is None or _is_attribute(doc.view, tokens, rest)):
        behind = next((i for i in range(rest, len(tokens)) if doc.view[tokens[i].start : tokens[i].end] == "的"), None)
        if behind is None:
            break
        later, at = _phrase(doc.view, tokens[behind + 1 :])
        rest = behind + 1 + at
        listed = later is not None and doc.view[later[-1].start] == "、"  # 聚集了80%的实验室、70%的中心
        if later is not None and rest < len(tokens) and not listed:
            found = later
    if found is None:
        return None
    while len(found) > 1 and doc.view[found[-1].start : found[-1].end] in ("等", "、"):
        found = found[:-1]
    first, last = found[0].start, found[-1].end
    inside = tuple(name for name in names if first <= name.start and name.end <= last)
    return Head(first, last, inside, tokens[rest].start if rest < len(tokens) else end)


def _tokens(doc: Document, start: int, end: int, names: Sequence[Named]) -> Iterator[Word]:
    """The words of a range, with each name as one (tag ``N``)."""
    at, left = start, [name for name in names if start <= name.start and name.end <= end]
    for word in doc.words_in(start, end):
        while left and left[0].start < max(word.end, at):
            name = left.pop(0)
            if name.start >= at:
                if name.start > max(at, word.start):
                    yield Word(max(at, word.start), name.start, word.tag)
                yield Word(name.start, name.end, "N")
                at = name.end
        if word.end > at:
            yield Word(max(word.start, at), word.end, word.tag)
            at = word.end


def _phrase(view: str, tokens: Sequence[Word]) -> tuple[list[Word] | None, int]:
    """The noun phrase that the tokens begin with, and the index of what follows it."""
    phrase: list[Word] = []
    for index, token in enumerate(tokens):
        if _is_noun(view, tokens, index) or (phrase and _continues(view, tokens, index)):
            phrase.append(token)
        elif phrase or not _is_lead(view, token):
            return (phrase or None), index
    return (phrase or None), len(tokens)


def _is_noun(view: str, tokens: Sequence[Word], index: int) -> bool:
    token = tokens[index]
    text = view[token.start : token.end]
    if token.tag == "N" or text in _PARTS:
        return True
    if text in predicates() or text.endswith(_EVENTS):
        return False
    if token.tag[0] in _NOUNS or token.tag in ("vn", "an", "eng"):
        return True
    return token.tag[0] in "vza" and _is_attribute_verb(view, tokens, index)


def _continues(view: str, tokens: Sequence[Word], index: int) -> bool:
    """What stands within a noun phrase: marks, 和, adjectives in front of a noun."""
    token = tokens[index]
    text = view[token.start : token.end]
    if text in _INSIDE or text == "等" or (text in _WITH and _both(view, tokens, index)):
        return True
    words_only = len(text) > 1 and not text[0].isdigit() and token.tag[0] in "amx"
    return words_only and index + 1 < len(tokens) and tokens[index + 1].tag[0] in _NOUNS


def _is_lead(view: str, token: Word) -> bool:
    """Numbers, adverbs, pronouns and marks in front of a noun phrase."""
    return token.tag[0] in "mqrdtf" or view[token.start : token.end] in _INSIDE


def _both(view: str, tokens: Sequence[Word], index: int) -> bool:
    """甲与乙均超过5亿元: two subjects; 园区与甲签约 has one, and a companion."""
    behind = view[tokens[index].end : tokens[-1].end]
    return re.match(r"[^，。的]{1,14}(?:均|都|分别|两|各自)", behind) is not None


def _is_attribute_verb(view: str, tokens: Sequence[Word], index: int) -> bool:
    """共享喷涂中心, 托管班: a verb in front of a noun that names a thing; not 完成, 引进, 实现."""
    token = tokens[index]
    if index + 1 >= len(tokens):
        return False
    phrase, at = _phrase(view, tokens[index + 1 :])
    if phrase is None or index + 1 + at >= len(tokens):
        return False
    return words("owner_noun").search(view, token.start, phrase[-1].end) is not None


def _is_attribute(view: str, tokens: Sequence[Word], at: int) -> bool:
    """Whether the predicate at an index is an attribute's (甲公司投资建设的): behind it stand 的 and a noun phrase
    with a predicate of its own."""
    if tokens[at].tag[0] not in "vp":
        return False
    for index in range(at, min(at + 8, len(tokens))):
        if view[tokens[index].start : tokens[index].end] == "的":
            phrase, rest = _phrase(view, tokens[index + 1 :])
            nxt = index + 1 + rest
            return phrase is not None and nxt < len(tokens) and tokens[nxt].tag[0] in "vda"
    return False


@cache
def predicates() -> frozenset[str]:
    """Verbs that have what stands behind them as their object."""
    return frozenset((data("indicators")["cuts"] + data("indicators")["events"]).split())
