"""Excel sheets, changed within their members."""

from __future__ import annotations

import io
import random

import openpyxl

from fuzz.mutate import of_package
from fuzz.target import Target
from fuzz.targets._reading import source
from hostile import xlsx

TAGS = (
    b'<c r="XFD1048576">',
    b'<c r="A0">',
    b'<c r="">',
    b'<c t="s">',
    b'<c t="d">',
    b'<c t="e">',
    b'<c t="b">',
    b'<c t="inlineStr">',
    b"<is><t>",
    b"</t></is>",
    b"<v>9e999</v>",
    b"<v>-1</v>",
    b"<v>45000.5</v>",
    b"<v/>",
    b"</v>",
    b'<row r="-1">',
    b'<row r="99999999999">',
    b"</row>",
    b"<f>1+1</f>",
    b"<row>",
    b"</c>",
    b'<mergeCell ref="A1:C3"/>',
    b'<mergeCell ref="ZZZ9999999:A1"/>',
    b'<sheet name="a" sheetId="1"/>',
    b'<numFmt numFmtId="164" formatCode="0.00E+00;[Red]@"/>',
    b"<sheetData>",
    b"</sheetData>",
    b"&#x0;",
    b'<xf numFmtId="14"/>',
)


def one(data: bytes) -> None:
    source(data, ".xlsx")


def seeds() -> list[bytes]:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "统计"
    for row in (["指标（亿元）", "2023年", "增长"], ["产值", 12.5, 0.081], ["企业", 320, None], [None, "=1+1", True]):
        sheet.append(row)
    sheet["C2"].number_format, sheet["B2"].number_format = "0.0%", '#,##0.00"亿"'
    sheet.merge_cells("A3:A4")
    out = io.BytesIO()
    book.save(out)
    return [
        out.getvalue(),
        xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>园区</t></is></c><c r="B1"><v>45000</v></c></row>'),
    ]


def _mutate(data: bytes, rng: random.Random) -> bytes:
    return of_package(data, rng, TAGS)


TARGET = Target("xlsx", one, seeds, _mutate)
