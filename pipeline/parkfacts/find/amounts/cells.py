"""Amounts in the cells of text tables: a bare number whose unit stands in the head, the label or the caption.

A row is a line with at least two cells, cut at tabs, strokes or two blanks; a table is a run of rows. The unit of a
cell is, in this order: the one in its column's head, the one in the row's 单位 column, the one in the row's label,
the one that the table's caption gives (单位：亿元). A column of growth rates without a unit is in percent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple, TypeVar

from parkfacts.find.amounts.value import AmountValue, Unit, units
from parkfacts.find.numbers import parse
from parkfacts.rules.engine import alternation, words
from parkfacts.segment import Document, Paragraph
from parkfacts.text import Mention

_NUMBER = r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_BARE = re.compile(_NUMBER)
_CELL = re.compile(r"(?:(?! {2})[^\t|｜])+")
_RATE = re.compile(r"增[长幅速减]|同比|环比|占比|比重|比例|[^功效]率|[%％]\Z|进度")
_COUNTED = re.compile(r"(企业|公司|项目|专利|人|户|机构|平台)(?:总|家|个|件)?数(?:量)?$")
_MEASURES = {"企业": "家", "公司": "家", "项目": "个", "专利": "件", "人": "人", "户": "户", "机构": "家", "平台": "个"}
_RULES = frozenset("|｜:=—+- \t")
_PART = re.compile(r"(?:其中|[#＃])[：:\s]*")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_STROKE = 3  # signs of a line that is drawn; one or two stand for an empty cell
_PERCENT = Unit("%", "percent", Decimal(1))


class Place(NamedTuple):
    """Where a cell's number stands in its table: the row's label and the column's head, without their units; ``above``
    is the range of the heads up to its own, ``caption`` where the line in front of the table begins, ``whole`` the
    label of the row that this one (其中：装备制造业) is a part of."""

    label: str
    head: str
    above: tuple[int, int] = (0, 0)
    caption: int = 0
    whole: str = ""


class Cell(NamedTuple):
    """A cell's range without the blanks around it."""

    start: int
    end: int
    text: str


def find(doc: Document) -> list[Mention[AmountValue]]:
    """The amounts that stand in cells, and behind a label that names their unit (工业总产值（亿元）：135.2)."""
    found = {m.start: m for m in _labelled(doc.view)}
    for caption, rows in _tables(doc):
        found.update((m.start, m) for m in _in_table(caption, rows))
    return [found[start] for start in sorted(found)]


def _tables(doc: Document) -> Iterator[tuple[str, list[list[Cell]]]]:
    """Runs of rows, each with the line in front of it."""
    run: list[list[Cell]] = []
    line, caption = "", ""
    for paragraph in doc.paragraphs:
        if _is_ruled(doc.view[paragraph.start : paragraph.end]):
            continue
        cells = _cells(doc.view, paragraph)
        if len(cells) > 1:
            caption = caption if run else line
            run.append(cells)
        elif run:
            yield caption, run
            run = []
        line = doc.view[paragraph.start : paragraph.end]
    if run:
        yield caption, run


def _is_ruled(line: str) -> bool:
    """| --- | --- |: between the heads of a table and its rows, or between rows."""
    return line[:1] in ("|", "｜", "+") and _RULES.issuperset(line)


def _cells(view: str, paragraph: Paragraph) -> list[Cell]:
    line = view[paragraph.start : paragraph.end]
    if "\t" not in line and "|" not in line and "  " not in line and "｜" not in line:
        return []
    cells = []
    for match in _CELL.finditer(line):
        text = match.group().strip()
        if text and (len(text) < _STROKE or not set(text) <= set("-:=—")):  # an empty cell is —, and holds its column
            start = paragraph.start + match.start() + match.group().index(text)
            cells.append(Cell(start, start + len(text), text))
    return cells


def places(doc: Document) -> dict[int, Place]:
    """The label and head of every number in a table, by the number's start."""
    found = {}
    for caption, rows in _tables(doc):
        heads: list[Cell] = []
        whole = ""
        top = max(0, rows[0][0].start - len(caption) - 3)
        for row in rows:
            if not any(_BARE.fullmatch(cell.text) for cell in row):
                heads = row
            label = _plain(row[0].text)
            part = _PART.match(label)
            whole = whole if part else label
            label = label[part.end() :] if part else label
            for index, cell in enumerate(row[1:], 1):
                own = _at(heads, len(row), index)
                above = (heads[0].start, own.end) if own else (0, 0)
                head = _plain(own.text) if own else ""
                found[cell.start] = Place(label, head, above, top, whole if part else "")
    return found


