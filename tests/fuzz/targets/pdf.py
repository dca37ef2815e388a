"""PDF, without the recognition of pictures."""

from __future__ import annotations

import random
import re
from unittest.mock import patch

from reportlab import rl_config

from fuzz.mutate import of_bytes
from fuzz.target import Target
from fuzz.targets._reading import reports, source
from parkfacts.read import ocr
from printed import pdf, ruled

_NUMBER = re.compile(rb"\d+")


def one(data: bytes) -> None:
    with patch.object(ocr, "installed", lambda: False):  # slow, and not what is tried here
        source(data, ".pdf")


def seeds() -> list[bytes]:
    """Pages whose content is not packed, so that what they draw is changed and not just their packing."""
    lines = [line for line in reports(1, 500)[0].split("\n") if line]
    rows = [
        ["项目", "投资（亿元）", ""],
        ["", "总投资", "年内完成"],
        ["储能电池生产基地项目及配套的研发中心", "25.0", ""],
    ]
    with patch.object(rl_config, "pageCompression", 0):
        table = ruled(lines[0], rows, (60, 60, 60), lines[1][:40], (((0, 0), (0, 1)), ((1, 0), (2, 0))))
        return [pdf(lines), pdf(lines, columns=2), table]


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Bytes, or the numbers between them: lengths, places, and counts of objects."""
    if rng.randrange(2):
        return of_bytes(data, rng)
    found = list(_NUMBER.finditer(data))
    if not found:
        return of_bytes(data, rng)
    at = rng.choice(found)
    new = rng.choice(
        (b"0", b"-1", b"1", b"2147483647", b"4294967296", b"99999999999999999999", b"1.5", rng.choice(found)[0])
    )
    return data[: at.start()] + new + data[at.end() :]


TARGET = Target("pdf", one, seeds, mutate)
