"""Words and tags that tell where a noun phrase begins and ends."""

from __future__ import annotations

import re

OF = re.compile(r"[将把以在于从为是系就被获对向按因经](?!的)")
CALLED = re.compile("被[^，,。；]{0,6}(?:称为|誉为|称作|视为|列为|评为|认定为|命名为)")
IN_SHORT = re.compile(r"[(（](?:以下)?简称[^()（）]*[)）]")
GLUED = "在于至由从向被经"
NOMINAL = frozenset("nabmqfshjltizgx")
NOT_BEFORE = tuple("获由被与在对向从于至为和同把将给让使经按据")

# something built, whatever its name is made of: X国际创新园项目, 国道G104线X段改扩建工程
BUILT = re.compile(
    r"(?:(?!正在|加快|推[进动]|完成|举行|启动|实施|引进|引入|暨|推介会|大会|仪式|活动|签约|投资|确保|促成|吸引|[0-9一二三四五六七八九十]+[余多]?[个家项]|总|各|等)"
    r"[一-龥A-Za-z0-9“”·()（）/.\-](?<![的在由被将把与和是])){2,36}?"
    r"(?:(?<!招商|重点|重大|签约|开工|投资|季度|优质|产业)项目|工程|基地|产业园|科技园|创新园|示范园|孵化园|研究院|变电站|处理厂|大桥|大道|铁路|公路|隧道|码头|水厂|中心|平台|大厦|公寓|实验室)(?:[一二三四五]期)?"
)
