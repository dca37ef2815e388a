"""jieba's words as atoms of names: each with a class letter, glued words taken apart.

The letters: ``P`` place, ``K`` word that the dictionary does not know (the core of a name), ``T`` trade (科技, 机床),
``F`` form of law, ``C`` firm that the dictionary knows, ``E`` other proper name of the dictionary, ``N`` other nominal
word, ``V`` verb, ``M`` number, ``H`` head noun (企业), ``R`` role (董事长),
``S`` word that no name holds, ``s`` short word that a name holds behind its first word only, ``B`` punctuation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import repeat
from typing import NamedTuple
from weakref import WeakKeyDictionary

from parkfacts.find.names.lexicon import lexicon
from parkfacts.segment import Document, Segmenter, Word

# an unknown word that the model of jieba made may have swallowed a function word at either end
_LEADING = frozenset("原由在是被将把从给于至获拟与和及对向为跟使让据等强超近约经以我本该各有距赴")
_JOINING = frozenset("与和同跟及对向有")  # those of them that stand between two names
_HARD_LEADING = frozenset("据由在是被将把从给于至获拟的了之")
_TRAILING = frozenset("是拟将已被说在与和也则又既要对把仍均获曾为的了到赴")
# one-character words that stop a name wherever they stand; the letter of the others is ``s``
_HARD = frozenset(
    "的了是在和与及或由被把将对向让使给从于已曾正仍也都还又再才就只均则而但且并即仅约逾占其某每各该此这那为以因说称年月日时等家个位名台套件吨亩米据要会能可应须请想做看听讲办抓促扩减降拉跑没叫派送拿取着过很最更太不暨往"
)
_STATE = frozenset("市县省区镇州")
_FUNCTION_TAGS = frozenset(("p", "c", "uj", "ul", "uz", "uv", "ud", "ug", "u", "d", "r", "y", "e", "o", "k", "f"))
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_RARE = re.compile("[\U00020000-\U0003ffff]")  # of which a Python knows those of its own day


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

    @cached_property
    def ends(self) -> list[int]:
        """Where the atoms end."""
        return [*self.starts[1:], len(self.view)]

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, i: int) -> Atom:
        start, end = self.starts[i], self.ends[i]
        return Atom(start, end, self.kinds[i], self.view[start:end])

    def index(self, position: int) -> int:
        """The index of the atom that holds a position."""
        return bisect_right(self.starts, position) - 1

    def at(self, position: int) -> Atom:
        """The atom that holds a position."""
        return self[self.index(position)]

    def inside(self, start: int, end: int) -> list[Atom]:
        """The atoms of a range; the ones at its ends are cut to it."""
        view, part = self.view, slice(max(0, self.index(start)), self.index(end - 1) + 1)
        columns = zip(self.starts[part], self.ends[part], self.kinds[part], strict=True)
        found = [Atom(left, right, kind, view[left:right]) for left, right, kind in columns]
        for i in (0, -1) if found else ():
            atom = found[i]
            if atom.start < start or atom.end > end:
                left, right = max(atom.start, start), min(atom.end, end)
                text = self.view[left:right]
                found[i] = Atom(left, right, _kind(text, "x" if atom.kind == "K" else "n"), text)
        return found


def cut(doc: Document) -> Atoms:
    """The atoms of a document."""
    view, starts = doc.view, doc.word_starts
    texts = map(view.__getitem__, map(slice, starts, (*starts[1:], len(view))))
    known = _KNOWN.setdefault(doc.segmenter, {})
    cutter = _Cutter(view, doc.words, starts, list(map(known.get, texts, repeat("?"))), known)
    for match in lexicon().terms.finditer(view):
        cutter.term(*match.span())
    return cutter.atoms()


def cut_range(doc: Document, start: int, end: int) -> Atoms:
    """The atoms of a range and of nothing else; offsets are the document's."""
    words, known = doc.words_in(start, end), _KNOWN.setdefault(doc.segmenter, {})
    letters = [known.get(doc.view[word.start : word.end], "?") for word in words]
    cutter = _Cutter(doc.view, words, [word.start for word in words], letters, known)
    for match in lexicon().terms.finditer(doc.view, start, end):
        cutter.term(*match.span())
    return cutter.atoms()


