"""The record: pydantic models of what is found, with the vocabulary of the annotation guide.

``Report`` is what the pipeline writes, ``Gold`` what an annotator writes; both are a ``Record`` and share every field
name. A record checks itself: pass the decoded source as validation context (``context={"text": source_text}``) and
every quote is compared with its spans; ids must be unique and every reference must resolve.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date as Day
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

SCHEMA_VERSION = "1.0"  # docs/compatibility.md says when it moves, and how

DateKind = Literal["date", "range", "duration", "set"]
Precision = Literal["day", "ten-days", "month", "quarter", "half", "year", "plan", "decade", "century"]
DateMod = Literal["before", "on_or_before", "after", "on_or_after"]
Dimension = Literal[
    "money", "area", "length", "mass", "volume", "energy", "power", "count", "percent", "percentage_point", "ratio",
    "other",
]  # fmt: skip
Bound = Literal["exact", "about", "over", "under", "range"]
Role = Literal["investor", "tenant", "listed", "certified", "partner", "customer"]
OrganizationType = Literal[
    "government", "park", "town", "university", "institute", "association", "media", "platform", "exchange", "facility",
    "hospital", "other",
]  # fmt: skip
MilestoneType = Literal[
    "groundbreaking", "completion", "production", "signing", "establishment", "approval", "recognition", "unveiling",
    "listing", "launch", "land", "target", "other",
]  # fmt: skip
Status = Literal["achieved", "ongoing", "planned"]
Modality = Literal["actual", "planned"]
Level = Literal["国家级", "省级", "市级", "县级"]
BlockKind = Literal["title", "byline", "heading", "caption", "body", "quote", "table row", "boilerplate"]
BlockStatus = Literal["kept", "duplicate", "open"]

Offset = Annotated[int, Field(ge=0)]
Spans = Annotated[tuple[tuple[Offset, Offset], ...], Field(min_length=1)]


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros: 3.70 → "3.7", 1E+3 → "1000"."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _no_float(value: object) -> object:
    if isinstance(value, float | bool):
        raise ValueError("an amount is a decimal written as a string, never a float")
    return value


Number = Annotated[
    Decimal,
    BeforeValidator(_no_float),
    PlainSerializer(plain, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(\.\d*[1-9])?$"}),
]


def _of_this_version(version: str) -> str:
    if version != SCHEMA_VERSION:
        raise ValueError(f"the version is not {SCHEMA_VERSION}; parkfacts.versions.read_report reads earlier ones")
    return version


Version = Annotated[
    str,
    AfterValidator(_of_this_version),
    # what is written later under the same major number keeps to the schema of its own and later minor ones
    WithJsonSchema({"type": "string", "pattern": rf"^{SCHEMA_VERSION.split('.')[0]}\.(0|[1-9][0-9]*)$"}),
]


class Model(BaseModel):
    """Frozen, and closed to unknown fields."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True, hide_input_in_errors=True
    )


# ---- evidence ---------------------------------------------------------------------------------------------------


class Evidence(Model):
    """A quote: ``text`` is what ``spans`` hold, joined; ``also`` holds the same in duplicated fragments."""

    text: str
    spans: Spans
    also: tuple[Spans, ...] = ()


class Reason(Evidence):
    """Evidence for a conclusion, with the reason in words."""

    why: str | None = None


class Found(Model):
    """What every extracted fact says of its making: the rule, and a score where one exists."""

    rule: str
    score: float | None = None


class Annotated_(Model):
    """What an annotator may add; ``optional`` items are neither rewarded nor punished."""

    rule: str | None = None
    score: float | None = None
    optional: bool = False
    note: str | None = None
    why: str | None = None


# ---- dimensions -------------------------------------------------------------------------------------------------


class DateFields(Evidence):
    """A date, range, duration or set. ``duration_high`` is the longer end of a range of durations (3到5天); ``mod`` (as
    in TIMEX3) says that the words beside a date make it the end of an open range: before for 2025年前, on_or_after for
    自2018年起. ``implied`` names the fields that the context gave (a 6月 whose year came from
    the sentence before has ``implied == ("year",)``)."""

    id: str
    kind: DateKind
    start: Day | None = None
    end: Day | None = None
    edtf: str | None = None
    precision: Precision | None = None
    approximate: bool = False
    duration: str | None = None
    duration_high: str | None = None
    business_days: bool = False
    mod: DateMod | None = None
    implied: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _ordered(self) -> DateFields:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"date {self.id}: start {self.start} is after end {self.end}")
        if self.kind in ("duration", "set") and (self.start or self.end or self.edtf or not self.duration):
            raise ValueError(f"date {self.id}: a {self.kind} has a duration and neither start, end nor edtf")
        return self


