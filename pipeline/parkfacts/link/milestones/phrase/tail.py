"""What a noun phrase goes on with behind the name at its head: X二期厂房."""

from __future__ import annotations

import re

from parkfacts.link.milestones.phrase.actor import listed_words
from parkfacts.link.milestones.phrase.wording import BUILT, GLUED, IN_SHORT
from parkfacts.link.milestones.scene import Scene
from parkfacts.link.milestones.wording import ADVERBS, EDGE
from parkfacts.segment import Word
from parkfacts.text import LETTER

_THING_OF = re.compile(
    r"的?(?:[首]?[一二三四五]期|[首][条台座款个批])?(?:\d[\d.]*(?:万|亿)?(?:台|套|座|条|兆瓦|平方米|吨|个))?(?!公司|企业|集团)(?:(?!正在|加快|推进|建设|新建|完成)[一-龥]){0,10}"
    r"(?:厂房|产线|生产线|锅炉|光伏|车间|大楼|设备|机组|电站|研发楼|办公楼|主体)"
    r"|[一-龥]{2,8}(?:审判点|受理点|办事处|代表处|工作站|服务站|联络处)"
    r"|第[一二三四五六七八九十0-9]+[只支家个座条项][一-龥]{2,12}"
    r"|派?驻[一-龥]{2,14}(?:[点站处所]|中心|分局|法庭|办公室|大队)"
    r"|的[一-龥A-Z0-9]{1,12}(?:项目|基地|工厂)(?:[一二三四]期)?"
)
_PLACE_OF = re.compile(
    r"的?(?:[首][条座个批]|第[一二三][条座个批])?(?:\d+千伏)?(?!公司|企业|集团)[一-龥]{0,14}?"
    r"(?:专用线|铁路|公路|道路|大道|大桥|隧道|高架|码头|航道|管网|管廊|变电站|水厂|处理厂|泵站)"
)
# tags of what a noun phrase goes on with behind a name
_TAILS = frozenset("nabmqsjx")
_COUNT = re.compile(r"[0-9一二两三四五六七八九十]+[余多]?[个家名]")
_ENDS_NO_NOUN = re.compile(r"(?:元|亩|平方米|[年月日次]|[0-9]|[一二三四五六七八九十])\Z")
_PUNCTUATION = re.compile(f"[^“”{LETTER}]|_")
_ROLE = re.compile(
    r"(?:党[组工]?委|管委会)?(?:副?书记|副?主任|董事长|总经理|副?总裁|负责人|创始人|代表|员工|职工|全体)[^，]*"
)


def tail_end(scene: Scene, start: int, end: int) -> int:
    """Where the noun phrase ends that a name begins, when it is the whole subject: X二期厂房封顶; ``start`` where
    something else than nouns follows the name."""
    stop = start + len(ADVERBS.sub("", scene.view[start:end].rstrip(EDGE)))
    if scene.view[start:stop].count("“") != scene.view[start:stop].count("”"):
        return start
    if short := IN_SHORT.search(scene.view, start, stop):
        stop = short.start()  # X产业技术创新中心（简称X中心）
        return stop if "的" not in scene.view[start:stop] else start
    if scene.view.startswith("的", start) and not _THING_OF.fullmatch(scene.view, start, stop):
        return start
    if _ROLE.fullmatch(scene.view, start, stop):
        return start
    stop = next((w.start for w in scene.doc.words_in(start, stop) if w.start > start and _leads_on(scene, w)), stop)
    things = _THING_OF.fullmatch(scene.view, start, stop) or _PLACE_OF.fullmatch(scene.view, start, stop)
    built = BUILT.fullmatch(scene.view, start, stop)
    return stop if things or built or _nouns(scene, start, stop) else start


def _leads_on(scene: Scene, word: Word) -> bool:
    """Whether a preposition or a date ends the subject: X展览会在园区举行."""
    return scene.view[word.start] in "在于被由" or bool(scene.dates_in(word.start, word.start + 1))


def _nouns(scene: Scene, start: int, stop: int) -> bool:
    """Whether a range holds nouns and what describes them alone: no date, no count of what a name has (12个项目)."""
    words = [w for w in scene.doc.words_in(start, stop) if w.start >= start]
    if not words or words[0].start != start or words[-1].end != stop:
        return False
    if scene.dates_in(start, stop) or scene.triggers_in(start, stop):
        return False
    text = scene.view[start:stop]
    if _COUNT.match(text) or _ENDS_NO_NOUN.search(text):
        return False
    return all(_in_tail(scene, word) for word in words)


def _in_tail(scene: Scene, word: Word) -> bool:
    text = scene.view[word.start : word.end]
    if (
        text in listed_words("verbal")
        or text[0] in GLUED
        or text in listed_words("not_in_tail")
        or (word.tag == "x" and _PUNCTUATION.search(text))
    ):
        return False
    return word.tag[0] in _TAILS or word.tag in ("vn", "eng")
