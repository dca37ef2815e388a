"""Severed sentences: ends that break off, matched one to one with the starts that go on with them, best first.

Three tiers: what is likely enough is joined, what is only likelier than not to be worth a look is suggested, the rest
stays open. A wrong join makes facts that nobody wrote, a missing one only leaves an end open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from math import exp, fsum, log
from typing import NamedTuple

from parkfacts.repair import votes as reasons
from parkfacts.repair.blocks import COMMA, SENTENCE, Block
from parkfacts.repair.constructions import HANGS
from parkfacts.repair.counts import counts
from parkfacts.repair.decisions import DECIDED, Decided
from parkfacts.repair.ends import Ends, Left, Pair, Right
from parkfacts.repair.kinds import IN_YEAR
from parkfacts.repair.language import Language, language

THRESHOLD = 0.6  # probability of a join that is made; from one half on no end can have two
CERTAIN = 0.9  # of one that is made although the format sets its two ends apart
SUGGESTED = 0.35  # of one that is suggested
TOLD = 0.0005  # nats of a vote that the record tells of
HOPELESS = -5.0  # nats; candidates below are not weighed against the others
NEAR, FAR = 10, 40  # paragraphs before and after a left end in which its continuation is looked for
BEST = 10  # starts that are tried of those that stand far off: the likeliest to go on with something
SHORTEST = 10  # characters of a left end
CLAUSES = 30  # characters of a left end that is no item of a list, even where it is one sentence
TORN = 3.0  # nats of the word or the characters across a cut, before a heading is taken for half of a paragraph
STYLE = 3.0  # nats against a join where paragraphs without closing marks are a style
_STARTS_ANEW = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）](?!\d)|[①-⑳●■◆▲□○•·*【]|第[一二三四五六七八九十]+[章节，,是]|[一二三四五六七八九十]是)"
    rf"|(?:\d{{4}}年)?{IN_YEAR}[\s　]+(?!\d)"  # an entry of a chronicle
)
_FURNITURE = ("page number", "running head", "page head", "jump", "credits")


class Candidate(NamedTuple):
    """A left end and a right one (places in the list of blocks), what was measured of them, and whether the right is
    the next paragraph."""

    left: int
    right: int
    measured: dict[str, float]


class Joined(NamedTuple):
    """``right`` goes on with ``left``; the score is the probability that it does."""

    left: int
    right: int
    score: float
    votes: dict[str, float]


class Found(NamedTuple):
    """Joins and suggestions, in the order of their left ends, and the ends that stay open."""

    joins: list[Joined]
    suggested: list[Joined]
    open: list[int]


@dataclass(frozen=True)
class Judge:
    """What votes are made of: the counts, the language, the weights."""

    counted: reasons.Counted
    model: Language
    weights: reasons.Weights


@cache
def judge() -> Judge:
    """The shipped one."""
    return Judge(reasons.Counted(counts()), language(), reasons.weights())


def decided_joins(decided: Decided) -> list[Joined]:
    """The joins that a person made."""
    return [Joined(left, right, 1.0, {DECIDED: 1.0}) for left, right in sorted(decided.joins.items())]


def find(blocks: Sequence[Block], ends: Ends, decided: Decided, ordered: bool = False) -> Found:
    """The joins, the suggestions and the open ends; across the paragraphs of a format that knows their order only what
    is nearly certain is joined."""
    given = decided_joins(decided)
    paragraphs = [b for b in blocks if b.in_text and b.prose]
    broken = [b for b in paragraphs if _breaks_off(b)]
    unpunctuated = len(broken) >= 5 and len(broken) > 0.4 * len(paragraphs)  # a style, no damage
    if not broken:
        return Found(given, [], sorted(decided.open))
    judging = judge()
    pairs = [c for c in candidates(blocks, ends, judging, HOPELESS) if decided.free(c.left, c.right)]
    threshold = CERTAIN if ordered else THRESHOLD
    made, suggested = _match(pairs, judging.weights, STYLE * unpunctuated, given, threshold)
    joined = {j.left for j in made}
    severed = {b.at for b in broken if b.at not in joined and _surely(blocks, b, unpunctuated)}
    return Found(made, suggested, sorted(severed | decided.open))


def _breaks_off(block: Block) -> bool:
    return (
        not block.closed
        and len(block.text) >= SHORTEST
        and COMMA.search(block.text) is not None
        and block.text[-1] not in "—-~～"
    )


def _may_break_off(block: Block) -> bool:
    """The short half of a severed paragraph looks like a heading."""
    if block.kind in ("heading", "caption"):
        return not block.closed and len(block.text) >= SHORTEST
    return block.prose and _breaks_off(block)


def _surely(blocks: Sequence[Block], block: Block, unpunctuated: bool) -> bool:
    """Whether an end that nothing continues is damage: it hangs on a comma or on a word that asks for more, its page
    says that it goes on elsewhere, or whole sentences stand before it."""
    if HANGS.search(block.text) or _noted(blocks, block.at + 1, "转"):
        return True
    if unpunctuated or _STARTS_ANEW.match(block.text):
        return False
    return SENTENCE.search(block.text) is not None or len(block.text) >= CLAUSES


# ---- candidates -------------------------------------------------------------------------------------------------


def candidates(
    blocks: Sequence[Block], ends: Ends, judging: Judge, least: float = float("-inf")
) -> Iterator[Candidate]:
    """Every left end with the starts around it, and what speaks for and against the pair; without the pairs whose votes
    do not come up to ``least``."""
    page = _Page(blocks, ends, judging)
    for n in page.lefts:
        yield from page.pairs(n, least)


class _Page:
    """The ends of a page: each with what is measured of it, and its votes."""

    def __init__(self, blocks: Sequence[Block], ends: Ends, judging: Judge) -> None:
        self.blocks, self.ends, self.judging = blocks, ends, judging
        self.paragraphs = [b for b in blocks if b.in_text and (b.prose or _may_break_off(b))]
        self.before = _standing(blocks)
        self.lefts = {n: self._left(b) for n, b in enumerate(self.paragraphs) if _may_break_off(b)}
        near = {m for n in self.lefts for m in self._window(n, FAR)}
        self.rights = {n: found for n in sorted(near) if (found := self._right(self.paragraphs[n])) is not None}
        self.promise = {n: second + self._behind(n) for n, (_, _, second) in self.rights.items()}
        topics = [left.topic for left, *_ in self.lefts.values()] + [right.topic for right, *_ in self.rights.values()]
        self.rarity = _rarity(topics)

    def _window(self, n: int, size: int) -> range:
        return range(max(0, n - size), min(len(self.paragraphs), n + size + 1))

    def _behind(self, n: int) -> float:
        before, _ = self.before[self.paragraphs[n].at]
        return self.judging.weights.sum(reasons.stands(before, 0, adjoins=False, page=False))

    def _around(self, n: int) -> list[int]:
        """The starts that are tried for a left end."""
        near = self._window(n, NEAR)
        far = [m for m in self._window(n, FAR) if m not in near and m in self.rights]
        best = nlargest(BEST, far, key=self.promise.__getitem__)
        return sorted([*(m for m in near if m != n and m in self.rights), *best])

    def _left(self, block: Block) -> tuple[Left, dict[str, float], float]:
        left = self.ends.left(block, _noted(self.blocks, block.at + 1, "转"))
        measured = {vote.__name__: points for vote in reasons.LEFT if (points := vote(left))}
        return left, measured, self.judging.weights.sum(measured)

    def _right(self, block: Block) -> tuple[Right, dict[str, float], float] | None:
        """None where a paragraph goes on with no other."""
        if not block.prose or block.at not in self.before or _STARTS_ANEW.match(block.text):
            return None
        right = self.ends.right(block, _noted(self.blocks, block.at - 1, "接"))
        measured = {vote.__name__: points for vote in reasons.RIGHT if (points := vote(right))}
        measured |= self.judging.counted.right(right)
        return right, measured, self.judging.weights.sum(measured)

    def pairs(self, n: int, least: float) -> Iterator[Candidate]:
        """The candidates of one left end: the paragraphs around it."""
        left, of_left, first = self.lefts[n]
        weights = self.judging.weights
        for m in self._around(n):
            right, of_right, second = self.rights[m]
            measured = self._standing(n, m, left.note and right.note) | reasons.topic(left, right, self.rarity)
            _start_where(measured, of_right)
            alone = first + second + weights.bias + weights.sum(measured)
            if alone + self._known(left, right) > least:
                measured |= of_left | of_right | self._of_pair(self.ends.pair(left, right))
                yield Candidate(self.paragraphs[n].at, self.paragraphs[m].at, measured)

    def _standing(self, n: int, m: int, noted: bool) -> dict[str, float]:
        left, right = self.paragraphs[n].at, self.paragraphs[m].at
        before, behind = self.before[right]
        return reasons.stands(before, m - n, behind == left, noted or _page_turns(self.blocks, left, right))

    def _known(self, left: Left, right: Right) -> float:
        """The votes of a pair on its words alone, which no other plan for the document changes."""
        key = left.number << 32 | right.number
        if (found := self.ends.votes.get(key)) is None:
            pair = self.ends.pair(left, right)
            torn = not left.heading or max(pair.gain, pair.language) >= TORN
            found = self.judging.weights.sum(self._of_pair(pair)) if torn else float("-inf")
            self.ends.votes[key] = found
        return found

    def _of_pair(self, pair: Pair) -> dict[str, float]:
        measured = {name: points for name, vote in _PAIR if (points := vote(pair))}
        return measured | self.judging.counted.pair(pair.left, pair.right)


_PAIR = [(vote.__name__, vote) for vote in reasons.PAIR]


def _start_where(measured: dict[str, float], of_right: Mapping[str, float]) -> None:
    """How a right end begins tells most where a continuation may stand at all."""
    begins = of_right.get("start tag", 0.0)
    if "adjoins" in measured:
        measured["start tag adjoining"] = begins
    elif "behind closed" not in measured:
        measured["start tag at a column's head"] = begins


def _standing(blocks: Sequence[Block]) -> dict[int, tuple[str, int]]:
    """What stands before each paragraph, clutter aside, and its place: ``open`` (a text that breaks off), ``closed``,
    ``heading``, ``caption``, ``copy``, or nothing."""
    found: dict[int, tuple[str, int]] = {}
    last: Block | None = None
    for block in blocks:
        if block.kind == "boilerplate":
            continue
        if block.in_text and last is not None:
            found[block.at] = _state(last), last.at
        last = block
    return found


def _state(block: Block) -> str:
    if block.copy_of is not None:
        return "copy"
    if block.prose:
        return "open" if _breaks_off(block) else "closed"
    return block.kind if block.kind in ("heading", "caption") else ""


def _rarity(topics: Sequence[frozenset[str]]) -> Mapping[str, float]:
    often = Counter(word for topic in topics for word in topic)
    return {word: log(max(len(topics), 1) / count) for word, count in often.items()}


def _noted(blocks: Sequence[Block], at: int, mark: str) -> bool:
    """Whether a block says 下转第X版 or 上接第X版."""
    return 0 <= at < len(blocks) and blocks[at].reason == "jump" and mark in blocks[at].text[:4]


def _page_turns(blocks: Sequence[Block], left: int, right: int) -> bool:
    between = blocks[left + 1 : right] if right - left <= 5 else ()
    return bool(between) and all(b.reason in _FURNITURE for b in between)


def _match(
    pairs: Sequence[Candidate],
    weights: reasons.Weights,
    style: float,
    given: Sequence[Joined],
    threshold: float,
) -> tuple[list[Joined], list[Joined]]:
    """The given joins and those that are likely when every end has one partner or none; and those that may be."""
    votes = [weights.votes(c.measured) for c in pairs]
    likely = _likely(pairs, votes, weights.bias - style)
    votes = [given | weights.votes(more) for given, more in zip(votes, flows(pairs, likely), strict=True)]
    likely = _likely(pairs, votes, weights.bias - style)
    scored = [
        Joined(
            c.left, c.right, round(p, 3), {name: round(points, 3) for name, points in v.items() if abs(points) > TOLD}
        )
        for c, v, p in zip(pairs, votes, likely, strict=True)
        if p >= SUGGESTED
    ]
    likely_ones = [j for j in scored if j.score > threshold]
    made = _acyclic([*given, *sorted(likely_ones, key=lambda j: (-j.score, j.left))])
    ends, starts = {j.left for j in made}, {j.right for j in made}
    rest = [j for j in scored if j.left not in ends and j.right not in starts]
    return made, sorted(_best(rest))


def _likely(pairs: Sequence[Candidate], votes: Sequence[Mapping[str, float]], bias: float) -> list[float]:
    sums = [fsum(given.values()) + bias for given in votes]
    weighed = [n for n, total in enumerate(sums) if total > HOPELESS]
    found = [0.0] * len(pairs)
    for n, p in zip(
        weighed, balance([(pairs[n].left, pairs[n].right, exp(min(sums[n], 30.0))) for n in weighed]), strict=True
    ):
        found[n] = p
    return found


def flows(pairs: Sequence[Candidate], likely: Sequence[float]) -> Iterator[dict[str, float]]:
    """What the other ends' likely joins say about each pair: whether this page flows on, or jumps."""
    near: Counter[int] = Counter()
    total: Counter[int] = Counter()
    for one, p in zip(pairs, likely, strict=True):
        total[one.left] += p  # type: ignore[assignment]
        near[one.left] += p * _next(one)  # type: ignore[assignment]
    all_near, all_ = fsum(near.values()), fsum(total.values())
    for one in pairs:
        others, others_near = all_ - total[one.left], all_near - near[one.left]
        yield reasons.flow(others_near, others, "adjoins" in one.measured, "follows" in one.measured)


