"""PDF and pictures: order, paragraphs, places, clutter, and the same facts as the plain text gives."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
import pytest

import printed
from parkfacts import extract, read
from parkfacts.errors import Damaged, Encrypted, MissingExtra, OverLimit, ReadError
from parkfacts.facts import Report
from parkfacts.read import Limits, glyphs, ocr, place
from parkfacts.read.pages import Line
from parkfacts.text import Source

REPORT = Path(__file__).parents[1] / "corpus/dev/baihe-green-park/report.txt"
PARAGRAPHS = tuple(line.strip() for line in REPORT.read_text("utf-8").splitlines() if line.strip())
FONTS = any(True for _ in Path("/usr/share/fonts").rglob("*CJK*"))
needs_ocr = pytest.mark.skipif(
    find_spec("rapidocr") is None or not FONTS, reason="needs rapidocr (extra ocr) and a Chinese font (fonts-noto-cjk)"
)


def facts(report: Report) -> set[tuple[str, ...]]:
    """Types, names and values."""
    found = {("date", d.text, str(d.edtf), str(d.duration)) for d in report.dates}
    found |= {("amount", a.text, str(a.value), str(a.unit), str(a.indicator)) for a in report.amounts}
    for kind in ("companies", "organizations", "projects"):
        found |= {(kind, one.name) for one in getattr(report, kind)}
    return found | {("milestone", m.type, m.status, m.description) for m in report.milestones}


@cache
def expected() -> set[tuple[str, ...]]:
    return facts(extract(Source.from_text("\n".join(PARAGRAPHS))))


def source(data: bytes, name: str = "page.pdf") -> Source:
    return read.read_bytes(data, name, Path(name).suffix)


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("bold", [False, True])
def test_a_printed_report_gives_its_paragraphs_and_facts(columns: int, bold: bool) -> None:
    made = source(printed.pdf(PARAGRAPHS, columns, bold=bold))
    assert [line for line in made.text.splitlines() if line in PARAGRAPHS] == list(PARAGRAPHS)
    assert facts(extract(made)) == expected()


@pytest.mark.parametrize("columns", [1, 3])
def test_each_place_holds_the_characters_of_its_range(columns: int) -> None:
    data = printed.pdf(PARAGRAPHS * 2, columns)
    made = source(data)
    assert {one.page for one in made.places} == {1, 2}
    document = pypdfium2.PdfDocument(data)
    for one in made.places:
        assert one.box is not None and one.page is not None
        x0, y0, x1, y1 = one.box
        page = document[one.page - 1]
        held = page.get_textpage().get_text_bounded(x0 - 1, page.get_height() - y1, x1 + 1, page.get_height() - y0)
        assert "".join(made.text[one.start : one.end].split()) in "".join(held.split())


def test_stories_of_a_page_are_read_one_after_the_other() -> None:
    """Three columns over two stories side by side, one of them in two columns: no cut goes through the whole page."""
    story = {
        name: [
            PARAGRAPHS[0][:6] + name,
            *(f"{name}{n}：" + "园区里的企业继续做好自己的事情，" * 5 for n in range(many)),
        ]
        for name, many in (("甲", 6), ("乙", 6), ("丙", 5))
    }
    made = source(
        printed.page([(story["甲"], 3, 50, 495, 760), (story["乙"], 2, 50, 280, 480), (story["丙"], 1, 355, 190, 480)])
    )
    lines = [line for line in made.text.splitlines() if line]
    assert lines == [*story["甲"], *story["乙"], *story["丙"]]


def test_evidence_opens_its_page() -> None:
    report = extract(source(printed.pdf(PARAGRAPHS * 2, 2)))
    last = report.amounts[-1]
    assert [one.page for one in place(report, last.spans)]
    assert {one.page for a in report.amounts for one in place(report, (*a.spans, *(s for c in a.also for s in c)))} == {
        1,
        2,
    }


def test_running_heads_and_page_numbers_are_clutter_and_paragraphs_go_on_behind_them() -> None:
    many = [
        PARAGRAPHS[0],
        *(f"{n}年，" + "园区的企业在这一年里继续做好自己的事情，" * 9 + "产值又增长了。" for n in range(2001, 2031)),
    ]
    made = source(printed.pdf(many, 1, head="岚渡日报"))
    marked = [(mark.kind, made.text[mark.start : mark.end]) for mark in made.marks]
    assert ("running head", "岚渡日报") in marked and ("page number", "- 2 -") in marked
    assert [line for line in made.text.splitlines() if line in many] == many


def test_a_table_is_rows_of_cells() -> None:
    rows = ["指标\t上半年\t增速", "营业收入\t486.3亿元\t9.7%", "税收收入\t16.9亿元\t3.4%"]
    made = source(printed.pdf([PARAGRAPHS[0], PARAGRAPHS[3], *rows], 1))
    assert [line for line in made.text.splitlines() if "\t" in line] == rows
    assert [made.text[m.start : m.end] for m in made.marks if m.kind == "table row"] == rows


RULED = [
    ["类别", "项目名称", "投资（亿元）", "", "进度"],
    ["", "", "总投资", "年内完成", ""],
    ["新能源", "华曜储能电池生产基地项目及配套的研发中心、检测中心和仓储设施", "25.0", "6.3", "2023年3月签约"],
    ["", "瑞辰风电叶片项目", "8.6", "", "2023年9月开工<br/>2024年6月竣工"],
    ["合计", "", "33.6", "6.3", ""],
]
SPANS = (((0, 0), (0, 1)), ((1, 0), (1, 1)), ((2, 0), (3, 0)), ((4, 0), (4, 1)), ((0, 2), (0, 3)), ((0, 4), (1, 4)))


def test_the_lines_of_a_ruled_cell_are_no_rows_and_merged_cells_stand_where_they_go() -> None:
    data = printed.ruled(PARAGRAPHS[2], RULED, (50, 110, 60, 60, 90), PARAGRAPHS[3], SPANS)
    made = source(data)
    assert made.text.splitlines() == [
        PARAGRAPHS[2],
        "类别\t项目名称\t投资（亿元）\t投资（亿元）\t进度",
        "类别\t项目名称\t总投资\t年内完成\t进度",
        "新能源\t华曜储能电池生产基地项目及配套的研发中心、检测中心和仓储设施\t25.0\t6.3\t2023年3月签约",
        "新能源\t瑞辰风电叶片项目\t8.6\t—\t2023年9月开工 2024年6月竣工",
        "合计\t合计\t33.6\t6.3\t—",
        PARAGRAPHS[3],
    ]
    assert sum(mark.kind == "table row" for mark in made.marks) == 5
    report = extract(made)
    assert {"2023-03", "2023-09", "2024-06"} <= {str(date.edtf) for date in report.dates}


def test_a_frame_around_columns_of_prose_is_no_table() -> None:
    """What newspapers rule: a box around each story, and lines between columns."""
    story = "".join(PARAGRAPHS[3:9])[:450]
    data = printed.ruled(PARAGRAPHS[2], [[story] * 2] * 2, (210, 210), "完")
    assert not any("\t" in line for line in source(data).text.splitlines())


def test_strokes_of_a_drawing_take_no_time_and_are_no_table() -> None:
    grid = b"".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S " % (n, n, n, n) for n in range(0, 800, 1))
    text = b"BT /F1 12 Tf 50 700 Td (output 86.5 percent in 2023, of it 12.6 in the park) Tj ET "
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = PAGE.replace("/Contents", "/Resources<</Font<</F1 5 0 R>>>>/Contents")
    made = source(raw_pdf(*TREE, page, stream(grid * 9 + text, ""), font))
    assert made.text.strip() == "output 86.5 percent in 2023, of it 12.6 in the park"


def helvetica_source(*drawn: str, ground: str = "") -> Source:
    """A page with texts that are drawn so, over what is drawn before."""
    page = PAGE.replace("/Contents", "/Resources<</Font<</F1 5 0 R>>>>/Contents")
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    body = " ".join([ground, *(f"BT 0 g /F1 12 Tf 0 Tr {one} Tj ET" for one in drawn)])
    return source(raw_pdf(*TREE, page, stream(body.encode(), ""), font))


def helvetica(*drawn: str) -> str:
    return helvetica_source(*drawn).text.strip()


def test_white_alone_parts_latin_words_and_figures_and_spaced_type_does_not() -> None:
    """Browsers print no blanks: they go on further to the right."""
    parts = ((50, "2025-01-08"), (115, "10:22"), (200, "GDP"), (230, "86.5"))
    assert helvetica(*(f"{x} 700 Td ({text})" for x, text in parts)) == "2025-01-08 10:22\u3000GDP 86.5"
    assert helvetica("3 Tc 50 700 Td (12860)") == "12860"


def test_what_a_browser_prints_at_the_edges_is_clutter_on_one_page_too() -> None:
    edges = (
        (20, 780, "2025/1/9 14:32"),
        (300, 780, "Park news"),
        (20, 14, "https://park.example/2025/01/08/1.html"),
        (570, 14, "1/1"),
    )
    drawn = [f"{x} {y} Td ({text})" for x, y, text in edges]
    made = helvetica_source("50 700 Td (12.6 km2 of the park were built in 2023)", *drawn)
    lines = made.text.splitlines()
    assert lines[0] == "12.6 km2 of the park were built in 2023"
    assert {made.text[m.start : m.end]: m.kind for m in made.marks} == {
        "2025/1/9 14:32": "running head",
        "Park news": "running head",
        "https://park.example/2025/01/08/1.html": "running head",
        "1/1": "page number",
    }


def test_a_date_and_a_title_at_the_edges_are_none_of_a_browser() -> None:
    made = helvetica_source("20 780 Td (2025/1/9 14:32)", "50 700 Td (12.6 km2 of the park were built in 2023)")
    assert not made.marks and made.text.startswith("2025/1/9 14:32\n")


SHOWN = "1 0 0 1 50 700 Tm (12.6 km2 of the park were built in 2023)"
UNSEEN = {
    "white": "1 1 1 rg 1 0 0 1 50 650 Tm (Hidden: 888 million)",
    "invisible": "3 Tr 1 0 0 1 50 650 Tm (Hidden: 888 million)",
    "outside": "1 0 0 1 650 650 Tm (Hidden: 888 million)",
}


@pytest.mark.parametrize("how", UNSEEN)
def test_what_a_page_does_not_show_is_left_out_and_told(how: str) -> None:
    made = helvetica_source(SHOWN, UNSEEN[how])
    assert made.text.strip() == "12.6 km2 of the park were built in 2023"
    assert made.warnings == ("page 1: 17 characters that it does not show are left out",)


def test_white_on_a_dark_ground_and_what_was_recognized_in_a_picture_is_read() -> None:
    banner = helvetica_source("1 1 1 rg 1 0 0 1 50 650 Tm (Shown: 888 million)", ground="0 0 0.4 rg 40 640 300 30 re f")
    assert "Shown: 888 million" in banner.text and not banner.warnings
    bars = " ".join(f"{x} 640 2 40 re f" for x in range(40, 400, 4))  # a picture of characters
    layer = helvetica_source("3 Tr 1 0 0 1 50 650 Tm (Shown: 888 million)", ground=bars)
    assert "Shown: 888 million" in layer.text and not layer.warnings


def test_a_byline_in_the_middle_stands_above_all_columns() -> None:
    story = ["澄湾高新区：又一个好年景", *("园区里的企业继续做好自己的事情，" * 6 for _ in range(5))]
    data = printed.page([(story, 3, 50, 495, 760)], byline="本报记者　林青")
    lines = [line for line in source(data).text.splitlines() if line]
    assert lines == [story[0], "本报记者　林青", *story[1:]]


def test_a_turned_page_is_read_as_it_is_shown() -> None:
    document = pypdfium2.PdfDocument(printed.pdf(PARAGRAPHS, 2))
    document[0].set_rotation(180)
    out = io.BytesIO()
    document.save(out)
    page = pypdfium2.PdfDocument(out.getvalue())[0]
    boxes = [one.box for one in glyphs.glyphs(page, page.get_textpage())]
    assert all(0 <= box[0] < box[2] <= 595 and 0 <= box[1] < box[3] <= 842 for box in boxes)


# ---- recognition ------------------------------------------------------------------------------------------------


@needs_ocr
@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_a_picture_of_any_kind_is_known_by_its_bytes(kind: str) -> None:
    lines = printed.strip(("澄湾高新区简报", "2023年6月，澄湾高新区新引进企业12家。"), kind)
    made = source(lines, "saved-as.txt")
    assert made.format == "image" and "2023年6月，澄湾高新区新引进企业12家。" in made.text


@needs_ocr
def test_a_scan_of_three_columns_gives_the_facts_with_their_scores() -> None:
    data = printed.scan(printed.pdf(PARAGRAPHS, 3))
    report = extract(source(data, "scan.png"))
    found = facts(report)
    assert len(found & expected()) >= 0.95 * len(expected()), expected() - found
    assert all(a.score is not None and 0.5 < a.score <= 1 for a in report.amounts)
    for one in report.amounts:
        (first, *_) = place(report, one.spans)
        assert first.page == 1 and first.box is not None and 0 <= first.box[0] < first.box[2] <= 1654


@needs_ocr
def test_a_pdf_of_a_picture_is_recognized_the_same_each_time() -> None:
    data = printed.picture_pdf(printed.scan(printed.pdf(PARAGRAPHS[:4], 1), dpi=150))
    one, two = source(data), source(data)
    assert one == two and "page 1 is recognized: it is a picture" in one.warnings
    assert all(part.score for part in one.places)


def test_a_scan_of_many_pages_is_no_slow_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page that is recognized has the seconds for itself; one that takes longer is told."""
    scan = printed.scan(printed.pdf(PARAGRAPHS[:2], 1), dpi=50)
    document = pypdfium2.PdfDocument.new()
    for _ in range(4):
        document.import_pages(pypdfium2.PdfDocument(printed.picture_pdf(scan)))
    out = io.BytesIO()
    document.save(out)
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr(ocr, "installed", lambda: True)
    line = Line("2023年，园区新引进企业12家。", (50.0, 50.0, 250.0, 64.0), 12.0, 0.9)
    took = 40.0

    def recognize(picture: object) -> list[Line]:
        now[0] += took
        return [line]

    monkeypatch.setattr(ocr, "lines", recognize)
    assert source(out.getvalue()).text.count("12家") == 4
    took = 70.0
    with pytest.raises(OverLimit, match=r"takes longer than 60 s at page 2"):
        source(out.getvalue())


