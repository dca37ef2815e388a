"""Which facts of which reports a history is about."""

from __future__ import annotations

from dataclasses import dataclass

from parkfacts.facts import Amount, Milestone
from parkfacts.history.source import Read


@dataclass(frozen=True)
class Choice:
    """A park, a firm, both or neither; names as any report writes them (a full name, a short one, or a part of it)."""

    park: str | None = None
    company: str | None = None

    def report(self, read: Read) -> bool:
        """Whether a report is about the park."""
        return self.park is None or any(_same(self.park, form) for form in read.park)

    def milestone(self, read: Read, milestone: Milestone) -> bool:
        """Whether a milestone is the firm's."""
        if self.company is None:
            return True
        named = [form for id in milestone.companies for form in read.forms(read.companies[id].name)]
        return any(_same(self.company, form) for form in (*named, *read.forms(milestone.actor)))

    def amount(self, read: Read, amount: Amount) -> bool:
        """Whether a figure is the firm's, or without a firm the park's."""
        forms = read.forms(amount.subject)
        if self.company is not None:
            return any(_same(self.company, form) for form in forms)
        return amount.subject is None or bool(forms & read.park)


def _same(wanted: str, form: str) -> bool:
    return wanted == form or (len(wanted) > 1 and wanted in form) or (len(form) > 2 and form in wanted)
