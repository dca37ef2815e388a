"""Severed sentences: ends that break off, matched one to one with the starts that go on with them, best first.

The threshold is set for precision: a wrong join makes facts that nobody wrote, a missing one only leaves an end open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import exp
from typing import NamedTuple

from parkfacts.repair.blocks import COMMA, SENTENCE, Block
from parkfacts.repair.ends import Cut, Right, left_end, right_end
from parkfacts.repair.lexical import Lexicon
from parkfacts.repair.votes import HANGS, count_pair, count_start

THRESHOLD = 0.65  # probability of a join that is made; above one half no end can have two
LOST = 0.25  # odds that the rest of a severed sentence is not in the document
HOPELESS = -4.0  # nats; candidates below are not weighed against the others
AHEAD, BEHIND = 60, 20  # paragraphs after and before a left end in which its continuation is looked for
SHORTEST = 10  # characters of a left end
CLAUSES = 30  # characters of a left end that is no item of a list, even where it is one sentence
_STARTS_ANEW = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）](?!\d)|[①-⑳●■◆▲□○•·*【]|第[一二三四五六七八九十]+[章节，,是]|[一二三四五六七八九十]是)"
)
_FURNITURE = ("page number", "running head", "page head", "jump", "credits")


class Candidate(NamedTuple):
    """A left end and a right one (places in the list of blocks) with the votes that they got."""

    left: int
    right: int
    votes: dict[str, float]


class Joined(NamedTuple):
    """``right`` goes on with ``left``; the score is the probability that it does."""

    left: int
    right: int
    score: float
    votes: dict[str, float]


def find(blocks: Sequence[Block], lexicon: Lexicon) -> tuple[list[Joined], list[int]]:
    """The joins, in the order of their left ends, and the ends that stay open."""
    paragraphs = [b for b in blocks if b.in_text and b.prose]
    broken = [n for n, b in enumerate(paragraphs) if _breaks_off(b)]
    if not broken:
        return [], []
    unpunctuated = len(broken) >= 5 and len(broken) > 0.4 * len(paragraphs)  # a style, no damage
    made = _match(list(_candidates(blocks, paragraphs, broken, lexicon)), 3.0 * unpunctuated)
    joined = {j.left for j in made}
    ends = [paragraphs[n] for n in broken]
    return made, [b.at for b in ends if b.at not in joined and _surely(blocks, b, unpunctuated)]


def _breaks_off(block: Block) -> bool:
    return (
        not block.closed
        and len(block.text) >= SHORTEST
        and COMMA.search(block.text) is not None
        and block.text[-1] not in "—-~～"
    )


def _surely(blocks: Sequence[Block], block: Block, unpunctuated: bool) -> bool:
    """Whether an end that nothing continues is damage: it hangs on a comma or on a word that asks for more, its page
    says that it goes on elsewhere, or whole sentences stand before it."""
    if HANGS.search(block.text) or _noted(blocks, block.at + 1, "转"):
        return True
    if unpunctuated or _STARTS_ANEW.match(block.text):
        return False
    return SENTENCE.search(block.text) is not None or len(block.text) >= CLAUSES


def _candidates(
    blocks: Sequence[Block], paragraphs: Sequence[Block], broken: Sequence[int], lexicon: Lexicon
) -> Iterator[Candidate]:
    rights: dict[int, tuple[Right, dict[str, float]]] = {}
    for n in broken:
        one = paragraphs[n]
        left = left_end(one, lexicon.words, lexicon.left(one.text), _noted(blocks, one.at + 1, "转"))
        for m in range(max(1, n - BEHIND), min(len(paragraphs), n + AHEAD + 1)):
            two = paragraphs[m]
            if m == n or _STARTS_ANEW.match(two.text):
                continue
            if m not in rights:
                end = right_end(two, lexicon.words, lexicon.right(two.text), _noted(blocks, two.at - 1, "接"))
                rights[m] = end, count_start(end)
            right, start = rights[m]
            gain, word = lexicon.gain(left.end, right.end)
            votes = start | count_pair(Cut(left, right, gain, word, m - n, _page_turns(blocks, one.at, two.at)))
            if sum(votes.values()) > HOPELESS:
                yield Candidate(one.at, two.at, votes)


def _noted(blocks: Sequence[Block], at: int, mark: str) -> bool:
    """Whether a block says 下转第X版 or 上接第X版."""
    return 0 <= at < len(blocks) and blocks[at].reason == "jump" and mark in blocks[at].text[:4]


def _page_turns(blocks: Sequence[Block], left: int, right: int) -> bool:
    between = blocks[left + 1 : right] if right - left <= 5 else ()
    return bool(between) and all(b.reason in _FURNITURE for b in between)


def _match(candidates: Sequence[Candidate], style: float) -> list[Joined]:
    """The pairs that are likely when every end has one partner or none."""
    odds = [exp(min(sum(c.votes.values()) - style, 30.0)) for c in candidates]
    likely = balance([(c.left, c.right, w) for c, w in zip(candidates, odds, strict=True)])
    made = [
        Joined(c.left, c.right, round(p, 3), c.votes) for c, p in zip(candidates, likely, strict=True) if p >= THRESHOLD
    ]
    return _acyclic(made)


def balance(weights: Sequence[tuple[int, int, float]], rounds: int = 30) -> list[float]:
    """The probability of every pair of a weighted one-to-one matching in which ends may stay alone (Sinkhorn's way).

    Each end shares itself among its pairs and being alone; shares on both sides are brought to agree. An end that has
    another good partner so leaves its rivals theirs.
    """
    lefts = {left: 1.0 for left, _, _ in weights}
    rights = {right: 1.0 for _, right, _ in weights}
    for _ in range(rounds):
        sums = dict.fromkeys(lefts, LOST)
        for left, right, weight in weights:
            sums[left] += weight * rights[right]
        lefts = {left: 1.0 / total for left, total in sums.items()}
        sums = dict.fromkeys(rights, 1.0)
        for left, right, weight in weights:
            sums[right] += weight * lefts[left]
        rights = {right: 1.0 / total for right, total in sums.items()}
    return [weight * lefts[left] * rights[right] for left, right, weight in weights]


def _acyclic(made: Sequence[Joined]) -> list[Joined]:
    follows: dict[int, int] = {}
    kept = []
    for one in sorted(made, key=lambda j: (-j.score, j.left)):
        if not _leads(follows, one.right, one.left):
            follows[one.left] = one.right
            kept.append(one)
    return sorted(kept)


def _leads(follows: dict[int, int], start: int, goal: int) -> bool:
    while start in follows:
        start = follows[start]
    return start == goal
