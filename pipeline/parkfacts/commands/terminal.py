"""Where commands print to."""

from __future__ import annotations

from rich.console import Console

from parkfacts.commands.talk import for_machines

WIDE = 240


def console(stderr: bool = False) -> Console:
    """A console as wide as the terminal; without one, wide enough that nothing is broken or cut. That of stderr is mute
    where stderr is for machines."""
    console = Console(stderr=stderr, highlight=False, quiet=stderr and for_machines())
    if not console.is_terminal:
        console.width = WIDE
    return console
