"""What a block is, by its place, length, punctuation and marks: one question after the other, the first yes wins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from parkfacts.facts import BlockKind
from parkfacts.repair import clutter
from parkfacts.repair.blocks import Block
from parkfacts.repair.told import NOTHING, Told

HEAD = 6  # blocks at either end of the document in which bylines stand
TITLE = 70  # characters
HEADING = 40
NUMBERED = 30  # a numbered heading may have commas and an exclamation mark
CAPTION = 60
QUOTED = 0.35  # of a speaker's paragraph stands in its first quotation
ENTRIES = 2  # lines that make a chronicle
CELL = 24  # characters of a table's cell, on average

_FULL_DATE = r"\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
_DAY = (
    rf"{_FULL_DATE}(?:\s*(?:星期|周)[一二三四五六日天])?(?:\s*(?:上午|下午)?\s*\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?"
)
_NAMES = r"[\u4e00-\u9fff·]{2,4}(?:[\s、，,/]+[\u4e00-\u9fff·]{2,4}){0,5}"
_REPORTER = "记者|通讯员|评论员|撰稿人|实习生"
_OFFICES = "书记|主任|局长|区长|县长|市长|镇长|院长|会长|董事长|总经理|代表|委员"
_WRITER = re.compile(
    rf"""[（(【\[□■●◎○▲\s]*(?:
      (?:文|图|图/文|图文|文图|撰文|作者|采写|整理|撰稿|供稿|见习记者|实习生|报道)\s*[/／|｜丨│:：]\s*\S.{{0,50}}
    | (?:.{{0,14}}[\s　]+)?.{{0,10}}(?:{_REPORTER})[\s　:：/]+[^，。；！？]{{2,50}}
    | (?:本报|本刊|新华社)?(?:{_REPORTER}){_NAMES}(?=[）)】\]]$)
    | .{{0,30}}(?:发布|发表|更新|成文|发稿|刊发|编辑)?(?:时间|日期)\s*[:：]\s*{_FULL_DATE}.{{0,60}}
    | (?:稿件|信息|文章)?来\s*源\s*[:：].{{0,60}}
    | [—－-]{{2,}}[^，。；！？]{{2,40}}
    )[）)】\]]?""",
    re.VERBOSE,
)
_DATELINE = re.compile(
    rf"[（(]?(?:[^，。；：！？\d]{{2,30}}[\s　]+)?(?:整理\s*)?{_DAY}(?:[\s　]+[^，。；！？]{{1,50}})?[）)]?"
)
_DATED = re.compile(_FULL_DATE)
_MONTH = re.compile(
    r"[（(]?(?:\d{4}年\d{1,2}月|[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)[）)]?"
)
_MASTHEAD = re.compile(
    r"(?=.*(?:版|期|号))(?=.*(?:\d{4}年|星期|第\s*\d+\s*期))[^。，；！？]{2,60}(?:版|期|期[）)]|号|日|星期[一二三四五六日天])"
)
_ISSUER = re.compile(
    r"[^。，；！？\d\s]{3,24}(?:委员会|管委会|人民政府|办公室|[^大格布结]局|研究院|日报社?|晚报社?|发布|编辑部)"
)
_SIGNED = re.compile(
    r"[（(][^（()）。]{2,40}(?:记者|通讯员|作者|供稿|研究员|教授|博士|院长|主任|主席|会长|专家|局|办|委员会|中心)[^（()）。]{0,12}[）)]"
)
_PERSONS = re.compile(rf"{_NAMES}")
_OFFICE = re.compile(rf"[^。；！？\d]{{2,40}}(?:{_OFFICES})[\s　]+[\u4e00-\u9fff·]{{2,4}}(?:[\s　][\u4e00-\u9fff])?")
_SPEECH_DAY = re.compile(rf"[（(—－-]+.{{0,20}}?{_FULL_DATE}.{{0,40}}[）)]?")
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十\d]+[章节篇部]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|【[^】]{1,20}】"
    r"|第[一二三四五六七八九十]+[，,]|\d{1,2}(?:\.\d{1,2}){0,2}[、.．\s]|PART\s*\d+|[◆■●▌▍★※#]+)"
)
_ONLY_DATE = re.compile(rf"(?:{_FULL_DATE}|\d{{4}}年(?:\d{{1,2}}月)?|\d{{1,2}}月(?:\d{{1,2}}日)?)")
IN_YEAR = r"\d{1,2}月(?:\d{1,2}(?:日?[-—至到]\d{1,2})?日|[初中底末]|[上中下]旬)?"
# a line of a chronicle without a stop at its end: 2019年，获批省级开发区
_ENTRY = re.compile(
    rf"(?:{_FULL_DATE}|\d{{4}}年(?:{IN_YEAR}|[初底末])?|{IN_YEAR}|同[日月])(?:[，,：:]|[\s　]+)"
    r"(?!.*(?:来源|记者|作者|编辑|浏览|阅读|点击|字号))[^。；;]*[\u4e00-\u9fff]{5}[^。；;]*"
)
_CAPTION = re.compile(
    r"[▲△▼▽↑↓]|(?:图为|[图表]\s*\d+|图[:：]|上图|下图|左图|右图|配图|效果图|资料图)|.*(?:[（(].{0,12}[摄图圖供][）)]|效果图|俯瞰|航拍|全景|鸟瞰)$"
)
_QUOTE = re.compile(r"[“「『](?:[^”」』]*[。！？!?…][”」』]|[^”」』]{15,}[，,][”」』])")
# a figure that stands alone, as under a picture or in a list of numbers
_FIGURE = re.compile(
    r"[约超近逾]?\d[\d,.]*(?:余|多)?[万亿]{0,2}(?:元|美元|吨|个|家|套|件|项|台|名|人|户|所|座|条|次|倍|亩|天|个月|公里|平方米|平方公里|千瓦时?|%|％)"
)
_CELLS = re.compile(r"\s*\|\s*|\t+|[ \u3000]{2,}|　{2,}")


def classify(blocks: Sequence[Block], told: Told = NOTHING) -> None:
    """Gives every block its kind, and boilerplate its reason; what the format ``told`` is not guessed."""
    told.classify(blocks)
    clutter.mark(blocks)
    said = [b for b in blocks if b.kind != "boilerplate"]
    entries = _entries(said)
    tables([b for b in said if b.at not in entries])
    chronicle = sum(_ONLY_DATE.fullmatch(b.text) is not None for b in said if len(b.text) <= 12) >= 3
    usual = _usual_gap(said)
    titled = False
    for n, block in enumerate(said):
        if block.kind != "body" or block.at in entries:
            titled = titled or block.kind == "title"
            continue
        block.kind = _kind(block, n, len(said), chronicle, titled, usual)
        titled = titled or block.kind == "title" or n >= HEAD or len(block.text) > TITLE
    _lists(said)


def _entries(blocks: Sequence[Block]) -> set[int]:
    """The places of lines in a row that each begin with a date and tell something: the entries of a chronicle."""
    found: set[int] = set()
    for listed, group in groupby(blocks, key=lambda b: b.kind == "body" and _is_entry(b.text)):
        items = list(group)
        if listed and len(items) >= ENTRIES:
            found.update(b.at for b in items)
    return found


def _is_entry(text: str) -> bool:
    return len(text) <= TITLE and _cells(text)[0] <= 2 and _ENTRY.fullmatch(text) is not None


def _lists(blocks: Sequence[Block]) -> None:
    """Numbered lines in a row are the items of a list, not headings with nothing under them."""
    for listed, group in groupby(blocks, key=lambda b: b.kind == "heading" and _NUMBERED.match(b.text) is not None):
        items = list(group)
        if listed and len(items) >= 3:
            for block in items:
                block.kind = "body"


def _kind(block: Block, n: int, count: int, chronicle: bool, titled: bool, usual: int) -> BlockKind:
    text = block.text
    if len(text) > 2 * TITLE or (len(text) > HEADING and text[-1] in "。！？；"):
        return "quote" if _speaks(text) else "body"
    if chronicle and len(text) <= 12 and _ONLY_DATE.fullmatch(text):
        return "heading"
    if len(text) <= CAPTION and _CAPTION.match(text):
        return "caption"
    if text.startswith("——") and n <= 3 and not _DATED.search(text):  # a title's second line
        return "heading"
    if _is_byline(text, n, count, titled):
        return "byline"
    if not titled and _is_title(text):
        return "title"
    if _speaks(text):
        return "quote"
    return _short(block, usual)


def _speaks(text: str) -> bool:
    """A quotation of a whole sentence, and not just a few words of the paragraph."""
    quotation = _QUOTE.match(text)
    return quotation is not None and quotation.end() >= QUOTED * len(text)


def _is_byline(text: str, n: int, count: int, titled: bool) -> bool:
    if _NUMBERED.match(text):
        return False
    if _SIGNED.fullmatch(text) or (len(text) <= 60 and text[-1] not in "。！？；" and _WRITER.fullmatch(text)):
        return True
    if n < HEAD and (_MASTHEAD.fullmatch(text) or (titled and (_MONTH.fullmatch(text) or _ISSUER.fullmatch(text)))):
        return True
    edge = n < HEAD or n >= count - HEAD
    if edge and len(text) <= 60 and (_DATELINE.fullmatch(text) or _SPEECH_DAY.fullmatch(text)):
        return True
    return n < HEAD and titled and ((_PERSONS.fullmatch(text) is not None and " " in _plain(text)) or _office(text))


def _plain(text: str) -> str:
    return text.replace("\u3000", " ").replace("、", " ")


def _office(text: str) -> bool:
    return _OFFICE.fullmatch(text) is not None


def _is_title(text: str) -> bool:
    return len(text) <= TITLE and text[-1] not in "。；;，,、：:" and not _CAPTION.match(text)


def _short(block: Block, usual: int) -> BlockKind:
    """A short line: heading, caption, or a short paragraph."""
    text = block.text
    if len(text) <= NUMBERED and _NUMBERED.match(text) and text[-1] not in "。；;，,、：:" and "。" not in text:
        return "heading"
    if _FIGURE.fullmatch(text) or text[-1] in "。！？!?；;…，,、" or (text[-1] in "：:" and len(text) > 12):
        return "body"
    if len(text) <= HEADING and _NUMBERED.match(text):
        return "heading"
    if len(text) > HEADING or any(mark in text for mark in "。，；") or (text[-1] in "：:"):
        set_apart = block.gap > usual + 1 and len(text) <= CAPTION and "。" not in text
        return "caption" if set_apart and text[-1] not in "：:" else "body"
    return "caption" if block.gap > usual + 1 else "heading"


def _usual_gap(blocks: Sequence[Block]) -> int:
    """The number of line ends that most blocks have before them."""
    gaps = sorted(b.gap for b in blocks)
    return gaps[len(gaps) // 2] if gaps else 1


def tables(blocks: Sequence[Block]) -> None:
    """Marks rows: neighbouring lines that fall into the same number of short cells."""
    cells = [_cells(b.text) for b in blocks]
    for (count, _), group in groupby(range(len(blocks)), key=lambda n: cells[n]):
        rows = list(group)
        if count >= 2 and len(rows) >= (2 if count >= 3 else 3):
            for n in rows:
                blocks[n].kind = "table row"


def _cells(text: str) -> tuple[int, str]:
    """How many cells a line has, and what separates them; (1, "") for prose."""
    for mark in ("\t", "|", "｜", "  ", "　　"):
        if mark in text:
            parts = [p for p in text.strip("|｜").split(mark) if p.strip()]
            if len(parts) >= 2 and sum(map(len, parts)) <= CELL * len(parts) and text[-1] not in "。；！？":
                return len(parts), mark
    return 1, ""
