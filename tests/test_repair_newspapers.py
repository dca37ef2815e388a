"""Precision and recall of joins and duplicates on newspapers made from clean prose (``newspapers.py``)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from fit_joins import stories
from newspaper_score import Inside, counted, told
from newspapers import newspaper, stories_of
from parkfacts.repair import repair
from parkfacts.segment import Segmenter
from parkfacts.text import Source

CORPUS = Path(__file__).parents[1] / "corpus"
SEGMENTER = Segmenter()


def scored(told_of: list[list[str]], seeds: range) -> Counter[str]:
    inside = Inside(SEGMENTER)
    count: Counter[str] = Counter()
    for seed in seeds:
        page = newspaper(told_of, seed, inside)
        count.update(counted(page, repair(Source.from_text(page.text), SEGMENTER)))
    return count


def test_newspapers_of_our_own_prose() -> None:
    """Pages of texts that the counts and weights know."""
    rates = told(scored(stories(), range(200)))
    print(rates)
    assert rates["precision"] >= 0.97 and rates["recall"] >= 0.55
    assert rates["copies precision"] >= 0.99 and rates["copies recall"] >= 0.95 and not rates["decoys dropped"]


def test_newspapers_that_are_only_scored() -> None:
    """Pages of texts that nothing was counted over or fitted to. Their words must not be shown."""
    held = stories_of(CORPUS / "held")
    if not held:
        pytest.skip("the held documents are not in this checkout")
    rates = told(scored(held, range(1000, 1050)))
    print(rates)
    assert rates["precision"] >= 0.90 and rates["recall"] >= 0.40
    assert rates["copies precision"] >= 0.99 and rates["copies recall"] >= 0.95 and not rates["decoys dropped"]
