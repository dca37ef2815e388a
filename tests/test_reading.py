"""Readers of HTML, DOCX, Markdown, XLSX and ZIP: what a reader of the file sees is the text, and every place of it
reads back the same."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from typer.testing import CliRunner

from parkfacts import errors, extract, read
from parkfacts.cli import app
from parkfacts.pipeline import default_segmenter
from parkfacts.read import Limits, archive
from parkfacts.read.docx_numbers import numeral
from parkfacts.read.xlsx_format import shown
from parkfacts.repair import repair
from parkfacts.text import Source
from parkfacts.write import load_report

TITLE = "岚渡高新区：从滩涂到产业新城"
FIRST = "2019年3月，岚渡高新技术产业园区开工建设，规划面积12.6平方公里，目前已有企业320余家。"
SECOND = "去年，全区实现工业总产值86.5亿元，同比增长11.2%。"
THIRD = "今年4月，晟拓精工股份有限公司投资3.8亿元的智能装备项目建成投产。"
LINES = st.lists(
    st.text("园区企业投资建设年月亿元，。、0123456789Ab ", min_size=1, max_size=40)
    .map(lambda text: " ".join(text.split()))
    .filter(bool),
    min_size=1,
    max_size=8,
)  # fmt: skip


def source(data: bytes, name: str) -> Source:
    return read.read_bytes(data, name, Path(name).suffix)


def at(made: Source) -> dict[str, str]:
    """The text at each path."""
    return {place.path: made.text[place.start : place.end] for place in made.places}


def check_places(made: Source) -> None:
    """Places ascend, lie in the text, and hold everything but blanks and what fills empty cells."""
    end = 0
    for place in made.places:
        assert end <= place.start < place.end <= len(made.text)
        assert not made.text[end : place.start].strip()
        end = place.end
    assert not made.text[end:].strip()


# ---- HTML -------------------------------------------------------------------------------------------------------


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


@settings(max_examples=40, deadline=None)
@given(LINES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"]))
def test_html_places_are_elements(lines: list[str], encoding: str) -> None:
    text = page("<div>" + "".join(f"<p><span>{one[:3]}</span>{one[3:]}</p>" for one in lines) + "</div>")
    data = text.replace("<head>", f"<head><meta charset={encoding}>" if encoding.startswith("gb") else "<head>").encode(
        encoding
    )
    made = source(data, "a.html")
    assert made.text == "".join(f"{one}\n" for one in lines) and made.encoding == ""
    check_places(made)
    tree = etree.fromstring(text, etree.HTMLParser())
    for place in made.places:
        (element,) = tree.xpath(place.path)
        assert "".join(element.itertext()) == made.text[place.start : place.end]


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "big5", "utf-8"])
@pytest.mark.parametrize("told", ["gb2312", "GBK", "utf-8", "nonsense", None])
def test_charset_is_what_decodes(encoding: str, told: str | None) -> None:
    body = (
        "<p>開發區新引進企業12家，總投資3.5億元，比上年提高。</p>"
        if encoding == "big5"
        else f"<p>{FIRST}</p><p>{SECOND}</p>"
    )
    data = page(body, f'<meta http-equiv="Content-Type" content="text/html; charset={told}">' if told else "").encode(
        encoding
    )
    text = source(data, "a.html").text
    # the bytes of Big5 are GBK too: there a page is believed
    assert (encoding == "big5" and told in ("gb2312", "GBK")) or ("引進企業12家" in text or FIRST in text)


NEWS = page(
    f"""<nav><a href="/">首页</a></nav><div class="wrap">
    <div class="crumbs">当前位置：<a>首页</a> &gt; <a>新闻</a></div>
    <h1>{TITLE}</h1><div class="info">发布时间：2023-10-08 来源：岚渡发布</div>
    <div class="share">分享到：微信 微博</div>
    <div id="zoom"><p>　　{FIRST}</p><p style="display: none">看不见的99家企业</p><p>{SECOND[:12]}
    {SECOND[12:]}</p><script>var n = "88家";</script><style>p {{}}</style><!-- 77家 --><p hidden>66家</p>
    <p>{THIRD}<br>第二行。</p></div>
    <div class="related"><a>相关一</a><a>相关二</a></div></div><footer>版权所有 55家</footer>"""
)


def test_html_is_what_one_sees_of_the_main_block() -> None:
    made = source(NEWS.encode(), "a.html")
    assert made.text.splitlines() == [
        TITLE, "发布时间：2023-10-08 来源：岚渡发布", FIRST, SECOND, THIRD, "第二行。",
    ]  # fmt: skip
    assert at(made)["/html/body/div[1]/div[4]/p[1]"] == FIRST
    kinds = [block.kind for block in repair(made, default_segmenter()).layout.blocks]
    assert kinds[:3] == ["title", "byline", "body"]


def test_a_share_bar_between_the_title_and_the_text_is_left_out_and_a_date_among_its_tools_is_not() -> None:
    text = page(
        f"""<div class="box"><h1>{TITLE}</h1><div class="toolbar">发布时间：2023-10-08 <a>打印</a></div>
        <div class="share">分享到：<a>微信</a><a>微博</a><a>QQ空间</a></div>
        <div id="editor"><p>{FIRST * 3}</p><p>{SECOND}</p></div></div>"""
    )
    assert source(text.encode(), "a.html").text.splitlines() == [TITLE, "发布时间：2023-10-08 打印", FIRST * 3, SECOND]


def test_wechat_article() -> None:
    text = page(
        f"""<div id="img-content"><h1 id="activity-name">\n  {TITLE}\n</h1><div id="meta_content"><span>岚渡发布</span>
        <em id="publish_time">2023-10-08</em></div><div id="js_content" style="visibility: hidden; opacity: 0">
        <section><section><p><span>{FIRST}</span></p></section><p>{SECOND}</p></section></div></div>
        <div id="js_pc_qr_code">微信扫一扫关注该公众号</div>"""
    )
    made = source(text.encode(), "a.html")
    assert made.text.splitlines() == [TITLE, "岚渡发布 2023-10-08", FIRST, SECOND]
    assert extract(made).document.title == TITLE


def test_wechat_article_as_it_is_loaded_tells_its_day_in_a_script() -> None:
    text = page(
        f"""<h1 id="activity-name">{TITLE}</h1><em id="publish_time"></em>
        <div id="js_content"><p>{FIRST}</p><p>{SECOND}</p></div>
        <script>var ct = "1696757400"; var createTime = '2023-10-08 17:30';</script>"""
    )
    made = source(text.encode(), "a.html")
    assert made.text.splitlines() == [TITLE, "2023-10-08 17:30", FIRST, SECOND]
    assert at(made)["/html/body/script[1]"] == "2023-10-08 17:30"
    reference = extract(made).document.reference_date
    assert reference is not None and (reference.value, reference.basis) == ("2023-10-08", "dateline")


def test_the_title_is_what_the_page_is_called_by() -> None:
    text = page(
        f"""<h1>岚渡网</h1><form><table><tr><td><a>首页</a> &gt; <a>新闻</a></td></tr><tr><td><b>{TITLE}</b></td></tr>
        <tr><td>发布时间：2023-10-08</td></tr><tr><td><div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD * 2}</p></div></td>
        </tr></table></form>        <div class="bottom"><p>主办单位：岚渡高新区管委会 邮编：200000</p></div>""",
        f"<title>{TITLE}_岚渡网</title>",
    )
    made = source(text.encode(), "a.html")
    assert made.text.splitlines() == [TITLE, "发布时间：2023-10-08", FIRST, SECOND, THIRD * 2]


def test_table_of_a_page() -> None:
    text = page(
        """<table><caption>表1 主要指标</caption><tr><th rowspan=2>指标</th><th colspan=2>2022年</th></tr>
        <tr><th>总量</th><th>增速</th></tr><tr><td>工业增加值<br>（亿元）</td><td>86.5</td><td>11.2%</td></tr><tr><td>备注</td><td></td><td>无</td></tr></table>"""
    )
    made = source(text.encode(), "a.html")
    assert made.text.splitlines() == [
        "表1 主要指标", "指标\t2022年\t2022年", "指标\t总量\t增速", "工业增加值（亿元）\t86.5\t11.2%", "备注\t—\t无",
    ]  # fmt: skip
    assert at(made)["/html/body/table[1]/tr[3]/td[2]"] == "86.5"
    value = next(amount for amount in extract(made).amounts if amount.text.startswith("86.5"))
    assert value.unit == "CNY" and value.value == 8_650_000_000


def test_a_table_that_only_frames_prose_is_none() -> None:
    text = page(f"<table><tr><td width=20></td><td><p>{FIRST}</p><p>{SECOND}</p></td></tr></table>")
    assert source(text.encode(), "a.html").text.splitlines() == [FIRST, SECOND]


# ---- DOCX -------------------------------------------------------------------------------------------------------


def saved(document: object) -> bytes:
    file = io.BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


@settings(max_examples=25, deadline=None)
@given(LINES)
def test_docx_places_are_runs(lines: list[str]) -> None:
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph(line[:2])
        paragraph.add_run(line[2:5]).bold = True
        paragraph.add_run(line[5:])
    made = source(saved(document), "a.docx")
    assert made.text == "".join(f"{one}\n" for one in lines)
    for place in made.places:
        paragraph_number, run = map(int, re.fullmatch(r"paragraph (\d+), run (\d+)", place.path).groups())  # type: ignore[union-attr]
        held = document.paragraphs[paragraph_number - 1].runs[run - 1].text
        assert held == made.text[place.start : place.end]


def _w(xml: str) -> object:
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    return parse_xml(xml.replace(">", f" {nsdecls('w')} {spaces}>", 1))


def _field(code: str, result: str) -> list[str]:
    kinds = ("begin", "separate", "end")
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
    return [begin, f"<w:r><w:instrText>{code}</w:instrText></w:r>", separate, f"<w:r><w:t>{result}</w:t></w:r>", end]


def _add(paragraph: object, *xml: str) -> None:
    for one in xml:
        paragraph._p.append(_w(one))  # type: ignore[attr-defined]


def test_docx_is_what_word_shows_with_changes_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("园区新增企业")
    _add(
        paragraph,
        '<w:del w:id="1"><w:r><w:delText>11</w:delText></w:r></w:del>',
        '<w:ins w:id="2"><w:r><w:t>12</w:t></w:r></w:ins>',
        *_field("PAGE 7", "家"),
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>（密）</w:t></w:r>",
        "<w:hyperlink><w:r><w:t>，详见网站</w:t></w:r></w:hyperlink>",
        "<w:r><w:t>。</w:t></w:r>",
    )
    torn = document.add_paragraph("总投资3.5")
    torn._p.get_or_add_pPr().append(_w('<w:rPr><w:del w:id="3"/></w:rPr>'))
    document.add_paragraph("亿元。")
    box = "<w:txbxContent><w:p><w:r><w:t>框里2家</w:t></w:r></w:p></w:txbxContent>"
    _add(
        document.add_paragraph("图旁。"),
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback>'
        f"<w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    header = document.sections[0].header
    header.paragraphs[0].text = "岚渡简报"
    header.add_table(1, 2, 1).cell(0, 1).text = "第3期"
    made = source(saved(document), "a.docx")
    assert made.text.splitlines() == [
        "园区新增企业12家，详见网站。", "总投资3.5亿元。", "图旁。", "框里2家", "岚渡简报", "—\t第3期",
    ]  # fmt: skip
    assert at(made)["paragraph 4 > text box 1 > paragraph 1, run 1"] == "框里2家"
    dropped = {
        made.text[b.start : b.end]: b.reason for b in repair(made, default_segmenter()).layout.blocks if b.reason
    }
    assert dropped == dict.fromkeys(("岚渡简报", "—\t第3期"), "running head")


def test_docx_notes_tables_and_styles() -> None:
    document = docx.Document()
    document.add_heading(TITLE, 0)
    document.add_heading("总体情况", 1)
    document.add_paragraph("甲项", style="List Number")
    document.add_paragraph("乙项", style="List Number")
    document.add_paragraph("总体情况\t3", style=document.styles.add_style("toc 1", 1))
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "指标"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "2022年"
    for row, column, text in (
        (1, 1, "总量"),
        (1, 2, "增速"),
        (2, 0, "增加值（亿元）"),
        (2, 1, "86.5"),
        (2, 2, "11.2%"),
    ):
        table.cell(row, column).text = text
    data = saved(document)
    note = f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator"><w:p/></w:footnote><w:footnote>'
    note += "<w:p><w:r><w:t>注：初步核算数。</w:t></w:r></w:p></w:footnote></w:footnotes>"
    made = source(_with(data, "word/footnotes.xml", note), "a.docx")
    assert made.text.splitlines() == [
        TITLE, "总体情况", "1.甲项", "2.乙项", "指标\t2022年\t2022年", "指标\t总量\t增速",
        "增加值（亿元）\t86.5\t11.2%", "注：初步核算数。",
    ]  # fmt: skip
    assert (
        at(made)["table 1, row 3, cell 2"] == "86.5"
        and at(made)["footnote 1 > paragraph 1, run 1"] == "注：初步核算数。"
    )
    assert [mark.kind for mark in made.marks] == ["title", "heading", "table row", "table row", "table row"]


def test_docx_of_other_producers() -> None:
    names = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": '<R><x Type="a/relationships/officeDocument" Target="/word/document2.xml"/></R>',
    }
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f"<w:p><w:r><w:t>{FIRST}</w:t></w:r></w:p>"
    nested = "<w:tbl><w:tr><w:tc>" * 60 + body + "</w:tc></w:tr></w:tbl>" * 60
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in names.items():
            packed.writestr(name, content)
        packed.writestr("word/document2.xml", f'<w:document xmlns:w="{strict}"><w:body>{nested}</w:body></w:document>')
    made = source(file.getvalue(), "a.wps")
    assert made.text == f"{FIRST}\n" and made.places[0].path.endswith("cell 1 > paragraph 1, run 1")


def _with(data: bytes, member: str, content: str) -> bytes:
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr(member, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("format", "number", "written"),
    [("chineseCounting", 12, "十二"), ("chineseCountingThousand", 105, "一百零五"), ("chineseCounting", 20, "二十"),
     ("upperRoman", 14, "XIV"), ("lowerLetter", 28, "bb"), ("decimalEnclosedCircle", 3, "③"), ("decimal", 7, "7"),
     ("ideographTraditional", 2, "乙"), ("unheard-of", 4, "4")],
)  # fmt: skip
def test_numerals_of_lists(format: str, number: int, written: str) -> None:
    assert numeral(number, format) == written


# ---- Markdown ---------------------------------------------------------------------------------------------------

MARKDOWN = f"""---
title: x
---
# {TITLE}

