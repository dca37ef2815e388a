"""The table of docs/faq.md (in both languages) that says how good the extraction is: the floor that the tests hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

ROWS = {
    "dates.strict.f1": ("dates", "日期"),
    "amounts.strict.f1": ("amounts", "金额与数量"),
    "amounts.indicator.f1": ("… what the amount measures", "……所指的指标"),
    "companies.strict.f1": ("companies", "企业"),
    "milestones.strict.f1": ("milestones", "里程碑"),
    "milestones.actor.f1": ("… who acts", "……行为主体"),
    "organizations.strict.f1": ("organizations", "机构"),
    "projects.strict.f1": ("projects", "项目"),
    "duplicates.strict.f1": ("repeated paragraphs", "重复段落"),
    "joins.strict.f1": ("severed sentences joined", "断句的接合"),
}
HEADS = (
    "| strict F1 | reports that rules are written with | reports written and annotated blind |",
    "| 严格 F1 | 编写规则时所用的报告 | 盲写、盲标的报告 |",
)
REGION = re.compile(r"(?s)(<!-- figures -->\n).*?(<!-- /figures -->)")


def renewed(page: str, floor: Mapping[str, Mapping[str, float]], language: int) -> str:
    """The page with the figures of ``tests/baseline.json``; ``language`` is 0 for English and 1 for Chinese."""
    rows = [
        f"| {words[language]} | {100 * floor['dev'][figure]:.1f} | {100 * floor['held'][figure]:.1f} |"
        for figure, words in ROWS.items()
    ]
    table = "\n".join([HEADS[language], "| --- | ---: | ---: |", *rows])
    return REGION.sub(lambda m: f"{m[1]}\n{table}\n\n{m[2]}", page)
