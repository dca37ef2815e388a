"""What is known of the two ends of a cut before anything is voted on; what takes long is done once an end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from parkfacts.repair import constructions as known
from parkfacts.repair.blocks import SENTENCE, Block
from parkfacts.repair.language import Language
from parkfacts.repair.lexical import End, Lexicon, Tagged

PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "【": "】", "〔": "〕", "[": "]"}
LOOKED_AT = 160  # characters on either side of the cut that tell what it is about
_MARKS = re.compile("[" + re.escape("".join(PAIRS) + "".join(PAIRS.values())) + "]")
_CLAUSE = re.compile(r"[，,。；;：:！？!?]")
_DIGITS = re.compile(r"\d[.,]?$")
_NOMINAL = ("n", "m", "a", "b", "j", "l", "eng", "x")  # tags of words that an object begins with
_NAMING = frozenset("nvalijx")  # first letters of the tags of words that carry a subject; and English


@dataclass(frozen=True, slots=True)
class Left:
    """How a block breaks off: its last characters, sentence and clause, its last words with their tags, the words that
    tell what it is about, the brackets that it leaves open; and what its end is: a heading's, one that lacks a verb,
    an object or a number, one that hangs on a word, ends in a list, a comma, a numeral, digits. ``frames`` are the
    patterns that close what it opens."""

    number: int
    text: str
    clause: str
    words: Tagged
    topic: frozenset[str]
    end: End
    opened: str
    heading: bool
    note: bool
    verbless: bool
    hangs: bool
    comma: bool
    listing: bool
    transitive: bool
    asks: bool
    point: bool
    numeral: bool
    digits: bool
    frames: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Right:
    """How a block begins that may go on with another's sentence: its first characters, its size, its first clause and
    words, the brackets that it only closes, and how likely its first characters are by themselves and at a paragraph's
    start; and what its start is: a tail that no sentence begins with, an opening, a predicate, a quantity."""

    number: int
    text: str
    size: int
    clause: str
    words: Tagged
    topic: frozenset[str]
    end: End
    closed: str
    note: bool
    alone: tuple[float, ...]
    starting: tuple[float, ...]
    tail: bool
    unit: bool
    opener: bool
    predicate: bool
    passive: bool
    quantity: bool
    nominal: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A left end and a right one: the gain of the word across and that of the characters across, in nats."""

    left: Left
    right: Right
    gain: float
    language: float


class Ends:
    """The ends of a document's blocks, each looked at once though plans are made again; every one has a number."""

    def __init__(self, lexicon: Lexicon, model: Callable[[], Language]) -> None:
        self._lexicon, self._load = lexicon, model
        self._lefts: dict[tuple[str, bool, bool], Left] = {}
        self._rights: dict[tuple[str, bool], Right] = {}
        self.votes: dict[int, float] = {}  # of pairs, on their words alone, by their numbers

    @cached_property
    def _model(self) -> Language:
        """Loaded for the first end that breaks off: a clean document has none."""
        return self._load()

    def left(self, block: Block, note: bool) -> Left:
        """The end of a block; ``note`` tells of a 下转第X版 behind it."""
        key = block.text, block.prose, note
        if key not in self._lefts:
            self._lefts[key] = self._left(block, note)
        return self._lefts[key]

    def right(self, block: Block, note: bool) -> Right:
        """The start of a block; ``note`` tells of a 上接第X版 before it."""
        key = block.text, note
        if key not in self._rights:
            self._rights[key] = self._right(block, note)
        return self._rights[key]

    def pair(self, left: Left, right: Right) -> Pair:
        """The two together."""
        gain, _ = self._lexicon.gain(left.end, right.end)
        return Pair(left, right, gain, self._model.gain(left.text, right.text, right.alone))

    def _left(self, block: Block, note: bool) -> Left:
        text = self._lexicon.words.fold(block.text[-LOOKED_AT:])
        clause, sentence = _CLAUSE.split(text)[-1], SENTENCE.split(text)[-1]
        cut = self._lexicon.cut(text)
        point = known.POINT.search(text) is not None
        return Left(
            number=len(self._lefts),
            text=text,
            clause=clause,
            words=cut[-2:],
            topic=_topic(cut),
            end=self._lexicon.left(text),
            opened=_unpaired(block.text)[0],
            heading=not block.prose,
            note=note,
            verbless=bool(clause) and not any(_is_verb(word, tag) for word, tag in self._lexicon.cut(clause)),
            hangs=point or known.HANGS.search(text) is not None,
            comma=text[-1] in "，,",
            listing="、" in clause and "等" not in clause[-4:],
            transitive=known.VERBS.search(text) is not None,
            asks=known.ASKS.search(clause) is not None,
            point=point,
            numeral=known.NUMBER_END.search(text[-2:]) is not None,
            digits=_DIGITS.search(text) is not None,
            frames=tuple(closes for opens, closes in known.FRAMES if opens.search(sentence)),
        )

    def _right(self, block: Block, note: bool) -> Right:
        text = self._lexicon.words.fold(block.text[:LOOKED_AT])
        cut = self._lexicon.cut(text)
        return Right(
            number=len(self._rights),
            text=text,
            size=len(block.text),
            clause=_CLAUSE.split(text[:60])[0],
            words=cut[:2],
            topic=_topic(cut),
            end=self._lexicon.right(text),
            closed=_unpaired(block.text)[1],
            note=note,
            alone=self._model.alone(text),
            starting=self._model.starting(text),
            tail=known.TAILS.match(text) is not None,
            unit=known.UNITS.match(text) is not None,
            opener=known.OPENERS.match(text) is not None,
            predicate=known.PREDICATES.match(text) is not None,
            passive=known.PASSIVES.match(text) is not None,
            quantity=known.QUANTITIES.match(text) is not None,
            nominal=bool(cut) and cut[0][1].startswith(_NOMINAL),
        )


def _topic(words: Iterable[tuple[str, str]]) -> frozenset[str]:
    return frozenset([word for word, tag in words if len(word) > 1 and (tag[0] in _NAMING or tag == "eng")])


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
