"""Formats that are known by their first bytes or their suffix, so that a message can name them."""

from __future__ import annotations

_MAGIC = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP (docx, xlsx, pptx, wps and epub are such)"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"II*\x00", "TIFF image"),
    (b"MM\x00*", "TIFF image"),
    (b"\xd0\xcf\x11\xe0", "old Office file (doc, xls, ppt)"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip archive"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"Rar!", "RAR archive"),
    (b"SQLite format 3\x00", "SQLite database"),
    (b"\x7fELF", "program"),
)

SUFFIXES = {
    **dict.fromkeys((".html", ".htm", ".mhtml"), "HTML"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp"), "an image"),
    **dict.fromkeys((".zip", ".gz", ".7z", ".rar", ".tar"), "an archive"),
    **{f".{name}": name.upper() for name in ("pdf", "doc", "docx", "wps", "odt", "rtf", "epub")},
    **{f".{name}": name.upper() for name in ("xls", "xlsx", "ppt", "pptx", "ofd")},
}
"""Suffixes that are no plain text. A format leaves this table when it gets a reader."""


def known_format(data: bytes) -> str | None:
    """What the bytes are by how they begin, if they are one of the formats that are no plain text."""
    return next((name for head, name in _MAGIC if data.startswith(head)), None)
