"""Newspapers made from clean prose: columns cut at random characters, moved, repeated with noise, with captions and
headings between; and the truth about them.

A page has one or two stories. Lines never begin with a closing mark (type setters see to it); all else is chance, and
the seed decides it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CAPTIONS = (
    "园区北门", "恒澜科创楼", "车间一角", "人才公寓夜景", "企业服务大厅", "湖滨步道", "图为改造后的老码头",
    "工人正在检修设备 齐望川 摄", "俯瞰新城", "市民在公园散步",
)  # fmt: skip
HEADINGS = ("起步在滩头", "链条越织越密", "服务不过夜", "向新而行", "把根扎深", "路在脚下", "一张图管到底")
FULL = 0.15  # of the columns end with their paragraph
MARKS = ("{}", "【之一】 {}", "一、{}", "{}")
LAYOUTS = ("flow", "near", "shuffled")
NO_LINE_BEGINS = "，。、；：！？”’）》」』】%％…—·.,;:!?)"
NO_LINE_ENDS = "“‘（《「『【("
NUMERALS = "〇零一二三四五六七八九十百千万亿两几半"
CLOSED = "。！？；：…”’」』）)》】"
SLIPS = {
    "己": "已", "已": "己", "未": "末", "末": "未", "人": "入", "入": "人", "日": "曰", "土": "士", "大": "太",
    "园": "圆", "企": "仝", "业": "亚", "设": "没", "建": "健", "进": "迸", "的": "旳",
}  # fmt: skip


@dataclass
class Newspaper:
    """``text`` is the page. ``cuts`` are (left, right) offsets in it where a sentence breaks off and where it goes on,
    ``inside`` those of them that went through a word; ``lost`` are ends whose rest was left out; ``copies`` are the
    ranges of repeated blocks; ``decoys`` the same words with other digits; ``order`` the starts of each story's
    blocks as they were written."""

    text: str = ""
    cuts: list[tuple[int, int]] = field(default_factory=list)
    inside: set[tuple[int, int]] = field(default_factory=set)
    lost: list[int] = field(default_factory=list)
    copies: list[tuple[int, int]] = field(default_factory=list)
    decoys: list[tuple[int, int]] = field(default_factory=list)
    order: list[list[int]] = field(default_factory=list)
    layout: str = "flow"
    stories: list[int] = field(default_factory=list)


@dataclass
class Fragment:
    """A block of the page: its paragraph, the range that it holds, and where it begins on the page."""

    story: int
    paragraph: int
    start: int
    end: int
    text: str
    at: int = -1


def stories_of(folder: Path) -> list[list[str]]:
    """The clean paragraphs of a corpus folder's documents, one story a document."""
    return list(named_stories(folder).values())


def named_stories(folder: Path) -> dict[str, list[str]]:
    """The same, by the documents' names."""
    found = {}
    for gold in sorted(folder.glob("*/gold.json")):
        text = gold.with_name("report.txt").read_bytes().decode("utf-8")
        layout = json.loads(gold.read_text(encoding="utf-8"))["layout"]
        severed = {end for join in layout.get("joins", ()) for end in (join["from"], join["to"])}
        story = [
            text[b["start"] : b["end"]]
            for b in layout["blocks"]
            if b["kind"] in ("body", "quote") and not b.get("duplicate_of") and b["id"] not in severed
        ]
        story = list(dict.fromkeys(p for p in story if len(p) >= 50 and p[-1] in "。！？”" and "\n" not in p))
        if len(story) >= 4:
            found[gold.parent.name] = story
    return found


def newspaper(stories: Sequence[Sequence[str]], seed: int, inside: Callable[[str, int], bool]) -> Newspaper:
    """A page of some of the stories; ``inside`` tells whether an offset of a paragraph is within a word."""
    rng = random.Random(seed)
    page = Newspaper(layout=LAYOUTS[seed % len(LAYOUTS)])
    chosen = rng.sample(range(len(stories)), min(len(stories), rng.choice((1, 1, 2))))
    page.stories = chosen
    columns = [column for n in chosen for column in _columns(stories[n], n, rng)]
    columns = _moved(columns, page.layout, rng)
    lost = _lose(columns, rng)
    blocks = _set(page, columns, rng)
    fragments = sorted(blocks, key=lambda f: (f.story, f.paragraph, f.start))
    for n in chosen:
        page.order.append([f.at for f in fragments if f.story == n])
    following = {(f.story, f.paragraph, f.start): f for f in fragments}
    whole = {(n, p): text for n in chosen for p, text in enumerate(stories[n])}
    for one in fragments:
        paragraph = whole[one.story, one.paragraph]
        if one.end == len(paragraph) or one.text[-1] in CLOSED:
            continue
        end = one.at + len(one.text)
        rest = following.get((one.story, one.paragraph, one.end))
        if rest is None or id(rest) in lost:
            page.lost.append(end)
            continue
        page.cuts.append((end, rest.at))
        if inside(paragraph, one.end):
            page.inside.add(page.cuts[-1])
    return page


