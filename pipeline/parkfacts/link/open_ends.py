"""Words beside a date that make it the end of an open range: 2025年前, 自2018年起, 3月5日（含）以后.

They are no part of the date's mention (guide); what they say is its ``mod``, in the terms of TIMEX3.
"""

from __future__ import annotations

import re

from parkfacts.facts import DateMod

_INCLUDED = r"(?P<on>(?:[（(]含[^）)]{0,2}[）)]|或|及)(?:以|之)?)"
_BEHIND = re.compile(
    rf"(?:{_INCLUDED}|以|之)?(?:(?P<before>前(?![后往来景列夕\d一二三两半几]|期[工准]))|(?P<after>后(?![续期备半\d一二三两]))"
    r"|(?P<since>以来|之后起|开始(?!前)|起(?![步点来草飞])))"
)
_FROM = ("自", "从", "始于", "自从")
_FIRST = frozenset("前后以之或及（(开起")


def mod(view: str, start: int, end: int) -> DateMod | None:
    """What the words around ``view[start:end]`` make of a date."""
    match = _BEHIND.match(view, end) if view[end : end + 1] in _FIRST else None
    if match is None:
        return "on_or_after" if view.endswith("自从", 0, start) else None
    if match["since"]:
        return (
            "on_or_after" if match["since"] != "开始" or view.endswith(_FROM, 0, start) or _closes(view, end) else None
        )
    if match["on"]:
        return "on_or_before" if match["before"] else "on_or_after"
    return "before" if match["before"] else "after"


def _closes(view: str, end: int) -> bool:
    """2018年开始，…: the words end a clause, and 开始 is no verb with an object."""
    return view[end + 2 : end + 3] in ("", "，", "。", ",", "\n", "的")
