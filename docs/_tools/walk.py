"""The pictures of docs/walk.md, drawn from the record of docs/examples/newspaper.txt.

``python docs/_tools/walk.py`` writes them to docs/walk; tests/test_site.py holds them to the record of now.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from drawing import COLOURS, INK, LINE, SOFT, Mark, box, label, letters, paragraph, picture, rule, width
from parkfacts import extract
from parkfacts.facts import Amount, Block, Milestone, Report, plain
from parkfacts.pipeline import default_segmenter
from parkfacts.quality.gold import read_source
from parkfacts.repair import repair
from parkfacts.segment import Document, segment

DOCS = Path(__file__).parents[1]
NEWSPAPER = DOCS / "examples" / "newspaper.txt"
WIDE, MARGIN = 820.0, 24.0


class Walk(NamedTuple):
    """The page, its record, and the one event that the walk follows: the first that crosses a join."""

    text: str
    report: Report
    doc: Document
    event: Milestone


@cache
def walk() -> Walk:
    """The example, worked through once."""
    source = read_source(NEWSPAPER, "newspaper")
    report = extract(NEWSPAPER)
    repaired = repair(source, default_segmenter())
    doc = segment(repaired.text, repaired.layout.blocks, default_segmenter())
    event = next(one for one in report.milestones if len(one.spans) > 1)
    return Walk(source.text, report, doc, event)


def page() -> str:
    """The newspaper page as it was printed: three columns, a picture and a box that repeats the opening."""
    blocks = [walk().text[block.start : block.end] for block in walk().report.layout.blocks]
    head, title, byline, opening, first, story, caption, repeated, rest, second, chain, aim = blocks
    column, gap = 240.0, 26.0
    left, middle, right = (MARGIN + n * (column + gap) for n in range(3))
    drawn = [letters(MARGIN, 34, head, fill=SOFT, size=13), rule(MARGIN, 44, WIDE - MARGIN, 44, INK)]
    drawn += [letters(MARGIN, 92, title, size=36, bold=True), letters(MARGIN, 122, byline, fill=SOFT, size=13)]
    low = _stack(drawn, left, 156, column, [(opening, False), (first, True), (story, False)])
    drawn += [box(middle, 140, column, 120, "#d9e2ec"), _hall(middle, 140, column)]
    drawn.append(letters(middle, 280, caption, fill=SOFT, size=13))
    made, high = paragraph(middle, 356, repeated, column)
    drawn += [box(middle - 10, 300, column + 20, high + 44, "#f0f4f8", "#bcccdc"), made]
    drawn.append(letters(middle, 326, "导读", bold=True, fill=COLOURS["milestone"]))
    _stack(drawn, right, 156, column, [(rest, False), (second, True), (chain, False), (aim, False)])
    return picture(WIDE, max(low, high + 356) + 4, "报纸版面", drawn)


def _stack(drawn: list[str], x: float, y: float, room: float, texts: list[tuple[str, bool]]) -> float:
    for text, heading in texts:
        if heading:
            drawn.append(letters(x, y + 4, text, bold=True, size=18))
            y += LINE + 4
        else:
            made, high = paragraph(x, y, text, room)
            drawn.append(made)
            y += high + 8
    return y


def _hall(x: float, y: float, wide: float) -> str:
    """A hall with machines, in the place of a photograph."""
    shapes = [rule(x, y + 92, x + wide, y + 92, "#829ab1")]
    shapes += [box(x + 18 + n * 45, y + 50 + n % 2 * 12, 30, 42 - n % 2 * 12, "#9fb3c8") for n in range(5)]
    return "\n".join([*shapes, rule(x + 10, y + 30, x + wide - 10, y + 30, "#9fb3c8", "8 5")])


def copied() -> str:
    """The text in the order in which it is copied, block by block, with what the repair sees in it."""
    layout, text = walk().report.layout, walk().text
    (join,) = layout.joins
    drawn, y = [], 36.0
    for block in layout.blocks:
        content = text[block.start : block.end]
        marks, told, fill = [], _told(block), INK if block.status != "duplicate" else SOFT
        if block.id == join.from_:
            marks, told = [Mark(len(content) - 6, len(content), COLOURS["join"])], f"breaks off; goes on in {join.to}"
        if block.id == join.to:
            marks, told = [Mark(0, 5, COLOURS["join"])], f"goes on with {join.from_}, score {join.score}"
        made, high = paragraph(84, y, content, WIDE - 326, marks, fill)
        drawn += [label(MARGIN, y, block.id, size=13), made]
        drawn.append(rule(68, y - 16, 68, y + high - 22, COLOURS["join"] if marks else "#bcccdc"))
        drawn.append(label(WIDE - 215, y, told, COLOURS["join"] if marks else SOFT))
        y += high + 4
    return picture(WIDE, y, "复制得到的文字", drawn)


def _told(block: Block) -> str:
    return f"copy of {block.duplicate_of}" if block.duplicate_of else block.kind


def joined() -> str:
    """The paragraph that the repair put together, with its seam."""
    content, start = _sentence()
    seam = _seam() - start
    marks = [Mark(seam - 6, seam, COLOURS["join"]), Mark(seam, seam + 5, COLOURS["amount"])]
    made, high = paragraph(MARGIN, 40, content, WIDE - 2 * MARGIN, marks)
    at = MARGIN + width(content[:seam])
    return picture(WIDE, high + 50, "接合后的句子", [made, rule(at, 18, at, 52, INK), label(at - 12, 68, "seam")])


def _seam() -> int:
    """Where the repaired text goes over the join that the event crosses."""
    first = walk().event.spans[0]
    doc = walk().doc
    return next(at for at in range(len(doc.view)) if doc.text.origin(at, at + 1)[0][0] == first[1] - 1) + 1


def _sentence() -> tuple[str, int]:
    doc = walk().doc
    span = doc.sentence_at(_seam() - 1)
    return doc.text.content[span.start : span.end], span.start


def words() -> str:
    """The sentence in jieba's words, with the clause that an event is looked for in."""
    content, start = _sentence()
    doc = walk().doc
    drawn, x, y = [], MARGIN, 40.0
    for word in doc.words_in(start, start + len(content)):
        shown = doc.text.content[word.start : word.end]
        wide = max(width(shown), 18.0) + 10
        if x + wide > WIDE - MARGIN:
            x, y = MARGIN, y + 62
        drawn += [box(x, y - 20, wide, 28, "#f0f4f8", "#bcccdc"), letters(x + 5, y, shown)]
        drawn.append(label(x + 5, y + 23, str(word.tag), size=11))
        x += wide + 5
    return picture(WIDE, y + 42, "分词", drawn)


