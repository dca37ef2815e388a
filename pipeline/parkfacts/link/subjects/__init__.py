"""Whose a figure is: the topic of its clause, as the text goes on.

A topic is what stands at the head of a clause: a name, what takes a name up again (公司, 项目, 园区), a class of
things (规上工业企业), or a thing that an event is told of (净水厂通水). A sentence that names none goes on about the
one before it in its paragraph; a paragraph begins anew with what its heading names, else with what the report is
about. The words are in ``rules/subjects.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache

from parkfacts.link.subjects.heads import Named, head, row, words
from parkfacts.rules.engine import guarded
from parkfacts.segment import Document
from parkfacts.text import Span

_CLAUSE = re.compile(r"[，,。；;：:！!？?…\n“「](?:(?<![“「])|(?<=[，。：:\n].))")
# a look before the dear patterns: what the words of _again begin with, what a row cannot do without
_AGAIN = frozenset("该本我这它公集企工整项研中基平实展大全园高经开示产新保小区管国")
_ROWS = (
    ("thing", None),
    ("titled", re.compile("项目|工程|基地")),
    ("class", re.compile("业|用地|机构|项目|户")),
)
_PROJECT = re.compile("项目|生产基地")
_JOINT = frozenset("、和与及")
_GENERIC = frozenset(("园区", "开发区", "高新区", "经开区", "示范区", "产业园", "工业园", "新区"))
_ENDS = frozenset("。！？!?；;…：:")
_NUMBERING = re.compile(r"[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*|(?:PART|Part|NO\.?|No\.?)?\s*\d{1,2}[\s　]+")
_LABELLED = re.compile(r"[^，。；：\n]{2,6}：[^。；\n]*\Z")
_NOBODY = frozenset(("government", "exchange", "media", "university", "association"))
_WHERE = re.compile(r"(?P<where>[^，。；、：的了\s\d]{2}(?:片区|区块|地块))(?:[一二三四]期|首批|首期)?\Z")
_PROPER = frozenset(("ns", "nr", "nz", "nt", "x", "j"))  # tags of words that a name can begin with
_CLASSES = frozenset(("项目", "工程", "基地", "平台", "中心"))
_COUNTING = frozenset("一二三四五六七八九十两全各0123456789")  # what no park's name begins with: 四大园区
_TOP = 600  # characters from which a park without a known name is taken
_NEAR = 30  # characters that a thing and its verb take
_LONGEST = 8  # characters of the longest noun for a thing that owns figures
_REACH = 200  # characters that a look back goes at most: a line without an end must not cost its square


@cache
def _owner_hint() -> re.Pattern[str]:
    """A look for what things end in, before a clause is taken apart."""
    return re.compile(guarded(row("owner_noun").removesuffix("\\Z")))


class Topics:
    """Walks through the text with the amounts; positions must not fall."""

    def __init__(self, doc: Document, names: Sequence[Named], park: str | None) -> None:
        self.doc, self.names = doc, names
        self.park = park or self._first_park()
        self.parks = frozenset(self._written(n.start, n.end) for n in names if n.value.type == "park")
        self.at = 0  # the next name to be read
        self.sentence = -1
        self.line_end = -1
        self.read_to = 0
        self.firm: str | None = None
        self.project: str | None = None
        self.thing: str | None = None
        self.topic: str | None = None  # of the clause read last
        self.of_class = False  # whether it is a class of things or a part (二期), which lasts for its sentence
        self.under: str | None = None  # the topic before it
        self.named_here = False  # whether the sentence names it
        self.hero = self._hero()
        self.section: str | None = None
        self.item: str | None = None  # the project at the head of a list's item
        self.of_project = False  # whether the section is told of a project

    def of(self, start: int, indicator: str) -> str | None:
        """The topic that governs a position."""
        self._read_until(start)
        view, sentence = self.doc.view, self.doc.sentences[max(0, self.sentence)]
        if where := _WHERE.search(view, max(sentence.start, start - 12), start):
            return self._written(where.start("where"), where.end("where"))
        if self.of_class and not self.named_here and not words("of_class").match(indicator):
            self.topic, self.of_class = self.under, False
        near = max(sentence.start, start - _REACH)
        whole = self.topic is not None and (self.named_here or self.topic[0] == "全" or self.topic in self.parks)
        if self.topic is None or (not whole and self._is_of_a_place(indicator, near, start)):
            return self.section or self.hero
        if self.item and self.topic == self.firm:
            return self.item
        if self.section and self.of_project and self.topic == self.firm:
            return self.section  # what stands under a project's heading is told of it
        return self.park if self.topic in _GENERIC and self.park else self.topic

    def _is_of_a_place(self, indicator: str, near: int, start: int) -> bool:
        """Whether a figure is one of a whole place, by what it measures or by the verb in front of it; what counts
        firms (产值过亿元企业21户) is no firm's."""
        if words("place").match(indicator) or (self.topic == self.firm and words("of_firms").match(indicator)):
            return True
        return words("place_verb").search(self.doc.view, near, start) is not None

    def owner(self, end: int) -> str | None:
        """总投资8亿元的智能工厂项目: whose the amount is that stands in front of it."""
        match = words("owner").match(self.doc.view, end) if self.doc.view.startswith("的", end) else None
        spot = self._project_behind(end) or (match.span("owner") if match else self._described(end))
        if spot is None:
            return None
        if self.doc.view[slice(*spot)] in _CLASSES:
            return None  # 投资5000万元以上的项目
        owner, sentence = self._written(*spot), self.doc.sentences[max(0, self.sentence)]
        if match and words("holds").search(self.doc.view, max(sentence.start, end - _REACH), end):
            return owner  # 园区建有日处理5万吨的污水处理厂、变电站2座: the list goes on about the park
        self.topic = owner
        self.project, self.named_here, self.of_class = self.topic, True, False
        while self.at < len(self.names) and self.names[self.at].start < spot[1]:
            self.at += 1  # a name within the owner's is none of its own
        return self.topic

    def _project_behind(self, end: int) -> tuple[int, int] | None:
        """The named project that an amount describes: 总投资25亿元的海桐年产10万吨铝箔项目."""
        if not self.doc.view.startswith("的", end):
            return None
        first = bisect_left(self.names, end + 1, key=lambda n: n.start)
        return next(
            (
                (n.start, n.end)
                for n in self.names[first : first + 2]
                if (n.start, n.value.kind) == (end + 1, "project")
            ),
            None,
        )

    def _described(self, end: int) -> tuple[int, int] | None:
        """The head of what an amount describes (全长6.4公里、宽40米的迎宾大道动工), where a predicate follows it."""
        attribute = words("attribute").match(self.doc.view, end)
        if attribute is None:
            return None
        start = attribute.end()
        mark = _CLAUSE.search(self.doc.view, start, self.doc.sentence_at(end).end)
        close = mark.start() if mark else self.doc.sentence_at(end).end
        phrase = head(self.doc, start, close, [n for n in self.names[self.at : self.at + 4] if n.start >= start])
        if phrase is None or phrase.start > start + 1 or phrase.verb >= close:
            return None
        return (phrase.start, phrase.end) if words("owner_noun").search(self.doc.view, start, phrase.end) else None

    # ---- reading on ---------------------------------------------------------------------------------------------

    def _read_until(self, stop: int) -> None:
        """Takes in the clauses up to a position, with the headings between."""
        last = self.doc.sentence_index(stop)
        while self.sentence <= last:
            if self.sentence >= 0:
                span = self.doc.sentences[self.sentence]
                self._read(max(span.start, self.read_to), min(span.end, stop))
                if stop <= span.end:
                    return
            self.sentence += 1
            if self.sentence >= len(self.doc.sentences):
                return
            self._enter(self.doc.sentences[self.sentence])

    def _enter(self, sentence: Span) -> None:
        self.named_here = False
        self.tells_project = _PROJECT.search(self.doc.view, sentence.start, sentence.end) is not None
        if sentence.start < self.line_end:
            return
        line = self.doc.paragraph_at(sentence.start)
        wrapped = self.line_end > 0 and self.doc.view[self.line_end - 1] not in _ENDS and line.kind == "body"
        wrapped = wrapped and not _LABELLED.match(self.doc.view, line.start, line.end)
        self.line_end = line.end
        if line.kind == "heading":
            self.topic, self.section = None, self._in_heading(line.start, line.end)
            self.item = None
        elif not (wrapped and self.named_wrap):
            self.topic, self.item = None, self._in_item(line.start, line.end)
        self.named_wrap = line.kind == "body" and line.end - line.start > 16

    class_now = False
    tells_project = False  # whether the sentence may name a project
    named_wrap = False  # whether the line before may be wrapped: a heading ends without a mark, too

    def _read(self, start: int, end: int) -> None:
        head = start
        self.read_to = max(self.read_to, end)
        fresh = start == self.doc.sentences[self.sentence].start or _CLAUSE.match(self.doc.view, start - 1) is not None
        for mark in _CLAUSE.finditer(self.doc.view, start, end):
            self._clause(head, mark.start(), fresh)
            head, fresh = mark.end(), True
        self._clause(head, end, fresh)

    def _clause(self, start: int, end: int, fresh: bool) -> None:
        """The topic at the head of a ``fresh`` clause, or of the piece of one that is read by now."""
        if start >= end:
            return
        is_named = self.at < len(self.names) and self.names[self.at].start < end
        if not (fresh or is_named or self.of_class or self.tells_project):
            return
        view = self.doc.view
        begin = self._after_lead(start, end) if fresh or self.of_class else start
        again = self._again(begin, end) if fresh else None
        owns = fresh and _owner_hint().search(view, begin, begin + _NEAR) is not None
        thing = (
            self._thing(begin, end, owns and again is None) if fresh and (not again or view[begin] == "全") else None
        )
        named = self._by_name(start, end) if is_named else None
        if self.tells_project:
            self._note_projects(start, end)
        before = named is None or view.startswith(named, begin) or (thing and self._holds(thing, named, begin, end))
        found = thing if thing and before else named or again
        if fresh and found is None:
            found = thing = self._by_head(begin, owns)
        elif fresh and found is not None and found == named == self.firm:
            found = self._with_belongings(begin, found)
        if found is not None:
            part = found is thing and self.class_now
            self.under = (self.under if self.of_class else self.topic) if part and self._returns(found) else None
            self.topic, self.named_here, self.of_class = found, True, part
        elif self.of_class and self.under and words("whole").match(view, begin, end):
            self.topic, self.of_class = self.under, False

    def _returns(self, part: str) -> bool:
        """Whether what is told behind a part, or a class of a whole place's firms, is again of what was spoken of."""
        return part[-1] == "期" or (self.topic is not None and self.topic[0] == "全")

    def _holds(self, thing: str, named: str, begin: int, end: int) -> bool:
        """Whether a name stands behind the thing that heads its clause, or within it (首届东岭电机展览会举行)."""
        return named in thing[: -len(named)] or named in self.doc.view[begin + len(thing) : end]

    def _note_projects(self, start: int, end: int) -> None:
        for match in words("project_name").finditer(self.doc.view, start, end):
            self.project = self._written(match.start("thing"), match.end("thing"))

    def _by_name(self, start: int, end: int) -> str | None:
        """The last name of the piece that can be a subject; names in a row are one subject."""
        found, first, last = None, 0, -2
        while self.at < len(self.names) and self.names[self.at].start < end:
            name = self.names[self.at]
            self.at += 1
            if name.start < max(start, last):
                continue
            joined = found is not None and name.start == last + 1 and self.doc.view[last] in _JOINT
            if joined and name.value.kind == "company":
                found, last = self._written(first, name.end), name.end
            elif self._heads(start, name):
                found, first, last = self._written(name.start, self._with_project(name)), name.start, name.end
            self._remember(name, last == name.end)
        return None if found is not None and words("and_so_on").match(self.doc.view, last) else found

    def _with_project(self, name: Named) -> int:
        """The end of a name, with the project that is called by it (东岭产业园项目)."""
        kind = "its_plant" if name.value.kind == "company" else "its_project"
        if (called := words(kind).match(self.doc.view, name.end)) is None:
            return name.end
        self.project = self._written(name.start, called.end())
        return called.end()

    def _remember(self, name: Named, head: bool) -> None:
        text = self._written(name.start, name.end)
        if name.value.kind == "project":
            self.project = self._written(name.start, self._with_project(name))
        elif name.value.kind == "company":
            self.firm = text if head or self.firm is None else self.firm
        elif name.value.type not in _NOBODY:
            self.thing = text

    def _heads(self, start: int, name: Named) -> bool:
        view = self.doc.view
        if name.value.kind == "company" and self._founded(start, name):
            return True
        if name.value.type in _NOBODY or words("no_head").search(view, max(start, name.start - 6), name.start):
            return False
        if view[max(start, name.start - 1) : name.start] == "、":
            return False
        if self._is_aside(start, name.start):
            return False
        if name.value.kind == "company" and words("builder").match(view, name.end):
            return False
        return name.value.kind == "company" or not words("speaks").match(view, name.end, name.end + 12)

    def _is_aside(self, start: int, end: int) -> bool:
        """规模企业5家（甲公司、乙公司）: a name within brackets, where it isn't a short form (以下简称甲)."""
        opened = self.doc.view.rfind("（", start, end)
        return opened > self.doc.view.rfind("）", start, end) and not words("short_form").match(self.doc.view, opened)

    def _founded(self, start: int, name: Named) -> bool:
        """与甲公司合资设立乙公司，总投资8000万美元: what follows the clause is told of the new firm."""
        before = words("founded").search(self.doc.view, max(start, name.start - 6), name.start)
        return before is not None and self.doc.view[name.end : name.end + 1] == "，"

    def _again(self, head: int, end: int) -> str | None:
        """公司, 项目, 园区 at the head of a clause, behind a date."""
        view = self.doc.view
        if view[head : head + 1] not in _AGAIN:
            return None
        if words("firm").match(view, head, end):
            return self.firm
        if words("project").match(view, head, end):
            return self.project
        if match := words("this_thing").match(view, head, end):
            kind = match["kind"] or match["bare"]
            return next((held for held in (self.thing, self.project) if held and held.endswith(kind)), None)
        if match := words("region").match(view, head, end):
            return self._written(match.start(), match.end())
        if words("we").match(view, head, end):
            return self.hero
        match = words("park").match(view, head, end)
        return self._the_park(match.group().removeprefix("整个")) if match else None

    def _the_park(self, word: str) -> str:
        """What 园区 stands for: the park of the report, or else the science park or logistics park last spoken of."""
        if word[0] == "国" or (self.park and self.park not in _GENERIC):
            return word if word[0] == "国" else self.park or word
        like = self.thing is not None and self.thing[-1] in "园区城谷港"
        return (self.thing if like else self.park) or word

    def _thing(self, head: int, end: int, owns: bool) -> str | None:
        """A thing that an event is told of, a project over its description, a class of firms; ``owns`` is whether
        anything that owns figures stands near."""
        view = self.doc.view
        for name, needed in _ROWS if owns else _ROWS[-1:]:
            if needed is not None and needed.search(view, head, min(end, head + _NEAR)) is None:
                continue
            match = words(name).match(view, head, head + _NEAR)
            if match is not None and not words("sorts").fullmatch(view, *match.span("thing")):
                self.class_now = name == "class"
                text = self._named_at_its_end(match.start("thing"), match.end("thing"))
                if name != "class":
                    self.thing = text
                if text.endswith("项目") or name == "titled":
                    self.project = text
                return text
        return None

    def _named_at_its_end(self, start: int, end: int) -> str:
        """安置小区惠民家园: the name that stands behind what it is."""
        near = (n for n in self.names[self.at : self.at + 4] if start < n.start < end == n.end)
        name = next((n for n in near if n.value.kind != "company"), None)
        return self._written(name.start if name else start, end)

    def _by_head(self, begin: int, owns: bool) -> str | None:
        """The noun phrase at the head of a clause, where it is something that owns figures."""
        view = self.doc.view
        mark = _CLAUSE.search(view, begin, self.doc.sentences[self.sentence].end)
        close = mark.start() if mark else self.doc.sentences[self.sentence].end
        if not owns and _owner_hint().search(view, begin + _NEAR - _LONGEST, min(close, begin + _REACH)) is None:
            return None
        phrase = head(self.doc, begin, close, ())
        if phrase is None:
            return None
        start, end = phrase.start, phrase.end
        if view[start].isdigit() or view.startswith("一个", start):
            return None  # 19个市级重大项目
        if measure := words("measure").search(view, start, end):
            end = measure.start()
        if end - start < 2 or (measure is None and words("counted").match(view, end)):
            return None
        trade = view.endswith("产业", start, end)
        if trade and (measure or not self._tells(start, end, close)):
            return None
        if measure is None and words("sorts").fullmatch(view, start, end):
            return None
        part = view[end - 1] == "期" or trade
        if part and not trade and (measure is None or view.startswith("其中", begin - 2)):
            return None
        if words("owner_noun").search(view, start, end) and not words("common").fullmatch(view, start, end):
            self.class_now = part
            text = self._written(start, end)
            self.thing = self.thing if self.class_now else text
            return text
        return None

    def _tells(self, start: int, end: int, close: int) -> bool:
        """储能产业从无到有，引进项目14个: whether a clause tells of a trade, and no figure."""
        figures = not _COUNTING.isdisjoint(self.doc.view[end:close])
        return not figures and close > end and words("urged").match(self.doc.view, start) is None

    def _with_belongings(self, begin: int, name: str) -> str:
        """甲公司二期, 甲公司大型铸件项目: a name with what is called by it."""
        view = self.doc.view
        mark = _CLAUSE.search(view, begin, self.doc.sentences[self.sentence].end)
        phrase = head(self.doc, begin, mark.start() if mark else self.doc.sentences[self.sentence].end, ())
        if phrase is None:
            return name
        text = self._written(phrase.start, phrase.end)
        at = text.find(name)
        end = phrase.start + at + len(name)
        if at < 0 or "、" in name or end >= phrase.end or not words("belonging").search(view, end, phrase.end):
            return name
        self.project = text[at:] if text.endswith("项目") else self.project
        return text[at:]

    def _after_lead(self, start: int, end: int) -> int:
        """Behind the adverbs and dates at the head of a clause."""
        match = words("lead").match(self.doc.view, start, end)
        return match.end() if match else start

    # ---- what stands above --------------------------------------------------------------------------------------

    def _in_heading(self, start: int, end: int) -> str | None:
        number = _NUMBERING.match(self.doc.view, start, end)
        start = number.end() if number else start
        held = [n for n in self.names if start <= n.start < end and n.value.kind != "organization"]
        first = next((n for n in held if n.value.kind == "project"), None)
        self.of_project = first is not None or words("headed").fullmatch(self.doc.view, start, end) is not None
        if self.of_project:
            self.project = self._written(first.start, first.end) if first else self._written(start, end)
            return self.project
        return self._written(held[0].start, held[0].end) if held else None

    def _in_item(self, start: int, end: int) -> str | None:
        """（一）光伏支架项目。甲公司拟投资8亿元: what stands in the item is told of the project at its head."""
        number = _NUMBERING.match(self.doc.view, start, end)
        item = words("item").match(self.doc.view, number.end(), end) if number else None
        return self._written(item.start("thing"), item.end("thing")) if item else None

    def _first_park(self) -> str | None:
        named = (n for n in self.names if n.value.type == "park" and self.doc.view[n.start] not in _COUNTING)
        park = next(named, None)
        if park is not None:
            return self._written(park.start, park.end)
        found = words("park_name").finditer(self.doc.view, 0, _TOP)
        match = next(filter(self._is_proper, found), None) or words("the_park").search(self.doc.view, 0, _TOP)
        return None if match is None else self._written(match.start(), match.end())

    def _is_proper(self, match: re.Match[str]) -> bool:
        """东岭产业园 begins with a place or an unknown word; 拉动园区, 个国家级开发区 and 全市园区 are no names."""
        first = self.doc.words_in(match.start(), match.end())[:1]
        proper = (
            match.group()[0] not in _COUNTING
            and bool(first)
            and first[0].start == match.start()
            and first[0].tag[:2] in _PROPER
        )
        return proper and words("park_word").fullmatch(self.doc.view, first[0].start, first[0].end) is None

    def _hero(self) -> str | None:
        """What the report is about: the firm that its title names first, else the park."""
        title = next((line for line in self.doc.paragraphs if line.kind == "title"), None)
        if title is None:
            return self.park
        first = next((n for n in self.names if title.start <= n.start < title.end), None)
        firm = first is not None and first.value.kind == "company"
        return (
            self._written(first.start, first.end) if first is not None and firm else self._told_of_most() or self.park
        )

    def _told_of_most(self) -> str | None:
        """The firm of a feature: named more often than all parks and 园区 together."""
        firms = Counter(self._written(n.start, n.end) for n in self.names if n.value.kind == "company")
        text, count = max(firms.items(), key=lambda one: one[1], default=("", 0))
        return text if count >= 6 and count > len(words("park_word").findall(self.doc.view)) else None

    def _written(self, start: int, end: int) -> str:
        return self.doc.text.content[start:end]
