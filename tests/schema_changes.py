"""What a change of a JSON Schema means to those who read the records, by the policy of docs/compatibility.md.

``changes`` walks two schemas of the kind that pydantic writes, place by place. Breaking is whatever may surprise a
program that was written for the old one, or makes a record that was written by the old one invalid; a keyword that is
not known here and differs is breaking too, so that nothing passes unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

Schema = dict[str, Any]
_TOLD = {"title", "description", "examples", "$defs", "$schema", "$id"}  # words for people, and where things stand
_WALKED = {"properties", "required", "items", "prefixItems", "additionalProperties", "propertyNames", "enum", "const"}


class Change(NamedTuple):
    """A difference at a ``place`` such as ``amounts[].modality``."""

    place: str
    what: str
    breaking: bool


def changes(old: Schema, new: Schema) -> list[Change]:
    """All differences, the version's own field aside."""
    found = _compared(_At(old, old), _At(new, new), "")
    return [change for change in found if change.place != "schema_version"]


class _At(NamedTuple):
    """A part of a schema, with the whole that its references speak of."""

    part: Any
    whole: Schema

    def to(self, part: Any) -> _At:
        return _At(part, self.whole)

    def forms(self) -> dict[str, _At]:
        """What may stand here, by its type: the members of ``anyOf``, references followed."""
        if "anyOf" in self.part:
            members = [self.to(one).forms() for one in self.part["anyOf"]]
            merged = {kind: form for one in members for kind, form in one.items()}
            assert len(merged) == sum(map(len, members)), f"two forms of one type: {self.part}"
            return merged
        if "$ref" in self.part:
            rest = {key: value for key, value in self.part.items() if key != "$ref"}
            target = self.whole["$defs"][self.part["$ref"].rpartition("/")[2]]
            return self.to({**target, **rest}).forms()
        if "const" in self.part:
            return {"string": self.to({"enum": [self.part["const"]]})}
        return {self.part.get("type", "anything"): self}


def _compared(old: _At, new: _At, place: str) -> Iterator[Change]:
    before, now = old.forms(), new.forms()
    yield from (Change(place, f"is never {kind} any more", True) for kind in before if kind not in now)
    yield from (Change(place, f"may be {kind} now", True) for kind in now if kind not in before)
    if old.part.get("default", ...) != new.part.get("default", ...):
        yield Change(place, "means something else where it is missing", True)
    for kind in before.keys() & now.keys():
        yield from _of_one_type(before[kind], now[kind], place)


def _of_one_type(old: _At, new: _At, place: str) -> Iterator[Change]:
    yield from _properties(old, new, place)
    yield from _values(old.part.get("enum"), new.part.get("enum"), place)
    for key in ("items", "additionalProperties", "propertyNames"):
        inner = f"{place}[]" if key == "items" else f"{place}.*"
        yield from _inner(old, new, old.part.get(key), new.part.get(key), inner)
    pairs = (old.part.get("prefixItems", []), new.part.get("prefixItems", []))
    if len(pairs[0]) != len(pairs[1]):
        yield Change(place, "is of another length", True)
    for n, (a, b) in enumerate(zip(*pairs, strict=False)):
        yield from _inner(old, new, a, b, f"{place}[{n}]")
    for key in (old.part.keys() | new.part.keys()) - _TOLD - _WALKED - {"default"}:
        if old.part.get(key) != new.part.get(key):
            yield Change(place, f"{key} is {new.part.get(key)}, was {old.part.get(key)}", True)


def _inner(old: _At, new: _At, before: Any, now: Any, place: str) -> Iterator[Change]:
    if isinstance(before, dict) and isinstance(now, dict):
        yield from _compared(old.to(before), new.to(now), place)
    elif before != now:
        yield Change(place, f"what it holds is {now}, was {before}", True)


def _properties(old: _At, new: _At, place: str) -> Iterator[Change]:
    before, now = old.part.get("properties", {}), new.part.get("properties", {})
    must, must_now = old.part.get("required", []), new.part.get("required", [])
    for name in {**before, **now}:
        at = f"{place}.{name}".strip(".")
        if name not in now:
            yield Change(at, "is gone", True)
        elif name not in before:
            yield Change(at, "is new", name in must_now)  # a record of before has it not
        else:
            if (name in must) != (name in must_now):
                yield Change(at, "must be there now" if name in must_now else "may be missing now", True)
            yield from _compared(old.to(before[name]), new.to(now[name]), at)


def _values(before: list[Any] | None, now: list[Any] | None, place: str) -> Iterator[Change]:
    if (before is None) != (now is None):
        yield Change(place, "is a closed list now" if now else "is no closed list any more", True)
    elif before is not None and now is not None:
        yield from (Change(place, f"is never {one!r} any more", True) for one in before if one not in now)
        yield from (Change(place, f"may be {one!r} now", False) for one in now if one not in before)
