"""The numbers that Word writes in front of paragraphs (一、 （二） 3.1): they are counted, not written in the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from parkfacts.read.docx_runs import w
from parkfacts.read.docx_styles import Styles, number_of
from parkfacts.read.package import Package

_SLOT = re.compile(r"%([1-9])")
_LEVELS = 9
_DIGITS = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_MOST = 9999


class Level(NamedTuple):
    """How a level counts: from where, in what numerals, in what words (``第%1章``)."""

    start: int = 1
    format: str = "decimal"
    text: str = "%1."


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, list[int]] = {}
        if "word/numbering.xml" in package:
            root = package.xml("word/numbering.xml")
            for abstract in root.findall(w("abstractNum")):
                self._levels[abstract.get(w("abstractNumId"), "")] = dict(map(_level, abstract.findall(w("lvl"))))
            for one in root.findall(w("num")):
                told = one.find(w("abstractNumId"))
                self._lists[one.get(w("numId"), "")] = "" if told is None else told.get(w("val"), "")

    def label(self, paragraph: etree._Element) -> str:
        """The number of a paragraph, which is counted by asking; "" for one that has none, or only a dot."""
        number = number_of(paragraph) or self._styles.of(paragraph).number
        abstract = None if number is None else self._lists.get(number[0])
        levels = self._levels.get(abstract or "")
        if number is None or abstract is None or not levels:
            return ""
        counts = self._counts.setdefault(abstract, [0] * _LEVELS)
        at = number[1]
        counts[at] = counts[at] + 1 if counts[at] else levels.get(at, Level()).start
        counts[at + 1 :] = [0] * (_LEVELS - at - 1)
        own = levels.get(at, Level())
        if own.format in ("bullet", "none"):
            return ""
        return _SLOT.sub(lambda slot: self._numeral(levels, counts, int(slot[1]) - 1), own.text)

    @staticmethod
    def _numeral(levels: dict[int, Level], counts: list[int], at: int) -> str:
        level = levels.get(at, Level())
        return numeral(counts[at] or level.start, level.format)


def _level(element: etree._Element) -> tuple[int, Level]:
    def value(tag: str, usual: str) -> str:
        told = element.find(w(tag))
        return usual if told is None else told.get(w("val"), usual)

    at, start = element.get(w("ilvl"), "0"), value("start", "1")
    return (
        int(at) if at.isdigit() and len(at) == 1 else 0,
        Level(
            int(start) if start.isdigit() and len(start) < 5 else 1, value("numFmt", "decimal"), value("lvlText", "")
        ),
    )


def numeral(number: int, format: str) -> str:
    """A number in one of Word's formats; in digits for the others."""
    write = _FORMATS.get(format)
    return write(number) if write is not None and 0 < number <= _MOST else str(number)


def _chinese(number: int) -> str:
    text = ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        text += f"{_DIGITS[digit]}{unit}" if digit else "零" if text and not text.endswith("零") else ""
    text = text.rstrip("零")
    return text.removeprefix("一") if 10 <= number < 20 else text


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        text += sign * (number // value)
        number %= value
    return text


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"), _chinese),
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
}
