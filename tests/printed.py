"""Pages as newspapers print them, drawn with reportlab: one column or several, with running heads and page numbers."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

FONT = "STSong-Light"  # not embedded: readers have its codes, and any Chinese font of the system draws it
WIDTH, HEIGHT, MARGIN, GUTTER, SIZE, LEADING = 595.0, 842.0, 50.0, 22.0, 10.5, 16.0
_FORBIDDEN_AT_START = "，。、；：！？”）》%％"


def pdf(paragraphs: Sequence[str], columns: int = 1, head: str = "05版 要闻", bold: bool = False) -> bytes:
    """The paragraphs, the first as a headline over all columns."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    width = (WIDTH - 2 * MARGIN - (columns - 1) * GUTTER) / columns
    lines = [line for text in paragraphs[1:] for line in wrapped(text, width)]
    number, top = 1, HEIGHT - 130
    _furniture(page, head, number)
    page.setFont(FONT, 20)
    page.drawCentredString(WIDTH / 2, HEIGHT - 100, paragraphs[0])
    per = int((top - 70) // LEADING)
    if len(lines) < per * columns:
        per = -(-len(lines) // columns)
    column = row = 0
    for indented, text in lines:
        if row == per:
            column, row = column + 1, 0
        if column == columns:
            page.showPage()
            number, column, top = number + 1, 0, HEIGHT - 80
            _furniture(page, head, number)
            per = int((top - 70) // LEADING)
        page.setFont(FONT, SIZE)
        x, y = MARGIN + column * (width + GUTTER) + 2 * SIZE * indented, top - row * LEADING
        cells = text.split("\t")
        for n, cell in enumerate(cells):
            for dx in (0, 0.4) if bold else (0,):
                page.drawString(x + dx + n * width / len(cells), y, cell)
        row += 1
    page.showPage()
    page.save()
    return out.getvalue()


def page(stories: Sequence[tuple[Sequence[str], int, float, float, float]], byline: str = "") -> bytes:
    """One page with stories: paragraphs (the first a headline over all columns), columns, left edge, width, top. The
    byline stands below each headline."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    drawn = canvas.Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    for paragraphs, columns, left, width, top in stories:
        drawn.setFont(FONT, 15)
        drawn.drawCentredString(left + width / 2, top, paragraphs[0])
        drawn.setFont(FONT, SIZE)
        if byline:
            drawn.drawCentredString(left + width / 2, top - 20, byline)
            top -= 16
        narrow = (width - (columns - 1) * GUTTER) / columns
        lines = [line for text in paragraphs[1:] for line in wrapped(text, narrow)]
        per = -(-len(lines) // columns)
        for n, (indented, text) in enumerate(lines):
            column, row = divmod(n, per)
            x = left + column * (narrow + GUTTER) + 2 * SIZE * indented
            drawn.drawString(x, top - 28 - row * LEADING, text)
    drawn.showPage()
    drawn.save()
    return out.getvalue()


def ruled(
    before: str, rows: Sequence[Sequence[str]], widths: Sequence[float], after: str, spans: Sequence[tuple] = ()
) -> bytes:
    """A paragraph, a table with rules whose cells break their lines, and another paragraph. Spans are reportlab's."""
    from reportlab.lib.colors import black
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")
    prose = ParagraphStyle(
        "prose", fontName=FONT, fontSize=SIZE, leading=LEADING, wordWrap="CJK", firstLineIndent=2 * SIZE
    )
    cells = [[Paragraph(cell, style) for cell in row] for row in rows]
    table = Table(cells, widths, style=[("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    table.setStyle([("SPAN", *span) for span in spans])
    out = io.BytesIO()
    gap = Spacer(1, 10)
    SimpleDocTemplate(out, invariant=1).build([Paragraph(before, prose), gap, table, gap, Paragraph(after, prose)])
    return out.getvalue()


def _furniture(page: canvas.Canvas, head: str, number: int) -> None:
    page.setFont(FONT, 9)
    page.drawString(MARGIN, HEIGHT - 40, head)
    page.drawCentredString(WIDTH / 2, 36, f"- {number} -")


def wrapped(text: str, width: float) -> Iterator[tuple[bool, str]]:
    """Lines that fill the width; the first is indented, no mark stands at a line's start."""
    if "\t" in text:
        yield False, text
        return
    first, line = True, ""
    for char in text:
        room = width - (2 * SIZE if first else 0)
        if pdfmetrics.stringWidth(line + char, FONT, SIZE) > room and char not in _FORBIDDEN_AT_START:
            yield first, line
            first, line = False, ""
        line += char
    if line:
        yield first, line


def scan(data: bytes, dpi: int = 200) -> bytes:
    """The first page of a PDF as a scanner gives it: grey, a little askew and noisy."""
    import numpy
    import pypdfium2
    from PIL import Image

    picture = pypdfium2.PdfDocument(data)[0].render(scale=dpi / 72).to_pil().convert("L")
    picture = picture.rotate(0.3, resample=Image.Resampling.BICUBIC, fillcolor=255)
    grey = numpy.asarray(picture).astype("float32")
    noise = numpy.random.default_rng(1).normal(0, 8, grey.shape)
    out = io.BytesIO()
    Image.fromarray(numpy.clip(grey + noise, 0, 255).astype("uint8")).save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()


def strip(paragraphs: Sequence[str], kind: str) -> bytes:
    """The upper half of a page with a few lines, as a picture of a kind."""
    from PIL import Image

    picture = Image.open(io.BytesIO(scan(pdf(paragraphs), dpi=150)))
    out = io.BytesIO()
    picture.crop((0, 0, picture.width, picture.height // 3)).save(out, kind)
    return out.getvalue()


def picture_pdf(picture: bytes) -> bytes:
    """A PDF whose page is a picture."""
    from reportlab.lib.utils import ImageReader

    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    page.drawImage(ImageReader(io.BytesIO(picture)), 0, 0, WIDTH, HEIGHT)
    page.showPage()
    page.save()
    return out.getvalue()
