"""From a rule's match to a value: the functions that rules/amounts.toml names. ``None`` means: this is no amount."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from parkfacts.find.amounts.bounds import before
from parkfacts.find.amounts.value import AmountValue, Unit, units
from parkfacts.find.numbers import parse
from parkfacts.rules.engine import Produce

_AFTER = {"以上": "over", "有余": "over", "开外": "over", "以下": "under", "以内": "under", "之内": "under", "左右": "about", "上下": "about"}  # fmt: skip
_MORE = {"余": "over", "多": "over", "几": "over", "+": "over", "来": "about", "把": "about"}
_SIGNS = {"$": "USD", "US$": "USD", "HK$": "HKD", "￥": "CNY", "¥": "CNY", "RMB": "CNY", "€": "EUR", "£": "GBP"}
_SIZES = re.compile(r"[百千万亿]+")  # a magnitude that nothing counts: 千亩, 百亿元
_SIZED = re.compile(r"(?<=\d) ?([十百千万亿]+)\Z|[万亿]+\Z")
_SPOKEN = re.compile(r"[零〇一二两三四五六七八九十百千万亿点]+")
_SIDE_BY_SIDE = re.compile(r".?.?[一二两三四五六七八九]{2}")
_EXACT_KINDS = {"money", "area", "percent", "percentage_point", "ratio"}  # 一成 counts, 一家 is mostly an article
_COUNTED = frozenset("家个座项名位人台条所栋幢场次批款支轮户间套件类")  # 两家企业, but no 两岸, 三农, 四方
_IDIOM = re.compile(r"[一全两大]|自信|意识|代表|文明|维护|面向|务必|革命|确立|不变|不动摇|到位|[”’」]")
_FROM = re.compile(r"[从由自]\Z")
_SPREAD = re.compile(r"不等|之间|的|区间|[)）]")
_MONEY = re.compile(r"(?:资|产值|营收|收入|[税利贷]|利润|金|补贴|补助|奖励|销售|授信|资本|[值额款债]|成本|订单|投入|出口|进口)[^，。；：、\d]{0,5}\Z")  # fmt: skip
_HEADS = re.compile(r"(?:量|人口|用户|次数|粉丝|人数|人群|点击|播放|下载|阅读|访问|游客)[^，。；、\d]{0,4}\Z")
_NO_MONEY = re.compile(r"[人口次]|参数|用户|消费|网民|民众|中国|农民|人民|[”’」]")
_RANK = re.compile(r"(?:排名?|位列|位居|名列|排[在到]|前[进移]|[上跃晋提]升|居全.)[^，。；、\d]{0,3}\Z")
_POINTS = re.compile(r"(?:[得评总满]分|分[数值]|满意度|指数|成绩|考核|测评|考评)[^，。；、]{0,7}\Z")


def doubling(match: re.Match[str]) -> AmountValue | None:
    """翻一番 is twice as much, 翻两番 four times."""
    times, bound = parse(match["times"]), "over" if match["more"] else "exact"
    return None if times is None else _value(Decimal(2) ** int(times), Unit("倍", "ratio", Decimal(1)), bound)


def fraction_range(match: re.Match[str]) -> AmountValue | None:
    """百分之五至百分之八, 百分之五至八."""
    whole, low, high = parse(match["of"]), parse(match["low"]), parse(match["high"])
    if not whole or low is None or high is None or not low < high:
        return None
    return AmountValue(None, low * 100 / whole, high * 100 / whole, "%", "percent", "range")


def fraction(match: re.Match[str]) -> AmountValue | None:
    """百分之三十, 千分之四, 十分之一: percent; two decimals where it never ends (三分之一)."""
    whole, part = parse(match["of"]), parse(match["num"])
    if not whole or part is None:
        return None
    share = part * 100 / whole
    share = share if len(share.as_tuple().digits) < 12 else share.quantize(Decimal("0.01"))
    after = match["after"]
    return _value(share, Unit("%", "percent", Decimal(1)), _AFTER[after[-2:]] if after else "exact")


def signed(match: re.Match[str]) -> AmountValue | None:
    """A currency sign in front of the number."""
    number = _number(match)
    return None if number is None else _value(number, Unit(_SIGNS.get(match["sign"], match["sign"]), "money", Decimal(1)), _own_bound(match))  # fmt: skip


def range_(match: re.Match[str]) -> AmountValue | None:
    """Two numbers with one unit, or each with its own; the first takes the second's 万 or 亿 where it has none."""
    unit, first = units()[match["unit"]], match["unit_low"]
    if first is not None and units().get(first) != unit:
        return None
    if first and _FROM.search(match.string, max(0, match.start() - 2), match.start()) and not _SPREAD.match(match.string, match.end()):
        return None  # 从15%到20% tells of two moments, 从5%到20%不等 of one
    low, high = parse(match["low"]), parse(match["high"])
    if low is None or high is None:
        return None
    if first is None and not _SIZED.search(match["low"]) and (size := _SIZED.search(match["high"])):
        shared = low * (parse(size[0].strip()) or 1)
        low = shared if shared <= high else low
    if low >= high:
        return None
    return AmountValue(None, low * unit.factor, high * unit.factor, unit.name, unit.dimension, "range")


