"""What a document says of itself: its title and its authors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parkfacts.segment import Document

_AUTHOR = re.compile(
    r"(?:^|[\s|｜]|讯[（(]|[（(])(?:本?报?(?:记者|通讯员|见习记者|特约记者|撰稿|作者|文)[：:\s/／]*)"
    r"((?:[\u4e00-\u9fff]{2,4}[\s、/／]*)+)"
)
_NAMES = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[\s、]+[\u4e00-\u9fff·]{2,4})*")
_TRADES = frozenset(("记者", "通讯员", "作者", "文", "摄影", "见习记者", "特约记者", "撰稿", "编辑", "报道"))
_LINE_OF_NAMES = 24  # characters; a longer line says something


def title(doc: Document) -> str | None:
    """The title as written, or None."""
    line = next((p for p in doc.paragraphs if p.kind == "title"), None)
    return None if line is None else doc.text.content[line.start : line.end]


def authors(doc: Document) -> tuple[str, ...]:
    """The people named in bylines, each once: behind 记者, 通讯员 …, or on a line of names alone."""
    return tuple(dict.fromkeys(_authors(doc)))


def _authors(doc: Document) -> Iterator[str]:
    for line in doc.paragraphs:
        if line.kind != "byline":
            continue
        held = doc.view[line.start : line.end]
        groups = [match[1] for match in _AUTHOR.finditer(held)]
        if not groups and len(held) <= _LINE_OF_NAMES and _NAMES.fullmatch(held):
            groups = [held]
        for group in groups:
            yield from (name for name in re.split(r"[\s、/／]+", group) if len(name) > 1 and name not in _TRADES)
