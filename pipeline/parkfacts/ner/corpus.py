"""Training text: a sentence a line, names in braces with a letter for their kind: ``{c|岚屿精工}在{z|青岚园}投产``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LETTERS = {
    "c": "company", "g": "government", "z": "park", "o": "organization", "j": "project", "p": "product",
    "r": "person", "l": "place", "a": "award",
}  # fmt: skip


@dataclass(frozen=True)
class Sentence:
    """A text with its names as (start, end, kind), without overlap, in order."""

    text: str
    names: tuple[tuple[int, int, str], ...]


def shipped() -> Path:
    """The folder of our own sentences: in the package where it is installed, ``corpus/ner`` in a clone of it."""
    inside = Path(__file__).with_name("text")
    return inside if inside.is_dir() else Path(__file__).parents[3] / "corpus" / "ner"


def read(folder: Path) -> list[Sentence]:
    """The sentences of every ``*.txt`` of a folder, files by name. Raises ``ValueError`` with file and line."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip():
                try:
                    found.append(parse(line.strip()))
                except ValueError as error:
                    raise ValueError(f"{path}, line {number}: {error}") from error
    return found


def parse(line: str) -> Sentence:
    """A line of training text. Of nested names the firm inside counts, else the outer one."""
    text, open_, names = "", [], []
    at = 0
    while at < len(line):
        char = line[at]
        if char == "{":
            if line[at + 2 : at + 3] != "|" or line[at + 1] not in LETTERS:
                raise ValueError(f"column {at + 1}: a name begins with {{x| and x is one of {''.join(LETTERS)}")
            open_.append((len(text), LETTERS[line[at + 1]], at))
            at += 3
            continue
        if char == "}":
            if not open_:
                raise ValueError(f"column {at + 1}: a brace closes nothing")
            start, kind, where = open_.pop()
            if start == len(text):
                raise ValueError(f"column {where + 1}: an empty name")
            names.append((start, len(text), kind))
        else:
            text += char
        at += 1
    if open_:
        raise ValueError(f"column {open_[-1][2] + 1}: a brace is not closed")
    return Sentence(text, tuple(sorted(_flat(names))))


def _flat(names: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Inner names stand before outer ones; a firm inside a project counts, any other inner name gives way."""
    for name in names:
        inside = [n for n in names if n != name and name[0] <= n[0] and n[1] <= name[1]]
        around = [n for n in names if n != name and n[0] <= name[0] and name[1] <= n[1]]
        firm_inside = name[2] == "project" and any(n[2] == "company" for n in inside)
        given_way = around and not (name[2] == "company" and all(n[2] == "project" for n in around))
        if not firm_inside and not given_way:
            yield name