def test_without_the_extra_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    scan = printed.scan(printed.pdf(PARAGRAPHS[:2], 1), dpi=50)
    for data, name in ((scan, "a.png"), (printed.picture_pdf(scan), "a.pdf")):
        with pytest.raises(MissingExtra, match=r"a\.p.*parkfacts\[ocr\]"):
            source(data, name)


def no_text() -> bytes:
    """A page in a font whose codes nobody can tell: Identity-H, neither embedded nor with a ToUnicode table."""
    font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    inner = (
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        "/FontDescriptor<</Type/FontDescriptor/FontName/X/Flags 4>>>>"
    )
    drawn = b"BT /F 12 Tf 50 700 Td <" + b"".join(b"%04x" % (4000 + n) for n in range(40)) + b"> Tj ET"
    page = PAGE.replace("/Contents", "/Resources<</Font<</F 5 0 R>>>>/Contents")
    return raw_pdf(*TREE, page, stream(drawn, ""), font, inner)


def test_text_that_is_no_text_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    with pytest.raises(MissingExtra, match=r"a\.pdf: a PDF whose text is no text.*parkfacts\[ocr\]"):
        source(no_text(), "a.pdf")


# ---- hostile files ----------------------------------------------------------------------------------------------


def raw_pdf(*objects: str | bytes, trailer: str = "") -> bytes:
    """A PDF of these objects, the first its catalog."""
    out, at = b"%PDF-1.7\n", []
    for n, body in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj\n" % n + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in at)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(at) + 1)
    tail = f"trailer\n<</Size {len(at) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF".encode()
    return out + head + table + tail


