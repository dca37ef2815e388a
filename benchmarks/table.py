"""One table of all figures; a row appears when it is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """``rate`` are characters a CPU second, ``seconds`` CPU seconds, ``mebibytes`` the most that was resident,
    ``growth`` the exponent from the row before (1.00 is linear)."""

    what: str
    rate: float | None = None
    seconds: float | None = None
    mebibytes: float | None = None
    growth: float | None = None
    note: str = ""


def head(part: str) -> str:
    """The line above a part's rows."""
    return f"\n{part:<34}{'characters/CPU s':>17}{'CPU s':>10}{'MiB':>7}{'growth':>8}"


def line(row: Row) -> str:
    """A row as it is printed."""
    cells = (
        "" if row.rate is None else f"{row.rate:,.0f}",
        "" if row.seconds is None else f"{row.seconds:,.2f}",
        "" if row.mebibytes is None else f"{row.mebibytes:,.0f}",
        "" if row.growth is None else f"{row.growth:.2f}",
    )
    rate, seconds, mebibytes, growth = cells
    return f"{row.what:<34}{rate:>17}{seconds:>10}{mebibytes:>7}{growth:>8}  {row.note}".rstrip()
