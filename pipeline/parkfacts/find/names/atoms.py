"""jieba's words as atoms of names: each with a class letter, glued words taken apart.

The letters: ``P`` place, ``K`` word that the dictionary does not know (the core of a name), ``T`` trade (科技, 机床),
``F`` form of law, ``N`` other nominal word, ``V`` verb, ``M`` number, ``H`` head noun (企业), ``R`` role (董事长),
``S`` word that no name holds, ``B`` punctuation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from parkfacts.find.names.lexicon import lexicon
from parkfacts.segment import Document

# an unknown word that the model of jieba made may have swallowed a function word at either end
_LEADING = frozenset("由在是被将把从给于至获拟与和及对向为跟使让据等强超近约经")
_HARD_LEADING = frozenset("由在是被将把从给于至获拟的了")
_TRAILING = frozenset("是拟将已被说在与和也则又既要对把仍均获曾为的了")
_STATE = frozenset("市县省区镇州")
_FUNCTION_TAGS = frozenset(("p", "c", "uj", "ul", "uz", "uv", "ud", "ug", "u", "d", "r", "y", "e", "o", "k", "f"))
_HAN = re.compile(r"[\u4e00-\u9fff]+")


class Atom(NamedTuple):
    """A word or a part of one, ``view[start:end]``, and its class letter."""

    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True)
class Atoms:
    """The atoms of a document, as columns: they cover its content, so each ends where the next begins."""

    view: str
    starts: list[int]
    kinds: list[str]

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, i: int) -> Atom:
        start = self.starts[i]
        end = self.starts[i + 1] if i + 1 < len(self.starts) else len(self.view)
        return Atom(start, end, self.kinds[i], self.view[start:end])

    def index(self, position: int) -> int:
        """The index of the atom that holds a position."""
        return bisect_right(self.starts, position) - 1

    def inside(self, start: int, end: int) -> list[Atom]:
        """The atoms of a range; the ones at its ends are cut to it."""
        found = []
        for i in range(max(0, self.index(start)), self.index(end - 1) + 1):
            atom = self[i]
            if atom.start < start or atom.end > end:
                left, right = max(atom.start, start), min(atom.end, end)
                text = self.view[left:right]
                atom = Atom(left, right, _kind(text, "x" if atom.kind == "K" else "n"), text)
            found.append(atom)
        return found


def cut(doc: Document) -> Atoms:
    """The atoms of a document."""
    view, known = doc.view, _KNOWN
    terms = lexicon().terms.finditer(view)
    term = next(terms, None)
    term_start, term_end = term.span() if term else (len(view) + 1, 0)
    starts: list[int] = []
    kinds: list[str] = []
    for start, end, tag in doc.words:
        while end > term_start:  # a term begins in this word: its rest before the term, the term, and on behind it
            if start < term_start:
                _add(starts, kinds, start, view[start:term_start], "x")
            if start <= term_start:
                _add(starts, kinds, term_start, view[term_start:term_end], "n")
            start = max(start, term_end)
            if end < term_end:
                break
            term = next(terms, None)
            term_start, term_end = term.span() if term else (len(view) + 1, 0)
        else:
            if start < end:
                text = view[start:end]
                kind = known.get(text)
                if kind is None:
                    _add(starts, kinds, start, text, tag)
                else:
                    starts.append(start)
                    kinds.append(kind)
    return Atoms(view, starts, kinds)


def _add(starts: list[int], kinds: list[str], start: int, text: str, tag: str) -> None:
    """Adds a word that is new, and remembers it where the dictionary gives it one letter for good."""
    kind = _kind(text, tag)
    if kind == "K" and tag == "x" and len(text) > 1:
        for at, part in _unglued(start, text, kinds[-1] if kinds else "B"):
            starts.append(at)
            kinds.append(part)
        return
    if len(_KNOWN) < 200_000:
        _KNOWN[text] = kind
    starts.append(start)
    kinds.append(kind)


# the dictionary gives a word one tag, so a word has one letter, whatever the document
_KNOWN: dict[str, str] = {}


def _kind(text: str, tag: str) -> str:
    known = lexicon().kinds.get(text)
    if known is not None:
        return known
    if not _HAN.fullmatch(text):
        return "K" if text.isalpha() and tag != "m" else "M" if text[0].isdigit() else "B"
    if len(text) == 1:
        return _single(tag)
    if tag == "ns":
        return "P"
    if tag in ("x", "nrt", "nz", "nt", "nrfg"):
        return "K"
    if tag == "m":
        return "M"
    if tag in _FUNCTION_TAGS or tag in ("t", "tg", "s", "i", "mq"):
        return "S"
    return "V" if tag in ("v", "vd", "vi", "vq") else "N"


def _single(tag: str) -> str:
    if tag in _FUNCTION_TAGS:
        return "S"
    return "M" if tag == "m" else "K"


def _unglued(start: int, text: str, before: str) -> Iterator[tuple[int, str]]:
    """An unknown word without the function words at its ends, and with its trade apart (为铭燊新材: 为, 铭燊, 新材)."""
    kinds = lexicon().kinds
    end = start + len(text)
    if text[0] in _HARD_LEADING or (len(text) > 2 and before != "P" and text[0] in _LEADING):
        yield start, "S"
        start, text = start + 1, text[1:]
    elif text[0] in _STATE and before in "PK":
        yield start, "P"
        start, text = start + 1, text[1:]
    tail = len(text) > 1 and text[-1] in _TRAILING
    if tail:
        text, end = text[:-1], end - 1
    for size in (3, 2):
        if len(text) > size and kinds.get(text[-size:]) == "T":
            yield start, "K"
            yield end - size, "T"
            break
    else:
        if text:
            yield start, kinds.get(text, "K")
    if tail:
        yield end, "S"
