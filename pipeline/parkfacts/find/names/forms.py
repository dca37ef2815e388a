"""The short forms of a legal name: core, core and trades, core and initials (浙江康屿环境科技有限公司: 康屿环境)."""

from __future__ import annotations

import re

from parkfacts.find.names.atoms import Atom, Atoms
from parkfacts.find.names.lexicon import lexicon

_FORM = re.compile(
    r"(?:集团|控股|股份)*(?:有限责任公司|有限公司|股份公司|总公司|公司)$|集团公司$|株式会社$|(?:分|总)厂$|厂$"
)
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_ENDINGS = ("集团", "股份", "控股", "实业", "公司")


def core(atoms: Atoms, start: int, end: int, places: frozenset[str] = frozenset()) -> tuple[str, list[str], str]:
    """The core, the words behind it and the place before it of the name at a range; any of them may be empty."""
    form = _FORM.search(atoms.view, start, end)
    stop = form.start() if form else end
    brackets = [m.span() for m in _BRACKETS.finditer(atoms.view, start, stop)]
    inner = atoms.inside(start, stop)
    if brackets:
        inner = [a for a in inner if not any(s <= a.start < e for s, e in brackets)]
    at = 0
    while at < len(inner) - 1 and _is_place(inner, at, places):
        at += 1
    place = "".join(a.text for a in inner[:at])
    if at > 1 and at < len(inner) and inner[at].kind == "T" and len(inner[at - 1].text) == 2:
        at -= 1  # 石川泰山药业: the last of two places is the core
        place = "".join(a.text for a in inner[:at])
    middle = at
    if at + 1 < len(inner) and inner[at].kind in "NMVPE" and inner[at + 1].kind == "K":
        middle += 1
    while middle < len(inner) and inner[middle].kind in "Ks":
        middle += 1
    if middle == at and at < len(inner) and inner[at].kind != "T":
        middle += 1
    return "".join(a.text for a in inner[at:middle]), [a.text for a in inner[middle:]], place


def _is_place(inner: list[Atom], at: int, places: frozenset[str]) -> bool:
    atom = inner[at]
    if atom.kind == "P" or atom.text in places:
        return True
    return at + 1 < len(inner) and inner[at + 1].kind == "P" and inner[at + 1].text in "市县省区"


def short(core_: str, words: list[str], place: str) -> set[str]:
    """The forms that a firm with this core, these words behind it and this place before it goes by."""
    initials = "".join(w[0] for w in words[:2]) if len(words) > 1 else ""
    if not core_:
        town = re.sub(r"[省市县区]$", "", place)
        return {town + initials, town + "".join(w[0] for w in words[-2:])} if initials and town else set()
    found = {core_ + "".join(words[:k]) for k in range(1, len(words) + 1)}
    rest = "".join(words)
    found |= {core_ + rest[:2]} if len(rest) > 1 else set()
    found |= {core_ + w for w in words if lexicon().kinds.get(w) == "T"} | {core_ + e for e in _ENDINGS}
    if initials:
        found.add(core_ + initials)
    return found
