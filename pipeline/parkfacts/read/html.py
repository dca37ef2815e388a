"""HTML: the visible text of the main block, each line with the path of its element.

The charset is that of the byte order mark, of the page's ``meta``, or of the bytes, the first that decodes them all.
Nothing is loaded and no script runs.
"""

from __future__ import annotations

import codecs
import re

from lxml import etree

from parkfacts.errors import Damaged, OverLimit, ParkfactsError, unquoted
from parkfacts.read.encoding import decode
from parkfacts.read.html_block import Pages
from parkfacts.read.html_text import write
from parkfacts.read.limits import Limits, Meter
from parkfacts.read.maker import Maker
from parkfacts.read.reading import Reading

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*+=\s*+[\"']([A-Za-z0-9_.-]{2,30})")
_INLINE = re.compile(r"data:[a-z]+/[\w.+-]+;base64,[A-Za-z0-9+/=\s]{64,}")  # a picture within the page
_HEAD = 16384  # bytes in which a page tells its charset
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252", "ascii": "utf-8"}


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The main block's text. Raises ``Damaged``, ``OverLimit`` or ``Undecodable``."""
    meter = Meter(limits, name)
    text, warnings = _decoded(data, name)
    text = _INLINE.sub("", text)
    meter.check("elements", text.count("<") - text.count("</"))
    root = _parsed(text, name)
    pages = Pages(root, meter)
    maker = Maker(meter)
    for element in pages.blocks():
        if element is pages.main and (published := pages.published()) is not None:
            maker.write(*published)
            maker.end()
        write(element, maker, meter, pages)
    return maker.reading(warnings)


def _decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        head = data[:4096]
        if head.count(0) < len(head) // 4:  # no UTF-16 without a mark: stray NULs are no text
            data = data.replace(b"\x00", b"")
        told = _META.search(data, 0, _HEAD) or _XML.search(data, 0, _HEAD)
        codec = _codec(told[1].decode("ascii")) if told else None
        if codec is not None and not data.startswith(codecs.BOM_UTF8):
            try:
                return data.decode(codec), []
            except UnicodeDecodeError:
                pass  # the page is not in the charset that it tells
    try:
        return decode(data, name)[0], []
    except ParkfactsError as error:
        if data.isascii():
            raise
        guess = (codec if data[:2] not in (b"\xff\xfe", b"\xfe\xff") else None) or "utf-8"
        text = data.decode(guess, "replace")
        if text.count("\ufffd") > max(3, len(text) // 50):
            raise
        return text, [f"{text.count(chr(0xFFFD))} damaged characters: {str(error).removeprefix(f'{name}: ')}"]


def _codec(label: str) -> str | None:
    try:
        found = codecs.lookup(label).name
    except LookupError:
        return None
    if not codecs.lookup(found)._is_text_encoding or found.startswith(
        ("utf-16", "utf-32", "utf-7", "idna", "punycode")
    ):
        return None
    return _WIDER.get(found, found)


def _parsed(text: str, name: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged(name, f"no readable HTML ({unquoted(error)})", "save the page again") from None
    for entry in parser.error_log:
        if entry.level == etree.ErrorLevels.FATAL or "Excessive depth" in entry.message or "too big" in entry.message:
            problem = f"line {entry.line}: {entry.message.strip()}"
            raise OverLimit(name, problem, "save the page again, or its text as a .txt file")
    if root is None:
        raise Damaged(name, "HTML without an element", "save the page again")
    return root