def _plain(text: str) -> str:
    return _BRACKETS.sub("", text).strip()


T = TypeVar("T")


def _at(heads: Sequence[T], size: int, index: int) -> T | None:
    """The head of a column; heads are aligned at the right, since the label's column may have none."""
    at = len(heads) - size + index
    return heads[at] if 0 <= at < len(heads) else None


def _head(heads: Sequence[str], size: int, index: int) -> str:
    return _at(heads, size, index) or ""


def _in_table(caption: str, rows: Sequence[list[Cell]]) -> Iterator[Mention[AmountValue]]:
    captions = _unit_in(caption, "单位")
    heads: list[str] = []
    heading = False
    for row in rows:
        numbers = [cell for cell in row if _BARE.fullmatch(cell.text)]
        if not numbers:
            heads = _under(heads if heading else [], [cell.text for cell in row])
            heading = True
            captions = _unit_in(" ".join(heads), "单位") or captions
            continue
        heading = False
        units_of_row = [unit for cell in row if (unit := _named(cell.text))]
        label = _unit_in(row[0].text) or (units_of_row[0] if units_of_row else None) or captions
        for index, cell in enumerate(row):
            if cell not in numbers or (index == 0 and len(row) > 1):
                continue
            if unit := _of_cell(_head(heads, len(row), index), label):
                yield _mention(cell.start, cell.text, unit)


def _under(above: Sequence[str], heads: Sequence[str]) -> list[str]:
    """A row of heads below another: 总投资 under 投资（亿元） has its unit, a rate under it has its own."""
    if len(above) != len(heads):
        return list(heads)
    bare = [one != over and not _unit_in(one) and not _RATE.search(one) for over, one in zip(above, heads, strict=True)]
    return [f"{over} {one}" if own else one for over, one, own in zip(above, heads, bare, strict=True)]


def _of_cell(head: str, label: Unit | None) -> Unit | None:
    if own := _unit_in(head):
        return own
    if counted := _COUNTED.search(head):
        return units()[_MEASURES[counted[1]]]
    return _PERCENT if label and label.dimension != "percent" and _RATE.search(head) else label


def _labelled(view: str) -> Iterator[Mention[AmountValue]]:
    for match in _label().finditer(view):
        if unit := _named(match["unit"]):
            yield _mention(match.start("number"), match["number"], unit)


def _mention(start: int, text: str, unit: Unit) -> Mention[AmountValue]:
    number = (parse(text.replace("−", "-")) or Decimal(0)) * unit.factor
    value = AmountValue(number, None, None, unit.name, unit.dimension, "exact")
    return Mention(start, start + len(text), "cell", value)


def _unit_in(text: str, mark: str = "") -> Unit | None:
    """The unit in brackets (（亿元）, (单位:万人)), or behind the mark 单位."""
    pattern = _marked() if mark else _bracketed()
    match = pattern.search(text)
    return _named(match["unit"]) if match else None


@cache
def _named(text: str) -> Unit | None:
    """A unit with its magnitude (亿元, 万人, %); ``None`` for other words."""
    match = _whole().fullmatch(text)
    if match is None:
        return None
    unit = units()[match["unit"]]
    size = parse(match["size"]) if match["size"] else Decimal(1)
    return None if size is None else unit._replace(factor=unit.factor * size)


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(f"(?P<size>[十百千万亿]*?)(?P<unit>{alternation(words('units'))})")


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(r"[（(](?:单位[：:])?(?P<unit>[^（）()，,、；;\d]{1,8})[）)，,、；;]")


@cache
def _marked() -> re.Pattern[str]:
    return re.compile(r"单位[：:] ?(?P<unit>[^（）()，,、；; \d]{1,8})")


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"[（(](?P<unit>[^（）()\s\d]{{1,8}})[）)] ?[：:]? ?(?P<number>{_NUMBER})(?=[\s，。；;]|\Z)")
