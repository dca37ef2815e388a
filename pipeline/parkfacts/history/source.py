"""What the history is made of: records with a name each."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from parkfacts.facts import Company, Date, Milestone, Named, Report


class Quote(NamedTuple):
    """Where something is told: the record's name, the fact's id there, and its words."""

    report: str
    id: str
    text: str


class Read:
    """A record under the name that it is told by, with look-ups."""

    def __init__(self, name: str, report: Report) -> None:
        self.name = name
        self.report = report

    @cached_property
    def dates(self) -> dict[str, Date]:
        """The dates by id."""
        return {date.id: date for date in self.report.dates}

    @cached_property
    def companies(self) -> dict[str, Company]:
        """The companies by id."""
        return {company.id: company for company in self.report.companies}

    @cached_property
    def park(self) -> frozenset[str]:
        """The names of the park that it is about."""
        park = self.report.document.park
        return frozenset() if park is None else frozenset((park.name, *park.aliases))

    @cached_property
    def written(self) -> str:
        """The day that the report speaks from, for the order of reports."""
        reference = self.report.document.reference_date
        return "" if reference is None else reference.end.isoformat()

    def forms(self, name: str | None) -> frozenset[str]:
        """All forms of the entity that a name stands for."""
        if name is None:
            return frozenset()
        named: tuple[Named, ...] = (*self.report.companies, *self.report.projects, *self.report.organizations)
        for one in named:
            if name == one.name or name in one.aliases:
                return frozenset((one.name, *one.aliases))
        return self.park if name in self.park else frozenset((name,))

    def quote(self, milestone: Milestone) -> Quote:
        """A milestone as evidence."""
        return Quote(self.name, milestone.id, milestone.description)
