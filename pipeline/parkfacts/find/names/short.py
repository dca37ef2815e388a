"""Short names (海桐精工, 弗朗克斯): candidates, the evidence beside them, and the vote.

A candidate is a core that the dictionary does not know with the trade behind it, a core alone, or an item of a list of
firms. Its own make and the rules of ``names_before.toml`` and ``names_after.toml`` vote; at ``ENOUGH`` it is a firm.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from parkfacts import rules
from parkfacts.find.names import firm_lists, framed, walk
from parkfacts.find.names.atoms import Atom, Atoms, any_trade
from parkfacts.find.names.lexicon import lexicon
from parkfacts.text import Span

ENOUGH = 3.0
WEIGHTS = {"opens": 1.0, "opens_surely": 2.0, "closes": 1.0, "closes_surely": 2.0, "person": -3.0, "kind": -3.0}
_CLAUSE_START = 0.5
_LIST_MEMBER = 3.0  # its place as an item of a list, and its make
_LIST_NEIGHBOUR = 1.0
_REPEATED = 0.5
_HEARD = 1.5  # what a model's certainty is worth
_DOUBTED = 1.0  # of that, what it hardly ever takes from a firm
_BEFORE = 14  # characters that a rule may look back

_PLAIN_END = re.compile("[、，。；）]|等|[与和](?![\\d])|三方|双方|[两三四五]家")
# a core that the dictionary does not know, one soft function word in it, with its trades; or a word of it with a trade
_CORE = re.compile(
    r"(?P<core>(?:K|(?<![KPTNVE])E(?=T))+(?:s(?=T))?)(?P<trade>T{0,3})|(?P<firm>[CE])|(?<![KPTNVCE])(?P<word>[NVP])(?P<t>T)(?!F)"
)
# trades that stand behind a word of the dictionary in names of firms only: 前进股份
_OF_FIRMS = frozenset(("股份", "重工", "实业", "控股", "精工", "新材", "药业", "数控"))
_NUMERAL = re.compile("[一二三四五六七八九十百千]{1,2}[^家个位名台套件吨亩米项次年月日期批届大条类种]?")
_VERBS = frozenset(("投资", "建设", "开发", "研发", "设计"))  # trades that are verbs where no other trade follows
_PRODUCT_OF = re.compile("项目|基地|产业园|工厂|生产|产业|技术")
# characters of common words: with one of these, an unknown word without a trade is no name
_COMMON = frozenset(
    "各有我你他其底前后内外上下小多少不无可能会要来去到出入起开年月时今昨明次首共方区县市省镇村们这那哪什么新老全总每个只都再更最很已经过着"
)
_ALONE = 0.75
_WAYS = ("赴", "前往", "到", "到访", "抵", "在", "位于", "于", "飞往", "去")
_FOREIGN = 1.25  # a country in front of a proper name
_COUNTED = frozenset("两双三四五六八九十")  # 五轴机床 is a machine
# a technical term ends like this, a firm's core does not
_POINTING = frozenset("每各该此这那某本")  # jieba takes them for the head of an unknown word: 每标箱物流成本, 本批
_TECHNICAL = frozenset("系基级型类性化式用质相态型率")
_SPOKEN = re.compile(r"[说称]|表示|介绍|告诉|坦言|认为|透露|强调|指出")

# a list that is one of trades, though its items look like names: 印制电路、智慧能源等三大产业
_OF_TRADES = re.compile(
    r"(?:[、和与及][^，。；：、\n]{2,10}?){0,9}?等?(?:(?:[两三四五六七八九十\d]+[大个条])[^，。；、\n]{0,6}|(?<=等)[^，。；、\n]{0,6})"
    r"(?:产业|行业|领域|赛道|板块|集群|方向)(?![^，。；\n]{0,8}(?:企业|公司|项目|龙头|客户|园|集团))"
)


_OF_PROJECTS = re.compile(r"(?:[、和与及][^，。；：\n]{2,30}?){0,6}等[^，。；、\n]{0,8}项目")


def among_projects(view: str, start: int, end: int) -> bool:
    """Whether a name stands in a list of projects and has nothing that says it is a firm's: 尼龙拉丝、…等项目."""
    listed = _OF_PROJECTS.match(view, end) is not None
    return listed and not view.endswith(tuple(lexicon().sure), start, end)


class Candidate(NamedTuple):
    """A range that may be a firm's name, with its score by its make alone; ``trade`` says that it has a trade word."""

    start: int
    end: int
    score: float
    trade: bool


