"""The acts of a review as they come from the page or from another tool (``docs/review.md`` lists them)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from parkfacts.review.words import ActError, problems

Id = Annotated[str, Field(min_length=1, max_length=40)]
Ids = Annotated[tuple[Id, ...], Field(min_length=1, max_length=100_000)]
Spans = Annotated[tuple[tuple[int, int], ...], Field(max_length=200)]


class _Act(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class One(_Act):
    """A decision about one fact: right, wrong, or taken back."""

    act: Literal["accept", "reject", "reopen"]
    fact: Id


class All(_Act):
    """Many facts are right; one event."""

    act: Literal["accept_all"]
    facts: Ids


class Edit(_Act):
    """Other values in the fields of a fact."""

    act: Literal["edit"]
    fact: Id
    fields: dict[str, Any]


class Resize(_Act):
    """Other bounds of a fact, or of the ``mention`` of a name; no spans take the mention away."""

    act: Literal["resize"]
    fact: Id
    mention: int | None = None
    spans: Spans


class Add(_Act):
    """A fact that was missed; the rules of the pipeline fill in what ``fields`` leave open."""

    act: Literal["add"]
    kind: Literal["dates", "amounts", "companies", "organizations", "projects", "milestones"]
    spans: Spans
    fields: dict[str, Any] = {}


class Merge(_Act):
    """Names of one thing."""

    act: Literal["merge"]
    into: Id
    facts: Ids


class Split(_Act):
    """Mentions that are another thing."""

    act: Literal["split"]
    fact: Id
    mentions: Annotated[tuple[int, ...], Field(min_length=1)]
    name: str | None = None


class Relay(_Act):
    """A decision about the layout, by the ids of blocks."""

    act: Literal["layout"]
    join: tuple[Id, Id] | None = None
    unjoin: tuple[Id, Id] | None = None
    leave: tuple[Id] | None = None  # its sentence goes on nowhere
    duplicate: tuple[Id, Id] | None = None
    unduplicate: tuple[Id] | None = None

    @model_validator(mode="after")
    def _one(self) -> Relay:
        if len(self.model_dump(exclude={"act"}, exclude_none=True)) != 1:
            raise ValueError("a layout act tells one of join, unjoin, leave, duplicate, unduplicate")
        return self


Act = One | All | Edit | Resize | Add | Merge | Split | Relay
_ACT: TypeAdapter[Act] = TypeAdapter(Annotated[Act, Field(discriminator="act")])


def parse(data: object) -> Act:
    """An act of its JSON. Raises ``ActError``."""
    try:
        return _ACT.validate_python(data)
    except ValidationError as error:
        raise ActError(problems(error)) from None


def named(act: Act) -> tuple[str, ...]:
    """The facts that an act speaks of."""
    if isinstance(act, All):
        return act.facts
    if isinstance(act, Merge):
        return (act.into, *act.facts)
    return () if isinstance(act, Add | Relay) else (act.fact,)


def dumped(act: Act) -> dict[str, Any]:
    """An act as events keep it."""
    return act.model_dump(mode="json", exclude_none=not isinstance(act, Edit))
