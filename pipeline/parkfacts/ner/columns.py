"""What is known of each character of a text: whole columns of integers, made without a loop over characters.

All is integer arithmetic, so that training and use agree to the bit on any machine.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from parkfacts.ner import words
from parkfacts.ner.cut import Column, Cut, Places, codes

Flags = npt.NDArray[np.bool_]

BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, hence invertible; products wrap around
_INVERSE = np.uint64(pow(int(BASE), -1, 1 << 64))
_SLOTS = 1 << 20

_NUMERALS = "〇零一二两三四五六七八九十百千万亿"
_MARKS = "，。、；：！？“”‘’（）()《》〈〉【】[]—…·,.;:!?%+-/& \n\u3000"
_NAME_MARKS = "（）()·-&+"  # marks that stand within names
_BARRIERS = "的了和与及在把被将对从向由等"
_OPENING, _CLOSING_MARKS = codes("“《（")[:, None], codes("”》）")[:, None]
_BITS = np.array([[1], [2], [4]], np.uint64)
# how a list of names closes, which tells what it was a list of
_LISTS = (
    "企业|公司|厂商|厂家|巨头|客户|供应商|品牌|商户|车企|药企|外资|民企",
    "项目|工程",
    "高校|院校|大学|院所|机构|平台|协会|媒体",
    "部门|局办|机关",
    "园区|开发区|片区",
    "产品|设备|材料|技术|零部件|装置|系统|药品|食品",
    "地|省|市|县|国家|城市|省份|地区",
    "产业|行业|领域|环节|业务|方面|工序",
    "人|同志|代表|专家|师傅|领导|选手",
)
_NUMBER = r"(?<![两三四五六七八九十\d])[两三四五六七八九十\d]+"
_TRADES = _NUMBER + r"(?:大|个)(?:主导|支柱|特色|优势|重点|新兴)?(?:产业|集群|板块|行业|赛道|品类)"
_COUNTED = _NUMBER + r"(?:余|多)?家(?:企业|公司|单位)"
_ENDS = [f"等[^，。；：、\n]{{0,9}}?(?:{nouns})" for nouns in _LISTS]
_ENDS[0] += f"|{_COUNTED}"
_ENDS[7] += f"|{_TRADES}"
_TAILS = re.compile(
    r"(?=[等两三四五六七八九十\d])(?:" + "|".join(f"(?P<k{k}>{end})" for k, end in enumerate(_ENDS, 1)) + ")"
)


def bucket(value: Column, size: int) -> npt.NDArray[np.int32]:
    """Hashes into ``size`` buckets, a power of two."""
    mixed = value >> np.uint64(29)
    mixed ^= value
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed >>= np.uint64(32)
    mixed &= np.uint64(size - 1)
    return mixed.astype(np.int32)


def columns(cut: Cut) -> dict[str, Column]:
    """Every column of a text."""
    plane = np.minimum(cut.chars, 0xFFFF).astype(np.int64)
    kind, known = _kinds()[plane], _classes(cut.chars)
    near, last = _closers(known, _walls()[plane])
    found = {"c": cut.chars, "k": kind, "g": known, **_words(cut)}
    return found | {"near": near, "last": last, "list": _lists(cut.view), "in": _within(cut.chars)}


@cache
def _kinds() -> Column:
    """The class of each character of the basic plane: ideographs 1, others 2, letters, digits, numerals, marks."""
    table = np.full(1 << 16, 2, np.uint64)
    table[0x3400:0xA000] = 1
    for chars, kind in (
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 3),
        ("abcdefghijklmnopqrstuvwxyz", 4),
        ("0123456789", 5),
        (_NUMERALS, 6),
    ):
        table[[ord(char) for char in chars]] = kind
    for number, mark in enumerate(_MARKS, 7):
        table[ord(mark)] = number
    return table


# ---- word classes -----------------------------------------------------------------------------------------------

_CLOSING = ("form", "trade", "money", "public", "government", "park", "body", "project", "place")


@cache
def _tables() -> npt.NDArray[np.uint8]:
    """The class of a word by the bucket of its hash, a row for each length from 1 on."""
    longest = max(len(word) for listed in words.classes().values() for word in listed)
    tables = np.zeros((longest, _SLOTS), np.uint8)
    for number, listed in enumerate(words.classes().values(), 1):
        for word in listed:
            row = tables[len(word) - 1]
            slot = bucket(_grams(codes(word), len(word))[-1:, 0], _SLOTS)[0]
            row[slot] = row[slot] or number
    return tables


def _grams(char: Column, longest: int) -> Column:
    """Hashes of the 1, 2, … ``longest`` characters that begin at each place; zero where the text is too short."""
    found = np.zeros((longest, len(char)), np.uint64)
    value = char * BASE
    for size in range(1, min(longest, len(char)) + 1):
        found[size - 1, : len(value)] = value
        value = (value[:-1] + char[size:]) * BASE
    return found


def _classes(char: Column) -> Column:
    """Four times the class of the longest word at a character, plus 1 where it begins, 2 where it ends, 3 for both; of
    words as long as each other the first goes before."""
    tables = _tables()
    rows = np.arange(len(tables))[:, None]
    held = tables.take(bucket(_grams(char, len(tables)), _SLOTS) + rows * _SLOTS)
    at, begun = np.nonzero(held[::-1])
    hits = zip((len(tables) - at).tolist(), begun.tolist(), held[::-1][at, begun].tolist(), strict=True)
    found = [0] * len(char)
    for size, those in groupby(hits, key=itemgetter(0)):
        free = [
            hit for hit in those if not found[hit[1]] and hit[1] + size <= len(char) and not found[hit[1] + size - 1]
        ]
        for _, start, number in reversed(free):
            found[start : start + size] = [4 * number] * size
            found[start] += 1
            found[start + size - 1] += 2
    return np.array(found, np.uint64)


@cache
def _closing() -> Flags:
    """Whether a value of ``_classes`` tells the end of a closing word."""
    values = np.arange(4 * (len(words.classes()) + 1))
    numbers = [1 + list(words.classes()).index(name) for name in _CLOSING]
    return np.isin(values // 4, numbers) & (values % 4 >= 2)


@cache
def _walls() -> Flags:
    """The characters of the basic plane that no name goes over."""
    wall = _kinds() >= 7
    wall[[ord(mark) for mark in _NAME_MARKS]] = False
    wall[[ord(char) for char in _BARRIERS]] = True
    return wall


def _closers(known: Column, walls: Flags) -> tuple[Column, Column]:
    """The class of the nearest and of the last closing word ahead that a name may reach, with how far it is."""
    size = len(known)
    at = np.arange(size)
    closes = _closing()[known.astype(np.int64)]
    wall, near = _next(walls, size), _next(closes, size)
    before = np.maximum.accumulate(np.where(closes, at, -1))
    last = before[np.maximum(wall - 1, 0)]
    return _told(known, at, np.where(near < wall, near, -1)), _told(known, at, last)


def _next(flags: Flags, size: int) -> Places:
    """The next flagged place at or behind each, ``size`` where there is none."""
    return np.minimum.accumulate(np.where(flags, np.arange(size), size)[::-1])[::-1]


_FAR = np.array([0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, *[7] * 12], np.uint64)


def _told(known: Column, at: Places, where: Places) -> Column:
    far = where - at
    fits = (far >= 0) & (far < len(_FAR))
    value = (known[np.where(fits, where, 0)] >> np.uint64(2)) * np.uint64(8) + _FAR[np.where(fits, far, 0)]
    return np.where(fits, value, np.uint64(0))


# ---- words, lists, brackets -------------------------------------------------------------------------------------


def _words(cut: Cut) -> dict[str, Column]:
    """For each character its word and the words beside it (hashed), their tags, and the place in the word."""
    sizes = cut.sizes
    edge = np.zeros(2, np.uint64)
    hashed, tags = (np.concatenate((edge, column, edge)) for column in (hashes(cut), cut.tags))
    of = np.repeat(np.arange(2, len(sizes) + 2), sizes)
    place = np.arange(len(cut.chars)) - np.repeat(cut.starts, sizes)
    size = np.repeat(sizes, sizes)
    shape = np.minimum(size, 4) * 8 + np.minimum(place, 2) + 4 * (place == size - 1)
    found = {"s": shape.astype(np.uint64)}
    for d in (-2, -1, 0, 1, 2):
        there = of + d
        found[f"w{d:+}"], found[f"t{d:+}"] = hashed[there], tags[there]
    return found


def hashes(cut: Cut) -> Column:
    """A hash of each word, whatever its length, from sums over the text."""
    starts = cut.starts
    powers = np.multiply.accumulate(np.full(len(cut.chars), BASE))
    back = np.multiply.accumulate(np.full(len(cut.chars), _INVERSE))
    hashed: Column = np.add.reduceat(cut.chars * powers, starts) * back[starts]
    return hashed


def _lists(view: str) -> Column:
    """What the list is of that a character stands in, told by its end （A、B等企业）."""
    found = np.zeros(len(view), np.uint64)
    for tail in _TAILS.finditer(view):
        begin = max(view.rfind(mark, max(0, tail.start() - 100), tail.start()) for mark in "，。；：\n！？") + 1
        if "、" in view[begin : tail.start()] or tail[0][0] == "等":
            found[begin : tail.start()] = int(str(tail.lastgroup)[1:])
    return found


def _within(char: Column) -> Column:
    """Bits for quotation marks, title marks and brackets that are open at a character, in its line."""
    at = np.arange(len(char))
    opened, closed = _last(char == _OPENING, at), _last(char == _CLOSING_MARKS, at)
    inside = (opened > np.maximum(closed, _last(char == 10, at))) & (at - opened < 40)
    found: Column = np.add.reduce(inside * _BITS, 0)
    return found


def _last(flags: Flags, at: Places) -> Places:
    return np.maximum.accumulate(np.where(flags, at, -1), -1)
