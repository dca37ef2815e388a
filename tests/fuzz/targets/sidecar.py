"""What is given beside a document: a reference date that the pipeline takes, or a typed error."""

from __future__ import annotations

import random

from fuzz.mutate import of_bytes, of_json
from fuzz.target import Target, typed
from parkfacts.link.calendar import parse_reference
from parkfacts.read import sidecar


def one(data: bytes) -> None:
    told = typed(lambda: sidecar.parse(data, "some.meta.json"))
    if told is not None:
        parse_reference(told)


def seeds() -> list[bytes]:
    return [b'{"reference_date": "2023-10-08"}', b'{"reference_date": "2023-10"}', b"{}", b"[" * 100_000]


def mutate(data: bytes, rng: random.Random) -> bytes:
    return of_json(data, rng) if rng.randrange(2) else of_bytes(data, rng)


TARGET = Target("sidecar", one, seeds, mutate)
