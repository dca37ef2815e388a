"""What is known of the two ends of a cut before anything is voted on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from parkfacts.repair.blocks import SENTENCE, Block
from parkfacts.repair.language import Language
from parkfacts.repair.lexical import End, Lexicon, Tagged

PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "【": "】", "〔": "〕", "[": "]"}
LOOKED_AT = 160  # characters on either side of the cut that tell what it is about
_MARKS = re.compile("[" + re.escape("".join(PAIRS) + "".join(PAIRS.values())) + "]")
_CLAUSE = re.compile(r"[，,。；;：:！？!?]")
_NAMING = ("n", "v", "a", "eng", "l", "i", "j", "x")  # tags of words that carry a subject


@dataclass(frozen=True, slots=True)
class Left:
    """A block that breaks off: its last characters, sentence and clause, whether that has a verb, its last words with
    their tags, the words that tell what it is about, and the brackets that it leaves open."""

    at: int
    text: str
    sentence: str
    clause: str
    has_verb: bool
    words: Tagged
    topic: frozenset[str]
    end: End
    opened: str
    heading: bool
    note: bool


@dataclass(frozen=True, slots=True)
class Right:
    """A block that may go on with another's sentence: its first characters, its size, its first clause and words, the
    brackets that it only closes, and how likely its first characters are by themselves, and at a paragraph's start.

    ``before`` is what stands before it on the page, clutter aside: ``open`` (a text that breaks off), ``closed``,
    ``heading``, ``caption``, ``copy``, or nothing.
    """

    at: int
    text: str
    size: int
    clause: str
    words: Tagged
    topic: frozenset[str]
    end: End
    closed: str
    before: str
    note: bool
    alone: tuple[float, ...]
    starting: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A left end and a right one, the gain of the word across and that of the characters across (nats), how many
    paragraphs further on the right stands, whether it stands right behind the left, and whether nothing but the turn of
    a page stands between them."""

    left: Left
    right: Right
    gain: float
    language: float
    steps: int
    adjoining: bool
    page: bool


def left_end(block: Block, lexicon: Lexicon, note: bool) -> Left:
    """Looks at the end of a block; ``note`` tells of a 下转第X版 behind it."""
    text = lexicon.words.fold(block.text[-LOOKED_AT:])
    clause = _CLAUSE.split(text)[-1]
    cut = lexicon.cut(text)
    has_verb = any(_is_verb(word, tag) for word, tag in lexicon.cut(clause))
    opened = _unpaired(block.text)[0]
    return Left(
        block.at, text, SENTENCE.split(text)[-1], clause, has_verb, cut[-2:], _topic(cut), lexicon.left(text), opened,
        not block.prose, note,
    )  # fmt: skip


def right_end(block: Block, lexicon: Lexicon, model: Language, before: str, note: bool) -> Right:
    """Looks at the start of a block; ``note`` tells of a 上接第X版 before it."""
    text = lexicon.words.fold(block.text[:LOOKED_AT])
    cut = lexicon.cut(text)
    return Right(
        block.at, text, len(block.text), _CLAUSE.split(text[:60])[0], cut[:2], _topic(cut), lexicon.right(text),
        _unpaired(block.text)[1], before, note, model.alone(text), model.starting(text),
    )  # fmt: skip


def _topic(words: Iterable[tuple[str, str]]) -> frozenset[str]:
    return frozenset(word for word, tag in words if len(word) > 1 and tag.startswith(_NAMING))


def _is_verb(word: str, tag: str) -> bool:
    """A verb; of single characters only the usual ones, since the splinters of a name are tagged as verbs too."""
    return tag.startswith("v") and tag != "vn" and (len(word) > 1 or word in "是有为获达占建设超成让使把将被")


def _unpaired(text: str) -> tuple[str, str]:
    """The closers that the marks left open ask for (innermost first), and the closers that nothing opened."""
    wanted: list[str] = []
    extra: list[str] = []
    for mark in _MARKS.findall(text):
        if mark in PAIRS:
            wanted.append(PAIRS[mark])
        elif mark in wanted:
            while wanted.pop() != mark:
                pass
        else:
            extra.append(mark)
    return "".join(reversed(wanted)), "".join(extra)
