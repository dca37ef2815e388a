"""Which long name a short one belongs to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parkfacts.find.names import Name, atoms, forms
from parkfacts.find.names.lexicon import lexicon
from parkfacts.segment import Document
from parkfacts.text import Mention

_ZONES = ("新区", "发区")
# what parks of any kind are called by: 康屿工业园 is no short form of 康屿轻工建材产业园
_ANY_PARK = re.compile(
    "(?:经济|技术|产业|工业|高新|科技|开发|综合|集聚|集中|示范|试验|国际|[市县区园新高济技术发业合])*"
)

_PROVINCE = re.compile(
    "^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃"
    "|青海|宁夏|新疆|内蒙古)(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)?(?=[\u4e00-\u9fff]{2,}(?:区|园)$)"
)
# the two ranks of zones, and the words that each goes by
_RANKS = (
    (re.compile("(?:高新技术产业开发区|高新技术产业园区|高新技术开发区|高新技术园区|高新开发区)$"), "高新区"),
    (re.compile("(?:经济技术开发区|经济开发区|技术开发区)$"), "经开区"),
)

_LEGAL = re.compile("有限(?:责任)?公司|株式会社")


class _Long(NamedTuple):
    """A name with a form of law (or a long one without), taken apart."""

    text: str
    core: str
    words: list[str]
    shorts: set[str]
    group: bool


def owners(doc: Document, texts: Sequence[tuple[str, Mention[Name]]]) -> Iterator[tuple[str, str]]:
    """Short names of firms, each with the name that it is short for. Where several could be meant it is the one whose
    words it repeats, for a core alone the group, else the firm that is named first."""
    longs = [_taken_apart(doc, text, m) for text, m in texts]
    by_form: dict[str, list[_Long]] = defaultdict(list)
    for long in longs:
        for form in sorted({*long.shorts, long.text}):
            by_form[form].append(long)
    for short in longs:
        near = {long.text: long for form in _asked(short) for long in by_form.get(form, ())}
        fits = [long for long in near.values() if len(long.text) > len(short.text) and _fits(short, long)]
        if fits:
            yield short.text, max(fits, key=lambda long: _rank(short, long)).text


def _asked(short: _Long) -> tuple[str, str, str]:
    """The forms under which a longer name may know a short one: as it stands, without the place before it, and without
    the 公司 that everyday speech puts behind it."""
    return short.text, short.core + "".join(short.words), _everyday(short.text)


def _everyday(text: str) -> str:
    """海桐科技 of 海桐科技公司, which is no form of law."""
    return text.removesuffix("公司") if not text.endswith(("限公司", "份公司", "团公司", "总公司", "分公司")) else text


def _taken_apart(doc: Document, text: str, mention: Mention[Name]) -> _Long:
    cut = atoms.cut_range(doc, mention.start, mention.end)
    core, words, place = forms.core(cut, mention.start, mention.end)
    group = "集团" in text or "控股" in text
    return _Long(text, core, words, forms.short(core, words, place) | ({core} if core else set()), group)


def _fits(short: _Long, long: _Long) -> bool:
    if short.text.endswith("集团") and "集团" not in long.text:
        return False  # 恒屹集团 is no short form of its subsidiary 恒屹重工有限公司
    if short.text in long.shorts or (_LEGAL.search(long.text) and _everyday(short.text) in long.shorts):
        return True
    # 德国X for 德国X集团, 江苏X精工 for X精工: a place more or less
    bare = short.core + "".join(short.words)
    placed = len(bare) > 1 and bare != short.text and not _has_form(short.text)
    if placed and _has_form(long.text) and short.text.removesuffix(bare) in lexicon().countries:
        return False  # 德国X is no short form of its subsidiary X（石川）有限公司
    return placed and (bare in long.shorts or bare == long.text) and not short.group


def _has_form(text: str) -> bool:
    return text.endswith(("公司", "厂", "株式会社"))


def _rank(short: _Long, long: _Long) -> tuple[bool, bool, bool]:
    follows = long.text.find(short.text) >= 0
    alone = short.text == long.core or short.core == short.text
    return (alone and long.group, follows and not alone, _has_form(long.text))


def ranked(park: str) -> str:
    """A park's name without its province, its rank in the shortest word: of 岭南康屿经济技术开发区 it is 康屿经开区."""
    bare = _PROVINCE.sub("", park, count=1)
    for words, rank in _RANKS:
        bare = words.sub(rank, bare)
    return bare if len(bare) > 4 else park


def is_short_for(short: str, long: str, kind: str | None) -> bool:
    """Whether a body's short name is made of the long one's characters in their order (X高新区: X高新技术产业园区)."""
    if len(short) >= len(long) or kind in ("facility", "media", "platform", "hospital"):
        return short != long and long.endswith(short) and len(short) > 3
    if kind == "university" and short.endswith(("大学", "学院")):
        return False
    if kind == "park" and long.startswith(short) and short[-2:] in _ZONES:
        return False  # 海桐新区 holds 海桐新区汽车产业园
    tail = short[:-1] if kind == "park" and short.endswith("园区") else short
    if tail[-1] != long[-1] and kind not in ("park", "university"):
        return False
    at, left_out = -1, []
    for char in tail:
        last, at = at, long.find(char, at + 1)
        if at < 0:
            return False
        left_out.append(long[last + 1 : at])
    return _same_core(short, long) and _same_kind(short, long, left_out[1:]) if kind == "park" else True


def _same_core(short: str, long: str) -> bool:
    """Whether two parks begin with the same two characters, a province in front left out."""
    return short[:2] in long and len(short) > 3


def _same_kind(short: str, long: str, left_out: Sequence[str]) -> bool:
    """Whether a park that is called by its place and a kind (X工业园) is of the long name's kind, or leaves nothing
    else out of it; 园区 is any."""
    kind = short[2:].removesuffix("区")
    if kind == "园" or not _ANY_PARK.fullmatch(kind) or long.removesuffix("区").endswith(kind):
        return True
    return all(_ANY_PARK.fullmatch(part) for part in left_out)
