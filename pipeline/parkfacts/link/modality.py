"""Whether a clause tells of something done, under way, planned or denied; the words are in ``rules/modality.toml``."""

from __future__ import annotations

import re
from functools import cache

from parkfacts.rules.engine import data, guarded

_HOPED = ("planned", "expected", "conditional")
_PLANS = re.compile(r"计划|打算|安排|思路|目标|重点工作|任务|展望|规划|下一步|举措")
_INTENDS = re.compile(
    r"(?=[^，,。；]{2,16}[：:])[^，,。；]{0,12}(?:工作)?(?:打算|计划|安排|思路|任务)[：:]|下一步|今年[^，。]{0,4}要(?:重点|着力|全力)"
)


@cache
def _words() -> dict[str, re.Pattern[str]]:
    rows = data("modality")
    never = rows["never"]
    # a longer word that is no marker swallows the marker in it
    options = {
        name: [*(f"(?:{w})" for w in never if w not in words), f"(?P<hit>{'|'.join(words)})"]
        for name, words in rows.items()
        if name != "never"
    }
    return {name: re.compile(guarded("|".join(those))) for name, those in options.items()}


def _hit(name: str, view: str, start: int, end: int) -> re.Match[str] | None:
    for match in _words()[name].finditer(view, start, end):
        if match["hit"]:
            return match
    return None


def planned(view: str, start: int, end: int) -> bool:
    """Whether ``view[start:end]`` speaks of something to come."""
    return _hit("planned", view, start, end) is not None


def ongoing(view: str, start: int, end: int) -> bool:
    """Whether it speaks of something under way."""
    return _hit("ongoing", view, start, end) is not None


def denied(view: str, start: int, end: int) -> bool:
    """Whether it is negated or a condition."""
    return _hit("negated", view, start, end) is not None or _hit("conditional", view, start, end) is not None


def heads_plans(view: str, start: int, end: int) -> bool:
    """Whether a heading stands over what is to come."""
    return _PLANS.search(view, start, end) is not None


def opens_plans(view: str, start: int, end: int) -> bool:
    """Whether a sentence begins to tell what is to come."""
    return _INTENDS.match(view, start, end) is not None


def last_sign(view: str, start: int, end: int) -> tuple[int, bool] | None:
    """Where the last word stands that tells of something done or to come, and whether it is to come."""
    found = None
    for sign in _signs().finditer(view, start, end):
        found = sign if sign.lastgroup else found
    return None if found is None else (found.start(), found.lastgroup == "hoped")


@cache
def _signs() -> re.Pattern[str]:
    """Words for what is done and for what is to come in one scan, behind the longer words that are none of them."""
    rows = data("modality")
    hoped = [word for name in _HOPED for word in rows[name]]
    never = "|".join(f"(?:{word})" for word in rows["never"] if word not in hoped)
    return re.compile(guarded(f"{never}|(?P<done>{'|'.join(rows['done'])})|(?P<hoped>{'|'.join(hoped)})"))