def stream(body: bytes, entries: str = "/Filter/FlateDecode") -> bytes:
    return f"<</Length {len(body)}{entries}>>\nstream\n".encode() + body + b"\nendstream"


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * 2**20) for _ in range(size)) + packer.flush()


def pages(count: int) -> bytes:
    kids = " ".join(["3 0 R"] * count)
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    return raw_pdf("<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {count}/Kids[{kids}]>>", page)


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")


def locked(user: str) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    page = canvas.Canvas(out, encrypt=StandardEncryption(user, ownerPassword="owner"))
    page.drawString(100, 700, "2023: output 12.6 km2 in the park, 86.5 percent of it new")
    page.save()
    return out.getvalue()


PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>"
TREE = ("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>")
WHOLE = printed.pdf(PARAGRAPHS, 1)
LOOP = "<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>"
HOSTILE = {
    "truncated.pdf": (WHOLE[:300], Damaged),
    "only-a-head.pdf": (b"%PDF-1.7\n", Damaged),
    "noise.pdf": (b"%PDF-1.4\n" + bytes(range(256)) * 40, Damaged),
    "password.pdf": (locked("secret"), Encrypted),
    "loop.pdf": (raw_pdf(TREE[0], LOOP), ReadError),
    "parent-of-itself.pdf": (raw_pdf("<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 1>>"), ReadError),
    "no-pages.pdf": (raw_pdf(TREE[0], "<</Type/Pages/Count 0/Kids[]>>"), ReadError),
    "100000-pages.pdf": (pages(100_000), OverLimit),
    "lying-count.pdf": (raw_pdf(TREE[0], "<</Type/Pages/Count 999999999/Kids[3 0 R]>>", PAGE), ReadError),
    "endless-page.pdf": (raw_pdf(*TREE, PAGE.replace("600 800", "9e9 9e9"), stream(b"", "")), ReadError),
    "bomb.pdf": (raw_pdf(*TREE, PAGE, stream(bomb(300))), OverLimit),
    "broken-stream.pdf": (raw_pdf(*TREE, PAGE, stream(bomb(1)[:40])), ReadError),
    "missing-content.pdf": (raw_pdf(*TREE, PAGE.replace("4 0 R", "9 0 R")), ReadError),
    "huge.png": (png(50_000, 50_000), OverLimit),
    "large.png": (png(8_000, 8_000), OverLimit),
    "cut.png": (png(80, 80), Damaged),
    "head.png": (b"\x89PNG\r\n\x1a\n", Damaged),
    "head.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", Damaged),
    "head.tif": (b"II*\x00\x08\x00\x00\x00\xff\xff", Damaged),
    "loop.tif": (b"II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00", Damaged),
    "text.png": ("2023年，园区新引进企业12家。".encode(), Damaged),
    "picture.pdf": (png(80, 80), Damaged),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_its_error(name: str) -> None:
    data, kind = HOSTILE[name]
    if (kind is Damaged and not data.startswith(b"%PDF")) or name.endswith("png"):
        pytest.importorskip("rapidocr", reason="rapidocr is not installed (extra ocr)")
    with pytest.raises(kind, match=f"^{name}: ") as caught:
        source(data, name)
    assert "\n" not in str(caught.value)


