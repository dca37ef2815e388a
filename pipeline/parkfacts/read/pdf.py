"""PDF by pdfium: characters with their boxes, columns and paragraphs from these; pages without text are recognized.

A page's text is taken where it can be one: of its characters at most one in ten may be private, replaced, or without a
known code. Otherwise, or where a picture covers a page without text, the page is recognized (:mod:`.ocr`) if the extra
is there.
"""

from __future__ import annotations

import threading
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from parkfacts.errors import Damaged, Encrypted, MissingExtra
from parkfacts.read import flow, ocr
from parkfacts.read.limits import Limits, Meter
from parkfacts.read.pages import Line, Page
from parkfacts.read.reading import Reading
from parkfacts.text import is_letter

GARBAGE = 0.1  # of a page's characters
FEW = 20  # characters on a page with a picture that say nothing (a stamp, a page number)
DPI = 200
HEAD = 1024  # bytes, in which a PDF says that it is one
SAVE = "open it in a PDF reader and print it to PDF anew"
_ONE_AT_A_TIME = threading.Lock()  # pdfium is not made for threads


class Look(NamedTuple):
    """A page, what its text is worth (``text``, ``garbage``, ``none``), and how many characters it has."""

    page: Page
    worth: str


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a PDF. Raises ``MissingExtra``, ``Encrypted``, ``Damaged`` or ``OverLimit``."""
    try:
        import pypdfium2
    except ImportError:
        advice = "pip install 'parkfacts[pdf]', or save its text as a .txt file"
        raise MissingExtra(name, "a PDF, for which pypdfium2 is not installed", advice) from None
    if b"%PDF" not in data[:HEAD]:
        raise Damaged(
            name,
            "no PDF, whatever it is called: it does not begin with %PDF",
            "name it by what it is: .txt, .html, .docx …",
        )
    meter = Meter(limits, name)
    _check_streams(data, meter)
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _refused(name, str(error)) from None
        try:
            return _read(document, name, meter)
        finally:
            document.close()


def _refused(name: str, message: str) -> Encrypted | Damaged:
    if "password" in message.lower():
        return Encrypted(name, "encrypted, it opens with a password only", "save it without a password")
    return Damaged(name, f"no readable PDF ({message})", SAVE)


def _check_streams(data: bytes, meter: Meter) -> None:
    """Unpacks the streams to nowhere, within the bounds, before pdfium unpacks them without any."""
    at = data.find(b"stream")
    while at >= 0:
        start = at + len(b"stream")
        start += 2 if data[start : start + 2] == b"\r\n" else 1
        if data[start : start + 1] in (b"\x78", b"\x48", b"\x58", b"\x68"):
            _unpack(memoryview(data)[start:], meter, at)
        at = data.find(b"stream", start)


def _unpack(data: memoryview, meter: Meter, at: int) -> None:
    stream, rest = zlib.decompressobj(), bytes(data[: 1 << 16])
    taken = len(rest)
    try:
        while rest and not stream.eof:
            meter.spend("bytes", len(stream.decompress(rest, 1 << 20)), f"the stream at byte {at}")
            rest = stream.unconsumed_tail
            if not rest:
                rest = bytes(data[taken : taken + (1 << 16)])
                taken += len(rest)
    except zlib.error:
        return  # no such stream, or a damaged one: pdfium takes what can be had


def _read(document: Any, name: str, meter: Meter) -> Reading:
    meter.check("pages", len(document))
    if not len(document):
        raise Damaged(name, "a PDF without pages", SAVE)
    warnings: list[str] = []
    looks = [_look(document, n, meter, name, warnings) for n in range(len(document))]
    if not any(look.worth == "text" for look in looks):
        _need_recognition(looks, name)
    pages = [_recognized(document, look, meter, warnings) for look in looks]
    return flow.reading(pages, warnings)


def _need_recognition(looks: Sequence[Look], name: str) -> None:
    if any(look.worth in ("garbage", "picture") for look in looks):
        bad = any(look.worth == "garbage" for look in looks)
        ocr.require(name, "a PDF whose text is no text" if bad else "a PDF of pictures, without text")


def _look(document: Any, n: int, meter: Meter, name: str, warnings: list[str]) -> Look:
    import pypdfium2

    from parkfacts.read import glyphs, hidden, ruled, strokes

    where = f"page {n + 1}"
    try:
        page = document[n]
    except pypdfium2.PdfiumError:
        warnings.append(f"{where} cannot be read and is left out")
        return Look(Page(n + 1, 0, 0, ()), "none")
    try:
        text = page.get_textpage()
        meter.spend("chars", text.count_chars(), where)
        every = list(glyphs.glyphs(page, text))
        found = hidden.shown(page, text, every)
        if unseen := sum(not one.char.isspace() for one in every) - sum(not one.char.isspace() for one in found):
            warnings.append(f"{where}: {unseen} characters that it does not show are left out")
        width, height = page.get_size()
        lines = ruled.lines(found, strokes.strokes(page, glyphs.turned(page)), meter, where)
        return Look(Page(n + 1, width, height, lines), _worth(found, page))
    finally:
        page.close()


def _worth(found: Sequence[Any], page: Any) -> str:
    said = [one for one in found if not one.char.isspace()]
    if len(said) < FEW and _has_picture(page):
        return "picture"
    if not said:
        return "none"
    bad = sum(not one.known or _is_garbage(one.char) for one in said)
    return "garbage" if bad > GARBAGE * len(said) else "text"


def _is_garbage(char: str) -> bool:
    """Private, replaced or control characters; Latin letters with marks are bytes of GBK that were taken for them."""
    if is_letter(char) and char > "\xff":
        return False
    odd = unicodedata.category(char) in ("Co", "Cn", "Cc", "Cs")
    return odd or char == "\ufffd" or ("\xa1" <= char <= "\xff" and char not in "°±²³·×÷§")


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    return any(True for _ in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3))


def _recognized(document: Any, look: Look, meter: Meter, warnings: list[str]) -> Page:
    """The page, read from its picture where its text is none."""
    page, where = look.page, f"page {look.page.number}"
    if look.worth not in ("garbage", "picture"):
        return page
    why = "its text is no text" if look.worth == "garbage" else "it is a picture"
    if not ocr.installed():
        warnings.append(f"{where} is left out: {why}; pip install 'parkfacts[ocr]' reads it")
        return page._replace(lines=())
    meter.recognizes(where)
    lines = list(_scaled(document, page))
    warnings += [f"{where} is recognized: {why}", *ocr.warnings(lines, where)]
    return page._replace(lines=lines)


def _scaled(document: Any, page: Page) -> Iterator[Line]:
    scale = min(DPI / 72, ocr.MOST_SIDE / max(page.width, page.height, 1))
    drawn = document[page.number - 1].render(scale=scale, may_draw_forms=False)
    try:
        found = ocr.lines(drawn.to_numpy()[:, :, :3])
    finally:
        drawn.close()
    for line in found:
        x0, y0, x1, y1 = (edge / scale for edge in line.box)
        yield line._replace(box=(x0, y0, x1, y1), size=line.size / scale)
