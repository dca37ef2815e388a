"""What the page says in its two languages, and values written as a reader of that language is used to."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from parkfacts.facts import Amount, Date, plain

_PART = re.compile(r"(\d{4})-(2[1-4]|3[3-6]|4[01])(?!\d)")
_SHARED = re.compile(r"(\d{4}-(?:\d\d-)?)(\d\d)/\1(\d\d)")
_SIZES = {
    "zh": ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")),
    "en": ((Decimal(10) ** 9, "\u00a0bn"), (Decimal(10) ** 6, "\u00a0m")),
}


def _shorter(match: re.Match[str]) -> str:
    """2023-05-21/2023-05-31 as 2023-05-21/31, where the numbers are months or days."""
    coded = len(match[1]) == 5 and int(match[3]) > 12
    return match[0] if coded else f"{match[1]}{match[2]}/{match[3]}"


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("parkfacts.write.html") / "words.toml").read_text("utf-8"))


class Words:
    """The words of one language (zh or en)."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._table = _tables()[language]

    def say(self, key: str, *values: object) -> str:
        """A phrase of the page."""
        return str(self._table[key]).format(*values)

    def kind(self, kind: str) -> str:
        """What a kind of facts is called."""
        return str(self._table["kind"][kind])

    def term(self, term: str) -> str:
        """A word of the record's vocabulary; one without an entry stands for itself."""
        return str(self._table["term"].get(term, term))

    def unit(self, unit: str | None) -> str:
        """A unit; one without an entry stands for itself."""
        return "" if unit is None else str(self._table["unit"].get(unit, unit))

    def number(self, value: Decimal) -> str:
        """86.3亿, 8.63 bn: all digits, divided into groups."""
        size, word = next(((s, w) for s, w in _SIZES[self.language] if abs(value) >= s), (Decimal(1), ""))
        whole, point, rest = plain(value / size).partition(".")
        return f"{int(whole):,}{point}{rest}{word}" if whole not in ("-0",) else f"{whole}{point}{rest}{word}"

    def measure(self, value: Decimal, unit: str | None) -> str:
        """A number with its unit."""
        name = self.unit(unit)
        return f"{self.number(value)}{'' if self.language == 'zh' or name == '%' else ' '}{name}".strip()

    def amount(self, amount: Amount) -> str:
        """What an amount comes to, its bound in front."""
        bound = "" if amount.bound in ("exact", "range") else self.term(amount.bound)
        if amount.value is None:
            low, high = (self.number(one) for one in (amount.low, amount.high) if one is not None)
            return f"{low}–{high}{'' if self.language == 'zh' else ' '}{self.unit(amount.unit)}"
        gap = " " if bound and self.language == "en" else ""
        return f"{bound}{gap}{self.measure(amount.value, amount.unit)}"

    def date(self, date: Date) -> str:
        """When a date is, in its EDTF form with words for quarters and the like."""
        if date.duration:
            return date.duration + (f"–{date.duration_high}" if date.duration_high else "")
        return _PART.sub(self._part, _SHARED.sub(_shorter, date.edtf or ""))

    def _part(self, match: re.Match[str]) -> str:
        """EDTF's numbers for seasons, quarters and halves, in words."""
        gap = "" if self.language == "zh" else " "
        return f"{match[1]}{gap}{self._table['part'][match[2]]}"
