"""Short names (海桐精工, 弗朗克斯): candidates, the evidence beside them, and the vote.

A candidate is a core that the dictionary does not know with the trade behind it, a core alone, or an item of a list of
firms. Its own make and the rules of ``names.toml`` beside it vote; at ``ENOUGH`` it is a firm.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from parkfacts import rules
from parkfacts.find.names import walk
from parkfacts.find.names.atoms import Atom, Atoms
from parkfacts.find.names.lexicon import lexicon
from parkfacts.text import Span

ENOUGH = 3.0
WEIGHTS = {"opens_weakly": 0.5, "opens": 1.0, "opens_surely": 2.0, "closes": 1.0, "closes_surely": 2.0, "no_end": -3.0}
_LIST_MEMBER = 2.0
_LIST_NEIGHBOUR = 1.0
_REPEATED = 0.5

_SEPARATOR = re.compile(r"[、]|和|与|以及|及")
# what a town's own firm may be called by the town's name: 松江城投
_PUBLIC = frozenset(("城投", "交投", "国投", "产投", "农商行", "商行", "银行", "金控", "建投", "水务", "文旅"))
_SPOKEN = re.compile(r"[说称]|表示|介绍|告诉|坦言|认为|透露|强调|指出")


class Candidate(NamedTuple):
    """A range that may be a firm's name, with its score by its make alone; ``trade`` says that it has a trade word."""

    start: int
    end: int
    score: float
    trade: bool


class Evidence(NamedTuple):
    """The votes beside positions: for a name that begins, for one that ends there, and where lists of firms end."""

    opening: dict[int, float]
    closing: dict[int, float]
    list_ends: list[int]


def evidence(view: str) -> Evidence:
    """The evidence that the rules find in a text."""
    opening: dict[int, float] = {}
    closing: dict[int, float] = {}
    ends: list[int] = []
    produce = {kind: (lambda match, kind=kind: kind) for kind in (*WEIGHTS, "list_end")}
    for mention in rules.load("names").scan(view, produce):
        if mention.value == "list_end":
            ends.append(mention.start)
            closing[mention.start] = WEIGHTS["closes_surely"]
        elif mention.value.startswith("opens"):
            opening[mention.end] = WEIGHTS[mention.value]
        else:
            closing[mention.start] = WEIGHTS[mention.value]
    return Evidence(opening, closing, ends)


def find(view: str, atoms: Atoms, places: frozenset[str], held: list[Span]) -> Iterator[tuple[int, int, float]]:
    """Ranges of short names with their scores, in text order, without overlap; ``held`` ranges hold other names."""
    seen = evidence(view)
    found = {(c.start, c.end): c for c in (*_cores(atoms, places), *_members(view, atoms, seen.list_ends, places))}
    inside = _Holder(held)
    candidates = [c for c in sorted(found.values()) if not inside(c.start, c.end)]
    counts = Counter(view[c.start : c.end] for c in candidates)
    scores = {c: c.score + _beside(view, c, seen) + _REPEATED * (counts[view[c.start : c.end]] > 1) for c in candidates}
    _neighbours(view, candidates, scores, {h.end for h in held}, {h.start for h in held})
    end = 0
    for c in sorted(candidates, key=lambda c: (c.start, -scores[c], -c.end)):
        if scores[c] >= ENOUGH and c.start >= end:
            yield c.start, c.end, scores[c]
            end = c.end


class _Holder:
    """Tells whether a range lies in one of some sorted ranges, asked in text order."""

    def __init__(self, held: list[Span]) -> None:
        self._held, self._at = sorted(held), 0

    def __call__(self, start: int, end: int) -> bool:
        while self._at < len(self._held) and self._held[self._at].end <= start:
            self._at += 1
        return self._at < len(self._held) and self._held[self._at].start < end


# ---- candidates -------------------------------------------------------------------------------------------------


def _cores(atoms: Atoms, places: frozenset[str]) -> Iterator[Candidate]:
    """Cores with their trades (海桐 精工), and unknown words alone (弗朗克斯)."""
    kinds, i, n = atoms.kinds, 0, len(atoms)
    while i < n:
        if kinds[i] == "T" and i and kinds[i - 1] in "NV" and (i < 2 or kinds[i - 2] in "SBHR"):
            yield from _known_core(atoms, i)
        if kinds[i] != "K":
            i += 1
            continue
        first = i
        while i < n and kinds[i] == "K":
            i += 1
        yield from _run(atoms, first, i, places)


def _known_core(atoms: Atoms, i: int) -> Iterator[Candidate]:
    """A word of the dictionary in front of a trade (前进 暖通): a firm only where much speaks for it."""
    core, trade = atoms[i - 1], atoms[i]
    if core.text not in lexicon().generic and trade.text in lexicon().closing and 2 <= len(core.text) <= 4:
        yield Candidate(core.start, trade.end, 1.0, True)


