"""Names that the words around them tell, whatever their own are: what fills a place that only a firm fills.

The places are the rules of ``names_frames.toml``, and that between 世界500强 and 落户: behind a noun for firms, before
a word that surely closes a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parkfacts import rules
from parkfacts.find.names.atoms import Atom, Atoms
from parkfacts.find.names.lexicon import lexicon

Range = tuple[int, int]

_HEADED = re.compile("(?<=H)[NPE][NPEKTVs]{0,3}")
_REGION = re.compile("[省市县区州镇乡村盟旗街]$")
# what builds, signs and invests and is no firm: 社会资本, 专业团队, 村集体
_PARTIES = re.compile(
    "(?:资本|团队|社会|集体|部门|机构|人员|专家|政府|财政|合作社|组织|平台|学校|高校|院校|院所|客商|外商|台商|侨商|农户|村民|群众|居民|对方|外方|中方|甲方|乙方|市场|社区"
    "|同志|院士|博士|教授|代表|嘉宾|项目|产业|基金|高校院所|科研院所|乡镇|村|县区|地方|国家|银行|商会|协会|国际|世界|大家|主管|领导|先生|女士)$"
)


def find(view: str, atoms: Atoms) -> Iterator[Range]:
    """The ranges of what fills such places and looks like a name."""
    for mention in rules.load("names_frames").scan(view, {"framed": lambda match: match.span("name")}):
        if _proper(atoms, *mention.value):
            yield mention.value
    after = rules.load("names_after")
    for match in _HEADED.finditer("".join(atoms.kinds)):
        start = atoms.starts[match.start()]
        for last in range(match.end() - 1, match.start() - 1, -1):
            end = atoms.ends[last]
            closed = next(after.at(view, end), None) if after.may_start(view, end) else None
            if closed is not None and closed.rule.produce == "closes_surely" and _proper(atoms, start, end):
                yield start, end
                break


def _proper(atoms: Atoms, start: int, end: int) -> bool:
    """Whether a range can be a name: whole words that names hold, one of them no general term, and no place alone."""
    inner = atoms.inside(start, end)
    text = atoms.view[start:end]
    whole = inner[0].start == atoms.at(start).start and inner[-1].end == atoms.at(end - 1).end
    if not whole or inner[0].kind not in "KNEPCM" or any(a.kind not in "KNEPCTVMs" for a in inner):
        return False
    if inner[-1].kind == "s" or _PARTIES.search(text):
        return False
    return _own(inner, text)


def _own(inner: list[Atom], text: str) -> bool:
    words = lexicon()
    own = {a.kind for a in inner if a.kind in "KNEPC" and a.text not in words.generic}
    if all(a.kind == "P" for a in inner):
        return len(text) > 3 and not _REGION.search(text)
    return bool(own & {"K", "E", "C"}) or (bool(own) and len(text) > 3)
