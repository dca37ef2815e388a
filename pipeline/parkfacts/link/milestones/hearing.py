"""Whom a heading or a clause without an event brings up."""

from __future__ import annotations

import re

from parkfacts.link.milestones.memory import Memory
from parkfacts.link.milestones.phrase import Actor, agent, bare, generic, opening, topic, whole
from parkfacts.text import Span

_HELPS = re.compile(r"(?:承建|负责|投资建设|建设|实施|代建|牵头|运营|出资)\Z")
_NUMBERING = re.compile(r"(?:PART|Part|NO\.?|No\.?)?\s*\d{1,2}[\s　、.．]+|[（(]?[一二三四五六七八九十]+[)）、.．]\s*")
_ROAD = re.compile(r"[^，。；：的]{1,10}(?:大道|[^之道思出铁线]路|[一二三四五六七八九十]路)")
_UNKNOWN = ("x", "nz", "nt")
_FIRM_ACTS = re.compile(
    "投入|投资|新建|建设|实施|追加|落户|入驻|租[赁用下]|购[置买]|主营|主要|从事|专注|生产|研发|是一?家"
)
_MIN_NAME = 4  # characters


def in_heading(memory: Memory, start: int, end: int) -> Actor | None:
    """The name that a heading begins with, or the built thing that it is: PART 03 滨河路."""
    number = _NUMBERING.match(memory.scene.view, start, end)
    start = number.end() if number else start
    if (found := opening(memory.scene, start, end)) is not None:
        return found
    held = topic(memory.scene, start, end) or (
        Span(start, end) if _ROAD.fullmatch(memory.scene.view, start, end) else None
    )
    return memory.thing(held, works=True) if held and held.end == end else None


def opener(memory: Memory, start: int, end: int) -> Actor | None:
    """The name or the general word that opens a clause."""
    found = opening(memory.scene, start, end)
    if found is None and (word := generic(memory.scene.view, start, end)):
        found = memory.resolve(word, start)
    return found


def hear(memory: Memory, clause: Span) -> None:
    """Notes who opens a clause, or the built thing or the unknown firm at its head."""
    found = opener(memory, clause.start, clause.end)
    if found is None and (held := bare(memory.scene, clause) or topic(memory.scene, clause.start, clause.end)):
        found = _built(memory, held)
    if found is None and (held := _unknown(memory, clause)):
        found = memory.thing(held)
    if found is not None and not (found.companies and not found.works and _helps(memory, clause)):
        memory.note(found)


def _unknown(memory: Memory, clause: Span) -> Span | None:
    """A name that nothing knows, at the head of its sentence: 岚泰重工投入600万元改造生产线."""
    opens = clause.start == memory.scene.doc.sentence_at(clause.start).start
    held = agent(memory.scene, clause.start, clause.end) if opens else None
    if held is None or held.end - held.start < _MIN_NAME or not _FIRM_ACTS.match(memory.scene.view, held.end):
        return None
    return held if memory.scene.doc.words_in(*held)[0].tag in _UNKNOWN else None


def _built(memory: Memory, held: Span) -> Actor | None:
    word = whole(memory.scene.view[held.start : held.end])
    return memory.resolve(word, held.start) if word else memory.thing(held, works=True)


def _helps(memory: Memory, clause: Span) -> bool:
    """Whether a firm only builds what is spoken of (某公司承建), so that it stays what is spoken of."""
    works = memory.topic is not None and memory.topic.works
    return works and _HELPS.search(memory.scene.view, clause.start, clause.end) is not None
