"""Text drawn character by character, so that what is marked in it is marked exactly, whatever font a reader has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple
from unicodedata import east_asian_width

SIZE, LINE = 16.0, 30.0
INK, SOFT, PAPER = "#1f2933", "#7b8794", "#ffffff"
COLOURS = {"date": "#b45309", "amount": "#1d6fb8", "company": "#0f766e", "milestone": "#9d174d", "join": "#c2410c"}


_FULL = "“”‘’—…→"
_RUN = re.compile(r"[!-~]+|[^!-~]+")


class Mark(NamedTuple):
    """A coloured range ``[start, end)`` of a text, with a word below it."""

    start: int
    end: int
    colour: str
    told: str = ""


def advance(char: str, size: float = SIZE) -> float:
    """How far a character reaches: Chinese ones an em, others about as in a sans-serif."""
    if char in _FULL or east_asian_width(char) in "WF":
        return size
    return size * (0.9 if char == "%" else 0.3 if char in ".,: il" else 0.66 if char.isupper() else 0.57)


def width(text: str, size: float = SIZE) -> float:
    """How far a text reaches."""
    return sum(advance(char, size) for char in text)


def wrapped(text: str, room: float, size: float = SIZE) -> Iterator[tuple[int, int]]:
    """The lines of a text within a width, as ranges of it."""
    start, at = 0, 0.0
    for piece in re.finditer(r"[!-~]+|.", text):  # a number is not broken
        step = width(piece[0], size)
        if at + step > room and piece[0] not in "，。；、”）":
            yield start, piece.start()
            start, at = piece.start(), 0.0
        at += step
    yield start, len(text)


def letters(x: float, y: float, text: str, *, fill: str = INK, size: float = SIZE, bold: bool = False) -> str:
    """A line: Chinese characters each at a place of its own, a run of others between its two ends."""
    drawn, at = [], x
    for run in _RUN.findall(text):
        reach = width(run, size)
        if run.isascii() and run.strip():
            place = f'x="{at:.1f}" textLength="{reach:.1f}"' if text != run else f'x="{at:.1f}"'
        else:
            place = f'x="{" ".join(f"{at + width(run[:n], size):.1f}" for n in range(len(run)))}"'
        drawn.append(f"<tspan {place}>{escape(run)}</tspan>")
        at += reach
    weight = ' font-weight="700"' if bold else ""
    return f'<text y="{y:.1f}" fill="{fill}" font-size="{size:g}"{weight}>{"".join(drawn)}</text>'


def label(x: float, y: float, text: str, fill: str = SOFT, size: float = 12) -> str:
    """Words in English, set by the reader's font."""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}" font-size="{size:g}">{escape(text)}</text>'


def box(x: float, y: float, wide: float, high: float, fill: str, stroke: str = "none") -> str:
    """A rectangle with soft corners."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="4" fill="{fill}" stroke="{stroke}"/>'
    )


def rule(x1: float, y1: float, x2: float, y2: float, colour: str, dash: str = "") -> str:
    """A line between two points."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M{x1:.1f} {y1:.1f} L{x2:.1f} {y2:.1f}" stroke="{colour}" stroke-width="1.6" fill="none"{dashed}/>'


def paragraph(
    x: float, y: float, text: str, room: float, marks: Sequence[Mark] = (), fill: str = INK
) -> tuple[str, float]:
    """A wrapped text with its marks, and how high it is; each mark's word stands below its first line."""
    drawn, line_height = [], LINE + (10 if any(mark.told for mark in marks) else 0)
    told: set[Mark] = set()
    for row, (start, end) in enumerate(wrapped(text, room)):
        base = y + row * line_height
        for mark in marks:
            first, last = max(mark.start, start), min(mark.end, end)
            if first < last:
                left = x + width(text[start:first])
                drawn.append(box(left, base - SIZE, width(text[first:last]), SIZE * 1.35, mark.colour + "2b"))
                if mark.told and mark not in told:
                    told.add(mark)
                    drawn.append(label(left, base + 18, mark.told, mark.colour, 11))
        drawn.append(letters(x, base, text[start:end], fill=fill))
    return "\n".join(drawn), (row + 1) * line_height


def picture(wide: float, high: float, title: str, drawn: Sequence[str]) -> str:
    """The whole as SVG, on white paper so that it is read in the dark too."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" height="{high:g}" '
        f"font-family=\"system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif\" role=\"img\">\n"
        f"<title>{escape(title)}</title>\n{box(0, 0, wide, high, PAPER)}\n" + "\n".join(drawn) + "\n</svg>\n"
    )
