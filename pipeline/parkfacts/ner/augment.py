"""Sentences with other names in them, so that the model learns where names stand and how they are made, not which."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from parkfacts.ner.corpus import Sentence
from parkfacts.rules.engine import data

# Characters that firms like in their names; written down by us, no list of names was taken apart for it.
SYLLABLES = (
    "安奥邦宝贝博昌畅超辰晨诚驰川创达大德帝东斗鼎方飞丰福富高格冠光广国海汉浩和恒弘红虹鸿华辉汇嘉佳建江捷金锦"
    "劲晶精景久君凯康科坤蓝朗乐雷力立联良隆龙鲁路伦美盟米明铭能宁诺欧鹏普奇启前乾强勤青清庆泉仁荣瑞润森山尚升"
    "圣盛石世顺思斯松泰腾天通同万旺威维伟文沃西希熙祥向新鑫信兴星雄旭轩亚雅阳耀业叶一怡益毅银英盈永优友宇雨禹"
    "玉誉元远跃云韵泽展长兆正志智中众卓紫岚屿澜舸垚璟曜熠铄翎瓴洮淞汀芯硅锂磁谷禾稻麦桑榆槿芃菡羽隼鲸鹿雁鹭麟"
    "貔象驼牧原野川岭峰崖屏砚墨笺棠柏杉榕樟桐"
)
_WORDS = data("_lexicon")["words"]  # the trades that the rules know by
TRADES: list[str] = [*_WORDS["sure_trade"].split(), *_WORDS["closing_trade"].split()]
FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司", "集团有限公司", "集团", "公司", "厂")
PLACES = (
    "浙江 江苏 山东 广东 福建 安徽 江西 湖北 湖南 河南 河北 四川 重庆 上海 北京 天津 陕西 "
    "辽宁 吉林 广西 云南 贵州 山西 苏州 宁波 温州 台州 无锡 常州 深圳 东莞 佛山 青岛 烟台 "
    "合肥 芜湖 武汉 长沙 成都 西安 厦门 泉州 德国 日本 韩国 美国 法国"
).split()
FOREIGN = (
    "德布克尔斯特曼格雷森霍夫莱恩茨施密瑟贝洛伦纳维亚里尼奥科萨罗托帕维兰登坎普汉姆利顿堡费舍丹尼西门拉巴尔蒂姆"
    "乔佐藤井川木村田山本金朴李崔"
)


class Namer:
    """Makes up names of firms; ``real`` are names of a list to draw from at times."""

    def __init__(self, chance: random.Random, real: Sequence[str] = ()) -> None:
        self.chance = chance
        self.real = real

    def short(self) -> str:
        """A short name: syllables, with a trade or without."""
        chance = self.chance
        if self.real and chance.random() < 0.5:
            return chance.choice(self.real)
        kind = chance.random()
        if kind < 0.12:
            return "".join(chance.choices(FOREIGN, k=chance.choice((2, 3, 3, 4))))
        if kind < 0.17:
            return "".join(chance.choices("ABCDEFGHKLMNPRSTXYZ", k=chance.choice((1, 2, 3)))) + chance.choice(TRADES)
        core = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 2, 3))))
        return core + chance.choice(TRADES) if chance.random() < 0.55 else core

    def legal(self) -> str:
        """A legal name."""
        chance = self.chance
        place = chance.choice(PLACES) if chance.random() < 0.6 else ""
        core = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3))))
        inner = f"（{chance.choice(PLACES[:36])}）" if not place and chance.random() < 0.3 else ""
        trades = "".join(chance.sample(TRADES, chance.choice((1, 1, 2))))
        return place + core + (inner + trades if chance.random() < 0.2 else trades + inner) + chance.choice(FORMS)

    def like(self, name: str) -> str:
        """A name of the same sort."""
        if name.endswith(("公司", "厂")):
            return self.legal()
        return f"{self.chance.choice(PLACES[-5:])}{self.short()}集团" if name.endswith("集团") else self.short()


class Augmenter:
    """Other sentences from given ones: names of firms made up, other names swapped among sentences."""

    def __init__(self, sentences: Sequence[Sentence], chance: random.Random, real: Sequence[str] = ()) -> None:
        self.chance = chance
        self.namer = Namer(chance, real)
        self.pools: dict[str, list[str]] = defaultdict(list)
        for sentence in sentences:
            for start, end, kind in sentence.names:
                self.pools[kind].append(sentence.text[start:end])

    def __call__(self, sentence: Sentence) -> Sentence:
        """The sentence with some of its names exchanged; one name in it stays one name."""
        chosen: dict[tuple[str, str], str] = {}
        text, names, at = "", [], 0
        for start, end, kind in sentence.names:
            old = sentence.text[start:end]
            if (old, kind) not in chosen:
                chosen[old, kind] = self._other(old, kind)
            text += sentence.text[at:start]
            names.append((len(text), len(text) + len(chosen[old, kind]), kind))
            text += chosen[old, kind]
            at = end
        return Sentence(text + sentence.text[at:], tuple(names))

    def _other(self, old: str, kind: str) -> str:
        dice = self.chance.random()
        if kind == "company":
            return old if dice < 0.35 else self.chance.choice(self.pools[kind]) if dice < 0.5 else self.namer.like(old)
        if kind in ("person", "place", "park", "government") and dice < 0.3:
            return self.chance.choice(self.pools[kind])
        return old
