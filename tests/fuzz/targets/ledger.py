"""A ledger of firms: every row is a firm, or is told by its number."""

from __future__ import annotations

import random

from fuzz.mutate import of_bytes, of_text
from fuzz.target import Target, typed
from fuzz.targets._records import folder
from parkfacts.ledger import Ledger


def one(data: bytes) -> None:
    path = folder() / "ledger.csv"
    path.write_bytes(data)
    ledger = typed(lambda: Ledger.read(path))
    if ledger is not None:
        assert all(firm.name.strip() and firm.row > 1 for firm in ledger.firms)
        assert len({firm.row for firm in ledger.firms}) == len(ledger.firms)


def seeds() -> list[bytes]:
    text = '企业名称,别名,信用代码,编号\r\n岚渡重工公司,岚渡重工;岚渡,91330000MA27XXXX1Q,1\r\n"禾岸,生物",,,\r\n'
    return [text.encode(), text.encode("gb18030"), text.encode("utf-8-sig")]


def mutate(data: bytes, rng: random.Random) -> bytes:
    return of_text(data, rng) if rng.randrange(2) else of_bytes(data, rng)


TARGET = Target("ledger", one, seeds, mutate)
