"""What a firm is to the park: investor, tenant, listed, certified, partner, customer, each with the words that say so.

The rules of ``roles.toml`` find the words; the firms that they speak of stand beside them in the same sentence. The
evidence runs from the firm's name to the end of the words (or from the words to the name's end).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parkfacts import rules
from parkfacts.find.names import Name
from parkfacts.link.entities import Entities, Entity
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

_REACH = 40  # characters between a firm and the words that speak of it
_BOARDS = {"主板": "主板", "港股": "港交所", "A股": None}


@dataclass(frozen=True, slots=True)
class RoleEvidence:
    """A role of the company with that index in ``Entities.companies``, told by ``content[start:end]``."""

    company: int
    role: str
    start: int
    end: int
    rule: str
    board: str | None = None


def find(doc: Document, entities: Entities, park: Entity | None = None) -> list[RoleEvidence]:
    """The roles in text order; a role that a firm has once is not told again."""
    firms = sorted(((m, i) for i, e in enumerate(entities.companies) for m in e.mentions), key=lambda f: f[0].start)
    found: dict[tuple[int, str], RoleEvidence] = {}
    produce = {"after": lambda match: ("after", _board(match)), "before": lambda match: ("before", _board(match))}
    at = 0
    for words in rules.load("roles").scan(doc.view, produce):
        while at < len(firms) and firms[at][0].end < words.start - 120:
            at += 1
        near = firms[at : at + 24]
        role = words.rule.split(".")[0]
        spoken = _before(doc, words, near) if words.value[0] == "after" else _behind(doc, words, near)
        for company, span in spoken:
            found.setdefault(
                (company, role),
                RoleEvidence(company, role, *span, words.rule, words.value[1] if role == "listed" else None),
            )
    return sorted(found.values(), key=lambda r: (r.start, r.end, r.company, r.role))


def _board(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    board = groups.get("board") or groups.get("board_two")
    return _BOARDS.get(board, board) if board else None


Near = Sequence[tuple[Mention[Name], int]]


def _before(doc: Document, words: Mention[tuple[str, str | None]], near: Near) -> Iterator[tuple[int, Span]]:
    """The firms in front of the words, with their lists (A、B入选)."""
    sentence = doc.sentence_at(words.start)
    behind: int | None = None
    for mention, company in reversed([f for f in near if f[0].end <= words.start and f[0].start >= sentence.start]):
        between = doc.view[mention.end : words.start if behind is None else behind]
        if behind is None and (len(between) > _REACH or between.count("，") > 1):
            return
        if behind is not None and between not in ("、", "和", "与", "及"):
            return
        yield company, Span(mention.start, words.end)
        behind = mention.start


def _behind(doc: Document, words: Mention[tuple[str, str | None]], near: Near) -> Iterator[tuple[int, Span]]:
    """The firms behind the words, with their lists (引进了A、B)."""
    last: int | None = None
    for mention, company in (f for f in near if f[0].start >= words.end):
        between = doc.view[words.end if last is None else last : mention.start]
        if last is None and (len(between) > 12 or any(mark in between for mark in "，。；\n")):
            return
        if last is not None and between not in ("、", "和", "与", "及", "项目和"):
            return
        yield company, Span(words.start, mention.end)
        last = mention.end
