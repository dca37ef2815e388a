"""Bytes to Source: encodings in their order, offsets kept, and one line for each thing that can go wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkfacts import errors, read
from parkfacts.read import sidecar

SIMPLIFIED = "2023年6月，开发区新引进企业12家，总投资3.5亿元。\n全区工业总产值同比增长8%，比上年提高2个百分点。\n"
TRADITIONAL = "2023年6月，開發區新引進企業12家，總投資3.5億元。\n全區工業總產值同比增長8%，比上年提高2個百分點。\n"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (SIMPLIFIED.encode(), SIMPLIFIED, "utf-8"),
        (b"\xef\xbb\xbf" + SIMPLIFIED.encode(), SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED.encode("utf-16"), SIMPLIFIED, "utf-16"),
        (b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"), SIMPLIFIED, "utf-16"),
        (SIMPLIFIED.encode("utf-16-le"), SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED.encode("utf-16-be"), SIMPLIFIED, "utf-16-be"),
        (SIMPLIFIED.encode("gbk"), SIMPLIFIED, "gbk"),
        (TRADITIONAL.encode("gbk"), TRADITIONAL, "gbk"),
        ((SIMPLIFIED + "㐂").encode("gb18030"), SIMPLIFIED + "㐂", "gb18030"),
        (TRADITIONAL.encode("big5"), TRADITIONAL, "big5"),
        ((TRADITIONAL + "恒裏").encode("cp950"), TRADITIONAL + "恒裏", "cp950"),
        (b"plain", "plain", "utf-8"),
    ],
)
def test_encoding(data: bytes, text: str, encoding: str) -> None:
    source = read.read_bytes(data, "a.txt")
    assert (source.text, source.encoding) == (text, encoding)
    assert data.decode(encoding) == text


@given(
    st.text("的园区企业在年月投资，。、\r\n 0123456789", min_size=20),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"]),
)
def test_text_survives(text: str, encoding: str) -> None:
    text = "园区的" + text
    source = read.read_bytes(text.encode(encoding), "a.txt")
    assert source.text == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\x0b", "\f"])
def test_line_ends_stay(end: str) -> None:
    text = f"一{end}二{end}{end}三"
    assert read.read_bytes(text.encode(), "a.txt").text == text


def test_only_the_first_mark_goes() -> None:
    assert read.read_bytes("\ufeff\ufeff园区".encode(), "a.txt").text == "\ufeff园区"


@pytest.mark.parametrize(
    ("data", "error", "offset", "told"),
    [
        (b"", errors.EmptyFile, 0, "0 bytes"),
        (" \r\n\u3000".encode(), errors.EmptyFile, 0, "6 bytes"),
        (b"{\\rtf1\\ansi", errors.UnreadFormat, 0, "RTF"),
        (b"7z\xbc\xaf\x27\x1c", errors.UnreadFormat, 0, "7z"),
        (b"Rar!\x1a\x07\x01\x00", errors.UnreadFormat, 0, "RAR"),
        ("园区".encode() + b"\x00\x01\x02", errors.BinaryFile, 6, "byte 6"),
        (b"\x00\x00\x00\x01abc", errors.BinaryFile, 0, "NUL"),
        (b"ab\x01c" * 9, errors.BinaryFile, 2, "byte 2"),
        (b"\xff\xfe\x00\xd8", errors.Undecodable, 2, "UTF-16-LE"),
        (SIMPLIFIED.encode() + b"\xff" + SIMPLIFIED.encode(), errors.Undecodable, len(SIMPLIFIED.encode()), "0xff"),
        (SIMPLIFIED.encode("gbk") + b"\xff\n" + SIMPLIFIED.encode("gbk"), errors.Undecodable,
         len(SIMPLIFIED.encode("gbk")), "GB18030"),
        (SIMPLIFIED.encode() + "园".encode()[:2], errors.Undecodable, len(SIMPLIFIED.encode()), "cut off"),
        ("Où est l'été, où est la fête déjà ?".encode("latin-1"), errors.Undecodable, 1, "UTF-8"),
        ("Промышленный парк, первая очередь.".encode("cp1251"), errors.Undecodable, 0, "UTF-8"),
    ],
)  # fmt: skip
def test_refused(data: bytes, error: type[errors.ReadError], offset: int, told: str) -> None:
    with pytest.raises(error) as caught:
        read.read_bytes(data, "reports/a.txt")
    message = str(caught.value)
    assert message.startswith("reports/a.txt: ") and "\n" not in message and told in message
    assert caught.value.offset == offset


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(errors.MissingFile, match=r"none\.txt: no such file"):
        read.read(tmp_path / "none.txt")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(errors.IsFolder, match="a folder"):
        read.read(tmp_path)


@pytest.mark.parametrize(
    ("name", "way_out"),
    [("a.doc", r"\.docx"), ("a.wps", r"\.docx"), ("a.rtf", r"\.docx"), ("a.XLS", r"\.xlsx"), ("a.rar", "zip")],
)
def test_format_that_is_not_read(tmp_path: Path, name: str, way_out: str) -> None:
    (tmp_path / name).write_text("<p>园区</p>", "utf-8")
    with pytest.raises(errors.UnreadFormat, match=f"{name}: .* not read; .*{way_out}"):
        read.read(tmp_path / name)


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: str) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(errors.Unreadable, match="Permission denied"):
        read.read(tmp_path / "a.txt")


def test_link_to_nothing_and_name_too_long(tmp_path: Path) -> None:
    link = tmp_path / "a.txt"
    link.symlink_to("gone.txt")
    for path in (link, tmp_path / ("长" * 200 + ".txt")):
        with pytest.raises(errors.ReadError):
            read.read(path)


@pytest.mark.parametrize("value", ["2023", "2023-10", "2024-02-29"])
def test_reference_date(value: str) -> None:
    assert sidecar.reference_date(value) == value


@pytest.mark.parametrize("value", ["", "23", "2023-13", "2023-02-29", "2023/10/08", "2023-1-1", "２０２３", 2023])
def test_no_reference_date(value: object) -> None:
    with pytest.raises(errors.BadMetadata, match="YYYY-MM-DD"):
        sidecar.reference_date(value)


def test_sidecar(tmp_path: Path) -> None:
    document, beside = tmp_path / "a.b.txt", tmp_path / "a.b.meta.json"
    assert sidecar.beside(document) is None
    beside.write_text('{"reference_date": "2023-10-08"}')
    assert sidecar.beside(document) == "2023-10-08"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"date": "2023"}', '{"reference_date": 2023}', "\xff"])
def test_bad_sidecar(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.meta.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(errors.BadMetadata) as caught:
        sidecar.beside(tmp_path / "a.txt")
    assert "a.meta.json: " in str(caught.value) and "\n" not in str(caught.value)
