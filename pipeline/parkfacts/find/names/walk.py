"""Where a name begins: from the word that closes it, leftwards over what a name can hold."""

from __future__ import annotations

from parkfacts.find.names.atoms import Atom, Atoms
from parkfacts.find.names.lexicon import lexicon

LONGEST = 32
_OF_ITS = frozenset("新老总分大小各全原现省市县区")  # in front of the closing word: a new one, not a name
_SERVED = frozenset(("企业", "中小企业", "小微企业", "科技企业"))


def left(atoms: Atoms, end: int, legal: bool = False) -> list[Atom]:
    """The atoms before ``end`` that may belong to a name which goes on there, in text order; possibly none. In a
    ``legal`` name a word that is none elsewhere may stand between its place or core and its trade."""
    run: list[Atom] = []
    if end <= 0:
        return run
    kinds, i = atoms.kinds, atoms.index(end - 1)
    if atoms[i].end > end:
        part = atoms.inside(atoms.starts[i], end)[-1]
        run.append(
            part._replace(kind="P") if part.kind in "NE" and len(part.text) == 2 else part
        )  # 上海 of 上海证券交易所
        i -= 1
    while i >= 0 and end - atoms.starts[i] <= LONGEST:
        kind = kinds[i]
        if kind == "B" and (opened := _place_in_brackets(atoms, i)):
            run.extend(atoms[j] for j in range(i, opened - 1, -1))
            i = opened - 1
            continue
        inner = kind in "PKTNCE" or _inner(atoms, i, run)
        if not inner and not (_before_trade(atoms, i, run) if legal else _for_firms(atoms, i)):
            break
        run.append(atoms[i])
        i -= 1
    run.reverse()
    return _begin(run)


def with_zhong(atoms: Atoms, first: int, start: int) -> int:
    """Where a name of a central firm begins that jieba leaves its 中 out of: 、中电建."""
    if not first or atoms[first - 1].text != "中" or (first > 1 and atoms.kinds[first - 2] != "B"):
        return start
    return atoms.starts[first - 1]


def _inner(atoms: Atoms, i: int, run: list[Atom]) -> bool:
    """Whether a verb, a number or a short function word may stand inside a name, given its neighbours."""
    kind, before = atoms.kinds[i], atoms.kinds[i - 1] if i else "B"
    if kind == "V":
        return before in "PKTNCE"
    if kind == "M":
        return before in "PKNTCE" and atoms.view[atoms.starts[i]] > "9"
    if kind == "S" and atoms[i].text == "和":  # 珲和医疗, 三和精机: a name of one character and 和
        short = before in "KM" and len(atoms[i - 1].text) == 1 and bool(run)
        return short and (run[-1].kind == "T" or (run[-1].kind == "N" and i > 1 and atoms.kinds[i - 2] == "P"))
    follows = run[-1].kind in "KTNCE" if run else atoms.view[atoms.starts[i]] not in _OF_ITS
    return kind == "s" and before in "PK" and follows


def _before_trade(atoms: Atoms, i: int, run: list[Atom]) -> bool:
    """Whether a word stands in a legal name as a part of its trade: 康屿/高新区/投资, 海桐/企业/管理, 汽车/零部件."""
    text = atoms[i].text
    fits = text == "件" or (len(text) > 1 and atoms.kinds[i] in "SH" and text not in lexicon().verbs)
    trade = not run or run[-1].kind in "TV" or (run[-1].kind == "N" and run[-1].text in lexicon().generic)
    return fits and trade and i > 0 and atoms.kinds[i - 1] in "PKTNCE"


def _for_firms(atoms: Atoms, i: int) -> bool:
    """Whether a word says behind a place or a core whom a body is for: 康屿/中小企业/孵化园."""
    return i > 0 and atoms.kinds[i] == "H" and atoms[i].text in _SERVED and atoms.kinds[i - 1] in "PK"


def _place_in_brackets(atoms: Atoms, i: int) -> int | None:
    """The index of the bracket that opens before the one at ``i``, if there is a place between the two."""
    if atoms[i].text not in ")）":
        return None
    for j in range(i - 1, max(0, i - 5), -1):
        if atoms[j].text in "(（":
            return j if i - j > 1 and atoms.kinds[j - 1] in "PKTNVCE" else None
        if atoms.kinds[j] not in "PKNCE":
            return None
    return None


def _begin(run: list[Atom]) -> list[Atom]:
    """The run from where the name begins: the last place that other words stand before, or the core behind a verb."""
    depth = 0
    for i in range(len(run) - 1, 0, -1):
        text, kind = run[i].text, run[i].kind
        depth += (text in ")）") - (text in "(（")
        if depth == 0 and kind == "P" and len(text) > 1 and i < len(run) - 1 and _precedes(run, i):
            return run[i:]
        if kind in "KCE" and run[i - 1].kind == "V":
            return run[i:]
    while run and run[0].kind == "V":
        run = run[1:]
    return run


def _precedes(run: list[Atom], i: int) -> bool:
    """Whether the words before a place belong to the sentence: 模组供应商宁波…, 500强法国…, 原江苏…."""
    if run[i - 1].kind not in "PKCE":
        group = i > 1 and run[i - 1].kind == "T" and run[i - 2].kind in "PKCE"  # 三峡新能源石川发电
        return not group or any(a.kind in "KCE" for a in run[i + 1 :])
    alone = i == 1 and len(run[0].text) == 1
    return alone and (run[i].text in lexicon().countries or run[0].text in "原现诉强")
