"""Where an event happened, who the other side of a signing is, and on which board shares are listed.

Each is a :class:`Detail`: what it stands for, and the range of the event's own words that says so. The words are in
``rules/circumstances.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from parkfacts.link.milestones.event import Detail, Event
from parkfacts.link.milestones.phrase import whole
from parkfacts.link.milestones.scene import Named, Scene
from parkfacts.link.milestones.wording import EDGE
from parkfacts.rules.engine import data

_NOMINAL = frozenset("nsfjzlgx")
_WRITTEN = ("vn", "an", "eng", "m", "a", "b", "i")
_LIST = re.compile(r"、|以及|[和及与]")
_LONGEST = 30  # characters that the other side's name may have


def circumstances(scene: Scene, event: Event) -> Event:
    """The event with its place, the other side of a signing, and the board of a listing, as far as its words tell."""
    place = _place(scene, event)
    counterpart = tuple(_counterpart(scene, event)) if event.type == "signing" else ()
    board = _board(scene, event) if event.type == "listing" else None
    if place and board and place.start < board.end and board.start < place.end:
        place = None  # 在香港联交所上市
    return event._replace(place=place, counterpart=counterpart, board=board)


# ---- board ------------------------------------------------------------------------------------------------------


def _board(scene: Scene, event: Event) -> Detail | None:
    """The first board that is named; its exchange alone, where no board is."""
    for name, pattern in _boards():
        if found := pattern.search(scene.view, event.start, event.end):
            return Detail(name, found.start(), found.end())
    return None


@cache
def _boards() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in data("circumstances")["boards"].items())


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    return re.compile(data("circumstances")[table][name])


# ---- the other side ---------------------------------------------------------------------------------------------


def _counterpart(scene: Scene, event: Event) -> Iterator[Detail]:
    """X in 与X签约 and 牵手X, and each of a list; not who signs (the actor)."""
    beside = companion(scene, event.start, event.end)
    held = beside.held if beside else _taken(scene, event)
    if held is None:
        return
    for start, end in _items(scene, *held):
        detail = _resolved(scene, start, end, event)
        if detail.name != event.actor and not _pattern("counterpart", "never").match(detail.name):
            yield detail


class Companion(NamedTuple):
    """Where 与 stands, and the range of the phrase behind it."""

    mark: int
    held: tuple[int, int]


def companion(scene: Scene, begin: int, limit: int) -> Companion | None:
    """与X签约: from behind 与 to the first word that leads to the verb. A name that holds 与 or 和 is one word."""
    names = scene.names_in(begin, limit)
    for mark in _pattern("counterpart", "before").finditer(scene.view, begin, limit):
        start = mark.end()
        first = next((n for n in names if n.start == start), None)
        between = first is not None and any(n.end == mark.start() for n in names)
        if any(n.start < start < n.end for n in names) or not (between or _stands_alone(scene, mark.start())):
            continue
        stop = _pattern("counterpart", "verb").search(scene.view, first.end if first else start + 1, limit)
        if stop and stop.start() - start <= _LONGEST and not re.search("[，,；的]", scene.view[start : stop.start()]):
            return Companion(mark.start(), (start, stop.start()))
    return None


def _stands_alone(scene: Scene, at: int) -> bool:
    """Whether 与, 和 or 同 is a word of its own: not in 合同, 共同, 参与."""
    return any(w.start == at and w.end == at + 1 for w in scene.doc.words_in(at, at + 1))


def _taken(scene: Scene, event: Event) -> tuple[int, int] | None:
    """牵手X: a name right behind the verb."""
    for verb in _pattern("counterpart", "held").finditer(scene.view, event.start, event.end):
        listed = [n for n in scene.names_in(verb.end(), event.end) if n.kind != "project"]
        if listed and listed[0].start == verb.end():
            last = listed[0]
            for name in listed[1:]:
                if _LIST.fullmatch(scene.view, last.end, name.start):
                    last = name
            return verb.end(), last.end
    return None


def _items(scene: Scene, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a list; a list's mark within a name parts nothing."""
    names = scene.names_in(start, end)
    at = start
    for mark in _LIST.finditer(scene.view, start, end):
        if not any(n.start < mark.end() and mark.start() < n.end for n in names):
            yield from _item(scene, at, mark.start())
            at = mark.end()
    yield from _item(scene, at, end)


