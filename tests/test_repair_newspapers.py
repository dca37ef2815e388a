"""Precision and recall of joins and duplicates on newspapers made from clean prose (``newspapers.py``)."""

from __future__ import annotations

import random

from newspapers import newspaper
from parkfacts.repair import repair
from parkfacts.segment import Segmenter
from parkfacts.text import Source
from prose import PARAGRAPHS

PAGES = 60


def test_newspapers() -> None:
    segmenter = Segmenter()
    made = right = cuts = found = copies = marked = 0
    for seed in range(PAGES):
        paragraphs = list(PARAGRAPHS)
        random.Random(seed).shuffle(paragraphs)
        page = newspaper(paragraphs, seed)
        layout = repair(Source.from_text(page.text), segmenter).layout
        blocks = {b.id: b for b in layout.blocks}
        joins = {(blocks[j.from_].end, blocks[j.to].start) for j in layout.joins}
        made, right, cuts = made + len(joins), right + len(joins & set(page.cuts)), cuts + len(page.cuts)
        duplicates = {(b.start, b.end) for b in layout.blocks if b.status == "duplicate"}
        marked, found = marked + len(duplicates), found + len(duplicates & set(page.copies))
        copies += len(page.copies)
    print(f"joins: precision {right / made:.3f}, recall {right / cuts:.3f} ({cuts} cuts)")
    print(f"duplicates: precision {found / marked:.3f}, recall {found / copies:.3f} ({copies} blocks)")
    assert right / made >= 0.90
    assert right / cuts >= 0.15
    assert found / marked >= 0.99
    assert found / copies >= 0.95
