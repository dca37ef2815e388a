"""The lines of an element: one a block, with tables as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from parkfacts.read.html_block import Pages
from parkfacts.read.limits import Meter
from parkfacts.read.maker import Cell, Maker, is_data, one_line, spread

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure form "
    "h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead "
    "tr ul legend".split()
)
_KINDS = {**dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"), "h1": "title", "figcaption": "caption"}
_BLANKS = re.compile(r"[ \t\r\n\f\xa0\u200b]+")
_WRAP = re.compile(  # of the page's source, within a Chinese sentence
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t\r]*\n\s*(?=[\d\u3000-\u9fff\uff00-\uffef])"
    r"|(?<=[\d%])[ \t\r]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_INDENT = re.compile(r"^[ \u3000]+")
_WIDEST = 1000  # columns or rows that a cell goes over, as in browsers


def write(element: etree._Element, maker: Maker, meter: Meter, pages: Pages) -> None:
    """Writes what is seen of an element."""
    _Writer(maker, meter, pages).write(element)


class _Writer:
    """A line in the making: its pieces and the block that it stands in."""

    def __init__(self, maker: Maker, meter: Meter, pages: Pages) -> None:
        self.maker, self.meter, self.pages = maker, meter, pages
        self.line: list[str] = []
        self.titled = False
        self.passed: set[etree._Element] = set()  # whose ends are still to come, and mean nothing

    def write(self, root: etree._Element) -> None:
        blocks = [root]  # the innermost is last
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if not self._enter(element, blocks):
                    walk.skip_subtree()
                    self.passed.add(element)
                continue
            if element in self.passed:
                self.passed.discard(element)
            elif element.tag == "br":
                self.flush(blocks[-1])
            elif element.tag in _BLOCKS and element is not root:
                self.flush(element)
                blocks.pop()
            if element is not root and element.tail:
                self._say(element.tail, blocks[-1])
        self.flush(root)

    def _enter(self, element: etree._Element, blocks: list[etree._Element]) -> bool:
        """Begins an element; False where it is done with, or not seen."""
        if not self.pages.shown(element) or (element is not blocks[0] and self.pages.furniture(element)):
            return False
        if element.tag == "table" and self._table(element, blocks[-1]):
            return False
        if element.tag in _BLOCKS and element is not blocks[0]:
            self.flush(blocks[-1])
            blocks.append(element)
        if element.text:
            self._say(element.text, blocks[-1])
        return True

    def _say(self, text: str, block: etree._Element) -> None:
        self.line.append(text if block.tag == "pre" else _WRAP.sub("", text))

    def flush(self, block: etree._Element) -> None:
        """Writes the line, as part of a block."""
        text = "".join(self.line)
        self.line.clear()
        lines = text.split("\n") if block.tag == "pre" else [text]
        for one in lines:
            if shown := _INDENT.sub("", _BLANKS.sub(" ", one).strip()).rstrip():
                self.maker.write(shown, self.pages.path(block))
                self.maker.end(self._kind(block))

    def _kind(self, block: etree._Element) -> str | None:
        kind = _KINDS.get(str(block.tag))
        if kind == "title":
            kind, self.titled = ("heading" if self.titled else "title"), True
        return kind

    def _table(self, table: etree._Element, block: etree._Element) -> bool:
        """Writes a table that holds data; False for one that is a frame."""
        if next(table.iterdescendants("table"), None) is not None:
            return False
        rows = [list(self._cells(row)) for row in table.iter("tr") if self.pages.shown(row)]
        if not is_data(rows):
            return False
        self.flush(block)
        for caption in table.iter("caption"):
            self.line.append("".join(caption.itertext()))
            self.flush(caption)
        for line in spread(rows, self.meter):
            self.maker.row(line)
        return True

    def _cells(self, row: etree._Element) -> Iterator[Cell]:
        for cell in row:
            if cell.tag in ("td", "th") and self.pages.shown(cell):
                text = one_line(list(_texts(cell, self.pages)))
                yield Cell(text, self.pages.path(cell), _count(cell, "colspan"), _count(cell, "rowspan"))


def _texts(cell: etree._Element, pages: Pages) -> Iterator[str]:
    """The lines of a cell."""
    line: list[str] = []
    hidden: etree._Element | None = None
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if element.tag in _BLOCKS or element.tag == "br":
            yield "".join(line)
            line.clear()
        if event == "start":
            if hidden is None and not pages.shown(element):
                hidden = element
            if hidden is None and element.text:
                line.append(element.text)
            continue
        if hidden is element:
            hidden = None
        if hidden is None and element is not cell and element.tail:
            line.append(element.tail)
    yield "".join(line)


def _count(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()[:6]
    return min(max(int(value), 1), _WIDEST) if value.isascii() and value.isdigit() else 1
