"""The outcome of a document as an event."""

from __future__ import annotations

import logging
from dataclasses import asdict

from parkfacts.batch.task import Outcome
from parkfacts.logs import tell

log = logging.getLogger(__name__)
_LEVELS = {"done": logging.INFO, "unchanged": logging.INFO, "failed": logging.ERROR}


def told(outcome: Outcome) -> None:
    """Logs what came of a document; nothing of its text is in it."""
    seconds = outcome.seconds if outcome.state != "unchanged" else None
    tell(
        log,
        _LEVELS[outcome.state],
        f"document.{outcome.state}",
        outcome.message or f"{outcome.shown}: {outcome.state}",
        document=outcome.name,
        source=outcome.shown,
        seconds=round(sum(seconds.values()), 4) if seconds else None,
        stages=seconds,
        counts=outcome.counts._asdict() if outcome.counts else None,
        attempts=outcome.attempts,
        **asdict(outcome.why) if outcome.why else {},
    )
