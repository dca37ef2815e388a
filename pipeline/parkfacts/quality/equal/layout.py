"""The layout: which blocks repeat others, which continue each other, which break off."""

from __future__ import annotations

from parkfacts.facts import Block
from parkfacts.quality.equal._base import Dimension
from parkfacts.quality.item import DETECTED, LENIENT, STRICT, AnyRecord, Fields, Item, Names, Spans


def _at(*spans: tuple[int, int]) -> tuple[Spans]:
    return (tuple(spans),)


def _range(block: Block) -> tuple[int, int]:
    return (block.start, block.end)


def _grade_block(gold: Item, found: Item) -> int:
    """Strict: the same block, judged the same way; lenient: the same block."""
    if found.places != gold.places:
        return DETECTED
    return STRICT if found.exact == gold.exact else LENIENT


def _grade_cut(gold: Item, found: Item) -> int:
    return STRICT if found.exact == gold.exact else DETECTED


def _block_item(block: Block, exact: Fields, shown: Fields) -> Item:
    return Item(block.id, block.id, _at(_range(block)), exact, shown=shown, rule=block.reason)


def duplicates(record: AnyRecord, names: Names) -> list[Item]:
    """Blocks marked as copies, with the block that is kept."""
    blocks = {block.id: block for block in record.layout.blocks}
    return [
        _block_item(block, {"of": _range(blocks[block.duplicate_of])}, {"duplicate_of": block.duplicate_of})
        for block in record.layout.blocks
        if block.duplicate_of is not None
    ]


def joins(record: AnyRecord, names: Names) -> list[Item]:
    """Cuts that are closed: where the one block ends, and where the other begins."""
    blocks = {block.id: block for block in record.layout.blocks}
    found = []
    for join in record.layout.joins:
        end, start = blocks[join.from_].end, blocks[join.to].start
        cut = {"from": end, "to": start}
        votes = "+".join(join.votes) or None
        text = f"{join.left}|{join.right}"
        found.append(Item(f"{join.from_}>{join.to}", text, _at((end - 1, end), (start, start + 1)), cut, shown=cut,
                          rule=votes))  # fmt: skip
    return found


def opened(record: AnyRecord, names: Names) -> list[Item]:
    """Blocks whose rest is missing."""
    ends = {block.id: block.end for block in record.layout.blocks}
    return [
        Item(one.id, one.left, _at((ends[one.id] - 1, ends[one.id])), {"end": ends[one.id]})
        for one in record.layout.open
    ]


def blocks(record: AnyRecord, names: Names) -> list[Item]:
    """All blocks with their kinds."""
    return [_block_item(block, {"kind": block.kind}, {"kind": block.kind}) for block in record.layout.blocks]


def duplicate_characters(record: AnyRecord, text: str) -> set[int]:
    """Offsets of the characters, blanks left out, that stand in duplicates."""
    copies = [block for block in record.layout.blocks if block.duplicate_of is not None]
    return {at for block in copies for at in range(block.start, block.end) if not text[at].isspace()}


DUPLICATES = Dimension("duplicates", duplicates, _grade_block)
JOINS = Dimension("joins", joins, _grade_cut)
OPEN = Dimension("open", opened, _grade_cut)
BLOCKS = Dimension("blocks", blocks, _grade_block, listed=False)
