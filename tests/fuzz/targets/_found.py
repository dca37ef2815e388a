"""What the targets of the grammars share: a document of a text, and the examples of a table as seeds."""

from __future__ import annotations

from parkfacts.pipeline import default_segmenter
from parkfacts.rules import load
from parkfacts.segment import Document, segment
from parkfacts.text import Source, Text

MOST = 2000


def document(data: bytes) -> Document:
    text = data.decode("utf-8", "replace")[:MOST]
    return segment(Text.whole(Source.from_text(text)), (), default_segmenter())


def examples(table: str) -> list[bytes]:
    """The rules' examples, without their marks and values, and what the rules must leave alone."""
    rows = load(table).rules
    told = [one.rpartition(" => ")[0].replace("【", "").replace("】", "") for rule in rows for one in rule.examples]
    return [text.encode() for text in (*told, *(one for rule in rows for one in rule.never)) if text]
