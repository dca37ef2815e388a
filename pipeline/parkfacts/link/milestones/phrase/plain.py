"""A subject without a name at its head."""

from __future__ import annotations

import re

from parkfacts.link.milestones.phrase.actor import listed_words
from parkfacts.link.milestones.phrase.bounds import after_date
from parkfacts.link.milestones.phrase.general import whole
from parkfacts.link.milestones.phrase.wording import BUILT, CALLED, GLUED, IN_SHORT, NOMINAL, NOT_BEFORE, OF
from parkfacts.link.milestones.scene import Scene
from parkfacts.link.milestones.wording import ADVERBS, EDGE
from parkfacts.text import Span

_ENDED = re.compile("(?<=.{2})(?:建成|竣工|完工)$")  # 水厂建成通水
_HANDLED = re.compile(r"^(?:先(?=[把将])|把|将|让|使|对|支持|推动|推进|确保|促成|帮助|依托|推动|加快|抓好|力促|再)+")
_QUOTED = re.compile(r"(?:园区|公司|企业|全区|其)?[“「](?P<inner>[^“”「」]+)[”」]")
_ALONG = re.compile(
    r"(?<=[一-龥]{2})(?:携手?|带领|率领?)(?=[0-9一二三四五六七八九十]|旗下|团队|[^，,。；]{2,20}(?:企业|公司|项目))"
)
_SUFFIXED = re.compile("[户区点楼房员者商园线站厂](?![一-龥]?[于在])")  # 安置户
_APPOSED = re.compile(r"(?:园区|全区)?(?:[首第][^，]{1,3}?)?(?:道路|主干道|主干路|干道|安置小区)(?=.{2})")
_CUT_TAGS = frozenset("pdrcyeo")
# “X”, 2号, and a size within a name: 110千伏输变电工程, 5万吨电解液项目
_UNITS = re.compile(
    r"“[^”]{1,14}”|[0-9]+号|第[0-9一二三四五六七八九十百]+[届批期个家条座次号只支台套项]|[0-9]+[余多]?[个家座栋条批](?:[0-9.]+[万亿]*元(?:以上|级)?)?[一-龥“”]{0,14}(?:项目|企业|工程|厂房|园区|产线)(?![一-龥])|[0-9][0-9.]*(?:万|亿|百万)?(?:千伏|兆瓦时?|吉瓦时?|千瓦时?|[吨台套件片支辆立升头]|平方米|[MGK]Wh?|kV)(?:/年|级)?"
    r"[一-龥A-Za-z]{0,12}(?:项目|工程|基地|工厂|变电站|电站|生产线|产线|线路|装置|机组|锅炉|厂房|码头|储罐|车间)"
)


def plain(scene: Scene, start: int, end: int) -> tuple[Span, str | None]:
    """A subject without a name at its head (empty where there is none), and the general word that it is."""
    view = scene.view
    start = after_date(scene, start, end)
    end = start + len(_ENDED.sub("", ADVERBS.sub("", view[start:end].rstrip(EDGE + "“「"))))
    if (word := whole(view[start:end])) is not None:
        return Span(start, end), word  # 这家靠五金起家的集团
    of = view.rfind("的", start, end)
    if of >= 0 and of + 1 < end and (not OF.match(view, start) or CALLED.match(view, start, of)):
        start = of + 1
    handled = _HANDLED.match(view[start:end])
    start += handled.end() if handled else 0
    if view[start : start + 1] in NOT_BEFORE and not view.startswith(("经开", "经济"), start):
        return Span(start, start), None
    return _trimmed(scene, start, end)


def _trimmed(scene: Scene, start: int, end: int) -> tuple[Span, str | None]:
    """The noun phrase that a range begins with, or the name that it ends with."""
    view = scene.view
    quoted = _QUOTED.fullmatch(view, start, end)
    if quoted:
        return Span(*quoted.span("inner")), None
    name = next((n for n in scene.names_in(start, end) if n.end == end), None)
    if name and not view.endswith(NOT_BEFORE, start, name.start):
        return Span(name.start, name.end), None
    if word := whole(view[start:end]):
        return Span(start, end), word
    if along := _ALONG.search(view, start, end):
        end = along.start()  # X携32家企业入驻
    if short := IN_SHORT.search(view, start, end):
        return Span(start, short.start()), None
    if apposed := _APPOSED.match(view, start, end):
        start = apposed.end()
    if BUILT.fullmatch(view, start, end):
        return Span(start, end), None
    start += len(view[start:end]) - len(view[start:end].lstrip("”’」"))
    if _opens_with_verb(scene, start, end):
        return Span(start, start), None  # 举行“云上签约”: who does it is left out
    stop = start + len(ADVERBS.sub("", view[start : _nominal_end(scene, start, end)].rstrip(EDGE)))
    start += len(view[start:stop]) - len(view[start:stop].lstrip(EDGE))
    if word := whole(view[start:stop]):
        return Span(start, stop), word
    return Span(start, stop if 2 <= stop - start <= 30 else start), None


def _opens_with_verb(scene: Scene, start: int, end: int) -> bool:
    """Whether a verb with its object stands where the subject would: 完成合同(签订), 建设国际会展中心."""
    words = [w for w in scene.doc.words_in(start, end) if w.start >= start]
    return bool(words) and words[0].start == start and scene.view[start : words[0].end] in listed_words("acts")


def _nominal_end(scene: Scene, start: int, end: int) -> int:
    """Where the noun phrase ends: before the first word that no noun phrase holds."""
    words = [w for w in scene.doc.words_in(start, end) if w.end <= end]
    whole_ones = [(n.start, n.end) for n in scene.names_in(start, end)]
    whole_ones += [unit.span() for unit in _UNITS.finditer(scene.view, start, end)]
    for i, word in enumerate(words):
        if any(left <= word.start and word.end <= right for left, right in whole_ones):
            continue
        after = words[i + 1].tag if i + 1 < len(words) else "n"
        if _ends_noun(scene.view[word.start : word.end], word.tag, after, first=i == 0):
            counts = word.tag[0] == "q" and i > 1 and words[i - 1].tag[0] == "m"
            return words[i - 1].start if counts else word.start  # 园区15个: 园区
    return end


def _ends_noun(text: str, tag: str, after: str, first: bool) -> bool:
    """Whether a word is none of a noun phrase; ``after`` is the next one's tag."""
    if text in listed_words("verbal"):
        return True
    if tag != "eng" and tag[0] in _CUT_TAGS and text not in listed_words("kept"):
        return True
    if tag == "v" and (after[0] in "mrpuc" or (not first and text in listed_words("says"))):
        return True
    if first:
        return False
    counted = tag[0] in "mq" and not after.startswith(("n", "q")) and text[0] not in "首第"
    glued = tag == "x" and len(text) > 1 and text[0] in GLUED  # 在岚谷, for 在 and a name
    return counted or glued or text in listed_words("how")  # 土地全部清表


def agent(scene: Scene, start: int, end: int) -> Span | None:
    """The noun phrase in front of the first verb of a clause."""
    start = stop = after_date(scene, start, end)
    for word in scene.doc.words_in(start, end):
        noun = word.tag[0] in NOMINAL or (word.end - word.start > 1 and _SUFFIXED.match(scene.view, word.end))
        if word.end > end or not noun:
            break
        stop = word.end
    return Span(start, stop) if 2 <= stop - start <= 20 and stop < end else None