class AmountFields(Evidence):
    """A number with its unit. ``value`` is in ``unit``; a range has ``low`` and ``high`` instead. ``modality`` says
    whether the text gives it as a fact or as something to come: a target, a plan, an expectation."""

    id: str
    value: Number | None = None
    unit: str | None = None
    dimension: Dimension
    bound: Bound
    low: Number | None = None
    high: Number | None = None
    indicator: str | tuple[str, ...] | None = None
    indicator_id: str | None = None
    subject: str | None = None
    as_of: str | None = None
    base: str | None = None
    change: Literal["up", "down"] | None = None
    per: str | None = None
    modality: Modality = "actual"

    @model_validator(mode="after")
    def _ordered(self) -> AmountFields:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"amount {self.id}: low {self.low} is above high {self.high}")
        if (self.bound == "range") != (self.low is not None and self.high is not None):
            raise ValueError(f"amount {self.id}: low and high belong to a range, and to nothing else")
        return self


class NameMention(Evidence):
    """One occurrence of a name; ``rule`` found it (absent in gold)."""

    rule: str | None = None


class RoleFields(Evidence):
    """What a company is to the park, with the words that say so; ``board`` for a listed one."""

    role: Role
    board: str | None = None


class AliasReason(Model):
    """Why ``alias`` and ``of`` are one: ``short`` (made of it in a usual way), ``defined`` （以下简称“X”）,
    ``english`` （英文名X）, ``brand`` (旗下品牌“X”), ``renamed``, ``former`` (原X, 前身是X) or ``ledger`` (a user's own
    list says so). ``evidence`` is what says it, where the text does."""

    alias: str
    of: str
    why: Literal["short", "defined", "english", "brand", "renamed", "former", "ledger"]
    evidence: Evidence | None = None


class Registered(Model):
    """A company's row in the user's ledger of firms."""

    name: str
    code: str | None = None
    id: str | None = None


