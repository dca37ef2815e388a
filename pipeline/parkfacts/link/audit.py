"""The completeness audit: every numeral that no fact holds, and why it is none where that is known.

A numeral inside an ordinary word of the dictionary (统一, 一些) is none; one inside an idiom is told as such. The
reasons are rows of ``rules/audit.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from parkfacts.rules.engine import data, guarded
from parkfacts.rules.openings import beginning
from parkfacts.segment import Document
from parkfacts.text import Span

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*%?|[零〇一二两三四五六七八九十百千万亿]+")
_SKIPPED = ("byline", "boilerplate")
_REACH = 24  # how far around a numeral a row looks


class Unclaimed(NamedTuple):
    """A numeral's range, and why it is no fact."""

    span: Span
    why: str | None


class _Reason(NamedTuple):
    why: str
    itself: re.Pattern[str] | None
    ahead: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    whole: re.Pattern[str] | None


def unclaimed(doc: Document, claimed: Sequence[tuple[int, int]]) -> Iterator[Unclaimed]:
    """The numerals of the kept text outside the sorted ``claimed`` ranges."""
    at = reach = 0
    for numeral in _NUMERAL.finditer(doc.view):
        start, end = numeral.span()
        while at < len(claimed) and claimed[at][0] <= start:
            reach = max(reach, claimed[at][1])
            at += 1
        if start < reach or doc.paragraph_at(start).kind in _SKIPPED:
            continue
        word = None if numeral.group().isascii() else _word_of(doc, start, end)
        if word is None or word in ("i", "l"):
            yield Unclaimed(Span(start, end), "idiom" if word else _why(doc.view, start, end))


def _word_of(doc: Document, start: int, end: int) -> str | None:
    """The tag of the word that a Chinese numeral is a part of; ``None`` where it stands alone, or counts."""
    words = doc.words_in(max(0, start - 3), end)
    for word in reversed(words):
        if word.start <= start and word.end >= end:
            inside = (word.start, word.end) != (start, end) and word.tag not in ("m", "x", "mq", "eng", "t")
            return word.tag if inside else None
    return None


def _why(view: str, start: int, end: int) -> str | None:
    for reason in _reasons()[view[end : end + 1]]:
        if reason.itself is not None and not reason.itself.fullmatch(view, start, end):
            continue
        if reason.behind is not None and not reason.behind.match(view, end):
            continue
        if reason.ahead is not None and not reason.ahead.search(view, max(0, start - _REACH), start):
            continue
        if reason.whole is None or reason.whole.match(view, start):
            return reason.why
    return None


class _Reasons(dict[str, tuple[_Reason, ...]]):
    """By the character behind a numeral, the reasons that it leaves; put together when it is first met."""

    def __missing__(self, behind: str) -> tuple[_Reason, ...]:
        self[behind] = tuple(reason for reason, first in _table() if first is None or first.match(behind))
        return self[behind]


@cache
def _reasons() -> _Reasons:
    return _Reasons()


@cache
def _table() -> list[tuple[_Reason, re.Pattern[str] | None]]:
    """The reasons in their order, each with what the words behind a numeral begin with, where that is told."""
    keys = ("itself", "ahead", "behind", "whole")
    made = []
    for row in data("audit")["reason"]:
        begins = beginning(row["behind"]) if "behind" in row else None
        patterns = (re.compile(guarded(row[key])) if key in row else None for key in keys)
        made.append((_Reason(row["why"], *patterns), re.compile(begins) if begins else None))
    return made
