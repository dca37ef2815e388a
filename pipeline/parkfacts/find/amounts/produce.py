"""From a rule's match to a value: the functions that rules/amounts.toml names. ``None`` means: this is no amount."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from parkfacts.find.amounts.context import is_article, is_change, is_no_count, is_slogan, means_money, shares_points
from parkfacts.find.amounts.value import AmountValue, Unit, units
from parkfacts.find.numbers import parse
from parkfacts.rules.engine import Produce

_OVER, _UNDER, _ABOUT = ("以上", "有余", "开外", "出头"), ("以下", "以内", "之内"), ("左右", "上下")
_AFTER = dict.fromkeys(_OVER, "over") | dict.fromkeys(_UNDER, "under") | dict.fromkeys(_ABOUT, "about")
_MORE = {"余": "over", "多": "over", "几": "over", "+": "over", "来": "about", "把": "about"}
_SIGNS = {
    "$": "USD",
    "US$": "USD",
    "HK$": "HKD",
    "A$": "AUD",
    "C$": "CAD",
    "S$": "SGD",
    "NT$": "TWD",
    "￥": "CNY",
    "¥": "CNY",
    "RMB": "CNY",
    "€": "EUR",
    "£": "GBP",
    "₩": "KRW",
}
_SIGNS |= {"港币": "HKD", "港元": "HKD", "新台币": "TWD", "美金": "USD", "美元": "USD", "日币": "JPY", "欧元": "EUR"}
_CNY, _PERCENT = Unit("CNY", "money", Decimal(1)), Unit("%", "percent", Decimal(1))
_MEASURES = ("mass", "volume", "length", "area", "money")
_SIZED = re.compile(r"(?<=\d) ?([十百千万亿kK]+)\Z|[万亿]+\Z")
_NEIGHBOURS = ("一二", "一两", "两三", "二三", "三四", "三五", "四五", "五六", "六七", "七八", "八九")
_MOST = 10**9  # percent: no share of anything is larger
_SIDE_BY_SIDE = re.compile(r"(?![一二三四五六七八九]{2}〇).?.?[一二两三四五六七八九]{2}")  # 五六〇 is 560


def group(match: re.Match[str], name: str) -> str | None:
    """What a group holds; None also where the rule has no such group."""
    return match[name] if name in match.re.groupindex else None


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
    if share > _MOST:
        return None
    share = -share if group(match, "minus") else share
    share = share if len(share.as_tuple().digits) < 12 else share.quantize(Decimal("0.01"))
    after = match["after"]
    return _value(share, _PERCENT, _AFTER[after[-2:]] if after else "exact")


def fraction_of_unit(match: re.Match[str]) -> AmountValue | None:
    """四分之一公斤: a part of one of a measure; of things that are counted there are no such parts."""
    whole, part, unit = parse(match["of"]), parse(match["num"]), units()[match["unit"]]
    if not whole or part is None or unit.dimension not in _MEASURES:
        return None
    return _value(part / whole, unit, "exact")


def half(match: re.Match[str]) -> AmountValue:
    """半亩, 半个百分点."""
    return _value(Decimal("0.5"), units()[match["unit"]], "exact")


def jin_liang(match: re.Match[str]) -> AmountValue | None:
    """六斤八两: ten 两 are a 斤 of half a kilogram."""
    jin, liang = parse(match["num"]), parse(match["liang"])
    if jin is None or liang is None:
        return None
    return _value(jin + liang / 10, units()["斤"], "exact")


def signed(match: re.Match[str]) -> AmountValue | None:
    """A currency sign in front of the number."""
    number, sign = _number(match), match["sign"]
    unit = Unit(_SIGNS.get(sign, sign), "money", Decimal(1))
    return None if number is None else _value(number, unit, _own_bound(match))


def range_(match: re.Match[str]) -> AmountValue | None:
    """Two numbers with one unit, or each with its own; the first takes the second's 万 or 亿 where it has none."""
    unit, first = units()[match["unit"]], match["unit_low"]
    if first is not None and units().get(first) != unit:
        return None
    if first and is_change(match):
        return None
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
    if (tens and tens[-1] != "十") or low is None or high is None or not low < high:
        return None
    if match["low"] + match["high"] not in _NEIGHBOURS:
        return None
    return AmountValue(None, low * unit.factor, high * unit.factor, unit.name, unit.dimension, "range")


def vague(match: re.Match[str]) -> AmountValue | None:
    """数百家, 几十个: more than the magnitude."""
    number = parse(match["num"])
    return None if number is None else _value(number, units()[match["unit"]], "over")


def quantity(match: re.Match[str]) -> AmountValue | None:
    """A number with its unit."""
    number, unit, tail = _number(match), units()[match["unit"]], match["tail"]
    if match["unit"] == "个" and shares_points(match):
        unit = units()["个百分点"]
    if number is None or is_article(match, number, unit) or is_slogan(match) or is_no_count(match, unit.dimension):
        return None
    if tail and tail != "多":  # 两成半, 两成五
        tenths = 5 if tail == "半" else parse(tail.strip()) or 0
        return _value(number + Decimal(tenths) / 10, unit, _own_bound(match))
    more = tail or match["unit"] == "个多亿"
    return _value(number, unit, "over" if more and not match["after"] else _own_bound(match))


def spoken_money(match: re.Match[str]) -> AmountValue | None:
    """亿 and 万 without 元, where money is meant."""
    number = _number(match)
    if number is None or not means_money(match) or is_slogan(match):
        return None
    return _value(number, _CNY, _own_bound(match))


_CHANGE = {"块": (1, "CNY"), "毛": (10, "CNY"), "角": (10, "CNY"), "分": (100, "CNY"), "美分": (100, "USD")}


def small_change(match: re.Match[str]) -> AmountValue | None:
    """三块五, 五毛钱, 20美分: the digit behind counts the next smaller coin."""
    number, below = parse(match["num"]), parse(match["next"] or "0")
    parts, currency = _CHANGE[match["unit"]]
    if number is None or below is None:
        return None
    return _value((number + below / 10) / parts, Unit(currency, "money", Decimal(1)), "exact")


def metre_and(match: re.Match[str]) -> AmountValue | None:
    """一米八."""
    metres, tenths = parse(match["num"]), parse(match["next"])
    return None if metres is None or tenths is None else _value(metres + tenths / 10, units()["米"], "exact")


def yuan_jiao(match: re.Match[str]) -> AmountValue | None:
    """一元三角五分."""
    whole, jiao, fen = (parse(match[name] or "0") for name in ("num", "jiao", "fen"))
    if whole is None or jiao is None or fen is None:
        return None
    return _value(whole + jiao / 10 + fen / 100, _CNY, "exact")


def _number(match: re.Match[str]) -> Decimal | None:
    """The number, with the magnitude that stands behind 余 or 多 (500余万)."""
    written = match["num"] + (match["rest"] or "")
    if match["more"] == "几" and not match["num"].endswith(("十", "百", "千")):
        return None
    return None if _SIDE_BY_SIDE.match(written) and "点" not in written else parse(written)


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
    "fraction_of_unit": fraction_of_unit,
    "half": half,
    "jin_liang": jin_liang,
    "signed": signed,
    "yuan_jiao": yuan_jiao,
    "small_change": small_change,
    "metre_and": metre_and,
    "range": range_,
    "spoken_range": spoken_range,
    "vague": vague,
    "quantity": quantity,
    "spoken_money": spoken_money,
}
