"""A subject as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from parkfacts.link.milestones.scene import Named, Scene
from parkfacts.rules.engine import data


@cache
def listed_words(name: str) -> frozenset[str]:
    """A list of ``rules/actors.toml``."""
    return frozenset(data("actors")[name].split())


class Actor(NamedTuple):
    """A subject as written, with the indices of the companies that it names and of its project; ``works`` says that it
    is something built."""

    text: str
    companies: tuple[int, ...] = ()
    project: int | None = None
    works: bool = False

    @classmethod
    def of(cls, scene: Scene, names: Sequence[Named]) -> Actor:
        """A name, or a list of names."""
        text = scene.doc.text.content[names[0].start : names[-1].end]
        if len(names) == 1 and names[0].kind == "project":
            text = scene.project_text(names[0])
        companies = [n.place for n in names if n.kind == "company"]
        project = next((n.place for n in names if n.kind == "project"), None)
        if project is not None:
            companies += [n.place for n in scene.names_in(names[0].start, names[-1].end) if n.kind == "company"]
        return cls(text, tuple(dict.fromkeys(companies)), project, project is not None)
