"""What is known of the two ends of a cut before anything is voted on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parkfacts.repair.blocks import Block
from parkfacts.repair.lexical import End, Words

PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "【": "】", "〔": "〕", "[": "]"}
_MARKS = re.compile("[" + re.escape("".join(PAIRS) + "".join(PAIRS.values())) + "]")
_CLAUSE = re.compile(r"[，,。；;：:！？!?]")


@dataclass(frozen=True, slots=True)
class Left:
    """A block that breaks off: its last clause, whether that has a verb, and the brackets that it leaves open."""

    at: int
    text: str
    clause: str
    has_verb: bool
    end: End
    opened: str
    note: bool


@dataclass(frozen=True, slots=True)
class Right:
    """A block that may go on with another's sentence: its first clause and words, and the brackets it only closes."""

    at: int
    text: str
    clause: str
    words: tuple[tuple[str, str], ...]
    end: End
    closed: str
    note: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """A left end and a right one, the gain of the word across, how many paragraphs further on the right stands, and
    whether nothing but the turn of a page stands between them."""

    left: Left
    right: Right
    gain: float
    word: str
    steps: int
    page: bool


def left_end(block: Block, words: Words, end: End, note: bool) -> Left:
    """Looks at the end of a block; ``note`` tells of a 下转第X版 behind it."""
    clause = _CLAUSE.split(block.text)[-1]
    has_verb = any(_is_verb(clause[start:stop], tag) for start, stop, tag in words.cut(clause))
    return Left(block.at, block.text, clause, has_verb, end, _unpaired(block.text)[0], note)


def _is_verb(word: str, tag: str) -> bool:
    """A verb; of single characters only the usual ones, since the splinters of a name are tagged as verbs too."""
    return tag.startswith("v") and tag != "vn" and (len(word) > 1 or word in "是有为获达占建设超成让使把将被")


def right_end(block: Block, words: Words, end: End, note: bool) -> Right:
    """Looks at the start of a block; ``note`` tells of a 上接第X版 before it."""
    clause = _CLAUSE.split(block.text[:60])[0]
    cut = tuple((clause[start:stop], tag) for start, stop, tag in words.cut(clause))
    return Right(block.at, block.text, clause, cut, end, _unpaired(block.text)[1], note)


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