class Named(Model):
    """A named thing: ``name`` is its fullest form in the document, ``aliases`` the others, ``reasons`` why they are
    its."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: Annotated[tuple[NameMention, ...], Field(min_length=1)]
    roles: tuple[RoleFields, ...] = ()
    reasons: tuple[AliasReason, ...] = ()

    @model_validator(mode="after")
    def _forms(self) -> Named:
        forms = {m.text for m in self.mentions}
        if self.name not in forms or set(self.aliases) != forms - {self.name}:
            raise ValueError(f"{self.id}: name and aliases are not the forms of its mentions")
        return self


class OrganizationFields(Named):
    """A body that is no company."""

    type: OrganizationType


class Detail(Evidence):
    """A circumstance of an event with the words that say so; ``name`` is what they stand for (园区 → the park's)."""

    name: str


class MilestoneFields(Model):
    """A dated event. ``date`` is a date's id; ``companies`` and ``amounts`` are ids; ``restated`` tells it again.
    ``place`` is where it happened, ``counterpart`` the other side of a signing (``actor`` is the one), ``board`` the
    board or the exchange of a listing."""

    id: str
    date: str | None
    type: MilestoneType
    status: Status
    actor: str | None = None
    description: str
    companies: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    level: Level | None = None
    place: Detail | None = None
    counterpart: tuple[Detail, ...] = ()
    board: Detail | None = None
    spans: Spans
    also: tuple[Spans, ...] = ()
    restated: tuple[Evidence, ...] = ()
    implied: tuple[str, ...] = ()

    def circumstances(self) -> Iterator[tuple[str, Detail]]:
        """Place, counterparts and board, as far as they are told, each under its field's name."""
        yield from (("counterpart", one) for one in self.counterpart)
        yield from ((what, one) for what, one in (("place", self.place), ("board", self.board)) if one is not None)


class Date(Found, DateFields):
    """An extracted date."""


class Amount(Found, AmountFields):
    """An extracted amount."""


class Company(Found, Named):
    """An extracted company; ``ledger`` is its row in the ledger that was given."""

    ledger: Registered | None = None


class Organization(Found, OrganizationFields):
    """An extracted organization."""


class Project(Found, Named):
    """An extracted project, with what belongs to it: ``companies``, ``investment`` and ``area`` (amounts) and
    ``milestones`` are ids, ``dates`` the date's id by the milestone's type."""

    companies: tuple[str, ...] = ()
    investment: str | None = None
    area: str | None = None
    milestones: tuple[str, ...] = ()
    dates: dict[MilestoneType, str] = {}


class Milestone(Found, MilestoneFields):
    """An extracted milestone."""


class GoldDate(DateFields, Annotated_):
    """An annotated date."""


class GoldAmount(AmountFields, Annotated_):
    """An annotated amount."""


class GoldCompany(Named, Annotated_):
    """An annotated company."""


class GoldOrganization(OrganizationFields, Annotated_):
    """An annotated organization."""


class GoldProject(Named, Annotated_):
    """An annotated project."""


class GoldMilestone(MilestoneFields, Annotated_):
    """An annotated milestone."""


# ---- document ---------------------------------------------------------------------------------------------------


def _none(value: object) -> bool:
    return value is None


def _empty(value: object) -> bool:
    return value == ()


class Place(Model):
    """Where a range of the text stands in its file: the page, paragraph, element or cell (docs/reading.md)."""

    span: tuple[Offset, Offset]
    path: str
    page: Annotated[int | None, Field(ge=1, exclude_if=_none)] = None
    box: Annotated[tuple[float, float, float, float] | None, Field(exclude_if=_none)] = None
    score: Annotated[float | None, Field(exclude_if=_none)] = None


class SourceInfo(Model):
    """``sha256`` is of the file's bytes, ``chars`` counts the code points of the decoded text; ``encoding`` is empty
    where the text was made (a docx, a PDF), ``places`` are where it was made from, in its order."""

    sha256: str
    chars: int
    encoding: str = "utf-8"
    format: str = "txt"
    places: Annotated[tuple[Place, ...], Field(exclude_if=_empty)] = ()


class Park(Model):
    """The park that the report is about."""

    name: str
    aliases: tuple[str, ...] = ()


class ReferenceDate(Model):
    """The day, month or year that 今年 and 目前 speak from; ``basis`` says where it comes from."""

    value: str
    start: Day
    end: Day
    not_before: Day | None = None
    not_after: Day | None = None
    basis: Literal["given", "dateline", "inferred"]
    evidence: tuple[Reason, ...] = ()


class Header(Model):
    """What the document says of itself."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    park: Park | None = None
    reference_date: ReferenceDate | None = None
    publication_hints: tuple[Reason, ...] = ()


class Block(Model):
    """A paragraph, heading, caption or table row of the source."""

    id: str
    kind: BlockKind
    start: Offset
    end: Offset
    status: BlockStatus = "kept"
    duplicate_of: str | None = None
    continues: str | None = None
    reason: str | None = None
    note: str | None = None


class Join(Model):
    """``to`` continues the sentence that ``from`` breaks off; ``votes`` are the reasons and their weights."""

    from_: str = Field(alias="from")
    to: str
    left: str
    right: str
    score: float | None = None
    votes: dict[str, float] = {}
    note: str | None = None


class Open(Model):
    """A block whose sentence breaks off, and whose rest is not in the document."""

    id: str
    left: str
    missing: str | None = None


class Layout(Model):
    """The blocks of the source in its order, what was joined, what only may belong together (``suggested``: not joined
    in the text), what stayed open, and the reading order."""

    blocks: tuple[Block, ...] = ()
    joins: tuple[Join, ...] = ()
    suggested: tuple[Join, ...] = ()
    open: tuple[Open, ...] = ()
    reading_order: tuple[str, ...] | None = None


class Finding(Model):
    """Something that a reader should check: facts of the record that contradict each other."""

    kind: str
    message: str
    facts: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Unclaimed(Evidence):
    """A numeral of the document that no fact holds, with its sentence and, where it is known to be none, why."""

    sentence: str
    why: str | None = None


class Warned(Model):
    """Something that the run could not do as it should, and where."""

    message: str
    spans: tuple[tuple[Offset, Offset], ...] = ()


# ---- records ----------------------------------------------------------------------------------------------------

D = TypeVar("D", bound=DateFields)
A = TypeVar("A", bound=AmountFields)
C = TypeVar("C", bound=Named)
O = TypeVar("O", bound=OrganizationFields)  # noqa: E741
P = TypeVar("P", bound=Named)
M = TypeVar("M", bound=MilestoneFields)


class Record(Model, Generic[D, A, C, O, P, M]):
    """All that is known of one document, by extraction or by annotation."""

    schema_version: Version = SCHEMA_VERSION
    source: SourceInfo
    document: Header
    layout: Layout
    dates: tuple[D, ...]
    amounts: tuple[A, ...]
    companies: tuple[C, ...]
    organizations: tuple[O, ...]
    projects: tuple[P, ...] = ()
    milestones: tuple[M, ...]
    findings: tuple[Finding, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()
    warnings: tuple[Warned, ...] = ()

    @model_validator(mode="after")
    def _consistent(self, info: ValidationInfo) -> Record[D, A, C, O, P, M]:
        _check_references(self)
        text = (info.context or {}).get("text")
        if text is not None:
            _check_quotes(self, text)
        return self

    def facts(self) -> Iterator[Any]:
        """Every fact, in the order of the record."""
        for part in (self.dates, self.amounts, self.companies, self.organizations, self.projects, self.milestones):
            yield from part


class Report(Record[Date, Amount, Company, Organization, Project, Milestone]):
    """What the pipeline writes for one document."""


class Gold(Record[GoldDate, GoldAmount, GoldCompany, GoldOrganization, GoldProject, GoldMilestone]):
    """What an annotator writes for one document."""


def _unique(ids: Iterable[str], what: str) -> set[str]:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"{what} {one!r} is used twice")
        seen.add(one)
    return seen


def _check_references(record: Record[Any, Any, Any, Any, Any, Any]) -> None:
    _unique((fact.id for fact in record.facts()), "id")
    blocks = _unique((block.id for block in record.layout.blocks), "block id")
    dates = {d.id for d in record.dates}
    amounts = {a.id for a in record.amounts}
    companies = {c.id for c in record.companies}

    def resolve(owner: str, ids: Iterable[str | None], known: set[str], what: str) -> None:
        for one in ids:
            if one is not None and one not in known:
                raise ValueError(f"{owner}: {what} {one!r} does not resolve")

    for a in record.amounts:
        if a.as_of is not None or a.base is not None:
            resolve(a.id, (a.as_of, a.base), dates, "date")
    for m in record.milestones:
        resolve(m.id, (m.date,), dates, "date")
        if m.companies or m.amounts:
            resolve(m.id, m.companies, companies, "company")
            resolve(m.id, m.amounts, amounts, "amount")
    milestones = {m.id for m in record.milestones}
    for p in record.projects:
        if isinstance(p, Project):
            resolve(p.id, p.companies, companies, "company")
            resolve(p.id, (p.investment, p.area), amounts, "amount")
            resolve(p.id, p.milestones, milestones, "milestone")
            resolve(p.id, p.dates.values(), dates, "date")
    for b in record.layout.blocks:
        resolve(b.id, (b.duplicate_of, b.continues), blocks, "block")
    for j in (*record.layout.joins, *record.layout.suggested):
        resolve("join", (j.from_, j.to), blocks, "block")
    resolve("open", (o.id for o in record.layout.open), blocks, "block")
    resolve("reading_order", record.layout.reading_order or (), blocks, "block")


def _quotes(record: Record[Any, Any, Any, Any, Any, Any]) -> Iterator[tuple[str, str, Any]]:
    for e in (*record.dates, *record.amounts):
        yield e.id, e.text, e
    for n in (*record.companies, *record.organizations, *record.projects):
        for e in (*n.mentions, *n.roles):
            yield n.id, e.text, e
        for reason in n.reasons:
            if reason.evidence is not None:
                yield n.id, reason.evidence.text, reason.evidence
    for m in record.milestones:
        yield m.id, m.description, m
        for e in (*m.restated, *(one for _, one in m.circumstances())):
            yield m.id, e.text, e
    header = record.document
    for e in (*(header.reference_date.evidence if header.reference_date else ()), *header.publication_hints):
        yield "document", e.text, e
    for f in record.findings:
        for e in f.evidence:
            yield "finding", e.text, e
    for e in record.unclaimed:
        yield "unclaimed", e.text, e


def _difference(held: str, quote: str) -> str:
    """Where two texts part; neither is shown, since what is wrong with a record is logged."""
    at = next((i for i, (a, b) in enumerate(zip(held, quote, strict=False)) if a != b), min(len(held), len(quote)))
    return f"from its character {at} on ({len(held)} and {len(quote)} characters)"


def _check_quotes(record: Record[Any, Any, Any, Any, Any, Any], text: str) -> None:
    if record.source.chars != len(text):
        raise ValueError(f"source: the record speaks of {record.source.chars} characters, the source has {len(text)}")
    for owner, quote, e in _quotes(record):
        held = "".join([text[start:end] for start, end in e.spans])
        if held != quote:
            raise ValueError(
                f"{owner}: the spans {list(e.spans)} hold another text than the quote, {_difference(held, quote)}"
            )
        for copy in e.also:
            if any(not start < end <= len(text) for start, end in copy):
                raise ValueError(f"{owner}: the copy {list(copy)} is outside the source")
