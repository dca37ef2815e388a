"""Records as tables: a row a fact, with stable columns and keys.

``document`` is a record's name and ``id`` its fact's; together they are the key of a row, and what refers to a fact
holds its ``id`` within the same document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from parkfacts.facts import Amount, Evidence, Milestone, Named, Report, Spans
from parkfacts.read.places import placer, shown

Kind = Literal["text", "date", "decimal", "int", "float", "bool"]
Value = str | date | Decimal | int | float | bool | None
Row = tuple[Value, ...]


class Told(NamedTuple):
    """A record, what it is called among the others, and the source text that its offsets count in."""

    name: str
    report: Report
    text: str


class Column(NamedTuple):
    """``name`` in English, ``title`` the Chinese heading."""

    name: str
    title: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Table:
    """``rows`` gives a record's; each has a value for every column, None where the record says nothing."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Told], Iterator[Row]]

    def heads(self, language: str) -> list[str]:
        """The names of the columns, in Chinese (zh) or English."""
        return [column.title if language == "zh" else column.name for column in self.columns]


def batches(records: Iterable[Told], size: int) -> Iterator[tuple[Table, list[Row]]]:
    """The rows of all tables, about ``size`` of a table at a time; the last of each may be few or none."""
    waiting: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for told in records:
        for table in TABLES:
            rows = waiting[table.name]
            rows.extend(table.rows(told))
            if len(rows) >= size:
                yield table, rows
                waiting[table.name] = []
    for table in TABLES:
        yield table, waiting[table.name]


def _documents(told: Told) -> Iterator[Row]:
    source, header = told.report.source, told.report.document
    when = header.reference_date
    days = (when.value, when.start, when.end) if when else (None, None, None)
    park = header.park.name if header.park else None
    yield told.name, header.title, park, *days, source.format, source.encoding, source.chars, source.sha256


def _dates(told: Told) -> Iterator[Row]:
    for d in told.report.dates:
        written = (d.edtf, d.precision, d.approximate, d.mod, d.duration)
        yield told.name, d.id, d.text, d.kind, d.start, d.end, *written, d.rule, d.score


def _amounts(told: Told) -> Iterator[Row]:
    dates = {d.id: d for d in told.report.dates}
    park = told.report.document.park
    own = (None, park.name, *park.aliases) if park else (None,)
    for a in told.report.amounts:
        when = dates.get(a.as_of or "")
        days = (when.edtf, when.start, when.end) if when else (None, None, None)
        number = (a.value, a.low, a.high, a.unit, a.dimension, a.bound)
        meant = (a.modality, _listed(a.indicator), a.indicator_id, a.subject, a.subject in own)
        yield told.name, a.id, a.text, *number, *meant, a.as_of, *days, a.base, a.change, a.per, a.rule, a.score


def _companies(told: Told) -> Iterator[Row]:
    for c in told.report.companies:
        code = c.ledger.code if c.ledger else None
        roles = _listed(tuple(dict.fromkeys(role.role for role in c.roles)))
        yield told.name, c.id, c.name, _listed(c.aliases), roles, len(c.mentions), code, c.rule, c.score


def _roles(told: Told) -> Iterator[Row]:
    for c in told.report.companies:
        for number, role in enumerate(c.roles, 1):
            yield told.name, c.id, number, c.name, role.role, role.board, role.text


def _organizations(told: Told) -> Iterator[Row]:
    for o in told.report.organizations:
        yield told.name, o.id, o.name, o.type, _listed(o.aliases), len(o.mentions), o.rule, o.score


def _projects(told: Told) -> Iterator[Row]:
    names = {c.id: c.name for c in told.report.companies}
    amounts = {a.id: a for a in told.report.amounts}
    for p in told.report.projects:
        firms = _listed(tuple(names[one] for one in p.companies))
        sizes = (*_size(p.investment, amounts), *_size(p.area, amounts))
        yield told.name, p.id, p.name, _listed(p.aliases), firms, *sizes, _listed(p.milestones), p.rule, p.score


def _size(one: str | None, amounts: dict[str, Amount]) -> tuple[Value, ...]:
    amount = amounts[one] if one else None
    return (one, amount.value, amount.unit) if amount else (None, None, None)


def _milestones(told: Told) -> Iterator[Row]:
    names = {c.id: c.name for c in told.report.companies}
    dates = {d.id: d for d in told.report.dates}
    for m in told.report.milestones:
        when = dates.get(m.date or "")
        days = (when.edtf, when.start, when.end) if when else (None, None, None)
        firms = _listed(tuple(names[one] for one in m.companies))
        told_of = (m.type, m.status, m.actor, m.description, firms, _listed(m.amounts), m.level, *_circumstances(m))
        yield told.name, m.id, m.date, *days, *told_of, m.rule, m.score


