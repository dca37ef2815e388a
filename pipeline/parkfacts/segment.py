"""Sentences, clauses and words of a repaired text, and the folded view that rules match on."""

from __future__ import annotations

import logging
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import accumulate
from typing import Any, NamedTuple, Protocol

from parkfacts.facts import Block
from parkfacts.text import Span, Text

OPENING, CLOSING = "“‘「『（(《【〔[", "”’」』）)》】〕]"
_PAIRS = dict(zip(OPENING, CLOSING, strict=True))
_BREAK = re.compile(r"[。！？!?；;…\n“‘「『（(《【〔\[”’」』）)》】〕\]]")
_ENDS = "。！？!?；;…"
_THOUSANDS = re.compile(r"(?<=\d),\d{3}(?!\d)")
_IN_NUMBERS = ",:—"
_WORD = 15  # characters that a word in quotation marks may have; a longer quotation is somebody speaking
_CLAUSE = re.compile(r"[，,；;：:。！？!?…—\n“‘「『（(《【〔\[”’」』）)》】〕\]]")

# ---- the view ---------------------------------------------------------------------------------------------------

# Characters that simplified Chinese does not have and that hardly any page of traditional Chinese is without.
_TRADITIONAL = re.compile(
    "[們國個這來時說會對後發經過還開與關業產區園實現東車長門電動義無點達運應學務員報進內億萬總額戶資設]"
)
_PLAIN: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}
_PLAIN |= {ord("．"): ".", ord("％"): "%", ord("＋"): "+", ord("－"): "-", 0x3000: " ", 0xA0: " "}
# what is typed for 〇 among the digits of a year or of a number: 二○一五年, 二OO八年, 五六○公顷
_RING = re.compile(
    "[○◯OoОоΟο0](?<=[一二三四五六七八九〇].)[○◯OoОоΟο0]*(?=[一二三四五六七八九〇年]|(?<=[○◯])[\u4e00-\u9fff])"
)
_NEEDS_PLAIN = re.compile("[" + "".join(map(re.escape, map(chr, _PLAIN))) + "]")


def fold(content: str) -> str:
    """A view of the same length: full-width digits and letters, blanks and traditional characters made plain.

    >>> fold("二○一五年，二OO八年，２０２３年")
    '二〇一五年，二〇〇八年，2023年'
    """
    if _NEEDS_PLAIN.search(content):
        content = content.translate(_PLAIN)
    content = _RING.sub(lambda ring: "〇" * len(ring[0]), content)
    return content.translate(_simplified(content)) if _TRADITIONAL.search(content) else content


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def _simplified(content: str) -> dict[int, str]:
    """The simplified forms of the characters that the content has; each alone, so that no length changes."""
    chars = sorted(set(content) - {"\n"})
    forms = _converter().convert("\n".join(chars)).split("\n")
    return {ord(char): form for char, form in zip(chars, forms, strict=True) if len(form) == 1 and form != char}


# ---- words ------------------------------------------------------------------------------------------------------


class Word(NamedTuple):
    """A word of jieba's segmentation with the part-of-speech tag of jieba's dictionary (``x`` if it is not in it)."""

    start: int
    end: int
    tag: str


_word: Callable[[Iterable[int | str]], Word] = partial(tuple.__new__, Word)  # Word(*…), without a Python call a word


Tagged = tuple[Sequence[str], Sequence[str]]  # words, and as many tags


class Engine(Protocol):
    """Cuts a text into words and tags them."""

    def tag(self, text: str) -> Tagged:
        """Words that cover the text, and their tags."""
        ...

    def add_word(self, word: str, freq: int | None, tag: str | None) -> object:
        """Adds a word of the user's."""
        ...

    def frequency(self, word: str) -> int:
        """How often the dictionary counted a word; 0 for a word that it doesn't hold."""
        ...


class JiebaEngine:
    """The reference: jieba's own pure-Python cut, with the tags of its dictionary."""

    def __init__(self) -> None:
        import jieba
        import jieba.posseg

        jieba.setLogLevel(logging.WARNING)
        self._cutter = jieba.Tokenizer()
        self._tags = jieba.posseg.POSTokenizer(self._cutter)
        self._tags.initialize()

    def tag(self, text: str) -> Tagged:
        """Words and tags; English and numbers are ``eng`` and ``m`` as jieba tags them."""
        words = list(self._cutter.cut(text))
        return words, list(map(self._look_up, words))

    def add_word(self, word: str, freq: int | None = None, tag: str | None = None) -> None:
        """Adds a word to the dictionary of this engine alone."""
        self._cutter.add_word(word, freq, tag)
        if tag:
            self._tags.word_tag_tab[word] = tag

    def frequency(self, word: str) -> int:
        """The dictionary's count."""
        return int(self._cutter.FREQ.get(word, 0))

    def _look_up(self, word: str) -> str:
        known = self._tags.word_tag_tab.get(word)
        # a dictionary word that is less probable than its parts is the HMM's work here: the Rust engine gives no tag
        return known if known and list(self._cutter.cut(word, HMM=False)) == [word] else _shape(word)


