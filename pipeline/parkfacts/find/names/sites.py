"""Bodies whose closing word is too short or too far to be looked up: ports, substations, platforms named in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from parkfacts.find.names import walk
from parkfacts.find.names.atoms import Atom, Atoms

# 港 that no harbour is: 空港, 进港, 港口, 港资
_PORT = re.compile("(?<![空海渔母贸流油香出进到离货来赴通输])港(?![口区资股币商澳珠元式湾务府台闸交联城机龙企人媒深])")
_ACADEMY = re.compile(r"(?:中国科学院|中科院)[\u4e00-\u9fff]{2,6}?所(?![长在以属有谓])")
_SUBSTATION = re.compile(r"(?<!\d)\d+(?:千伏|[kK][vV])(?:输)?变电站")
_QUOTED = re.compile(r"“([^”“，。\n]{2,8})”([\u4e00-\u9fff]{0,8}?)(?:平台|产业大脑|实验室)")


class Site(NamedTuple):
    """A range, and the type of the body."""

    start: int
    end: int
    type: str


def find(view: str, atoms: Atoms) -> Iterator[Site]:
    """Ports and substations with a place or a core in front, and platforms that are called by a name in quotes."""
    for match in _PORT.finditer(view):
        run = walk.left(atoms, match.start())
        if _is_place(run) and 2 <= match.start() - run[0].start <= 5:
            yield Site(run[0].start, match.end(), "facility")
    for match in _ACADEMY.finditer(view):
        yield Site(match.start(), match.end(), "institute")
    for match in _SUBSTATION.finditer(view):
        run = walk.left(atoms, match.start())
        if _is_place(run):
            yield Site(run[0].start, match.end(), "facility")
    for match in _QUOTED.finditer(view):
        inner = atoms.inside(*match.span(1))
        if any(a.kind in "KP" for a in inner) and not any(a.kind in "SM" for a in inner):
            yield Site(match.start(), match.end(), "platform")


def _is_place(run: list[Atom]) -> bool:
    return bool(run) and all(a.kind in "PK" for a in run) and sum(len(a.text) for a in run) > 1