class Known(NamedTuple):
    """What the document has told of names so far: its own places, the cores of its legal names, and their forms."""

    places: frozenset[str]
    cores: frozenset[str]
    forms: frozenset[str]
    ends: frozenset[int] = frozenset()  # of the legal names: what follows one at once is its product


Heard = Mapping[tuple[int, int], float]  # of ranges: how probable a firm is, less than nothing for another name
NOTHING: Heard = {}


class Votes:
    """The candidates of a document with the votes of all but a model; ``held`` ranges hold other names."""

    def __init__(self, view: str, atoms: Atoms, known: Known, held: list[Span]) -> None:
        told = (Candidate(s, e, ENOUGH, True) for s, e in framed.find(view, atoms) if view[s:e] not in known.places)
        made = (*_cores(atoms, known), *_members(view, atoms, known), *told)
        found: dict[tuple[int, int], Candidate] = {}
        for c in made:
            if (c.start, c.end) not in found or found[c.start, c.end].score < c.score:
                found[c.start, c.end] = c
        inside = _Holder(held)
        self._view, self._held = view, held
        self._candidates = [
            c for c in sorted(found.values()) if not inside(c.start, c.end) and c.start not in known.ends
        ]
        counts = Counter(view[c.start : c.end] for c in self._candidates)
        self._votes = {
            c: c.score + _beside(view, c) + _REPEATED * (counts[view[c.start : c.end]] > 1) for c in self._candidates
        }

    def unsure(self) -> list[int]:
        """Where the candidates begin that a model could make firms, or keep from being firms."""
        scores = self._scores(NOTHING)
        return [c.start for c, score in scores.items() if ENOUGH - _HEARD <= score <= ENOUGH + _DOUBTED]

    def firms(self, heard: Heard = NOTHING) -> Iterator[tuple[int, int, float]]:
        """Ranges of short names with their scores, in text order, without overlap."""
        scores = self._scores(heard)
        end = 0
        for c in sorted(self._candidates, key=lambda c: (c.start, -scores[c], -c.end)):
            if scores[c] >= ENOUGH and c.start >= end:
                yield c.start, c.end, scores[c]
                end = c.end

    def _scores(self, heard: Heard) -> dict[Candidate, float]:
        scores = {c: vote + _HEARD * heard.get((c.start, c.end), 0.0) for c, vote in self._votes.items()}
        _neighbours(self._view, self._candidates, scores, self._held)
        return scores


class _Holder:
    """Tells whether a range lies in one of some sorted ranges, asked in text order."""

    def __init__(self, held: list[Span]) -> None:
        self._held, self._at = sorted(held), 0

    def __call__(self, start: int, end: int) -> bool:
        while self._at < len(self._held) and self._held[self._at].end <= start:
            self._at += 1
        return self._at < len(self._held) and self._held[self._at].start < end


# ---- candidates -------------------------------------------------------------------------------------------------


def _cores(atoms: Atoms, known: Known) -> Iterator[Candidate]:
    """Cores with their trades (海桐 精工), and unknown words alone (弗朗克斯)."""
    before, after, view = rules.load("names_before"), rules.load("names_after"), atoms.view
    for match in _CORE.finditer("".join(atoms.kinds)):
        if match["core"]:
            first, stop = match.span("core")
            start, end = atoms.starts[first], _end(atoms, stop)
            # without a trade, and without a word beside it that may speak for it, a core has no chance
            if match["trade"] or (
                end - start > 1 and (after.may_start(view, end) or (start and before.may_start(view, start - 1)))
            ):
                yield from _unknown(atoms, first, stop, match.end("trade"), known)
        elif match["firm"]:
            yield from _in_dictionary(atoms, match.start(), known)
        else:
            yield from _familiar(atoms[match.start()], atoms[match.start() + 1])


def _in_dictionary(atoms: Atoms, i: int, known: Known) -> Iterator[Candidate]:
    """A firm that the dictionary knows, or another proper name of it: a person, a body, or a firm; with its country."""
    atom = atoms[i]
    if atom.kind == "C":
        yield Candidate(atom.start, atom.end, ENOUGH, True)
    elif _foreign(atoms, i):
        yield Candidate(atoms.starts[i - 1], atom.end, 0.5 + _FOREIGN, False)
    elif _COMMON.isdisjoint(atom.text) and atom.text not in known.places:
        yield Candidate(atom.start, atom.end, 0.5, False)


