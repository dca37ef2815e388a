"""What other projects' tests expect, beside what we find: counted before and after the known differences."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

import peer_cases
from peer_cases import Case

DIFFERENCES = tomllib.loads((Path(__file__).parent / "peer_differences.toml").read_text("utf-8"))
pytestmark = pytest.mark.skipif(not peer_cases.CASES.exists(), reason="the peers' cases are not here")


@cache
def cases() -> tuple[Case, ...]:
    return tuple(peer_cases.compared())


def known() -> set[str]:
    return {id for row in DIFFERENCES["difference"] for id in row["cases"]}


def shares(found: Iterable[Case]) -> dict[str, tuple[int, float, float]]:
    """By kind: how many, and the shares of right values and of right spans where the peer asserts them."""
    count, value, asserted, span = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for case in found:
        for kind in (case.kind, "all"):
            count[kind] += 1
            value[kind] += case.value
            asserted[kind] += case.asserted
            span[kind] += case.asserted and case.span
    return {kind: (count[kind], value[kind] / count[kind], span[kind] / (asserted[kind] or 1)) for kind in count}


@pytest.mark.parametrize("part", ["before", "after"])
def test_floors(part: str) -> None:
    found = cases() if part == "before" else [case for case in cases() if case.id not in known()]
    told = shares(found)
    for kind, (count, value, span) in sorted(told.items()):
        print(f"{part} the known differences: {kind:9} {count:4} cases  value {value:.3f}  span {span:.3f}")
    low = {
        kind: told[kind]
        for kind, (value, span) in DIFFERENCES["floors"][part].items()
        if told[kind][1] < value or told[kind][2] < span
    }
    assert low == {}


def test_a_difference_is_one() -> None:
    """Every listed case differs today, has a reason, and they are at most a tenth of all."""
    differ = {case.id for case in cases() if not case.value or (case.asserted and not case.span)}
    assert known() <= differ
    assert len([case for case in cases() if case.id in known()]) <= len(cases()) / 10
