"""The names of a user's ledger where the text holds them: they correct the boundaries of what was found.

A mention is added only for what the text says letter for letter. An alias of two or three characters may be a common
word: it is taken where the rules found a firm too, or where the document has a longer form of the same firm.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from parkfacts.find.names.atoms import Atoms
from parkfacts.find.names.model import Found, Name
from parkfacts.find.names.places import Known, by_prefix, occurrences
from parkfacts.find.names.spread import splits
from parkfacts.ledger import Firm, Ledger

_COMPANY = Name("company")
_FORMS = ("公司", "厂", "株式会社")
_SURE = 4  # characters that make a form no common word


def correct(view: str, atoms: Atoms, found: list[Found], ledger: Ledger) -> list[Found]:
    """What was found, with the ledger's names in the place of whatever they overlap; a longer firm's name (the
    subsidiary X玻璃有限公司 of X玻璃) stays."""
    listed = list(_standing(view, atoms, ledger))
    sure = {firm for start, end, firm in listed if end - start >= _SURE}
    firms = [f for f in found if f.name == _COMPANY]
    told = _positions(firms)
    likely = [r for r in listed if r.end - r.start >= _SURE or r.firm in sure or not told.isdisjoint(range(*r[:2]))]
    longer = _positions(f for f in firms if _is_longer(atoms, f, likely))
    taken = [Found(r.start, r.end, "ledger", _COMPANY, 1.0) for r in likely if longer.isdisjoint(range(*r[:2]))]
    held = _positions(taken)
    return [f for f in found if f.name.kind == "project" or held.isdisjoint(range(f.start, f.end))] + taken


class _Listed(NamedTuple):
    """A range that holds a form of a firm of the ledger."""

    start: int
    end: int
    firm: Firm


def _standing(view: str, atoms: Atoms, ledger: Ledger) -> Iterator[_Listed]:
    """The ledger's forms in the text, the longest first, without overlap; none cuts a word of the dictionary."""
    end = 0
    for start, form in occurrences(view, _known(ledger)):
        if start >= end and not (len(form) < _SURE and splits(atoms, start, start + len(form))):
            end = start + len(form)
            yield _Listed(start, end, ledger.by_form[form])


@lru_cache(maxsize=4)
def _known(ledger: Ledger) -> Known:
    return by_prefix(ledger.by_form)


def _is_longer(atoms: Atoms, f: Found, listed: list[_Listed]) -> bool:
    """Whether a firm's name holds a listed one and is another name; a word that is no place and stands before a form of
    law is no part of it (药企海桐精工有限公司)."""
    i = bisect_left(listed, f.start, key=lambda r: r.start)
    inner = listed[i] if i < len(listed) and listed[i].end <= f.end else None
    if inner is None:
        return False
    last = next((r for r in reversed(listed[i : i + 4]) if r.end == f.end), None)
    if last is None or last.start == f.start or not atoms.view.endswith(_FORMS, last.start, last.end):
        return True
    return any(a.kind in "PKCE" for a in atoms.inside(f.start, last.start))


def _positions(found: Iterable[Found]) -> set[int]:
    return {position for f in found for position in range(f.start, f.end)}
