"""Where commands print to."""

from __future__ import annotations

from rich.console import Console

WIDE = 240


def console(stderr: bool = False) -> Console:
    """A console as wide as the terminal; without one, wide enough that nothing is broken or cut."""
    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console.width = WIDE
    return console
