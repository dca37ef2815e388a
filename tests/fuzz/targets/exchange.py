"""What comes back from other annotation tools: marks within the text and acts of the review, or a typed error."""

from __future__ import annotations

import json
import random

from fuzz.mutate import of_bytes, of_json
from fuzz.target import Target, typed
from fuzz.targets._records import TEXT, folder, record
from parkfacts.review import exchange
from parkfacts.write.tables import Told

BACK = tuple(sorted(name for name, form in exchange.FORMS.items() if form.back))


def one(data: bytes) -> None:
    """The first byte tells the tool."""
    form = BACK[data[0] % len(BACK)] if data else BACK[0]
    path = folder() / "exchange"
    path.write_bytes(data[1:])
    for marked in typed(lambda: list(exchange.imported(form, path))) or ():
        assert all(0 <= mark.start < mark.end <= len(marked.text) for mark in marked.marks), marked
    told = Told("page", record(), TEXT)
    for _, acts in typed(lambda: list(exchange.changes([told], form, path))) or ():
        json.dumps(acts)


def seeds() -> list[bytes]:
    made = []
    for at, form in enumerate(BACK):
        out = folder() / f"seed-{form}"
        exchange.export([Told("page", record(), TEXT)], form, out)
        made.append(bytes([at]) + (out / "tasks.json" if out.is_dir() else out).read_bytes())
    return [*made, *(bytes([at]) + b"[" * 100_000 for at in range(len(BACK)))]


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Within the JSON of a file, or of a line."""
    head, *lines = data[:1] or b"\0", *data[1:].split(b"\n")
    if head[0] % len(BACK) == BACK.index("doccano"):
        at = rng.randrange(len(lines))
        lines[at] = of_json(lines[at], rng)
        return head + b"\n".join(lines)
    return head + of_json(data[1:], rng) if rng.randrange(9) else of_bytes(data, rng)


TARGET = Target("exchange", one, seeds, mutate)
