"""Every numeral that no fact holds, and why."""

from __future__ import annotations

import pytest

from parkfacts.link.audit import unclaimed
from test_dates import document


def told(text: str, claimed: list[tuple[int, int]]) -> list[tuple[str, str | None]]:
    return [(text[start:end], why) for (start, end), why in unclaimed(document(text), claimed)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("园区列全省第12位。", [("12", "ordinal")]),
        ("热线拨打0571-88012345。", [("0571", "phone number"), ("88012345", "phone number")]),
        ("开发〔2023〕15号文件印发。", [("2023", "document number"), ("15", "document number")]),
        ("一、工业生产稳中有进", [("一", "numbering")]),
        ("（2）招商引资", [("2", "numbering")]),
        ("世界500强落户。", [("500", "rank")]),
        ("推出T800型产品。", [("800", "model or version")]),
        ("上午9点签到。", [("9", "clock time")]),
        ("千方百计稳增长。", [("千", "idiom"), ("百", "idiom")]),
        ("统一部署。", []),
        ("共采了37朵云。", [("37", None)]),
        ("单位：亿元", [("亿", "unit")]),
    ],
)
def test_reasons(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert told(text, []) == expected


def test_claimed_numerals_are_left_out() -> None:
    assert told("产值350亿元，第12位。", [(2, 7)]) == [("12", "ordinal")]
