"""Markdown: the text is the file's, decoded; what is markup in it is marked, and left out of what is read.

The structure is markdown-it's. Each line is a place (``line 12``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown_it import MarkdownIt

from parkfacts.read.encoding import decode
from parkfacts.read.limits import Limits, Meter
from parkfacts.read.reading import Mark, Place, Reading

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_HEAD = re.compile(r"(?:[ \t]*>[ \t]?)*(?:[ \t]*#{1,6}[ \t]+|[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?")
_TAIL = re.compile(r"(?:(?<![ \t])|(?<=>[ \t]))[ \t]++#++[ \t]*+$|(?:(?<![ \t])[ \t]++)?\\$")
_RULE = re.compile(
    r"[ \t>]*+(?:(?:[-*_][ \t]*+){3,}+|=++[ \t]*+|-++[ \t]*+"
    r"|\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+)"
)
_EDGE = re.compile(r"^[ \t]*\||\|[ \t]*$")
_TARGET = r"\((?:[^()\n]|\([^()\n]*+\))*+\)"  # of a link, with brackets one in another
_INLINE = re.compile(
    r"(\\)[!-/:-@\[-`{-~]|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|~~|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`+"
    rf"|!\[[^\]\n]{{0,300}}\]{_TARGET}|\[(?=[^\]\n]{{1,300}}\]\()|\]{_TARGET}"
    r"|<!--(?:[^-<\n]|-(?!->)|<(?!!--))*+-->|</?[A-Za-z][^<>\n]{0,300}>"
)
_CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
_FRONT = re.compile(r"---[ \t]*\r?\n(?:[^\r\n]*\r?\n){0,100}?---[ \t]*(?=\r|\n|\Z)")


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The file's text, its blocks by their lines. Raises ``BinaryFile``, ``Undecodable`` or ``OverLimit``."""
    text, encoding = decode(data, name)
    meter = Meter(limits, name)
    meter.check("chars", len(text))
    lines = list(_lines(text))
    meter.check("chars", 0)
    roles = _roles(text, len(lines))
    meter.check("chars", 0)
    marks = [mark for at, line in enumerate(lines) for mark in _marks(text, lines, at, roles)]
    places = tuple(Place(line.start, line.end, f"line {n}") for n, line in enumerate(lines, 1) if line.shown)
    return Reading(text, encoding, places, True, (), tuple(_apart(marks)))


class Line(NamedTuple):
    """A line's range, without and with its end, and what it shows."""

    start: int
    end: int
    next: int
    shown: str


def _lines(text: str) -> Iterator[Line]:
    for match in _LINE.finditer(text):
        if match.end() > match.start():
            yield Line(match.start(), match.end(1), match.end(), match[1].strip())


def _roles(text: str, count: int) -> list[str]:
    """By line, the kind of block that it belongs to; ``go on`` for a paragraph's further lines."""
    roles = [""] * count
    front = _FRONT.match(text)
    hidden = text.count("\n", 0, front.end()) + 1 if front else 0
    parser = MarkdownIt("commonmark").enable("table").disable("inline", ignoreInvalid=True)
    # blanks instead of the front matter, so that lines keep their numbers
    body = "\n" * (hidden - 1) + text[front.end() :] if front else text
    for token in parser.parse(body):
        if token.map is not None and token.type in _ROLES:
            first, last = token.map
            for at in range(first, min(last, count)):
                roles[at] = "go on" if token.type == "paragraph_open" and at > first else _ROLES[token.type]
    roles[:hidden] = ["markup"] * hidden
    if "heading" in roles and "body" not in roles[: roles.index("heading")]:
        roles[roles.index("heading")] = "title"
    return roles


_KINDS = ("title", "heading", "table row")
_ROLES = {"heading_open": "heading", "paragraph_open": "body", "tr_open": "table row", "hr": "markup", "fence": "code",
          "code_block": "code", "html_block": "html", "table_open": "table"}  # fmt: skip


def _marks(text: str, lines: list[Line], at: int, roles: list[str]) -> Iterator[Mark]:
    line, role = lines[at], roles[at]
    if not line.shown:
        return
    if role == "markup" or (role in ("table", "heading", "title") and _RULE.fullmatch(text, line.start, line.end)):
        yield Mark(line.start, line.next, "markup")
        return
    if role == "code":
        if line.shown.startswith(("```", "~~~")):
            yield Mark(line.start, line.next, "markup")
        return
    if role == "go on" and at and _flows(text, lines[at - 1], line):
        yield Mark(lines[at - 1].end, line.start, "markup")
    yield from (Mark(*span, "markup") for span in _signs(text, line, role))
    if role in _KINDS:
        yield Mark(line.start, line.end, role)


def _flows(text: str, before: Line, line: Line) -> bool:
    """Whether a paragraph goes on over a line end, without a hard break or words of another script."""
    hard = text[max(before.end - 2, before.start) : before.end] == "  " or text[before.end - 1] == "\\"
    left, right = text[before.end - 1], text[line.start]
    foreign = (left.isascii() and left.isalpha()) or (right.isascii() and right.isalpha())
    return not hard and not foreign and bool(_CHINESE.match(left) or _CHINESE.match(right))


def _signs(text: str, line: Line, role: str) -> Iterator[tuple[int, int]]:
    """Where markup stands in a line."""
    body = text[line.start : line.end]
    head = _HEAD.match(body)
    start = head.end() if head else 0
    if start:
        yield line.start, line.start + start
    patterns = (_INLINE, _TAIL, _EDGE) if role == "table row" else (_INLINE, _TAIL)
    for pattern in patterns:
        for match in pattern.finditer(body, start):
            escape = pattern is _INLINE and match[1] is not None
            end = match.start() + 1 if escape else match.end()  # what is escaped stays
            if end > match.start():
                yield line.start + match.start(), line.start + end


def _apart(marks: list[Mark]) -> Iterator[Mark]:
    """The marks in their order; those of markup do not overlap."""
    end = 0
    for mark in sorted(marks):
        if mark.kind != "markup":
            yield mark
        elif mark.end > end:
            yield mark._replace(start=max(mark.start, end))
            end = mark.end
