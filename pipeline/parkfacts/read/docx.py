"""DOCX over its XML: what Word shows with all tracked changes accepted, each run with its place.

Paths: ``paragraph 3, run 2``, ``table 1, row 2, cell 3``, ``paragraph 3 > text box 1 > paragraph 1, run 1``,
``footnote 2 > paragraph 1, run 1``, ``header 1 > …``. Paragraphs count from 1 within their body, cell, box or note,
empty ones too; runs within their paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from parkfacts.errors import Damaged
from parkfacts.read.docx_numbers import Numbering
from parkfacts.read.docx_runs import Paragraph, choice, paragraph, w
from parkfacts.read.docx_styles import Styles
from parkfacts.read.limits import Limits, Meter
from parkfacts.read.maker import Cell, Maker, again, is_data, one_line, spread
from parkfacts.read.package import Package
from parkfacts.read.reading import Reading

_OFFICE = "relationships/officeDocument"
_NOTES = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The body, then notes, then headers and footers (marked as running heads). Raises ``Damaged``, ``Encrypted`` or
    ``OverLimit``."""
    meter = Meter(limits, name)
    package = Package(data, meter)
    main = _main(package)
    body = package.xml(main).find(w("body"))
    if body is None:
        raise Damaged(name, f"no body in {main}", "open it in Word or WPS and save it again")
    writer = _Writer(package, meter)
    writer.blocks(body, "")
    for part, what in _NOTES:
        if part in package:
            writer.notes(package.xml(part), what)
    for what in ("header", "footer"):
        parts = sorted(p for p in package.members if p.startswith(f"word/{what}") and p.endswith(".xml"))
        for n, part in enumerate(parts, 1):
            writer.blocks(package.xml(part), f"{what} {n} > ", "running head")
    return writer.maker.reading(list(writer.warnings()))


def _main(package: Package) -> str:
    """The part that holds the body, which is not always called by its usual name."""
    if "_rels/.rels" in package:
        for relation in package.xml("_rels/.rels"):
            target: str = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith(_OFFICE) and target in package:
                return target
    return "word/document.xml"


class _Writer:
    def __init__(self, package: Package, meter: Meter) -> None:
        self.package, self.meter, self.maker = package, meter, Maker(meter)
        self.styles = Styles(package)
        self.numbering = Numbering(package, self.styles)

    def warnings(self) -> Iterator[str]:
        """What the file has that is not read."""
        if "word/vbaProject.bin" in self.package:
            yield "the document has macros, which are neither read nor run"

    def notes(self, root: etree._Element, what: str) -> None:
        """The footnotes or endnotes, by their numbers in the text."""
        shown = (note for note in root if note.get(w("type")) not in _SEPARATORS)
        for n, note in enumerate(shown, 1):
            self.blocks(note, f"{what} {n} > ")

    def blocks(self, parent: etree._Element, at: str, kind: str | None = None) -> None:
        """Paragraphs and tables, in their order; ``at`` is the path of what holds them."""
        paragraphs = tables = 0
        for block in _blocks(parent):
            if block.tag == w("p"):
                paragraphs += 1
                self.paragraph(block, f"{at}paragraph {paragraphs}", kind)
            else:
                tables += 1
                self.table(block, f"{at}table {tables}", kind)
        self.maker.end(kind)

    def paragraph(self, element: etree._Element, path: str, kind: str | None) -> None:
        """A paragraph, and the text boxes that hang on it behind it."""
        style = self.styles.of(element)
        made = paragraph(element)
        if not style.contents:
            self.line(made, path, self.numbering.label(element), kind or style.kind)
        for n, box in enumerate(made.boxes, 1):
            self.maker.end(kind)
            self.blocks(box, f"{path} > text box {n} > ", kind)

    def line(self, made: Paragraph, path: str, label: str, kind: str | None) -> None:
        """The runs of a paragraph; one whose end is deleted goes on in the next."""
        if label and made.text.strip():
            self.maker.write(label, f"{path}, number")
        for n, text in made.runs:
            for i, part in enumerate(text.split("\n")):
                if i:
                    self.maker.end(kind)
                self.maker.write(part, f"{path}, run {n}")
        if not made.goes_on:
            self.maker.end(kind)

    def table(self, table: etree._Element, path: str, kind: str | None) -> None:
        """Its rows, or what stands in its cells where it is a frame around prose."""
        rows = [row for row in _within(table, w("tr")) if not _deleted(row)]
        cells = [[cell for cell in _within(row, w("tc")) if not _merged_away(cell)] for row in rows]
        self.meter.spend("cells", sum(map(len, cells)), path)
        lines = list(self._lines(cells, path))
        nested = any(next(cell.iter(w("tbl"), w("txbxContent")), None) is not None for row in cells for cell in row)
        if is_data(lines) and not nested:
            for line in spread(lines, self.meter):
                self.maker.row(line, kind)
            return
        for n, row in enumerate(cells, 1):
            for m, cell in enumerate(row, 1):
                self.blocks(cell, f"{path}, row {n}, cell {m} > ", kind)

    def _lines(self, rows: list[list[etree._Element]], path: str) -> Iterator[list[Cell]]:
        above: dict[int, Cell] = {}  # by column: what goes on below
        for n, row in enumerate(rows, 1):
            line: list[Cell] = []
            for m, cell in enumerate(row, 1):
                column = sum(one.columns for one in line)
                text = one_line([paragraph(p).text for p in _blocks(cell) if p.tag == w("p")])
                made = Cell(text, f"{path}, row {n}, cell {m}", _span(cell))
                merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
                if merge is not None and merge.get(w("val"), "continue") != "restart" and column in above:
                    made = again(above[column])._replace(columns=made.columns)
                elif merge is not None:
                    above[column] = made
                else:
                    above.pop(column, None)
                line.append(made)
            yield line


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a body, cell or box, through what only wraps them."""
    for child in parent:
        if child.tag in (w("p"), w("tbl")):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)
        elif (chosen := choice(child)) is not None:
            yield from _blocks(chosen)


def _within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, through what only wraps them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)


_WRAPPERS = frozenset(w(tag) for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


def _deleted(row: etree._Element) -> bool:
    return row.find(f"{w('trPr')}/{w('del')}") is not None


def _merged_away(cell: etree._Element) -> bool:
    return cell.find(f"{w('tcPr')}/{w('cellDel')}") is not None


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    value = "" if span is None else span.get(w("val"), "")
    return min(max(int(value), 1), 1000) if value.isascii() and value.isdigit() and len(value) < 6 else 1
