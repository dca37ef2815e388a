"""Which part of a page is the report: the block that holds nearly all text that is no link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from parkfacts.read.limits import Meter

SKIPPED = frozenset(
    "head script style noscript template svg math iframe object embed nav footer aside button select option textarea "
    "input video audio canvas map rt rp datalist dialog".split()
)
_CONTAINERS = frozenset("body div article main section table tbody tr td center form span font".split())
_PROSE = frozenset("p blockquote pre ul ol dl table h2 h3".split())
_MOST = 0.8  # of the text that is no link, in the block that is gone into
_NAME = 100  # characters of a page's name
_TITLE_FAR = 400  # characters between a page's head and its main block
_CREATED = re.compile(r"\bcreateTime\s*=\s*['\"](\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)['\"]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TOKENS = re.compile(
    r"(?:^|[\s_-])(?:share|bdshare\w*|jiathis\w*|social|qrcode|ewm|breadcrumbs?|crumbs?|position|toolbar|related|recommend|"
    r"comments?|copyright|foot\w*|bottom|pagination|pager|prevnext|sidebar|navbar|menu|advert\w*|ads?|login|search)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}[年/.-]\d")  # which may stand in a tool bar
_FURNITURE = 400  # characters: what is longer is no share bar, whatever it is called


class Weight(NamedTuple):
    """Characters of an element's text without the furniture in it, those of them in links, and its links."""

    text: int
    linked: int
    links: int

    @property
    def own(self) -> int:
        """Characters that are in no link."""
        return self.text - self.linked


class Pages:
    """A page: what is seen of it, and where its report stands."""

    def __init__(self, root: etree._Element, meter: Meter) -> None:
        self.root, self.meter = root, meter
        self._weights: dict[etree._Element, Weight] = {}
        self._paths: dict[etree._Element, str] = {}
        self._weigh()

    def _weigh(self) -> None:
        """Weighs every element and names it, in one walk."""
        counts: list[dict[str, int]] = [{}]
        sums: list[list[int]] = [[0, 0, 0]]
        skip: etree._Element | None = None
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            if event == "start":
                self._paths[element] = path = self._path(element, counts[-1])
                self.meter.check("depth", len(counts), path)
                if element.tag in ("td", "th"):
                    self.meter.spend("cells", 1, path)
                counts.append({})
                if skip is None and not self.shown(element):
                    skip = element
                size = 0 if skip is not None else len((element.text or "").strip())
                sums.append([size, 0, 0])
                continue
            counts.pop()
            size, linked, links = sums.pop()
            if skip is element:
                size = linked = links = 0
                skip = None
            if element.tag == "a":
                linked, links = size, links + 1
            self._weights[element] = Weight(size, linked, links)
            if self.furniture(element):
                size = linked = links = 0
            tail = 0 if skip is not None else len((element.tail or "").strip())
            for n, value in enumerate((size + tail, linked, links)):
                sums[-1][n] += value

    def _path(self, element: etree._Element, counts: dict[str, int]) -> str:
        tag = str(element.tag)
        count = counts[tag] = counts.get(tag, 0) + 1
        parent = element.getparent()
        above = "" if parent is None else self._paths[parent]
        return f"{above}/{tag}" if tag in ("html", "body") and count == 1 else f"{above}/{tag}[{count}]"

    def path(self, element: etree._Element) -> str:
        """An XPath that holds for this element alone."""
        return self._paths[element]

    def shown(self, element: etree._Element) -> bool:
        """Whether a reader of the page sees it."""
        if not isinstance(element.tag, str) or element.tag in SKIPPED or element.get("hidden") is not None:
            return False
        if element.get("aria-hidden") == "true":
            return False
        style = element.get("style")  # WeChat shows its articles by a script
        return not (style and element.get("id") != "js_content" and _HIDDEN.search(style[:1000]))

    def furniture(self, element: etree._Element) -> bool:
        """Whether it is a share bar, a list of links or the like."""
        weight = self._weights[element]
        if element.tag in ("body", "html") or weight.text > _FURNITURE:
            return False
        named = f"{element.get('class', '')[:300]} {element.get('id', '')[:100]}"
        if weight.text and _TOKENS.search(named):
            return True
        return weight.links >= 4 and weight.linked > 0.7 * weight.text

    def blocks(self) -> Iterator[etree._Element]:
        """The elements whose text is the report's, in order: what tells its title and date, and its main block."""
        main = self.main
        title = self._title(main)
        if title is not None:
            yield from self._between(title, main)
        yield main

    @cached_property
    def main(self) -> etree._Element:
        """The block that holds nearly all text."""
        return self._main()

    def published(self) -> tuple[str, str] | None:
        """When a WeChat article came out, and the path of the script that shows it; None where the page itself does."""
        shown = self.root.find(".//*[@id='publish_time']")
        if shown is None or self.main.get("id") != "js_content" or self._weights[shown].text:
            return None
        for script in self.root.iter("script"):
            if told := _CREATED.search(script.text or ""):
                return told[1], self.path(script)
        return None

    def _main(self) -> etree._Element:
        """WeChat's article, else the smallest block that holds nearly all text that is no link."""
        for element in self.root.iter("div"):
            if element.get("id") == "js_content" and self._weights[element].text:
                return element
        body = self.root.find("body")
        at = self.root if body is None else body
        while (inner := self._inner(at)) is not None:
            at = inner
        return at

    def _inner(self, at: etree._Element) -> etree._Element | None:
        whole = self._weights[at].own
        best: etree._Element | None = None
        for child in at:
            own = self._weights[child].own
            if own >= _MOST * whole and child.tag in _CONTAINERS:
                best = child
            elif own > 30 and child.tag in _PROSE:
                return None
        if best is None or best.tag in ("span", "font", "p") or (best.tag == "table" and not self._frame(best)):
            return None
        return best

    def _frame(self, table: etree._Element) -> bool:
        """Whether one cell of a table holds nearly all of it."""
        whole = self._weights[table].own
        return any(self._weights[cell].own >= _MOST * whole for cell in table.iter("td"))

    def _title(self, main: etree._Element) -> etree._Element | None:
        """The last element before the main block that says what the page is called, or else its last head of the first
        degree; None where the main block has one."""
        if main.tag == "h1" or next(main.iterdescendants("h1"), None) is not None:
            return None
        named = self.root.find("head/title")
        name = "" if named is None else _squeezed(named)[:_NAME]
        found: etree._Element | None = None
        told = False
        for element in self.root.iter():
            if element is main:
                break
            size = self._weights[element].text
            if 4 <= size <= _NAME and name and name.startswith(_squeezed(element)):
                found, told = element, True
            elif element.tag == "h1" and size and not told:
                found = element
        return found

    def _between(self, title: etree._Element, main: etree._Element) -> Iterator[etree._Element]:
        """The head, and the lines between it and the main block where they are few: who wrote it, and when."""
        above = {*main.iterancestors(), *title.iterancestors()}
        found, skipped = [title], set(title.iter())
        size = 0
        started = False
        for element in self.root.iter():
            if element is title:
                started = True
            elif element is main:
                break
            elif started and element not in skipped and element not in above:
                skipped.update(element.iter())
                if self.furniture(element) and not _DAY.search("".join(element.itertext())):
                    continue
                found.append(element)
                size += self._weights[element].text
        yield from found if size <= _TITLE_FAR else found[:1]


def _squeezed(element: etree._Element) -> str:
    return "".join("".join(element.itertext()).split())
