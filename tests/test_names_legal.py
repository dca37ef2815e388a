"""Legal names: whatever a trade, a city or an owner brings between the core of a name and its form of law."""

from __future__ import annotations

import pytest

from parkfacts.find import names
from parkfacts.segment import Segmenter, segment
from parkfacts.text import Source, Text

SEGMENTER = Segmenter()
# words of trades and of names, of which jieba's dictionary calls many something that no noun is
TRADES = """
零部件 紧固件 精密件 标准件 密封件 元器件 生物制品 医疗器械 农产品 新材料 复合材料 包装材料 水处理 大数据 供应链
进出口 国际贸易 企业管理 资产管理 股权投资 旅游开发 文化传媒 印染 家纺 橡塑 五金制品 钢结构 不锈钢 管件 泵业
轴承 减速机 模具 激光 半导体 线路板 锂电 光伏 氢能 水务 客车 轮毂 船舶 机器人 智能装备 工程机械 压力容器 制冷
厨具 家居 纸制品 乳业 酒业 粮油 预制菜 制药 中药材 诊断试剂 精细化工 胶粘剂 石墨烯 建材 混凝土 市政 勘察设计
检测认证 咨询 软件 体育 冷链 港口 北方 南方 海外 未来 再生资源 环卫服务
""".split()
CITIES = """
大连 海口 保定 石家庄 唐山 烟台 合肥 嘉兴 金华 攀枝花 昆山 义乌 张家港 晋江 顺德 双流 浏阳 曹妃甸 吴江 开封
""".split()
OWNED = """
康屿高新区建设投资有限公司 石川经济开发区控股集团 康屿产业园运营管理有限公司 康屿新区城市开发投资集团有限公司
石川市国有资产经营管理有限公司 石川农村商业银行股份有限公司 北方重工集团有限公司 东方电气集团
江苏南方轴承股份有限公司 三峡新能源石川发电有限公司 中国移动通信集团石川有限公司 中国银行股份有限公司石川分行
海桐（石川）新材料有限公司 海桐集团有限公司石川分公司 深圳市海桐创新股权投资合伙企业（有限合伙）
德国海桐有限公司 一汽海桐汽车零部件有限公司
""".split()
FRAMES = ("由{}投资建设。", "5月，{}开工。", "与{}签约，")


def firms(content: str) -> list[str]:
    doc = segment(Text.whole(Source.from_text(content)), segmenter=SEGMENTER)
    return [content[m.start : m.end] for m in names.find(doc) if m.value.kind == "company"]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_legal_name_is_whole(frame: str) -> None:
    traded = [f"石川海桐{trade}有限公司" for trade in TRADES]
    placed = [f"{city}海桐科技有限公司" for city in CITIES]
    told = {name: firms(frame.format(name)) for name in (*traded, *placed, *OWNED)}
    assert {name: got for name, got in told.items() if got != [name]} == {}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("高新区企业海桐科技有限公司投产。", ["海桐科技有限公司"]),
        ("位于高新区的海桐科技有限公司投产。", ["海桐科技有限公司"]),
        ("模组供应商大连海桐光电有限公司投产。", ["大连海桐光电有限公司"]),
        ("石川的项目公司、下属企业和全资子公司都在招人。", []),
        ("汽车零部件公司和医药企业集团落户园区。", []),
        ("提升企业管理水平，完善股权投资政策。", []),
    ],
)
def test_what_stands_before_a_legal_name_is_no_part_of_it(content: str, expected: list[str]) -> None:
    assert firms(content) == expected
