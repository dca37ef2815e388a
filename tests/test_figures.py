"""What figures measure, whose they are and of when, in the style of bulletins and annual reports: whole documents."""

from __future__ import annotations

import pytest

from parkfacts.pipeline import extract
from parkfacts.text import Source


def told(text: str, *fields: str) -> list[tuple[object, ...]]:
    """The fields of each amount, in the order of the text; ``as_of`` and ``base`` as they are written."""
    report = extract(Source.from_text(text), reference_date="2024")
    dates = {date.id: date.text for date in report.dates}
    amounts = sorted(report.amounts, key=lambda amount: amount.spans)
    return [tuple(dates.get(v, v) if isinstance(v := getattr(a, f), str) else v for f in fields) for a in amounts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what brought them in is no part of what is counted
        ("累计引进外资项目130个。", ["外资项目"]),
        ("园区集聚各类企业1100余家，培育专精特新企业40家。", ["各类企业", "专精特新企业"]),
        ("吸引产业人才3000人。", ["产业人才"]),
        ("产业集聚度达45%。", ["产业集聚度"]),
        # from one level to another
        ("园区面积从1.6平方公里扩展到20平方公里。", ["面积", "面积"]),
        ("规划面积由3平方公里调整为5平方公里。", ["规划面积", "规划面积"]),
        # what became of the things that are counted stands behind them
        ("重大项目开工38个，企业入驻12家。", ["重大项目", "企业"]),
        ("实际到账资金5亿元，完成工业实际投入8亿元。", ["实际到账资金", "工业实际投入"]),
        ("省级及以上孵化平台达13家。", ["省级及以上孵化平台"]),
        ("世界500强有20家在园区设点。", ["世界500强"]),
        # one measure told of several numbers
        ("对工业增长贡献率分别达到11%和40%。", ["工业增长贡献率"] * 2),
        ("分别完成工业实际投入70亿元、93亿元、106亿元。", ["工业实际投入"] * 3),
        ("新增四上企业45家，其中规上工业企业20家、限上商贸企业15家。", ["四上企业", "规上工业企业", "限上商贸企业"]),
        ("日处理5万吨的污水处理厂1座、自来水厂1座。", ["污水处理厂", "污水处理厂", "自来水厂"]),
        ("规上企业89家，占27%；大专以上学历占45%。", ["规上企业", "规上企业", "大专以上学历"]),
        ("单位GDP能耗下降15%。", ["单位GDP能耗"]),
        ("实现内资15亿元、外资4亿元，同比增长18%、17%。", ["内资", "外资", "内资", "外资"]),
        ("固定资产、工业技改投资分别同比增长23%、29%。", ["固定资产", "工业技改投资"]),
        ("汽车、家电产业产值分别增长23%、29%。", ["产值", "产值"]),
        ("金融机构本外币存款余额361亿元。", ["金融机构本外币存款余额"]),
        ("产值4亿元，财政收入显著提升，为3亿元。", ["产值", "财政收入"]),
        ("汽车产业产值占比首次过半，达51%。", ["汽车产业产值占比"]),
        ("财政收入更是达到了6195万元。", ["财政收入"]),
        ("100余名员工忙碌在生产线上。", ["员工"]),
        ("试验区共新设企业3900家。", ["企业"]),
        ("预计亩均新增产值400万元，达产产值18亿元。", ["亩均新增产值", "产值"]),
        ("东岭产业园税收5亿元，全省第二；西湖开发区3亿元，全省第五。", ["税收", "税收"]),
        ("我市共有省级产业集聚区13个。", ["省级产业集聚区"]),
        ("全市产业集聚区“四上”企业共888家。", ["“四上”企业"]),
        ("市内项目60个，市外项目10个；新签项目中一产项目4个。", ["市内项目", "市外项目", "一产项目"]),
        ("在建投资项目（不含房地产）有237个。", ["在建投资项目"]),
        # a share of all of them tells of those told before
        ("新材料类项目8个，占总数的45%。", ["新材料类项目", "新材料类项目"]),
        ("亏损面23%，同比缩小1.8个百分点。", ["亏损面", "亏损面"]),
        # words for kinds and levels belong to the noun; who sets a task, and which works, do not
        ("新建项目19个，续建项目12个。", ["新建项目", "续建项目"]),
        ("新建标准厂房3万平方米。", ["标准厂房"]),
        ("地方级财政收入完成6亿元。", ["地方级财政收入"]),
        ("完成省政府下达任务数60亿元。", ["任务数"]),
        ("一期工程建筑面积4万平方米。", ["建筑面积"]),
        ("布局24个重大科技创新载体。", ["重大科技创新载体"]),
        ("集聚50余支院士团队、各领域高层次人才超2700人。", ["院士团队", "高层次人才"]),
        ("生产总值76亿元，同比（下同）增长8%。", ["生产总值", "生产总值"]),
        ("聚集了近80%的重点实验室、70%的制造业创新中心。", ["重点实验室", "制造业创新中心"]),
        ("44家规模以上工业企业产值同比增长30%。", ["规模以上工业企业", "产值"]),
    ],
)
def test_what_is_measured(text: str, expected: list[str]) -> None:
    assert [indicator for (indicator,) in told(text, "indicator")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an industry alone grows in what was measured before it
        (
            "支柱产业产值合计增长27%，其中建材产业增长40%、食品加工业增长21%。",
            ["产值 建材产业", "产值 食品加工业"],
        ),
        ("电子信息产业完成产值24亿元，增长8%；装备制造业下降2%。", ["产值 电子信息产业", "产值 装备制造业"]),
        ("规上企业增长8%，第三产业增加值增长9%。", ["第三产业增加值 None"]),
        ("完成投资3亿元。带动就业增长8%。", ["就业 None"]),
    ],
)
def test_industries(text: str, expected: list[str]) -> None:
    assert [" ".join(map(str, one)) for one in told(text, "indicator", "subject")][-len(expected) :] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a park that bears no name is what it is called; a verb, a number or a rank in front makes no name of it
        ("新增产值近10亿元，拉动园区产值增长17个百分点。", [None, None]),
        ("开发区发展提速。在全国54个国家级开发区中，开发区税收第一，达9亿元。", [None, "开发区"]),
        ("经开区获省级特色产业园称号。全年实现税收3亿元。", ["经开区"]),
        ("全市工业园区招商引资到位资金67亿元，同比增长33%。", ["全市工业园区"] * 2),
        ("全市工业园区和高新区完成工业产值227亿元；完成规模以上工业增加值62亿元。", ["全市工业园区和高新区"] * 2),
        # classes of firms, and of projects, which no figure of the park belongs to
        ("全区规模以上工业企业实现利税27亿元，同比增长18%。", ["规模以上工业企业"] * 2),
        ("开发区外资项目加快集聚。今年引进外资12亿元。", ["开发区"]),
        ("开发区发展快。1000万美元以上的项目430个。", [None, "开发区"]),
        ("开发区引进外资项目12个，投资总额6亿美元。", ["开发区", "外资项目"]),
        ("高新区完成产值7亿元。全国26个园区中，高新区税收第一。", ["高新区", None]),
        ("国家高新区生产总值12万亿元，同比增长7%。", ["国家高新区"] * 2),
        ("聚集了近80%的重点实验室、70%的创新中心。", [None, None]),
        (
            "全省产业园区完成投资6亿元，入园企业投资额达到2亿元；完成工业增加值3亿元。",
            ["全省产业园区", "入园企业", "全省产业园区"],
        ),
        ("其中，建材企业66家，完成产值9亿元；食品企业22家，完成产值6亿元。", [None, "建材企业", None, "食品企业"]),
        ("园区引进建材企业66家，完成产值9亿元。", ["园区", "园区"]),
        ("东岭产业园税收3亿元；地区生产总值20亿元。", ["东岭产业园", "东岭产业园"]),
        ("园区新入统企业5家（澄川机电、远禾光学），完成年度任务的80%。", ["园区", "园区"]),
        ("143家规上企业中，亏损面为12%。", [None, None]),
        ("东湾产业园项目2022年1月开工，总投资10亿元。项目总占地300亩。", ["东湾产业园项目"] * 2),
        ("开工项目6个，总投资44亿元，预计达产后年产值50亿元，税收2亿元。", [None, "项目", "项目", "项目"]),
        ("开工项目6个，总投资44亿元。园区税收2亿元。", ["园区", "项目", "园区"]),
        ("推进的19个市级重大项目已全部开工，开工率达100%。", [None, None]),
        ("湖西自贸试验区新增企业6320家，同比增长42%。", ["湖西自贸试验区"] * 2),
        ("全市产业集聚区完成固定投资372亿元，增长13%；其中工业投资259亿元。", ["全市产业集聚区"] * 3),
        ("全市工业园区开发面积96平方公里，全省第二，同比增长2%。", ["全市工业园区"] * 2),
        ("全区新签项目71个。", ["全区"]),
        ("总投资35亿元的东湾电池项目8月18日投产，占地90亩。", ["东湾电池项目"] * 2),
        ("海东区规模以上高新技术企业实现总收入933亿元。", ["海东区规模以上高新技术企业"]),
        # a thing that is told of by what it is, in front of the names that stand behind it
        ("东湾新能源综合利用项目是首家落户企业，总投资3亿元。", ["东湾新能源综合利用项目"]),
        ("东湾能源化工产业区位于南岗镇，规划面积约30平方公里。", ["东湾能源化工产业区"]),
    ],
)
def test_whose_it_is(text: str, expected: list[str | None]) -> None:
    assert [subject for (subject,) in told(text, "subject")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产值突破30亿元，总量是“十五”末的3.7倍。", [None, "“十五”末"]),
        ("与2015年相比，产值增长2.3倍。", ["2015年"]),
        ("相比2015年，产值增长2.3倍。", ["2015年"]),
        ("2015年，产值增长8%。", [None]),
    ],
)
def test_what_it_is_compared_with(text: str, expected: list[str | None]) -> None:
    assert [base for (base,) in told(text, "base")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("外资加快集聚，特别是今年以来，引进项目12个，协议投资6亿美元。", ["今年", "今年"]),
        ("2019年至2022年，产值年均增长24%；完成工业投入50亿元。新增企业9家。", ["2019年至2022年"] * 3),
        ("上半年，房地产投资8亿元。商品房销售面积16万平方米。", ["上半年", "上半年"]),
        ("截止到4月末，经开区项目累计23个。其中，签约项目11个。", ["4月末", "4月末"]),
        ("2009年，完成投资6亿元，全年新增项目47个；完成产值3亿元。", ["2009年"] * 3),
        ("2009年，完成投资6亿元。今年全年新增项目47个。", ["2009年", "今年"]),
        ("今年是“十四五”收官之年。主要目标是：产值增长7%。", ["今年"]),
        ("“十三五”末，产值突破30亿元；税收突破2亿元。", ["“十三五”末"] * 2),
        ("该县去年全力招商，全年引进项目29个，总投资18亿元。", ["全年", "全年"]),
        ("2016年1—7月统计数据显示，园区主营业务收入1524亿元，增长8%。", ["2016年1—7月"] * 2),
        # a plan's year governs no sentence but its own
        ("到2030年，产值达到300亿元；税收达到9亿元。东湾项目总投资3亿元。", ["2030年", "2030年", None]),
        ("项目建成后，年均销售收入10亿元。", [None]),
        ("澄川机电2003年入园，员工120人。", [None]),
    ],
)
def test_of_when_it_is(text: str, expected: list[str | None]) -> None:
    assert [as_of for (as_of,) in told(text, "as_of")] == expected


