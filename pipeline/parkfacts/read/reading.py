"""What a reader makes of a file's bytes."""

from __future__ import annotations

from typing import NamedTuple

from parkfacts.text import Mark, Place

__all__ = ["Mark", "Place", "Reading"]


class Reading(NamedTuple):
    """The text, from now on the source that offsets count in, with where it stands in the file.

    ``encoding`` is a codec of Python's where the text is ``bytes.decode(encoding)``, empty where it was made.
    ``places`` and ``marks`` each ascend and are disjoint. ``ordered``: the format tells its paragraphs and their order,
    so that nothing is guessed that it says.
    """

    text: str
    encoding: str
    places: tuple[Place, ...] = ()
    ordered: bool = False
    warnings: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
