"""Boilerplate by its wording: one pass over the short lines with the patterns of ``clutter.toml``."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from parkfacts.repair.blocks import Block

LIST_OPENS = "related headlines"
HEADLINE = 45  # characters of a line in a list of headlines, or of a running head
# what a whole sentence says that is no part of the report: nearly all others are passed over at once
_ADDRESSED = re.compile(r"转载|声明|授权|许可|侵权|侵删|不代表|关注|二维码|扫码|阅读原文|点击|版权|[:：]")
_NAMED = re.compile(
    r"(?:文件|公文|信息)?(?:名\s*称|标\s*题)\s*[:：].+"
)  # in the table above a document of a government's page
_ABOVE = 3  # lines of that table between its catalogue's number and the name
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Clutter:
    """The rows of the table, compiled; ``cue`` finds what nearly every line of the kind has and few others do."""

    rows: tuple[dict[str, Any], ...]
    longest: int
    any: re.Pattern[str]
    exceptions: dict[str, re.Pattern[str]]

    def reason(self, line: str) -> str | None:
        """Why a line is boilerplate, or None."""
        if len(line) > self.longest or (line[-1] in "。；" and not _ADDRESSED.search(line)):
            return None
        if (match := self.any.fullmatch(line)) is None:
            return None
        reason: str = self.rows[int(str(match.lastgroup)[1:])]["reason"]
        unless = self.exceptions.get(reason)
        return None if unless and unless.search(line) else reason


@cache
def table() -> Clutter:
    """``clutter.toml``."""
    with (files(__package__) / "clutter.toml").open("rb") as file:
        data = tomllib.load(file)
    rows = tuple(data["clutter"])
    pattern = "|".join(f"(?P<r{n}>{row['pattern']})" for n, row in enumerate(rows))
    exceptions = {row["reason"]: re.compile(row["except"]) for row in rows if "except" in row}
    return Clutter(rows, data["longest"], re.compile(pattern), exceptions)


def mark(blocks: Sequence[Block]) -> None:
    """Marks boilerplate by its wording, the headlines listed under a 相关阅读, and the running heads of pages."""
    _mark_lines(blocks)
    _mark_names(blocks)
    _mark_running_heads(blocks)


def _mark_lines(blocks: Sequence[Block]) -> None:
    known = table()
    in_list = False
    for block in blocks:
        reason = known.reason(block.text)
        in_list = reason == LIST_OPENS or (in_list and (reason is not None or _headline(block)))
        if reason or in_list:
            block.kind, block.reason = "boilerplate", reason or LIST_OPENS


def _mark_names(blocks: Sequence[Block]) -> None:
    """名称：… below 索引号：…, which the title says again."""
    for n, block in enumerate(blocks):
        above = blocks[max(n - _ABOVE, 0) : n]
        if any(one.reason == "catalogue" for one in above) and _NAMED.fullmatch(block.text):
            block.kind, block.reason = "boilerplate", "catalogue"


def _headline(block: Block) -> bool:
    return len(block.text) <= HEADLINE and block.text[-1] not in "。；;"


def _mark_running_heads(blocks: Sequence[Block]) -> None:
    """Short lines next to page numbers that are the same, digits aside, on two pages or more."""
    heads: dict[str, list[Block]] = defaultdict(list)
    for one, two in pairwise(blocks):
        for number, line in ((one, two), (two, one)):
            if (
                number.reason == "page number"
                and line.reason is None
                and len(line.text) <= HEADLINE
                and not line.closed
            ):
                heads[_DIGITS.sub("0", line.text)].append(line)
    for lines in heads.values():
        for line in lines if len(lines) >= 2 else ():
            line.kind, line.reason = "boilerplate", "running head"
