"""Files that nobody should have to read, made in code: what each is called, its bytes, and what is to come of it.

``ROWS`` is the table: an error's class, or ``RECORD`` for a file that is odd and still gives a sound record. One
function makes each file's bytes; nothing hostile lies on a disk.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from parkfacts import errors

RECORD = None
TEXT = "2023年6月，岚渡高新区新引进企业12家，总投资3.5亿元。"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class Hostile(NamedTuple):
    """A file's name, what makes its bytes, and the error that is to come of it, or ``RECORD``."""

    name: str
    make: Callable[[], bytes]
    error: type[errors.ReadError] | None


def html(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def packed(members: dict[str, bytes | str], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", level) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, level)
    return file.getvalue()


def docx(body: str, more: dict[str, bytes | str] | None = None, head: str = "") -> bytes:
    document = f"<?xml version='1.0'?>{head}<w:document {_W}><w:body>{body}</w:body></w:document>"
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **(more or {})})


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx(rows: str, strings: str = "", head: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Override PartName="/xl/workbook.xml" '
            f'ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{kind}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{relations}/'
            'officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="Sheet1" '
            'sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )


def _inline(text: str, at: str = "A1") -> str:
    return f'<row r="{at.lstrip("ABCDEFX")}"><c r="{at}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def _ole(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(s.encode("utf-16-le") for s in streams)


def _bomb(depth: int = 0) -> bytes:
    data = bytes(64 * 2**20)
    made = packed({f"{n}.txt": data for n in range(1 if depth else 6)})
    for n in range(depth):
        made = packed({f"{n}.zip": made})
    return made


def _laughs(root: str) -> str:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE {root} [<!ENTITY a0 "{"园区" * 10}">{entities}]>'


def _flagged(data: bytes) -> bytes:
    """An archive whose members say that they are encrypted."""
    made = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := made.find(mark, start)) >= 0:
            made[start + at] |= 1
            start += 4
    return bytes(made)


def _lying(data: bytes) -> bytes:
    """An archive that says of its first member that it unpacks to ten bytes."""
    made = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", made, made.find(mark) + at, 10)
    return bytes(made)


def _spoiled(data: bytes) -> bytes:
    made = bytearray(data)
    for at in range(60, min(len(made) - 200, 900), 7):
        made[at] ^= 0x5A
    return bytes(made)


_DEEP = 100_000
_NAMES = ("../../a.txt", "/etc/b.txt", "c\nd/e.txt", "C:\\f.txt", "..", "g\x00h.txt")
_CELLS = "<tr>" + "<td>12</td>" * 1000 + "</tr>"
_EXTERNAL = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_REMOTE = '<!DOCTYPE w SYSTEM "http://192.0.2.1/never.dtd">'

