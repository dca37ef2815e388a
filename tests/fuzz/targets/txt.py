"""Plain text in any encoding: the text is the bytes, decoded, and nothing else."""

from __future__ import annotations

import random

from fuzz.mutate import of_bytes, of_text
from fuzz.target import Target
from fuzz.targets._reading import reports, source


def one(data: bytes) -> None:
    made = source(data, ".txt")
    if made is not None and made.format == "txt":
        assert data.decode(made.encoding) == made.text


def seeds() -> list[bytes]:
    codecs = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5")
    return [text.encode(codec, "ignore") for text in reports(2, 400) for codec in codecs]


def mutate(data: bytes, rng: random.Random) -> bytes:
    return of_text(data, rng) if rng.randrange(3) == 0 else of_bytes(data, rng)


TARGET = Target("txt", one, seeds, mutate)
