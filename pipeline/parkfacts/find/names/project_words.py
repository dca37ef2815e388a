"""What the names of projects are made of."""

from __future__ import annotations

import re

from parkfacts.find.names.atoms import Atoms
from parkfacts.find.names.lexicon import lexicon

KINDS = r"项目|基地|产业[园城](?!区)"
WORD = r"[^，。；：、！？…的了在与和由对将是曾已“”（）()\s]"
# no item of a list that 等 closes
OWN = rf"(?:(?!(?<!高)等(?!离子|温|级)){WORD})"
LEGAL = ("公司", "株式会社")
_INNER = re.compile("园区|产业|生产|配套|零部件|技改|[一二三四五]期|投资|创新|总部|年产|生产线|产线")


def nominal(atoms: Atoms, start: int, end: int) -> bool:
    """Whether a range holds nothing but what a name holds: no form of law, but 园区 and 二期 may stand inside one."""
    return all(
        a.kind not in "BRF" and (a.kind != "S" or a.end == end or _INNER.fullmatch(a.text))
        for a in atoms.inside(start, end)
    )


def named(text: str) -> bool:
    """Whether it is more than a kind of project: 储能电池项目, and not 一期项目, 重点产业项目."""
    return len(text) > 3 and not lexicon().plain_project.fullmatch(text)
