"""Whether an event is done, under way or promised, and how high the honour is."""

from __future__ import annotations

import re

from parkfacts.facts import Level, MilestoneType, Status
from parkfacts.link.calendar import DateValue
from parkfacts.link.milestones.scene import Scene
from parkfacts.link.modality import ongoing, planned
from parkfacts.text import Mention, Span

_DONE = re.compile(r"已|完成了|实现了|成功|圆满")
_HONOURS = ("approval", "recognition", "unveiling", "target")
_PROVINCES = (
    "(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省"
    "|内蒙古|广西|西藏|宁夏|新疆|北京市|天津市|上海市|重庆市"
)
_MINISTRIES = (
    "工信|科技|商务|教育|农业农村|生态环境|自然资源|国土资源|财政|交通运输|文化和旅游|人社|人力资源社会保障"
    "|工业和信息化|住房城乡建设|住建"
)
_OFFICE = r"(?:委|政府|人民政府|厅|局|发展?改革?委|办公厅|联席会议)"
_HONOUR = "示范|基地|名单|奖|称号|荣誉|试点|企业|工厂|园区|集群|机构|团队|平台|中心|实验室|领军|重点|认定|品牌"
_ITSELF = "级(?!及?以上)"
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (
        "国家级",
        re.compile(
            rf"国家{_ITSELF}|国务院|(?:{_MINISTRIES})部|全国(?!股转)"
            r"|国家(?:发展改革|发改|[^，。级]{2,6}局|[^，。级]{0,6}委员会)"
            rf"|国家(?!电网|能源集团)[^，。]{{0,12}}(?:{_HONOUR}|高新)"
        ),
    ),
    (
        "省级",
        re.compile(
            rf"省{_ITSELF}|自治区{_ITSELF}|(?<!外)(?<!全)省[^，。内外级]{{0,14}}(?:{_HONOUR})|全省|(?:省|自治区)[^，。]{{0,10}}?{_OFFICE}"
            rf"|自治区(?:批|认|评|授)|(?:{_PROVINCES})[^，。]{{0,4}}(?:首[批个家]|优秀|重点|“|专精|隐形)|(?:获|由|经)省(?:批|认)"
        ),
    ),
    (
        "市级",
        re.compile(
            rf"市{_ITSELF}|全市[^，。]{{0,8}}(?:示范|名单|奖)|(?<!上)市{_OFFICE}|(?<!上)市[^，。]{{2,8}}局|(?<!上)市长质量奖"
        ),
    ),
    ("县级", re.compile(rf"[县区]{_ITSELF}|[县区]{_OFFICE}")),
)


def status(
    scene: Scene, clause: Span, trigger: Mention[MilestoneType], date: Mention[DateValue], plans: bool
) -> Status:
    """The status of the event that a clause tells; ``plans`` says that its section tells of what is to come."""
    view, value = scene.view, date.value
    now = scene.reference.period if scene.reference else None
    if now and value.start and value.start > now.end:
        return "planned"
    begin = min(date.start, clause.start) if clause.start - date.end < 30 else clause.start
    if planned(view, begin, trigger.start):
        return "planned"
    hoped = plans and now and now.precision == "year" and value.start and value.start >= now.start
    if hoped and "year" in value.implied and not _DONE.search(view, begin, clause.end):
        return "planned"  # under a heading of tasks, in a report whose day nobody knows
    unfinished = now and value.end and value.end > now.end and (plans or value.precision != "year")
    unfinished = unfinished and not view.endswith("初", date.start, date.end)
    if unfinished and not _DONE.search(view, begin, clause.end):
        return "planned"
    return "ongoing" if ongoing(view, clause.start, clause.end) else "achieved"


def level(clause: str, kind: MilestoneType) -> Level | None:
    """The level that a clause names, for events that have one."""
    if kind not in _HONOURS:
        return None
    return next((level for level, pattern in _LEVELS if pattern.search(clause)), None)