class _Cutter:
    """Copies the words that are known, and takes apart the others and those that a term cuts through."""

    def __init__(
        self, view: str, words: Sequence[Word], starts: list[int], kinds: list[str], known: dict[str, str]
    ) -> None:
        self._view, self._words, self._word_starts, self._letters = view, words, starts, kinds
        self._known = known
        self._at = 0  # the first word that is not copied yet
        self._done = words[0].start if words else 0  # where the copy ends
        self.starts: list[int] = []
        self.kinds: list[str] = []

    def term(self, start: int, end: int) -> None:
        """Goes on to a term that the dictionary lacks, and over it."""
        starts = self._word_starts
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        if start < self._done or first < 0:
            return
        self._copy(first)
        word = self._words[first]
        if self._done < start:
            self._new(self._done, self._view[self._done : start], "x" if word.start < start else word.tag)
        self._new(start, self._view[start:end], "n")
        self._at, self._done = last + 1, end
        if end < self._words[last].end:
            self._rest(end, self._words[last].end)

    def atoms(self) -> Atoms:
        """All of them."""
        self._copy(len(self._words))
        return Atoms(self._view, self.starts, self.kinds)

    def _rest(self, start: int, end: int) -> None:
        self._new(start, self._view[start:end], "x")
        self._done = end

    def _copy(self, stop: int) -> None:
        letters, at = self._letters, self._at
        while at < stop:
            try:
                new = letters.index("?", at, stop)
            except ValueError:
                new = stop
            self.starts += self._word_starts[at:new]
            self.kinds += letters[at:new]
            if new < stop:
                word = self._words[new]
                text = self._view[word.start : word.end]
                kind = self._new(word.start, text, word.tag, self._goes_on(new))
                if kind is not None and len(self._known) < 200_000:
                    self._known[text] = kind
            at = new + 1
        if stop > self._at:
            self._at, self._done = stop, self._words[stop - 1].end

    def _goes_on(self, at: int) -> bool:
        """Whether a single character follows a word that may be the rest of a name: 与霖, 川."""
        if at + 1 >= len(self._words):
            return False
        start, end, tag = self._words[at + 1]
        return end - start == 1 and tag not in _FUNCTION_TAGS and _HAN.fullmatch(self._view[start:end]) is not None

    def _new(self, start: int, text: str, tag: str, goes_on: bool = False) -> str | None:
        """Adds a piece; its letter, or None for one that falls into parts."""
        kind = _kind(text, tag)
        if kind == "K" and tag == "x" and len(text) > 1:
            before = self.kinds[-1] if self.kinds else "B"
            for offset, part in _apart(text, before if before in "PKH" else "B", goes_on):
                self.starts.append(start + offset)
                self.kinds.append(part)
            return None
        self.starts.append(start)
        self.kinds.append(kind)
        return kind


# a segmenter's dictionary gives a word one tag, so a whole word has one letter, whatever the document; a piece of one
# that was cut by a name beside it has none of its own, and is never kept: what came before must not change anything
_KNOWN: WeakKeyDictionary[Segmenter, dict[str, str]] = WeakKeyDictionary()


def _kind(text: str, tag: str) -> str:
    known = lexicon().kinds.get(text)
    if known is not None:
        return "s" if known == "S" and len(text) == 1 and text not in _HARD else known
    if not _HAN.fullmatch(text):
        return "K" if _RARE.sub("字", text).isalpha() and tag != "m" else "M" if text[0].isdigit() else "B"
    if len(text) == 1:
        return _single(text, tag)
    if any_trade(text):
        return "T"
    if tag == "ns":
        return "N" if text in lexicon().not_names else "P"
    if len(text) == 4 and known_trade(text[:2]) and known_trade(text[2:]):
        return "T"
    if len(text) == 4 and _both_stop(text):
        return "S"  # 筑巢引凤, 补链强链: two verbs that no name holds
    if tag in ("nz", "nt") and len(text) > 3 and _names_a_firm(text):
        return "C"
    if tag in ("x", "nrt", "nz", "nrfg"):
        return "K"
    if tag in ("nr", "nt"):
        return "E"
    if tag == "m":
        return "M"
    if tag in _FUNCTION_TAGS or tag in ("t", "tg", "s", "i", "mq"):
        return "S"
    return "V" if tag in ("v", "vd", "vi", "vq") else "N"


def any_trade(text: str) -> bool:
    """Whether two characters are a trade of any kind: 米业, 铸业."""
    return text[1:] == "业" and text not in lexicon().no_trade


def known_trade(text: str) -> bool:
    """Whether a word is a trade of the lexicon."""
    return lexicon().kinds.get(text) == "T"


def _both_stop(text: str) -> bool:
    kinds = lexicon().kinds
    return kinds.get(text[:2]) == kinds.get(text[2:]) == "S"


def _names_a_firm(text: str) -> bool:
    """Whether a proper name of the dictionary is a firm's: 格力电器, 海尔集团."""
    words = lexicon()
    return (text[-2:] in words.closing and text[:-2] not in words.generic) or text.endswith("公司")


def _single(text: str, tag: str) -> str:
    if text in _HARD:
        return "S"
    if tag in _FUNCTION_TAGS or tag == "q":
        return "s"
    return "M" if tag == "m" else "K"


@lru_cache(maxsize=20_000)
def _apart(text: str, before: str, goes_on: bool) -> tuple[tuple[int, str], ...]:
    """The parts of an unknown word, as offsets and letters, given the letter before it (only P, K and H matter) and
    whether a single character follows that may go on with it."""
    return tuple(_unglued(0, text, before, goes_on))


def _unglued(start: int, text: str, before: str, goes_on: bool) -> Iterator[tuple[int, str]]:
    """An unknown word without the function words at its ends, and with its trade apart (由康屿新材: 由, 康屿, 新材)."""
    kinds = lexicon().kinds
    end = start + len(text)
    soft = text[0] in _LEADING and before != "P" and (len(text) > 2 or text[1] in _STATE)
    cut = goes_on and len(text) == 2 and text[0] in _JOINING and (before != "P" or text[0] == "与")
    cut = cut or (before == "H" and text[0] == "为")  # 投资方为康屿
    cut = cut or (goes_on and text[0] == "以" and len(text) == 2)  # 以康/屿
    if text[0] in _HARD_LEADING or soft or cut:
        yield start, "S"
        start, text = start + 1, text[1:]
    elif text[0] in _STATE and before in "PK":
        yield start, "P"
        start, text = start + 1, text[1:]
    tail = len(text) > 1 and text[-1] in _TRAILING
    if tail:
        text, end = text[:-1], end - 1
    for size in (3, 2):
        if len(text) > size and (kinds.get(text[-size:]) == "T" or (size == 2 and any_trade(text[-2:]))):
            yield start, "K"
            yield end - size, "T"
            break
    else:
        if text:
            yield start, kinds.get(text, "K")
    if tail:
        yield end, "S"