def _foreign(atoms: Atoms, i: int) -> bool:
    """Whether a country stands before a proper name, and nobody goes there: 德国/康屿, and not 赴/德国/康屿."""
    if not i or len(atoms[i].text) < 2 or atoms[i - 1].text not in lexicon().countries:
        return False
    start = atoms.starts[i - 1]
    return not atoms.view.endswith(_WAYS, max(0, start - 4), start)


def _familiar(core: Atom, trade: Atom) -> Iterator[Candidate]:
    """A word of the dictionary in front of a trade (前进 暖通): a firm only where much speaks for it."""
    words = lexicon()
    if core.text in words.generic or trade.text not in words.closing or not 2 <= len(core.text) <= 4:
        return
    if core.text[-1] in _TECHNICAL:
        return  # 水性涂料
    score = 2.5 if trade.text in _OF_FIRMS or trade.text[-1] == "业" else 1.0
    if core.kind == "P":
        score = 3.0 if trade.text in words.public else 2.0 if score > 2 else 1.5 if trade.text in words.sure else 1.0
    yield Candidate(core.start, trade.end, score, True)


def _unknown(atoms: Atoms, first: int, stop: int, trades: int, known: Known) -> Iterator[Candidate]:
    start, end = atoms.starts[first], _end(atoms, stop)
    core = atoms.view[start:end]
    if trades > stop and not _traded(atoms, stop, trades):
        if _led(atoms, _end(atoms, stop + 1)) and 1 < end - start < 5:
            yield Candidate(start, _end(atoms, stop + 1), 2.0, True)  # 海桐制造负责人
        if _invests(atoms, first, stop):
            yield Candidate(start, _end(atoms, stop + 1), 2.0, True)
        if atoms[stop].text not in _VERBS or _invests(atoms, first, stop):
            return
        trades = stop  # 海桐投资5亿元
    if trades > stop:
        first, start = _numbered(atoms, first, start)
        if len(core) == 1 and first and atoms.kinds[first - 1] == "s" and _COMMON.isdisjoint(atoms[first - 1].text):
            first, start = first - 1, atoms.starts[first - 1]  # 钰/石/化工: jieba takes the first for a measure word
            core = atoms.view[start:end]
    if (
        not 2 <= end - start <= 8
        or core[0] in _POINTING
        or core[-1] in _TECHNICAL
        or (core[0] in _COUNTED and len(core) == 2 and not _sure(atoms, stop, trades))
    ):
        return
    if first and atoms.kinds[first - 1] == "P":
        start = _placed(atoms, first - 1)
    start = walk.with_zhong(atoms, first, start)
    core = atoms.view[start:end] if trades == stop else core
    if trades == stop:
        if core not in known.places and not core.isascii() and _COMMON.isdisjoint(core):
            foreign = _FOREIGN * (start < atoms.starts[first] and _foreign(atoms, first))
            yield Candidate(start, end, _ALONE + 0.25 * (len(core) > 2) + foreign, False)
        return
    last = stop + 1
    if trades > last and _goes_on(atoms, stop, last):
        last += 1  # 海桐 汽车 电子
    end = _end(atoms, last)
    form = atoms.view[atoms.starts[first] : end]
    if form not in known.forms and (core in known.cores or _before_word(atoms, first) + core in known.cores):
        return  # the firm's name alone stands here, and its product behind it
    trade = atoms[last - 1].text
    local = core in known.places and trade not in lexicon().public
    score = 1.0 * (trade in lexicon().sure) if local else 1.0 if core.isascii() else 2.0
    if atoms.kinds[first] == "E":
        score -= 0.5
    yield Candidate(start, end, score + (1.0 if trade in lexicon().sure or trade in lexicon().public else 0.5), True)


def _invests(atoms: Atoms, first: int, stop: int) -> bool:
    """Whether 投资 behind a core closes a name: 蓝泊、海桐投资三方, and not 由海桐投资，占地80亩."""
    start, end = atoms.starts[first], _end(atoms, stop + 1)
    listed = atoms.view.startswith(("、", "等", "三方", "双方", "两家"), end) or atoms.view.startswith("、", start - 1)
    return atoms[stop].text == "投资" and listed and _PLAIN_END.match(atoms.view, end) is not None


def _led(atoms: Atoms, end: int) -> bool:
    """Whether somebody's office stands behind a name."""
    after = next(rules.load("names_after").at(atoms.view, end), None)
    return after is not None and after.rule.name == "people"


