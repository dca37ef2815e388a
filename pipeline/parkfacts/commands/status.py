"""``parkfacts status``: how far a folder of records is."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from parkfacts.batch.status import Status, status
from parkfacts.commands.terminal import console

DONE, LEFT = 0, 3


def run(outputs: str, as_json: bool) -> int:
    """Prints the state, and returns 0 where all is done, 3 where something is left. Raises ``ReportError`` where no run
    was."""
    found = status(outputs)
    if as_json:
        sys.stdout.buffer.write((json.dumps(asdict(found), ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    else:
        _print(found)
    left = found.failed or found.pending or found.stale
    return LEFT if left or not found.complete else DONE


def _print(found: Status) -> None:
    out = console()
    for what in ("done", "failed", "pending", "stale"):
        out.print(f"{what:<8}{len(getattr(found, what)):>8}")
    if not found.complete:
        out.print("the latest run did not come to its end; the same extract command goes on from there")
    for reason in found.failed.values():
        out.print(f"failed   {reason}", markup=False, soft_wrap=True)
    for name, reason in found.stale.items():
        out.print(f"stale    {name}: {reason}", markup=False, soft_wrap=True)
