"""What paragraph styles say: titles, headings, contents, and numbering."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from parkfacts.read.docx_runs import w
from parkfacts.read.package import Package

_HEADING = re.compile(r"heading [1-9]|标题 ?[1-9]", re.IGNORECASE)
_TITLE = re.compile(r"title|标题", re.IGNORECASE)
_CAPTION = re.compile(r"caption|题注", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录) ?[1-9]", re.IGNORECASE)


class Style(NamedTuple):
    """A style's kind of block, whether it is of a table of contents (which repeats the headings), and its numbering
    (list, level)."""

    kind: str | None = None
    contents: bool = False
    number: tuple[str, int] | None = None


class Styles:
    """The paragraph styles of a document by their ids."""

    def __init__(self, package: Package) -> None:
        self._by_id: dict[str, Style] = {}
        if "word/styles.xml" in package:
            for style in package.xml("word/styles.xml").iter(w("style")):
                self._by_id[style.get(w("styleId"), "")] = _style(style)

    def of(self, paragraph: etree._Element) -> Style:
        """The style of a paragraph."""
        told = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        return Style() if told is None else self._by_id.get(told.get(w("val"), ""), Style())


def _style(element: etree._Element) -> Style:
    told = element.find(w("name"))
    name = "" if told is None else told.get(w("val"), "")
    kind = next((k for k, pattern in _KINDS if pattern.fullmatch(name)), None)
    return Style(kind, _CONTENTS.fullmatch(name) is not None, number_of(element))


_KINDS = (("title", _TITLE), ("heading", _HEADING), ("caption", _CAPTION))


def number_of(element: etree._Element) -> tuple[str, int] | None:
    """The list and the level that a paragraph or style belongs to."""
    told = element.find(f"{w('pPr')}/{w('numPr')}")
    if told is None:
        return None
    list_, level = told.find(w("numId")), told.find(w("ilvl"))
    id = "" if list_ is None else list_.get(w("val"), "")
    at = "0" if level is None else level.get(w("val"), "0")
    return (id, int(at)) if at in "012345678" and at else (id, 0)