def found() -> str:
    """The sentence with what the rules found in it."""
    content, start = _sentence()
    made, high = paragraph(MARGIN, 40, content, WIDE - 2 * MARGIN, _mentions(start, start + len(content)))
    return picture(WIDE, high + 24, "规则找到的", [made])


def _mentions(start: int, end: int) -> list[Mark]:
    """The dates, amounts and names of a range of the repaired text, with their values."""
    report = walk().report
    facts = [
        *((one.spans, "date", f"{one.id} {one.edtf}") for one in report.dates),
        *((one.spans, "amount", f"{one.id} {_value(one)}") for one in report.amounts),
        *((m.spans, "company", f"{one.id} {m.rule}") for one in report.companies for m in one.mentions),
    ]
    placed = ((_within(spans, start, end), kind, told) for spans, kind, told in facts)
    return [Mark(*place, COLOURS[kind], told) for place, kind, told in placed if place]


def _value(amount: Amount) -> str:
    return f"{plain(amount.value)} {amount.unit}" if amount.value is not None else f"{amount.low}..{amount.high}"


def _within(spans: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[int, int] | None:
    """Where evidence stands in a range of the repaired text, counted from its start."""
    doc = walk().doc
    held = {place for first, last in spans for place in range(first, last)}
    places = [at for at in range(start, end) if doc.text.origin(at, at + 1)[0][0] in held]
    return (places[0] - start, places[-1] + 1 - start) if places else None


def linked() -> str:
    """The event with the facts that it refers to."""
    report, event = walk().report, walk().event
    date = next(one for one in report.dates if one.id == event.date)
    companies = [one for one in report.companies if one.id in event.companies]
    amounts = [one for one in report.amounts if one.id in event.amounts]
    rows = [
        ("date", date.id, f"{date.text} → {date.edtf}", COLOURS["date"]),
        *(("companies", c.id, f"{c.name}（{'、'.join(c.aliases)}）", COLOURS["company"]) for c in companies),
        *(("amounts", a.id, f"{a.text} → {_value(a)}", COLOURS["amount"]) for a in amounts),
        ("actor", "", event.actor or "", INK),
    ]
    high = 56.0 * len(rows) + 30
    middle = high / 2
    drawn = [box(MARGIN, middle - 46, 270, 92, COLOURS["milestone"] + "1c", COLOURS["milestone"])]
    drawn.append(label(MARGIN + 14, middle - 18, f"{event.id}  {event.type}", COLOURS["milestone"], 17))
    drawn.append(label(MARGIN + 14, middle + 8, f"status {event.status}", INK, 14))
    drawn.append(label(MARGIN + 14, middle + 30, f"score {event.score}", INK, 14))
    for row, (field, id, told, colour) in enumerate(rows):
        y = 44 + 56.0 * row
        drawn += [
            rule(MARGIN + 270, middle, 420, y, colour),
            box(420, y - 22, WIDE - 420 - MARGIN, 44, colour + "14", colour),
        ]
        drawn += [label(432, y - 6, f"{field} {id}", colour, 11), letters(432, y + 13, told, size=14)]
    return picture(WIDE, high, "事实之间的联系", drawn)


def evidence() -> str:
    """The two ends of the event's evidence in the source, with their offsets."""
    text, drawn, y = walk().text, [], 40.0
    for start, end in walk().event.spans:
        left, right = max(start - 8, text.rfind("\n", 0, start) + 1), min(end + 16, len(text))
        shown = text[left:right].partition("\n")[0]
        mark = Mark(start - left, end - left, COLOURS["milestone"], f"[{start}, {end}]")
        made, high = paragraph(MARGIN, y, shown, WIDE - 2 * MARGIN, [mark])
        drawn.append(made)
        y += high + 8
    return picture(WIDE, y - 8, "证据在原文中的位置", drawn)


PICTURES: dict[str, Callable[[], str]] = {
    "1-page": page, "2-copied": copied, "3-joined": joined, "4-words": words, "5-found": found, "6-linked": linked,
    "7-evidence": evidence,
}  # fmt: skip


if __name__ == "__main__":
    for name, draw in PICTURES.items():
        (DOCS / "walk" / f"{name}.svg").write_text(draw(), "utf-8")
