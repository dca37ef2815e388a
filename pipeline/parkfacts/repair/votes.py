"""Reasons for and against reading one end on into another: small functions that vote, or abstain with 0.

A vote is a log likelihood ratio, in nats: how much oftener its evidence is seen at true continuations than at any other
pair of ends (3 is twenty times). So votes add up. Some look at the pair (a word across the cut, a quotation closed),
some at the right end alone (no sentence begins like that). To add a reason, write a function and list it in ``VOTES``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parkfacts.repair.blocks import Block
from parkfacts.repair.lexical import End, Words

PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "【": "】", "〔": "〕", "[": "]"}
_MARKS = re.compile("[" + re.escape("".join(PAIRS) + "".join(PAIRS.values())) + "]")
_CLAUSE = re.compile(r"[，,。；;：:！？!?]")

# ---- what is known of one end -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Left:
    """A block that breaks off: its last clause with the tags of its words, and the brackets that it leaves open."""

    at: int
    text: str
    clause: str
    tags: tuple[str, ...]
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
    tags = tuple(tag for _, _, tag in words.cut(clause))
    return Left(block.at, block.text, clause, tags, end, _unpaired(block.text)[0], note)


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


# ---- constructions ----------------------------------------------------------------------------------------------

_NUMERAL = "0-9零一二三四五六七八九十百千万亿两数几"
# no sentence begins with these
_TAILS = re.compile(r"(?:等(?![待到候你他她我于]|不及|级)|的(?!确)|地(?=[\u4e00-\u9fff]{1,2}[了着])|了(?!解|不起)|着(?![力眼重手实])|们|过(?=的)|[，、。；：！？”’」』）)》】%％])")
_UNITS = re.compile(
    r"(?:[月日号](?![光常益前本志趋])|年(?![轻初终末均度产])|[亿万千百](?=[元吨亩台平千美个]|多)|元|亩|余[家个亿万人]|多[家个亿万人]|个百分点|平方|公里|千瓦|吨|家(?=[企公高规上单])|名(?=[高博硕专企人])|项(?![目])|台(?=[设机套])|[.．]\d|[—-]\d)"
)
_LEADING = ("p", "c", "r", "t", "nt")  # prepositions, conjunctions, pronouns and times lead a sentence
_PASSIVE = re.compile(r"(?:被|获(?!悉)|荣获|入选|列入|纳入|成为|位居|位列|跻身|位于|占地|则|也|均|已|仍|还|便|就|再次|正式|成功|累计|实现|完成|达到|突破|增长|同比|建成|投产|落户|签约)")
# openings of a sentence of its own
_OPENERS = re.compile(
    r"(?:\d{4}年|今年|去年|近年|目前|如今|当前|此外|同时|其中|据|为此|随着|截至|近日|日前|下一步|未来|自|从|在|围绕|按照|根据|通过|针对|作为|面对|由于|因此|然而|但是|不仅|只有|如果|我们|他|她|这|那|该|“|‘|《|「|[【（(])"
)
_FRAMES = (
    (re.compile(r"(?:列入|入选|纳入|进入|登上|荣登)"), re.compile(r".{0,24}(?:名单|目录|计划|工程|试点|行列|榜单|百强|名录)")),
    (re.compile(r"(?:获评|评为|命名为|认定为|授予|荣获|获得)"), re.compile(r".{0,20}(?:称号|荣誉|奖|示范|基地|企业|园区|单位)")),
    (re.compile(r"由[^至到]{1,14}$"), re.compile(r".{0,10}(?:提高|提升|增加|增长|降|压缩|缩短|扩大)[^。]{0,4}[到至为]")),
    (re.compile(r"从[^到至]{1,14}$"), re.compile(r".{0,12}[到至]")),
    (re.compile(r"(?:不仅|不但)[^，]*$"), re.compile(r".{0,20}(?:而且|还|也)")),
    (re.compile(r"(?:与|同|和)[^，。]{2,16}$"), re.compile(r".{0,12}(?:签订|签署|合作|共建|达成|携手|联合)")),
)  # fmt: skip


# ---- votes on the right end alone -------------------------------------------------------------------------------


def tail(cut: Cut) -> float:
    """It begins with what no sentence begins with."""
    if _TAILS.match(cut.right.text) or _UNITS.match(cut.right.text):
        return 3.0
    return 3.0 * cut.right.text.startswith("被") or (1.0 if _PASSIVE.match(cut.right.text) else 0.0)


def residue(cut: Cut) -> float:
    """It begins with a single character that is a word only because its other half is missing."""
    if not cut.right.words or _OPENERS.match(cut.right.text):
        return 0.0
    first, tag = cut.right.words[0]
    alone = len(first) == 1 and "\u4e00" <= first <= "\u9fff" and tag not in (*_LEADING, "d", "m", "uj", "f")
    return 1.2 if alone else 0.0


def opener(cut: Cut) -> float:
    """It begins as a sentence of its own does."""
    if _OPENERS.match(cut.right.text):
        return -2.2
    return -0.8 if cut.right.words and cut.right.words[0][1] in _LEADING else 0.0


def fragment(cut: Cut) -> float:
    """It is shorter than sentences are."""
    return 2.5 if len(cut.right.text) <= 12 and len(cut.right.clause) <= 6 else 0.0


def closer(cut: Cut) -> float:
    """It closes a quotation or bracket that nothing opened."""
    return 4.5 if cut.right.closed else 0.0


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
    """A number on the left and its unit, or the rest of its digits, on the right; a unit without a number is against."""
    numeral = re.search(rf"[{_NUMERAL}][余多]?$", cut.left.text)
    if _UNITS.match(cut.right.text):
        return 2.5 if numeral else -2.5 if not cut.gain else 0.0
    if cut.left.text[-1].isdigit():
        return 1.3 if re.match(r"\d+(?!\d{0,3}年)[\u4e00-\u9fff%]", cut.right.text) else -1.5
    return 0.0


def predicate(cut: Cut) -> float:
    """A subject on the left, its predicate on the right."""
    lacks_verb = bool(cut.left.tags) and not any(tag.startswith("v") and tag != "vn" for tag in cut.left.tags)
    return 1.8 if lacks_verb and _PASSIVE.match(cut.right.text) else 0.0


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


Vote = Callable[[Cut], float]
VOTES: Sequence[Vote] = (
    tail, residue, opener, fragment, closer, word, brackets, enumeration, number, predicate, frame, page, distance,
)  # fmt: skip


def count(cut: Cut) -> dict[str, float]:
    """The votes that were given, by name."""
    given = ((vote.__name__, round(vote(cut), 3)) for vote in VOTES)
    return {name: points for name, points in given if points}
