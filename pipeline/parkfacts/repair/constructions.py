"""``constructions.toml``, compiled: what the two ends of a severed sentence look like."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

Frame = tuple[re.Pattern[str], re.Pattern[str]]


def _read() -> dict[str, Any]:
    with (files(__package__) / "constructions.toml").open("rb") as file:
        return tomllib.load(file)


_DATA = _read()
FRAMES: tuple[Frame, ...] = tuple((re.compile(row["opens"]), re.compile(row["closes"])) for row in _DATA.pop("frames"))
_KNOWN = {name: "(?:" + "|".join(rows) + ")" for name, rows in _DATA.items()}
TAILS, UNITS, OPENERS = (re.compile(_KNOWN[name]) for name in ("tails", "units", "openers"))
PREDICATES, PASSIVES, QUANTITIES = (re.compile(_KNOWN[name]) for name in ("predicates", "passives", "quantities"))
HANGS = re.compile(_KNOWN["hanging"] + "$")
VERBS = re.compile(_KNOWN["verbs"] + "(?:了|起|出|成)?$")
ASKS = re.compile(_KNOWN["asks"] + "(?:了|约|近|超|过)?$")
NUMBER_END = re.compile(r"[0-9零一二三四五六七八九十百千万亿两数几][余多]?$")
POINT = re.compile(r"\d[.．]$")
