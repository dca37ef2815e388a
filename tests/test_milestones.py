"""Milestones of invented reports in many genres (``data/milestones.txt``): all that is told, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from parkfacts import extract
from parkfacts.facts import Milestone, Report
from parkfacts.quality.equal.milestones import holds

DATA = Path(__file__).parent / "data" / "milestones.txt"


class Told(NamedTuple):
    """A milestone as the data file writes it."""

    date: str
    type: str
    status: str
    actor: str
    description: str


class Case(NamedTuple):
    genre: str
    reference: str
    text: str
    told: tuple[Told, ...]


def cases() -> Iterator[Case]:
    for part in re.split(r"^== ", DATA.read_text("utf-8"), flags=re.M)[1:]:
        head, _, rest = part.partition("\n")
        genre, reference = head.rsplit(" ", 1)
        lines = rest.split("\n")
        text = "\n".join(line for line in lines if not line.startswith("> ")).strip("\n") + "\n"
        told = tuple(Told(*line[2:].split(" | ")) for line in lines if line.startswith("> "))
        yield Case(genre, reference, text, told)


def found_for(told: Told, text: str, left: list[Milestone], edtf: dict[str, str | None]) -> Milestone | None:
    at = text.index(told.description)
    span = ((at, at + len(told.description)),)
    same = (m for m in left if (edtf[m.date or ""], m.type) == (told.date, told.type))
    return next((m for m in same if holds(m.spans, span)), None)


def entity(name: str | None, report: Report) -> str | None:
    for one in (*report.companies, *report.organizations, *report.projects):
        if name in (one.name, *one.aliases):
            return one.name
    return name


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.genre)
def test_all_that_is_told_and_nothing_else(case: Case) -> None:
    report = extract(case.text, reference_date=case.reference)
    edtf = {date.id: date.edtf for date in report.dates}
    left, wrong = list(report.milestones), []
    for told in case.told:
        found = found_for(told, case.text, left, edtf)
        if found is None:
            wrong.append(f"missed {told}")
            continue
        left.remove(found)
        if found.status != told.status:
            wrong.append(f"{found.status}: {told}")
        if told.actor != "-" and entity(found.actor, report) != entity(told.actor, report):
            wrong.append(f"by {found.actor}: {told}")
    wrong += [f"spurious {m.type} {m.description}" for m in left]
    assert wrong == []
