"""Who an event is about, by the construction of its sentence; and what looks like an event and is none."""

from __future__ import annotations

import pytest

from parkfacts import extract

PARK = "岚州高新技术产业开发区（以下简称“岚州高新区”）位于岚州市。沐川控股有限公司（简称“沐川控股”）是区内企业。\n"


def told(text: str) -> list[tuple[str, str | None]]:
    return [(m.type, m.actor) for m in extract(PARK + text, reference_date="2024-06-01").milestones if m.date]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        # behind a relative clause, whatever it begins with
        ("2024年5月10日，被誉为“西部声谷”的岚溪声学小镇在岚州建成启用。", "岚溪声学小镇"),
        ("2024年5月10日，被称为“城市会客厅”的科创大厦正式启用。", "科创大厦"),
        ("2022年9月，深创投领投的青野生物完成A轮融资。", "青野生物"),
        ("2022年9月，沐川控股研发的首台人形机器人下线。", "首台人形机器人"),
        ("2022年6月，由岚海重工投资设立的岚海智能装备（岚州）有限公司申领营业执照。", "岚海智能装备（岚州）有限公司"),
        # a size or a count within the name
        ("2022年9月1日，岚溪110千伏输变电工程建成投运。", "岚溪110千伏输变电工程"),
        ("2022年9月，新建的6万吨电解液装置投产。", "6万吨电解液装置"),
        ("17个5000万元以上项目2024年初全部开工。", "17个5000万元以上项目"),
        # in front of the verb of a ceremony, or of the paper that is signed
        ("2024年5月10日，岚州高新区举行沐川控股半导体项目开工仪式。", "岚州高新技术产业开发区"),
        ("2024年5月10日，岚海智造基地项目框架协议签署仪式在高新区举行。", "岚海智造基地项目"),
        ("2024年5月，岚光研究院携32家企业入驻科创园。", "岚光研究院"),
        ("2024年3月23日，第15届岚州樱花招商活动在岚州公园举行。", "第15届岚州樱花招商活动"),
        ("2024年4月，岚州市人民法院驻高新区巡回审判点揭牌。", "岚州市人民法院驻高新区巡回审判点"),
        ("2024年4月，岚海重工在高新区设立的岚海电机有限公司注册成立。", "岚海电机有限公司"),
        ("“今年4月，二号车间投产，三号车间6月试产。”厂长说。", "三号车间"),
        ("2024年3月，“岚泉号”无人巴士开跑。", "“岚泉号”无人巴士"),
        ("2024年6月底前，标准厂房C区交付使用。", "标准厂房C区"),
        ("2023年8月，岚海重工机构改革方案获市委编委批复。", "岚海重工机构改革方案"),
        ("2023年3月，岚州高新区第一只产业基金设立。", "岚州高新区第一只产业基金"),
        ("2023年8月3日，综合保税区获国务院批复设立。", "综合保税区"),
        ("2019年1月22日，公司股票在深交所上市。", "沐川控股有限公司"),
        ("热烈祝贺沐川控股2024年3月获评省级绿色工厂。", "沐川控股有限公司"),
        ("投资2亿元的岚溪封测项目成功落户并于2023年12月动工建设。", "岚溪封测项目"),
        # something built, whatever its name is made of
        ("2023年7月21日，岚州高新区国家生物医药国际创新园项目开工。", "岚州高新区国家生物医药国际创新园项目"),
        ("其中国道G904线岚州城南至岚溪段改扩建工程计划2024年8月建成通车。", "国道G904线岚州城南至岚溪段改扩建工程"),
        ("2023年12月26日，经开区先进材料产业园项目顺利封顶。", "经开区先进材料产业园项目"),
        ("岚溪创新中心占地38亩，建筑面积3万平方米，预计2024年底前投入运营。", "岚溪创新中心"),
        ("位于岚溪镇的智能装备项目，是全市重大产业项目，于2023年3月29日开工。", "智能装备项目"),
        # 该项目 of the paragraph before
        (
            "岚溪电池生产基地一期工程项目2024年3月开工。\n该项目预计2025年3月完成桩基工程。",
            "岚溪电池生产基地一期工程项目",
        ),
        ("岚溪配套产业园一期项目位于新区东侧。产业园于2023年3月开工。", "岚溪配套产业园"),
        # nobody: who makes the rules, and who was granted something
        ("沐川控股2023年1月投产。2023年7月，出台“人才十条”。", "岚州高新技术产业开发区"),
        # with its own short name in brackets
        ("2024年5月，岚州先进材料技术创新中心（以下简称“材料中心”）正式启用。", "岚州先进材料技术创新中心"),
        # in front of 是…的, and behind what is only expected
        ("岚州高新区的群星矿机项目是2024年3月开工建设的。", "岚州高新区的群星矿机项目"),
        ("岚星电子项目2024年3月开工。预计该项目于2025年3月竣工。", "岚星电子项目"),
        # the clause before tells it, alone
        ("奥岚高端阀门制造项目，总投资5亿元，主要生产高端阀门。该项目于2024年4月开工。", "奥岚高端阀门制造项目"),
        ("岚泰重工投入600万元改造产线。2024年4月投产。", "岚泰重工"),
    ],
)
def test_the_subject_by_the_construction_of_its_sentence(text: str, actor: str) -> None:
    found = extract(PARK + text, reference_date="2024-06-01")
    names = {form: n.name for n in (*found.companies, *found.organizations) for form in (n.name, *n.aliases)}
    assert names.get(found.milestones[-1].actor or "", found.milestones[-1].actor) == actor


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("2024年5月10日，随着第一台设备进场，沐川控股投产。", [("production", "沐川控股")]),
        ("2024年3月8日，沐川控股二期开工。副市长主持开工仪式。", [("groundbreaking", "沐川控股二期")]),
        ("2024年3月8日，市领导来到园区。如今，园区已引进企业30余家。", []),
        ("2023年9月，沐川控股在科创板上市，成为岚州登陆科创板的第3家企业。", [("listing", "沐川控股")]),
        ("2023年9月，沐川控股首次发行股票，并在科创板挂牌上市。", [("listing", "沐川控股")]),
        ("2023年9月，经省科技厅认定，沐川控股获评省级重点实验室。", [("recognition", "沐川控股")]),
        ("2023年5月，园区加快基础设施建设和项目引进。", []),
        ("2023年以来，园区项目招引呈现良好态势。", []),
        (
            "2023年3月8日，沐川控股投产。仪式结束之后，嘉宾参观车间，对企业落地投产的支持表示感谢。",
            [("production", "沐川控股")],
        ),
        ("2024年5月30日，园区15个2024年重大产业项目开工。", [("groundbreaking", "岚州高新技术产业开发区")]),
        ("2024年是关键之年，园区奋力冲刺“全年红”。", []),
        ("2023年3月，沐川控股二期竣工，目前正在试生产多种规格的逆变器。", [("completion", "沐川控股二期")]),
        ("按照协议，一期2025年6月投产。园区要在60个工作日内完成供地。", [("production", "一期")]),
        (
            "沐川控股成立于1992年，2012年8月被批准为高新技术企业。",
            [("establishment", "沐川控股"), ("approval", "沐川控股")],
        ),
        ("沐川控股成立于1992年，旗下园区吸引800多家企业入驻。", [("establishment", "沐川控股")]),
        ("2024年5月11日，沐川控股首艘货船下水，装修后就可以投入使用。", [("launch", "沐川控股首艘货船")]),
        ("沐川控股2020年12月落户高新区。目前，1号至4号工厂均已投产。", [("establishment", "沐川控股")]),
        ("近年来，园区出台了多项举措。", []),
        ("2023年5月，园区召开已签约未开工项目调度会。", [("launch", "岚州高新技术产业开发区")]),
        ("2023年5月，园区部署三季度集中开工事宜。", []),
        ("2023年以来，园区努力促成一批项目落户并开工建设。", []),
        (
            "一号厂房2024年5月底完工，二号厂房2024年5月底完工。",
            [("completion", "一号厂房"), ("completion", "二号厂房")],
        ),
    ],
)
def test_what_only_goes_beside_an_event_tells_none(text: str, events: list[tuple[str, str | None]]) -> None:
    assert told(text) == events


