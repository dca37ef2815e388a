"""What a firm is to the park: investor, tenant, listed, certified, partner, customer, each with the words that say so.

The rules of ``roles.toml`` find the words; the firms that they speak of stand beside them in the same sentence. The
evidence runs from the firm's name to the end of the words (or from the words to the name's end).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from parkfacts import rules
from parkfacts.find.names import Name
from parkfacts.link.entities import Entities, Entity
from parkfacts.rules.engine import data
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

_REACH = 40  # characters between a firm and the words that speak of it
# between the firms of a list: A、B; A（以下简称“X”）、B; A、韩国的B
_LISTED = re.compile(
    r"[（(]?(?:以下)?(?:简称|下称)?[：:“”）)]*(?:项目)?[、和与及](?:[\u4e00-\u9fff]{2,4}的|[^，。；、]{0,12}企业”?)?|[（(](?:以下)?(?:简称|下称)[：:]?[“]?"
)
_PRONOUN = re.compile(
    r"(?:^|[，。；：“\n])(?=[\d年月日此这该公集它])(?:[\d年月日]{2,11}，?)?"
    r"((?:此次|这次)?(?:该|这家)(?:公司|集团|企业)|公司|集团|(?:此次|这次)?它)(?![、家数总群们])",
    re.M,
)
_CLAUSE = re.compile(
    r"，[\d年月日初底末上下半今去当同次前后]{0,12}(?:正式|成功|先后|相继|又|还|并|也|被[^，。；]{0,8})*\Z"
)
_WITH = re.compile(
    r"[，、](?:最终|随后|又|并|还|先后|当年|同年)?(?:与|同|跟|和)(?:[\u4e00-\u9fff]{2,6}(?:企业|公司|集团))?\Z"
)
# 承诺8个月内投产, 12月底前试生产: nobody is there yet
_PROMISED = re.compile(r"(?:力争|承诺|计划|预计|拟|将|确保(?!了)|争取|[月年日底]前)[^，。；]{0,12}\Z")
_MUTUAL = ("investor+partner", "partner.with")  # what two do together
_EXCHANGE = re.compile("(?P<short>[上深])(?:海证券交易所|圳证券交易所|交所)")


@dataclass(frozen=True, slots=True)
class RoleEvidence:
    """A role of the company with that index in ``Entities.companies``, told by ``content[start:end]``."""

    company: int
    role: str
    start: int
    end: int
    rule: str
    board: str | None = None


def find(doc: Document, entities: Entities, park: Entity | None = None) -> list[RoleEvidence]:
    """The roles in text order; a role that a firm has once is not told again."""
    firms = _spoken_of(doc, entities)
    found: dict[tuple[int, str], RoleEvidence] = {}
    produce = {way: (lambda match, way=way: (way, match[0])) for way in ("after", "before", "touches", "around")}
    at = 0
    for words in rules.load("roles").scan(doc.view, produce):
        while at < len(firms) and firms[at][0].end < words.start - 120:
            at += 1
        near = firms[at : at + 24]
        roles = words.rule.split(".")[0].split("+")
        if words.rule == "tenant.comes" and _PROMISED.search(doc.view, max(0, words.start - _REACH), words.start):
            continue
        spoken = _FINDERS[words.value[0]](doc, words, near)
        for (company, span), role in product(spoken, roles):
            board = _board(words.value[1]) if role == "listed" else None
            known = found.setdefault((company, role), RoleEvidence(company, role, *span, words.rule, board))
            if board is not None and known.board is None:  # told first without its board: （301234.SZ）
                found[company, role] = RoleEvidence(company, role, *span, words.rule, board)
    return sorted(found.values(), key=lambda r: (r.start, r.end, r.company, r.role))


def _board(words: str) -> str | None:
    """The board that the words name: 北京证券交易所 is 北交所; a main board has its exchange (上交所主板)."""
    board = next((name for name, pattern in _boards() if pattern.search(words)), None)
    exchange = _EXCHANGE.search(words) if board == "主板" else None
    return f"{exchange['short']}交所主板" if exchange else board


@cache
def _boards() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in data("circumstances")["boards"].items())


Near = Sequence[tuple[Mention[Name], int]]
Words = Mention[tuple[str, str]]  # where the firms stand, and the words themselves


def _spoken_of(doc: Document, entities: Entities) -> list[tuple[Mention[Name], int]]:
    """Where the text speaks of firms: their names, and 公司 and 该企业 for the one last named in the paragraph."""
    named = sorted(((m, i) for i, e in enumerate(entities.companies) for m in e.mentions), key=lambda f: f[0].start)
    spoken = list(named)
    starts = [m.start for m, _ in named]
    for match in _PRONOUN.finditer(doc.view):
        last = bisect_left(starts, match.start(1)) - 1
        if last >= 0 and starts[last] >= doc.paragraph_at(match.start(1)).start:
            mention, company = named[last]
            spoken.append((mention._replace(start=match.start(1), end=match.end(1)), company))
    return sorted(spoken, key=lambda f: f[0].start)


def _before(doc: Document, words: Words, near: Near) -> Iterator[tuple[int, Span]]:
    """The firms in front of the words, with their lists (A、B入选)."""
    sentence = doc.sentence_at(words.start)
    behind: int | None = None
    buys = words.rule == "customer.orders"
    ahead = [f for f in near if f[0].end <= words.start and f[0].start >= sentence.start]
    for mention, company in reversed(ahead):
        if buys and doc.view[mention.start - 1 : mention.start] == "向":
            continue  # 甲向乙采购: the one that buys
        between = doc.view[mention.end : words.start if behind is None else behind]
        if behind is None and (len(between) > _REACH or between.count("，") > 1):
            break
        if behind is not None and not _LISTED.fullmatch(between):
            break
        yield company, Span(mention.start, words.end)
        behind = mention.start
    if behind is not None and words.rule.startswith(_MUTUAL):
        yield from _counterpart(doc, words, near, Span(sentence.start, behind))
    if behind is None:
        yield from _subject(doc, words, near, sentence)


def _counterpart(doc: Document, words: Words, near: Near, ahead: Span) -> Iterator[tuple[int, Span]]:
    """The firm that those found act with, where it is the subject before (A考察后，与企业B合资)."""
    if _WITH.search(doc.view, ahead.start, ahead.end):
        own = [f for f in near if ahead.start <= f[0].start and f[0].end <= ahead.end]
        if own and len({company for _, company in own}) == 1:
            yield own[0][1], Span(own[0][0].start, words.end)


def _subject(doc: Document, words: Words, near: Near, sentence: Span) -> Iterator[tuple[int, Span]]:
    """The firm that the sentence begins with, where the words open a clause that names no subject of its own (海桐精工…
    起步，…，2021年登陆科创板)."""
    opens = _CLAUSE.search(doc.view, sentence.start, words.start)
    own = [f for f in near if sentence.start <= f[0].start and f[0].end <= words.start]
    if opens and own and own[0][0].start - sentence.start <= 2 and len({company for _, company in own}) == 1:
        yield own[0][1], Span(own[0][0].start, words.end)


def _touching(doc: Document, words: Words, near: Near) -> Iterator[tuple[int, Span]]:
    """The firm right before the words."""
    yield from ((company, Span(m.start, words.end)) for m, company in near if m.end == words.start)


def _around(doc: Document, words: Words, near: Near) -> Iterator[tuple[int, Span]]:
    """The firm right before the words, else those behind them."""
    yield from list(_touching(doc, words, near)) or _behind(doc, words, near)


def _behind(doc: Document, words: Words, near: Near) -> Iterator[tuple[int, Span]]:
    """The firms behind the words, with their lists (引进了A、B)."""
    last: int | None = None
    for mention, company in (f for f in near if f[0].start >= words.end):
        between = doc.view[words.end if last is None else last : mention.start]
        if last is None and (len(between) > 12 or any(mark in between for mark in "，。；\n")):
            return
        if last is not None and not _LISTED.fullmatch(between):
            return
        yield company, Span(words.start, mention.end)
        last = mention.end


_FINDERS = {"after": _before, "before": _behind, "touches": _touching, "around": _around}