TABLE = """东岭经开区2024年上半年主要指标

| 指标名称 | 单位 | 本月 | 累计 | 同比增长(%) | 完成年计划% |
| --- | --- | --- | --- | --- | --- |
| 规模以上工业总产值 | 万元 | 209748 | 1218573 | 16.2 | 48.1 |
| 其中：装备制造业 | 万元 | 4326 | 25560 | -5.5 | 50 |
| 新开工项目 | 个 | 5 | 36 | 20 | 60 |
"""


def test_a_table_with_a_ruled_line_a_column_of_units_and_parts() -> None:
    rows = told(TABLE, "text", "value", "unit", "indicator", "subject", "change")
    park, output = "东岭经开区", "规模以上工业总产值"
    assert [(str(value), *rest) for _, value, *rest in rows] == [
        ("2097480000", "CNY", output, park, None),
        ("12185730000", "CNY", output, park, None),
        ("16.2", "%", output, park, "up"),
        ("48.1", "%", output, park, None),
        ("43260000", "CNY", output, "装备制造业", None),
        ("255600000", "CNY", output, "装备制造业", None),
        ("-5.5", "%", output, "装备制造业", "down"),
        ("50", "%", output, "装备制造业", None),
        ("5", "个", "新开工项目", park, None),
        ("36", "个", "新开工项目", park, None),
        ("20", "%", "新开工项目", park, "up"),
        ("60", "%", "新开工项目", park, None),
    ]
    assert [when for (when,) in told(TABLE, "as_of")][:3] == [None, "2024年上半年", "2024年上半年"]


def test_no_table_without_rows() -> None:
    assert told("工程进度\n-----\n| 3 |\n", "text") == []
