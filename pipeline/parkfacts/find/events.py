"""Event triggers: the words that make a dated clause a milestone. The table is ``rules/milestones.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import get_args

from parkfacts.facts import MilestoneType
from parkfacts.rules import load
from parkfacts.rules.engine import Produce
from parkfacts.segment import Document
from parkfacts.text import Mention


def _always(kind: MilestoneType, match: re.Match[str]) -> MilestoneType:
    return kind


PRODUCE: Mapping[str, Produce[MilestoneType]] = {kind: partial(_always, kind) for kind in get_args(MilestoneType)}


def find(doc: Document) -> list[Mention[MilestoneType]]:
    """Triggers in the order of the text, each with the type of milestone that it speaks of."""
    return list(load("milestones").scan(doc.view, PRODUCE))