def _item(scene: Scene, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = scene.view[start:end]
    start, end = start + len(text) - len(text.lstrip(EDGE)), end - (len(text) - len(text.rstrip(EDGE)))
    if cut := re.search(r"等(?:[0-9一二两三四五六七八九十]+[余多]?家?.{0,8})?\Z", scene.view[start:end]):
        end = start + cut.start()
    name = next((n for n in scene.names_in(start, start + 1) if n.kind != "project"), None)
    if "的" in scene.view[start:end] or (name and name.end < end and scene.view[name.end] not in "（("):
        return  # 与X同处一条产业链的Y签约: Y signs
    if end - start >= 2:
        yield start, end


# ---- place ------------------------------------------------------------------------------------------------------


def _place(scene: Scene, event: Event) -> Detail | None:
    """The noun phrase behind 在 or 于, or behind 落户 and its like, that ends as a place does."""
    for name in ("at", "settled"):
        for mark in _pattern("place", name).finditer(scene.view, event.start, event.end):
            start = mark.end()
            end = _noun_phrase(scene, start, event.end)
            owner = name == "at" and _pattern("place", "owner").match(scene.view, end)  # 在省委的支持下
            if end - start >= 2 and not owner and _is_place(scene, start, end):
                return _resolved(scene, start, end, event)
    return None


def _noun_phrase(scene: Scene, start: int, limit: int) -> int:
    """Where the noun phrase that begins at a place ends; known names are single words of it."""
    if scene.dates_in(start, start + 1):
        return start
    limit = next((t.start for t in scene.triggers_in(start, limit)), limit)
    end = start
    names = list(scene.names_in(start, limit))
    for word in scene.doc.words_in(start, limit):
        if word.start < end:
            continue
        name = next((n for n in names if n.start == max(word.start, end) and n.kind != "project"), None)
        if name is not None:
            end = min(name.end, limit)
            continue
        if not (word.tag[0] in _NOMINAL or word.tag in _WRITTEN) or _marks(scene, word.start):
            break
        end = min(word.end, limit)
    return end


def _marks(scene: Scene, at: int) -> bool:
    return scene.view[at] in "，,。；;：:、！？“”（）()"


def _is_place(scene: Scene, start: int, end: int) -> bool:
    text = scene.view[start:end]
    if _pattern("place", "never").match(text) or any(p.match(text) for _, p in _boards()):
        return False
    if whole(text) == "park" or _named(scene, start, end) is not None:
        return True
    words = scene.doc.words_in(start, end)
    return bool(words) and (words[-1].tag in ("ns", "nrt") or _pattern("place", "head").search(text) is not None)


# ---- names ------------------------------------------------------------------------------------------------------


def _named(scene: Scene, start: int, end: int) -> Named | None:
    return next((n for n in scene.names_in(start, start + 1) if n.end == end and n.kind != "project"), None)


def _resolved(scene: Scene, start: int, end: int, event: Event) -> Detail:
    """The fullest form of the name, the park for 园区, the event's one firm for 公司; else what is written."""
    name = _named(scene, start, end)
    if name is not None:
        entities = scene.who.companies if name.kind == "company" else scene.who.organizations
        return Detail(entities[name.place].name, start, end)
    word = whole(scene.view[start:end])
    if word == "park" and scene.park:
        return Detail(scene.park, start, end)
    if word in ("company", "that") and len(event.companies) == 1:
        return Detail(scene.who.companies[event.companies[0]].name, start, end)
    return Detail(scene.doc.text.content[start:end], start, end)
