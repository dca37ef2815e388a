"""Noun phrases around a number, by ``rules/indicators.toml``: what it measures stands before it, or behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from parkfacts.rules.engine import data, guarded
from parkfacts.segment import Document, Word

_NOUN = frozenset("nabjlihkgzsv")  # the first letters of the tags of words that a noun phrase is made of
_CUT_TAGS = frozenset("purydctmqfeo")
_STOP = re.compile(r"[/，,。；;：:！!？?…—\-、()（）\s的了与和及]")
_HEAD = re.compile(
    r".*?(?:(?:企业|公司|机构|高校|院校|银行|医院|供应商|开发区|高新区|经开区)(?!技术中心|研究院|院所|总部|中心|服务|孵化|家)|项目(?![部库经]))"
)
_LEAD = re.compile(r".*(?:实现|完成|其中|特别是|包括|的|全年)|.*[较比]\S{2,6}[，,]")
_STOP_CAPTION = re.compile(r"[，,。；;：:！!\n]|(?<=[^\d\n])\d(?!\d*强)|达到?|是(?!否)|比")
_DIRECTION = re.compile(r"(?:(?P<up>[增涨升]幅|增速|增长率)|(?P<down>[降跌]幅))(?:分别|高?达到?|为|超过?|近|约|逾)*\Z")
_THIS = re.compile(r"这(?:也|就)?是")
_NEW = re.compile("^(?:这是)?(?:新[开签引认建交][工约进定成付]?|新增)?(?:全[区市县])?")
_ACTS = frozenset(
    (
        "投入",
        "投资",
        "出资",
        "集中",
        "服务",
        "合作",
        "生产",
        "处理",
        "利用",
        "采购",
        "招聘",
        "改造",
        "治理",
        "用工",
        "孵化",
    )
)
_PLACES = frozenset(("园区", "全区", "全市", "全县", "全省", "全国", "开发区", "高新区", "经开区", "区内", "园内"))
_EDGE = "、，和及与或以 ·”\t"


class Growth(NamedTuple):
    """A verb of growth in front of a number: where it starts, and ``up`` or ``down``."""

    start: int
    change: str | None


def before(doc: Document, start: int, end: int) -> str:
    """The noun phrase at the end of the text in front of a number: 实现规上工业产值 → 规上工业产值."""
    view = doc.view
    end = start + len(_without_tail(view[start:end]))
    kept = [match.span() for match in _kept().finditer(view, start, end)]
    words = doc.words_in(start, end)
    cut, first = start, 0
    for index in range(len(words) - 1, -1, -1):
        word = words[index]
        if word.end > end or (kept and _within(word, kept)):
            continue
        text = view[word.start : word.end]
        if word.tag[0] in _CUT_TAGS or text in _cuts() or (word.tag == "x" and _STOP.match(text)):
            cut, first = word.end, index + 1
            break
    for word in words[first:]:  # 加装光伏: a verb of its own in front, and a noun behind it
        ours = word.tag == "v" and word.end - word.start > 1 and end - word.end > 1
        if not ours or (kept and _within(word, kept)) or _nominal().match(view, word.start):
            break
        cut = word.end
    phrase = _without_scope(_making().sub("", _trimmed(_without_tail(view[cut:end]))))
    phrase = _bringing().sub("", phrase)
    mere_verb = phrase.removeprefix("新") in _cuts() and phrase not in _ACTS
    return "" if mere_verb or len(phrase) < 2 else phrase


def _without_tail(text: str) -> str:
    """Without the words between a noun and its number that belong to neither."""
    tail = _tails().search(text)
    return text[: tail.start()] if tail else text


def _trimmed(phrase: str) -> str:
    """Without marks at its ends, but for the quotation mark that closes one."""
    text = phrase.strip(_EDGE)
    return text + "”" if "“" in text and "”" not in text else text


def _within(word: Word, kept: Sequence[tuple[int, int]]) -> bool:
    return any(left < word.end and word.start < right for left, right in kept)


def _without_scope(phrase: str) -> str:
    """园区规划面积 → 规划面积."""
    kept, scope = _scopes()
    while not kept.match(phrase) and (match := scope.match(phrase)) and len(phrase) - match.end() > 1:
        phrase = phrase[match.end() :]
    return "" if phrase in _PLACES else phrase


def item(text: str) -> str:
    """One of several nouns that share a number, without what introduces the first and follows the last."""
    text = _without_tail(text).strip(_EDGE)
    return _without_scope(_LEAD.sub("", text))


def behind(doc: Document, start: int, end: int, owned: bool = False) -> str:
    """The noun phrase that follows a number: 16家知名高校达成合作 → 知名高校; ``owned`` behind a 的, where
    a verb is a noun (30亿元的授信)."""
    view, at = doc.view, start
    if view.startswith("国家和地区", start):
        return "国家和地区"
    kept = [match.span() for match in _kept().finditer(view, start, min(end, start + 18))]
    for word in doc.words_in(start, min(end, start + 18)):
        text = view[word.start : word.end]
        if kept and _within(word, kept):
            at = word.end
            continue
        last = (owned or at > start) and (word.end >= end or _STOP.match(view, word.end) is not None)
        if _STOP.match(text) or (word.tag[0] not in _NOUN and word.tag not in ("x", "eng")):
            break
        if at > start and word.tag in ("l", "i") and not last:
            break
        if text in _events() or ((word.tag == "v" or text in _cuts()) and not last and text not in _works()):
            break
        at = word.end
    phrase = view[start:at].strip(_EDGE)
    if (
        phrase in _marks()
        or phrase.startswith("每")
        or phrase.endswith(("到", "至", "为", "成"))
        or phrase.startswith(("全部", "发展", "增加"))
    ):
        return ""
    head = _HEAD.match(phrase)
    return head.group() if head else phrase


def headed(doc: Document, start: int, end: int) -> str:
    """The noun phrase that a caption begins with: 这是全区规上工业总产值，同比增长8% → 规上工业总产值."""
    if this := _THIS.match(doc.view, start, end):
        start = this.end()
    stop = _STOP_CAPTION.search(doc.view, start, end)
    end = stop.start() if stop else end
    for word in doc.words_in(start, end):
        text = doc.view[word.start : word.end]
        leads = text in _cuts() or word.tag[0] in _CUT_TAGS or _scopes()[1].fullmatch(text)
        if not leads or _kept().match(doc.view, word.start):
            phrase = re.split("的|全年|当年|本年", doc.view[word.start : end].strip(_EDGE))[-1]
            return _without_scope(_NEW.sub("", phrase))
    return ""


def growth(text: str) -> Growth | None:
    """同比增长, 下降了, 比上年提高 at the end of the text; 提高到 and 增至 name a level and are none."""
    match = _growth().search(text)
    if match is None:
        return None
    up, down = match["up"] or match["above"], match["down"] or match["below"]
    return Growth(match.start(), "up" if up else "down" if down else None)


def grown(view: str, end: int) -> str | None:
    """The growth that a number is told of behind it: 6倍以上增长."""
    match = _grown().match(view, end)
    return None if match is None else "up" if match["up"] else "down"


def direction(text: str) -> str | None:
    """产值降幅超过20%: a noun that tells where a figure goes."""
    match = _DIRECTION.search(text)
    return None if match is None else "up" if match["up"] else "down"


@lru_cache(maxsize=4096)
def identify(indicator: str) -> str | None:
    """The id of a common indicator; ``None`` for one that the vocabulary does not hold."""
    return next((name for name, pattern in _vocabulary() if pattern.search(indicator)), None)


@cache
def _cuts() -> frozenset[str]:
    return frozenset(data("indicators")["cuts"].split())


@cache
def _kept() -> re.Pattern[str]:
    return re.compile(guarded("|".join(data("indicators")["kept"])))


@cache
def _events() -> frozenset[str]:
    return frozenset(data("indicators")["events"].split())


@cache
def _works() -> frozenset[str]:
    return frozenset(data("indicators")["works"].split())


@cache
def _marks() -> frozenset[str]:
    return frozenset(data("indicators")["marks"].split())


@cache
def _making() -> re.Pattern[str]:
    return re.compile(f"^(?:{data('indicators')['making']})")


@cache
def _bringing() -> re.Pattern[str]:
    return re.compile(f"^(?:{data('indicators')['bringing']})(?=..)")


@cache
def _nominal() -> re.Pattern[str]:
    return re.compile(data("indicators")["nominal"])


@cache
def _scopes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = data("indicators")
    return re.compile(words["scopes_kept"]), re.compile(guarded("|".join(words["scopes"])))


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(guarded(f"(?:{'|'.join(sorted(data('indicators')['tails'], key=len, reverse=True))})+\\Z"))


def _changes(shortest: int = 1) -> str:
    words = {key: [word for word in data("indicators")[key] if len(word) >= shortest] for key in ("up", "down")}
    up, down = ("|".join(sorted(words[key], key=len, reverse=True)) for key in ("up", "down"))
    return f"(?:(?P<down>{down})|(?P<up>{up}))"


@cache
def _growth() -> re.Pattern[str]:
    since = "(?:(?<![占同环])[较比与](?![重例])[^，。；、]{1,12}?)?"
    years = "年均|逐[月年]|(?<![0-9一二两三四五六七八九十数几多])年"
    alike = "同口径|按?可比(?:口径|价格?)(?:计算)?|名义"
    often = f"(?:{years}|{alike}|同比|环比|按年|平均|逆势|大幅|累计|由此|已|[各均]|分别|再|又){{0,3}}"
    above = "(?:(?P<above>(?<!不)高[于出]|快于|优于|好于)|(?P<below>(?<!不)低于|慢于))[^，。；、]{1,12}"
    grows = f"{often}{_changes()}(?:幅度?|大)?[了为达约近超逾出]{{0,2}}(?:分别)?[为达]?"
    return re.compile(guarded(f"{since}(?:{grows}|{above})\\Z"))


@cache
def _grown() -> re.Pattern[str]:
    return re.compile(f"的?(?:高速|快速|大幅|同比)?{_changes(2)}(?![到至为])")


@cache
def _vocabulary() -> list[tuple[str, re.Pattern[str]]]:
    return [(row["id"], re.compile("|".join(row["words"]))) for row in data("indicators")["indicator"]]
