"""Word documents, changed within their members."""

from __future__ import annotations

import random

from fuzz.mutate import of_package
from fuzz.target import Target
from fuzz.targets._reading import reports, source
from hostile import docx, p

TAGS = tuple(
    b"<w:p> </w:p> <w:r> </w:r> <w:t> </w:t> <w:tbl> </w:tbl> <w:tr> <w:tc> </w:tc> <w:tab/> <w:br/> "
    b"<w:sdt><w:sdtContent> <w:ins> <w:del> <w:txbxContent> <w:vMerge/> <w:instrText> &#x1F600; &amp;".split(b" ")
)
TAGS += (
    b'<w:gridSpan w:val="99999"/>', b'<w:gridSpan w:val="-1"/>', b'<w:vMerge w:val="restart"/>',
    b'<w:numPr><w:ilvl w:val="9"/><w:numId w:val="1"/></w:numPr>', b'<w:pStyle w:val="a"/>',
    b'<w:fldChar w:fldCharType="begin"/>', b'<w:fldChar w:fldCharType="end"/>', b'<w:sym w:char="F0B7"/>',
    b'<w:sym w:char="zz"/>', b'<w:outlineLvl w:val="x"/>', b'<w:start w:val="99999999999"/>', b'<w:basedOn w:val="a"/>',
)  # fmt: skip
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {_W}>
<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="b"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="b"><w:name w:val="Title"/></w:style></w:styles>"""
NUMBERING = f"""<w:numbering {_W}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
NOTES = f'<w:footnotes {_W}><w:footnote w:id="2">{p("注：含税")}</w:footnote></w:footnotes>'
STYLED = (
    '<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    '<w:r><w:t>章</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
)
PARTS: dict[str, bytes | str] = {
    "word/styles.xml": STYLES, "word/numbering.xml": NUMBERING, "word/footnotes.xml": NOTES,
}  # fmt: skip


def one(data: bytes) -> None:
    source(data, ".docx")


def seeds() -> list[bytes]:
    lines = [line for line in reports(1)[0].split("\n") if line][:4]
    cells = "".join(f"<w:tc><w:tcPr>{TAGS[-12].decode()}</w:tcPr>{p(text)}</w:tc>" for text in ("产值", "12亿元", "3%"))
    table = f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    return [docx(STYLED + "".join(map(p, lines)) + table, PARTS), docx(p(lines[0]))]


def _mutate(data: bytes, rng: random.Random) -> bytes:
    return of_package(data, rng, TAGS)


TARGET = Target("docx", one, seeds, _mutate)