def _next(one: Candidate) -> bool:
    return "adjoins" in one.measured or "follows" in one.measured


def _best(suggested: Sequence[Joined]) -> Iterator[Joined]:
    """One suggestion an end, the likeliest."""
    ends: set[int] = set()
    starts: set[int] = set()
    for one in sorted(suggested, key=lambda j: (-j.score, j.left, j.right)):
        if one.left not in ends and one.right not in starts:
            ends.add(one.left)
            starts.add(one.right)
            yield one


def balance(weights: Sequence[tuple[int, int, float]], rounds: int = 20) -> list[float]:
    """The probability of every pair of a weighted one-to-one matching in which ends may stay alone (Sinkhorn's way).

    Each end shares itself among its pairs and being alone (weight 1); shares on both sides are brought to agree. An end
    that has another good partner so leaves its rivals theirs.
    """
    lefts = {left: 1.0 for left, _, _ in weights}
    rights = {right: 1.0 for _, right, _ in weights}
    for _ in range(rounds):
        sums = dict.fromkeys(lefts, 1.0)
        for left, right, weight in weights:
            sums[left] += weight * rights[right]
        lefts = {left: 1.0 / total for left, total in sums.items()}
        sums = dict.fromkeys(rights, 1.0)
        for left, right, weight in weights:
            sums[right] += weight * lefts[left]
        rights = {right: 1.0 / total for right, total in sums.items()}
    return [weight * lefts[left] * rights[right] for left, right, weight in weights]


def _acyclic(made: Sequence[Joined]) -> list[Joined]:
    """Without those that would lead a chain of earlier ones into a circle."""
    last: dict[int, int] = {}  # of the chain that begins with a block
    first: dict[int, int] = {}  # of the chain that ends with a block
    kept = []
    for one in made:
        head, end = first.get(one.left, one.left), last.get(one.right, one.right)
        if head != one.right:
            last[head], first[end] = end, head
            kept.append(one)
    return sorted(kept)
