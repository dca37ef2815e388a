"""A name, or a list of names, that opens a clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parkfacts.link.milestones.phrase.actor import Actor, listed_words
from parkfacts.link.milestones.phrase.bounds import after_date
from parkfacts.link.milestones.phrase.tail import tail_end
from parkfacts.link.milestones.phrase.wording import CALLED, NOMINAL, NOT_BEFORE, OF
from parkfacts.link.milestones.scene import Named, Scene
from parkfacts.link.milestones.wording import ADVERBS, EDGE

_LIST = ("、", "和", "与", "及", "以及", "跟", "同", "联合", "携手")
_PARENT = re.compile(r"(?:的)?(?:全资|控股)?(?:子公司|分公司)|旗下(?:的)?(?:子公司|企业)?|全资设立的")
_FOLLOWED = re.compile(r"(?:(?:的)?(?:入园|龙头|重点|骨干|本地|上市|链主|规上|代表性?)?企业|入驻企业|项目)")
_BUILT_BY = re.compile(
    r"(?![在于由从与向对])(?:(?!的)[一-龥A-Za-z0-9]){0,12}?(?:规划|方案|计划|驿站|基地|研发中心|服务中心|总部|研究院|产业园|工厂|实验室|学校|校区|二期工程|扩建工程|改造工程|提升工程)(?=(?:于|在|正式|全面|主体|[0-9今去明前同次]|全部|获|通过|经|被)|\Z)"
)
_MADE = re.compile("(?:研发|研制|自研|领投|跟投|承建|代建|总包|控股|参股|援建|设计|冠名|孵化)\\Z")
_FOUNDED = re.compile("[在于][^，,。；的]{2,16}(?:设立|投资|建设|投建|新建|创办|注册|成立|兴建|组建|打造)的")
_PARTY = re.compile("(?:党政)?(?:代表团|考察团|调研组|工作组|招商组|招商小分队)")
_ORDINAL = re.compile(r"(?:第[一二三四五六七八九十百零0-9]+|首|本)届\Z")


def opening(scene: Scene, start: int, end: int) -> Actor | None:
    """The name (or list of names) that is the subject of a clause: it opens it, behind attributes at most."""
    view = scene.view
    names = [n for n in scene.names_in(start, end) if n.end <= end]
    if not names:
        return None
    start = after_date(scene, start, end)
    names = [n for n in names if n.start >= start]
    at = next((i for i, n in enumerate(names[:4]) if _introduces(scene, start, n.start)), None)
    if at is None:
        return None
    listed = _listed(view, names[at:])
    last = listed[-1].end
    if (
        "的" in view[last:end]
        and (not OF.match(view, last) or _FOUNDED.match(view, last, end))
        and _relative(scene, last, end)
    ):
        return None  # X与Y共建的Z揭牌: Z
    built = _BUILT_BY.match(view, last, end)
    if built and len(listed) == 1 and not scene.triggers_in(last, built.end()):
        text = scene.doc.text.content[listed[0].start : built.end()]
        return Actor.of(scene, listed)._replace(text=text, works=True)  # X研发中心启用
    if party := _PARTY.match(view, last, end):
        return Actor(scene.doc.text.content[listed[0].start : party.end()])
    tail = tail_end(scene, last, end) if len(listed) == 1 else last
    project = next((n for n in scene.names_in(last, tail) if n.kind == "project" and n.end == tail), None)
    if project is not None:  # 甲公司的Y项目: the project by its name
        return Actor.of(scene, [project])
    ordinal = _ORDINAL.search(view, start, listed[0].start) if tail > last else None  # 第十二届X展览会
    text = scene.doc.text.content[ordinal.start() if ordinal else listed[0].start : tail]
    return Actor.of(scene, listed)._replace(text=text) if tail > last else Actor.of(scene, listed)


def _introduces(scene: Scene, start: int, name: int) -> bool:
    """Whether only attributes stand between the clause's start and a name."""
    before = scene.view[start:name].strip(EDGE)
    if scene.view.startswith(tuple(listed_words("no_name")), name):
        return False
    if not before:
        return True
    if before.endswith(NOT_BEFORE) or len(before) > 40:
        return False
    described, _, before = before.rpartition("的")
    if described and OF.match(described) and not CALLED.match(described):
        return False
    if not before:
        return True
    start = name - len(before)
    return (
        before != "中"
        and len(before) <= 14
        and all(
            w.tag[0] in NOMINAL or w.tag == "vn" or scene.view[w.start : w.end] in ("入园", "入驻", "落户", "前身")
            for w in scene.doc.words_in(start, name)
        )
    )


def _listed(view: str, names: Sequence[Named]) -> list[Named]:
    """The first name, with those that a list adds; a body before its firm (X园区企业Y) is no subject."""
    listed = [names[0]]
    for name in names[1:]:
        last = listed[-1]
        if name.start < last.end:
            continue
        between = view[last.end : name.start]
        if between in _LIST:
            listed.append(name)
        elif last.kind == "organization" and name.kind != "organization" and _FOLLOWED.fullmatch(between):
            listed[-1] = name
        elif name.kind == "company" and _PARENT.fullmatch(between):
            listed[-1] = name  # 甲集团全资子公司乙公司: the one that the clause is about
        else:
            break
    return listed


def _relative(scene: Scene, start: int, end: int) -> bool:
    """Whether what follows a name is a clause that describes another noun (投资建设的…), and no possession."""
    of = scene.view.find("的", start, end)
    if of + 1 >= end or not ADVERBS.sub("", scene.view[of + 1 : end]).strip(EDGE):
        return False
    words = scene.doc.words_in(start, of)
    return any(w.tag[0] == "v" for w in words) or _MADE.search(scene.view, start, of) is not None
