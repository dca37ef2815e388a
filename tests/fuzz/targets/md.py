"""Markdown."""

from __future__ import annotations

import random

from fuzz.mutate import of_text
from fuzz.target import Target
from fuzz.targets._reading import reports, source

SIGNS = "# |>-*_`~[]()!\\<&:= \t\r\n"


def one(data: bytes) -> None:
    made = source(data, ".md")
    if made is not None and made.format == "md":
        assert data.decode(made.encoding) == made.text


def seeds() -> list[bytes]:
    text = reports(1, 300)[0]
    table = "| 指标 | 值 |\n|:---|---:|\n| 产值 | 12亿元 |\n"
    return [
        f"---\ntitle: 园区\n---\n# 题目\n\n{text}\n\n{table}\n\n> 引\n\n- [x] 二\n\n```\ncode\n```\n".encode(),
        f"**{text[:9]}**[链](x://a(b)c) ![图](x) <b>粗</b> <!-- 注 --> \\*星\\* `码`  \n下一行\\\n尾\n===\n".encode(),
    ]


def mutate(data: bytes, rng: random.Random) -> bytes:
    if rng.randrange(2):
        return of_text(data, rng)
    text = data.decode("utf-8", "replace")
    for _ in range(rng.choice((1, 2, 5, 20))):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(SIGNS) * rng.choice((1, 1, 2, 3, 60)) + text[at + rng.randrange(2) :]
    return text.encode("utf-8")


TARGET = Target("md", one, seeds, mutate)
