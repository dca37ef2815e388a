"""The source's lines, and the blocks that they make.

A block is a paragraph: one line, or the lines that a PDF or a mailer wrapped (:mod:`.wraps`). It begins and ends in
characters that are no blanks, and every such character stands in exactly one block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parkfacts.facts import BlockKind
from parkfacts.text import Span, is_letter

HANGING = frozenset("，、,%％‰℃—－-（(“‘《「")  # marks that a sentence can break off at
CLOSING = frozenset("。！？!?；;：:…”’」』）)》】〉")
SENTENCE = re.compile(r"[。！？!?；;…]")
COMMA = re.compile(r"[，,；;。：！？]")


@dataclass(slots=True)
class Block:
    """A block in the making.

    ``lines`` are the source ranges of its lines, ``text`` their content without the breaks, ``gap`` the number of line
    ends before it, ``reason`` why it is boilerplate, ``note`` why it was moved. Copies point to the block that is kept
    by its place in the list; one that is kept instead of an earlier copy ``stands`` in that one's place.
    """

    at: int
    lines: tuple[Span, ...]
    text: str
    gap: int
    kind: BlockKind = "body"
    reason: str | None = None
    note: str | None = None
    copy_of: int | None = None
    stands: int = -1

    def __post_init__(self) -> None:
        self.stands = self.at if self.stands < 0 else self.stands

    @property
    def start(self) -> int:
        """The first character's offset in the source."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.lines[-1].end

    @property
    def closed(self) -> bool:
        """Whether it ends in closing punctuation, or in a sign (an emoji, an arrow) that no sentence breaks off at."""
        last = self.text[-1]
        if last in ".．" and self.text[-2:-1].isdigit():  # a number that lost the digits behind its point
            return False
        return not (is_letter(last) or last in HANGING) or last in CLOSING

    @property
    def prose(self) -> bool:
        """Whether it is running text: body or a speaker's words."""
        return self.kind in ("body", "quote")

    @property
    def in_text(self) -> bool:
        """Whether the repaired text holds it."""
        return self.copy_of is None and self.kind != "boilerplate"


def lines(source: str) -> list[Block]:
    """A block for every line that is not blank."""
    found: list[Block] = []
    at = gap = 0
    # the same places in the text with one kind of line end; a blank before it belongs to no line
    for line in source.replace("\r\n", " \n").replace("\r", "\n").split("\n"):
        if text := line.strip():
            start = at + line.find(text[0])
            found.append(Block(len(found), (Span(start, start + len(text)),), text, gap))
            gap = 0
        at += len(line) + 1
        gap += 1
    return found
