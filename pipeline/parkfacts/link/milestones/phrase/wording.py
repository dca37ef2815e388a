"""Words and tags that tell where a noun phrase begins and ends."""

from __future__ import annotations

import re

OF = re.compile(r"[将把以在于从为是系就被获对向按因经](?!的)")
CALLED = re.compile("被[^，,。；]{0,6}(?:称为|誉为|称作|视为|列为|评为|认定为|命名为)")
IN_SHORT = re.compile(r"[(（](?:以下)?简称[^()（）]*[)）]")
GLUED = "在于至由从向被经"
NOMINAL = frozenset("nabmqfshjltizgx")
NOT_BEFORE = tuple("获由被与在对向从于至为和同把将给让使经按据")