def _shape(word: str) -> str:
    if re.fullmatch(r"\d+(?:\.\d+)?", word):
        return "m"
    return "eng" if re.fullmatch(r"[A-Za-z0-9.]+", word) else "x"


_COMPOUND = re.compile(r"[A-Za-z0-9][+#&_%.-][A-Za-z0-9]")
_PARTS = re.compile(r"(?s)[A-Za-z0-9]+(?:\.[0-9]+)?%?|.")


def _parted(words: Sequence[str]) -> Sequence[str]:
    """The words, with those taken apart that hold a mark between letters and digits."""
    marked = {word for word in set(words) if word.isascii() and not word.isalnum() and len(word) > 1}
    if not marked:
        return words
    return [part for word in words for part in (_PARTS.findall(word) if word in marked else (word,))]


class _Tags(dict[str, str]):
    """Tags by words; that of a word which is not among them is looked up, so that a whole text is one ``map``."""

    def __init__(self, look_up: Callable[[str], str]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, word: str) -> str:
        return self._look_up(word)


class RustEngine:
    """``rjieba``: the same dictionary and model in Rust, some twenty times faster, with the same words and tags."""

    def __init__(self) -> None:
        import rjieba

        self._jieba = rjieba.Jieba()
        self._known = _Tags(self._look_up)
        self._counts: dict[str, int] = {}

    def tag(self, text: str) -> Tagged:
        """Words, and the tags of the dictionary."""
        words: Sequence[str] = self._jieba.cut(text)
        if _COMPOUND.search(text):
            # jieba keeps letters and digits together over a decimal point alone, its twin over any mark (SLH-25)
            words = _parted(words)
        return words, list(map(self._known.__getitem__, words))

    def add_word(self, word: str, freq: int | None = None, tag: str | None = None) -> None:
        """Adds a word to the dictionary of this engine alone."""
        self._jieba.add_word(word, freq, tag)
        self._known.pop(word, None)
        self._counts.pop(word, None)

    def frequency(self, word: str) -> int:
        """The dictionary's count: the frequency that would hold a known word together is its own, or little above."""
        count = self._counts.get(word)
        if count is None:
            count = int(self._jieba.suggest_freq(word)) if self._jieba.has_word(word) else 0
            if len(self._counts) < 200_000:
                self._counts[word] = count
        return count

    def _look_up(self, word: str) -> str:
        tag = _shape(word)
        if self._jieba.has_word(word):
            (first, found), *rest = self._jieba.tag(word)
            tag = found if first == word and not rest else tag
        if len(self._known) < 200_000:  # bounded by the dictionary but for the words that only a document has
            self._known[word] = tag
        return tag


def default_engine() -> Engine:
    """The Rust engine where it is installed, else jieba itself."""
    try:
        return RustEngine()
    except ImportError:
        return JiebaEngine()


class Segmenter:
    """Cuts texts into words; ``words`` are a user's own, known to whichever engine is at work."""

    def __init__(self, words: Iterable[str] = (), engine: Engine | None = None) -> None:
        self.engine = engine or default_engine()
        for word in words:
            self.engine.add_word(word, None, "nz")

    def frequency(self, word: str) -> int:
        """How often the dictionary counted a word; 0 for a word that it doesn't hold."""
        return self.engine.frequency(word)

    def fold(self, content: str) -> str:
        """The view of the content that its words are known in: :func:`fold`."""
        return fold(content)

    def cut(self, content: str) -> list[Word]:
        """Words that cover the content without gaps."""
        words, tags = self.engine.tag(content)
        bounds = list(accumulate(map(len, words), initial=0))
        return list(map(_word, zip(bounds, bounds[1:], tags, strict=False)))


# ---- sentences and clauses --------------------------------------------------------------------------------------


LONGEST = 1000


