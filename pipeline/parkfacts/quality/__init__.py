"""Gold, scorer and comparison: extraction quality as numbers.

``score`` judges one record against its gold, ``evaluate`` a folder of them, ``compare`` sets two evaluations side by
side, ``attribution`` tells which rule gives what. In the order of the work: gold, equal/, match, align, tally,
clusters, scoring, evaluation, comparison, render.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parkfacts.quality.comparison import compare
    from parkfacts.quality.evaluation import Evaluation
    from parkfacts.quality.gold import QualityError
    from parkfacts.quality.scoring import evaluate, score

__all__ = ["Evaluation", "QualityError", "compare", "evaluate", "score"]

_HOMES = {"Evaluation": "evaluation", "QualityError": "gold", "compare": "comparison", "evaluate": "scoring",
          "score": "scoring"}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Imports on first use: pytest loads the plugin of this room in every project, which must cost nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