def spoken_range(match: re.Match[str]) -> AmountValue | None:
    """七八家, 三四百人, 十七八个: two neighbouring digits that share what stands around them."""
    tens, size, unit = match["tens"] or "", match["size"], units()[match["unit"]]
    if tens and size:
        return None
    low, high = parse(tens + match["low"] + size), parse(tens + match["high"] + size)
    if tens and tens[-1] != "十" or low is None or high is None or not low < high:
        return None
    near = parse(match["high"]), parse(match["low"])
    if None in near or (near[0] - near[1] != 1 and match["low"] + match["high"] != "三五"):  # type: ignore[operator]
        return None
    return AmountValue(None, low * unit.factor, high * unit.factor, unit.name, unit.dimension, "range")


def vague(match: re.Match[str]) -> AmountValue | None:
    """数百家, 几十个: more than the magnitude."""
    number = parse(match["num"])
    return None if number is None else _value(number, units()[match["unit"]], "over")


def quantity(match: re.Match[str]) -> AmountValue | None:
    """A number with its unit."""
    number, unit = _number(match), units()[match["unit"]]
    if number is None or _is_article(match, number, unit) or _is_slogan(match) or _is_no_count(match):
        return None
    if number < 0 and unit.dimension not in _EXACT_KINDS:
        return None  # A区-3栋
    tail = match["tail"]
    if tail and tail != "多":  # 两成半, 两成五
        return _value(number + (Decimal("0.5") if tail == "半" else (parse(tail) or 0) / Decimal(10)), unit, _own_bound(match))
    return _value(number, unit, "over" if tail and not match["after"] else _own_bound(match))


def hundred_millions(match: re.Match[str]) -> AmountValue | None:
    """三个亿, 十来个亿: money, as it is spoken of."""
    number = _number(match)
    bound = "over" if match["tail"] else _own_bound(match)
    return None if number is None else _value(number * 10**8, Unit("CNY", "money", Decimal(1)), bound)


def spoken_money(match: re.Match[str]) -> AmountValue | None:
    """亿 and 万 without 元, where money is meant."""
    view, start, end = match.string, match.start(), match.end()
    written, number = match["num"] + (match["rest"] or ""), _number(match)
    if number is None or written[-1] not in "亿万" or _NO_MONEY.match(view, end) or _HEADS.search(view, start - 12, start):
        return None
    if not _MONEY.search(view, max(0, start - 14), start) and (written[-1] == "万" or not _says_more(match)):
        return None
    return None if _is_slogan(match) else _value(number, Unit("CNY", "money", Decimal(1)), _own_bound(match))


def _says_more(match: re.Match[str]) -> bool:
    """Digits, a level or a bound: 50亿, 千亿级, 超千亿 — a mere 千亿 is a slogan's."""
    return bool(re.match(r"\d", match["num"]) or match["level"] or match["after"] or match["more"])


def _number(match: re.Match[str]) -> Decimal | None:
    """The number, with the magnitude that stands behind 余 or 多 (500余万)."""
    written = match["num"] + (match["rest"] or "")
    if match["more"] == "几" and not match["num"].endswith(("十", "百", "千")):
        return None
    return None if _SIDE_BY_SIDE.match(written) and "点" not in written else parse(written)


def _is_article(match: re.Match[str], number: Decimal, unit: Unit) -> bool:
    """一家, 一批, 三大: Chinese numerals below ten that count nothing, or little."""
    written = match["num"]
    if number >= 10 or match["more"] or unit.dimension in _EXACT_KINDS or not _SPOKEN.fullmatch(written):
        return False
    if written == "一" or "零" in written or _IDIOM.match(match.string, match.end()):
        return True
    return unit.dimension == "count" and match["unit"] not in _COUNTED


def _is_slogan(match: re.Match[str]) -> bool:
    """万亩, 百家 without a word that makes a figure of them (超, 近, 余, 以上, 级)."""
    if match["num"][0] not in "百千万亿" or not _SIZES.fullmatch(match["num"]) or match["more"] or match["after"] or match["level"]:
        return False
    return before(match.string, match.start(), bare=True) is None


def _is_no_count(match: re.Match[str]) -> bool:
    """9时30分, 排名28位, 二十届三中全会: a time, a rank, an ordinal."""
    unit = match["unit"]
    if unit == "分":
        return _POINTS.search(match.string, max(0, match.start() - 12), match.start()) is None
    if unit == "届":
        return _SPOKEN.fullmatch(match["num"]) is not None
    return unit in ("位", "名") and _RANK.search(match.string, max(0, match.start() - 8), match.start()) is not None


def _own_bound(match: re.Match[str]) -> str:
    """What the words behind the number say."""
    after, more = match["after"], match["more"]
    if after:
        return _AFTER[after[-2:]]
    return _MORE[more] if more else "about" if match["level"] else "exact"


def _value(number: Decimal, unit: Unit, bound: str) -> AmountValue:
    return AmountValue(number * unit.factor, None, None, unit.name, unit.dimension, bound)


PRODUCE: Mapping[str, Produce[AmountValue]] = {
    "doubling": doubling,
    "fraction_range": fraction_range,
    "fraction": fraction,
    "signed": signed,
    "range": range_,
    "spoken_range": spoken_range,
    "vague": vague,
    "hundred_millions": hundred_millions,
    "quantity": quantity,
    "spoken_money": spoken_money,
}
