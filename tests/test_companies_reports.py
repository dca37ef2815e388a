"""Firms, roles, bodies and projects in short pieces of reports that no rule was written with: a floor."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from parkfacts import extract
from parkfacts.facts import Gold
from parkfacts.quality.evaluation import DocumentScore
from parkfacts.quality.scoring import score
from parkfacts.quality.tally import add_up
from parkfacts.text import Source

PIECES = Path(__file__).parent / "data" / "companies_reports.txt"
TYPES = {
    "g": "government", "z": "park", "t": "town", "u": "university", "i": "institute", "a": "association", "m": "media",
    "p": "platform", "x": "exchange", "f": "facility", "h": "hospital",
}  # fmt: skip
FLOOR = {
    "companies.strict": 0.93, "companies.mentions": 0.92, "companies.b3": 0.89, "companies.roles": 0.59,
    "organizations.detection": 0.88, "organizations.strict": 0.84, "projects.strict": 0.66,
}  # fmt: skip


def piece(lines: list[str]) -> tuple[str, Gold]:
    """A text and its gold."""
    text, open_, names = "", [], []
    for part in re.split(r"(\{\w\||\})", "\n".join(line for line in lines if line[0] != ">")):
        if part.startswith("{"):
            open_.append((part[1], len(text)))
        elif part == "}":
            letter, start = open_.pop()
            names.append((letter, start, len(text)))
        else:
            text += part
    told = [role.split() for line in lines if line[0] == ">" for role in line[1:].split(",")]
    groups: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for letter, start, end in names:
        groups.setdefault((letter, "" if letter.isdigit() else text[start:end]), []).append((start, end))
    gold: dict[str, list[dict[str, Any]]] = {"companies": [], "organizations": [], "projects": []}
    for (letter, _), ranges in groups.items():
        kind = "companies" if letter.isdigit() else "projects" if letter == "j" else "organizations"
        roles = [role_of(role, quote(text, ranges[0])) for number, role in told if number == letter]
        one = named(text, ranges, f"{kind[0]}{len(gold[kind])}", roles)
        gold[kind].append({**one, "type": TYPES[letter]} if kind == "organizations" else one)
    source = Source.from_text(text)
    info = {"sha256": source.sha256, "chars": len(text)}
    nothing: dict[str, Any] = {"document": {}, "layout": {}, "dates": [], "amounts": [], "milestones": []}
    return text, Gold.model_validate({"source": info, **nothing, **gold}, context={"text": text})


def role_of(told: str, quoted: dict[str, Any]) -> dict[str, Any]:
    role, _, board = told.partition(":")
    return {"role": role, "board": board or None, **quoted}


def quote(text: str, span: tuple[int, int]) -> dict[str, Any]:
    return {"text": text[slice(*span)], "spans": [span]}


def named(text: str, ranges: list[tuple[int, int]], id: str, roles: list[dict[str, Any]]) -> dict[str, Any]:
    forms = sorted({text[a:b] for a, b in ranges}, key=lambda form: (-len(form), form))
    mentions = [quote(text, span) for span in ranges]
    return {"id": id, "name": forms[0], "aliases": forms[1:], "mentions": mentions, "roles": roles}


def scores() -> list[DocumentScore]:
    lines = [line for line in PIECES.read_text("utf-8").splitlines() if not line.startswith("#")]
    pieces = [block.split("\n") for block in "\n".join(lines).strip().split("\n\n")]
    made = (piece(lines) for lines in pieces)
    return [score(gold, extract(text), text, str(number)) for number, (text, gold) in enumerate(made)]


def test_they_are_found() -> None:
    figures = add_up(one.figures for one in scores())
    low = [f"{name}: {figures[name].f1:.3f}, not {least}" for name, least in FLOOR.items() if figures[name].f1 < least]
    assert low == []
