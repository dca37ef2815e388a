"""What year it is when a text does not say so, and which year its bare months belong to."""

from __future__ import annotations

import pytest

from parkfacts import extract


def year(text: str) -> str | None:
    found = extract(text).document.reference_date
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "now"),
    [
        # who accounts for a whole year plans the next
        ("2022年，园区完成工业产值96亿元，增长8%。\n\n今年，园区要完成工业产值105亿元，新增规上企业6家。", "2023"),
        ("2021年，全区新开工项目14个。\n\n今年，我们将新建标准厂房8万平方米，力争引进企业20家。", "2022"),
        # a year whose months are told as past has begun
        ("2022年9月，厂房开工。\n\n2023年，全力冲刺！计划开工项目20个。1—2月，已完成投资8亿元，同比增长12%。", "2023"),
        # 到 … 年 at the head of a clause is an aim, with a comma or without one
        ("2021年6月，园区获评绿色园区。到2025年营业收入突破300亿元，创成国家级高新区。", "2021"),
        ("2022年3月，一期投产。书记说，到2026年建成百亿产业园。", "2022"),
        # a year's end is told when it is over
        ("截至2022年底，园区有企业520家。\n\n今年6月，储能项目开工。", "2023"),
        ("2022年全年，园区完成产值300亿元。\n\n今年一季度，产值增长12%。", "2023"),
        # left alone: 今年 with a month that is past, a year told of with a month, a past 到
        ("2023年，园区招引项目12个。今年9月，项目开工。今年还将开工8个项目。", "2024"),
        ("2023年1月，园区正式挂牌。\n\n今年9月，项目奠基。", "2023"),
        ("园区年产值从2015年的12亿元增加到2021年的60亿元。", "2021"),
    ],
)
def test_the_year_that_a_text_speaks_from(text: str, now: str) -> None:
    assert year(text) == now


@pytest.mark.parametrize(
    ("text", "month", "value"),
    [
        ("在2024年工作会议上的报告\n\n2023年，园区完成产值138亿元。\n\n3月，扩能项目破土动工。", "3月", "2023-03"),
        ("2023年，园区完成产值138亿元。\n\n今年，园区要完成155亿元。\n\n7月完成征地，确保开工。", "7月", "2024-07"),
        ("数说园区2023年\n\n5月，一期竣工。", "5月", "2023-05"),
    ],
)
def test_a_bare_month_is_of_the_year_that_is_told(text: str, month: str, value: str) -> None:
    assert next(date.edtf for date in extract(text).dates if date.text == month) == value


@pytest.mark.parametrize(
    ("text", "day", "value"),
    [
        ("目前，一期冷库主体封顶，12月具备试运行条件。", "2023-11-09", "2023-12"),
        ("厂房10月交付使用。", "2023-08-20", "2023-10"),
        ("去年的项目，12月已建成投产。", "2023-11-09", "2022-12"),
        ("3月，全区项目集中开工，风大得站不住人。", "2023-01-15", "2022-03"),  # in January one looks back
    ],
)
def test_a_month_right_ahead_is_this_years(text: str, day: str, value: str) -> None:
    dates = extract(text, reference_date=day).dates
    assert next(date.edtf for date in dates if "月" in date.text) == value


@pytest.mark.parametrize(("text", "value"), [
    ("经开区一季度经济运行快报\n\n2024年4月22日\n\n在库项目47个，本季度开工9个。", "2024-33"),
    ("园区简讯\n\n2024年4月22日\n\n本季度开工9个项目。", "2024-34"),
])  # fmt: skip
def test_this_quarter_is_the_one_that_a_bulletin_reports(text: str, value: str) -> None:
    assert next(date.edtf for date in extract(text).dates if date.text == "本季度") == value


_DATED = "凌川经开区2024年工作综述\n2025年1月8日\n\n"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        # the line below the title says when the report was written, and what is told as past was before that
        (_DATED + "9月26日，光电产业园二期工程开工建设。", "9月26日", "2024-09-26"),
        (_DATED + "截至6月底，园区累计引进企业1460余家。", "6月底", "2024-06-21/2024-06-30"),
        (
            _DATED.replace("2025年1月8日", "（2025年1月8日）") + "3月18日，储能基地项目签约落户。",
            "3月18日",
            "2024-03-18",
        ),
        (_DATED + "瑞辰精密制造股份有限公司全年实现销售收入42.3亿元。", "全年", "2024"),
        ("园区简报\n2025年6月30日\n\n全年新增企业12家。", "全年", "2024"),
        # left alone: what is to come, what was before the day in its own year, a year that is nearly over
        (_DATED + "3月将举行集中签约仪式。", "3月", "2025-03"),
        (_DATED + "全年计划新签约项目30个。", "全年", "2025"),
        (_DATED + "1月3日，园区举行揭牌仪式。", "1月3日", "2025-01-03"),
        ("园区简报\n2024年12月30日\n\n全年完成税收3亿元。", "全年", "2024"),
    ],
)
def test_below_its_dateline_a_report_tells_of_what_was(text: str, words: str, value: str) -> None:
    found = next(date for date in extract(text, ner_model="none").dates if date.text == words)
    assert str(found.edtf) == value
