"""What was changed in another tool: the acts that make a record say what the marks say.

A mark that stands where a label of the record stands is that label, unchanged. Of the rest, one with a label's
reference, or of its kind and over the same text, is that label with other bounds; labels without a mark were taken
away, and marks without a label are new. Marks tell bounds and kinds alone, so nothing else of a fact changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from parkfacts.facts import Named, Record
from parkfacts.review.exchange.labels import KINDS, Label, Mark, labels

Act = dict[str, Any]


@dataclass
class _Known:
    """A label of the record, and the marks that are taken for its fragments (``more``: for new ones of it)."""

    label: Label
    marks: list[Mark | None]
    more: list[Mark] = field(default_factory=list)

    def spans(self) -> list[list[int]]:
        """Its bounds now."""
        return [[mark.start, mark.end] for mark in (*self.marks, *self.more) if mark]

    def changed(self) -> bool:
        """Whether they are others than in the record."""
        return self.spans() != [list(span) for span in self.label.spans]


Fragment = tuple[_Known, int, str]  # a label, the number of a fragment of it, and the fragment's reference


def acts(record: Record[Any, Any, Any, Any, Any, Any], marks: Iterable[Mark]) -> list[Act]:
    """The acts, in the order of the record, new facts last; empty where nothing was changed. Marks with labels that
    are not ours are passed over."""
    known = [_Known(label, [None] * len(label.spans)) for label in labels(record)]
    fragments = [(one, at, ref) for one in known for at, ref in enumerate(one.label.references())]
    rest = _elsewhere(*_in_place(fragments, [mark for mark in marks if mark.label in KINDS]))
    return [*_bounds(known, record), *_new(_continued(known, rest))]


def _in_place(fragments: Sequence[Fragment], marks: Sequence[Mark]) -> tuple[list[Fragment], list[Mark]]:
    """Gives fragments the marks at their places, first those of their own reference; the rest of both."""
    waiting: dict[tuple[int, int, str], list[Fragment]] = {}
    for one in fragments:
        known, at, _ = one
        waiting.setdefault((*known.label.spans[at], known.label.kind), []).append(one)
    rest: list[Mark] = []
    for mark in marks:
        here = waiting.get((mark.start, mark.end, KINDS[mark.label]), [])
        taken = next((f for f in here if f[2] == mark.reference), here[0] if here else None)
        if taken is None:
            rest.append(mark)
        else:
            here.remove(taken)
            taken[0].marks[taken[1]] = mark
    return [one for here in waiting.values() for one in here], rest


def _elsewhere(fragments: Sequence[Fragment], marks: Sequence[Mark]) -> list[Mark]:
    """Gives fragments the marks that have their reference, or else hold most of their text; the marks left over."""
    by_reference = {(ref, known.label.kind): (known, at) for known, at, ref in fragments}
    rest: list[Mark] = []
    for mark in marks:
        found = by_reference.pop((mark.reference or "", KINDS[mark.label]), None)
        if found is None:
            rest.append(mark)
        else:
            found[0].marks[found[1]] = mark
    new = []
    for mark in rest:
        shared = {key: _shared(known.label.spans[at], mark) for key, (known, at) in by_reference.items()}
        best = max((key for key in shared if key[1] == KINDS[mark.label]), key=lambda key: shared[key], default=None)
        if best is None or not shared[best]:
            new.append(mark)
        else:
            known, at = by_reference.pop(best)
            known.marks[at] = mark
    return new


def _shared(span: tuple[int, int], mark: Mark) -> int:
    return max(0, min(span[1], mark.end) - max(span[0], mark.start))


def _continued(known: Iterable[_Known], marks: Iterable[Mark]) -> list[Mark]:
    """Adds marks to the label that their group goes on with; the others."""
    owners = {mark.group: one for one in known for mark in one.marks if mark and mark.group}
    rest = []
    for mark in marks:
        owner = owners.get(mark.group) if mark.group else None
        if owner is None or owner.label.kind != KINDS[mark.label]:
            rest.append(mark)
        else:
            owner.more.append(mark)
    return rest


def _bounds(known: Sequence[_Known], record: Record[Any, Any, Any, Any, Any, Any]) -> Iterator[Act]:
    """What became of the facts of the record: one act each at most."""
    named = {fact.id: fact for fact in record.facts() if isinstance(fact, Named)}
    for fact, group in groupby(known, key=lambda one: one.label.fact):
        mentions = list(group)
        changed = [one for one in mentions if one.changed()]
        if not any(one.spans() for one in mentions):
            yield {"act": "reject", "fact": fact}
        elif len(changed) == 1:
            yield {"act": "resize", "fact": fact, "mention": changed[0].label.mention, "spans": changed[0].spans()}
        elif changed:  # one by one they would change each other's numbers
            rules = [mention.rule for mention in named[fact].mentions]
            rest = [(rule, one.spans()) for rule, one in zip(rules, mentions, strict=True) if one.spans()]
            fields = {"mentions": [{"rule": rule, "spans": spans} for rule, spans in rest]}
            yield {"act": "edit", "fact": fact, "fields": fields}


def _new(marks: Iterable[Mark]) -> Iterator[Act]:
    """New facts, one a group."""
    groups: dict[object, list[Mark]] = {}
    for number, mark in enumerate(marks):
        groups.setdefault(number if mark.group is None else (mark.group, mark.label), []).append(mark)
    for some in groups.values():
        spans = [[mark.start, mark.end] for mark in some]
        yield {"act": "add", "kind": KINDS[some[0].label], "spans": spans, "fields": {}}
