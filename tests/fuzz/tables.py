"""The rules of a table as the engine tries them: at each place where a match can start."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from fuzz.pumping import Pump, pumps
from parkfacts.rules import Table

TABLES = ("dates", "amounts", "milestones", "roles", "names_before", "names_after", "names_lists", "names_frames")


def scanning(table: Table) -> Callable[[str], object]:
    """All of a table's rules over a text, where each abstains, so that all are tried at every place."""

    def abstain(match: re.Match[str]) -> None:
        return None

    produce: Any = defaultdict(lambda: abstain)
    return lambda text: list(table.scan(text, produce))


def table_pumps(table: Table) -> list[Pump]:
    """The texts that each rule is hard put to, and those of the table's scan for places to start."""
    sources = (table._starts.pattern, *(rule.source for rule in table.rules))
    return list(dict.fromkeys(pump for source in sources for pump in pumps(source)))