ROWS = (
    # ---- what its name does not say
    Hostile("empty.html", lambda: b"", errors.EmptyFile),
    Hostile("blank.html", lambda: html(" <p>&nbsp;</p> "), errors.EmptyFile),
    Hostile("text.docx", lambda: TEXT.encode(), errors.Damaged),
    Hostile("text.xlsx", lambda: TEXT.encode(), errors.Damaged),
    Hostile("page.doc", lambda: html(f"<p>{TEXT}</p>"), RECORD),
    Hostile("page.txt", lambda: html(f"<p>{TEXT}</p>"), RECORD),
    Hostile("word.html", lambda: docx(p(TEXT)), RECORD),
    Hostile("word.txt", lambda: docx(p(TEXT)), RECORD),
    Hostile("sheet.docx", lambda: xlsx(_inline(TEXT)), RECORD),
    Hostile("program.html", lambda: b"\x7fELF" + bytes(2000), errors.UnreadFormat),
    Hostile("archive.docx", lambda: packed({"a.txt": TEXT}), errors.Damaged),
    Hostile("nul.html", lambda: html(f"<p>\0{TEXT[:9]}\0{TEXT[9:]}</p>"), RECORD),
    Hostile("nothing-but-nul.html", lambda: bytes(5000), errors.BinaryFile),
    Hostile("nul.md", lambda: b"# a\0b" + TEXT.encode(), errors.BinaryFile),
    # ---- old, encrypted, with macros
    Hostile("old.doc.txt", lambda: _ole("WordDocument"), errors.UnreadFormat),
    Hostile("old.docx", lambda: _ole("WordDocument"), errors.UnreadFormat),
    Hostile("rich.txt", lambda: b"{\\rtf1\\ansi a}", errors.UnreadFormat),
    Hostile("encrypted.docx", lambda: _ole("EncryptionInfo", "EncryptedPackage"), errors.Encrypted),
    Hostile("encrypted.xlsx", lambda: _ole("EncryptedPackage"), errors.Encrypted),
    Hostile("encrypted-members.docx", lambda: _flagged(docx(p(TEXT))), errors.Encrypted),
    Hostile("encrypted.zip", lambda: _flagged(packed({"a.txt": TEXT})), errors.Encrypted),
    Hostile("macros.docm", lambda: docx(p(TEXT), {"word/vbaProject.bin": b"\x00" * 99}), RECORD),
    # ---- bombs
    Hostile("bomb.zip", _bomb, errors.OverLimit),
    Hostile("nested-bomb.zip", lambda: _bomb(3), errors.OverLimit),
    Hostile("deep.zip", lambda: _nested(9), errors.OverLimit),
    Hostile("members.zip", lambda: packed({f"{n}.txt": "" for n in range(3000)}), errors.OverLimit),
    Hostile("bomb.docx", lambda: docx(p("园区" * 20_000_000)), errors.OverLimit),
    Hostile("bomb.xlsx", lambda: xlsx(_inline("0" * 60_000_000)), errors.OverLimit),
    Hostile("lying.docx", lambda: _lying(packed({"word/document.xml": "园区" * 9999})), errors.Damaged),
    Hostile("laughs.docx", lambda: docx(p("&a9;"), head=_laughs("w")), errors.Damaged),
    Hostile("laughs.xlsx", lambda: xlsx(_inline("&a9;"), head=_laughs("worksheet")), errors.Damaged),
    Hostile("laughs.html", lambda: (_laughs("html") + f"<html><body><p>{TEXT}&a9;</p></body></html>").encode(), RECORD),
    Hostile("external.docx", lambda: docx(p("&x;"), head=_EXTERNAL), errors.Damaged),
    Hostile("remote.docx", lambda: docx(p(TEXT), head=_REMOTE), errors.Damaged),
    Hostile("remote.html", lambda: html(f"<p>{TEXT}</p><img src=//192.0.2.1/a>", "<base href=//192.0.2.1>"), RECORD),
    # ---- large and deep
    Hostile("deep.html", lambda: html("<div>" * _DEEP + TEXT + "</div>" * _DEEP), errors.OverLimit),
    Hostile("deep-inline.html", lambda: html("<b><i>" * _DEEP + TEXT), errors.OverLimit),
    Hostile("deep.docx", lambda: docx("<w:sdt><w:sdtContent>" * 5000 + p(TEXT)), errors.OverLimit),
    Hostile("deep.md", lambda: b">" * _DEEP + TEXT.encode(), RECORD),
    Hostile("brackets.md", lambda: b"[" * _DEEP + b"\n\n" + TEXT.encode(), RECORD),
    Hostile("attribute.html", lambda: html(f'<p title="{"a" * 30_000_000}">{TEXT}</p>'), errors.OverLimit),
    Hostile("picture.html", lambda: html(f'<img src="data:image/png;base64,{"A" * 30_000_000}"><p>{TEXT}</p>'), RECORD),
    Hostile("cells.html", lambda: html(f"<table>{_CELLS * 1000}</table>"), errors.OverLimit),
    Hostile("cells.docx", lambda: docx(f"<w:tbl>{''.join(map(_row, range(1000)))}</w:tbl>"), errors.OverLimit),
    Hostile("cells.xlsx", lambda: xlsx("".join(_cells(n) for n in range(1, 1001))), errors.OverLimit),
    Hostile("far.xlsx", lambda: xlsx(_inline(TEXT, "XFD1048576")), RECORD),
    Hostile("spans.html", lambda: html(f"<table><tr><td colspan=9999999 rowspan=9999999>{TEXT}<td>1</table>"), RECORD),
    Hostile(
        "spans-down.html",
        lambda: html(f"<table><tr><td colspan=1000 rowspan=1000>{TEXT[7:14]}<td>1{'<tr><td>2' * 999}</table>"),
        errors.OverLimit,
    ),
    Hostile("characters.html", lambda: html("<p>园区企业</p>" * 1_300_000), errors.OverLimit),
    # ---- broken
    Hostile("cut.docx", lambda: docx(p(TEXT * 50))[:-40], errors.Damaged),
    Hostile("cut.xlsx", lambda: xlsx(_inline(TEXT))[:600], errors.Damaged),
    Hostile("cut.zip", lambda: packed({"a.txt": TEXT * 99})[:80], errors.Damaged),
    Hostile("cut.html", lambda: html(f"<p>{TEXT}</p><table><tr><td>园区")[:-17], RECORD),
    Hostile("spoiled.docx", lambda: _spoiled(docx(p(TEXT * 99))), errors.Damaged),
    Hostile("no-body.docx", lambda: packed({"word/document.xml": f"<w:document {_W}/>"}), errors.Damaged),
    Hostile("unclosed.docx", lambda: docx("<w:p><w:r><w:t>"), errors.Damaged),
    Hostile("number.xlsx", lambda: xlsx('<row r="1"><c r="A1"><v>x</v></c></row>'), errors.Damaged),
    Hostile("charset.html", lambda: html(f"<p>{TEXT}</p>", "<meta charset=utf-16>"), RECORD),
    Hostile("charset2.html", lambda: html(f"<p>{TEXT}</p>", "<meta charset=rot13>"), RECORD),
    # ---- names
    Hostile("a\nb.html", lambda: html(f"<p>{TEXT}</p>"), RECORD),
    Hostile(
        "names.zip",
        lambda: packed(dict.fromkeys(_NAMES, TEXT)),
        RECORD,
    ),
    Hostile("cells-unclosed.html", lambda: html("<p>" * 2_000_000), errors.OverLimit),
    Hostile("-o.md", lambda: TEXT.encode(), RECORD),
)  # fmt: skip


def _nested(depth: int) -> bytes:
    made = packed({"a.txt": TEXT})
    for n in range(depth):
        made = packed({f"{n}.zip": made})
    return made


def _cells(row: int) -> str:
    """A row of a sheet; its numbers differ, so that they do not pack too well."""
    return f'<row r="{row}">' + "".join(f"<c><v>{_odd(row, n)}</v></c>" for n in range(1000)) + "</row>"


def _row(row: int) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{p(_odd(row, n))}</w:tc>" for n in range(1000)) + "</w:tr>"


def _odd(row: int, n: int) -> str:
    return str((row * 1000 + n) * 2654435761 % 999_983)