2019年3月，岚渡高新技术产业园区**开工**建设，规划面积
12.6平方公里，目前已有企业[320余家](http://a.b/c_d)。

- 去年，全区实现工业总产值**86.5**亿元，\\*同比增长11.2%。

| 指标 | 2022年 |
|:--|--:|
| 工业增加值（亿元） | **86.5** |

![图](a.png)
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_markdown_text_is_the_files(end: str) -> None:
    text = MARKDOWN.replace("\n", end)
    made = source(text.encode("gbk"), "a.md")
    assert made.text == text and made.encoding == "gbk"
    check_places(made)
    lines = text.split(end)
    assert all(lines[int(path.removeprefix("line ")) - 1] == held for path, held in at(made).items())
    report = extract(made)  # which compares every quote with its place
    texts = [(amount.text, len(amount.spans)) for amount in report.amounts]
    assert ("86.5亿元", 2) in texts and ("12.6平方公里", 1) in texts and ("320余家", 1) in texts
    assert report.document.title == TITLE
    shown_lines = [
        " ".join(one.split()) for one in repair(made, default_segmenter()).text.content.splitlines() if one.strip()
    ]
    assert shown_lines == [
        TITLE,
        FIRST,
        SECOND.replace("，同比", "，*同比"),
        "指标 | 2022年",
        "工业增加值（亿元） | 86.5",
    ]


@settings(max_examples=60, deadline=None)
@given(st.text("园区12亿元。*_`[]()#>|-~\\<b>!\n ", max_size=120).map(lambda text: f"园区{text}。"))
def test_markdown_keeps_every_character(text: str) -> None:
    made = source(text.encode(), "a.md")
    check_places(made)
    result = repair(made, default_segmenter())  # a Text tiles its source, or is not made
    assert made.text == text
    for block in result.layout.blocks:
        assert text[block.start : block.end].strip()


# ---- XLSX -------------------------------------------------------------------------------------------------------


def test_sheets() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2023年指标"
    sheet["B1"], sheet["B2"], sheet["C2"], sheet["D2"] = "主要经济指标", "指标", "总量（亿元）", "增速"
    sheet.merge_cells("B1:D1")
    sheet["B3"], sheet["C3"], sheet["D3"] = "工业增加值", 86.5, 0.112
    sheet["D3"].number_format = "0.0%"
    sheet["B4"], sheet["D4"] = "截至", date(2023, 6, 30)
    sheet["B5"], sheet["C5"] = "合计", "=SUM(C3:C4)"
    book.create_sheet("藏").sheet_state = "hidden"
    book["藏"]["A1"] = "99家"
    made = source(saved(book), "a.xlsx")
    assert made.text.splitlines() == [
        "2023年指标", "主要经济指标", "指标\t总量（亿元）\t增速", "工业增加值\t86.5\t11.2%",
        "截至\t—\t2023年6月30日", "合计",
    ]  # fmt: skip
    assert at(made)["2023年指标!C3"] == "86.5"
    report = extract(made)
    assert any(amount.text == "86.5" and amount.value == 8_650_000_000 for amount in report.amounts)
    assert any("1 formulas hold no value" in warned.message for warned in report.warnings)
    assert any("hidden sheet '藏'" in warned.message for warned in report.warnings)


def test_heads_of_two_rows_in_a_sheet_stand_over_all_their_columns() -> None:
    """The file leaves out the cells of a merged range at a row's end."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["项目", "投资（亿元）", None, "开工"], [None, "总投资", "年内完成"], ["储能基地", 25, 6.3, "9月"]):
        sheet.append(row)
    for merged in ("A1:A2", "B1:C1", "D1:D2"):
        sheet.merge_cells(merged)
    data = saved(book)
    made = source(data, "a.xlsx")
    heads = ["项目\t投资（亿元）\t投资（亿元）\t开工", "项目\t总投资\t年内完成\t开工"]
    assert made.text.splitlines()[:2] == heads
    values = {amount.text: amount.value for amount in extract(made).amounts}
    assert values == {"25": 2_500_000_000, "6.3": 630_000_000}


@pytest.mark.parametrize(
    ("value", "format", "text"),
    [(0.112, "0.0%", "11.2%"), (1234567.891, "#,##0.00", "1,234,567.89"), (86.5, "General", "86.5"),
     (0.1 + 0.2, "General", "0.3"), (3, "General", "3"), (12.5, '0.0"亿元"', "12.5亿元"), (-5, "0_ ;[Red]-0", "-5"),
     (True, "General", "是"), (1e21, "General", "1000000000000000000000"), (0.5, "0%", "50%"), (2.50, "0.##", "2.5"),
     (date(2023, 6, 1), 'yyyy"年"m"月"', "2023年6月"), (date(2023, 6, 1), "yyyy-mm-dd", "2023年6月1日")],
)  # fmt: skip
def test_number_formats(value: object, format: str, text: str) -> None:
    assert shown(value, format) == text


def test_without_openpyxl_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.Workbook()
    data = saved(book)
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(errors.MissingExtra, match=r"a\.xlsx: .*pip install 'parkfacts\[export\]'"):
        source(data, "a.xlsx")


# ---- a run ------------------------------------------------------------------------------------------------------


def invoke(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    document = docx.Document()
    for line in (TITLE, FIRST, SECOND, THIRD):
        document.add_paragraph(line)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.html").write_text(page(f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"))
    (tmp_path / "in/b.md").write_text(f"# {TITLE}\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}\n")
    with zipfile.ZipFile(tmp_path / "in/c.zip", "w") as packed:
        packed.writestr("sub/d.docx", saved(document))
        packed.writestr("../e.txt", f"{TITLE}\n{FIRST}\n{SECOND}\n{THIRD}\n")
        packed.writestr("picture.bin", b"\0")
    return tmp_path


def test_a_folder_of_formats_gives_the_same_facts(folder: Path) -> None:
    status, _, told = invoke("extract", str(folder / "in"), "-o", str(folder / "out"), "--reference-date", "2023-10-08")
    assert status == 0, told
    records = {
        path.relative_to(folder / "out").as_posix(): load_report(path) for path in (folder / "out").rglob("*.json")
    }
    assert sorted(records) == ["a.json", "b.json", "c.zip/e.json", "c.zip/sub/d.json"]
    facts = [
        [(a.text, a.value, a.unit) for a in r.amounts]
        + [(d.text, d.edtf) for d in r.dates]
        + [m.description for m in r.milestones]
        for r in records.values()
    ]
    assert all(one == facts[0] for one in facts) and len(facts[0]) > 8
    assert {r.source.format for r in records.values()} == {"html", "md", "docx", "txt"}
    assert invoke("extract", str(folder / "in"), "-o", str(folder / "out"), "--reference-date", "2023-10-08")[0] == 0
    assert "done" in invoke("status", str(folder / "out"))[1]


@given(st.lists(st.text("a园./\\\\:\n\0*?\udc80 ", max_size=20) | st.text(max_size=200), min_size=1, max_size=3))
def test_a_members_name_stays_under_its_folder(member: list[str]) -> None:
    name = archive.safe(member)
    parts = name.split("/")
    assert all(part not in ("", ".", "..") and len(part.encode()) < 255 and part == part.strip() for part in parts)
    assert not any(char < " " or "\ud800" <= char <= "\udfff" for char in name)
    assert (Path("/out") / name).resolve().is_relative_to("/out")


def test_documents_of_one_name_get_one_each(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        for name in ("b.txt", "../b.txt", "b.md"):
            packed.writestr(name, f"{FIRST}{name}")
    status, _, told = invoke("extract", str(tmp_path / "a.zip"), "-o", str(tmp_path / "out"))
    assert status == 0, told
    assert sorted(path.name for path in (tmp_path / "out/a.zip").glob("*.json")) == ["b-2.json", "b-3.json", "b.json"]


def test_repair_and_evaluate_take_documents(folder: Path) -> None:
    with zipfile.ZipFile(folder / "in/c.zip") as packed:
        data = packed.read("sub/d.docx")
    gold = folder / "gold/d"
    gold.mkdir(parents=True)
    (gold / "report.docx").write_bytes(data)
    status, text, _ = invoke("repair", str(gold / "report.docx"))
    assert status == 0 and text == "".join(f"{line}\n" for line in (TITLE, FIRST, SECOND, THIRD))
    invoke("extract", str(gold / "report.docx"), "-o", str(folder / "out"))
    record = load_report(folder / "out/report.json").model_dump(mode="json")
    for kind in ("findings", "unclaimed"):
        record[kind] = []
    for project in record["projects"]:
        for name in ("companies", "investment", "area", "milestones", "dates"):
            project.pop(name)
    for company in record["companies"]:
        company.pop("ledger")
    (gold / "gold.json").write_text(json.dumps(record), "utf-8")
    status, told, wrong = invoke("evaluate", str(folder / "gold"))
    assert status == 0 and "100.0" in told, told + wrong


def test_explain_tells_the_place(folder: Path) -> None:
    invoke("extract", str(folder / "in/c.zip"), "-o", str(folder / "out"))
    record = folder / "out/c.zip/sub/d.json"
    first = load_report(record).amounts[0]
    _, told, _ = invoke("explain", f"{record}#{first.id}")
    assert "    at paragraph 2, run 1\n" in told
    assert read.place(load_report(record), first.spans)[0].path == "paragraph 2, run 1"


def test_limits_are_set_on_the_command_line(folder: Path) -> None:
    status, _, told = invoke("extract", str(folder / "in/a.html"), "-o", str(folder / "out"), "--limit", "chars=20")
    assert status == 1 and "in/a.html: more than 20 characters" in told and "--limit chars=" in told
    assert invoke("extract", "x.txt", "--limit", "pages=none")[0] == 2
    assert invoke("extract", "x.txt", "--limit", "pies=3")[0] == 2
    with pytest.raises(errors.OverLimit):
        extract(folder / "in/a.html", limits=Limits(chars=20))


def test_a_format_that_knows_its_paragraphs_is_not_joined_by_guess() -> None:
    torn = [TITLE, f"{FIRST}{SECOND[:8]}", f"{SECOND[8:]}{THIRD}"]
    made = source(page("".join(f"<p>{one}</p>" for one in torn)).encode(), "a.html")
    joins = repair(made, default_segmenter()).layout.joins
    assert all(join.score is None or join.score > 0.9 for join in joins)


def test_plain_text_has_no_places_in_its_record() -> None:
    assert '"places"' not in extract(FIRST).model_dump_json()
