"""What is known of each character of a text: whole columns of integers, made without a loop over characters.

All is integer arithmetic, so that training and use agree to the bit on any machine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from parkfacts.ner import words
from parkfacts.segment import Word

Column = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, hence invertible; products wrap around
_INVERSE = np.uint64(pow(int(BASE), -1, 1 << 64))
_SLOTS = 1 << 20

# tags of jieba's dictionary that tell of names, by themselves; all others by their first letter
_TAGS = {
    tag: number for number, tag in enumerate("x ns nr nrt nrfg nt nz vn eng m q n v a d p c u r f t b i l j".split(), 1)
}
_NUMERALS = "〇零一二两三四五六七八九十百千万亿"
_MARKS = "，。、；：！？“”‘’（）()《》〈〉【】[]—…·,.;:!?%+-/& \n\u3000"
_NAME_MARKS = "（）()·-&+"  # marks that stand within names
_BARRIERS = "的了和与及在把被将对从向由等"
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))
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
_TAILS = re.compile("|".join(f"(?P<k{kind}>{end})" for kind, end in enumerate(_ENDS, 1)))


def codes(view: str) -> Column:
    """The code points."""
    return np.frombuffer(view.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)


def bucket(value: Column, size: int) -> npt.NDArray[np.int32]:
    """Hashes into ``size`` buckets, a power of two."""
    mixed = (value ^ (value >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return ((mixed >> np.uint64(32)) & np.uint64(size - 1)).astype(np.int32)


def columns(view: str, cut: Sequence[Word]) -> dict[str, Column]:
    """Every column of a text that the words ``cut`` cover."""
    char = codes(view)
    kind = _kinds()[np.minimum(char, 0xFFFF).astype(np.int64)]
    known = _classes(char)
    found = {"c": char, "k": kind, "g": known, **_words(char, cut)}
    near, last = _closers(kind, char, known)
    return found | {"near": near, "last": last, "list": _lists(view, kind), "in": _within(view, char)}


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
def _tables() -> Mapping[int, npt.NDArray[np.uint8]]:
    """The class of a word by the bucket of its hash, a table for each length."""
    tables: dict[int, npt.NDArray[np.uint8]] = {}
    for number, listed in enumerate(words.classes().values(), 1):
        for word in listed:
            table = tables.setdefault(len(word), np.zeros(_SLOTS, np.uint8))
            slot = bucket(_grams(codes(word), len(word)), _SLOTS)[0]
            table[slot] = table[slot] or number
    return dict(sorted(tables.items(), reverse=True))


def _grams(char: Column, size: int) -> Column:
    """A hash of the ``size`` characters that begin at each place."""
    count = max(0, len(char) - size + 1)
    value = np.zeros(count, np.uint64)
    for k in range(size):
        value = (value + char[k : k + count]) * BASE
    return value


def _classes(char: Column) -> Column:
    """Four times the class of the longest word at a character, plus 1 where it begins, 2 where it ends, 3 for both."""
    found = np.zeros(len(char), np.uint64)
    for size, table in _tables().items():
        held = table[bucket(_grams(char, size), _SLOTS)]
        starts = np.flatnonzero(held)
        number = held[starts].astype(np.uint64) * np.uint64(4)
        free = (found[starts] == 0) & (found[starts + size - 1] == 0)
        starts, number = starts[free], number[free]
        for k in range(size):
            found[starts + k] = number + np.uint64((k == 0) + 2 * (k == size - 1))
    return found


def _closers(kind: Column, char: Column, known: Column) -> tuple[Column, Column]:
    """The class of the nearest and of the last closing word ahead that a name may reach, with how far it is."""
    size = len(char)
    at = np.arange(size)
    numbers = [1 + list(words.classes()).index(name) for name in _CLOSING]
    closes = np.isin(known >> np.uint64(2), numbers) & ((known & np.uint64(2)) > 0)
    marks = np.array([ord(mark) for mark in _NAME_MARKS], np.uint64)
    barrier = ((kind >= 7) & ~np.isin(char, marks)) | np.isin(char, codes(_BARRIERS))
    wall = _next(barrier, size)
    near = _next(closes, size)
    before = np.maximum.accumulate(np.where(closes, at, -1)) if size else at
    last = before[np.maximum(wall - 1, 0)] if size else at
    return _told(known, at, np.where(near < wall, near, -1)), _told(known, at, last)


def _next(flags: Flags, size: int) -> Places:
    """The next flagged place at or behind each, ``size`` where there is none."""
    return np.minimum.accumulate(np.where(flags, np.arange(size), size)[::-1])[::-1] if size else np.zeros(0, np.int64)


_FAR = np.array([0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, *[7] * 12], np.uint64)


def _told(known: Column, at: Places, where: Places) -> Column:
    far = where - at
    fits = (far >= 0) & (far < len(_FAR))
    value = (known[np.where(fits, where, 0)] >> np.uint64(2)) * np.uint64(8) + _FAR[np.where(fits, far, 0)]
    return np.where(fits, value, np.uint64(0)) if len(at) else known


# ---- words, lists, brackets -------------------------------------------------------------------------------------


def _words(char: Column, cut: Sequence[Word]) -> dict[str, Column]:
    """For each character its word and the words beside it (hashed), their tags, and the place in the word."""
    size, count = len(char), len(cut)
    bounds = np.fromiter((word[0] for word in cut), np.int64, count)
    lengths = np.diff(np.append(bounds, size))
    hashed = _hashes(char, bounds, bounds + lengths)
    tags = np.fromiter((_TAGS.get(tag) or _TAGS.get(tag[:1], 0) for _, _, tag in cut), np.uint64, count)
    of = np.repeat(np.arange(count), lengths) + 2
    edge = np.zeros(2, np.uint64)
    hashed, tags = np.concatenate((edge, hashed, edge)), np.concatenate((edge, tags, edge))
    place = np.arange(size) - np.repeat(bounds, lengths)
    shape = (
        np.minimum(np.repeat(lengths, lengths), 4) * 8
        + np.minimum(place, 2)
        + 4 * (place == np.repeat(lengths, lengths) - 1)
    )
    found = {f"w{d:+}": hashed[of + d] for d in (-2, -1, 0, 1, 2)} | {
        f"t{d:+}": tags[of + d] for d in (-2, -1, 0, 1, 2)
    }
    return found | {"s": shape.astype(np.uint64)}


def _hashes(char: Column, starts: Places, ends: Places) -> Column:
    """A hash of each range of characters, whatever its length, from sums over the text."""
    powers = np.multiply.accumulate(np.full(len(char), BASE)) if len(char) else char
    back = np.multiply.accumulate(np.full(len(char), _INVERSE)) if len(char) else char
    sums = np.concatenate((np.zeros(1, np.uint64), np.add.accumulate(char * powers)))
    hashed: Column = (sums[ends] - sums[starts]) * back[starts]
    return hashed


def _lists(view: str, kind: Column) -> Column:
    """What the list is of that a character stands in, told by its end （A、B等企业）."""
    found = np.zeros(len(view), np.uint64)
    for tail in _TAILS.finditer(view):
        begin = max(view.rfind(mark, max(0, tail.start() - 100), tail.start()) for mark in "，。；：\n！？") + 1
        if "、" in view[begin : tail.start()] or tail[0][0] == "等":
            found[begin : tail.start()] = int(str(tail.lastgroup)[1:])
    return found


def _within(view: str, char: Column) -> Column:
    """Bits for quotation marks, title marks and brackets that are open at a character, in its line."""
    at = np.arange(len(view))
    found = np.zeros(len(view), np.uint64)
    for bit, (opens, closes) in enumerate(_PAIRS):
        opened = _last(char == ord(opens), at)
        closed = np.maximum(_last(char == ord(closes), at), _last(char == 10, at))
        found |= ((opened > closed) & (at - opened < 40)).astype(np.uint64) << np.uint64(bit)
    return found


def _last(flags: Flags, at: Places) -> Places:
    return np.maximum.accumulate(np.where(flags, at, -1)) if len(at) else at