def test_a_text_that_is_called_a_pdf_is_told_so() -> None:
    with pytest.raises(Damaged, match=r"^a\.pdf: no PDF, whatever it is called.*; name it by what it is"):
        source("2023年，园区新引进企业12家。".encode(), "a.pdf")
    assert PARAGRAPHS[2] in source(b"\n" * 9 + WHOLE, "a.pdf").text, "the head may stand a little further on"


def test_an_empty_password_opens_and_a_lost_cross_reference_is_mended() -> None:
    assert "86.5 percent" in source(locked("")).text
    assert PARAGRAPHS[2] in source(WHOLE.replace(b"startxref", b"startnone")).text
    assert PARAGRAPHS[2] in source(WHOLE, "wrong.docx").text


def test_pages_are_bounded_as_one_likes() -> None:
    with pytest.raises(OverLimit, match="more than 1 pages"):
        read.read_bytes(printed.pdf(PARAGRAPHS * 2, 1), "a.pdf", ".pdf", Limits(pages=1))


# ---- five formats -----------------------------------------------------------------------------------------------


def test_the_same_report_in_every_text_format_gives_the_same_facts() -> None:
    """txt, docx, HTML, and PDF in one and in three columns."""
    import docx

    word = docx.Document()
    for n, text in enumerate(PARAGRAPHS):
        word.add_paragraph(text, style="Title" if n == 0 else None)
    file = io.BytesIO()
    word.save(file)
    body = f"<h1>{PARAGRAPHS[0]}</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS[1:])
    html = f"<html><head><meta charset='utf-8'></head><body><div class='article'>{body}</div></body></html>"
    made = {
        "a.txt": "\n".join(PARAGRAPHS).encode(),
        "a.docx": file.getvalue(),
        "a.html": html.encode(),
        "one.pdf": printed.pdf(PARAGRAPHS, 1),
        "three.pdf": printed.pdf(PARAGRAPHS, 3),
    }
    for name, data in made.items():
        report = extract(source(data, name))
        assert facts(report) == expected(), name
        assert name == "a.txt" or all(place(report, a.spans) for a in report.amounts), name
