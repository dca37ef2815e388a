"""The repair: every character is kept, dropped or moved, and repairing again changes nothing."""

from __future__ import annotations

from fuzz.mutate import of_text
from fuzz.target import Target
from fuzz.targets._reading import reports
from parkfacts.pipeline import default_segmenter
from parkfacts.repair import repair
from parkfacts.text import Source

MOST = 4000


def one(data: bytes) -> None:
    text = data.decode("utf-8", "replace")[:MOST]
    source = Source.from_text(text)
    made = repair(source, default_segmenter())
    kept = sorted((piece.src, piece.src + piece.size) for piece in made.text.pieces)
    ranges = sorted([*kept, *((gone.start, gone.end) for gone in made.text.dropped)])
    assert "".join(text[a:b] for a, b in ranges) == text
    assert sorted(made.text.content) == sorted("".join(text[a:b] for a, b in kept))
    again = repair(Source.from_text(made.text.content), default_segmenter())
    assert again.text.content == made.text.content, "repaired, it is repaired anew"


def seeds() -> list[bytes]:
    texts = reports(4, 900)
    twice = "\n\n".join([texts[0][:300], "【图】", texts[0][:300], texts[0][300:600]])
    wrapped = "\n".join(texts[1][at : at + 24] for at in range(0, 600, 24))
    return [text.encode() for text in (*texts, twice, wrapped)]


TARGET = Target("repair", one, seeds, of_text)