def _columns(story: Sequence[str], number: int, rng: random.Random) -> list[list[Fragment]]:
    """The story cut into columns of 120 to 420 characters, at any character."""
    columns: list[list[Fragment]] = [[]]
    room = rng.randint(120, 420)
    for n, text in enumerate(story):
        start = 0
        while len(text) - start > room:
            at = _break(text, start + max(room, 12))
            if at >= len(text) - 3 or rng.random() < FULL:
                break
            columns[-1].append(Fragment(number, n, start, at, text[start:at]))
            columns.append([])
            start, room = at, rng.randint(120, 420)
        columns[-1].append(Fragment(number, n, start, len(text), text[start:]))
        room -= len(text) - start
        if room <= 0:
            columns.append([])
            room = rng.randint(120, 420)
    return [column for column in columns if column]


def _break(text: str, at: int) -> int:
    while at < len(text) and (text[at] in NO_LINE_BEGINS or text[at - 1] in NO_LINE_ENDS):
        at += 1
    return at


def _moved(columns: list[list[Fragment]], layout: str, rng: random.Random) -> list[list[Fragment]]:
    if layout == "shuffled":
        rest = columns[1:]
        rng.shuffle(rest)
        return [columns[0], *rest]
    if layout == "near" and len(columns) > 3:
        for _ in range(1 + len(columns) // 8):
            columns.insert(rng.randrange(1, len(columns)), columns.pop(rng.randrange(1, len(columns))))
    return columns


def _lose(columns: list[list[Fragment]], rng: random.Random) -> set[int]:
    """Takes away the continuation at the head of a column, now and then."""
    heads = [c for c in columns if c[0].start > 0 and len(c) > 1]
    return {id(rng.choice(heads).pop(0))} if len(heads) > 1 and rng.random() < 0.5 else set()


def _set(page: Newspaper, columns: list[list[Fragment]], rng: random.Random) -> list[Fragment]:
    """Puts the columns on the page, and tells where their blocks came to stand."""
    out = ["高新区纪事：一条河与一座城\n\n本报记者 齐望川\n\n"]
    gap = rng.choice(("\n", "\n\n"))

    def put(block: str, before: str = "") -> tuple[int, int]:
        start = sum(map(len, out)) + len(before)
        out.append(before + block + gap)
        return start, start + len(block)

    for n, column in enumerate(columns):
        for m, fragment in enumerate(column):
            if fragment.start == 0 and (n or m) and rng.random() < 0.2:
                put(rng.choice(MARKS).format(rng.choice(HEADINGS)))
            fragment.at = put(fragment.text)[0]
        if rng.random() < 0.4:
            put(rng.choice(CAPTIONS), gap)
        elif rng.random() < 0.15 and n + 1 < len(columns):
            put(rng.choice(HEADINGS))
    for column in rng.sample(columns, min(len(columns), rng.choice((0, 1, 1, 2)))):
        if sum(len(f.text) for f in column) > 100:
            page.copies += [put(text) for text in noisy([f.text for f in column], rng)]
    if rng.random() < 0.5:
        page.decoys += [put(text) for text in _other_digits(columns, rng)]
    page.text = "".join(out).rstrip("\n")
    return [fragment for column in columns for fragment in column]


# ---- copies and what looks like them ----------------------------------------------------------------------------


def noisy(blocks: Sequence[str], rng: random.Random) -> list[str]:
    """A copy of a column: as it is, with other marks and blanks, with slips of the OCR, cut short, or wrapped anew."""
    kind = rng.choice(("exact", "marks", "slips", "short", "wrapped"))
    if kind == "exact":
        return list(blocks)
    if kind == "short" and len(blocks[-1]) >= 60:
        return [*blocks[:-1], blocks[-1][: rng.randint(45, len(blocks[-1]) - 5)]]
    if kind == "wrapped":
        return [line for block in blocks for line in _wrapped(block, rng.randint(18, 40))]
    return [_worn(block, 0.05, rng) if kind == "slips" else _marks(block, rng) for block in blocks]


def _marks(text: str, rng: random.Random) -> str:
    wide = {"，": ",", "（": "(", "）": ")", "；": ";", "“": '"', "”": '"'}
    return "".join(wide.get(c, c) + (" " if rng.random() < 0.05 and not c.isdigit() else "") for c in text).strip()


def _worn(text: str, share: float, rng: random.Random) -> str:
    """Characters misread or lost; digits stay, and so does the last one."""
    out = []
    for n, char in enumerate(text):
        if rng.random() >= share or char.isdigit() or char in NUMERALS or n == len(text) - 1:
            out.append(char)
        elif rng.random() < 0.7:
            other = SLIPS.get(char, chr(ord(char) + 1) if char >= "一" else char)
            out.append(char if other in NUMERALS else other)
    return "".join(out)


def _wrapped(text: str, width: int) -> list[str]:
    lines, at = [], 0
    while at < len(text):
        stop = min(_break(text, at + width), len(text))
        lines.append(text[at:stop])
        at = stop
    return lines


def _other_digits(columns: Sequence[Sequence[Fragment]], rng: random.Random) -> list[str]:
    """A whole paragraph said again with another number in it: another fact."""
    texts = [
        f.text for c in columns for f in c if f.start == 0 and f.text[-1] == "。" and any(map(str.isdigit, f.text))
    ]
    if not texts:
        return []
    text = rng.choice(texts)
    at = rng.choice([n for n, char in enumerate(text) if char.isdigit()])
    other = rng.choice([digit for digit in "123456789" if digit != text[at]])
    return [text[:at] + other + text[at + 1 :]]
