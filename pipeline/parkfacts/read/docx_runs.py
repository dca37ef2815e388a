"""A paragraph's runs, with tracked changes accepted, fields by their results, and text boxes once."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def w(tag: str) -> str:
    """A name in Word's own namespace."""
    return f"{{{W}}}{tag}"


_GONE = frozenset(w(tag) for tag in ("del", "moveFrom", "pPr", "rPr", "sectPr", "instrText", "delText", "delInstrText"))
_SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("ptab"): "\t"}
_TEXT, _RUN, _FIELD, _BOX = w("t"), w("r"), w("fldChar"), w("txbxContent")


class Paragraph(NamedTuple):
    """The numbered runs of a paragraph, its text boxes, and whether its end is deleted, so that the next goes on."""

    runs: list[tuple[int, str]]
    boxes: list[etree._Element]
    goes_on: bool

    @property
    def text(self) -> str:
        """All runs."""
        return "".join(text for _, text in self.runs)


class _Walk:
    def __init__(self) -> None:
        self.runs: list[tuple[int, str]] = []
        self.boxes: list[etree._Element] = []
        self.count = 0
        self.codes: list[bool] = []  # of the open fields: whether we are in the code

    def walk(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag in _GONE or not isinstance(tag, str):
                continue
            if tag == _RUN:
                self.run(child)
            elif (chosen := choice(child)) is not None:
                self.walk(chosen)
            elif tag == _BOX:
                self.boxes.append(child)
            else:
                self.walk(child)

    def run(self, run: etree._Element) -> None:
        self.count += 1
        at = self.count
        hidden = run.find(f"{w('rPr')}/{w('vanish')}")
        if hidden is not None and hidden.get(w("val"), "1") not in ("0", "false", "off"):
            return
        said: list[str] = []
        for child in run:
            if child.tag == _FIELD:
                self.field(child.get(w("fldCharType"), ""))
            elif child.tag in (_TEXT, *_SIGNS):
                if not any(self.codes):
                    said.append((child.text or "") if child.tag == _TEXT else _sign(child))
            elif (chosen := choice(child)) is not None:
                self.walk(chosen)
            elif child.tag not in _GONE and isinstance(child.tag, str):
                self.walk(child)
        if text := "".join(said):
            self.runs.append((at, text))

    def field(self, what: str) -> None:
        """Keeps track of fields: of code and result only the result is seen."""
        if what == "begin":
            self.codes.append(True)
        elif what == "separate" and self.codes:
            self.codes[-1] = False
        elif what == "end" and self.codes:
            self.codes.pop()


def choice(element: etree._Element) -> etree._Element | None:
    """Of the same thing for newer and for older programs the first that there is; None for any other element."""
    if element.tag != f"{_MC}AlternateContent":
        return None
    for name in ("Choice", "Fallback"):
        if (found := element.find(f"{_MC}{name}")) is not None:
            return found
    return None


def _sign(element: etree._Element) -> str:
    return "" if element.get(w("type")) in ("page", "column") else _SIGNS[element.tag]


def paragraph(element: etree._Element) -> Paragraph:
    """What is seen of a paragraph."""
    walk = _Walk()
    walk.walk(element)
    goes_on = element.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None
    return Paragraph(walk.runs, walk.boxes, goes_on)