def _circumstances(m: Milestone) -> tuple[Value, ...]:
    place, board = (one.name if one else None for one in (m.place, m.board))
    return place, _listed(tuple(one.name for one in m.counterpart)), board


def _evidences(told: Told) -> Iterator[Row]:
    """A row a fragment of a quote: its ``start`` and ``end`` are code points of the decoded text. Behind each quote
    stand its copies, with the number of the quote under ``copy_of``."""
    place = placer(told.report)
    for fact, number, what, copy_of, spans in _numbered(told.report):
        for fragment, (start, end) in enumerate(spans, 1):
            stands = place([(start, end)])
            where = (shown(stands) or None, next((one.page for one in stands if one.page), None))
            quote = (told.text[start:end], start, end)
            yield told.name, fact, number, fragment, what, copy_of, *where, *quote


def _numbered(report: Report) -> Iterator[tuple[str, int, str, int | None, Spans]]:
    """Quotes and their copies: the fact, a number, what it is, the number of what it repeats, where it stands."""
    for fact in report.facts():
        number = 0
        for what, quote in _quotes(fact):
            number, of = number + 1, number + 1
            yield fact.id, number, what, None, quote.spans
            for copy in quote.also:
                number += 1
                yield fact.id, number, "copy", of, copy


def _quotes(fact: Any) -> Iterator[tuple[str, Evidence]]:
    if isinstance(fact, Named):
        yield from (("mention", mention) for mention in fact.mentions)
        yield from (("role", role) for role in fact.roles)
        return
    text = fact.text if isinstance(fact, Evidence) else fact.description
    yield "fact", Evidence(text=text, spans=fact.spans, also=fact.also)
    if isinstance(fact, Milestone):
        yield from fact.circumstances()
        yield from (("restated", quote) for quote in fact.restated)


def _listed(values: str | Sequence[str] | None) -> str | None:
    return values if isinstance(values, str) or values is None else "、".join(values) or None


def _columns(text: str) -> tuple[Column, ...]:
    """Columns written as ``name title kind``, a comma between two; the kind is text where none is written."""
    return tuple(Column(*one.split()) for one in text.split(","))  # type: ignore[arg-type]


_KEY = "document 文档, id 编号, "
_MADE = ", rule 规则, score 得分 float"
_WHEN = "edtf 时间, start 开始 date, end 结束 date"
TABLES: tuple[Table, ...] = (
    Table("documents", "文档", _columns(
        "document 文档, title 标题, park 园区, reference_date 基准时间, reference_start 基准开始 date, "
        "reference_end 基准结束 date, format 格式, encoding 编码, chars 字数 int, sha256 校验值"
    ), _documents),
    Table("dates", "日期", _columns(
        f"{_KEY}text 原文, kind 类别, start 开始 date, end 结束 date, edtf 时间, precision 精度, "
        f"approximate 约数 bool, mod 界限, duration 时长{_MADE}"
    ), _dates),
    Table("amounts", "数额", _columns(
        f"{_KEY}text 原文, value 数值 decimal, low 下限 decimal, high 上限 decimal, unit 单位, dimension 量纲, "
        f"bound 精确度, modality 情态, indicator 指标, indicator_id 指标编号, subject 主体, "
        f"of_park 园区自身 bool, as_of 日期编号, {_WHEN}, "
        f"base 基期编号, change 增减, per 每{_MADE}"
    ), _amounts),
    Table("companies", "企业", _columns(
        f"{_KEY}name 名称, aliases 别名, roles 角色, mentions 提及次数 int, code 统一代码{_MADE}"
    ), _companies),
    Table("roles", "企业角色", _columns(
        "document 文档, company 企业编号, number 序号 int, name 名称, role 角色, board 板块, text 原文"
    ), _roles),
    Table("organizations", "机构", _columns(
        f"{_KEY}name 名称, type 类别, aliases 别名, mentions 提及次数 int{_MADE}"
    ), _organizations),
    Table("projects", "项目", _columns(
        f"{_KEY}name 名称, aliases 别名, companies 企业, investment 投资编号, investment_value 投资额 decimal, "
        f"investment_unit 投资单位, area 面积编号, area_value 面积 decimal, area_unit 面积单位, "
        f"milestones 大事编号{_MADE}"
    ), _projects),
    Table("milestones", "大事", _columns(
        f"{_KEY}date 日期编号, {_WHEN}, type 类别, status 状态, actor 主体, description 原文, companies 企业, "
        f"amounts 数额编号, level 级别, place 地点, counterpart 签约对方, board 板块{_MADE}"
    ), _milestones),
    Table("evidences", "出处", _columns(
        "document 文档, fact 事实编号, number 序号 int, fragment 片段 int, what 种类, copy_of 副本所属 int, "
        "place 位置, page 页 int, text 原文, start 开始 int, end 结束 int"
    ), _evidences),
)  # fmt: skip
