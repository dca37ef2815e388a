"""Precision and recall of joins and duplicates on newspapers made from clean prose (``newspapers.py``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from fit_joins import folds, judge, others, pages
from newspaper_score import Inside, counted, told
from newspapers import Newspaper, newspaper, stories_of
from parkfacts.repair import joins, repair
from parkfacts.segment import Segmenter
from parkfacts.text import Source

CORPUS = Path(__file__).parents[1] / "corpus"
SEGMENTER = Segmenter()
INSIDE = Inside(SEGMENTER)
EACH = 34  # pages of a fold


def scored(pages: Iterable[Newspaper]) -> Counter[str]:
    count: Counter[str] = Counter()
    for page in pages:
        count.update(counted(page, repair(Source.from_text(page.text), SEGMENTER)))
    return count


def holds(rates: dict[str, Any]) -> None:
    """What every set of pages has to show."""
    assert rates["precision"] >= 0.97 and rates["recall"] >= 0.60 and rates["recall inside"] >= 0.85
    assert rates["copies precision"] >= 0.99 and rates["copies recall"] >= 0.97 and not rates["decoys dropped"]


def test_newspapers_of_our_own_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page by counts that know nothing of its stories."""
    count: Counter[str] = Counter()
    for fold in folds():
        judging = judge(others(fold), joins.judge().weights)
        with monkeypatch.context() as patched:
            patched.setattr(joins, "judge", lambda judging=judging: judging)
            count += scored(pages(fold, range(500, 500 + EACH), INSIDE))
    assert count["pages"] >= 200
    rates = told(count)
    print(rates)
    holds(rates)


def test_newspapers_that_are_only_scored() -> None:
    """Pages of texts that nothing was counted over or fitted to. Their words must not be shown."""
    held = stories_of(CORPUS / "held")
    if not held:
        pytest.skip("the held documents are not in this checkout")
    rates = told(scored(newspaper(held, seed, INSIDE) for seed in range(1000, 1300)))
    print(rates)
    holds(rates)
    assert rates["order"] >= 0.90
