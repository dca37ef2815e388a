"""What a file is by its bytes, whatever it is called; and, for formats that nothing reads, the way out."""

from __future__ import annotations

import io
import re
import zipfile

_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\x00", "program"),
)
# WebP, and BMP, whose two letters alone may begin a text
_PICTURE = re.compile(rb"RIFF.{4}WEBP|BM.{4}\0{4}", re.DOTALL)
_OLE = b"\xd0\xcf\x11\xe0"
_STREAMS = (("EncryptedPackage", "encrypted"), ("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint", "ppt"))
_PARTS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx"),
          ("META-INF/container.xml", "epub"), ("OFD.xml", "ofd"), ("content.xml", "odt"))  # fmt: skip
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]{0,200}\?>\s*+)?(?:<!--.{0,2000}?-->\s*+)?<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_UTF_16_HTML = re.compile(r"\s*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)

NAMES = {
    "pdf": "PDF",
    "image": "a picture (PNG, JPEG, TIFF, BMP, WebP or GIF)",
    "rtf": "RTF",
    "gzip": "a gzip archive",
    "7z": "a 7z archive",
    "rar": "a RAR archive",
    "sqlite": "an SQLite database",
    "program": "a program",
    "doc": "an old Word or WPS document (doc, wps)",
    "xls": "an old Excel workbook (xls)",
    "ppt": "an old presentation (ppt)",
    "office": "an old Office file",
    "docx": "a Word document (docx)",
    "xlsx": "an Excel workbook (xlsx)",
    "pptx": "a presentation (pptx)",
    "epub": "an EPUB book",
    "ofd": "OFD",
    "odt": "an OpenDocument file (odt, ods)",
    "html": "HTML",
    "zip": "a ZIP archive",
}
"""What messages call a format."""

_WAYS_OUT = {
    **dict.fromkeys(("doc", "rtf", "odt"), "open it in Word, WPS or LibreOffice and save it as .docx"),
    "xls": "open it in Excel, WPS or LibreOffice and save it as .xlsx",
    **dict.fromkeys(("ofd", "ppt", "pptx", "epub"), "export it as PDF, or save its text as a .txt file"),
    "zip": "parkfacts extract takes each document in it by itself; or unpack it",
    **dict.fromkeys(("gzip", "7z", "rar"), "unpack it, or pack it as .zip"),
}

SUFFIXES = {
    **dict.fromkeys((".mhtml", ".mht"), "mhtml"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp"), "image"),
    **dict.fromkeys((".gz", ".tgz", ".tar"), "gzip"),
    **dict.fromkeys((".doc", ".wps", ".dot"), "doc"),
    **dict.fromkeys((".xls", ".et"), "xls"),
    **dict.fromkeys((".ppt", ".dps"), "ppt"),
    **{f".{name}": name for name in ("pdf", "7z", "rar", "odt", "rtf", "epub", "pptx", "ofd", "zip")},
}
"""Formats by suffixes, where nothing reads them and the bytes do not tell: these are no plain text."""


def way_out(format: str) -> str:
    """What a person can do with a file that is not read."""
    return _WAYS_OUT.get(format, "save its text as a .txt file")


def format_of(data: bytes) -> str | None:
    """The format that the bytes tell, a key of ``NAMES`` or ``encrypted``; None for text."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _packed(data)
    if data.startswith(_OLE):
        return next((format for stream, format in _STREAMS if stream.encode("utf-16-le") in data), "office")
    if _HTML.match(data) or (data[:2] in (b"\xff\xfe", b"\xfe\xff") and _UTF_16_HTML.match(_start(data))):
        return "html"
    if _PICTURE.match(data):
        return "image"
    return next((format for head, format in _MAGIC if data.startswith(head)), None)


def _start(data: bytes) -> str:
    return data[:1024].decode("utf-16", "ignore")


def _packed(data: bytes) -> str:
    """What a ZIP archive is by its members; by the first of them where its list is lost."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return next((format for part, format in _PARTS[:3] if part.encode() in data), "zip")
    if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return "docx"
    return next((format for part, format in _PARTS if part in names), "zip")