def _traded(atoms: Atoms, stop: int, trades: int) -> bool:
    """Whether the trade behind a core may close a name."""
    last = stop + 1 + (trades > stop + 1 and _goes_on(atoms, stop, stop + 1))
    return atoms[last - 1].text in lexicon().closing or any_trade(atoms[last - 1].text)


def _end(atoms: Atoms, stop: int) -> int:
    return atoms.starts[stop] if stop < len(atoms) else len(atoms.view)


def _sure(atoms: Atoms, stop: int, trades: int) -> bool:
    return trades > stop and atoms[stop].text in lexicon().sure


def _numbered(atoms: Atoms, first: int, start: int) -> tuple[int, int]:
    """The core with a numeral in front (三棵 松), where that is no count of something."""
    before = first - 1
    if before < 0 or atoms.kinds[before] != "M" or (before and atoms.kinds[before - 1] not in "SBHs"):
        return first, start
    number = atoms[before].text
    return (before, atoms.starts[before]) if _NUMERAL.fullmatch(number) else (first, start)


def _goes_on(atoms: Atoms, stop: int, last: int) -> bool:
    """Whether a second trade belongs to the name: it may close one, and no project or plant is named by it."""
    if atoms[stop].text in lexicon().sure or atoms[last].text not in lexicon().closing:
        return False
    follows = atoms.kinds[last + 1] if last + 1 < len(atoms) else "B"
    return follows not in "NKTVE" and not _PRODUCT_OF.match(atoms.view, _end(atoms, last + 1))


def _before_word(atoms: Atoms, first: int) -> str:
    return atoms[first - 1].text if first else ""


def _placed(atoms: Atoms, i: int) -> int:
    """Where a name with a place in front of its core begins: with the place, where the sentence does not need it."""
    return atoms[i].start if i == 0 or atoms.kinds[i - 1] in "SBHRV" else atoms[i + 1].start


def _members(view: str, atoms: Atoms, known: Known) -> Iterator[Candidate]:
    """The items of lists of firms."""
    for start, end, trade in firm_lists.find(view, atoms, known.places):
        yield Candidate(start, end, _LIST_MEMBER, trade)


# ---- votes ------------------------------------------------------------------------------------------------------


def _beside(view: str, c: Candidate) -> float:
    """What the words on both sides say."""
    vote = _CLAUSE_START if c.start == 0 or view[c.start - 1] in "，。；：“\n（ 、" else 0.0
    speaks = c.start > 0 and rules.load("names_before").may_start(view, c.start - 1)
    before = _before().search(view, max(0, c.start - _BEFORE), c.start) if speaks else None
    if before is not None and before.lastgroup:
        kind = rules.load("names_before").rules[int(before.lastgroup[1:])].produce
        vote += 0.0 if kind == "person" and c.trade else WEIGHTS[kind]
    after = (
        next(rules.load("names_after").at(view, c.end), None)
        if rules.load("names_after").may_start(view, c.end)
        else None
    )
    if after is not None:
        vote += WEIGHTS[after.rule.produce]
    if (after is None or after.rule.produce != "kind") and _OF_TRADES.match(view, c.end):
        vote += WEIGHTS["kind"]
    if not c.trade and _SPOKEN.match(view, c.end):
        vote += WEIGHTS["person"]
    return vote


@cache
def _before() -> re.Pattern[str]:
    """The rules of ``names_before.toml`` as one pattern that ends where the name begins."""
    table = rules.load("names_before").rules
    return re.compile("(?:" + "|".join(f"(?P<r{i}>{rule.pattern.pattern})" for i, rule in enumerate(table)) + r")\Z")


def _neighbours(view: str, candidates: list[Candidate], scores: dict[Candidate, float], held: list[Span]) -> None:
    """A candidate beside a firm in a list (A、B) gains; both ways, once."""
    accepted_ends = {span.end for span in held}
    for c in candidates:
        if c.start and view[c.start - 1] == "、" and c.start - 1 in accepted_ends:
            scores[c] += _LIST_NEIGHBOUR
        if scores[c] >= ENOUGH:
            accepted_ends.add(c.end)
    accepted_starts = {span.start for span in held} | {c.start for c in candidates if scores[c] >= ENOUGH}
    for c in reversed(candidates):
        if view.startswith("、", c.end) and c.end + 1 in accepted_starts and scores[c] < ENOUGH:
            scores[c] += _LIST_NEIGHBOUR
            if scores[c] >= ENOUGH:
                accepted_starts.add(c.start)
