"""Bodies that are no firms, told by the word that closes their name (…管委会, …大学, …高新区, …孵化器)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from parkfacts.find.names import walk
from parkfacts.find.names.atoms import Atom, Atoms
from parkfacts.find.names.lexicon import lexicon

_PARK_BEFORE = re.compile(r"(?:高新|经开|开发|园|示范|新|度假|保税|综保)区$")
_BRACKET = re.compile(r"[（(][A-Z]型[)）]|浙?[东南西北中]{0,2}基地")
# closing words that are a full name by themselves
_ALONE = re.compile(
    r"国务院|[省市县区](?:委|政府)|[北上深港联]交所|新华社|[\u4e00-\u9fff]{2,6}部|(?:行政|政务)服务中心|管委会"
)


class Body(NamedTuple):
    """A named body: its range and type, and where the closing word begins."""

    start: int
    end: int
    type: str
    closing: int


def find(view: str, atoms: Atoms) -> Iterator[Body]:
    """Named bodies in text order, without overlap."""
    starts, closings = _closings()
    end = 0
    for at in starts.finditer(view):
        if at.start() < end:
            continue
        match = closings[at.group()].match(view, at.start())
        if match is None or _in_word(atoms, match.end()):
            continue
        start, stop = match.start(), _with_tail(view, match.end())
        kind = lexicon().closings[match.group()]
        begin = _begin(view, atoms, start, match.group(), kind)
        if begin is not None and begin >= end:
            yield Body(begin, stop, kind, start)
            end = stop


@cache
def _closings() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """Where a closing word may begin, and by that character the words, longest first."""
    words = sorted(lexicon().closings, key=len, reverse=True)
    firsts = sorted({word[0] for word in words})
    by_first = {c: re.compile("|".join(re.escape(w) for w in words if w[0] == c)) for c in firsts}
    return re.compile("[" + "".join(firsts) + "]"), by_first


def _in_word(atoms: Atoms, end: int) -> bool:
    """Whether a closing word ends within a word of the dictionary (工大 in 重工大型, 环保部 in 环保部门)."""
    atom = atoms[atoms.index(end - 1)]
    return atom.end > end and atom.kind not in "KP"


def _with_tail(view: str, stop: int) -> int:
    tail = _BRACKET.match(view, stop)
    return tail.end() if tail else stop


def _begin(view: str, atoms: Atoms, start: int, closing: str, kind: str) -> int | None:
    run = walk.left(atoms, start)
    while run and run[0].text in lexicon().not_names:
        run = run[1:]
    if kind == "government":
        return _government(view, start, closing, run)
    if _ALONE.fullmatch(closing):
        return run[0].start if run and run[0].kind in "PK" else start
    return run[0].start if run and _named(run, kind) else None


def _government(view: str, start: int, closing: str, run: list[Atom]) -> int | None:
    if run and run[0].kind in "PK" and (len(run) > 1 or len(run[0].text) > 1):
        return run[0].start
    park = _PARK_BEFORE.search(view, max(0, start - 4), start)
    if park:  # 高新区管委会
        return park.start()
    if start and view[start - 1] in "省市县区州" and (start < 2 or view[start - 2] not in "全各外本我园"):
        return start - 1
    return start if _ALONE.fullmatch(closing) else None


def _named(run: list[Atom], kind: str) -> bool:
    """Whether the words before the closing one name a body of that kind."""
    generic = lexicon().generic
    own = [a for a in run if a.kind in "PK" or (a.kind == "N" and a.text not in generic)]
    if any(a.kind in "PK" and (len(a.text) > 1 or len(run) > 1) for a in run):
        return True
    if kind == "platform":
        return len(run) > 1 or bool(own)
    return kind in ("association", "university", "media", "institute") and bool(own)
