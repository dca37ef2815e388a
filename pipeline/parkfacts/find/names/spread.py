"""A name that was found once is found everywhere, and so are its short forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from parkfacts.find.names import forms
from parkfacts.find.names.atoms import Atoms
from parkfacts.find.names.lexicon import lexicon
from parkfacts.find.names.model import Found, Name
from parkfacts.find.names.places import by_prefix, occurrences
from parkfacts.text import Span

_DEFINED = re.compile(
    r"[（(](?:以下)?(?:统一)?(?:证券简称|股票简称|简称|下称|又称)[为：:]?[“\"]?([^”\"（）()，。]{2,14})[”\"]?(?:[”\"]?[，,][^）)]{0,20})?[）)]"
)
_LATIN = r"[A-Za-z][A-Za-z0-9&.' -]{1,40}"
# no names, though they stand in brackets behind one
_TERMS = frozenset("EPC IPO CEO CTO CFO PPP BOT OEM ODM SPV R&D B2B ESG AI IT VOCs".split())
_ENGLISH = re.compile(rf"[（(](?:英文(?:名称?|简称|缩写|全称)?)?[为是：:]?[“\"]?({_LATIN}?)[”\"]?[）)]")
_BEFORE = re.compile(rf"(?<![A-Za-z0-9])({_LATIN}?)\s?[（(]\Z")
_KIND = "(?:自主|自有|高端|核心|知名|新锐|主力|子|家居|食品|服装|消费)*"
_BRAND = re.compile(
    rf"旗下的?{_KIND}品牌(?:名?[为是：:])?[“\"]([^”“\"，。]{{2,10}})[”\"]|旗下的?[“\"]([^”“\"，。]{{2,10}})[”\"]{_KIND}品牌"
    rf"|旗下的?{_KIND}品牌({_LATIN})(?![A-Za-z])|[（(]品牌名?[为：:]?[“\"]?([^”“\"，。（）()]{{2,10}})[”\"]?[）)]"
)
# what may not follow a core alone: it would go on to another name (康屿 in 康屿路, 康屿县)
_GOES_ON = re.compile(r"[县市镇乡村路街河湖山江湾岛]|大道|高新区|经开区|开发区|小镇")


def definitions(view: str, found: Iterable[Found]) -> Iterator[Found]:
    """Short forms that the text defines right behind a name （以下简称“X”）."""
    by_end = {f.end: f for f in found}
    for match in _DEFINED.finditer(view):
        owner = by_end.get(match.start())
        if owner is not None:
            yield Found(*match.span(1), "defined", owner.name)


def called(view: str, found: Sequence[Found]) -> Iterator[Found]:
    """The English names and the brands that stand beside firms' names: X（英文名Y）, Y（X）, X旗下品牌“Y”."""
    for f in found:
        if f.name.kind != "company":
            continue
        for pattern, rule in ((_ENGLISH, "english"), (_BRAND, "brand")):
            behind = pattern.match(view, f.end)
            if behind is not None and behind.lastindex and behind[behind.lastindex] not in _TERMS:
                yield Found(*behind.span(behind.lastindex), rule, f.name)
        before = _BEFORE.search(view, max(0, f.start - 44), f.start) if view[f.end : f.end + 1] in ("）", ")") else None
        if before is not None and before[1] not in _TERMS:
            yield Found(*before.span(1), "english", f.name)


def everywhere(view: str, atoms: Atoms, found: list[Found], places: frozenset[str]) -> Iterator[Found]:
    """The other occurrences of the names found and of the short forms of the firms among them."""
    known: dict[str, tuple[str, Name]] = {}
    for f in found:
        if f.name.kind != "project":
            known.setdefault(view[f.start : f.end], ("again", f.name))
    firms = {view[f.start : f.end]: f for f in reversed(found) if f.name.kind == "company"}
    for firm in firms.values():
        for text in _short(atoms, firm, places):
            known.setdefault(text, ("short-form", firm.name))
    held = sorted((f.start, f.end) for f in found)
    yield from _scan(view, atoms, known, [Span(*h) for h in held])


def _short(atoms: Atoms, f: Found, places: frozenset[str]) -> Iterator[str]:
    core, words, place = forms.core(atoms, f.start, f.end, places)
    yield from sorted(forms.short(core, words, place))
    kinds = {a.kind for a in atoms.inside(f.start, f.end) if a.text in core} if core else set()
    if len(core) > 1 and "K" in kinds and core not in places and not (words and words[-1] in lexicon().public):
        yield core


def _scan(view: str, atoms: Atoms, known: dict[str, tuple[str, Name]], held: list[Span]) -> Iterator[Found]:
    """Known texts outside the held ranges, longest first."""
    at = end = 0
    for start, text in occurrences(view, by_prefix(known)):
        if start < end:
            continue
        stop = start + len(text)
        while at < len(held) and held[at].end <= start:
            at += 1
        if at < len(held) and held[at].start < stop:
            continue
        rule, name = known[text]
        if name.kind == "company" and (
            _GOES_ON.match(view, stop) or splits(atoms, start, stop) or _in_latin(view, start, stop)
        ):
            continue
        yield Found(start, stop, rule, name)
        end = stop


def splits(atoms: Atoms, start: int, end: int) -> bool:
    """Whether a range begins or ends within a word of the dictionary."""
    first, last = atoms[atoms.index(start)], atoms[atoms.index(end - 1)]
    kinds = lexicon().kinds
    return (first.start < start and first.kind not in "K") or (
        last.end > end and last.kind != "K" and last.text not in kinds
    )


def _in_latin(view: str, start: int, end: int) -> bool:
    """Whether a Latin name is only a part of a longer word: SAN in SANDBOX."""
    ahead, behind = view[max(0, start - 1) : start + 1], view[end - 1 : end + 1]
    return any(len(two) == 2 and two.isascii() and two.isalnum() for two in (ahead, behind))
