"""Whether a figure is told as a fact or as something to come."""

from __future__ import annotations

import pytest

from parkfacts import extract

# the figures in 【】 are planned, the others are not
SENTENCES = (
    "2022年，园区实现工业总产值86.3亿元，力争2025年达到【120亿元】。",
    "到2026年，全区规上工业产值【突破300亿元】，税收达到【12亿元】，比2022年【翻一番】。",
    "园区计划投入【2.4亿元】建设标准厂房【18万平方米】；目前已完成投资1.1亿元。",
    "项目达产后年产值【9亿元】，可带动就业【600人】。",
    "预计全年完成固定资产投资【45亿元】，增长【8%】。",
    "完成税收6.2亿元，占年度计划的81%，比年初目标高3个百分点。",
    "今年，园区为企业争取贷款3.6亿元，争取到中央资金8000万元。",
    "一般公共预算收入4.7亿元，增长6.5%。",
    "园区定下了引进企业【50家】的目标。",
    "主要预期目标是：营业收入增长【9%】；利润总额增长【7%】；新增规上企业【12家】。",
    "全年任务为【6亿元】，截至9月已完成4亿元，完成任务数的66%。",
    "园区要新增企业【30家以上】，上半年已新增18家。",
    "如果全部投产，年产值可达【5亿元】。",
    "原定投资【3亿元】，实际投资3.4亿元。",
)


@pytest.mark.parametrize("marked", SENTENCES)
def test_the_last_sign_in_front_decides(marked: str) -> None:
    text = marked.replace("【", "").replace("】", "")
    amounts = extract(text, reference_date="2023-08-10").amounts
    told = text
    for amount in reversed(amounts):
        ((start, end),) = amount.spans
        if amount.modality == "planned":
            told = f"{told[:start]}【{told[start:end]}】{told[end:]}"
    assert amounts and told == marked


def test_a_section_of_plans_tells_of_plans() -> None:
    report = extract("二、2023年工作打算\n\n新建道路6公里，引进企业20家。\n", reference_date="2023-01-10")
    assert [amount.modality for amount in report.amounts] == ["planned", "planned"]


def test_a_date_to_come_is_enough() -> None:
    text = "2023年产值58亿元，2027年产值90亿元。"
    assert [a.modality for a in extract(text, reference_date="2024-02").amounts] == ["actual", "planned"]
