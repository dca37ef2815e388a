"""Names: firms, bodies and projects, with sentences of our own making."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkfacts import extract, rules
from parkfacts.find import names
from parkfacts.find.ner import NerStage
from parkfacts.segment import Document, Segmenter, segment
from parkfacts.text import Source, Span, Text

SEED = Path(__file__).parents[2] / "shared" / "seed"
SEGMENTER = Segmenter()


def document(content: str) -> Document:
    return segment(Text.whole(Source.from_text(content)), segmenter=SEGMENTER)


def found(content: str, kind: str = "company", **options: object) -> list[str]:
    mentions = names.find(document(content), **options)  # type: ignore[arg-type]
    return [content[m.start : m.end] for m in mentions if m.value.kind == kind]


def types(content: str) -> list[tuple[str, str | None]]:
    mentions = names.find(document(content))
    return [(content[m.start : m.end], m.value.type) for m in mentions if m.value.kind == "organization"]


# ---- firms: 【】 marks every name that is to be found, and nothing else is ---------------------------------------

FIRMS = [
    "由【中铁十局】承建的站房封顶。",
    "【中交四航局】进场施工。",
    "昨日，总投资12亿元的【蓝岳光伏】组件项目在临溪经开区正式开工。",
    "园区已形成以【恒川重工】、【天禄新材】为龙头，【九鼎泵业】等86家中小企业配套的装备制造集群。",
    "“我们从拿地到开工只用了20天。”【浙江云麓智能装备有限公司】董事长周启明说。",
    "走进【禾丰食品】的生产车间，自动化流水线正高速运转。",
    "今年3月，世界500强【法国施维尔集团】与管委会签订投资协议。",
    "【江苏凌越生物科技股份有限公司】成功登陆科创板，成为全区第5家上市企业。",
    "目前，高新区已集聚【华辰电子】、【赛科微】、【博睿激光】等光电子企业120余家。",
    "国家级专精特新“小巨人”企业【川沃精密】研发的高端轴承打破国外垄断。",
    "【安捷物流】、【顺达冷链】先后落户临港物流园。",
    "2019年，【康瑞达】从深圳整体搬迁至园区。",
    "该项目由【山东海润环保科技有限公司】与【青岛城投集团】共同出资建设。",
    "【亿纬达】负责人表示，公司将追加投资3亿元。",
    "【德国博莱特】在园区设立亚太总部。",
    "4月12日，【宏远股份】举行上市敲钟仪式。",
    "【湖南金桥智能科技有限公司】（以下简称“【金桥智能】”）专注于工业机器人。【金桥智能】研发团队有120人。",
    "【三禾制药】、【一品鲜食品】两家企业通过省级企业技术中心认定。",
    "今年以来，【佳禾电器】、【万象包装】、【天一纺织】3家企业实施技改。",
    "【临溪城投】与【临溪农商行】签署20亿元授信协议。",
    "产业链上游企业【明泰铜业】为【宁远电缆】供货。",
    "经开区与【霖川集团有限公司】签订投资协议。",  # jieba makes one word of 与霖, and leaves 川
    "管委会同【霖川集团有限公司】签约，开发区和【霖川集团有限公司】合作。",
    "园区引进【石川和霖科技有限公司】，与【晟拓新材料有限公司】配套。",
    "【博世达玻璃（宁海）有限公司】二期投产，【博世达玻璃】产能翻番。",
    "位于老城区的【岵桐五金机电厂】改制了。",
    "书记叮嘱施工单位【皖东建工集团】抓好安全。",  # a place and a trade
    "县政府与【江苏泾川特种电缆集团】在合肥签约。",
    "首批产品发运，用户为【岷江新能源开发公司】。",
    "【日本友和精机株式会社】全资设立【石川万和精密有限公司】。",  # 万和 is a numeral and 和
    "首批入驻的有【屿锐数控】、【岚澜锡业】。",
    "同年，【中电岚光集团】成立，【中国化工集团公司】与【岚渡化学工业（集团）公司】签约。",
    "1990年创办的【江苏华东微波仪器厂】和【岚渡石化总公司】都在园区。",
    # a part of a form that the document knows is all of it; a central firm keeps its 中
    "【石川时代霖鑫新材料技术有限公司】入围，【时代霖鑫】等4家企业获得认定。",
    "仪式上，【中电建】、【蓝岳科技】、【天禄科技】等15家企业与高新区签约。",
    "引进了【蓝岳光电】、戊二胺等12个项目。",
    # places that only a firm fills, whatever the name's words are
    "会上，【蓝色森林】董事长王建国介绍，订单充足。",
    "管委会与【启明星辰】签订投资协议，项目由【蓝色森林】投资建设。",
    "承建单位：【木言木语】\n投资方为【启明星辰】，总投资8亿元。",
    "目前，【奇迹男孩】（股票代码：600123）股价平稳。",
    "年初，【先锋时代】是一家集研发、生产于一体的高新技术企业。",
    "世界500强【博岚特】落户，链主企业【梦想魔方】投资5亿元。",
    # those whom a firm works with; whose somebody is the head
    "客户涵盖【博岚】、【马瑟】、【石川重汽】等国产主流品牌。",
    "龙头企业【岚智制造】负责人林岚说。",
    "以【岚施电器件】、【霁曼电子】为龙头，以【岚美药业】、【科岚药业】等11家规上企业为支柱。",
    "引进了全县首家上市企业——【石川新材料公司】，产品发往深圳总公司。",
    "【岚曼智慧科技】、【霁翎投资】三方签订了意向协议。",
    # a trade that is a verb behind a short name; a country in front of one
    "【霁曼】投资12亿元建设的工厂投产。",
    "引进【德国沃尔夫】项目，【瑞士诺岚】在园区设立总部。",
    "【岚渡铭达科技有限公司】镁铝合金精密结构件投产。",
    "投资方为【临泉城投集团】，将【岭南信和光热有限公司】列入名单。",
]
NOT_FIRMS = [
    "新能源汽车、生物医药、高端装备三大产业产值占比达到68%。",
    "某科技公司因环保问题被责令整改。",
    "中小企业服务中心为企业提供融资服务。",
    "公司成立于2010年，注册资本5000万元。",
    "推动人工智能、大数据、物联网等新一代信息技术与制造业深度融合。",
    "招商专班赴上海、苏州、深圳等地开展招商活动，拜访企业30余家。",
    "市商务局、市科技局联合主办了本次活动。",
    "县委书记李卫国到园区调研。",
    "园区先后获评国家级绿色园区、省级数字化示范园区。",
    "食品、纺织、机械等企业用工需求旺盛。",
    "园区引进了工业设计、检验检测、知识产权等服务机构。",
    "污水处理厂日处理能力达到3万吨。",
    "实现了我区上市企业零的突破。",
    "大力发展数字经济，推进智慧园区建设。",
    "紧盯“双过半”目标，力争上半年产值达到185亿元。",
    "园区有数控机床企业12家，距县城8公里。",
    "全国建材集团数量下降。",
    # what fills such a place and is no firm
    "由社会资本投资建设，由专业团队运营，与科研院所签订协议，与意大利签署备忘录。",
    "参与重点项目签约，合同签订后，由政府投资。",
    "骨干企业技术改造投资5亿元，龙头企业产值增长。",
    "招商组赴德国慕尼黑考察，产品出口到日本大阪。",
    "首席专家是国内领先团队的代表，公司董事长林岚介绍。",
    # products of a legal name's own, and lists of products
    "其中霁曼泊芬、岚多辛等品种全国领先，客户涵盖食品、纺织等行业。",
    "拥有申报医药研发成果近200项。",
    "以生物医药、电子信息、新材料为龙头，以装备制造为代表。",
    # verbs with what they come to
    "筑巢引凤添动力，做强玻璃产业，拓宽信息渠道，补链强链聚动能。",
    # projects called by their products
    "加快己二酸、聚酯等一批项目落地，招引石墨烯涂料、尼龙拉丝等下游项目。",
    "推进表面处理剂和水性涂料等项目建设。",
    "参与本批签约项目的企业有15家。",
]


@pytest.mark.parametrize("marked", FIRMS + NOT_FIRMS)
def test_firms(marked: str) -> None:
    assert found(re.sub("[【】]", "", marked)) == re.findall("【(.*?)】", marked)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("由岭西市委、市政府决定", [("岭西市委、市政府", "government")]),
        ("得到省生态环境厅支持", [("省生态环境厅", "government")]),
        ("海桐高新区管委会负责", [("海桐高新区管委会", "government")]),
        ("与华东理工大学共建海桐膜材料研究院", [("华东理工大学", "university"), ("海桐膜材料研究院", "institute")]),
        ("海桐高新技术产业开发区挂牌", [("海桐高新技术产业开发区", "park")]),
        ("省级高新区数量增加", []),
        ("环保部门到场", []),
        ("在上海证券交易所上市", [("上海证券交易所", "exchange")]),
        ("石岭孵化器被认定为省级孵化器", [("石岭孵化器", "platform")]),
        ("2009年3月经广东省人民政府认定", [("广东省人民政府", "government")]),
        ("宁夏回族自治区人民政府批复", [("宁夏回族自治区人民政府", "government")]),
        ("自治区人民政府批准设立", [("自治区人民政府", "government")]),
        ("书记林远到石川经开区调研", [("石川经开区", "park")]),
        ("石川新区汽车产业园开园", [("石川新区汽车产业园", "park")]),
        ("建成园区二号变电站", [("园区二号变电站", "facility")]),
        (
            "与中科院金属所合作建设轻合金创新中心",
            [("中科院金属所", "institute"), ("轻合金创新中心", "platform")],
        ),
        ("石川国际陆港封关", [("石川国际陆港", "facility")]),
        ("两县合作建设园区", []),
        ("获评全省“十佳开发区”", []),
        ("地址：石川市园区大道1号", []),
        # two places that a dash joins, and a park's city whose name ends in 州
        ("石川—岭南合作产业园揭牌", [("石川—岭南合作产业园", "park")]),
        ("岭南岚州港湾合作产业园揭牌", [("岭南岚州港湾合作产业园", "park")]),
        ("石川海峡两岸科技产业开发园扩区", [("石川海峡两岸科技产业开发园", "park")]),
        ("推介会暨火炬高新区招商会举行", [("火炬高新区", "park")]),
        ("1984年经国务院批准，两区合并成金州新区", [("国务院", "government"), ("金州新区", "park")]),
        ("岚渡工业区管委会和原岚渡机场", [("岚渡工业区管委会", "government"), ("岚渡机场", "facility")]),
        ("被誉为“江南第一开发区”", []),
        # a park is called without the district, the county and the city above it
        ("项目落户石川市岚渡区珩屿高新区", [("珩屿高新区", "park")]),
        ("岚渡县珩屿经开区挂牌", [("珩屿经开区", "park")]),
        ("与石川临港新区汽车产业园签约", [("石川临港新区汽车产业园", "park")]),
        # what stands before a park, and no part of its name
        ("随着园区配套完善，推介经开区政策，各乡镇产业集中区提升", []),
        ("岭南外资研发中心累计达631家", []),
        ("岭南外资研发中心揭牌", [("岭南外资研发中心", "platform")]),
        # branches, and whom a body is for
        ("国家税务总局石川市税务局进园服务", [("国家税务总局石川市税务局", "government")]),
        ("国家税务总局沅岚县税务局进园服务", [("国家税务总局沅岚县税务局", "government")]),
        ("岭南科学院石川研究院揭牌", [("岭南科学院石川研究院", "institute")]),
        ("岚渡中小企业孵化园区开园", [("岚渡中小企业孵化园区", "platform")]),
        ("组织中小企业服务中心", []),
        # a county whose name the dictionary holds as a person's or as another word
        ("全州县政府发文", [("全州县政府", "government")]),
        ("灵寿县工信局和灵寿县委书记", [("灵寿县工信局", "government"), ("灵寿县委", "government")]),
        ("铜鼓县委书记到园区调研", [("铜鼓县委", "government")]),
        ("所在县政府和时任县委书记", [("县政府", "government")]),
        # a park that is called by its trades alone, told of as one place
        ("海洋生物科技园已签约入驻企业16家", [("海洋生物科技园", "park")]),
        ("新材料产业园位于石川经开区，规划3200亩", [("新材料产业园", "park"), ("石川经开区", "park")]),
        ("全区三大产业园已签约入驻企业60家，特色产业园占地2000亩，主题产业园模式推广", []),
        ("石川国家级经济技术开发区挂牌", [("石川国家级经济技术开发区", "park")]),
        ("获批国家级经济技术开发区", []),
        ("走进石川台商投资区", [("石川台商投资区", "park")]),
        # honours and kinds of parks are none
        ("获省级智能网联汽车特色产业园等称号", []),
        ("全省5个500亿元特色产业园区之一", []),
        ("打造美丽和谐高新区，几大产业园和三大功能综合体", []),
    ],
)
def test_organizations(content: str, expected: list[tuple[str, str]]) -> None:
    assert types(content) == expected


def test_projects_are_named_by_a_firm() -> None:
    assert found("总投资8亿元的海桐精工轴承智能工厂项目开工", "project") == ["海桐精工轴承智能工厂项目"]
    assert found("全年新签约项目78个", "project") == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # the head of an item, whatever the words: and not a kind of project
        ("（一）低温电子浆料项目。投资方为岚渡城投。\n（二）重点产业项目。共12个。", ["低温电子浆料项目"]),
        # behind money, or behind what is built with it
        ("岚渡科技投资9亿元建设膜材料生产基地，总投资3亿元的一期项目已投产。", ["膜材料生产基地"]),
        ("总投资7亿元、占地80亩的冷链物流港动工。", ["冷链物流港"]),
        # lists that close with the word, and lists whose items do
        ("一季度集中开工蓝泊光学二期、云麓装备产业园等32个项目。", ["蓝泊光学二期", "云麓装备产业园"]),
        ("包括北方健康食品产业园项目、第三方检测中心项目。", ["北方健康食品产业园项目", "第三方检测中心项目"]),
        # a name that is told is told again
        ("总投资3亿元的生物航油项目签约。今年，生物航油项目投产。", ["生物航油项目", "生物航油项目"]),
        # a plant is a place, and what is only counted or asked for has no name
        ("云麓装备未来工厂投产。", []),
        ("总投资50亿元的重点项目、产业项目进展顺利，园区项目建设提速。", []),
        ("积极引进新材料项目、新能源项目。", []),
        # a legal name says whose it is, a short one is the name's beginning
        ("浙江珩屿玻璃有限公司年产6万吨光伏玻璃项目开工。", ["年产6万吨光伏玻璃项目"]),
        ("珩屿玻璃年产6万吨光伏玻璃项目开工。", ["珩屿玻璃年产6万吨光伏玻璃项目"]),
        ("珩屿玻璃在石川高新区建设光伏玻璃生产基地。", ["光伏玻璃生产基地"]),
        ("全年实施技术改造工程46个。", []),
        ("珩屿玻璃的新项目进展顺利。", []),
        # behind a firm and 的, or behind the verb that builds it, with its size
        ("浙江珩屿玻璃有限公司的光伏背板项目破土动工。", ["光伏背板项目"]),
        ("同日签约的还有珩屿玻璃的车窗镀膜项目（4.8亿元）。", ["车窗镀膜项目"]),
        ("浙江珩屿玻璃有限公司的减速器项目总投资2亿元。", ["减速器项目"]),
        ("公司分两期投入21亿元，建设功率器件封测项目，一期租用厂房。", ["功率器件封测项目"]),
        ("正谋划建设零部件配套园，规划用地600亩。", ["零部件配套园"]),
        ("滨河人才社区由岚渡城投投资建设，共8幢楼。", ["滨河人才社区"]),
        ("今年，园区建设重点产业项目，投资增长。", []),
        ("珩屿玻璃的产品项目负责人介绍。", []),
        # a park that is still to be built is a project, and one that the title names is none
        ("珩屿冷鲜食品产业园由岚渡城投合作建设，总投资23亿元。", ["珩屿冷鲜食品产业园"]),
        ("与岚渡城投签订新型建材产业园投资协议。", ["新型建材产业园"]),
        ("企业入驻珩屿食品产业园。", []),
        ("签约了总投资2亿元的新型环保家装材料等项目。", []),
        # lists whose items begin with a core, say what is made, or are counted
        ("全区新签约珩屿工业清洗剂、岚渡高端基础油等工业项目8个。", ["珩屿工业清洗剂", "岚渡高端基础油"]),
        ("年产20万只减速器等9个招商项目落户石川经开区。", ["年产20万只减速器"]),
        ("更有珩屿科技年产5万套机柜和2万台电源等“二期”项目。", ["珩屿科技年产5万套机柜和2万台电源"]),
        ("重点抓好岚渡总部港、电子信息产业园两个项目建设。", ["岚渡总部港", "电子信息产业园"]),
        ("力促珩屿多层线路板、岚渡光伏支架等一批10亿元以上项目突破。", ["珩屿多层线路板", "岚渡光伏支架"]),
        ("引进海洋生物、冷链物流、水产品精深加工等项目。", []),
        ("珩屿科技、云麓重工等企业的项目进展顺利。", []),
        ("珩屿科技、云麓重工等6个项目开工。", []),
        ("岚渡智能产业园10个装备项目和石川经开区8个食品项目集中投产。", []),
        (
            "有蓝泊科技（石川）有限公司珩屿电机项目、岚渡大科技有限公司铝合金支架项目等9个项目。",
            ["珩屿电机项目", "铝合金支架项目"],
        ),
        ("珩屿储能西南制造中心、岚渡主题乐园等高端项目9个开工。", ["珩屿储能西南制造中心", "岚渡主题乐园"]),
        ("珩屿年产3万吨零部件项目也是全区重大项目。", ["珩屿年产3万吨零部件项目"]),
        ("岚渡人才社区二期、污水处理厂扩建等6个配套工程年内完工。", ["岚渡人才社区二期", "污水处理厂扩建"]),
        # what is agreed upon, and a park that money is put into
        ("经开区与珩屿控股就氢能装备项目达成合作意向。", ["氢能装备项目"]),
        ("双方就合作项目达成意向，围绕重点项目签约。", []),
        ("总投资15亿元的珩屿冷链物流园一期封顶。", ["珩屿冷链物流园"]),
        ("珩屿精工的谐波减速器项目投资超5亿元。", ["谐波减速器项目"]),
        # the subject of a clause, with a core of its own
        ("其中珩屿三期技改项目7月8日完成设备安装。", ["珩屿三期技改项目"]),
        ("目前，岚渡机柜生产基地设备进场。", ["岚渡机柜生产基地"]),
        ("珩屿项目负责人介绍，岚渡科技有限公司项目进展顺利。", []),
        (
            "既有大湾区电力示范区项目、珩屿研发及生产基地项目等6个优质产业项目。",
            ["大湾区电力示范区项目", "珩屿研发及生产基地项目"],
        ),
    ],
)
def test_projects(content: str, expected: list[str]) -> None:
    assert found(content, "project") == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("货物从岚渡港出海，空港和进港道路通车，香港客商来访，港口吞吐量增长。", [("岚渡港", "facility")]),
        ("岚汀220千伏变电站带电。", [("岚汀220千伏变电站", "facility")]),
        ("“岚云”工业互联网平台上线，“一站式”服务平台运行。", [("“岚云”工业互联网平台", "platform")]),
        ("岚渡高新区企业综合服务中心启用。", [("岚渡高新区企业综合服务中心", "platform")]),
        ("国家能源局批复，县人民政府同意。", [("国家能源局", "government"), ("县人民政府", "government")]),
        ("塔林顿公司设立亚太研发中心。", []),
    ],
)
def test_bodies_by_their_site(content: str, expected: list[tuple[str, str | None]]) -> None:
    assert types(content) == expected


def test_a_short_name_overlaps_nothing_taken() -> None:
    content = "4月12日，宏远股份举行上市敲钟仪式。"
    start = content.index("宏远")
    assert found(content, taken=[Span(start, start + 4)]) == []


# ---- the tables -------------------------------------------------------------------------------------------------


def _rows() -> list[tuple[str, rules.Rule]]:
    return [
        (t, r)
        for t in ("names_before", "names_after", "names_lists", "names_frames", "roles")
        for r in rules.load(t).rules
    ]


@pytest.mark.parametrize(("table", "rule"), _rows(), ids=lambda x: x if isinstance(x, str) else x.name)
def test_every_rule_has_examples_and_matches_them(table: str, rule: rules.Rule) -> None:
    assert rule.examples
    for example in rule.examples:
        marked, told = example.rsplit(" => ", 1)
        start, end = marked.index("【"), marked.index("】") - 1
        view = re.sub("[【】]", "", marked)
        match = rule.pattern.match(view, start)
        assert match is not None and told == rule.produce
        if table == "names_before":
            assert rule.pattern.fullmatch(view, start, end)
        else:
            assert rules.load(table).may_start(view, start)
            assert match.end() == end
    for text in rule.never:
        assert rule.pattern.search(text) is None, text


# ---- the model's place ------------------------------------------------------------------------------------------


def test_a_model_gives_candidates_that_pass_the_filter() -> None:
    stage = NerStage.blank({"ORG": "company"})
    ruler = stage.nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "红石"}, {"label": "ORG", "pattern": "新材料"}])
    content = "我们看好红石的前景，也看好新材料。\n红石很好。"
    mentions = names.find(document(content), ner=stage)
    assert [(content[m.start : m.end], m.rule) for m in mentions] == [("红石", "ner"), ("红石", "ner")]


def test_a_preposition_is_no_part_of_what_a_model_finds() -> None:
    stage = NerStage.blank({"ORG": "company"})
    stage.nlp.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "由红石"}])
    content = "本轮融资由红石领衔。"
    assert [content[m.start : m.end] for m in names.find(document(content), ner=stage)] == ["红石"]


# ---- laws -------------------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from([*FIRMS, *NOT_FIRMS, "\n", "，", "（", "A1", "由", "等3家企业"]), max_size=8))
def test_mentions_stand_in_order_inside_the_text(parts: list[str]) -> None:
    doc = document("".join(parts))
    mentions = names.find(doc)
    assert mentions == names.find(doc)
    assert mentions == sorted(mentions, key=lambda m: m.start)
    assert all(0 <= m.start < m.end <= len(doc.view) for m in mentions)
    firms = [m for m in mentions if m.value.kind == "company"]
    assert all(a.end <= b.start for a, b in pairwise(firms))


@given(st.text(max_size=80))
def test_any_text_is_read(content: str) -> None:
    names.find(document(content))


@pytest.mark.skipif(not SEED.exists(), reason="the shared seed is not mounted")
def test_seed() -> None:
    text = (SEED / "report.txt").read_text(encoding="utf-8")
    gold = json.loads((SEED / "gold.json").read_text(encoding="utf-8"))["companies"]
    texts = set(found(text))
    hit = [c for c in gold if texts & {c["name"], *c["aliases"]}]
    assert len(hit) >= 16
    assert len(texts - {form for c in gold for form in (c["name"], *c["aliases"])}) <= 2


@pytest.mark.parametrize("city", ["杭州", "青州", "石川市", "岚泽"])
@pytest.mark.parametrize("park", ["经济技术开发区", "高新技术产业开发区", "工业园区", "保税港区"])
def test_a_park_that_has_its_citys_name(city: str, park: str) -> None:
    report = extract(f"2024年，{city}{park}实现产值30亿元。", reference_date="2024-12-31")
    assert [(one.name, one.type) for one in report.organizations] == [(f"{city}{park}", "park")]