def _run(atoms: Atoms, first: int, stop: int, places: frozenset[str]) -> Iterator[Candidate]:
    start, end = atoms[first].start, atoms[stop - 1].end
    core = atoms.view[start:end]
    if not 2 <= len(core) <= 8:
        return
    if first and atoms.kinds[first - 1] == "M" and len(atoms[first - 1].text) == 1 and first > 1 and atoms.kinds[first - 2] in "SB":
        start = atoms[first - 1].start
    before = first - 1
    if before >= 0 and atoms.kinds[before] == "P" and start == atoms[first].start:
        start = _placed(atoms, before)
    trades = stop
    while trades < len(atoms) and atoms.kinds[trades] == "T" and trades - stop < 2:
        trades += 1
        if atoms[trades - 1].text in lexicon().closing:
            break
    if trades > stop:
        end = atoms[trades - 1].end
        closing = atoms[trades - 1].text in lexicon().closing
        local = core in places and atoms[stop].text not in _PUBLIC
        yield Candidate(start, end, (-1.0 if local else 2.0) + closing, True)
    elif core not in places and not (len(core) > 5 and _latin(core)):
        yield Candidate(start, end, 1.0, False)


def _placed(atoms: Atoms, i: int) -> int:
    """Where a name with a place in front of its core begins: with the place, where the sentence does not need it."""
    return atoms[i].start if i == 0 or atoms.kinds[i - 1] in "SBHRV" else atoms[i + 1].start


def _latin(core: str) -> bool:
    return core.isascii()


def _members(view: str, atoms: Atoms, ends: list[int], places: frozenset[str]) -> Iterator[Candidate]:
    """The items of lists of firms: what stands between two separators is a whole name."""
    for end in ends:
        items: list[tuple[int, int]] = []
        begin = max(view.rfind(mark, 0, end) for mark in "，。；：\n！？") + 1
        stop = end
        for separator in reversed(list(_SEPARATOR.finditer(view, begin, end))):
            if separator.group() != "、" and not _at_border(atoms, separator.start(), separator.end()):
                continue
            items.append((separator.end(), stop))
            stop = separator.start()
        run = walk.left(atoms, stop)
        if run and items:
            items.append((run[0].start, stop))
        yield from _likely(view, atoms, items, places)


def _at_border(atoms: Atoms, start: int, end: int) -> bool:
    i = atoms.index(start)
    return atoms.starts[i] == start and atoms[i].end == end


def _likely(view: str, atoms: Atoms, items: list[tuple[int, int]], places: frozenset[str]) -> Iterator[Candidate]:
    made = [(start, end, atoms.inside(start, end)) for start, end in items if 2 <= end - start <= 12]
    if not any(a.kind == "K" for _, _, inner in made for a in inner):
        return
    for start, end, inner in made:
        if _whole(inner) and view[start:end] not in places:
            yield Candidate(start, end, 1.0 + _LIST_MEMBER, inner[-1].kind == "T")


def _whole(inner: list[Atom]) -> bool:
    """Whether an item can be a name: no word that no name holds, and something that is no general term."""
    generic = lexicon().generic
    return (
        all(a.kind in "KTNPMV" or (a.kind == "S" and len(a.text) == 1) for a in inner)
        and any(a.kind == "K" or (a.kind in "NVM" and a.text not in generic) for a in inner)
        and not (inner[-1].kind in "N" and inner[-1].text in generic)
    )


# ---- votes ------------------------------------------------------------------------------------------------------


def _beside(view: str, c: Candidate, seen: Evidence) -> float:
    vote = seen.opening.get(c.start, 0.0) + seen.closing.get(c.end, 0.0)
    if not c.trade and _SPOKEN.match(view, c.end):
        vote -= 3.0  # a person
    return vote


def _neighbours(
    view: str, candidates: list[Candidate], scores: dict[Candidate, float], ends: set[int], starts: set[int]
) -> None:
    """A candidate beside a firm in a list (A、B) gains; both ways, once."""
    accepted_ends = set(ends)
    for c in candidates:
        if c.start and view[c.start - 1] == "、" and c.start - 1 in accepted_ends:
            scores[c] += _LIST_NEIGHBOUR
        if scores[c] >= ENOUGH:
            accepted_ends.add(c.end)
    accepted_starts = set(starts) | {c.start for c in candidates if scores[c] >= ENOUGH}
    for c in reversed(candidates):
        if view.startswith("、", c.end) and c.end + 1 in accepted_starts and scores[c] < ENOUGH:
            scores[c] += _LIST_NEIGHBOUR
            if scores[c] >= ENOUGH:
                accepted_starts.add(c.start)