def sentences(view: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Sentences of ``view[start:end]`` without the blanks around them.

    A mark inside brackets or a book title ends nothing; one inside a quotation does, unless the quotation closes right
    there and the sentence goes on behind it (“…！”他说). A line break always does. Brackets left open are closed by it.
    A sentence of over ``LONGEST`` characters, which nobody writes, is cut at a comma, so that no later stage pays for
    its length.
    """
    end = len(view) if end is None else end
    found: list[Span] = []
    stack: list[str] = []
    begin = at = start

    def cut(stop: int) -> None:
        nonlocal begin
        piece = view[begin:stop]
        left, right = stop - len(piece.lstrip()), begin + len(piece.rstrip())
        while right - left > LONGEST:
            comma = max(view.rfind(mark, left, left + LONGEST) for mark in "，,；、")
            middle = comma + 1 if comma >= left else left + LONGEST
            found.append(Span(left, middle))
            left = middle
        if left < right:
            found.append(Span(left, right))
        begin = stop

    while (mark := _BREAK.search(view, at, end)) is not None:
        char, at = mark.group(), mark.end()
        if char == "\n":
            stack.clear()
            cut(at)
        elif char in _PAIRS:
            stack.append(_PAIRS[char])
        elif char in CLOSING:
            while stack and stack.pop() != char:
                pass
        elif all(closer in "”’」』" for closer in stack):
            while at < end and view[at] in _ENDS:
                at += 1
            closed = at
            while closed < end and stack and view[closed] == stack[-1]:
                stack.pop()
                closed += 1
            goes_on = closed > at and closed < end and view[closed] not in "\n" + OPENING
            at = closed
            if not goes_on:
                cut(at)
    cut(end)
    return found


def clauses(view: str, span: Span) -> list[Span]:
    """Clauses of a sentence: cut at commas, colons and dashes outside brackets and quotations, not within numbers."""
    found: list[Span] = []
    stack: list[str] = []
    begin = span.start
    for mark in _CLAUSE.finditer(view, span.start, span.end):
        char, at = mark.group(), mark.start()
        if char in _PAIRS:
            if at > span.start or not _speaks(view, span):  # the clauses of somebody's words are cut like others
                stack.append(_PAIRS[char])
        elif char in CLOSING:
            while stack and stack.pop() != char:
                pass
        elif not stack and not (char in _IN_NUMBERS and _in_number(view, at)):
            if begin < at:
                found.append(Span(begin, at))
            begin = at + 1
    if begin < span.end:
        found.append(Span(begin, span.end))
    return found


def _speaks(view: str, span: Span) -> bool:
    """Whether a sentence begins with somebody's words, and not with a word in quotation marks."""
    closed = view.find("”", span.start, span.end)
    return view[span.start] == "“" and (closed < 0 or closed - span.start > _WORD)


def _in_number(view: str, at: int) -> bool:
    """A comma or a dash between digits (1,200; 2019—2021年), or a dash within one that is written twice."""
    if view[at] == "," and not _THOUSANDS.match(view, at):
        return False  # 成立于1992年,2012年升级
    left, right = at - 1, at + 1
    while left >= 0 and view[left] == view[at] == "—":
        left -= 1
    while right < len(view) and view[right] == view[at] == "—":
        right += 1
    return left >= 0 and right < len(view) and view[left] in "0123456789年月日%" and view[right].isdigit()


# ---- the segmented document -------------------------------------------------------------------------------------


class Paragraph(NamedTuple):
    """A line of the repaired text, with the kind of the block that it begins in."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Document:
    """A repaired text with all that the finders look at; every offset is one of ``text.content`` and ``view``."""

    text: Text
    view: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Span, ...]
    segmenter: Segmenter

    @cached_property
    def words(self) -> list[Word]:
        """jieba's words; they cover the content. Cut from the view, for the dictionary is one of plain characters."""
        return self.segmenter.cut(self.view)

    @cached_property
    def word_starts(self) -> list[int]:
        """Where the words begin, for bisection."""
        return [start for start, _, _ in self.words]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [p.start for p in self.paragraphs]

    @cached_property
    def _clauses(self) -> dict[Span, list[Span]]:
        return {}

    def words_in(self, start: int, end: int) -> list[Word]:
        """The words that begin in a range."""
        starts = self.word_starts
        return self.words[bisect_left(starts, start) : bisect_left(starts, end)]

    def sentence_at(self, position: int) -> Span:
        """The sentence that holds a position (or the last one before it)."""
        return self.sentences[self.sentence_index(position)]

    def sentence_index(self, position: int) -> int:
        """The index of that sentence."""
        return (bisect_right(self._sentence_starts, position) or 1) - 1

    def paragraph_at(self, position: int) -> Paragraph:
        """The paragraph that holds a position (or the last one before it)."""
        return self.paragraphs[(bisect_right(self._paragraph_starts, position) or 1) - 1]

    def clauses(self, span: Span) -> list[Span]:
        """The clauses of a sentence; cut once, however often they are asked for."""
        found = self._clauses.get(span)
        if found is None:
            found = self._clauses[span] = clauses(self.view, span)
        return found


@dataclass(frozen=True)
class _Kinds:
    """Block kinds by source offset."""

    starts: Sequence[int]
    kinds: Sequence[str]

    def at(self, offset: int) -> str:
        index = bisect_right(self.starts, offset) - 1
        return self.kinds[index] if index >= 0 else "body"


def _paragraphs(text: Text, blocks: Sequence[Block]) -> Iterator[Paragraph]:
    kinds = _Kinds([b.start for b in blocks], [b.kind for b in blocks])
    at = 0
    for line in text.content.replace("\r", "\n").split("\n"):
        start = at + len(line) - len(line.lstrip())
        end = at + len(line.rstrip())
        if start < end:
            yield Paragraph(start, end, kinds.at(text.origin(start, start + 1)[0].start))
        at += len(line) + 1


def segment(text: Text, blocks: Sequence[Block] = (), segmenter: Segmenter | None = None) -> Document:
    """Cuts a repaired text into paragraphs and sentences; its words are cut when first asked for."""
    view = fold(text.content)
    paragraphs = tuple(_paragraphs(text, blocks))
    found = tuple(s for p in paragraphs for s in sentences(view, p.start, p.end))
    return Document(text, view, paragraphs, found, segmenter or Segmenter())