def test_lines_of_a_chronicle_need_no_stop_at_their_end() -> None:
    text = """岚川高新区发展历程
2003年5月12日  岚川工业园区管委会挂牌成立
2010年 获批省级高新区
2016年11月，岚海重工登陆创业板"""
    report = extract(text, reference_date="2024-06-01")
    dates = {d.id: d.edtf for d in report.dates}
    assert [(m.type, dates[m.date or ""]) for m in report.milestones] == [
        ("unveiling", "2003-05-12"),
        ("approval", "2010"),
        ("listing", "2016-11"),
    ]


def test_the_date_in_front_of_an_entry_is_its_label_and_begins_it_anew() -> None:
    text = """岚川开发区2023年大事记
5月16日 与岚光研究院共建的先进材料中试基地揭牌
6月底 由岚海重工承建的标准厂房二期竣工交付，建筑面积18.6万平方米
9月3日至5日 岚川水厂扩建工程通水
10月 省科技厅认定的岚川创新中心启用"""
    report = extract(text, reference_date="2024-01-10")
    assert not report.layout.joins
    assert [(m.type, m.actor) for m in report.milestones] == [
        ("unveiling", "先进材料中试基地"),
        ("completion", "标准厂房二期"),
        ("production", "岚川水厂扩建工程"),
        ("production", "岚川创新中心"),
    ]


def test_that_day_is_the_last_one_named() -> None:
    text = "2023年7月11日，研究院揭牌。2024年将启动二期。\n当天，岚州科技园举行开园仪式。"
    report = extract(text, reference_date="2023-07-12")
    assert [d.edtf for d in report.dates] == ["2023-07-11", "2024", "2023-07-11"]


def test_a_month_that_is_only_expected_is_none_of_the_past_year() -> None:
    report = extract("产业园去年3月开工，目前主体已完成，预计6月完工。", reference_date="2023-04-11")
    assert [d.edtf for d in report.dates if d.text != "目前"] == ["2022-03", "2023-06"]
